"""How good ranges were, once what happened is known: score, coverage and bias, and how little few cases can say.

Places share one country: a winter, a pay award or a change of rules moves all of them together. Every function that
gives an interval can be told which cases share one shock (`shared`), and then also says what is known if each shock
counts as one case only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, stdtrit

from tripleaim.stress.response import Floats

Shocks = Sequence[object]
"""For each case the shock it shares with others, such as its year."""


@dataclass(frozen=True)
class Interval:
    """A range that holds the truth with the stated level; without ends where too few cases say nothing."""

    low: float
    high: float


@dataclass(frozen=True)
class Coverage:
    """How often what happened lay within the range."""

    inside: int
    of: int
    interval: Interval
    """If every case were a chance of its own."""
    shocks: int
    """How many shocks the cases share; as many as cases where nothing was said."""
    if_shared: Interval
    """If all cases of one shock moved as one. The truth lies between this and `interval`."""

    @property
    def share(self) -> float:
        """0 to 1; to be held against the range's own level, 0.8 for an 80 % interval."""
        return self.inside / self.of


@dataclass(frozen=True)
class Bias:
    """How far forecasts were too high on average, in the forecast's unit; negative is too low."""

    mean: float
    of: int
    interval: Interval
    """If every case were a chance of its own; endless with one case."""
    shocks: int
    if_shared: Interval
    """If all cases of one shock moved as one, around the mean of the shocks' own means; endless with one shock."""


def crps_of_draws(draws: Floats, observed: Floats, *, fair: bool = True) -> Floats:
    """Continuous ranked probability score of forecasts given as draws: lower is better, in the forecast's unit.

    CRPS = mean|X − y| − ½ mean|X − X'|, X and X' two draws, y what happened. With one draw it is |X − y|.

    draws    : (case, draw)
    observed : (case,)
    fair     : take X and X' to be different draws, so that few draws are not punished for being few (Ferro 2014);
               False scores the draws as if they were the whole forecast
    returns  : (case,); a fair score of few draws may be slightly negative
    source   : Gneiting and Raftery 2007, equation 21

    >>> crps_of_draws(np.array([[1.0, 3.0]]), np.array([2.0]), fair=False)
    array([0.5])
    >>> crps_of_draws(np.array([[5.0]]), np.array([2.0]))
    array([3.])
    """
    table, happened = _cases(draws, observed)
    count = table.shape[1]
    distance = np.abs(table - happened[:, None]).mean(axis=1)
    ranks = 2 * np.arange(count) - count + 1
    between = np.sort(table, axis=1) @ ranks  # Σ over pairs i < j of |x_i − x_j|
    pairs = count * (count - 1) if fair and count > 1 else count * count
    scores: Floats = distance - between / pairs
    return scores


def crps_of_quantiles(quantiles: Floats, levels: Floats, observed: Floats) -> Floats:
    """Continuous ranked probability score of forecasts given as a few quantiles, approximately.

    CRPS = 2 ∫ pinball(u) du, each level standing for the levels nearer to it than to any other; the pinball loss of a
    quantile q at level u is u (y − q) above it and (1 − u) (q − y) below.

    quantiles : (case, level), ascending along levels
    levels    : (level,), ascending, inside 0 to 1. Three levels (P10, P50, P90) rank forecasts of one kind; their score
                must not be held against one from draws.
    observed  : (case,)
    returns   : (case,), in the forecast's unit, lower is better
    source    : Gneiting and Raftery 2007; Bracher and others 2021 (weighted interval score)

    >>> crps_of_quantiles(np.array([[8.0, 10.0, 12.0]]), np.array([0.1, 0.5, 0.9]), np.array([10.0])).round(3)
    array([0.24])
    """
    table, happened = _cases(quantiles, observed)
    if levels.shape != table.shape[1:] or not ((levels > 0) & (levels < 1)).all() or not (np.diff(levels) > 0).all():
        raise ValueError(f"expected one ascending level inside 0 to 1 for each of {table.shape[1]} quantiles")
    if (np.diff(table, axis=1) < 0).any():
        raise ValueError("expected quantiles that rise with their levels")
    ends = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    below = happened[:, None] - table
    pinball = np.maximum(levels * below, (levels - 1) * below)
    scores: Floats = 2 * pinball @ np.diff(ends)
    return scores


def skill(scores: Floats, reference: Floats) -> float:
    """Share of a simpler forecast's score that this one saves: 1 is perfect, 0 no better, negative worse.

    scores, reference : (case,), of the same cases and the same kind

    >>> skill(np.array([1.0, 1.0]), np.array([2.0, 2.0]))
    0.5
    """
    if scores.shape != reference.shape or reference.mean() <= 0:
        raise ValueError("expected two scores of the same cases, the simpler one's above zero")
    return float(1 - scores.mean() / reference.mean())


def coverage(
    low: Floats, high: Floats, observed: Floats, *, shared: Shocks | None = None, level: float = 0.95
) -> Coverage:
    """How often what happened lay from low to high (both ends in), with the exact interval of that share.

    interval : Clopper and Pearson 1934; if_shared : the same for as many chances as there are shocks, with the mean of
               the shocks' own shares

    low, high, observed : (case,)
    shared  : for each case its shock; none shared if left out
    raises  : ValueError for no case, ends out of order, or cases that do not fit together

    >>> years = ["2014", "2014", "2015", "2015"]
    >>> found = coverage(np.zeros(4), np.ones(4), np.array([0.5, 0.5, 0.5, 2.0]), shared=years)
    >>> found.share, found.shocks, round(found.interval.low, 3), round(found.if_shared.low, 3)
    (0.75, 2, 0.194, 0.061)
    """
    bottom, happened = _cases(low[:, None], observed)
    top, _ = _cases(high[:, None], observed)
    if (bottom > top).any():
        raise ValueError(f"case {int(np.argmax(bottom > top))}: expected low <= high")
    held = ((bottom[:, 0] <= happened) & (happened <= top[:, 0])).astype(np.float64)
    by_shock = _by_shock(held, shared)
    return Coverage(
        inside=int(held.sum()),
        of=len(held),
        interval=_share_interval(held.sum(), len(held), level),
        shocks=len(by_shock),
        if_shared=_share_interval(by_shock.sum(), len(by_shock), level),
    )


def bias(forecast: Floats, observed: Floats, *, shared: Shocks | None = None, level: float = 0.95) -> Bias:
    """Mean of forecast less observed, with Student's interval over cases, and over shocks.

    forecast, observed : (case,), in one unit
    shared  : for each case its shock; none shared if left out

    >>> found = bias(np.array([3.0, 5.0, 4.0]), np.array([2.0, 3.0, 1.0]))
    >>> found.mean, round(found.interval.low, 3), round(found.interval.high, 3)
    (2.0, -0.484, 4.484)
    >>> bias(np.array([3.0, 5.0]), np.array([2.0, 3.0]), shared=["2015", "2015"]).if_shared
    Interval(low=-inf, high=inf)
    """
    table, happened = _cases(forecast[:, None], observed)
    errors = table[:, 0] - happened
    by_shock = _by_shock(errors, shared)
    return Bias(
        mean=float(errors.mean()),
        of=len(errors),
        interval=_mean_interval(errors, level),
        shocks=len(by_shock),
        if_shared=_mean_interval(by_shock, level),
    )


def widening(point: Floats, low: Floats, high: Floats, observed: Floats, *, share: float = 0.8) -> float | None:
    """By what factor ranges must be widened, each side from its point, so that they hold the stated share next time.

    The ⌈(n + 1) share⌉-th smallest of |observed − point| / (half-range on that side): above one, ranges were too
    narrow; below one, too wide. The n + 1 pays for learning from few cases (split conformal prediction, Vovk and others
    2005; Lei and others 2018), and holds only as far as next time is like these cases.

    point, low, high, observed : (case,), low < point < high where something else than the point happened
    returns : a factor; None where so few cases can promise nothing (3 or fewer, for four in five)

    >>> happened = np.array([0.5, -1.0, 2.0, 1.5, -0.2, 0.1, 0.9, -0.4, 3.0])
    >>> widening(np.zeros(9), -np.ones(9), np.ones(9), happened)
    2.0
    >>> widening(np.zeros(3), -np.ones(3), np.ones(3), happened[:3]) is None
    True
    """
    middle, happened = _cases(point[:, None], observed)
    away = happened - middle[:, 0]
    side = np.where(away >= 0, high - middle[:, 0], middle[:, 0] - low)
    if (side < 0).any() or ((side == 0) & (away != 0)).any():
        raise ValueError("expected low < point < high wherever something else than the point happened")
    ratios = np.sort(np.abs(away) / np.where(side == 0, 1.0, side))
    rank = math.ceil((len(ratios) + 1) * share - 1e-9)
    return float(ratios[rank - 1]) if rank <= len(ratios) else None


def _cases(table: Floats, observed: Floats) -> tuple[Floats, Floats]:
    """A forecast's table and what happened, one row a case, all of it finite."""
    forecast, happened = np.asarray(table, dtype=np.float64), np.asarray(observed, dtype=np.float64)
    if forecast.ndim != 2 or happened.shape != forecast.shape[:1] or not forecast.size:
        raise ValueError(f"expected forecasts and observations of the same cases: {forecast.shape}, {happened.shape}")
    if not (np.isfinite(forecast).all() and np.isfinite(happened).all()):
        raise ValueError("expected finite numbers only: leave out cases whose outcome is not known")
    return forecast, happened


def _by_shock(values: Floats, shared: Shocks | None) -> Floats:
    """The mean of each shock's cases; every case alone where nothing is shared."""
    if shared is None:
        return values
    if len(shared) != len(values):
        raise ValueError(f"expected a shock for each of {len(values)} cases, found {len(shared)}")
    shocks = list(dict.fromkeys(shared))
    return np.array([values[[each == shock for each in shared]].mean() for shock in shocks])


def _share_interval(inside: float, of: int, level: float) -> Interval:
    """Clopper and Pearson's, by the beta distribution, which takes parts of a case too."""
    tail = (1 - level) / 2
    low = 0.0 if inside <= 0 else float(betaincinv(inside, of - inside + 1, tail))
    high = 1.0 if inside >= of else float(betaincinv(inside + 1, of - inside, 1 - tail))
    return Interval(low, high)


def _mean_interval(values: Floats, level: float) -> Interval:
    count = len(values)
    if count < 2:
        return Interval(-math.inf, math.inf)
    half = float(stdtrit(count - 1, (1 + level) / 2) * values.std(ddof=1) / math.sqrt(count))
    return Interval(float(values.mean()) - half, float(values.mean()) + half)
