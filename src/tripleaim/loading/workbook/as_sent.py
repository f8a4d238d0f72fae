"""What a workbook was sent with, on a sheet of its own: so it can be merged into a plan that has moved on since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.heading import read_heading
from tripleaim.loading.raw import Cells, RawTable
from tripleaim.loading.table import TableReader
from tripleaim.loading.workbook.cover import Origin
from tripleaim.loading.workbook.heading_sheet import stated_heading
from tripleaim.loading.workbook.layout import AS_SENT, CHECK_SUM, PLAN_HEADER
from tripleaim.loading.workbook.opened import OpenWorkbook
from tripleaim.loading.workbook.part import OWNED_BY, Owners, Part, part_of
from tripleaim.loading.workbook.problems import SheetProblems
from tripleaim.plan.describe import HEADING
from tripleaim.plan.plan import Heading, Plan
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun

MOST_ROWS = 100_000
"""Most rows of a plan that are carried a second time; a workbook of a larger plan is merged with its base named."""


@dataclass(frozen=True)
class Sent:
    """What a workbook was sent with: the name of its plan, and the cells of each sheet, header first."""

    name: str
    sheets: Mapping[str, list[Cells]]


def lines_as_sent(heading: Sequence[Cells], tables: Mapping[str, list[Cells]]) -> list[Cells]:
    """The lines of the sheet: each is a line of one of the workbook's sheets, after that sheet's name.

    heading : field and value, line by line
    tables  : the lines of each table's sheet, its header first
    """
    sheets = {HEADING: [list(PLAN_HEADER), *heading], **tables}
    return [[name, *_bare(cells)] for name, lines in sheets.items() for cells in lines]


def check_sum(fingerprint: str, organisation: str, lines: Sequence[Cells]) -> str:
    """What tells whether anybody changed the sheet, or put it into another workbook."""
    told = json.dumps([fingerprint, organisation, lines], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def read_as_sent(workbook: OpenWorkbook, origin: Origin) -> Sent | None:
    """What the workbook was sent with; None where it has no such sheet.

    raises : PlanProblems where the sheet is not as it was written
    """
    sheet = workbook.sheets.get(AS_SENT.lower())
    if sheet is None:
        return None
    stated, lines = "", []
    for _, cells in sheet.rows():
        if stated:
            lines.append(_bare(["" if cell is None else str(cell) for cell in cells]))
        elif cells and cells[0] == CHECK_SUM:
            stated = str(cells[1]) if len(cells) > 1 else "none"
    if stated != check_sum(origin.fingerprint, origin.organisation, lines):
        raise PlanProblems([_changed(workbook)])
    sheets: dict[str, list[Cells]] = {}
    for name, *cells in lines:
        sheets.setdefault(name, []).append(cells)
    return Sent(next(value for field, value in sheets[HEADING] if field == "name"), sheets)


def base_as_sent(sent: Sent, origin: Origin, plan: Plan, workbook: str) -> Plan:
    """The plan a workbook is compared with: its rows as they were sent, and for a part the rest as the plan is now.

    workbook : its name, for refusals
    raises   : PlanProblems for an organisation the plan does not have any more
    """
    problems = SheetProblems(AS_SENT)
    if not origin.organisation:
        stated = stated_heading(enumerate(sent.sheets[HEADING], 1), problems)
        heading = read_heading(stated, problems) if stated is not None else None
        tables: dict[str, Any] = {form.name: _rows(form, sent, problems) for form in TABLES}
    else:
        part = part_of(plan, origin.organisation, workbook)
        heading = plan.heading
        tables = {form.name: tuple(_with_others(form, sent, part, problems)) for form in TABLES}
    if len(problems) or not isinstance(heading, Heading):
        raise PlanProblems(problems.in_order())
    return Plan(heading=heading, **tables)


def _with_others(form: TableForm, sent: Sent, part: Part, problems: SheetProblems) -> Iterator[Noun]:
    """Rows of one table: the organisation's as sent, everybody else's as they are now."""
    owners = Owners(part.plan)
    mine = _rows(form, sent, problems) if form.name in OWNED_BY else ()
    keys = {_key(form, row) for row in mine}
    yield from mine
    for row in getattr(part.plan, form.name):
        if _key(form, row) not in keys and owners.of(form.name, row) != part.organisation:
            yield row


def _rows(form: TableForm, sent: Sent, problems: SheetProblems) -> tuple[Noun, ...]:
    header, *below = sent.sheets.get(form.name) or [[]]
    if not below:
        return ()
    rows = [(number, [*cells, *[""] * (len(header) - len(cells))]) for number, cells in enumerate(below, 2)]
    read = TableReader(replace(form, required=False), problems).run(RawTable(name=form.name, header=header, rows=rows))
    return tuple(read.rows)


def _key(form: TableForm, row: Noun) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in form.key)


def _bare(cells: Sequence[str]) -> Cells:
    """Cells without the empty ones at the end, which a workbook does not keep."""
    bare = list(cells)
    while bare and not bare[-1]:
        bare.pop()
    return bare


def _changed(workbook: OpenWorkbook) -> Problem:
    return Problem(
        file=f"{workbook.path.name}, sheet {AS_SENT}",
        found="other cells than the workbook was sent with",
        expected="the sheet as it was written, so that what you changed elsewhere can be told",
        to_fix="put the sheet back as it was; or delete it, and name the plan it was exported from with --base",
    )
