"""A workspace opened as a person opens it: a program of its own, on a data folder of its own, heard out."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

PATIENCE = 90
"""Seconds until a program that says nothing is given up."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a program sees that works in one data folder, on SQLite, whatever the tests themselves run on."""
    ours = ("TRIPLEAIM_", "DATABASE_URL", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "TRIPLEAIM_HOME": str(home), "PYTHONUNBUFFERED": "1", **more}


WEB = ("-m", "tripleaim.web")
"""The workspace's own program."""


def said(home: Path, *words: str, command: tuple[str, ...] = WEB, **more: str) -> subprocess.CompletedProcess[str]:
    """What one command says, and how it ends."""
    return subprocess.run(
        [sys.executable, *command, *words],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


class Opened:
    """A server that runs until the end of a `with`; `address` is where it answers, `link` lets its keeper in."""

    def __init__(
        self, home: Path, *words: str, command: tuple[str, ...] = ("-m", "tripleaim.web"), **more: str
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command, "serve", "--port", "0", *words],
            env=environment(home, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._wait_for("Stop it with Ctrl-C")
        self.link = re.findall(r"http://\S+/start/\S+/", "\n".join(self.lines))[0]
        self.address = self.link.partition("/start/")[0]

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def _wait_for(self, words: str) -> None:
        assert self.process.stdout is not None
        too_late = threading.Timer(PATIENCE, self.process.kill)
        too_late.start()
        try:
            for line in self.process.stdout:
                self.lines.append(line.rstrip("\n"))
                if words in line:
                    return
        finally:
            too_late.cancel()
        raise AssertionError("the workspace did not open:\n" + "\n".join(self.lines))

    def stopped(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Ask it to stop: its exit code, and what it said from then on."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, rest
