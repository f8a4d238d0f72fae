"""A program run over tiles of draws: each step does its work for a whole tile before the next step."""

from __future__ import annotations

import numpy as np

from tripleaim.stress.program.codes import TILE, steps
from tripleaim.stress.program.compiled import Program
from tripleaim.stress.program.writing import Floats


def run_program(program: Program, inputs: Floats) -> Floats:
    """Answers, (output, draw), to inputs, (input, draw). Other threads may run meanwhile.

    raises : ValueError for values of more or fewer inputs than the program has
    """
    if len(inputs) != program.inputs:
        raise ValueError(f"values of {len(inputs)} inputs for a program of {program.inputs}")
    inputs = np.ascontiguousarray(inputs, dtype=np.float64)  # one kind of array, so one machine code
    outputs = np.empty((program.outputs, inputs.shape[1]))
    register = np.empty((program.registers, TILE))
    steps(program.code, program.to, program.operands, program.known, program.tables, register, inputs, outputs)
    return outputs
