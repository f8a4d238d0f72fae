"""The report as one page: HTML that stands alone, with no script, no network and nothing inline."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tripleaim.charts import stylesheet, wordmark_svg
from tripleaim.plan import Plan
from tripleaim.projection.result import Projection
from tripleaim.reports.facts import Exhibits, Facts, package_version
from tripleaim.reports.section import Section, Tells
from tripleaim.reports.sections import answer, benefit, bodies, bridge, care, check, moves, outcomes, shape, trust
from tripleaim.reports.words import day, fours, people

OPEN_LICENCE = re.compile(r"open government licence|\bogl\b", re.IGNORECASE)
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
CUT_SHORT = ("moves", "unknown")
"""Sections of page one that the printed leaflet cuts short, so that paper has them in full behind it."""
PARTS: tuple[tuple[str, str, tuple[Tells, ...]], ...] = (
    (
        "money",
        "Money",
        (
            bridge.why,
            bridge.every_scheme,
            bodies.positions,
            benefit.pays_back,
            benefit.classes,
            benefit.stranded,
            bodies.who_pays,
        ),
    ),
    ("books", "Books and rules", (bodies.control_totals, bodies.councils, bodies.required, bodies.leakage)),
    ("care", "People and care", (care.ages, outcomes.indicators, outcomes.inequality, care.beds, care.staff)),
    ("check", "Checks and sources", (check.operational, check.stated, trust.assumptions, trust.sources)),
)


def html_report(projection: Projection, remarks: Iterable[str] = ()) -> str:
    """The whole report as one HTML page: page one in a resident's words, then the rest for boards."""
    return report_files(projection, remarks)["index.html"]


def report_files(projection: Projection, remarks: Iterable[str] = ()) -> dict[str, str]:
    """The page and the CSV file of every picture and table on it, by name."""
    facts = Facts(projection, Exhibits(), tuple(remarks))
    first = _told(facts, PAGE_ONE)
    facts.shown.level = 4
    parts = [(key, name, _told(facts, tells)) for key, name, tells in PARTS]
    css = _css() + _print_foot(facts)
    page = (
        _environment()
        .get_template("report.html")
        .render(
            facts=facts,
            heading=projection.plan.heading,
            subtitle=_subtitle(facts),
            dated=day(projection.plan.heading.dated),
            first=first,
            in_full=[told for told in first if told[0].key in CUT_SHORT],
            parts=[part for part in parts if part[2]],
            fingerprint=projection.fingerprint,
            fours=fours(projection.fingerprint),
            version=package_version(),
            tables=len(projection.sources),
            attribution=attribution(projection.plan),
            css=Markup(css),
            css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
            wordmark=Markup(wordmark_svg()),
        )
    )
    return {"index.html": page, **{f"data/{name}": text for name, text in facts.shown.files.items()}}


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
    template = _environment().get_template(section.template or "plain.html")
    return Markup(template.render(facts=facts, **section.data))


def _subtitle(facts: Facts) -> str:
    ages = facts.projection.ages
    years = f"{facts.plan_years[0]} to {facts.last_year}"
    length = {1: "One-year", 3: "Three-year", 5: "Five-year"}.get(
        len(facts.plan_years), f"{len(facts.plan_years)}-year"
    )
    return f"{length} plan, {years}" + (f" · {people(ages.totals[0])}" if ages else "")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("tripleaim.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _css() -> str:
    return stylesheet() + "\n" + files("tripleaim.reports").joinpath("templates/report.css").read_text(encoding="utf-8")


def _print_foot(facts: Facts) -> str:
    """The foot of every printed page: words of ours and the fingerprint, never a plan's own text."""
    heading = facts.plan.heading
    words = heading.status.upper() + ("." if heading.status == "agreed" else ". Not agreed by any organisation.")
    words += " Invented place." if heading.invented else ""
    foot = f'content: "{words} {fours(facts.projection.fingerprint)}"; font: bold 9pt sans-serif;'
    return f"@page report {{ @bottom-left {{ {foot} }} }}\n@media print {{ body.is-report {{ page: report; }} }}\n"
