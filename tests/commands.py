"""The `tripleaim` command as a reader calls it: in a process of its own, or, ten times as fast, inside this one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import chdir, redirect_stderr, redirect_stdout
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from tripleaim.cli import app

ROOT = Path(__file__).resolve().parents[1]
Done = subprocess.CompletedProcess[str]
T = TypeVar("T")


def outside(*words: str | Path, cwd: Path = ROOT, **environment: str) -> Done:
    """A command in a new process: every verb is called so by one test at least."""
    command = [sys.executable, "-m", "tripleaim.cli", *map(str, words)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, env=env)


def inside(*words: str | Path, cwd: Path = ROOT) -> Done:
    """The same command from its door on, in this process: what it prints on both streams and the code it ends with."""
    said, told = _stream(), _stream()
    with chdir(cwd), redirect_stdout(said), redirect_stderr(told):
        try:
            app([str(word) for word in words], prog_name="tripleaim")
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return Done(list(map(str, words)), code, _text(said), _text(told))


def at_once(*works: Callable[[], T]) -> list[T]:
    """Do several things at the same time, each in a process split off from this one, which has nothing left to load."""
    with ProcessPoolExecutor(len(works), mp_context=get_context("fork")) as processes:
        return [each.result() for each in [processes.submit(work) for work in works]]


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
