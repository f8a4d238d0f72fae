"""What was published year by year, of each trust and of each of the 44 footprints, from the packaged open data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tripleaim.opendata import published
from tripleaim.opendata.start.growth import BREAK, MEASURES, counted, unbroken
from tripleaim.opendata.start.subject import YEARS, Subject

Floats = NDArray[np.float64]

ACTIVITY = tuple(MEASURES)
AE_YEARS = ("2016/17", "2017/18")
WINTERS = ("2015/16", "2016/17", "2017/18", "2018/19")
NAMES = {
    "non_elective": "unplanned admissions",
    "elective": "planned overnight stays",
    "day_case": "day cases",
    "outpatient": "first outpatient attendances",
    "ae": "A&E attendances, all types",
    "ae_type1": "A&E attendances, type 1",
    "beds_open": "winter beds open",
    "beds_occupied": "winter beds occupied",
}
SERIES_YEARS = {
    **dict.fromkeys(ACTIVITY, YEARS),
    "ae": AE_YEARS,
    "ae_type1": AE_YEARS,
    "beds_open": WINTERS,
    "beds_occupied": WINTERS,
}


@dataclass(frozen=True)
class Trust:
    """One trust's series of one measure, and the footprint it is counted in."""

    code: str
    footprint: str
    values: tuple[float, ...]
    """Year by year; nought where no whole year was returned."""
    beds: bool = False

    @property
    def whole(self) -> bool:
        """Whether every year was returned."""
        return min(self.values) > 0

    @property
    def unbroken(self) -> bool:
        """Whether no year jumps from the one before: the rule a started plan goes by; of beds, however few."""
        steady = self.whole and all(abs(now / before - 1) <= BREAK for before, now in pairwise(self.values))
        return steady if self.beds else unbroken(self.values)


@cache
def subjects() -> tuple[Subject, ...]:
    """The 44, in the order of their codes."""
    return tuple(Subject(each.code) for each in sorted(published().footprints, key=lambda each: each.code))


@cache
def trusts(measure: str) -> tuple[Trust, ...]:
    """Every trust that returned any of a measure, placed."""
    if measure in ACTIVITY:
        every = (
            Trust(hospital.trust.ods, subject.code, counted(hospital, measure))
            for subject in subjects()
            for hospital in subject.hospitals
        )
    else:
        found = emergency(measure) if measure.startswith("ae") else beds(measure)
        where = {each.ods: each.footprint for each in published().trusts}
        years = SERIES_YEARS[measure]
        every = (
            Trust(code, where[code], tuple(values.get(year, 0.0) for year in years), not measure.startswith("ae"))
            for code, values in sorted(found.items())
            if where.get(code)
        )
    return tuple(each for each in every if max(each.values) > 0)


def emergency(measure: str) -> Mapping[str, dict[str, float]]:
    """A&E attendances by provider and year; a year not wholly returned is left out."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    short = set()
    for each in published().emergency:
        if measure == "ae" or each.type == "1":
            found[each.trust][each.year] += each.attendances
            if each.months < 12:
                short.add((each.trust, each.year))
    for code, year in short:
        del found[code][year]
    return found


def beds(measure: str) -> Mapping[str, dict[str, float]]:
    """Beds by trust and winter: weekdays of January and February, which every winter has."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for each in published().beds:
        value = each.weekday_open if measure == "beds_open" else each.weekday_occupied
        if value:
            found[each.trust][each.winter] = value
    return found
