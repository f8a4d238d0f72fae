"""Writing lines of arithmetic down: the operations there are, and what an operation comes to at once.

A line is an operation on earlier lines. Lines stand side by side in arrays, and are found again by a table of slots
(open addressing, linear probing), so the same operation on the same lines is written once.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.program.machine import machine_code

Lines = NDArray[np.int64]
"""Positions in a recording."""
Floats = NDArray[np.float64]


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


NOUGHT, ONE = 0, 1
"""The lines that every recording begins with."""
FREE = -1
"""A slot that no line has taken, and an operand that an operation does not have."""


class Book(NamedTuple):
    """Where lines are written down, with room for more."""

    op: NDArray[np.int8]
    """(room,), the operation of each line."""
    operands: Lines
    """(room, 3), the lines each names, FREE where it names none."""
    value: Floats
    """(room,), what a constant is worth; NaN on every other line."""
    bits: Lines
    """The memory of `value`, read as whole numbers."""
    slots: Lines
    """(slot,), the line in each slot, or FREE; a power of two of them, more than there is room for lines."""


@machine_code
def write(book: Book, count: int, code: int, given: Lines, found: Lines) -> int:
    """Write an operation on many lines down, element by element.

    count   : lines so far; there is room for one more than there are elements
    given   : (element, 3), what the operation is done on
    found   : (element,), filled with the line of each
    returns : lines there are now
    """
    for n in range(len(found)):
        a, b, c = given[n, 0], given[n, 1], given[n, 2]
        found[n] = FREE if code == Op.INPUT else _there_already(book, code, a, b, c)
        if found[n] != FREE:
            continue
        book.value[count] = math.nan
        if _is_known(book, code, a, b):
            book.value[count] = _worked_out(code, book.value[a], book.value[b])
            found[n] = _placed(book, count, Op.CONSTANT, FREE, FREE, FREE)
        elif _commutes(code) and a > b:
            found[n] = _placed(book, count, code, b, a, c)
        else:
            found[n] = _placed(book, count, code, a, b, c)
        count = max(count, found[n] + 1)
    return count


@machine_code
def write_constants(book: Book, count: int, given: Floats, found: Lines) -> int:
    """Write constants down: as `write`, with their values, (element,)."""
    for n in range(len(found)):
        book.value[count] = _one_of_its_kind(given[n])
        found[n] = _placed(book, count, Op.CONSTANT, FREE, FREE, FREE)
        count = max(count, found[n] + 1)
    return count


@machine_code
def find_slots(book: Book, count: int) -> None:
    """Give every line so far a slot, all slots being free."""
    for line in range(count):
        book.slots[_slot(book, line)] = line


@machine_code
def _placed(book: Book, count: int, code: int, a: int, b: int, c: int) -> int:
    """The line that does what the one that would be next does, or that one."""
    book.op[count] = code
    book.operands[count, 0], book.operands[count, 1], book.operands[count, 2] = a, b, c
    slot = _slot(book, count)
    if book.slots[slot] == FREE:
        book.slots[slot] = count
    return int(book.slots[slot])


@machine_code
def _slot(book: Book, line: int) -> int:
    """The slot of a line that does the same as this, or the free one where this belongs."""
    mask = len(book.slots) - 1
    mixed = np.uint64(book.op[line])
    for each in (book.operands[line, 0], book.operands[line, 1], book.operands[line, 2], book.bits[line]):
        mixed = (mixed ^ np.uint64(each)) * np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio
        mixed ^= mixed >> np.uint64(29)
    slot = np.int64(mixed & np.uint64(mask))
    while book.slots[slot] != FREE and not _same(book, book.slots[slot], line):
        slot = np.int64((slot + 1) & mask)
    return int(slot)


@machine_code
def _same(book: Book, one: int, other: int) -> bool:
    return bool(
        book.op[one] == book.op[other]
        and book.operands[one, 0] == book.operands[other, 0]
        and book.operands[one, 1] == book.operands[other, 1]
        and book.operands[one, 2] == book.operands[other, 2]
        and book.bits[one] == book.bits[other]
    )


@machine_code
def _commutes(code: int) -> bool:
    return code == Op.ADD or code == Op.MULTIPLY or code == Op.MAXIMUM or code == Op.MINIMUM or code == Op.EQUAL


@machine_code
def _is_known(book: Book, code: int, a: int, b: int) -> bool:
    """True where an operation on one line or two is on constants alone."""
    if code == Op.INPUT or code == Op.CHOOSE or code == Op.PLACE:
        return False
    return bool(book.op[a] == Op.CONSTANT and (b == FREE or book.op[b] == Op.CONSTANT))


@machine_code
def _one_of_its_kind(value: float) -> float:
    """There is no minus nought, and one NaN."""
    return math.nan if math.isnan(value) else value + 0.0


@machine_code
def _worked_out(code: int, x: float, y: float) -> float:
    """What an operation on constants comes to."""
    if code == Op.ADD:
        found = x + y
    elif code == Op.SUBTRACT:
        found = x - y
    elif code == Op.MULTIPLY:
        found = x * y
    elif code == Op.DIVIDE:
        found = x / y
    elif code == Op.MAXIMUM:
        found = np.maximum(x, y)
    elif code == Op.MINIMUM:
        found = np.minimum(x, y)
    elif code == Op.ABOVE:
        found = 1.0 if x > y else 0.0
    elif code == Op.AT_LEAST:
        found = 1.0 if x >= y else 0.0
    elif code == Op.EQUAL:
        found = 1.0 if x == y else 0.0
    elif code == Op.FLOOR:
        found = np.floor(x)
    elif code == Op.CEILING:
        found = np.ceil(x)
    else:
        found = np.exp(x)
    return _one_of_its_kind(found)


@machine_code
def _there_already(book: Book, code: int, a: int, b: int, c: int) -> int:
    """A line that an operation comes to without being written down, else FREE.

    Numbers are taken to be finite where that settles it: nought times a number is nought, and a number less itself.
    """
    x = book.value[a]  # NaN, and equal to nothing, where it is no constant
    if code == Op.CHOOSE:
        if book.op[a] == Op.CONSTANT:
            return b if x != 0 else c
        return b if b == c else FREE
    if b == FREE or code == Op.PLACE or _is_known(book, code, a, b):
        return FREE
    y = book.value[b]
    if code == Op.ADD:
        return b if x == 0 else a if y == 0 else FREE
    if code == Op.SUBTRACT:
        return a if y == 0 else NOUGHT if a == b else FREE
    if code == Op.MULTIPLY:
        return NOUGHT if x == 0 or y == 0 else b if x == 1 else a if y == 1 else FREE
    if code == Op.DIVIDE:
        return a if y == 1 else NOUGHT if x == 0 else FREE
    if a != b:
        return FREE
    if code == Op.MAXIMUM or code == Op.MINIMUM:
        return a
    return NOUGHT if code == Op.ABOVE else ONE
