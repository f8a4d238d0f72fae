"""A function of arrays, worked out by NumPy and by a recording of it, as the fast form of a plan would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tripleaim.stress.program.compiled import compiled
from tripleaim.stress.program.recording import Recording
from tripleaim.stress.program.tiles import run_program
from tripleaim.stress.program.traced import Traced, lines_of


def same_when_recorded(of: Callable[[Any], Any], draws: np.ndarray) -> None:
    """Fail where the recording of a function, run for each of some draws, differs from the function itself.

    of    : what an array of inputs becomes: one array
    draws : (draw, …), inputs of that shape
    """
    shape, recording = draws.shape[1:], Recording()
    unknown = Traced(recording, recording.inputs(int(np.prod(shape)))).reshape(*shape)
    program = compiled(recording, lines_of(recording, of(unknown)).reshape(-1))
    found = run_program(program, draws.reshape(len(draws), -1).T.copy())
    by_numpy = np.stack([np.asarray(of(draw), dtype=float).reshape(-1) for draw in draws], axis=1)
    np.testing.assert_allclose(found, by_numpy, rtol=1e-12, atol=1e-12)
