"""How much of the uncertainty each input brings: first and total Sobol indices with intervals, for many outputs.

The two base tables A and B are all that is kept of the inputs: for each input one row of A is swapped for B's, the
model is asked, and only sums stay. Memory is inputs × N + outputs × N, never outputs × inputs × N.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.response import Floats, Model, finite_table, respond
from tripleaim.stress.streams import generator

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Estimate:
    """Estimates with the interval that the resamples give. The value itself is never moved into 0 to 1."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Indices:
    """Shares of each output's variance. A group is one input where nothing was grouped.

    An estimate may be slightly negative or above one: that is its error, and it is shown as it is. An output that
    does not vary at all has NaN throughout.
    """

    first: Estimate
    """(group, output): share of the variance that goes if this input alone were known."""
    total: Estimate
    """(group, output): share that stays if all but this were known; above `first` where it acts with others."""
    alone: Estimate
    """(output,): sum of `first`: what inputs do each on its own. One less this is what they only do together."""
    variance: Floats
    """(output,): variance of the output over A and B, in its unit squared."""

    def order(self, output: int = 0) -> NDArray[np.intp]:
        """Positions of the groups, the largest total share of one output first; equal ones keep their order."""
        return np.argsort(-self.total.value[:, output], kind="stable")

    def settled(self, widest: float = 0.1) -> NDArray[np.bool_]:
        """(output,): True where the shares can be relied on; False means: use more draws.

        What must hold of true shares must hold within the intervals: first shares add up to at most one, total shares
        to at least one, no first share lies above its total (by more than a tenth of `widest`: of many inputs one does
        by chance); and no interval is wider than `widest`. (An output that does not vary has nothing to settle. Where
        some inputs are in no group, the sum of the totals may stay below one.)
        """
        wide = np.maximum(self.first.high - self.first.low, self.total.high - self.total.low).max(axis=0)
        sums = (self.alone.low <= 1 + _ROUNDING) & (self.total.high.sum(axis=0) >= 1 - _ROUNDING)
        in_order = (self.first.low <= self.total.high + widest / 10).all(axis=0)
        settled: NDArray[np.bool_] = sums & in_order & (wide <= widest) | np.isnan(self.variance)
        return settled


def sobol_indices(
    model: Model,
    a: Floats,
    b: Floats,
    *,
    groups: Sequence[Sequence[int]] | None = None,
    resamples: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> Indices:
    """First and total Sobol indices of every output for every input, or for groups of inputs.

    first_i = mean[(f(B) − m) (f(AB_i) − f(A))] / V        (Saltelli and others 2010, table 2 b; m the mean of f)
    total_i = mean[(f(A) − f(AB_i))²] / 2V                 (Jansen 1999; table 2 f)

    where AB_i is A with row i from B, and V the variance over A and B together. The inputs must be independent: give
    the shared drivers and what is left of each input as inputs of their own, not values already correlated.

    model   : (input, draw) → (output, draw); asked 2 + groups times, with N draws each
    a, b    : (input, N), two independent tables: two halves of one scrambled Sobol sequence of twice as many
              dimensions, or two random ones
    groups  : which inputs are swapped together; an input in no group stays as in A
    resamples, level, seed : bootstrap of draws; every resample takes the same draws of A, B and AB_i. With Sobol points
              the true error is smaller than this interval says; it does not see what no draw reached.
    raises  : ValueError if A and B differ in shape, hold fewer than two draws or anything but finite numbers

    >>> from scipy.stats import qmc
    >>> points = qmc.Sobol(4, rng=1).random(1024).T
    >>> found = sobol_indices(lambda x: 2 * x[0] + x[1], points[:2], points[2:])
    >>> found.first.value[:, 0].round(2), found.total.value[:, 0].round(2)
    (array([0.8, 0.2]), array([0.8, 0.2]))
    """
    table_a, table_b = finite_table("a", a), finite_table("b", b)
    if table_a.shape != table_b.shape or table_a.shape[1] < 2:
        raise ValueError(f"expected two tables of one shape with two draws or more: {table_a.shape}, {table_b.shape}")
    inputs = len(table_a)
    swapped = [list(group) for group in groups] if groups is not None else [[one] for one in range(inputs)]
    if not all(group and min(group) >= 0 and max(group) < inputs for group in swapped):
        raise ValueError(f"expected groups of inputs from 0 to {inputs - 1}, found {swapped}")

    def asked() -> Iterator[Floats]:
        for group in swapped:
            table = table_a.copy()
            table[group] = table_b[group]
            yield respond(model, table)

    at_a, at_b = respond(model, table_a), respond(model, table_b)
    return indices_of_answers(at_a, at_b, asked(), len(swapped), resamples=resamples, level=level, seed=seed)


def indices_of_answers(
    at_a: Floats,
    at_b: Floats,
    swapped: Iterable[Floats],
    groups: int,
    *,
    resamples: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> Indices:
    """The indices of `sobol_indices` from answers that come one group after another; none of them is kept.

    at_a, at_b : (output, draw), the answers to A and to B
    swapped    : for each group the answers to AB_i, (output, draw), in the order of the result
    groups     : how many there are
    raises     : ValueError for another number of groups than said

    >>> from scipy.stats import qmc
    >>> a, b = np.split(qmc.Sobol(4, rng=1).random(1024).T, 2)
    >>> twice_and_once = (2 * x + y for x, y in ((b[0], a[1]), (a[0], b[1])))
    >>> answers = (answer[None] for answer in twice_and_once)
    >>> found = indices_of_answers((2 * a[0] + a[1])[None], (2 * b[0] + b[1])[None], answers, 2)
    >>> found.total.value[:, 0].round(2)
    array([0.8, 0.2])
    """
    draws = at_a.shape[1]
    middle = (at_a.mean(axis=1) + at_b.mean(axis=1))[:, None] / 2
    at_a, at_b = at_a - middle, at_b - middle
    weights = _weights(draws, resamples, seed)
    variances = _variances(at_a, at_b, weights)
    shape = (groups, len(at_a))
    first, total = Estimate(*np.empty((3, *shape))), Estimate(*np.empty((3, *shape)))
    sum_of_first = np.zeros_like(variances)
    ends = [(1 - level) / 2, (1 + level) / 2]
    for position, answer in zip(range(groups), swapped, strict=True):
        change = answer - middle - at_a
        of_first, of_total = _means(at_b * change, change * change, weights)
        sum_of_first += of_first / variances
        _keep(first, position, of_first / variances, ends)
        _keep(total, position, of_total / (2 * variances), ends)
    alone = Estimate(sum_of_first[:, 0], *np.quantile(sum_of_first[:, 1:], ends, axis=1))
    return Indices(first, total, alone, variances[:, 0])


def _weights(draws: int, resamples: int, seed: int) -> Floats:
    """(draw, 1 + resample): how much each draw counts; evenly in the first column, as drawn anew in the others."""
    random = generator(seed, "sobol indices/resamples")
    counts = random.multinomial(draws, np.full(draws, 1 / draws), resamples)
    return np.ascontiguousarray(np.vstack([np.ones(draws), counts]).T / draws)


def _variances(at_a: Floats, at_b: Floats, weights: Floats) -> Floats:
    """(output, 1 + resample): variance over A and B together; NaN where an output does not vary."""
    mean = (at_a + at_b) @ weights / 2
    variance = (at_a**2 + at_b**2) @ weights / 2 - mean**2
    still = (np.ptp(at_a, axis=1) == 0) & (np.ptp(at_b, axis=1) == 0) & (at_a[:, 0] == at_b[:, 0])
    return np.where(still[:, None] | (variance <= 0), np.nan, variance)


def _means(first: Floats, second: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Means of two tables of terms, (output, draw), in every resample: (output, 1 + resample) each."""
    means: Floats = np.concatenate([first, second]) @ weights
    return means[: len(first)], means[len(first) :]


def _keep(estimate: Estimate, position: int, shares: Floats, ends: list[float]) -> None:
    estimate.value[position] = shares[:, 0]
    estimate.low[position], estimate.high[position] = np.quantile(shares[:, 1:], ends, axis=1)


def share_in_words(value: float, low: float, high: float) -> str:
    """One share with its interval; what cannot be told from nothing says so, and keeps its figures.

    >>> share_in_words(0.442, 0.41, 0.47)
    '44 % (41 % to 47 %)'
    >>> share_in_words(-0.004, -0.02, 0.01)
    'too small to tell from nothing (estimate −0.4 %, −2.0 % to 1.0 %)'
    >>> share_in_words(float("nan"), float("nan"), float("nan"))
    'the result does not vary'
    """
    if np.isnan(value):
        return "the result does not vary"
    if low <= 0:
        figures = [f"{100 * each:.1f} %".replace("-", "−") for each in (value, low, high)]
        return f"too small to tell from nothing (estimate {figures[0]}, {figures[1]} to {figures[2]})"
    return f"{100 * value:.0f} % ({100 * low:.0f} % to {100 * high:.0f} %)"
