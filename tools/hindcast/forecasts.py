"""Ranges of growth as they would have been made at the time, and what happened: one case for each place or trust."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import quantiles

import numpy as np

from hindcast import series
from hindcast.series import ACTIVITY, SERIES_YEARS, Floats
from tripleaim.opendata import ENGLAND
from tripleaim.opendata.start.ages import GP_VISITS, index_by_age
from tripleaim.opendata.start.growth import AE_PRINTED, MOST, demographic, rates, trend
from tripleaim.opendata.start.spread import AHEAD, P90, Spread, as_many
from tripleaim.stress.hindcast import Parts, Ranges, parts_of_growth, t_90

STAND_IN = "non_elective"
"""A&E and beds have no returns of years before; what unplanned admissions did until 2015/16 stands in."""
BREAKS_LEFT, BREAKS_ASIDE = "as returned", "without breaks in counting"
FOOTPRINTS, TRUSTS = "footprints", "trusts"
PLANNED = ("elective", "day_case", "outpatient")

BEFORE, NOW, OF_TRUST = "as before", "as now", "a trust's own"
MATCHED, LIKE_ENGLAND = "made for the year", "like England"
NO_CHANGE, LAST_GROWTH = "no change", "last growth again"
"""Ways of forecasting. Before: the range of the trend's own error. Now: the range a started plan has, its place's. A
trust's own: for one trust. Made for the year: the same parts over just the years ahead. Like England: England's trend
for every place, with that range."""


@dataclass(frozen=True)
class Question:
    """What is asked of the past: a measure, from which year how far ahead, of whom."""

    measure: str
    origin: int
    ahead: int
    unit: str
    sample: str

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the measure."""
        return SERIES_YEARS[self.measure]

    @property
    def known(self) -> str:
        """The last year that was known."""
        return self.years[self.origin]

    @property
    def target(self) -> str:
        """The year forecast."""
        return self.years[self.origin + self.ahead]


@dataclass(frozen=True)
class Case:
    """One place or trust: its values year by year, the trusts whose trend its point is, and where it is."""

    footprint: str
    values: Floats
    trusts: float
    """As many trusts of one size as the trusts of its footprint whose trend could be used even out like."""


def questions() -> list[Question]:
    """Every question that the packaged years allow; activity from 2013/14 on, because one growth must be known."""
    found = []
    for measure, years in SERIES_YEARS.items():
        first = 1 if measure in ACTIVITY else 0
        for origin in range(first, len(years) - 1):
            for ahead in range(1, len(years) - origin):
                for unit in (FOOTPRINTS, TRUSTS):
                    for sample in (BREAKS_ASIDE, BREAKS_LEFT):
                        found.append(Question(measure, origin, ahead, unit, sample))
    return found


def cases(asked: Question) -> list[Case]:
    """The places or trusts to ask it of: those with every year, and without breaks where that is asked."""
    kept = [
        each for each in series.trusts(asked.measure) if (each.unbroken if asked.sample == BREAKS_ASIDE else each.whole)
    ]
    known = usable(asked.measure, asked.origin)
    if asked.unit == TRUSTS:
        return [Case(each.footprint, np.array(each.values), counted(known[each.footprint])) for each in kept]
    together: dict[str, Floats] = {}
    for each in kept:
        together[each.footprint] = together.get(each.footprint, 0.0) + np.array(each.values)
    return [Case(code, values, counted(known[code])) for code, values in sorted(together.items())]


def counted(usable: dict[str, tuple[float, ...]]) -> float:
    """Trusts of a footprint by how they even out; one where none could be used."""
    return as_many(map(sum, usable.values())) if usable else 1.0


@cache
def usable(measure: str, origin: int) -> dict[str, dict[str, tuple[float, ...]]]:
    """Trusts of each footprint whose series until the origin was whole and without a jump."""
    found: dict[str, dict[str, tuple[float, ...]]] = defaultdict(dict)
    for each in series.trusts(measure if measure in ACTIVITY else STAND_IN):
        until = replace(each, values=each.values[: origin + 1]) if measure in ACTIVITY else each
        if until.unbroken:
            found[each.footprint][each.code] = until.values
    return found


@dataclass(frozen=True)
class Trend:
    """Growth beyond people as a plan started then would have had it, with the range of the trend's own error."""

    middle: float
    half: float
    ageing: float


@cache
def england(measure: str, origin: int) -> tuple[float, float, float]:
    """England's trend beyond its people until the origin, and P10 and P90 of single trusts, all less its people."""
    every = {code: values for found in usable(measure, origin).values() for code, values in found.items()}
    single = quantiles((trend({code: values})[0] for code, values in every.items()), n=10)
    kind = measure if measure in ACTIVITY else STAND_IN
    ageing = demographic(ENGLAND, rates(None, kind))
    middle, low, high = (math.exp(each - ageing) - 1 for each in (trend(every)[0], single[0], single[-1]))
    return middle, low, high


def held(rest: float) -> float:
    """A trend is not carried on faster than a started plan carries it on."""
    return max(-MOST, min(MOST, rest))


@cache
def place_trend(measure: str, origin: int, footprint: str) -> Trend:
    """What a plan started at the origin would have said of a place."""
    if measure.startswith("ae"):
        return Trend(
            AE_PRINTED.point, (AE_PRINTED.high - AE_PRINTED.low) / 2, demographic(footprint, index_by_age(GP_VISITS))
        )
    subject = next(each for each in series.subjects() if each.code == footprint)
    ageing = demographic(footprint, rates(subject, measure if measure in ACTIVITY else STAND_IN))
    found = usable(measure, origin)[footprint]
    if found:
        slope, error = trend(found)
        years = len(next(iter(found.values())))
        freedom = (years - 1) * len(found) - 1
        if freedom:
            rest = math.exp(slope - ageing) - 1
            middle = held(rest)
            return Trend(middle, max(t_90(freedom) * error, abs(rest - middle)), ageing)
    middle, low, high = england(measure, origin)
    return Trend(held(middle), (high - low) / 2, ageing)


def parts_known(asked: Question) -> Parts:
    """The parts of a trust's growth as they could be told at the origin; breaks set aside."""
    own = asked.measure in ACTIVITY or asked.origin >= 2
    measure = asked.measure if own else STAND_IN
    return parts_of_growth(growth(measure, TRUSTS, asked.origin + 1 if own else len(SERIES_YEARS[STAND_IN])))


def national_known(asked: Question) -> float:
    """England's part, widened for the few years it rests on; nought where one year tells nothing of others."""
    own = asked.measure in ACTIVITY or asked.origin >= 2
    measure, until = (asked.measure, asked.origin + 1) if own else (STAND_IN, len(SERIES_YEARS[STAND_IN]))
    spread, freedom = national(measure, TRUSTS, until)
    return spread * t_90(freedom) / P90 if freedom else 0.0


def national(measure: str, unit: str, until: int) -> tuple[float, int]:
    """How far England's growth differs from year to year, and its degrees of freedom.

    The kinds of planned care are taken together, but as one: they are of the same years. With unplanned care go the
    thirteen years of a longer series that ended before ours begins.
    """
    if measure in PLANNED:
        found = [parts_of_growth(growth(each, unit, until)) for each in PLANNED]
        return math.sqrt(sum((each.national or 0.0) ** 2 for each in found) / len(found)), found[0].national_freedom
    parts = parts_of_growth(growth(measure, unit, until))
    return pooled((parts.national or 0.0, parts.national_freedom), long_series())


def pooled(*found: tuple[float, int]) -> tuple[float, int]:
    """Standard deviations of one thing, pooled by their degrees of freedom.

    >>> pooled((0.01, 2), (0.03, 6))
    (0.02645751311064591, 8)
    """
    freedom = sum(each for _, each in found)
    return math.sqrt(sum(spread**2 * each for spread, each in found) / freedom), freedom


@cache
def long_series() -> tuple[float, int]:
    """How far England's growth of emergency admissions of people of 65 and over differed from year to year."""
    with (Path(__file__).parent / "long_series.csv").open(encoding="utf-8", newline="") as file:
        levels = [float(row["admissions_65_and_over"]) for row in csv.DictReader(file)]
    grown = np.diff(np.log(levels))
    return float(grown.std(ddof=1)), len(grown) - 1


@cache
def _levels(measure: str, unit: str, until: int) -> Floats:
    kept = [replace(each, values=each.values[:until]) for each in series.trusts(measure)]
    kept = [each for each in kept if each.unbroken]
    if unit == TRUSTS:
        return np.array([each.values for each in kept])
    found: dict[str, Floats] = {}
    for each in kept:
        found[each.footprint] = found.get(each.footprint, 0.0) + np.array(each.values)
    return np.array([found[code] for code in sorted(found)])


def growth(measure: str, unit: str, until: int | None = None) -> Floats:
    """Growth a year, as a logarithm, of trusts without a break and of footprints put together from them."""
    found: Floats = np.diff(np.log(_levels(measure, unit, until or len(SERIES_YEARS[measure]))), axis=1)
    return found


def ranges(asked: Question, who: Sequence[Case]) -> dict[str, Ranges]:
    """Each way of forecasting, over the same cases. The yardsticks have the range of `matched` about their middle."""
    of = [place_trend(asked.measure, asked.origin, each.footprint) for each in who]
    middle, ageing = np.array([each.middle for each in of]), np.array([each.ageing for each in of])
    nothing = np.zeros(len(who))
    matched = widths(asked, who, asked.ahead, asked.unit)
    england_middle = np.full(len(who), england_point(asked))
    found = {
        BEFORE: Ranges(middle, np.array([each.half for each in of]), ageing),
        NOW: Ranges(middle, widths(asked, who, AHEAD, FOOTPRINTS), ageing),
        **({OF_TRUST: Ranges(middle, widths(asked, who, AHEAD, TRUSTS), ageing)} if asked.unit == TRUSTS else {}),
        MATCHED: Ranges(middle, matched, ageing),
        LIKE_ENGLAND: Ranges(england_middle, matched, ageing),
        NO_CHANGE: Ranges(nothing, matched, nothing),
    }
    if asked.origin:
        last = np.array([each.values[asked.origin] / each.values[asked.origin - 1] - 1 for each in who])
        found[LAST_GROWTH] = Ranges(last, matched, nothing)
    return found


def widths(asked: Question, who: Sequence[Case], years: float, unit: str) -> Floats:
    """Half ranges of mean growth over so many years, of a place or of one trust, from the parts known then."""
    parts = parts_known(asked)
    spread = Spread(parts.yearly, parts.lasting or 0.0, national_known(asked))
    fitted = asked.origin + 1 if asked.measure in ACTIVITY else 0
    of = spread.of_trust if unit == TRUSTS else spread.of_place
    return np.array([of(years, fitted, each.trusts) for each in who])


def england_point(asked: Question) -> float:
    """England's trend at the origin, held as a place's is; another model's where there is none."""
    if asked.measure.startswith("ae"):
        return AE_PRINTED.point
    return held(england(asked.measure, asked.origin)[0])


def observed(asked: Question, who: Sequence[Case]) -> Floats:
    """Change from the last known year, per cent."""
    return np.array([100 * (each.values[asked.origin + asked.ahead] / each.values[asked.origin] - 1) for each in who])
