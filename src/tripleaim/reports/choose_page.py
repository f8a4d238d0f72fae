"""A choice of schemes as a page: one sentence first, then sets side by side, what is traded, and what limits them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from markupsafe import Markup

from tripleaim.portfolio.record import Choice
from tripleaim.reports.alone import environment, page_alone
from tripleaim.reports.beside import REPORT, report_beside
from tripleaim.reports.choose_parts.cuts import cuts, left_out
from tripleaim.reports.choose_parts.glossary import words_used
from tripleaim.reports.choose_parts.otherwise import otherwise
from tripleaim.reports.choose_parts.partners import partners
from tripleaim.reports.choose_parts.rests_on import rests_on
from tripleaim.reports.choose_parts.room import room
from tripleaim.reports.choose_parts.sentences import (
    balance,
    beside_run,
    cost_of_change,
    counts_on,
    hard_choice,
    how_good,
    least_regret,
    losing,
    standards,
    verdict,
)
from tripleaim.reports.choose_parts.side_by_side import side_by_side
from tripleaim.reports.choose_parts.starts import starts
from tripleaim.reports.choose_parts.told import ChooseTold, Part
from tripleaim.reports.choose_parts.traded import traded
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.few_draws import few_draws
from tripleaim.reports.html import attribution, print_foot
from tripleaim.reports.json_out import document, to_text, without_infinities
from tripleaim.reports.pages_beside import with_link
from tripleaim.reports.section import Section
from tripleaim.reports.words import day, fours
from tripleaim.reports.write import Known, write_files

PAGE = "choose.html"
"""The page of a choice."""
QUESTION = "Which schemes together?"
"""What it answers."""
RESULT = "choose.json"
"""Its figures in full, beside the page."""
SHORT = 24
"""Rows of a table that stands open on the page; a longer one is unfolded by those who want it."""
PARTS: tuple[Part, ...] = (
    side_by_side,
    traded,
    starts,
    partners,
    cuts,
    left_out,
    otherwise,
    room,
    rests_on,
    words_used,
)
"""The parts of the page, in the order a board asks."""


def choose_report(choice: Choice) -> str:
    """A choice as one JSON document; a number that has no bound is null."""
    told = document("choose", choice.plan, choice)
    del told["remarks"], told["result"]["plan"], told["result"]["fingerprint"]
    told["result"] = without_infinities(told["result"])
    return to_text(told)


def answers(told: ChooseTold) -> list[str]:
    """What follows the headline: that draws are few, balance, standards, regret, and how good the search was."""
    first = told.chosen or told.planned
    notes = told.choice.notes[: told.first_notes]
    said = [*notes, few_draws(told.choice.draws), balance(told), standards(told, first), hard_choice(told)]
    said += [*counts_on(told), losing(told), least_regret(told), how_good(told), beside_run(told), cost_of_change(told)]
    return [words for words in said if words]


def choose_files(choice: Choice, report: str = "") -> dict[str, str]:
    """The page, its result, and the CSV file of every picture and table, by name.

    report : the report of the same plan beside it, if there is one
    """
    told = ChooseTold(choice, Exhibits(stack=True, most_rows=SHORT))
    parts = [(section, _render(section)) for tell in PARTS if (section := tell(told)) is not None]
    heading = choice.plan.heading
    page = page_alone(
        "board.html",
        "report.css",
        _style() + print_foot(choice.plan),
        question=QUESTION,
        heading=heading,
        dated=day(heading.dated),
        verdict=verdict(told),
        answers=answers(told),
        parts=parts,
        fingerprint=choice.fingerprint,
        fours=fours(choice.fingerprint),
        result=RESULT,
        report=report,
        attribution=attribution(choice.plan),
    )
    return {
        PAGE: page,
        RESULT: choose_report(choice),
        **{f"data/{name}": text for name, text in told.shown.files.items()},
    }


def write_choose(choice: Choice, folder: Path, before: Known | None = None) -> Path:
    """Write the page of a choice and what belongs to it into a folder, beside a report that may be there.

    before  : as `write_files` takes it
    returns : the path of the page
    raises  : PlanProblems where the folder holds files that are not ours, or a file of ours that someone changed
    """
    report = report_beside(folder, PAGE, choice.fingerprint)
    files = choose_files(choice, REPORT if report else "")
    if report:
        files[REPORT] = with_link(report, PAGE)
    return write_files(files, folder, beside=True, before=before) / PAGE


def _style() -> str:
    """What pages of this frame need of style beyond that of a report, and what only this page needs."""
    inside = resources.files("tripleaim.reports")
    return "".join(inside.joinpath(f"templates/{name}.css").read_text(encoding="utf-8") + "\n" for name in STYLES)


STYLES = ("stress", "choose")
"""Style sheets beside that of a report."""


def _render(section: Section) -> Markup:
    return Markup(environment().get_template(section.template or "stress_part.html").render(**section.data))
