"""The workspace as the command line reaches it: a program of its own, started, told to stop, its answer handed on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from types import FrameType

from tripleaim.errors import TripleAimError

NEEDED = ("django", "allauth", "csp", "dj_database_url", "django_htmx", "ninja", "rules", "waitress", "whitenoise")
STARTED_BY = "TRIPLEAIM_STARTED_BY"
"""Names this process for the workspace it starts, which ends with it."""


class NotInstalled(TripleAimError):
    """The libraries of the workspace are not here."""

    exit_code = 2


def ask_workspace(*words: str) -> int:
    """Have the workspace's own program do something; its words are printed as they come. Returns its exit code.

    raises : NotInstalled
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise NotInstalled(
            f"The workspace needs libraries that are not installed ({', '.join(missing)}). Install them with: "
            'pip install "tripleaim[web]"'
        )
    own = {**os.environ, STARTED_BY: str(os.getpid())}
    with subprocess.Popen([sys.executable, "-m", "tripleaim.web", *words], env=own) as program:
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

        def hand_on(number: int, frame: FrameType | None) -> None:
            program.send_signal(number)

        for number in before:
            signal.signal(number, hand_on)
        try:
            code = program.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    return 128 - code if code < 0 else code
