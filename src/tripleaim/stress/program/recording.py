"""A recording of arithmetic: every number is a line that says which operation on which earlier lines gives it.

The same operation on the same lines is recorded once, and what follows from constants alone is worked out at once, so
what two cases share, or no draw can change, costs nothing in the draws. Numbers are taken to be finite where that
settles an answer: nought times a number is nought, and a number less itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
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
_FUNCTION: dict[Op, Callable[..., np.float64 | np.bool_]] = {
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


class Recording:
    """Lines in the order they were recorded; a line names only earlier ones."""

    def __init__(self) -> None:
        self.op: list[Op] = []
        self.operands: list[tuple[int, ...]] = []
        """Lines that each line names; of an input its number, of `PLACE` a line and the number of a table."""
        self.value: list[float] = []
        """What a constant is worth; NaN on every other line."""
        self.tables: list[Floats] = []
        self.input_count = 0
        self._constants: dict[float | None, int] = {}
        self._known: dict[tuple[int, ...], int] = {}
        self._nought, self._one = self._constant(0.0), self._constant(1.0)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.op)

    def inputs(self, count: int) -> Lines:
        """Lines for so many further inputs, in the order they will be given: (input,)."""
        first = self.input_count
        self.input_count += count
        return np.array([self._append(Op.INPUT, (first + n,)) for n in range(count)], dtype=np.int64)

    def constants(self, values: ArrayLike) -> Lines:
        """The line of each value, of the shape of the values."""
        given = np.asarray(values, dtype=np.float64)
        return np.array([self._constant(each) for each in given.reshape(-1).tolist()], dtype=np.int64).reshape(
            given.shape
        )

    def is_constant(self, lines: Lines) -> NDArray[np.bool_]:
        """True for each line that no input can change."""
        told = [self.op[line] is Op.CONSTANT for line in lines.reshape(-1).tolist()]
        return np.array(told, dtype=np.bool_).reshape(lines.shape)

    def values(self, lines: Lines) -> Floats:
        """What each line is worth where it is a constant, else NaN."""
        return np.array([self.value[line] for line in lines.reshape(-1).tolist()]).reshape(lines.shape)

    def record(self, op: Op, *operands: Lines) -> Lines:
        """The line of an operation for each element of broadcast operands."""
        wide = np.broadcast_arrays(*operands)
        known, code, found = self._known, int(op), []
        for given in zip(*(each.reshape(-1).tolist() for each in wide), strict=True):
            line = known.get((code, *given))
            if line is None:
                line = known[code, *given] = self._settled(op, given)
            found.append(line)
        return np.array(found, dtype=np.int64).reshape(wide[0].shape)

    def table(self, values: Floats) -> int:
        """The number of a table that `PLACE` looks things up in; the same table is kept once."""
        for number, known in enumerate(self.tables):
            if known is values or np.array_equal(known, values):
                return number
        self.tables.append(values)
        return len(self.tables) - 1

    def place(self, table: int, lines: Lines) -> Lines:
        """How many entries of a table lie below each line."""
        return self.record(Op.PLACE, lines, np.array(table))

    def _settled(self, op: Op, given: tuple[int, ...]) -> int:
        """The line an operation comes to: one that is there already, or a new one."""
        line = self._simplified(op, given)
        if line is not None:
            return line
        if op in COMMUTING and given[0] > given[1]:
            turned = (int(op), given[1], given[0])
            if turned not in self._known:
                self._known[turned] = self._append(op, turned[1:])
            return self._known[turned]
        return self._append(op, given)

    def _simplified(self, op: Op, given: tuple[int, ...]) -> int | None:
        """A line that is there already, or a constant, where an operation comes to no more."""
        a, b = given[0], given[-1]
        x = self.value[a]
        if op is Op.CHOOSE:
            if self.op[a] is Op.CONSTANT:
                return given[1] if x != 0 else given[2]
            return given[1] if given[1] == given[2] else None
        if op is Op.PLACE:
            known = self.op[a] is Op.CONSTANT
            return self._constant(float(np.searchsorted(self.tables[b], x))) if known else None
        if all(self.op[line] is Op.CONSTANT for line in given):
            with np.errstate(all="ignore"):
                return self._constant(float(_FUNCTION[op](*(np.float64(self.value[line]) for line in given))))
        if len(given) == 1:
            return None
        y = self.value[b]  # NaN, and equal to nothing, where it is no constant
        if op is Op.ADD:
            return b if x == 0 else a if y == 0 else None
        if op is Op.SUBTRACT:
            return a if y == 0 else self._nought if a == b else None
        if op is Op.MULTIPLY:
            return self._nought if x == 0 or y == 0 else b if x == 1 else a if y == 1 else None
        if op is Op.DIVIDE:
            return a if y == 1 else self._nought if x == 0 else None
        if a != b:
            return None
        return {Op.MAXIMUM: a, Op.MINIMUM: a, Op.ABOVE: self._nought}.get(op, self._one)

    def _constant(self, value: float) -> int:
        key = None if math.isnan(value) else value + 0.0  # no minus nought
        line = self._constants.get(key)
        if line is None:
            line = self._constants[key] = self._append(Op.CONSTANT, (), value + 0.0)
        return line

    def _append(self, op: Op, given: tuple[int, ...], value: float = math.nan) -> int:
        self.op.append(op)
        self.operands.append(given)
        self.value.append(value)
        return len(self.op) - 1
