"""The process beside a worker that works one answer out: started, listened to, ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECRET = ("DATABASE_URL", "TRIPLEAIM_", "DJANGO_")
"""How names of the environment begin that the process has no need to know."""
LONGEST_LINE = 10_000_000


@dataclass
class Child:
    """A process that works one folder out, and what it has said so far."""

    folder: Path
    process: subprocess.Popen[bytes]
    share_done: float = 0.0
    doing: str = ""
    ended: dict[str, Any] = field(default_factory=dict)
    """How it says it ended: {"ended": "done" | "refused" | "memory" | "fault", …}; empty where it never said."""
    _listening: threading.Thread | None = None

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; True once it has ended and all it said is known."""
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return False
        if self._listening:
            self._listening.join(timeout=5)
        return True

    def kill(self) -> None:
        """End it at once, and wait until it has."""
        self.process.kill()
        self.process.wait()
        self.close()

    def close(self) -> None:
        """Let go of its pipes."""
        if self._listening:
            self._listening.join(timeout=5)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def files(self) -> dict[str, bytes]:
        """What it wrote, by name."""
        out = self.folder / "out"
        return {
            each.relative_to(out).as_posix(): each.read_bytes() for each in sorted(out.rglob("*")) if each.is_file()
        }

    def _listen(self) -> None:
        pipe = self.process.stdout
        while pipe and (line := pipe.readline(LONGEST_LINE)):
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            told = json.loads(line)
        except ValueError:
            return
        if "ended" in told:
            self.ended = told
        elif "done" in told:
            self.share_done, self.doing = float(told["done"]), str(told["doing"])[:200]


def start(folder: Path, plan: bytes, asked: Mapping[str, Any]) -> Child:
    """Start to work out what is asked of a plan, in a folder that is empty.

    asked : kind, options, memory (bytes) and seconds it may use
    """
    (folder / "plan.zip").write_bytes(plan)
    (folder / "asked.json").write_text(json.dumps(dict(asked)), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(SECRET)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tripleaim.web.workspace.jobs.compute", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**environment, "TMPDIR": str(folder)},
    )
    child = Child(folder, process)
    child._listening = threading.Thread(target=child._listen, daemon=True)
    child._listening.start()
    return child
