"""A recording made ready to run: only what the answers need, in an order that keeps few numbers at a time.

What a step works out stands in a register until its last use; the register is then free for another. A constant is
part of a step where it can be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.program import codes
from tripleaim.stress.program.codes import Whole
from tripleaim.stress.program.machine import machine_code
from tripleaim.stress.program.recording import Recording
from tripleaim.stress.program.writing import FREE, Floats, Lines, Op

NONE = -1

_PLAIN = {
    Op.CONSTANT: codes.FILL,
    Op.INPUT: codes.LOAD,
    Op.ADD: codes.ADD,
    Op.SUBTRACT: codes.SUBTRACT,
    Op.MULTIPLY: codes.MULTIPLY,
    Op.DIVIDE: codes.DIVIDE,
    Op.MAXIMUM: codes.MAXIMUM,
    Op.MINIMUM: codes.MINIMUM,
    Op.ABOVE: codes.ABOVE,
    Op.AT_LEAST: codes.AT_LEAST,
    Op.EQUAL: codes.EQUAL,
    Op.FLOOR: codes.FLOOR,
    Op.CEILING: codes.CEILING,
    Op.EXPONENTIAL: codes.EXPONENTIAL,
    Op.CHOOSE: codes.CHOOSE,
    Op.PLACE: codes.PLACE,
}
_RIGHT_KNOWN = {
    Op.ADD: codes.ADD_KNOWN,
    Op.SUBTRACT: codes.LESS_KNOWN,
    Op.MULTIPLY: codes.TIMES_KNOWN,
    Op.DIVIDE: codes.OVER_KNOWN,
    Op.MAXIMUM: codes.MAXIMUM_KNOWN,
    Op.MINIMUM: codes.MINIMUM_KNOWN,
    Op.ABOVE: codes.ABOVE_KNOWN,
    Op.AT_LEAST: codes.AT_LEAST_KNOWN,
    Op.EQUAL: codes.EQUAL_KNOWN,
}
_LEFT_KNOWN = {
    **_RIGHT_KNOWN,  # of those that commute
    Op.SUBTRACT: codes.KNOWN_LESS,
    Op.DIVIDE: codes.KNOWN_OVER,
    Op.ABOVE: codes.BELOW_KNOWN,
    Op.AT_LEAST: codes.AT_MOST_KNOWN,
}
_LINES_READ = np.array([0, 0, *(2,) * 9, 1, 1, 1, 3, 1], dtype=np.int8)
"""(op,), how many of an operation's operands are lines."""


def _by_op(told: dict[Op, int]) -> Whole:
    """(op,), the code of each operation; NONE where it has none."""
    return np.array([told.get(op, NONE) for op in Op], dtype=np.int32)


_CODES = np.stack([_by_op(_PLAIN), _by_op(_RIGHT_KNOWN), _by_op(_LEFT_KNOWN)])
"""(3, op): on lines, with a constant as the second operand, and with one as the first."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """Steps on registers, one after another: step n does `code[n]` with `operands[:, n]` and fills `to[n]`."""

    code: Whole
    to: Whole
    """(step,), a register; of a step that stores, an output."""
    operands: Whole
    """(3, step), registers; of a step that loads, an input; of one that looks up, register and table."""
    known: Floats
    """(step,), the constant a step works with; 0 where it has none."""
    tables: Floats
    """(table, entry), each filled up with infinity."""
    registers: int
    inputs: int
    outputs: int

    @property
    def operations(self) -> int:
        """Sums, products, comparisons and the like of one draw; loads and stores are none."""
        return int((self.code > codes.LAST_MOVE).sum())


def compiled(recording: Recording, outputs: Lines) -> Program:
    """A program that answers with the lines asked for, (output,), from the recording's inputs."""
    outputs = np.array(outputs, dtype=np.int64, order="C")  # one kind of array, so one machine code
    code, read, fixed, known = _steps(recording)
    is_constant = recording.op == Op.CONSTANT
    order = np.concatenate([np.unique(outputs[is_constant[outputs]]), _order(read, is_constant, outputs)])
    uses = _counted(read[order], recording.count) + _counted(outputs, recording.count)
    steps = np.zeros((recording.count + len(order) + len(outputs), 5), dtype=np.int32)
    constants = np.zeros(len(steps))
    count, registers = _write(code, read, fixed, known, order, outputs, uses, codes.STORE, steps, constants)
    return Program(
        code=steps[:count, 0].copy(),
        to=steps[:count, 1].copy(),
        operands=steps[:count, 2:].T.copy(),
        known=constants[:count].copy(),
        tables=_even(recording.tables),
        registers=registers,
        inputs=recording.input_count,
        outputs=len(outputs),
    )


def _steps(recording: Recording) -> tuple[Whole, Lines, Lines, Floats]:
    """The step that works each line out.

    returns : code, (line,); lines read from registers, (line, 3), NONE where none is; operands that are no lines,
              (line, 3); and the constant that is part of the step, (line,)
    """
    op, operands, value = recording.op, recording.operands, recording.value
    is_line = np.arange(3) < _LINES_READ[op][:, None]
    read, fixed = np.where(is_line, operands, NONE), np.where(is_line | (operands == FREE), 0, operands)
    is_known = (op == Op.CONSTANT)[read] & is_line
    right = is_known[:, 1] & (_CODES[1][op] != NONE)
    left = is_known[:, 0] & (_CODES[2][op] != NONE) & ~right
    known = np.where(right, value[read[:, 1]], np.where(left, value[read[:, 0]], np.where(op == Op.CONSTANT, value, 0)))
    read[right, 1] = NONE
    read[left, 0] = read[left, 1]
    read[left, 1] = NONE
    return _CODES[np.where(right, 1, np.where(left, 2, 0)), op], read, fixed, known


def _counted(lines: Lines, count: int) -> Lines:
    """How often each of so many lines is named."""
    return np.bincount(lines[lines != NONE], minlength=count)


@machine_code
def _order(read: Lines, is_constant: NDArray[np.bool_], outputs: Lines) -> Lines:
    """Every line the outputs need but constants, each after its operands, one output after another."""
    seen = is_constant.copy()
    order, found = np.empty(len(read), dtype=np.int64), 0
    waiting = np.empty(3 * len(read) + 1, dtype=np.int64)
    for output in outputs:
        waiting[0], left = output, 1
        while left:
            left -= 1
            line = waiting[left]
            if line < 0:
                order[found], found = ~line, found + 1
            elif not seen[line]:
                seen[line] = True
                waiting[left], left = ~line, left + 1
                for n in (2, 1, 0):
                    if read[line, n] != NONE and not seen[read[line, n]]:
                        waiting[left], left = read[line, n], left + 1
    return order[:found]


@machine_code
def _write(
    code: Whole,
    read: Lines,
    fixed: Lines,
    known: Floats,
    order: Lines,
    outputs: Lines,
    uses: Lines,
    store: int,
    steps: Whole,
    constants: Floats,
) -> tuple[int, int]:
    """Write the steps of the lines in an order, and of the constants they read, and keep the books of the registers.

    uses      : (line,), how often each is read or answered; counted down here
    steps     : (step, 5), filled with code, register or output, and three operands
    constants : (step,), filled with the constant each works with
    returns   : how many steps there are, and how many registers they need

    A step's own register is never one of its operands': see `codes.steps`.
    """
    lines = len(read)
    place, free = np.full(lines, NONE), np.empty(lines, dtype=np.int64)
    following, first = np.full(len(outputs), NONE), np.full(lines, NONE)
    for n in range(len(outputs) - 1, -1, -1):
        following[n], first[outputs[n]] = first[outputs[n]], n
    count, registers, spare = 0, 0, 0
    for line in order:
        for turn in range(4):  # the lines it reads that are not there yet, which are constants, and itself
            each = read[line, turn] if turn < 3 else line
            if each == NONE or place[each] != NONE:
                continue
            if spare == 0:
                free[0], registers, spare = registers, registers + 1, 1
            spare -= 1
            place[each] = free[spare]
            steps[count, 0], steps[count, 1], constants[count] = code[each], place[each], known[each]
            for n in range(3):
                steps[count, 2 + n] = fixed[each, n] if read[each, n] == NONE else place[read[each, n]]
            count += 1
        for n in range(3):
            each = read[line, n]
            if each != NONE:
                uses[each] -= 1
                if uses[each] == 0:
                    free[spare], spare, place[each] = place[each], spare + 1, NONE
        n = first[line]
        while n != NONE:
            steps[count, 0], steps[count, 1], steps[count, 2], count = store, n, place[line], count + 1
            uses[line] -= 1
            if uses[line] == 0:
                free[spare], spare, place[line] = place[line], spare + 1, NONE
            n = following[n]
    return count, registers


def _even(tables: list[Floats]) -> Floats:
    """Tables side by side, each filled up with infinity."""
    filled = np.full((len(tables), max((len(table) for table in tables), default=0)), np.inf)
    for row, table in zip(filled, tables, strict=True):
        row[: len(table)] = table
    return filled
