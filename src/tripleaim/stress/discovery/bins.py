"""Inputs sorted into at most 256 bins each, so that a search need only keep counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.response import Floats, finite_table

Codes = NDArray[np.uint8]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
BINS = 256
_ROWS_AT_ONCE = 16_384


@dataclass(frozen=True)
class Binned:
    """The bin of every input in every draw, and where bins begin.

    A numeric input has ordered bins between quantiles, or one for each value where it takes few; a categorical input
    has one bin for each category.
    """

    codes: Codes
    """(draw, input), 0 to 255."""
    edges: tuple[Floats, ...]
    """For each input the values at which the second and later bins begin, ascending; none for a categorical input."""
    categorical: Flags
    """(input,)"""

    @property
    def draws(self) -> int:
        return len(self.codes)

    @property
    def inputs(self) -> int:
        return len(self.edges)

    def everything(self) -> Flags:
        """(input, bin): the bins that exist, all of them allowed."""
        allowed = np.zeros((self.inputs, BINS), dtype=np.bool_)
        for position, edges in enumerate(self.edges):
            last = int(self.codes[:, position].max()) if self.categorical[position] else len(edges)
            allowed[position, : last + 1] = True
        return allowed

    def only(self, rows: NDArray[np.intp] | Flags) -> Binned:
        """The same bins for some of the draws."""
        return Binned(self.codes[rows], self.edges, self.categorical)


def binned(inputs: Floats, categorical: Sequence[int] = ()) -> Binned:
    """Sort every input into bins: 256 of equal size, or one for each value where an input takes 256 values or fewer.

    inputs      : (input, draw); a categorical input holds its category's position, 0 to 255
    categorical : positions of the categorical inputs
    raises      : ValueError for a table that is empty or not finite, or a category that is no whole number 0 to 255

    >>> binned(np.array([[0.1, 0.3, 0.2], [2.0, 0.0, 0.0]]), categorical=[1]).codes.tolist()
    [[0, 2], [2, 0], [1, 0]]
    """
    table = finite_table("inputs", inputs)
    flags = np.zeros(len(table), dtype=np.bool_)
    flags[list(categorical)] = True
    codes = np.empty(table.shape[::-1], dtype=np.uint8)
    edges = []
    for position, row in enumerate(table):
        if flags[position]:
            if not ((row == np.floor(row)) & (row >= 0) & (row < BINS)).all():
                raise ValueError(f"input {position} is categorical: expected whole numbers from 0 to {BINS - 1}")
            edges.append(np.empty(0))
            codes[:, position] = row
        else:
            edges.append(_edges(row))
            codes[:, position] = np.searchsorted(edges[-1], row, side="right")
    return Binned(codes, tuple(edges), flags)


def _edges(values: Floats) -> Floats:
    """Half-way between neighbouring values where there are few; else the quantiles."""
    distinct = np.unique(values)
    if len(distinct) <= BINS:
        middles: Floats = (distinct[1:] + distinct[:-1]) / 2
        return middles
    return np.unique(np.quantile(values, np.arange(1, BINS) / BINS))


def counts(codes: Codes) -> Counts:
    """(input, bin): how many of these draws fall into each bin of each input.

    codes : (draw, input); counted in pieces, so that no table of wide numbers as large as `codes` is made
    """
    inputs = codes.shape[1]
    first_bin = np.arange(inputs) * BINS
    found = np.zeros(inputs * BINS, dtype=np.int64)
    for first in range(0, len(codes), _ROWS_AT_ONCE):
        piece = codes[first : first + _ROWS_AT_ONCE] + first_bin
        found += np.bincount(piece.ravel(), minlength=inputs * BINS)
    return found.reshape(inputs, BINS)


def inside(codes: Codes, allowed: Flags) -> Flags:
    """(draw,): True for draws whose every input falls into an allowed bin.

    codes : (draw, input)    allowed : (input, bin)
    """
    found = np.ones(len(codes), dtype=np.bool_)
    for position in range(codes.shape[1]):
        if not allowed[position].all():
            found &= allowed[position][codes[:, position]]
    return found
