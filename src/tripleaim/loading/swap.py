"""Put a folder or file in the place of another in one step: whoever looks, or whenever power fails, one is whole.

On Linux the system exchanges two folders at once. Elsewhere the old folder is set aside under a name that says what it
is, and `put_back` brings it back if nothing took its place.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

_AT_CWD = -100
_EXCHANGE = 2
"""Values of Linux: paths are taken from the current folder; the two names change places."""
_NOT_OFFERED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)
"""What a system or a file system answers that cannot exchange two names."""


def take_place(new: Path, target: Path) -> None:
    """Let a finished folder take the place of `target`, which may not be there yet; the old folder is deleted.

    Both must lie in the same folder.

    raises : OSError, with `target` as it was
    """
    _keep(new)
    if not target.exists():
        new.rename(target)
    elif exchange(new, target):
        shutil.rmtree(new, ignore_errors=True)
    else:
        _by_way_of_a_third_name(new, target)
    _keep(target.parent)


def replace_file(new: Path, target: Path) -> None:
    """Let a finished file take the place of `target`, which may not be there yet; both must lie on one disk.

    raises : OSError, with `target` as it was
    """
    os.replace(new, target)
    _keep(target.parent)


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; False where the system cannot.

    raises : OSError where it could and was not allowed to
    """
    call = _renameat2()
    if call is None:
        return False
    if call(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    reason = ctypes.get_errno()
    if reason in _NOT_OFFERED:
        return False
    raise OSError(reason, os.strerror(reason), str(one), None, str(other))


def put_back(target: Path) -> None:
    """Bring back a folder that was set aside and whose place nothing took, because the program was stopped there."""
    with suppress(OSError):
        aside = _aside(target)
        if aside.is_dir() and not target.exists() and not target.is_symlink():
            aside.rename(target)


def _by_way_of_a_third_name(new: Path, target: Path) -> None:
    aside = _aside(target)
    shutil.rmtree(aside, ignore_errors=True)
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    aside.rename(new)  # so that what is set aside is always whole, however far the deleting comes
    shutil.rmtree(new, ignore_errors=True)


def _aside(target: Path) -> Path:
    """Where the old folder waits: one name for each target, so that it is found again."""
    place = Path(os.path.abspath(target))
    return place.parent / f".{place.name}.old"


def _keep(folder: Path) -> None:
    """Ask the system to keep the names in a folder through a loss of power, where it can be asked."""
    with suppress(OSError):
        at = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(at)
        finally:
            os.close(at)


@cache
def _renameat2() -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    with suppress(OSError, AttributeError):
        call = ctypes.CDLL(None, use_errno=True).renameat2
        call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
        call.restype = ctypes.c_int
        return call
    return None
