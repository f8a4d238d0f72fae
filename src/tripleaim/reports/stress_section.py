"""A stress test as a page: one sentence first, then a part for every question, each left out where it has no answer."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from markupsafe import Markup

from tripleaim.charts import percent
from tripleaim.projection.result import Projection
from tripleaim.reports.alone import environment, page_alone
from tripleaim.reports.beside import REPORT, report_beside
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.html import attribution, print_foot
from tripleaim.reports.json_out import stress_report
from tripleaim.reports.pages_beside import linking
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.bodies import control_totals, whose_books
from tripleaim.reports.stress_parts.care import beds_and_staff, indicators
from tripleaim.reports.stress_parts.contingency import how_much_to_hold
from tripleaim.reports.stress_parts.drawn import other_draws, under_heading
from tripleaim.reports.stress_parts.elsewhere import others_have_done_it
from tripleaim.reports.stress_parts.failure import when_it_fails
from tripleaim.reports.stress_parts.glossary import words_used
from tripleaim.reports.stress_parts.money import how_far_off, how_likely
from tripleaim.reports.stress_parts.movers import what_moves_it
from tripleaim.reports.stress_parts.must_be import what_must_be_true
from tripleaim.reports.stress_parts.named_tests import tests_by_name
from tripleaim.reports.stress_parts.paying_back import when_it_pays_back
from tripleaim.reports.stress_parts.sampling import out_by
from tripleaim.reports.stress_parts.sentences import ranges_in_words, verdict
from tripleaim.reports.stress_parts.speed import sooner_or_later
from tripleaim.reports.stress_parts.told import Part, StressTold
from tripleaim.reports.words import day, first_few, fours
from tripleaim.reports.write import Known, write_files
from tripleaim.stress.whole import Whole

PAGE = "stress.html"
"""The page of a stress test."""
SHORT = 4
"""Rows of a table that stands open on the page; a longer one is unfolded by those who want it, and printed."""
RESULT = "stress.json"
"""Its figures in full, beside the page."""


def how_worked_out(told: StressTold) -> Section:
    """What was drawn, and what the answer rests on."""
    found = told.found
    several = f" They stand for {found.ranges:,} ranges, as one judgement may be written on several rows."
    lead = [
        f"The whole plan was run {found.draws:,} times. In each run, called a draw, all {found.inputs:,} uncertain "
        f"numbers took a value of their own.{several if found.ranges > found.inputs else ''} The same seed "
        f"({found.seed}) gives the same draws.",
        ranges_in_words(found.plan),
        found.correlation,
        "The middle of the draws need not be the plan’s own figure: where a range reaches further to one side, as a "
        "delay that can only be later, more draws lie on that side.",
    ]
    lead += [words for words in [out_by(told), other_draws(told)] if words]
    if found.clamped:
        named = first_few([f"{each.label} ({percent(each.share)} of draws)" for each in found.clamped])
        lead.append(f"Values beyond what a number can be are moved to the nearest it can be: {named}.")
    if found.why_slow:
        lead.append(found.why_slow)
    data = {"lead": lead[:1], "behind": [("What the draws rest on", lead[1:])]}
    return Section(key="how", question="How was this worked out?", data=data)


PARTS: tuple[Part, ...] = (
    how_far_off,
    how_likely,
    others_have_done_it,
    when_it_fails,
    what_moves_it,
    what_must_be_true,
    tests_by_name,
    how_much_to_hold,
    sooner_or_later,
    when_it_pays_back,
    indicators,
    whose_books,
    control_totals,
    beds_and_staff,
    how_worked_out,
    words_used,
)
"""The parts of the page, in the order a board asks."""


def stress_files(whole: Whole, run: Projection, report: str = "") -> dict[str, str]:
    """The page of a stress test, its result, and the CSV file of every picture and table, by name.

    whole  : what was asked for; a part that was not is left out
    run    : the plan with every number at its stated point
    report : the report of the same plan beside it, if there is one
    """
    found, told = whole.found, StressTold(whole, Facts(run, Exhibits(stack=True, most_rows=SHORT)))
    parts = [(part, _render(told, part)) for tell in PARTS if (part := tell(told)) is not None]
    heading = found.plan.heading
    page = page_alone(
        PAGE,
        "report.css",
        _style() + print_foot(found.plan),
        heading=heading,
        dated=day(heading.dated),
        verdict=verdict(found, run),
        parts=parts,
        fingerprint=found.fingerprint,
        fours=fours(found.fingerprint),
        result=RESULT,
        report=report,
        attribution=attribution(found.plan),
    )
    return {
        PAGE: page,
        RESULT: stress_report(whole),
        **{f"data/{name}": text for name, text in told.facts.shown.files.items()},
    }


def write_stress(whole: Whole, run: Projection, folder: Path, before: Known | None = None) -> Path:
    """Write the page of a stress test and what belongs to it into a folder, beside a report that may be there.

    before  : as `write_files` takes it
    returns : the path of the page
    raises  : PlanProblems where the folder holds files that are not ours, or a file of ours that someone changed
    """
    report = report_beside(folder, PAGE, whole.found.fingerprint)
    files = stress_files(whole, run, REPORT if report else "")
    link = linking(PAGE, whole.found.fingerprint)
    return write_files(files, folder, beside=True, before=before, linked=link) / PAGE


def _style() -> str:
    """What only this page needs of style."""
    return resources.files("tripleaim.reports").joinpath("templates/stress.css").read_text(encoding="utf-8") + "\n"


def _render(told: StressTold, section: Section) -> Markup:
    data = {**section.data, "lead": [*under_heading(told, section.key), *section.data.get("lead", ())]}
    return Markup(environment().get_template(section.template or "stress_part.html").render(**data))
