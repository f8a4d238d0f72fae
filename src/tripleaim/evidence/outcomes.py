"""What each row speaks of, for whom, and by what fraction it fell: our reading of the library, row by row."""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from tripleaim.evidence.entry import EvidenceEntry
from tripleaim.evidence.kinds import Finding, Kind
from tripleaim.evidence.library import library
from tripleaim.evidence.record import Record
from tripleaim.evidence.units import fraction_reduced

Reach = Literal["treated", "area"]
"""Whose care was counted: the people in the programme, or everybody of an area or a practice."""

NO_REDUCTION = "it found no reduction and its size is not known, so it counts as none"
AGAINST_GROWTH = "growth there against growth elsewhere: 1 - (1 + one) / (1 + other)"


class Outcome(StrEnum):
    """What a row counted, so that like is set beside like."""

    EMERGENCY = "emergency admissions"
    AE = "A&E attendances"
    PLANNED = "planned admissions"
    OUTPATIENT = "outpatient attendances"
    STAY = "length of stay"
    BED_DAYS = "days in hospital"
    READMISSIONS = "readmissions"
    AMBULANCE = "ambulance journeys"
    GENERAL_PRACTICE = "general practice consultations"
    CARE_HOMES = "moves into care homes"
    SOCIAL_CARE = "social care used"
    STROKES = "strokes"
    HEART_AND_STROKE = "heart attacks and strokes"
    DIABETES = "type 2 diabetes"
    FALLS = "falls and fractures"
    DEATHS = "deaths"
    COST = "cost"
    OTHER = "other"


class Scope(Record):
    """What one row speaks of, as we read it. A row without one is set beside nothing."""

    ref: str = Field(description="Reference of the row")
    outcomes: tuple[Outcome, ...] = Field(description="What it counted")
    reach: Reach = Field(description="Whose care was counted")
    part_of: str = Field(description="The row whose people or period hold this one's; it is then not counted again")
    fraction_reduced: float | None = Field(description="Where the row gives both levels: the fraction by which it fell")
    recipe: str = Field(description="How that fraction follows from the levels")


class Result(Record):
    """What one controlled study found of one outcome. A fraction is how much the measure fell: -0.09 is 9 % more."""

    ref: str = Field(description="Reference of the row")
    study: str = Field(description="The first row about the same programme or trial: rows of one study count as one")
    family: str = Field(description="The family of schemes it belongs to, as in the library")
    fraction: float | None = Field(description="By how much the measure fell; None where no size can be read")
    months: float | None = Field(description="Months of follow-up")
    read_as: str = Field(description="How the fraction was read, where it is not as published; else empty")


@cache
def scopes() -> dict[str, Scope]:
    """Reference → what the row speaks of. Source: outcomes.csv, our own reading; method note "Evidence"."""
    text = files(__package__ or "tripleaim.evidence").joinpath("outcomes.csv").read_text("utf-8")
    return {row["ref"]: _scope(row) for row in csv.DictReader(io.StringIO(text, newline=""))}


def _scope(row: dict[str, str]) -> Scope:
    return Scope(
        ref=row["ref"],
        outcomes=tuple(Outcome(name.strip()) for name in row["outcomes"].split(";")),
        reach="area" if row["reach"] == "area" else "treated",
        part_of=row["part_of"],
        fraction_reduced=float(row["fraction_reduced"]) if row["fraction_reduced"] else None,
        recipe=row["recipe"],
    )


@cache
def controlled_results(outcome: Outcome, reach: Reach, family: str | None = None) -> tuple[Result, ...]:
    """Controlled results on one outcome for one reach, in the order of the library.

    family : the library's category; None = every family
    A row that another holds is left out, and so is one where nothing was sourced.

    >>> [each.ref for each in controlled_results(Outcome.EMERGENCY, "treated", "care homes")]
    ['I028', 'I030']
    """
    return tuple(
        _result(each)
        for each in library()
        if each.kind is Kind.CONTROLLED
        and each.finding is not Finding.NOT_SOURCED
        and (family is None or each.category == family)
        and _speaks_of(each.ref, outcome, reach)
    )


def _speaks_of(ref: str, outcome: Outcome, reach: Reach) -> bool:
    scope = scopes().get(ref)
    return scope is not None and not scope.part_of and scope.reach == reach and outcome in scope.outcomes


def _result(each: EvidenceEntry) -> Result:
    fraction, read_as = _fraction(each)
    return Result(
        ref=each.ref,
        study=min({each.ref, *_same_study(each.ref)}),
        family=each.category,
        fraction=fraction,
        months=each.time_to_full_effect_months,
        read_as=read_as,
    )


def _fraction(each: EvidenceEntry) -> tuple[float | None, str]:
    """By how much the measure fell, and how that was read; None where a reduction has no size that can be read."""
    worked_out = scopes()[each.ref]
    if worked_out.fraction_reduced is not None:
        return worked_out.fraction_reduced, worked_out.recipe
    if each.effect_point is not None and each.comparator_growth is not None:
        return 1 - (1 + each.effect_point / 100) / (1 + each.comparator_growth / 100), AGAINST_GROWTH
    published = None if each.effect_point is None else fraction_reduced(each.effect_point, each.effect_unit)
    if published is not None and not each.zero_means_not_significant:
        return published, ""
    return (None, "") if each.finding is Finding.REDUCTION else (0.0, NO_REDUCTION)


@cache
def _same_study(ref: str) -> frozenset[str]:
    """Every row that is tied to this one by `same_programme`, through however many others."""
    tied = {each.ref: each.same_programme for each in library()}
    found: set[str] = set()
    to_see = {ref}
    while to_see:
        found |= to_see
        to_see = {other for one in to_see for other in tied[one]} - found
    return frozenset(found)
