"""What ranges of growth would have been, made with what was known then, and how they stood up to what happened.

Growth of a place in a year has two parts: England's growth in that year, which all places share, and what is its own.
Its own is again of two kinds: what lasts for years, and what comes and goes with a year (method note 10).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from tripleaim.stress.families import Z90
from tripleaim.stress.response import Floats
from tripleaim.stress.scores import Bias, Coverage, bias, coverage, crps_of_draws

LEVELS = (np.arange(400) + 0.5) / 400
"""A forecast is scored by 400 evenly spaced quantiles: its CRPS is then right to a thousandth of its spread."""


@dataclass(frozen=True)
class Parts:
    """Growth a year told apart: standard deviations of each part, with the degrees of freedom they rest on.

    A part that so few years cannot tell is None. Where an estimate of a variance would be below nought it is nought.
    """

    by_year: tuple[float, ...]
    """Mean growth of the places, year by year: England's part."""
    national: float | None
    national_freedom: int
    """How far England's growth differs from year to year."""
    yearly: float
    yearly_freedom: int
    """How far a place differs from England in one year, beyond what lasts; with one year, all of its difference."""
    lasting: float | None
    lasting_freedom: int
    """How far places differ from England for as long as was seen."""

    @property
    def shared(self) -> float:
        """Share of the variance of one year's growth that all places have together; 0 to 1, nought if not known."""
        every = (self.national or 0.0) ** 2 + self.yearly**2 + (self.lasting or 0.0) ** 2
        return (self.national or 0.0) ** 2 / every if every else 0.0


def parts_of_growth(growth: Floats) -> Parts:
    """England's part, a place's lasting part and its part of the year, by analysis of variance.

    Growth of place i in year t is taken as m + year t + place i + what is left; each part has a variance of its own
    (two-way crossed random effects, one observation a cell): the mean square of what is left estimates the yearly part,
    that of places less it, over the years, the lasting one, and that of years less it, over the places, the national.

    growth  : (place, year), a fraction or its logarithm, finite; at least two places
    raises  : ValueError for another shape, or a number that is not finite
    source  : Searle, Casella and McCulloch, Variance Components (1992), chapter 4

    >>> found = parts_of_growth(np.array([[0.01, 0.04], [0.03, 0.04], [0.05, 0.10]]))
    >>> [round(part, 4) for part in (found.yearly, found.lasting, found.national) if part is not None]
    [0.0141, 0.0245, 0.0196]
    """
    table = np.asarray(growth, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] < 2 or table.shape[1] < 1 or not np.isfinite(table).all():
        raise ValueError(f"expected finite growth of two places or more by year, found {table.shape}")
    places, years = table.shape
    by_year = table.mean(axis=0)
    if years == 1:
        spread = float(table.std(ddof=1))
        return Parts(tuple(by_year.tolist()), None, 0, spread, places - 1, None, 0)
    by_place = table.mean(axis=1)
    left = table - by_year - by_place[:, None] + table.mean()
    freedom = (places - 1) * (years - 1)
    within = float((left**2).sum()) / freedom
    between = years * float(by_place.var(ddof=1))
    of_years = places * float(by_year.var(ddof=1))
    return Parts(
        by_year=tuple(by_year.tolist()),
        national=math.sqrt(max(0.0, of_years - within) / places),
        national_freedom=years - 1,
        yearly=math.sqrt(within),
        yearly_freedom=freedom,
        lasting=math.sqrt(max(0.0, between - within) / years),
        lasting_freedom=places - 1,
    )


def common_part(growth: Floats) -> float:
    """How far the growth of several kinds of care moves together from year to year: a standard deviation.

    The mean covariance of two kinds; nought where it would be below. What is peculiar to one kind cancels out.

    growth  : (kind, year), England's growth of each kind; at least two kinds and two years

    >>> round(common_part(np.array([[0.01, 0.03], [0.02, 0.04], [-0.01, 0.01]])), 4)
    0.0141
    """
    table = np.asarray(growth, dtype=np.float64)
    if table.ndim != 2 or min(table.shape) < 2:
        raise ValueError(f"expected two kinds or more in two years or more, found {table.shape}")
    between = np.cov(table)
    kinds = len(table)
    return math.sqrt(max(0.0, float(between.sum() - np.trace(between)) / (kinds * (kinds - 1))))


def alone(cases: int, shared: float) -> float:
    """How many cases of their own so many cases with a shared part are worth, for a mean: cases / (1 + (cases − 1) r).

    cases   : cases that share one shock
    shared  : r, the share of their variance that is the shock's, 0 to 1
    source  : Kish, Survey Sampling (1965), the design effect of clusters

    >>> alone(44, 0.0), alone(44, 1.0), alone(44, 0.1)
    (44.0, 1.0, 8.30188679245283)
    """
    return cases / (1 + (cases - 1) * shared)


@dataclass(frozen=True)
class Ranges:
    """Growth a year that was forecast, case by case: fractions a year. `half` is half of the 80 % interval."""

    middle: Floats
    half: Floats
    known: Floats
    """Growth a year, as a logarithm, that stood beside it as certain: people's number and age."""

    def change(self, level: Floats | float, years: Floats) -> Floats:
        """Change from the last known year at a level of the forecast, per cent.

        level : 0 to 1, one number or (level,); years : (case,). returns : (case,) or (case, level)
        """
        score = np.atleast_1d(ndtri(level))
        rate = self.middle[:, None] + self.half[:, None] / Z90 * score
        found: Floats = 100 * (np.exp((np.log1p(rate) + self.known[:, None]) * years[:, None]) - 1)
        return found if np.ndim(level) else found[:, 0]


@dataclass(frozen=True)
class Score:
    """How one way of forecasting did over its cases; all but `coverage` in per cent of the last known year."""

    coverage: Coverage
    bias: Bias
    crps: float
    error: float
    """Mean absolute error of the middle."""
    half: float
    """Mean half width of the 80 % range at the horizon."""


def score(forecast: Ranges, years: Floats, observed: Floats, shared: Sequence[object]) -> Score:
    """Hold ranges against what was then published.

    forecast : one range a case
    years    : (case,), years ahead
    observed : (case,), change from the last known year, per cent
    shared   : for each case the shock it shares with others, such as the years it spans
    """
    low, middle, high = (forecast.change(level, years) for level in (0.1, 0.5, 0.9))
    draws = forecast.change(LEVELS, years)
    return Score(
        coverage=coverage(low, high, observed, shared=shared),
        bias=bias(middle, observed, shared=shared),
        crps=float(crps_of_draws(draws, observed, fair=False).mean()),
        error=float(np.abs(middle - observed).mean()),
        half=float(((high - low) / 2).mean()),
    )


def t_90(freedom: int) -> float:
    """The 90th percentile of Student's t; without any freedom nothing is known, and it is without end.

    >>> round(t_90(2), 4), t_90(0)
    (1.8856, inf)
    """
    return float(stdtrit(freedom, 0.9)) if freedom > 0 else math.inf
