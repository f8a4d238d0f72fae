"""Pasting: after peeling, let the box grow again wherever what comes in makes failures denser still."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tripleaim.stress.discovery.bins import BINS, Binned, Codes, Counts, Flags, inside
from tripleaim.stress.discovery.peel import Step


def paste(bins: Binned, fails: Flags, box: Step, *, share: float = 0.05) -> Step:
    """The box grown again, one slice at a time, while its density rises; the same box where no slice helps.

    Peeling is greedy: an early cut may have gone too far once later cuts are made. A slice is as many neighbouring
    bins beyond an end of the box as hold at most `share` of its draws (one filled bin where that holds more), or one
    category. It comes in only if failures are denser with it than without; a box in which every draw fails takes in
    slices in which every draw fails.

    bins, fails : as for `peel`
    source      : Friedman and Fisher 1999, "bottom-up pasting"
    """
    while True:
        best = max(_growths(bins, fails, box, share), key=lambda step: (step.density, step.draws), default=None)
        if best is None or not (best.density > box.density or (best.density == box.density == 1)):
            return box
        box = best


def _growths(bins: Binned, fails: Flags, box: Step, share: float) -> Iterator[Step]:
    """Every box one slice larger."""
    everything = bins.everything()
    restricted = np.flatnonzero((everything & ~box.allowed).any(axis=1))
    for position, codes, failing in _just_outside(bins.codes, fails, box.allowed, restricted):
        drawn = np.bincount(codes, minlength=BINS)
        failed = np.bincount(codes[failing], minlength=BINS)
        for added in _slices(box, position, drawn, everything[position], share, bool(bins.categorical[position])):
            allowed = box.allowed.copy()
            allowed[position] |= added
            yield Step(allowed, box.draws + int(drawn[added].sum()), box.failures + int(failed[added].sum()))


def _just_outside(
    codes: Codes, fails: Flags, allowed: Flags, restricted: np.ndarray
) -> Iterator[tuple[int, Codes, Flags]]:
    """For each restricted input, the draws that only its own limits keep out: their bins, and which fail."""
    outside = np.stack([~allowed[position][codes[:, position]] for position in restricted]) if len(restricted) else None
    if outside is None:
        return
    only_one = outside.sum(axis=0) == 1
    for row, position in enumerate(restricted):
        chosen = only_one & outside[row]
        yield int(position), codes[chosen, position], fails[chosen]


def _slices(box: Step, position: int, drawn: Counts, exists: Flags, share: float, categorical: bool) -> Iterator[Flags]:
    """Sets of bins that may come in beside what the box already lets in."""
    now = box.allowed[position]
    if categorical:
        for category in np.flatnonzero(exists & ~now & (drawn > 0)):
            yield np.arange(BINS) == category
        return
    held = np.flatnonzero(now)
    for outward in (np.arange(held[0] - 1, -1, -1), np.arange(held[-1] + 1, int(exists.sum()))):
        sums = np.cumsum(drawn[outward])
        if not len(sums) or sums[-1] == 0:
            continue
        deep = max(int((sums <= share * box.draws).sum()), int((sums == 0).sum()) + 1)
        added = np.zeros(BINS, dtype=np.bool_)
        added[outward[:deep]] = True
        yield added


def in_box(bins: Binned, fails: Flags, allowed: Flags) -> Step:
    """The box with its draws and failures counted afresh."""
    chosen = inside(bins.codes, allowed)
    return Step(allowed, int(chosen.sum()), int((chosen & fails).sum()))
