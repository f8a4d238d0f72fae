"""What a step of a program does, and doing it. KNOWN stands for a step's constant, on the side where it stands.

The codes and what is done for each stand in one file, for numba keeps machine code by the file of its source: had the
codes a file of their own, a change of them would leave old machine code at work.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.program.machine import machine_code
from tripleaim.stress.program.writing import Floats

FILL = 0
LOAD = 1
STORE = 2
LAST_MOVE = STORE
"""Codes up to here move numbers; those above work something out."""

ADD = 3
ADD_KNOWN = 4
SUBTRACT = 5
LESS_KNOWN = 6
KNOWN_LESS = 7
MULTIPLY = 8
TIMES_KNOWN = 9
DIVIDE = 10
OVER_KNOWN = 11
KNOWN_OVER = 12
MAXIMUM = 13
MAXIMUM_KNOWN = 14
MINIMUM = 15
MINIMUM_KNOWN = 16
ABOVE = 17
ABOVE_KNOWN = 18
BELOW_KNOWN = 19
AT_LEAST = 20
AT_LEAST_KNOWN = 21
AT_MOST_KNOWN = 22
EQUAL = 23
EQUAL_KNOWN = 24
FLOOR = 25
CEILING = 26
EXPONENTIAL = 27
CHOOSE = 28
PLACE = 29

Whole = NDArray[np.int32]

TILE = 128
"""Draws side by side: enough for the processor's widest instructions, few enough for its nearest memory."""


@machine_code
def steps(
    code_of: Whole,
    to_of: Whole,
    operands: Whole,
    known_of: Floats,
    tables: Floats,
    register: Floats,
    inputs: Floats,
    outputs: Floats,
) -> None:
    """Every step for every tile. No step fills a register it reads: the compiler then knows that draws do not meet."""
    draws = inputs.shape[1]
    for first in range(0, draws, TILE):
        width = min(TILE, draws - first)
        for n in range(len(code_of)):
            code, to, known = code_of[n], to_of[n], known_of[n]
            a, b, c = operands[0, n], operands[1, n], operands[2, n]
            if code == MULTIPLY:
                for j in range(TILE):
                    register[to, j] = register[a, j] * register[b, j]
            elif code == ADD:
                for j in range(TILE):
                    register[to, j] = register[a, j] + register[b, j]
            elif code == TIMES_KNOWN:
                for j in range(TILE):
                    register[to, j] = register[a, j] * known
            elif code == SUBTRACT:
                for j in range(TILE):
                    register[to, j] = register[a, j] - register[b, j]
            elif code == ADD_KNOWN:
                for j in range(TILE):
                    register[to, j] = register[a, j] + known
            elif code == LESS_KNOWN:
                for j in range(TILE):
                    register[to, j] = register[a, j] - known
            elif code == KNOWN_LESS:
                for j in range(TILE):
                    register[to, j] = known - register[a, j]
            elif code == CHOOSE:
                for j in range(TILE):
                    register[to, j] = register[b, j] if register[a, j] != 0.0 else register[c, j]
            elif code == MAXIMUM:
                for j in range(TILE):
                    register[to, j] = np.maximum(register[a, j], register[b, j])
            elif code == MAXIMUM_KNOWN:
                for j in range(TILE):
                    register[to, j] = np.maximum(register[a, j], known)
            elif code == MINIMUM:
                for j in range(TILE):
                    register[to, j] = np.minimum(register[a, j], register[b, j])
            elif code == MINIMUM_KNOWN:
                for j in range(TILE):
                    register[to, j] = np.minimum(register[a, j], known)
            elif code == DIVIDE:
                for j in range(TILE):
                    register[to, j] = register[a, j] / register[b, j]
            elif code == OVER_KNOWN:
                for j in range(TILE):
                    register[to, j] = register[a, j] / known
            elif code == KNOWN_OVER:
                for j in range(TILE):
                    register[to, j] = known / register[a, j]
            elif code == FILL:
                for j in range(TILE):
                    register[to, j] = known
            elif code == ABOVE:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] > register[b, j] else 0.0
            elif code == ABOVE_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] > known else 0.0
            elif code == BELOW_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if known > register[a, j] else 0.0
            elif code == AT_LEAST:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] >= register[b, j] else 0.0
            elif code == AT_LEAST_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] >= known else 0.0
            elif code == AT_MOST_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if known >= register[a, j] else 0.0
            elif code == EQUAL:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] == register[b, j] else 0.0
            elif code == EQUAL_KNOWN:
                for j in range(TILE):
                    register[to, j] = 1.0 if register[a, j] == known else 0.0
            elif code == FLOOR:
                for j in range(TILE):
                    register[to, j] = np.floor(register[a, j])
            elif code == CEILING:
                for j in range(TILE):
                    register[to, j] = np.ceil(register[a, j])
            elif code == EXPONENTIAL:
                for j in range(TILE):
                    register[to, j] = np.exp(register[a, j])
            elif code == PLACE:
                for j in range(TILE):
                    register[to, j] = np.searchsorted(tables[b], register[a, j])
            elif code == LOAD:
                for j in range(TILE):
                    register[to, j] = inputs[a, first + min(j, width - 1)]
            else:
                for j in range(width):
                    outputs[to, first + j] = register[a, j]
