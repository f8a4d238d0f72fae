"""The files of an answer: a part of a page, its tables, its figures in full, and what other pages read of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tripleaim.plan import Plan

PAGE, CONTENTS, BRIEF, RESULT, BOOK = "page.html", "page.json", "brief.json", "result.json", "report.xlsx"
SHEET = "on_a_page.html"
"""The place on a page, as a part of a page."""
Told = Callable[[float, str], None]
"""Called with how far the work is, 0 to 1, and what is being done."""
Files = dict[str, bytes]


def files_of(kind: str, plan: Plan, options: Mapping[str, Any], told: Told) -> Files:
    """Everything a run of one kind keeps, by name.

    options : complete, as `asked.read_options` gives them
    raises  : PlanProblems and Impossible, as the verbs do
    """
    return MAKERS[kind](plan, options, told)


def _run(plan: Plan, options: Mapping[str, Any], told: Told) -> Files:
    from tripleaim.loading import remarks
    from tripleaim.projection import project
    from tripleaim.reports import datapackage, spreadsheet
    from tripleaim.reports.brief import brief_of
    from tripleaim.reports.html import pages_and_exhibits
    from tripleaim.reports.json_out import json_report

    told(0.05, "Working out what happens, with and without the schemes")
    noted = tuple(each.told for each in remarks(plan))
    found = project(plan)
    told(0.4, "Writing the report")
    pages, shown = pages_and_exhibits(found, noted)
    written = {
        **pages,
        **{f"data/{name}": text for name, text in shown.files.items()},
        f"data/{datapackage.FILE}": datapackage.report_datapackage(found, shown),
    }
    told(0.7, "Writing its tables")
    book = spreadsheet.report_workbook(found, shown, noted)
    told(0.85, "Keeping what other pages tell of it")
    return {
        **_kept(written, "index.html", json_report(found, noted), brief_of(found, noted)),
        **_part(written, SHEET, SHEET),
        BOOK: book,
    }


def _stress(plan: Plan, options: Mapping[str, Any], told: Told) -> Files:
    from tripleaim.projection import project
    from tripleaim.reports import stress_section
    from tripleaim.reports.brief.stress import stress_brief
    from tripleaim.stress.whole import PARTS, whole_test

    parts = _Parts((*PARTS, "Writing the page"), told)
    run = project(plan)
    found = whole_test(plan, run, options["draws"], options["seed"], told=parts.begin, counted=parts.draws)
    parts.begin("Writing the page")
    written = stress_section.stress_files(found, run)
    return _kept(written, stress_section.PAGE, written[stress_section.RESULT], stress_brief(found, run))


def _choose(plan: Plan, options: Mapping[str, Any], told: Told) -> Files:
    from tripleaim.portfolio.choosing import NORMAL, PARTS, choose
    from tripleaim.portfolio.solver import Effort
    from tripleaim.reports.brief.choice import choice_brief
    from tripleaim.reports.choose_page import BOARD, choose_files

    parts = _Parts((*PARTS, "Writing the page"), told)
    found = choose(
        plan,
        aim=options["aim"],
        draws=options["draws"] or None,
        seed=options["seed"],
        effort=Effort(gap=options["gap"], nodes=NORMAL.nodes),
        told=parts.begin,
    )
    parts.begin("Writing the page")
    written = choose_files(found)
    return _kept(written, BOARD.file, written[BOARD.result], choice_brief(found))


def _share(plan: Plan, options: Mapping[str, Any], told: Told) -> Files:
    from tripleaim.incentives.agreement.rules import Rule
    from tripleaim.incentives.sharing import PARTS, share
    from tripleaim.reports.brief.sharing import sharing_brief
    from tripleaim.reports.share_page import BOARD, share_files

    parts = _Parts((*PARTS, "Writing the page"), told)
    found = share(
        plan,
        schemes=options["schemes"] or None,
        draws=options["draws"],
        seed=options["seed"],
        rule=Rule(options["rule"]),
        form=options["form"],
        told=parts.begin,
    )
    parts.begin("Writing the page")
    written = share_files(found)
    return _kept(written, BOARD.file, written[BOARD.result], sharing_brief(found))


MAKERS: Mapping[str, Callable[[Plan, Mapping[str, Any], Told], Files]] = {
    "run": _run,
    "stress": _stress,
    "choose": _choose,
    "share": _share,
}
"""Kind of a run → what works it out."""


def _kept(written: Mapping[str, str], page: str, result: str, brief: Mapping[str, Any]) -> Files:
    """What every kind keeps: its page, its tables, its figures, its brief."""
    return {
        **_part(written, page, PAGE, _headline(brief)),
        **{name: text.encode() for name, text in written.items() if name.startswith("data/")},
        RESULT: result.encode(),
        BRIEF: json.dumps(brief, ensure_ascii=False, separators=(",", ":")).encode(),
    }


def _headline(brief: Mapping[str, Any]) -> str:
    """The answer in a sentence."""
    return str(brief["headline"] if "headline" in brief else brief["place"]["verdict"]["words"])


def _part(written: Mapping[str, str], page: str, name: str, headline: str = "") -> Files:
    """A page as a part of another page, and beside it its title, its contents and its answer in a sentence."""
    from tripleaim.reports.embedded import embedded

    part = embedded(written, page)
    about = {"title": part.title, "headline": headline, "contents": part.contents, "links": part.links}
    return {
        name: part.html.encode(),
        name.replace(".html", ".json"): json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode(),
    }


class _Parts:
    """How far the work is, by the parts it goes through one after another, and in the first by its draws."""

    def __init__(self, names: tuple[str, ...], told: Told) -> None:
        self._names, self._told, self._at = names, told, 0

    def begin(self, name: str) -> None:
        """A part begins."""
        self._at = self._names.index(name)
        self._told(self._at / len(self._names), f"Part {self._at + 1} of {len(self._names)}: {name.lower()}")

    def draws(self, done: int, of: int) -> None:
        """So many draws of the part are done."""
        self._told((self._at + done / of) / len(self._names), f"{done:,} of {of:,} draws")
