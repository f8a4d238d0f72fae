"""What a footprint consists of: its hospitals with their counts, its councils with their shares, its commissioners."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol, TypeVar

from tripleaim.opendata.activity import Activity, Emergency
from tripleaim.opendata.beds import WinterBeds
from tripleaim.opendata.commissioner import Commissioner
from tripleaim.opendata.council import Council
from tripleaim.opendata.footprint import Footprint
from tripleaim.opendata.overlap import CouncilOverlap, DistrictOverlap, Successor
from tripleaim.opendata.people import NotPublished
from tripleaim.opendata.published import published
from tripleaim.opendata.trust import Trust


class InFootprint(Protocol):
    """A row of the open data that belongs to one footprint."""

    @property
    def footprint(self) -> str:
        """Its published code."""


T = TypeVar("T", bound=InFootprint)

OPENING_YEAR = "2015/16"
AE_YEAR = "2016/17"
"""A&E of 2015/16 is not in the open data; the year after stands in."""
YEARS = ("2012/13", "2013/14", "2014/15", "2015/16")
"""The years in which planned and unplanned care are counted alike."""
PLAN_YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
PLAN_DATE = "2016-10-21"
BEFORE_PLAN = "2016-04-01"

COMMISSIONERS = "nhs_commissioners_together"
COUNCILS = "councils_together"
COUNCIL_SERVICES = "council_services"
"""Sectors of the place that stand for several bodies."""

HOSPITAL_KINDS = ("acute", "specialist")
FULL_YEAR = 12
LONGEST_KEY = 44


@dataclass(frozen=True, slots=True)
class Hospital:
    """One trust with hospital care in the opening year, and the trusts that had become part of it by then."""

    trust: Trust
    joined: tuple[Trust, ...]

    @property
    def code(self) -> str:
        """Published code in small letters, as keys have it."""
        return self.trust.ods.lower()

    @property
    def short(self) -> str:
        """The name without the words every trust has."""
        return short_name(self.trust.name)

    @property
    def codes(self) -> tuple[str, ...]:
        """Its own published code, then those of the trusts that joined it."""
        return (self.trust.ods, *(each.ods for each in self.joined))

    def returns(self, year: str) -> tuple[Activity, ...]:
        """Its activity returns of one year, and those of the trusts that joined it."""
        return tuple(found for code in self.codes if (found := returns().get((code, year))))

    def count(self, measure: str, year: str = OPENING_YEAR) -> float:
        """Care of one kind in one year, with that of the trusts that joined it."""
        return float(sum(getattr(each, measure) for each in self.returns(year)))

    def emergency(self) -> dict[str, Emergency]:
        """Its emergency departments by type, 2016/17."""
        return emergency_departments().get(self.trust.ods, {})

    def winter(self, year: str = OPENING_YEAR) -> WinterBeds | None:
        """Its general and acute beds in one winter."""
        return winters().get((self.trust.ods, year))


class Subject:
    """A footprint and everything in it that a started plan speaks of."""

    def __init__(self, footprint: str) -> None:
        found = {each.code: each for each in published().footprints}
        if footprint not in found:
            raise NotPublished(f"{footprint} is the code of none of the 44 footprints")
        self.footprint: Footprint = found[footprint]

    @property
    def code(self) -> str:
        """Published code of the footprint."""
        return self.footprint.code

    @property
    def name(self) -> str:
        """Its name."""
        return self.footprint.name

    @cached_property
    def key(self) -> str:
        """The key of the place in the plan."""
        return slug(self.name)

    @cached_property
    def groups(self) -> tuple[Commissioner, ...]:
        """Commissioning groups of April 2017."""
        mine = _here(published().commissioners, self.code)
        return tuple(sorted((each for each in mine if each.version == "2017-04"), key=lambda each: each.ods))

    @cached_property
    def cut_groups(self) -> tuple[Commissioner, ...]:
        """Commissioning groups of any date that only partly lie in the footprint."""
        return tuple(each for each in _here(published().commissioners, self.code) if each.share < 1)

    @cached_property
    def councils(self) -> tuple[tuple[Council, CouncilOverlap], ...]:
        """Councils that run social care here, each with its people in the footprint."""
        known = {each.code: each for each in published().councils}
        return tuple((known[each.council], each) for each in _here(published().council_overlaps, self.code))

    @cached_property
    def districts(self) -> tuple[DistrictOverlap, ...]:
        """Districts and unitary areas here."""
        return _here(published().district_overlaps, self.code)

    @cached_property
    def boards(self) -> tuple[Successor, ...]:
        """Integrated care boards its people now belong to, the greatest share first."""
        mine = _here(published().successors, self.code)
        return tuple(sorted(mine, key=lambda each: -each.share_of_footprint))

    @cached_property
    def trusts(self) -> tuple[Trust, ...]:
        """NHS trusts placed here that stood when the plan was dated."""
        return tuple(
            each
            for each in _here(published().trusts, self.code)
            if each.name and each.opened < PLAN_DATE and (not each.closed or each.closed > BEFORE_PLAN)
        )

    @cached_property
    def hospitals(self) -> tuple[Hospital, ...]:
        """Trusts here with acute or specialist hospital care counted in the opening year."""
        found = (Hospital(each, joined_before_plan(each.ods)) for each in self.trusts if each.kind in HOSPITAL_KINDS)
        return tuple(each for each in found if each.returns(OPENING_YEAR))

    @cached_property
    def without_counts(self) -> tuple[Trust, ...]:
        """Acute and specialist trusts here without counts of the opening year: they have no line."""
        mine = {each.trust.ods for each in self.hospitals}
        return tuple(each for each in self.trusts if each.kind in HOSPITAL_KINDS and each.ods not in mine)


def _here(rows: Iterable[T], code: str) -> tuple[T, ...]:
    """The rows of one footprint."""
    return tuple(each for each in rows if each.footprint == code)


@cache
def joined_before_plan(ods: str) -> tuple[Trust, ...]:
    """Trusts with returns of their own that had become wholly part of this one by the end of the opening year."""
    return tuple(
        each
        for each in published().trusts
        if each.successor == ods
        and each.closed
        and each.closed <= BEFORE_PLAN
        and each.kind in HOSPITAL_KINDS
        and any((each.ods, year) in returns() for year in YEARS)
    )


def joined_later(ods: str, before: str = "2019-04-01") -> tuple[Trust, ...]:
    """Trusts that became part of this one after the opening year, and before a day."""
    return tuple(
        each
        for each in published().trusts
        if ods in each.successor.split() and BEFORE_PLAN < each.closed < before and each.kind in HOSPITAL_KINDS
    )


@cache
def returns() -> Mapping[tuple[str, str], Activity]:
    """Activity returns by trust and year."""
    return {(each.trust, each.year): each for each in published().activity}


@cache
def emergency_departments() -> Mapping[str, dict[str, Emergency]]:
    """Emergency departments of 2016/17 by provider and type."""
    found: dict[str, dict[str, Emergency]] = defaultdict(dict)
    for each in published().emergency:
        if each.year == AE_YEAR:
            found[each.trust][each.type] = each
    return found


@cache
def winters() -> Mapping[tuple[str, str], WinterBeds]:
    """General and acute beds by trust and winter."""
    return {(each.trust, each.winter): each for each in published().beds}


@cache
def trusts_by_code() -> Mapping[str, Trust]:
    """Every provider by its code."""
    return {each.ods: each for each in published().trusts}


PLAIN_WORDS = re.compile(r"\b(NHS|Foundation|Trust|University(?! College)|Hospitals?)\b")


def short_name(name: str) -> str:
    """A trust's name without the words every trust has.

    >>> short_name("University Hospitals of North Midlands NHS Trust")
    'North Midlands'
    >>> short_name("University College London Hospitals NHS Foundation Trust")
    'University College London'
    """
    return " ".join(PLAIN_WORDS.sub(" ", name).split()).removeprefix("of ") or name


def slug(text: str, longest: int = LONGEST_KEY) -> str:
    """Words as a key, cut between words where they are many.

    >>> slug("Bristol, City of")
    'bristol_city_of'
    """
    words = re.sub(r"[^a-z0-9]+", "_", text.lower().replace("'", "").replace("’", "")).strip("_")
    return words if len(words) <= longest else words[: longest + 1].rpartition("_")[0]


def per_cent(value: float, digits: int = 1) -> str:
    """A fraction in words.

    >>> per_cent(-0.042)
    '−4.2 %'
    """
    return f"{value * 100:.{digits}f} %".replace("-", "−")


def listed(words: Iterable[str]) -> str:
    """Words in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    every = list(words)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else ""
