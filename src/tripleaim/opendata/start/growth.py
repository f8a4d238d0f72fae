"""How each kind of hospital care grew from 2012/13 to 2015/16, less what people's number and age explain.

How far growth may be from that is measured, not taken from the trend's own error (`spread`, method note 10). A trust
counts where it returned whole years and no year differs by more than 15 % from the one before: a jump that size is
mostly a change in counting, and it is left out, not smoothed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tripleaim.opendata.people import ENGLAND, people
from tripleaim.opendata.published import published
from tripleaim.opendata.start.ages import OUTPATIENT, admission_rates, in_band, index_by_age
from tripleaim.opendata.start.spread import AHEAD, FITTED, as_many, spread
from tripleaim.opendata.start.stays import Band, all_hospitals, own_stays
from tripleaim.opendata.start.subject import (
    BEFORE_PLAN,
    FULL_YEAR,
    HOSPITAL_KINDS,
    YEARS,
    Hospital,
    Subject,
    joined_before_plan,
)
from tripleaim.quantities import Range

MEASURES = {
    "elective": "elective_overnight",
    "day_case": "day_cases",
    "non_elective": "non_elective",
    "outpatient": "first_outpatients",
}
"""Kind of care → measure of the activity returns."""

MOST = 0.03
"""A trend of a few years is not carried on faster than this, up or down: our opinion, so what it holds is judged."""
LARGEST = 0.25
"""A plan takes no growth beyond this."""
BREAK = 0.15
"""A year that differs by more than this from the one before is a change in counting."""
SMALLEST = 500.0
"""A trust with fewer of this care a year tells nothing about its growth."""

AE_POINT = 0.0149
"""Non-demographic growth of A&E, a year: New Hospital Programme demand model, sensitivity variant."""
AE_PRINTED = Range(point=AE_POINT, low=-0.0054, high=0.0352)
"""The same with its printed P10 and P90, which are for England; a trust's range is measured."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth of one kind of care beyond people's number and age, with every step that led to it, fractions a year.

    `how` is fitted, held (by opinion) or england (no trust of the place could be used).
    """

    kind: str
    how: str
    observed: float
    error: float
    demographic: float
    rest: float
    value: Range
    trusts: tuple[str, ...]
    left_out: tuple[str, ...]


def growth(subject: Subject, kind: str) -> Growth:
    """Growth of one kind of care in a place, with the range of the place's mean growth (method note 10)."""
    series = {each.trust.ods: counted(each, kind) for each in subject.hospitals}
    used = {code: values for code, values in series.items() if unbroken(values)}
    left_out = tuple(code for code in series if code not in used)
    if not used:
        return like_england(kind, left_out, as_many(max(values) for values in series.values()))
    ageing = demographic(subject.code, rates(subject, kind))
    slope, error = trend(used)
    rest = _rest(slope, ageing)
    point = max(-MOST, min(MOST, rest))
    half = max(spread(kind).of_place(AHEAD, FITTED, as_many(map(sum, used.values()))), abs(rest - point))
    how = "held" if abs(rest - point) > 1e-9 else "fitted"
    return Growth(kind, how, slope, error, ageing, rest, _around(point, half), tuple(used), left_out)


def like_england(kind: str, left_out: tuple[str, ...], trusts: float) -> Growth:
    """England's growth where no trust of the place can be used."""
    found = england(kind)
    rest = _rest(found.slope, found.ageing)
    value = _around(max(-MOST, min(MOST, rest)), spread(kind).of_place(AHEAD, 0, trusts))
    return Growth(kind, "england", found.slope, found.error, found.ageing, rest, value, (), left_out)


def ae_growth(subject: Subject) -> Range:
    """Growth of A&E in a place: another model's, with the range that was measured."""
    departments = (each.emergency().values() for each in subject.hospitals)
    sizes = [sum(each.attendances for each in found) for found in departments if found]
    return _around(AE_POINT, spread("ae").of_place(AHEAD, 0, as_many(sizes) if sizes else 1))


def _rest(slope: float, ageing: float) -> float:
    """Growth a year that people's number and age do not explain."""
    return math.exp(slope - ageing) - 1


def _around(point: float, half: float) -> Range:
    """A range to a hundredth of a point, inside what a plan takes."""
    point, half = round(point, 4), round(half, 4)
    return Range(point=point, low=round(max(-LARGEST, point - half), 4), high=round(min(LARGEST, point + half), 4))


def counted(hospital: Hospital, kind: str) -> tuple[float, ...]:
    """Care of one kind in the four years; nought where no whole year was returned."""
    found = []
    for year in YEARS:
        months = sum(each.months_reported for each in hospital.returns(year))
        found.append(hospital.count(MEASURES[kind], year) if months >= FULL_YEAR else 0.0)
    return tuple(found)


def unbroken(values: Sequence[float]) -> bool:
    """Whether every year is whole and none jumps."""
    return min(values) >= SMALLEST and all(abs(now / before - 1) <= BREAK for before, now in pairwise(values))


def trend(series: Mapping[str, Sequence[float]]) -> tuple[float, float]:
    """Log-linear growth a year common to the trusts, each at its own level and weighted by its size; standard error.

    The error is endless where it cannot be told: one trust with two years.

    >>> slope, error = trend({"A": [100, 110, 121, 133.1], "B": [50, 55, 60.5, 66.55], "C": [10, 11, 12.1, 13.31]})
    >>> round(slope, 6), round(error, 6)
    (0.09531, 0.0)
    """
    steps = steps_of(len(next(iter(series.values()))))
    mean_size = sum(sum(values) for values in series.values()) / len(series)
    weights = {name: sum(values) / mean_size for name, values in series.items()}
    centred = {}
    for name, values in series.items():
        logs = [math.log(value) for value in values]
        centred[name] = [value - sum(logs) / len(logs) for value in logs]
    spread = sum(step * step for step in steps) * sum(weights.values())
    slope = (
        sum(
            weights[name] * sum(step * value for step, value in zip(steps, values, strict=True))
            for name, values in centred.items()
        )
        / spread
    )
    squares = sum(
        weights[name] * sum((value - slope * step) ** 2 for step, value in zip(steps, values, strict=True))
        for name, values in centred.items()
    )
    freedom = (len(steps) - 1) * len(series) - 1
    return slope, math.sqrt(squares / freedom / spread) if freedom else math.inf


def steps_of(years: int) -> tuple[float, ...]:
    """Years counted from the middle of a series.

    >>> steps_of(4)
    (-1.5, -0.5, 0.5, 1.5)
    """
    return tuple(year - (years - 1) / 2 for year in range(years))


def demographic(area: str, by_age: Mapping[Band, float]) -> float:
    """Growth a year that people's number and age alone would bring, mid-2011 to mid-2017, at fixed use by age."""
    use = [
        sum(rate * in_band(persons, band) for band, rate in by_age.items())
        for persons in (people(area, 2011), people(area, 2017))
    ]
    return math.log(use[1] / use[0]) / 6


def rates(subject: Subject | None, kind: str) -> Mapping[Band, float]:
    """Use a head by age of one kind of care, in a place or in England; only ratios between ages matter."""
    if kind == "outpatient":
        return index_by_age(OUTPATIENT)
    if kind != "non_elective":
        return admission_rates()
    counts: dict[Band, float] = defaultdict(float)
    for hospital in subject.hospitals if subject else ():
        for band, (count, _) in own_stays(hospital.trust.ods).items():
            counts[band] += count
    if subject and counts:
        persons = people(subject.code, 2017)
    else:
        persons, counts = people(ENGLAND, 2017), {band: count for band, (count, _) in all_hospitals().items()}
    return {band: count / in_band(persons, band) for band, count in counts.items()}


@dataclass(frozen=True, slots=True)
class England:
    """How one kind of care grew in all trusts that can be used, fractions a year."""

    slope: float
    error: float
    ageing: float


@cache
def england(kind: str) -> England:
    """Growth of one kind of care in all trusts of England that can be used."""
    series = {}
    for trust in published().trusts:
        if trust.footprint and trust.kind in HOSPITAL_KINDS and not (trust.closed and trust.closed <= BEFORE_PLAN):
            values = counted(Hospital(trust, joined_before_plan(trust.ods)), kind)
            if unbroken(values):
                series[trust.ods] = values
    slope, error = trend(series)
    return England(slope, error, demographic(ENGLAND, rates(None, kind)))
