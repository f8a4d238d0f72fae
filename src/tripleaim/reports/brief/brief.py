"""Everything the result pages of one plan version need, from one projection; the outline stands in the package."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tripleaim.projection.result import Projection, as_plain
from tripleaim.reports.brief.area import AreaBrief, Measure, area_briefs, measures
from tripleaim.reports.brief.books import Lines, books_of, system
from tripleaim.reports.brief.figures import Ready, figures
from tripleaim.reports.brief.index import Index, index_of
from tripleaim.reports.brief.organisation import OrganisationBrief, organisation_brief
from tripleaim.reports.brief.place import PlaceBrief, place_brief
from tripleaim.reports.brief.plain import read
from tripleaim.reports.brief.scheme import SchemeBrief, scheme_brief
from tripleaim.reports.facts import Exhibits, Facts, package_version
from tripleaim.stress.outside.view import outside_view

FORMAT = 1
"""Form of the brief; a stored one of another form is worked out again."""
DUST, LARGE = 1e-6, 1000.0
"""Numbers below the first are told as nought; those from the second on are rounded to the penny."""
ABOUT = (
    "name",
    "key",
    "plan",
    "status",
    "status_words",
    "version",
    "dated_words",
    "invented",
    "is_pressure",
    "opening_year",
    "last_year",
    "after_year",
)
"""What every page says of the plan it tells of."""


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
    measures: dict[str, Measure]
    """Measures of health and care by key, which areas name."""
    index: Index
    """Lists of organisations, schemes and areas, for pages that show many of them."""
    figures: dict[str, Ready]
    """Pictures ready made, by name."""


def brief_of(projection: Projection, remarks: Iterable[str] = ()) -> dict[str, Any]:
    """A brief as plain values, ready for JSON.

    remarks : what a reader of the plan's files should know, as a report takes it
    """
    return dict(_tidy(as_plain(make_brief(projection, remarks))))


def pieces(told: dict[str, Any]) -> dict[str, Any]:
    """A brief in pieces, each what one page needs, so that a page reads no more than its own.

    returns : name → plain values: `place` (with fingerprint, years, system, index and figures), `organisations/<key>`,
              `schemes/<key>`, `areas/<key>` (each with fingerprint, years and, for areas, the measures it names)
    """
    every = {name: told[name] for name in ("format", "tripleaim", "fingerprint", "years")}
    place = told["place"]
    short = {name: place[name] for name in ABOUT}
    found: dict[str, Any] = {
        "place": {**every, **{name: told[name] for name in ("place", "system", "index", "figures")}}
    }
    for kind in ("organisations", "schemes", "areas"):
        for key, each in told[kind].items():
            found[f"{kind}/{key}"] = {**every, "about": short, "told": each}
    for key in told["organisations"]:
        found[f"organisations/{key}"]["system"] = told["system"]
    for key, each in told["areas"].items():
        found[f"areas/{key}"]["measures"] = {name: told["measures"][name] for name in each["measures"]}
    return found


def stored(told: Any) -> str:
    """Plain values as the text to be stored: as short as JSON can be."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _tidy(value: Any) -> Any:
    """Plain values without dust: no minus nought, money to the penny, whole numbers without a point."""
    if isinstance(value, dict):
        return {key: _tidy(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_tidy(part) for part in value]
    if isinstance(value, float):
        near = 0.0 if abs(value) < DUST else round(value, 2) if abs(value) >= LARGE else value
        return int(near) if near.is_integer() else near
    return value


def make_brief(projection: Projection, remarks: Iterable[str] = ()) -> Brief:
    """The same as records."""
    facts = Facts(projection, Exhibits(), tuple(remarks))
    books, view = books_of(projection), outside_view(projection.plan, projection)
    lines = books.lines()
    schemes = {each.key: scheme_brief(facts, books, view, each) for each in projection.schemes}
    rows = {row.key: row for row in projection.plan.organisations}
    order = [*lines, *(key for key in rows if key not in lines)]
    areas = area_briefs(facts, schemes)
    organisations = {
        key: organisation_brief(facts, view, lines.get(key), schemes, rows[key]) for key in order if key in rows
    }
    return Brief(
        format=FORMAT,
        tripleaim=package_version(),
        fingerprint=projection.fingerprint,
        years=projection.years,
        place=place_brief(facts, view, len(areas)),
        system=system(lines.values()),
        organisations=organisations,
        schemes=schemes,
        areas=areas,
        measures=measures(facts),
        index=index_of(organisations.values(), schemes.values(), areas.values(), projection.last),
        figures=figures(facts),
    )


def read_brief(told: dict[str, Any]) -> Brief:
    """The records of a brief that was stored.

    raises : ValueError where it is of another form, or something is missing
    """
    if told.get("format") != FORMAT:
        raise ValueError(f"brief: found form {told.get('format')}; expected {FORMAT}, so work it out again")
    return read(Brief, told)
