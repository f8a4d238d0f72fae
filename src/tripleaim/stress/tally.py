"""Statistics of draws that come in chunks, in memory that does not grow with their number.

Up to `EXACT` draws every value is kept, and percentiles are exact. Beyond, values are counted below and up to `MARKS`
values of those first draws, as many draws apart: a percentile is right to a tenth of a percentile, however lopsided the
values, and a value that many draws share is told as it is. Sums are made block by block of `BLOCK` draws, so the same
draws give the same bits in chunks of any number of blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.response import Floats

BLOCK = 512
"""Draws whose sum is made at once."""
EXACT = 32 * BLOCK
"""Draws up to which percentiles are exact: 16,384."""
_ROWS = 64
"""Outputs whose percentiles are found at once."""
MARKS = 257
"""Values of the first draws, from the least to the greatest, between which later ones are counted."""


@dataclass(frozen=True)
class Limit:
    """A value that an output should not lie beyond."""

    output: int
    """Row of the output."""
    value: float
    """In the output's unit."""
    least: bool = False
    """True where the output should not lie below it; else not above."""


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """How often one output lies beyond a limit, and by how much."""

    share: float
    """Share of draws."""
    excess: float
    """Mean distance from the limit in those draws, in the output's unit; 0 where there are none."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What some draws come to, ready to be added to those before them."""

    values: Floats
    """(output, draw)."""
    sums: Floats
    """(block, output), block by block."""
    times: NDArray[np.int64]
    """(limit,), how many of the draws lie beyond each limit."""
    excesses: Floats
    """(block, limit), how far those of each block lie beyond it in all."""
    begins: tuple[NDArray[np.int64], ...]
    """For each run of years, how many of the draws hold from each year on, and last how many do not: (year + 1,)."""


class Tally:
    """An accumulator: takes values of some outputs, draw after draw, and says what they come to.

    >>> tally = Tally(1, limits=[Limit(0, 1.0)])
    >>> tally.add(np.array([[0.0, 1.0, 2.0, 4.0]]))
    >>> tally.mean().tolist(), tally.quantiles([0.5])[0].tolist(), tally.beyond()
    ([1.75], [1.5], (Beyond(share=0.5, excess=2.0),))
    """

    def __init__(self, outputs: int, limits: Sequence[Limit] = (), runs: Sequence[Sequence[Limit]] = ()) -> None:
        """Outputs to follow.

        limits : how often and how far outputs lie beyond them is told by `beyond`
        runs   : for each the limits of year after year; from when on no year lies beyond is told by `lasting`
        """
        self.draws = 0
        self._sum = np.zeros(outputs)
        self._kept: Floats | None = np.empty((outputs, EXACT))  # takes memory as draws fill it
        self._counts: _Counts | None = None
        self._limits = _Limits(limits)
        self._times = np.zeros(len(limits), dtype=np.int64)
        self._excess = np.zeros(len(limits))
        self._runs = _Limits([limit for run in runs for limit in run])
        self._ends = np.cumsum([len(run) for run in runs])[:-1]
        self._begins = [np.zeros(len(run) + 1, dtype=np.int64) for run in runs]

    def add(self, values: Floats) -> None:
        """Take the next draws, (output, draw): some blocks of `BLOCK`, of which only the very last may be short.

        raises : ValueError after a short block, and for what is no number: it would count as within every limit
        """
        self.take(self.part(values))

    def part(self, values: Floats) -> Part:
        """What some draws come to, (output, draw), from the first of a block on; changes nothing, so threads may ask.

        raises : ValueError for what is no number
        """
        blocks = [np.ascontiguousarray(values[:, n : n + BLOCK]) for n in range(0, values.shape[1], BLOCK)]
        sums = np.stack([block.sum(axis=1) for block in blocks])
        if not np.isfinite(sums).all():
            output, draw = np.argwhere(~np.isfinite(values))[0]
            raise ValueError(f"output {output} of a draw is {values[output, draw]}; expected a number")
        over = [np.maximum(self._limits.over(block), 0.0) for block in blocks]
        return Part(
            values=values,
            sums=sums,
            times=np.sum([(each > 0).sum(axis=1) for each in over], axis=0, dtype=np.int64),
            excesses=np.stack([each.sum(axis=1) for each in over]),
            begins=self._begun(values),
        )

    def take(self, part: Part) -> None:
        """Add the next part: the parts must come in the order of their draws, and only the very last block be short.

        raises : ValueError after a short block
        """
        if self.draws % BLOCK:
            raise ValueError(f"draws came after a block of {self.draws % BLOCK}")
        for sums, excesses in zip(part.sums, part.excesses, strict=True):
            self._sum += sums
            self._excess += excesses
        self._times += part.times
        for begins, more in zip(self._begins, part.begins, strict=True):
            begins += more
        room = max(0, EXACT - self.draws)
        for values in (part.values[:, :room], part.values[:, room:]):
            if values.shape[1]:
                self._keep(values)

    def mean(self) -> Floats:
        """Mean of each output, (output,)."""
        return self._sum / self.draws

    def quantiles(self, shares: Sequence[float], rows: Sequence[int] | None = None) -> Floats:
        """Value below which a share of the draws lies, (share, output); between two draws in proportion.

        rows : the outputs asked for; all if left out
        """
        if self._counts is not None:
            every = self._counts.quantiles(shares)
            return every if rows is None else every[:, list(rows)]
        assert self._kept is not None
        values = self._kept[:, : self.draws] if rows is None else self._kept[list(rows), : self.draws]
        parts = [values[first : first + _ROWS] for first in range(0, len(values), _ROWS)]
        with ThreadPoolExecutor() as pool:
            found = list(pool.map(lambda part: np.quantile(part, shares, axis=1), parts))
        return np.concatenate(found, axis=1)

    def beyond(self) -> tuple[Beyond, ...]:
        """How often and how far outputs lay beyond each of the limits, in their order."""
        each = np.divide(self._excess, self._times, out=np.zeros_like(self._excess), where=self._times > 0)
        return tuple(
            Beyond(share=float(n) / self.draws, excess=float(e)) for n, e in zip(self._times, each, strict=True)
        )

    def lasting(self) -> tuple[Floats, ...]:
        """For each run of years, the share of draws from which year on none lies beyond its limit, and last the share
        of draws whose final year does: (year + 1,).
        """
        return tuple(begins / self.draws for begins in self._begins)

    def _begun(self, values: Floats) -> tuple[NDArray[np.int64], ...]:
        """For each run, how many draws hold from each year on, and last how many do not."""
        if not self._begins:
            return ()
        return tuple(_begins(holds) for holds in np.split(self._runs.over(values) <= 0, self._ends))

    def _keep(self, values: Floats) -> None:
        """Keep what percentiles are told from: every value while there is room, else where it lies."""
        before, self.draws = self.draws, self.draws + values.shape[1]
        if self._kept is not None and self.draws <= EXACT:
            self._kept[:, before : self.draws] = values
            return
        if self._kept is not None:
            self._counts, self._kept = _Counts(self._kept), None
        assert self._counts is not None
        self._counts.count(values)


class _Limits:
    """Limits side by side."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._rows = np.array([limit.output for limit in limits], dtype=np.intp)
        self._sign = np.array([-1.0 if limit.least else 1.0 for limit in limits])[:, None]
        self._value = np.array([limit.value for limit in limits], dtype=np.float64)[:, None]

    def over(self, values: Floats) -> Floats:
        """How far each output lies beyond its limit, negative where it does not: (limit, draw)."""
        found: Floats = (values[self._rows] - self._value) * self._sign
        return found


def _begins(holds: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many draws hold from each year to the last, and how many do not hold in the last: (year + 1,)."""
    to_the_end = np.logical_and.accumulate(holds[::-1], axis=0)[::-1]
    before = np.concatenate([np.zeros_like(holds[:1]), to_the_end[:-1]])
    return np.append((to_the_end & ~before).sum(axis=1), (~holds[-1]).sum())


class _Counts:
    """How many values lie below each mark, and how many up to it; one row an output."""

    def __init__(self, first: Floats) -> None:
        places = np.linspace(0, first.shape[1] - 1, MARKS).astype(np.intp)
        self._marks = np.ascontiguousarray(np.sort(first, axis=1)[:, places])
        self._least, self._most = first.min(axis=1), first.max(axis=1)
        self._below = np.zeros(self._marks.shape, dtype=np.int64)
        self._up_to = np.zeros_like(self._below)
        self._draws = 0
        self.count(first)

    def count(self, values: Floats) -> None:
        """Count further values, (output, draw)."""
        ordered = np.sort(values, axis=1)
        np.minimum(self._least, ordered[:, 0], out=self._least)
        np.maximum(self._most, ordered[:, -1], out=self._most)
        for row, marks, below, up_to in zip(ordered, self._marks, self._below, self._up_to, strict=True):
            below += row.searchsorted(marks)
            up_to += row.searchsorted(marks, side="right")
        self._draws += values.shape[1]

    def quantiles(self, shares: Sequence[float]) -> Floats:
        """(share, output): a mark where draws of its value lie, else between two marks in proportion."""
        last = self._draws - 1
        places = np.concatenate([self._below, self._up_to - 1, np.tile([0, last], (len(self._marks), 1))], axis=1)
        values = np.concatenate([self._marks, self._marks, self._least[:, None], self._most[:, None]], axis=1)
        wanted = np.multiply(shares, last)
        rows = zip(np.sort(places, axis=1), np.sort(values, axis=1), strict=True)  # what comes later is no smaller
        return np.stack([np.interp(wanted, *row) for row in rows], axis=1)
