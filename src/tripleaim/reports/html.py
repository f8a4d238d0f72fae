"""The report as one page: HTML that stands alone, with no script, no network and nothing inline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from tripleaim.plan import Plan
from tripleaim.projection.result import Projection
from tripleaim.reports import on_a_page
from tripleaim.reports.alone import environment, page_alone
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.section import Section, Tells
from tripleaim.reports.sections import (
    answer,
    benefit,
    bodies,
    bridge,
    by_area,
    care,
    check,
    choice,
    gains,
    moves,
    outcomes,
    shape,
    trust,
)
from tripleaim.reports.words import day, fours, people

OPEN_LICENCE = re.compile(r"open government licence|\bogl\b", re.IGNORECASE)
WORKBOOK = "report.xlsx"
"""The file that holds the tables of the report as a workbook (spreadsheet.py)."""
OURS = "Triple Aim authors, from "
PAGE_ONE: tuple[Tells, ...] = (
    answer.answer,
    answer.gaps,
    shape.by_year,
    moves.moves,
    shape.prevention,
    shape.serves,
    bridge.closes,
    moves.worse,
    trust.trust,
    trust.unknown,
)
SIGNPOSTS = {
    "gaps": "three gaps",
    "moves": "what starts, stops and moves",
    "closes": "what the schemes do",
    "worse": "what gets worse",
    "trust": "how far to trust it",
    "unknown": "what we don’t know",
}
"""Sections of page one that the line of links at its top names, in fewer words than their questions."""
CUT_SHORT = ("moves", "unknown")
"""Sections of page one that the printed leaflet cuts short, so that paper has them in full behind it."""
PARTS: tuple[tuple[str, str, tuple[Tells, ...]], ...] = (
    (
        "money",
        "Money",
        (
            bridge.why,
            shape.mix,
            bridge.every_scheme,
            bodies.positions,
            benefit.pays_back,
            benefit.classes,
            benefit.stranded,
            bodies.who_pays,
            choice.schemes_together,
            gains.who_gains,
        ),
    ),
    ("books", "Books and rules", (bodies.control_totals, bodies.councils, bodies.required, bodies.leakage)),
    (
        "care",
        "People and care",
        (care.ages, outcomes.indicators, by_area.by_area, outcomes.inequality, care.beds, care.staff),
    ),
    ("check", "Checks and sources", (check.operational, check.stated, trust.assumptions, trust.rows, trust.sources)),
)


def html_report(projection: Projection, remarks: Iterable[str] = ()) -> str:
    """The whole report as one HTML page: page one in a resident's words, then the rest for boards."""
    return pages_and_exhibits(projection, remarks)[0]["index.html"]


def report_files(projection: Projection, remarks: Iterable[str] = ()) -> dict[str, str]:
    """The report, the place on a page, and the CSV file of every picture and table of the report, by name."""
    pages, shown = pages_and_exhibits(projection, remarks)
    return {**pages, **{f"data/{name}": text for name, text in shown.files.items()}}


def pages_and_exhibits(projection: Projection, remarks: Iterable[str] = ()) -> tuple[dict[str, str], Exhibits]:
    """The report and the place on a page, by the names of their files, and what the report shows."""
    facts = Facts(projection, Exhibits(), tuple(remarks))
    first = _told(facts, PAGE_ONE)
    facts.shown.level = 4
    parts = [(key, name, _told(facts, tells)) for key, name, tells in PARTS]
    page = page_alone(
        "report.html",
        "report.css",
        print_foot(projection.plan),
        facts=facts,
        heading=projection.plan.heading,
        subtitle=_subtitle(facts),
        dated=day(projection.plan.heading.dated),
        first=first,
        in_full=[told for told in first if told[0].key in CUT_SHORT],
        signposts=[(told[0].key, SIGNPOSTS[told[0].key]) for told in first if told[0].key in SIGNPOSTS],
        parts=[part for part in parts if part[2]],
        fingerprint=projection.fingerprint,
        fours=fours(projection.fingerprint),
        sources_used=facts.sources_used(),
        attribution=attribution(projection.plan),
        on_a_page=on_a_page.FILE,
        workbook=WORKBOOK,
    )
    return {"index.html": page, on_a_page.FILE: on_a_page.on_a_page(projection)}, facts.shown


def attribution(plan: Plan) -> tuple[str, ...]:
    """What the Open Government Licence asks to be printed, and Ordnance Survey, where the plan's sources say so."""
    open_data = [row for row in plan.sources if OPEN_LICENCE.search(row.licence)]
    said = []
    if open_data:
        parts = (part.strip() for row in open_data for part in row.publisher.removeprefix(OURS).split(";"))
        names = sorted({re.sub(r"\s*\([^)]*\)", "", part) for part in parts} - {"", OURS.partition(",")[0]})
        said.append(
            "Contains public sector information licensed under the Open Government Licence v3.0."
            + (f" Published by {'; '.join(names)}." if names else "")
        )
    if any("os data" in f"{row.licence} {row.note}".lower() for row in plan.sources):
        said.append("Contains OS data © Crown copyright and database right.")
    return tuple(said)


def _told(facts: Facts, tells: Sequence[Tells]) -> list[tuple[Section, Markup]]:
    """The sections that have something to tell, with their HTML."""
    sections = [section for tell in tells if (section := tell(facts)) is not None]
    return [(section, _render(facts, section)) for section in sections]


def _render(facts: Facts, section: Section) -> Markup:
    template = environment().get_template(section.template or "plain.html")
    return Markup(template.render(facts=facts, **section.data))


def _subtitle(facts: Facts) -> str:
    ages = facts.projection.ages
    years = f"{facts.plan_years[0]} to {facts.last_year}"
    length = {1: "One-year", 3: "Three-year", 5: "Five-year"}.get(
        len(facts.plan_years), f"{len(facts.plan_years)}-year"
    )
    return f"{length} plan, {years}" + (f" · {people(ages.totals[0])}" if ages else "")


def print_foot(plan: Plan) -> str:
    """The foot of every printed page: words of ours and the fingerprint, never a plan's own text."""
    heading = plan.heading
    words = heading.status.upper() + ("." if heading.status == "agreed" else ". Not agreed by any organisation.")
    words += " Invented place." if heading.invented else ""
    foot = f'content: "{words} {fours(plan.fingerprint)}"; font: bold 9pt sans-serif;'
    return f"@page report {{ @bottom-left {{ {foot} }} }}\n@media print {{ body.is-report {{ page: report; }} }}\n"
