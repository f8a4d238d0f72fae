"""A second view of failure: a small tree of yes-or-no questions, whose ends are boxes that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tripleaim.stress.discovery.bins import BINS, Binned, Flags, binned, counts
from tripleaim.stress.discovery.boxes import Box, described
from tripleaim.stress.discovery.peel import Step
from tripleaim.stress.response import Floats


@dataclass(frozen=True)
class _Split:
    """The best question for the draws of one end of the tree."""

    worth: float
    """Fall in Gini impurity, in draws."""
    position: int
    first: Flags
    """(bin,): which bins go to the first of the two ends."""


@dataclass(frozen=True)
class _End:
    allowed: Flags
    rows: np.ndarray
    split: _Split | None


def tree(
    inputs: Floats, fails: Flags, *, ends: int = 8, smallest: float = 0.02, categorical: Sequence[int] = ()
) -> tuple[Box, ...]:
    """All draws parted into at most `ends` boxes, the densest in failures first.

    The end whose best question lowers the Gini impurity most is parted next. The impurity of an end with n draws of
    which a share p fails is 2 n p (1 − p). Categories are put in the order of their share of failures, where the best
    of all partings is a cut (Breiman and others 1984, theorem 4.5).

    inputs, fails, categorical : as for `boxes`
    smallest : each end holds at least this share of all draws
    returns  : boxes that together hold every draw once
    source   : Breiman, Friedman, Olshen and Stone 1984; best-first growth after Shi 2007

    >>> x = np.arange(100.0)[None]
    >>> [(round(end.density, 2), end.draws) for end in tree(x, x[0] >= 80, ends=2)]
    [(1.0, 20), (0.0, 80)]
    """
    bins = binned(inputs, categorical)
    flags = np.asarray(fails, dtype=np.bool_)
    if flags.shape != (bins.draws,) or ends < 1:
        raise ValueError(f"expected a flag for each of {bins.draws} draws and one end or more: {flags.shape}, {ends}")
    least = max(1.0, smallest * bins.draws)
    grown = [_end(bins, flags, bins.everything(), np.arange(bins.draws), least)]
    while len(grown) < ends:
        worths = [end.split.worth if end.split else -1.0 for end in grown]
        parted = grown.pop(int(np.argmax(worths)))
        if parted.split is None:
            grown.append(parted)
            break
        position, first = parted.split.position, parted.split.first
        goes = first[bins.codes[parted.rows, position]]
        for bins_kept, rows in ((first, parted.rows[goes]), (~first, parted.rows[~goes])):
            allowed = parted.allowed.copy()
            allowed[position] &= bins_kept
            grown.append(_end(bins, flags, allowed, rows, least))
    steps = (Step(end.allowed, len(end.rows), int(flags[end.rows].sum())) for end in grown)
    whole = {"all_failures": int(flags.sum()), "all_draws": bins.draws}
    return tuple(sorted((described(bins, flags, step, **whole) for step in steps), key=lambda box: -box.density))


def _end(bins: Binned, fails: Flags, allowed: Flags, rows: np.ndarray, least: float) -> _End:
    return _End(allowed, rows, _best_split(bins.codes[rows], fails[rows], bins.categorical, least))


def _best_split(codes: np.ndarray, fails: Flags, categorical: Flags, least: float) -> _Split | None:
    """The question that tells failures from the rest best; None where none lowers the impurity."""
    drawn, failed = counts(codes), counts(codes[fails])
    order = np.tile(np.arange(BINS), (len(drawn), 1))
    rates = np.where(drawn > 0, failed / np.maximum(drawn, 1), 2.0)
    order[categorical] = np.argsort(rates[categorical], axis=1, kind="stable")
    before = np.cumsum(np.take_along_axis(drawn, order, axis=1), axis=1)[:, :-1]
    bad = np.cumsum(np.take_along_axis(failed, order, axis=1), axis=1)[:, :-1]
    after, all_bad = len(codes) - before, int(fails.sum())
    possible = (before >= least) & (after >= least)
    impurity = _impurity(bad, before) + _impurity(all_bad - bad, after)
    whole = _impurity(np.array(all_bad), np.array(len(codes)))
    worth = np.where(possible, whole - impurity, -1.0)
    position, cut = divmod(int(np.argmax(worth)), worth.shape[1])
    if worth[position, cut] <= 1e-9 * max(1.0, float(whole)):
        return None
    first = np.zeros(BINS, dtype=np.bool_)
    first[order[position, : cut + 1]] = True
    return _Split(float(worth[position, cut]), position, first)


def _impurity(failures: np.ndarray, draws: np.ndarray) -> Floats:
    """2 n p (1 − p) = 2 f (n − f) / n."""
    impurity: Floats = 2.0 * failures * (draws - failures) / np.maximum(draws, 1)
    return impurity
