"""Room to write in beside a target: held while it is in use, and cleared away after a program that was stopped.

Its name says whose it is (`.plan.tripleaim-x1y2z3w4`), so that nothing of anybody else is ever cleared away.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tripleaim.errors import PlanProblems, Problem

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a system says when a disk, a quota or a file is full."""

_SETTLED = 2.0
"""Seconds after which whatever somebody is still writing in is surely held by him."""
_A_DAY = 86_400.0
"""Seconds after which it is cleared away where the system cannot tell whether somebody holds it."""
_LONGEST = 100
"""Most characters of the target's own name in that of its scratch, so that it is no longer than a name may be."""


@contextmanager
def scratch_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, on the same disk; what is still under its name at the end is deleted."""
    clear_away(target)
    made = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
    try:
        with held(made):
            yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def clear_away(target: Path) -> None:
    """Delete what programs that were stopped while they wrote to `target` left beside it, and nothing else."""
    ours = re.compile(re.escape(_prefix(target)) + r"[a-z0-9_]{8}")
    left: list[Path] = []
    with suppress(OSError), os.scandir(target.parent) as entries:
        left = [Path(entry.path) for entry in entries if ours.fullmatch(entry.name) and not entry.is_symlink()]
    for each in left:
        if _is_left(each):
            _delete(each)


def not_written(target: Path, error: OSError, what: str) -> PlanProblems:
    """The refusal where the system would not let us write: what it said, and what can be done about it."""
    said = f"{error.strerror or error}: {meant(target, error)}"
    if error.errno in NO_ROOM:
        expected, to_fix = f"room for {what}", "free some space, or write to another disk; nothing was changed"
    else:
        expected, to_fix = f"a place where {what} may be written", "name another place; nothing was changed"
    return PlanProblems([Problem(file=str(target), found=said, expected=expected, to_fix=to_fix)])


def meant(target: Path, error: OSError) -> str:
    """The path a system error speaks of; of our scratch only what it was to become, which its reader knows by name."""
    if error.filename is None:
        return str(target)
    path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(error.filename)
    return re.sub(re.escape(_prefix(target)) + "[a-z0-9_]{8}", lambda _: target.name, path)


def changed_meanwhile(target: Path) -> PlanProblems:
    """The refusal where somebody else wrote to `target` since the plan in it was read."""
    problem = Problem(
        file=str(target),
        found=f"somebody changed {target.name} while this was worked out",
        expected="the plan as it was when it was read",
        to_fix="run the command again; nothing was written",
    )
    return PlanProblems([problem])


def _prefix(target: Path) -> str:
    return f".{target.name[:_LONGEST]}.tripleaim-"


def _is_left(path: Path) -> bool:
    """True where nobody is writing in it any more."""
    try:
        age = time.time() - path.lstat().st_mtime
        if age < _SETTLED:
            return False
        with held(path, wait=False) as nobody_else:
            return nobody_else or age > _A_DAY
    except OSError:
        return False


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


@contextmanager
def held(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold a file or folder, for as long as the program runs at most; False where another holds it or none can."""
    try:
        import fcntl
    except ImportError:
        yield False
        return
    at = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        try:
            fcntl.flock(at, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            is_ours = True
        except OSError:
            is_ours = False
        yield is_ours
    finally:
        os.close(at)


@contextmanager
def in_turn(target: Path) -> Iterator[None]:
    """Look at `target` and change it while nobody else does: whoever comes second waits.

    Where the system has no such locks (Windows, some shared disks) nobody waits.
    """
    lock = target.parent / f"{_prefix(target)}lock"
    at = _locked(lock)
    try:
        yield
    finally:
        if at is not None:
            with suppress(OSError):
                lock.unlink()
            os.close(at)


def _locked(lock: Path) -> int | None:
    """Make and open a lock file, and wait until it is ours; None where the system has no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    while True:
        at = os.open(lock, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
        try:
            fcntl.flock(at, fcntl.LOCK_EX)
        except OSError:
            return at
        with suppress(FileNotFoundError):  # whoever had it before us has deleted it: make it anew
            if os.path.samestat(os.fstat(at), lock.lstat()):
                return at
        os.close(at)
