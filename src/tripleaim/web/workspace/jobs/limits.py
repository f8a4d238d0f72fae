"""What a process that works a plan out may use, and how it ends when nobody waits for it any more."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading

_ENDS_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux."""


def keep_within(memory: int, seconds: int) -> None:
    """Let this process use so much memory (bytes of addresses) and so many seconds of work, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_with_parent() -> None:
    """End this process at once when the one that started it has ended, however that came about.

    Its end of our standard input closes with it. Linux tells at once as well, even in the middle of a long sum.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ENDS_WITH_PARENT, signal.SIGKILL)
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)
