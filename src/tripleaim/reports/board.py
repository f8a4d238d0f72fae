"""A page for boards: one question, its answer in a sentence, and what stands behind it, in one frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from markupsafe import Markup

from tripleaim.plan import Plan
from tripleaim.reports.alone import environment, page_alone
from tripleaim.reports.beside import REPORT, report_beside
from tripleaim.reports.facts import Exhibits
from tripleaim.reports.html import attribution, print_foot
from tripleaim.reports.pages_beside import linking
from tripleaim.reports.section import Section
from tripleaim.reports.words import day, fours
from tripleaim.reports.write import Known, write_files


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """What is the same of one page for every plan."""

    file: str
    """Its name in a folder."""
    question: str
    """What it answers."""
    result: str
    """Its figures in full, beside it."""
    styles: tuple[str, ...]
    """Style sheets beside that of a report."""


def board_files(
    page: BoardPage,
    plan: Plan,
    *,
    verdict: str,
    answers: Iterable[str],
    sections: Iterable[Section | None],
    shown: Exhibits,
    result: str,
    report: str,
) -> dict[str, str]:
    """The page, its result, and the CSV file of every picture and table, by name.

    sections : in the order a board asks; None is left out
    shown    : what the sections have shown
    report   : the report of the same plan beside it, if there is one
    """
    parts = [(section, _render(section)) for section in sections if section is not None]
    written = page_alone(
        "board.html",
        "report.css",
        _style(page.styles) + print_foot(plan),
        question=page.question,
        heading=plan.heading,
        dated=day(plan.heading.dated),
        verdict=verdict,
        answers=answers,
        parts=parts,
        fingerprint=plan.fingerprint,
        fours=fours(plan.fingerprint),
        result=page.result,
        report=report,
        attribution=attribution(plan),
    )
    return {page.file: written, page.result: result, **{f"data/{name}": text for name, text in shown.files.items()}}


def write_board(
    page: BoardPage,
    plan: Plan,
    files: Callable[[str], Mapping[str, str]],
    folder: Path,
    before: Known | None = None,
) -> Path:
    """Write a page and what belongs to it into a folder, beside a report that may be there.

    files   : the name of the report beside it, or nothing → `board_files`
    before  : as `write_files` takes it
    returns : the path of the page
    raises  : PlanProblems where the folder holds files that are not ours, or a file of ours that someone changed
    """
    report = report_beside(folder, page.file, plan.fingerprint)
    found = files(REPORT if report else "")
    link = linking(page.file, plan.fingerprint)
    return write_files(found, folder, beside=True, before=before, linked=link) / page.file


def _style(names: Iterable[str]) -> str:
    """What pages of this frame need of style beyond that of a report."""
    inside = resources.files("tripleaim.reports")
    return "".join(inside.joinpath(f"templates/{name}.css").read_text(encoding="utf-8") + "\n" for name in names)


def _render(section: Section) -> Markup:
    return Markup(environment().get_template(section.template or "stress_part.html").render(**section.data))
