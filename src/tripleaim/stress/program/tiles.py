"""A program run over tiles of draws: each step does its work for a whole tile before the next step."""

from __future__ import annotations

import numba
import numpy as np

from tripleaim.stress.program import codes
from tripleaim.stress.program.compiled import Program
from tripleaim.stress.program.recording import Floats

TILE = 128
"""Draws side by side: enough for the processor's widest instructions, few enough for its nearest memory."""


def run_program(program: Program, inputs: Floats) -> Floats:
    """Answers, (output, draw), to inputs, (input, draw). Other threads may run meanwhile."""
    outputs = np.empty((program.outputs, inputs.shape[1]))
    register = np.empty((program.registers, TILE))
    _run(program.code, program.to, program.operands, program.known, program.tables, register, inputs, outputs)
    return outputs


def _steps(code_of, to_of, operands, known_of, tables, register, inputs, outputs):  # type: ignore[no-untyped-def]
    """Every step for every tile. No step fills a register it reads: the compiler then knows that draws do not meet."""
    draws = inputs.shape[1]
    for first in range(0, draws, TILE):
        width = min(TILE, draws - first)
        for n in range(len(code_of)):
            code, to, known = code_of[n], to_of[n], known_of[n]
            a, b, c = operands[0, n], operands[1, n], operands[2, n]
            if code == codes.MULTIPLY:
                for j in range(TILE):
                    register[to, j] = register[a, j] * register[b, j]
            elif code == codes.ADD:
                for j in range(TILE):
                    register[to, j] = register[a, j] + register[b, j]
            elif code == codes.TIMES_KNOWN:
                for j in range(TILE):
                    register[to, j] = register[a, j] * known
            elif code == codes.SUBTRACT:
                for j in range(TILE):
                    register[to, j] = register[a, j] - register[b, j]
            elif code == codes.ADD_KNOWN:
                for j in range(TILE):
                    register[to, j] = register[a, j] + known
            elif code == codes.LESS_KNOWN:
                for j in range(TILE):
                    register[to, j] = register[a, j] - known
            elif code == codes.KNOWN_LESS:
                for j in range(TILE):
                    register[to, j] = known - register[a, j]
            elif code == codes.CHOOSE:
                for j in range(TILE):
                    register[to, j] = register[b, j] if register[a, j] != 0.0 else register[c, j]
            elif code == codes.MAXIMUM:
                for j in range(TILE):
                    register[to, j] = max(register[a, j], register[b, j])
            elif code == codes.MAXIMUM_KNOWN:
                for j in range(TILE):
                    register[to, j] = max(register[a, j], known)
            elif code == codes.MINIMUM:
                for j in range(TILE):
                    register[to, j] = min(register[a, j], register[b, j])
            elif code == codes.MINIMUM_KNOWN:
                for j in range(TILE):
                    register[to, j] = min(register[a, j], known)
            elif code == codes.DIVIDE:
                for j in range(TILE):
                    register[to, j] = register[a, j] / register[b, j]
            elif code == codes.OVER_KNOWN:
                for j in range(TILE):
                    register[to, j] = register[a, j] / known
            elif code == codes.KNOWN_OVER:
                for j in range(TILE):
                    register[to, j] = known / register[a, j]
            elif code == codes.FILL:
                for j in range(TILE):
                    register[to, j] = known
            elif code == codes.ABOVE:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] > register[b, j] else 0.0
            elif code == codes.ABOVE_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] > known else 0.0
            elif code == codes.BELOW_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if known > register[a, j] else 0.0
            elif code == codes.AT_LEAST:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] >= register[b, j] else 0.0
            elif code == codes.AT_LEAST_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] >= known else 0.0
            elif code == codes.AT_MOST_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if known >= register[a, j] else 0.0
            elif code == codes.EQUAL:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] == register[b, j] else 0.0
            elif code == codes.EQUAL_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] == known else 0.0
            elif code == codes.FLOOR:
                for j in range(TILE):
                    register[to, j] = np.floor(register[a, j])
            elif code == codes.CEILING:
                for j in range(TILE):
                    register[to, j] = np.ceil(register[a, j])
            elif code == codes.EXPONENTIAL:
                for j in range(TILE):
                    register[to, j] = np.exp(register[a, j])
            elif code == codes.PLACE:
                for j in range(TILE):
                    register[to, j] = np.searchsorted(tables[b], register[a, j])
            elif code == codes.LOAD:
                for j in range(TILE):
                    register[to, j] = inputs[a, first + min(j, width - 1)]
            else:
                for j in range(width):
                    outputs[to, first + j] = register[a, j]


def _compiled(function):  # type: ignore[no-untyped-def]
    """The steps as machine code, kept on disk where that can be written; else made anew in each process."""
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy")(function), True
    except RuntimeError:  # numba finds no folder that it may write to
        return numba.njit(nogil=True, error_model="numpy")(function), False


_run, IS_KEPT = _compiled(_steps)  # type: ignore[no-untyped-call]
