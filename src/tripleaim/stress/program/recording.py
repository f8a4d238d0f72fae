"""A recording of arithmetic: every number is a line that says which operation on which earlier lines gives it.

The same operation on the same lines is recorded once, and what follows from constants alone is worked out at once, so
what two cases share, or no draw can change, costs nothing in the draws. Numbers are taken to be finite where that
settles an answer: nought times a number is nought, and a number less itself.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Lines: TypeAlias = NDArray[np.int64]
"""Positions in a recording."""
Floats: TypeAlias = NDArray[np.float64]


class Op(IntEnum):
    """What a line does with the lines it names; truth is 1 and 0."""

    CONSTANT = 0
    INPUT = 1
    ADD = 2
    SUBTRACT = 3
    MULTIPLY = 4
    DIVIDE = 5
    MAXIMUM = 6
    MINIMUM = 7
    ABOVE = 8
    AT_LEAST = 9
    EQUAL = 10
    FLOOR = 11
    CEILING = 12
    EXPONENTIAL = 13
    CHOOSE = 14
    """The second where the first is not 0, else the third."""
    PLACE = 15
    """How many entries of a table lie below the first; the second is the table's number."""


COMMUTING = (Op.ADD, Op.MULTIPLY, Op.MAXIMUM, Op.MINIMUM, Op.EQUAL)
_FUNCTION = {
    Op.ADD: np.add,
    Op.SUBTRACT: np.subtract,
    Op.MULTIPLY: np.multiply,
    Op.DIVIDE: np.divide,
    Op.MAXIMUM: np.maximum,
    Op.MINIMUM: np.minimum,
    Op.ABOVE: np.greater,
    Op.AT_LEAST: np.greater_equal,
    Op.EQUAL: np.equal,
    Op.FLOOR: np.floor,
    Op.CEILING: np.ceil,
    Op.EXPONENTIAL: np.exp,
}
_SHIFT = 28
"""Room for 268 million lines in one key of two; more are refused, not mixed up."""


class Recording:
    """Lines in the order they were recorded; a line names only earlier ones."""

    def __init__(self) -> None:
        self.count = 0
        self.op = np.zeros(1024, dtype=np.uint8)
        self.operands = np.zeros((3, 1024), dtype=np.int64)
        self.value = np.zeros(1024)
        """What a constant is worth; NaN on every other line."""
        self.tables: list[Floats] = []
        self._constants: dict[int, int] = {}
        self._known: dict[tuple[int, int, int], int] = {}
        self.input_count = 0

    def inputs(self, count: int) -> Lines:
        """Lines for so many further inputs, in the order they will be given: (input,)."""
        first = self.input_count
        self.input_count += count
        found = np.array([self._line(Op.INPUT, first + n, 0, 0) for n in range(count)], dtype=np.int64)
        return found

    def constants(self, values: ArrayLike) -> Lines:
        """The line of each value, of the shape of the values."""
        given = np.asarray(values, dtype=np.float64) + 0.0  # no minus nought
        distinct, which = np.unique(given.reshape(-1).view(np.int64), return_inverse=True)
        found = np.array([self._constant(bits) for bits in distinct.tolist()], dtype=np.int64)
        return found[which].reshape(given.shape)

    def is_constant(self, lines: Lines) -> NDArray[np.bool_]:
        """True for each line that no input can change."""
        return np.asarray(self.op[lines] == Op.CONSTANT)

    def record(self, op: Op, *operands: Lines) -> Lines:
        """The line of an operation for each element of broadcast operands."""
        wide = np.broadcast_arrays(*operands)
        shape = wide[0].shape
        flat = [np.ascontiguousarray(each).reshape(-1) for each in wide]
        return self._recorded(op, flat).reshape(shape)

    def table(self, values: Floats) -> int:
        """The number of a table that `PLACE` looks things up in; the same table is kept once."""
        for number, known in enumerate(self.tables):
            if known is values or np.array_equal(known, values):
                return number
        self.tables.append(values)
        return len(self.tables) - 1

    def place(self, table: int, lines: Lines) -> Lines:
        """How many entries of a table lie below each line."""
        flat = lines.reshape(-1)
        known = self.is_constant(flat)
        found = np.empty_like(flat)
        found[known] = self.constants(np.searchsorted(self.tables[table], self.value[flat[known]]))
        found[~known] = self._new(Op.PLACE, [flat[~known], np.full((~known).sum(), table)])
        return found.reshape(lines.shape)

    def _recorded(self, op: Op, flat: list[Lines]) -> Lines:
        distinct, which = _distinct(flat)
        found = self._simplified(op, distinct)
        left = found < 0
        if left.any():
            found[left] = self._new(op, [each[left] for each in distinct])
        return found[which]

    def _simplified(self, op: Op, flat: list[Lines]) -> Lines:
        """Lines already there that an operation comes to; -1 where there is none."""
        found = np.full(len(flat[0]), -1, dtype=np.int64)
        known = [self.is_constant(each) for each in flat]
        value = [np.where(k, self.value[each], np.nan) for k, each in zip(known, flat, strict=True)]
        if op is Op.CHOOSE:
            settled = np.where(value[0] != 0, flat[1], flat[2])
            found = np.where(known[0], settled, found)
            return np.where(flat[1] == flat[2], flat[1], found)
        fixed = np.logical_and.reduce(known)
        if fixed.any():
            with np.errstate(all="ignore"):
                worth = _FUNCTION[op](*(each[fixed] for each in value))
            found[fixed] = self.constants(worth.astype(np.float64))
        if len(flat) == 1:
            return found
        (a, b), (x, y) = flat, value
        zero, one = self._constant(0), self._constant(_ONE)
        rules: dict[Op, tuple[tuple[NDArray[np.bool_], Lines | int], ...]] = {
            Op.ADD: ((x == 0, b), (y == 0, a)),
            Op.SUBTRACT: ((y == 0, a), (a == b, zero)),
            Op.MULTIPLY: (((x == 0) | (y == 0), zero), (x == 1, b), (y == 1, a)),
            Op.DIVIDE: ((y == 1, a), (x == 0, zero)),
            Op.MAXIMUM: ((a == b, a),),
            Op.MINIMUM: ((a == b, a),),
            Op.ABOVE: ((a == b, zero),),
            Op.AT_LEAST: ((a == b, one),),
            Op.EQUAL: ((a == b, one),),
        }
        for where, line in rules[op]:
            found = np.where((found < 0) & where, line, found)
        return found

    def _new(self, op: Op, flat: list[Lines]) -> Lines:
        if op in COMMUTING:
            flat = [np.minimum(*flat), np.maximum(*flat)]
        columns = [each.tolist() for each in flat] + [[0] * len(flat[0])] * (3 - len(flat))
        return np.array([self._line(op, *row) for row in zip(*columns, strict=True)], dtype=np.int64)

    def _line(self, op: int, a: int, b: int, c: int) -> int:
        key = (op, a << _SHIFT | b, c)
        line = self._known.get(key)
        if line is None:
            line = self._known[key] = self._append(op, a, b, c, np.nan)
        return line

    def _constant(self, bits: int) -> int:
        line = self._constants.get(bits)
        if line is None:
            worth = float(np.int64(bits).view(np.float64))
            line = self._constants[bits] = self._append(Op.CONSTANT, 0, 0, 0, worth)
        return line

    def _append(self, op: int, a: int, b: int, c: int, value: float) -> int:
        line = self.count
        if line >> _SHIFT:
            raise OverflowError(f"a recording of more than {line:,} lines")
        if line == len(self.op):
            self.op = np.concatenate([self.op, np.zeros_like(self.op)])
            self.operands = np.concatenate([self.operands, np.zeros_like(self.operands)], axis=1)
            self.value = np.concatenate([self.value, np.zeros_like(self.value)])
        self.op[line], self.value[line] = op, value
        self.operands[:, line] = a, b, c
        self.count += 1
        return line


_ONE = int(np.float64(1.0).view(np.int64))


def _distinct(flat: list[Lines]) -> tuple[list[Lines], Lines]:
    """Each row of operands once, and which of them every element has."""
    if len(flat) == 3:
        rows, which = np.unique(np.stack(flat, axis=1), axis=0, return_inverse=True)
        return [rows[:, n] for n in range(3)], which.reshape(-1)
    key = flat[0] if len(flat) == 1 else flat[0] << _SHIFT | flat[1]
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return [each[first] for each in flat], which.reshape(-1)
