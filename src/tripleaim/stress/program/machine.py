"""Machine code: functions that numba compiles, kept on disk where that can be written, else made in each process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def machine_code(function: Function) -> Function:
    """A function as machine code. Other threads may run meanwhile; dividing by nought is as in NumPy.

    numba keeps machine code by the file of its source. So what such a function needs from another file it is given as
    an argument: had it been read there, a change there would leave the old machine code at work.
    """
    return cast(Function, numba.njit(cache=IS_KEPT, nogil=True, error_model="numpy")(function))


def _can_be_kept() -> bool:
    try:
        numba.njit(cache=True)(_can_be_kept)
    except RuntimeError:  # numba finds no folder that it may write to
        return False
    return True


IS_KEPT = _can_be_kept()
"""False where machine code is made anew in every process, which takes some seconds."""
