"""A workbook to a plan: its sheets as tables of text, each cell only as what its column holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.completeness import Remark
from tripleaim.loading.nearest import nearest
from tripleaim.loading.raw import RawPlan
from tripleaim.loading.read import no_rubbish_collection, understood
from tripleaim.loading.workbook.cover import Origin, read_cover
from tripleaim.loading.workbook.heading_sheet import stated_heading
from tripleaim.loading.workbook.layout import BESIDE, ENDING, OTHER_ENDINGS, SHEETS
from tripleaim.loading.workbook.opened import OpenWorkbook, SheetCells, opened
from tripleaim.loading.workbook.problems import SheetProblems
from tripleaim.loading.workbook.table_sheet import raw_tables
from tripleaim.plan.describe import HEADING
from tripleaim.plan.plan import Plan

_MOST_NAMED = 5


def is_workbook(path: Path) -> bool:
    """True for a path that names a workbook, of this form or another."""
    return path.suffix.lower() in (ENDING, *OTHER_ENDINGS) and not os.path.isdir(path)


def read_workbook(path: Path | str, told: list[Remark] | None = None) -> Plan:
    """The plan in a workbook. What its reader should know (formulas, hidden rows, other sheets) is added to `told`.

    raises : PlanProblems with every problem at once, by sheet and cell; no cell is ever guessed at
    """
    path = Path(path)
    problems = SheetProblems(path.name)
    with opened(checked(path)) as workbook, no_rubbish_collection():
        origin = read_cover(workbook)
        if origin.organisation:
            raise PlanProblems([_only_a_part(path, origin)])
        found = understood(raw_workbook(workbook, problems), problems)
        if told is not None:
            told.extend(remarks_on(workbook))
    return found


def origin_of(path: Path) -> Origin:
    """The plan a workbook was made from, as its cover says.

    raises : PlanProblems for a file that is not safe or not a workbook
    """
    with opened(checked(path)) as workbook:
        return read_cover(workbook)


def raw_workbook(workbook: OpenWorkbook, problems: SheetProblems) -> RawPlan:
    """What a workbook holds of a plan, as text; its tables are gone through once, one after the other."""
    _refuse_misnamed(workbook, problems)
    heading = workbook.sheets.get(HEADING)
    if heading is None:
        problems.add(
            "plan.toml",
            None,
            None,
            found="no such sheet",
            expected="a sheet every plan has",
            to_fix="name the sheet with the fields of the plan: plan; or export the plan again",
        )
    return RawPlan(
        heading=None if heading is None else stated_heading(heading.rows(), problems),
        tables=raw_tables(workbook, problems),
    )


def checked(path: Path) -> Path:
    """A path that names a file of the right ending; whether it is a sound workbook is found out apart."""
    ending = path.suffix.lower()
    if not os.path.isfile(path):
        found, to_fix = "nothing there", "check the spelling of the file's name"
        if os.path.exists(path):
            found, to_fix = "not a plain file", "give the workbook itself"
    elif ending != ENDING:
        found = "a workbook with macros (.xlsm)" if ending == ".xlsm" else f"a workbook of another form ({ending})"
        to_fix = "open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)"
    else:
        return path
    raise PlanProblems([Problem(file=path.name, found=found, expected="an Excel workbook (.xlsx)", to_fix=to_fix)])


def _only_a_part(path: Path, origin: Origin) -> Problem:
    return Problem(
        file=path.name,
        found=f"part of a plan: the rows of {origin.organisation} only",
        expected="a whole plan",
        to_fix=f"merge it into the plan it came from: tripleaim merge PLAN {path.name}",
    )


def _refuse_misnamed(workbook: OpenWorkbook, problems: SheetProblems) -> None:
    """A sheet that looks like a table whose name was misspelt is refused, so that nothing is left out unseen."""
    for name in workbook.others:
        missing = [known for known in SHEETS if known not in workbook.sheets]
        near = nearest(name.strip().lower().replace(" ", "_"), missing, at_least=0.8)
        if near and name not in BESIDE:
            problems.add(
                f"{problems.workbook}, sheet {name}",
                None,
                None,
                found="a sheet that no plan has",
                expected="the tables of a plan",
                to_fix=f"name it {near}, or take it out of the workbook",
            )


def remarks_on(workbook: OpenWorkbook) -> tuple[Remark, ...]:
    """What was taken as it stands, and somebody should know."""
    return tuple(_remarks_on(workbook))


def beyond_the_plan(workbook: OpenWorkbook) -> str:
    """What a workbook holds that a plan does not keep, in words: sheets of somebody's own, formulas; or nothing."""
    sheets = [f"sheet {name}" for name in workbook.others if name not in BESIDE]
    formulas = [
        f"a formula in sheet {each.name}, {cell}" for each in workbook.sheets.values() for cell in each.formulas
    ]
    return _some([*sheets, *formulas])


def _remarks_on(workbook: OpenWorkbook) -> Iterator[Remark]:
    file = workbook.path.name
    others = [name for name in workbook.others if name not in BESIDE]
    if others:
        said = f"Nothing was read of {_some(others)}: no plan has such sheets."
        yield _remark(file, said, "Check that no figure of the plan stands there only.")
    for sheet in workbook.sheets.values():
        where = f"{file}, sheet {sheet.name}"
        if sheet.formulas:
            cells = _some(sheet.formulas)
            yield _remark(
                where,
                f"{cells} held a formula; its value when the workbook was last saved was taken.",
                "Check that it was worked out; a plan keeps values only.",
            )
        yield from _hidden(sheet, where)


def _hidden(sheet: SheetCells, where: str) -> Iterator[Remark]:
    if sheet.hidden_rows:
        said = f"Row {_some([str(row) for row in sheet.hidden_rows])} was hidden or filtered away, and was read."
        yield _remark(where, said, "Show all rows and look at them.")
    if sheet.hidden_columns:
        yield _remark(where, "Some columns were hidden, and were read.", "Show them and look at them.")


def _remark(where: str, what: str, what_to_do: str) -> Remark:
    return Remark(topic="Workbook", where=where, what=what, what_to_do=what_to_do)


def _some(names: list[str] | tuple[str, ...]) -> str:
    first = ", ".join(names[:_MOST_NAMED])
    return first if len(names) <= _MOST_NAMED else f"{first} and {len(names) - _MOST_NAMED} more"
