"""From a range to a distribution: quantile functions whose P10, median and P90 are the low, the point and the high.

Every spread is drawn by its inverse alone: a standard normal score goes in, a value comes out, and a higher score
never gives a lower value (method note 9).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, ndtr, ndtri

from tripleaim.plan.uncertainty import Family
from tripleaim.quantities import Range

Floats = NDArray[np.float64]

Z90 = float(ndtri(0.9))
"""Standard deviations from the median of a normal distribution to its 90th percentile, 1.2815516."""
SWANSON = (0.3, 0.7)
"""Discrete: the low up to the first share, the high from the second (Swanson's 30-40-30 rule for a P10, P50, P90)."""
PERT_PEAK = 4.0
"""Weight of the most likely value in a PERT distribution."""

_LOG_WEIGHTS = (math.log(1e-2), math.log(1e7))
"""Beta: logarithms of the sums of its two shapes that are searched."""
_MEANS = (1e-12, 1 - 1e-12)
"""Beta: means searched, between its ends."""
_NEAREST_END = 1e-3
"""Beta: how near a drawn-in end may come to the low or high, as a share of the room there is."""
_FURTHEST_SCORE = 38.0
"""Beyond this many standard deviations a normal distribution has no share that a computer can tell from none."""
_HALVINGS = 64


class ImpossibleFamily(ValueError):
    """No distribution of the family has this low, point and high; the message says what would do."""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """One input's distribution; values beyond its field's bounds are moved to the bound.

    raises : ImpossibleFamily where the family cannot have this low, point and high
    """

    family: Family
    range: Range
    at_least: float = -math.inf
    at_most: float = math.inf

    def __post_init__(self) -> None:
        """Solve the family once, so that an impossible one is refused before anything is drawn."""
        _CHECK.get(self.family, _nothing)(self)

    def at_score(self, score: Floats) -> Floats:
        """Values at standard normal scores, inside the bounds.

        score   : any shape; 0 is the median, -1.2816 and 1.2816 the 10th and 90th percentiles
        returns : the same shape, in the unit of the range; at score 0 the point itself
        """
        return np.clip(self.unbounded(score), self.at_least, self.at_most)

    def quantile(self, u: Floats) -> Floats:
        """Values at probabilities, inside the bounds.

        u       : any shape, above 0 and below 1
        returns : the same shape, in the unit of the range

        >>> growth = Spread(family=Family.NORMAL, range=Range(point=0.01, low=0.0, high=0.04))
        >>> [round(float(value), 6) for value in growth.quantile(np.array([0.1, 0.5, 0.9]))]
        [0.0, 0.01, 0.04]
        """
        return self.at_score(ndtri(u))

    def unbounded(self, score: Floats) -> Floats:
        """Values at standard normal scores before anything is moved to a bound; the shape of `score`."""
        return _AT_SCORE[self.family](self, np.asarray(score, dtype=float))

    def score_of(self, value: float) -> float:
        """The lowest score whose value, bounds left aside, is at least this one; inf where none is, -inf where all are.

        >>> growth = Spread(family=Family.NORMAL, range=Range(point=0.01, low=0.0, high=0.04))
        >>> round(growth.score_of(0.04), 4)
        1.2816
        """
        return _first_score(lambda score: bool(self.unbounded(np.array(score)) >= value))

    @property
    def clamped(self) -> float:
        """Share of the distribution that lies beyond the bounds and is moved to them: a fraction."""
        return _clamped(self)

    @property
    def _sides(self) -> tuple[float, float]:
        """Length of the low side and of the high side."""
        return self.range.point - self.range.low, self.range.high - self.range.point


@lru_cache(maxsize=4096)
def _clamped(spread: Spread) -> float:
    below = ndtr(spread.score_of(spread.at_least))
    above = ndtr(-_first_score(lambda score: bool(spread.unbounded(np.array(score)) > spread.at_most)))
    return float(below + above)


def _first_score(reached: Callable[[float], bool]) -> float:
    """The lowest score at which something that stays true once it is true is true; inf where it never is."""
    lowest, highest = -_FURTHEST_SCORE, _FURTHEST_SCORE
    if reached(lowest):
        return -math.inf
    if not reached(highest):
        return math.inf
    for _ in range(_HALVINGS):
        middle = (lowest + highest) / 2
        lowest, highest = (lowest, middle) if reached(middle) else (middle, highest)
    return highest


# --- normal, lognormal, discrete ---


def _normal(spread: Spread, score: Floats) -> Floats:
    """Half a normal on each side of the point, each with its own width; one normal where the point is the middle."""
    low, high = spread._sides
    return spread.range.point + np.where(score < 0, low, high) * (score / Z90)


def _lognormal(spread: Spread, score: Floats) -> Floats:
    """A lognormal above a threshold: point + high side × (k^(score/z90) - 1) / (k - 1), k the ratio of the sides."""
    low, high = spread._sides
    bend = math.log(high / low)
    return spread.range.point + high * (np.expm1(bend * (score / Z90)) / math.expm1(bend))


def _check_lognormal(spread: Spread) -> None:
    low, high = spread._sides
    if not 0 < low < high:
        raise ImpossibleFamily(
            f"a lognormal needs a high further from the point than its low, and a low below it; "
            f"found {low:g} below and {high:g} above"
        )


def _discrete(spread: Spread, score: Floats) -> Floats:
    """Low, point or high, 30, 40 and 30 times in a hundred."""
    first, second = ndtri(SWANSON)
    middle = np.where(score < second, spread.range.point, spread.range.high)
    return np.where(score < first, spread.range.low, middle)


# --- beta and PERT ---


def _beta(spread: Spread, score: Floats) -> Floats:
    a, b, start, end = _solved(spread.family, spread.range, spread.at_least, spread.at_most)
    point, value = spread.range.point, start + (end - start) * betaincinv(a, b, ndtr(score))
    beside = np.where(score < 0, np.minimum(value, point), np.maximum(value, point))  # no rounding error across it
    return np.where(score == 0, point, beside)


def _check_beta(spread: Spread) -> None:
    _solved(spread.family, spread.range, spread.at_least, spread.at_most)


@lru_cache(maxsize=4096)
def _solved(family: Family, wanted: Range, at_least: float, at_most: float) -> tuple[float, float, float, float]:
    """The two shapes and the two ends of a beta or PERT with this P10, median and P90."""
    return _pert(wanted) if family is Family.PERT else _widest_beta(wanted, at_least, at_most)


def _pert(wanted: Range) -> tuple[float, float, float, float]:
    """A PERT: its least, most likely and greatest value are solved for, and may lie beyond the field's bounds."""

    def shapes(peak: float) -> tuple[float, float]:
        return 1 + PERT_PEAK * peak, 1 + PERT_PEAK * (1 - peak)

    def miss(peak: float) -> float:
        return _middle(*shapes(peak)) - _place(wanted)

    if not miss(0.0) <= 0 <= miss(1.0):
        raise ImpossibleFamily(_reachable("a PERT", wanted, _middle(*shapes(0.0)), _middle(*shapes(1.0))))
    a, b = shapes(_root(miss, 0.0, 1.0, xtol=1e-15))
    p10, p90 = betaincinv(a, b, 0.1), betaincinv(a, b, 0.9)
    start = wanted.low - p10 * wanted.width / (p90 - p10)
    return a, b, float(start), float(start + wanted.width / (p90 - p10))


def _widest_beta(wanted: Range, at_least: float, at_most: float) -> tuple[float, float, float, float]:
    """The beta over the whole room between the bounds, one end drawn in as far as the point asks."""
    if not at_least < wanted.low or not wanted.high < at_most or math.isinf(at_most - at_least):
        raise ImpossibleFamily(
            f"a beta needs a low above {at_least:g} and a high below {at_most:g}, which its field allows at most; "
            f"found {wanted.low:g} and {wanted.high:g}"
        )
    whole = _middle(*_shapes_between(wanted, at_least, at_most))
    above = _place(wanted) > whole  # a point far up asks for less room above

    def ends(room: float) -> tuple[float, float]:
        if above:
            return at_least, wanted.high + room * (at_most - wanted.high)
        return wanted.low - room * (wanted.low - at_least), at_most

    def miss(room: float) -> float:
        return _middle(*_shapes_between(wanted, *ends(room))) - _place(wanted)

    nearest, at_whole = miss(_NEAREST_END), whole - _place(wanted)
    if at_whole != 0 and (nearest > 0) == (at_whole > 0):
        furthest = sorted((whole, nearest + _place(wanted)))
        raise ImpossibleFamily(_reachable("a beta", wanted, furthest[0], furthest[1]))
    room = 1.0 if at_whole == 0 else _root(miss, _NEAREST_END, 1.0, xtol=1e-15)
    return *_shapes_between(wanted, *ends(room)), *ends(room)


def _shapes_between(wanted: Range, start: float, end: float) -> tuple[float, float]:
    """Shapes of the beta between two ends whose P10 and P90 are the low and the high."""
    p10, p90 = (wanted.low - start) / (end - start), (wanted.high - start) / (end - start)

    def shapes(log_weight: float) -> tuple[float, float]:
        weight = math.exp(log_weight)
        mean = _root(lambda mean: _below(mean * weight, (1 - mean) * weight, p10) - 0.1, *_MEANS, xtol=1e-15)
        return mean * weight, (1 - mean) * weight

    try:
        return shapes(_root(lambda log_weight: _below(*shapes(log_weight), p90) - 0.9, *_LOG_WEIGHTS, xtol=1e-14))
    except ValueError as beyond:
        raise ImpossibleFamily(
            f"a beta between {start:g} and {end:g} cannot have a range as narrow, or as near an end, as "
            f"{wanted.low:g} to {wanted.high:g}"
        ) from beyond


def _below(a: float, b: float, value: float) -> float:
    return float(betainc(a, b, value))


def _middle(a: float, b: float) -> float:
    """Where the median of a beta lies between its P10 and its P90: a fraction."""
    p10, median, p90 = betaincinv(a, b, 0.1), betaincinv(a, b, 0.5), betaincinv(a, b, 0.9)
    return float((median - p10) / (p90 - p10))


def _place(wanted: Range) -> float:
    """Where the point lies between low and high: a fraction."""
    return (wanted.point - wanted.low) / (wanted.high - wanted.low)


def _reachable(name: str, wanted: Range, least: float, most: float) -> str:
    low, high = (wanted.low + share * (wanted.high - wanted.low) for share in (least, most))
    return (
        f"{name} from {wanted.low:g} to {wanted.high:g} has its middle between {low:.4g} and {high:.4g}; "
        f"found {wanted.point:g}"
    )


def _root(miss: Callable[[float], float], low: float, high: float, xtol: float) -> float:
    """Where a function is nought between two values of opposite sign."""
    from scipy.optimize import brentq  # takes a while to load; only beta and PERT need it

    return float(brentq(miss, low, high, xtol=xtol))


def _nothing(spread: Spread) -> None:
    """Nothing is impossible for this family."""


_CHECK: dict[Family, Callable[[Spread], None]] = {
    Family.LOGNORMAL: _check_lognormal,
    Family.BETA: _check_beta,
    Family.PERT: _check_beta,
}
_AT_SCORE: dict[Family, Callable[[Spread, Floats], Floats]] = {
    Family.NORMAL: _normal,
    Family.LOGNORMAL: _lognormal,
    Family.BETA: _beta,
    Family.PERT: _beta,
    Family.DISCRETE: _discrete,
}
