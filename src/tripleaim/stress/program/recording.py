"""A recording of arithmetic: every number is a line that says which operation on which earlier lines gives it.

The same operation on the same lines is recorded once, and what follows from constants alone is worked out at once, so
what two cases share, or no draw can change, costs nothing in the draws (`writing`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tripleaim.stress.program.writing import FREE, Book, Floats, Lines, Op, find_slots, write, write_constants

ROOM = 4096
"""Lines a recording has room for at first, a power of two; it doubles as it grows."""


class Recording:
    """Lines in the order they were recorded; a line names only earlier ones."""

    def __init__(self) -> None:
        self.count = 0
        """How many lines there are."""
        self.tables: list[Floats] = []
        """What `PLACE` looks things up in."""
        self.input_count = 0
        self._lines: dict[float, Lines] = {}
        self._book = _book(ROOM)
        self.constants([0.0, 1.0])  # the lines NOUGHT and ONE

    @property
    def op(self) -> NDArray[np.int8]:
        """(line,), an `Op` each."""
        return self._book.op[: self.count]

    @property
    def operands(self) -> Lines:
        """(line, 3), the lines each names; of an input its number, of `PLACE` a line and the number of a table."""
        return self._book.operands[: self.count]

    @property
    def value(self) -> Floats:
        """(line,), what a constant is worth; NaN on every other line."""
        return self._book.value[: self.count]

    def inputs(self, count: int) -> Lines:
        """Lines for so many further inputs, in the order they will be given: (input,)."""
        numbers = np.arange(self.input_count, self.input_count + count)
        self.input_count += count
        return self.record(Op.INPUT, numbers)

    def constants(self, values: ArrayLike) -> Lines:
        """The line of each value, of the shape of the values."""
        given = np.array(values, dtype=np.float64, order="C")  # one kind of array, so one machine code
        found = np.empty(given.shape, dtype=np.int64)
        self._make_room(given.size)
        self.count = write_constants(self._book, self.count, given.reshape(-1), found.reshape(-1))
        return found

    def constant(self, value: float) -> Lines:
        """The line of one value, which is often asked for: an array of no dimension."""
        line = self._lines.get(value)
        if line is None:
            line = self._lines[value] = self.constants(value)
            line.setflags(write=False)
        return line

    def is_constant(self, lines: Lines) -> NDArray[np.bool_]:
        """True for each line that no input can change."""
        constant: NDArray[np.bool_] = self._book.op[lines] == Op.CONSTANT
        return constant

    def values(self, lines: Lines) -> Floats:
        """What each line is worth where it is a constant, else NaN."""
        worth: Floats = self._book.value[lines]
        return worth

    def record(self, op: Op, *operands: Lines) -> Lines:
        """The line of an operation for each element of operands that broadcast."""
        shape = np.broadcast(*operands).shape
        given = np.empty((*shape, 3), dtype=np.int64)
        for n, each in enumerate(operands):
            given[..., n] = each
        given[..., len(operands) :] = FREE
        found = np.empty(shape, dtype=np.int64)
        self._make_room(found.size)
        self.count = write(self._book, self.count, int(op), given.reshape(-1, 3), found.reshape(-1))
        return found

    def table(self, values: Floats) -> int:
        """The number of a table that `place` looks things up in; the same table is kept once."""
        for number, known in enumerate(self.tables):
            if known is values or np.array_equal(known, values):
                return number
        self.tables.append(values)
        return len(self.tables) - 1

    def place(self, table: int, lines: Lines) -> Lines:
        """How many entries of a table lie below each line."""
        found = self.constants(np.searchsorted(self.tables[table], self.values(lines)))
        unknown = ~self.is_constant(lines)
        found[unknown] = self.record(Op.PLACE, lines[unknown], np.array(table))
        return found

    def _make_room(self, more: int) -> None:
        """Room for so many further lines, and one beside them to try the next in."""
        room = len(self._book.op)
        if self.count + more < room:
            return
        while self.count + more >= room:
            room *= 2
        wider = _book(room)
        wider.op[: self.count], wider.operands[: self.count] = self.op, self.operands
        wider.value[: self.count] = self.value
        find_slots(wider, self.count)
        self._book = wider


def _book(room: int) -> Book:
    """Room for so many lines, a power of two."""
    value = np.empty(room)
    return Book(
        op=np.empty(room, dtype=np.int8),
        operands=np.empty((room, 3), dtype=np.int64),
        value=value,
        bits=value.view(np.int64),
        slots=np.full(2 * room, FREE, dtype=np.int64),
    )
