"""Everything the result pages of one plan version need, from one projection; the outline stands in the package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tripleaim.projection.result import Projection, as_plain
from tripleaim.reports.brief.area import AreaBrief, area_briefs
from tripleaim.reports.brief.books import Lines, books_of, system
from tripleaim.reports.brief.figures import Ready, figures
from tripleaim.reports.brief.organisation import OrganisationBrief, organisation_brief
from tripleaim.reports.brief.place import PlaceBrief, place_brief
from tripleaim.reports.brief.plain import read
from tripleaim.reports.brief.scheme import SchemeBrief, scheme_brief
from tripleaim.reports.facts import Exhibits, Facts, package_version
from tripleaim.stress.outside.view import outside_view

FORMAT = 1
"""Form of the brief; a stored one of another form is worked out again."""


@dataclass(frozen=True, kw_only=True)
class Brief:
    """One plan version in short."""

    format: int
    """Form of the brief."""
    tripleaim: str
    """Version that worked it out."""
    fingerprint: str
    """SHA-256 of the plan."""
    years: tuple[str, ...]
    """Years of every amount by year: the plan's, then the year after."""
    place: PlaceBrief
    """The plan as a whole."""
    system: Lines | None
    """The lines of all organisations added up; null where none has accounts."""
    organisations: dict[str, OrganisationBrief]
    """By key, the most short first, those without accounts last."""
    schemes: dict[str, SchemeBrief]
    """By key, what saves most first."""
    areas: dict[str, AreaBrief]
    """By key."""
    figures: dict[str, Ready]
    """Pictures ready made, by name."""


def brief_of(projection: Projection, remarks: Iterable[str] = ()) -> dict[str, Any]:
    """A brief as plain values, ready for JSON.

    remarks : what a reader of the plan's files should know, as a report takes it
    """
    return dict(as_plain(make_brief(projection, remarks)))


def make_brief(projection: Projection, remarks: Iterable[str] = ()) -> Brief:
    """The same as records."""
    facts = Facts(projection, Exhibits(), tuple(remarks))
    books, view = books_of(projection), outside_view(projection.plan, projection)
    lines = books.lines()
    schemes = {each.key: scheme_brief(facts, books, view, each) for each in projection.schemes}
    rows = {row.key: row for row in projection.plan.organisations}
    order = [*lines, *(key for key in rows if key not in lines)]
    areas = area_briefs(facts, schemes)
    return Brief(
        format=FORMAT,
        tripleaim=package_version(),
        fingerprint=projection.fingerprint,
        years=projection.years,
        place=place_brief(facts, view, len(areas)),
        system=system(lines.values()),
        organisations={
            key: organisation_brief(facts, view, lines.get(key), schemes, rows[key]) for key in order if key in rows
        },
        schemes=schemes,
        areas=areas,
        figures=figures(facts),
    )


def read_brief(told: dict[str, Any]) -> Brief:
    """The records of a brief that was stored.

    raises : ValueError where it is of another form, or something is missing
    """
    if told.get("format") != FORMAT:
        raise ValueError(f"brief: found form {told.get('format')}; expected {FORMAT}, so work it out again")
    return read(Brief, told)
