"""What a new worker process does before anything else. It loads no numbers, so that their libraries heed it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""What the libraries of numbers read: side by side, workers are enough, and threads in each only get in their way."""


def begin() -> None:
    """Leave Ctrl-C to whoever started the workers, and use one thread."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ONE_THREAD:
        os.environ[name] = "1"


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Let processes and threads be started that Ctrl-C never reaches, for they inherit that it is blocked here.

    Ctrl-C in the meantime is not lost: it comes right after.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # a helper of the system, which unblocks when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with _kept_for_later():
            yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _kept_for_later() -> Iterator[None]:
    """Hold back a Ctrl-C that reaches a thread which does not block it, such as those of a library of numbers: Python
    would stop the main thread for it, and leave a process that is being started without what it waits for.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)
