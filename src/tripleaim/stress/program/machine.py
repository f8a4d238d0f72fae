"""Machine code: functions that numba compiles, kept on disk where that can be written, else made in each process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import FunctionCache

Function = TypeVar("Function", bound=Callable[..., Any])


def machine_code(function: Function) -> Function:
    """A function as machine code. Other threads may run meanwhile; dividing by nought is as in NumPy.

    numba keeps machine code by the file of its source. So what such a function needs from another file it is given as
    an argument: had it been read there, a change there would leave the old machine code at work.
    """
    made: Any = numba.njit(nogil=True, error_model="numpy")(function)
    with suppress(RuntimeError):  # numba finds no folder that it may write to
        made._cache = _Kept(function)
    return cast(Function, made)


def is_kept() -> bool:
    """False where machine code is made anew in every process, which takes some seconds."""
    nothing: Any = _nothing
    return isinstance(nothing._cache, _Kept) and not _Kept.failed


class _Kept(FunctionCache):
    """What numba keeps on disk. A file that cannot be read or written costs time, and nothing else."""

    failed = False
    """True once something could not be written."""

    def load_overload(self, *asked: Any) -> Any:
        """What was kept, or None. Of a file that is damaged all is forgotten, and kept anew."""
        try:
            return super().load_overload(*asked)
        except Exception:  # what is read back of a file cut short may fail in any way
            with suppress(OSError):
                self.flush()
            return None

    def save_overload(self, *made: Any) -> None:
        """Keep something, where there is room."""
        try:
            super().save_overload(*made)
        except OSError:
            _Kept.failed = True


@machine_code
def _nothing() -> None:
    """Tells whether anything can be kept in this folder."""
