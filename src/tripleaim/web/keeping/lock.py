"""One server on a data folder at a time: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tripleaim.web.keeping.refused import NotKept

FILE = "open.lock"
NO_LOCKS = "this system has no locks on files"


@contextmanager
def alone(folder: Path, saying: str) -> Iterator[None]:
    """Hold a data folder until the end of the block.

    saying : who holds it, for whoever comes second, such as "It is open at http://localhost:8000/"
    raises : NotKept where another process holds it, or nothing can be written there
    """
    with _opened(folder / FILE) as file:
        if not _held(file):
            file.seek(0)
            raise NotKept(
                f"The workspace in {folder} is already open. {file.read().strip()} Stop that one first, or set "
                "TRIPLEAIM_HOME to another folder for a workspace of its own. Nothing was changed."
            )
        file.truncate(0)
        file.write(saying)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _opened(path: Path) -> IO[str]:
    try:
        return os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600), "r+", encoding="utf-8")
    except OSError as problem:
        raise NotKept(
            f"Nothing can be written in {path.parent}: {problem.strerror}. The workspace keeps its data there; mend "
            "who may use that folder, or set TRIPLEAIM_HOME to another one."
        ) from None


def _held(file: IO[str]) -> bool:
    """Take the lock; False where somebody has it."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        return _held_on_windows(file)
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _held_on_windows(file: IO[str]) -> bool:  # pragma: no cover - Windows
    import msvcrt

    file.seek(0x7FFF0000)  # a place of the file nobody reads, since a lock there stops reading too
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    file.seek(0)
    return True
