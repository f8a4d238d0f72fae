"""Peeling: take a thin slice off the box again and again, always the one whose loss leaves failures densest.

Counts of draws and of failures in each bin are kept up to date as draws leave, so all peels together touch each draw
once: the work is draws × inputs, whatever the number of peels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tripleaim.stress.discovery.bins import Binned, Counts, Flags, counts
from tripleaim.stress.response import Floats

Gain = Literal["per draw", "total"]
_NO_CUT = -np.inf


@dataclass(frozen=True)
class Step:
    """The box after one more peel."""

    allowed: Flags
    """(input, bin): what the box still lets in."""
    draws: int
    failures: int

    @property
    def density(self) -> float:
        """Share of the draws in the box that fail."""
        return self.failures / self.draws


def peel(
    bins: Binned, fails: Flags, *, share: float = 0.05, smallest: float = 0.05, gain: Gain = "per draw"
) -> list[Step]:
    """Every box from all draws to the last peel that helps, each inside the one before.

    A numeric input is cut at its low or its high end, by as many whole bins as hold at most `share` of the draws left
    (one bin where even that holds more); a categorical input loses one category. Of all cuts that leave at least
    `smallest` of all draws, the one with the largest gain is made:

    per draw : (density after − density before) / draws taken, fair to categories and lumps that go at once
               (Kwakkel and Jaxa-Rozen 2016, "lenient 1")
    total    : density after − density before (Friedman and Fisher 1999)

    bins, fails : the draws' bins, and (draw,) True where the plan fails; at least one draw must
    returns     : boxes, the first with everything
    raises      : ValueError if no draw fails, or shares lie outside 0 to 1
    source      : Friedman and Fisher 1999, "Bump hunting in high-dimensional data"

    >>> from tripleaim.stress.discovery.bins import binned
    >>> x = np.arange(100.0)
    >>> steps = peel(binned(x[None]), x >= 80)
    >>> steps[-1].draws, steps[-1].density
    (20, 1.0)
    """
    if not 0 < share < 1 or not 0 < smallest < 1:
        raise ValueError(f"expected shares between 0 and 1, found {share} and {smallest}")
    if fails.shape != (bins.draws,) or not fails.any():
        raise ValueError(f"expected a flag for each of {bins.draws} draws, at least one of them True")
    codes, failing = bins.codes, fails
    allowed = bins.everything()
    all_counts, bad_counts = counts(codes), counts(codes[failing])
    steps = [Step(allowed, len(codes), int(failing.sum()))]
    while steps[-1].density < 1:
        cut = _best_cut(all_counts, bad_counts, bins.categorical, steps[-1], share, smallest * bins.draws, gain)
        if cut is None:
            break
        position, taken = cut
        leaves = taken[codes[:, position]]
        gone, gone_fails = codes[leaves], failing[leaves]
        all_counts -= counts(gone)
        bad_counts -= counts(gone[gone_fails])
        codes, failing = codes[~leaves], failing[~leaves]
        allowed = allowed.copy()
        allowed[position] &= ~taken
        steps.append(Step(allowed, len(codes), int(failing.sum())))
    return steps


def _best_cut(
    all_counts: Counts, bad_counts: Counts, categorical: Flags, box: Step, share: float, least: float, gain: Gain
) -> tuple[int, Flags] | None:
    """Which input to cut, and the bins that go; None where no cut is left that makes failures denser."""
    target = share * box.draws
    ends = [_slice(all_counts, bad_counts, target), _slice(all_counts[:, ::-1], bad_counts[:, ::-1], target)]
    drawn, failed = (np.stack([end[at] for end in ends], axis=1) for at in (1, 2))
    drawn[categorical] = 0
    numeric = _gains(drawn, failed, box, least, gain)
    by_category = np.where(categorical[:, None], _gains(all_counts, bad_counts, box, least, gain), _NO_CUT)
    if max(numeric.max(), by_category.max()) <= 0:
        return None
    taken = np.zeros(all_counts.shape[1], dtype=np.bool_)
    if numeric.max() >= by_category.max():
        position, side = divmod(int(np.argmax(numeric)), 2)
        deep = int(ends[side][0][position])
        taken[:deep] = True
        return position, taken[::-1] if side else taken
    position, category = divmod(int(np.argmax(by_category)), by_category.shape[1])
    taken[category] = True
    return position, taken


def _slice(all_counts: Counts, bad_counts: Counts, target: float) -> tuple[Counts, Counts, Counts]:
    """(input,): how many bins from the first a cut takes, and the draws and failures in them."""
    sums = np.cumsum(all_counts, axis=1)
    deep = (sums <= target).sum(axis=1)
    first_filled = (sums == 0).sum(axis=1) + 1
    row = np.arange(len(sums))
    empty = np.where(deep > 0, sums[row, deep - 1], 0) == 0
    deep = np.minimum(np.where(empty, first_filled, deep), sums.shape[1])
    return deep, sums[row, deep - 1], np.cumsum(bad_counts, axis=1)[row, deep - 1]


def _gains(drawn: Counts, failed: Counts, box: Step, least: float, gain: Gain) -> Floats:
    """How much denser failures get for each cut; none for a cut that takes nothing, or leaves too little."""
    left = box.draws - drawn
    possible = (drawn > 0) & (left >= max(least, 1))
    better = (box.failures - failed) / np.where(possible, left, 1) - box.density
    if gain == "per draw":
        better = better / np.where(possible, drawn, 1)
    return np.where(possible, better, _NO_CUT)
