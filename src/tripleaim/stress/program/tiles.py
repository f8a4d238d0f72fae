"""A program run over tiles of draws: each step does its work for a whole tile before the next step."""

from __future__ import annotations

import numba
import numpy as np

from tripleaim.stress.program.codes import TILE, steps
from tripleaim.stress.program.compiled import Program
from tripleaim.stress.program.recording import Floats


def run_program(program: Program, inputs: Floats) -> Floats:
    """Answers, (output, draw), to inputs, (input, draw). Other threads may run meanwhile.

    raises : ValueError for values of more or fewer inputs than the program has
    """
    if len(inputs) != program.inputs:
        raise ValueError(f"values of {len(inputs)} inputs for a program of {program.inputs}")
    inputs = np.ascontiguousarray(inputs, dtype=np.float64)  # one kind of array, so one machine code
    outputs = np.empty((program.outputs, inputs.shape[1]))
    register = np.empty((program.registers, TILE))
    _run(program.code, program.to, program.operands, program.known, program.tables, register, inputs, outputs)
    return outputs


def _compiled(function):  # type: ignore[no-untyped-def]
    """The steps as machine code, kept on disk where that can be written; else made anew in each process."""
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy")(function), True
    except RuntimeError:  # numba finds no folder that it may write to
        return numba.njit(nogil=True, error_model="numpy")(function), False


_run, IS_KEPT = _compiled(steps)  # type: ignore[no-untyped-call]
