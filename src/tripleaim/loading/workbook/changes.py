"""What a workbook changed of the plan it was made from: cells, new rows, rows taken out; and whether it may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tripleaim.loading.completeness import Remark
from tripleaim.loading.heading import read_heading
from tripleaim.loading.table import TableReader
from tripleaim.loading.workbook.heading_sheet import stated_heading
from tripleaim.loading.workbook.opened import OpenWorkbook
from tripleaim.loading.workbook.part import MAY_BE_ADDED_TO, Owners, Part
from tripleaim.loading.workbook.problems import SheetProblems
from tripleaim.loading.workbook.table_sheet import raw_table
from tripleaim.plan.describe import HEADING, columns
from tripleaim.plan.plan import Heading, Plan
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun

Key = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: a cell (`field` and its new `value`), a new row (`row`), or a row taken out (`removes`)."""

    table: str
    key: Key
    sheet: str
    """The workbook and the sheet, in words."""
    row_number: int | None = None
    cell: str | None = None
    field: str = ""
    value: Any = None
    row: Noun | None = None
    removes: bool = False
    was: Noun | None = None
    """The row as the workbook was sent with it; None where it was not."""
    renamed: str = ""
    """For a row taken out: the keys of new rows in the same workbook that say the same under another key."""

    @property
    def where(self) -> str:
        """The workbook, sheet and cell in words."""
        return ", ".join(part for part in (self.sheet, self.cell) if part)


def changes_in(workbook: OpenWorkbook, base: Plan, part: Part | None, problems: SheetProblems) -> list[Change]:
    """Everything a workbook changed; rows it may not change, and cells that cannot be read, become problems."""
    sheets = {form.name: _rows_of(workbook, form, problems) for form in (part.forms if part else TABLES)}
    found = _heading_changes(workbook, base, problems) if part is None else []
    if len(problems):
        return []
    owners = Owners(base, {name: [row for _, row in rows.values()] for name, rows in sheets.items()})
    for form in TABLES:
        if form.name in sheets:
            found += _with_renamed(form, list(_table_changes(form, base, sheets[form.name], part, owners, problems)))
    return found


def remarks_on_keys(changes: Iterable[Change]) -> Iterator[Remark]:
    """Rows that seem to have got another key, which nothing in a workbook can tell from one row gone and one new."""
    for change in changes:
        if change.renamed:
            key = change.key[0]
            yield Remark(
                topic="Workbook",
                where=change.sheet,
                what=f"The row {key} was taken out, and a new one says the same under another key: {change.renamed}.",
                what_to_do=f"If it is the same row, use its old key again, or see that no other row still names {key}.",
            )


def _with_renamed(form: TableForm, found: list[Change]) -> list[Change]:
    """The changes of one table, each row that was taken out with the new rows that say the same under another key."""
    if form.key != ("key",):
        return found
    new: dict[tuple[Any, ...], list[str]] = {}
    for change in found:
        if change.row is not None:
            new.setdefault(_beside_key(change.row), []).append(change.key[0])
    return [
        replace(change, renamed=", ".join(new.get(_beside_key(change.was), ())))
        if change.removes and change.was is not None
        else change
        for change in found
    ]


def _beside_key(row: Noun) -> tuple[Any, ...]:
    return tuple(getattr(row, column.field) for column in columns(type(row)) if column.field != "key")


def _rows_of(workbook: OpenWorkbook, form: TableForm, problems: SheetProblems) -> dict[Key, tuple[int, Noun]]:
    sheet = workbook.sheets.get(form.name)
    if sheet is None:
        problems.add(
            form.file,
            None,
            None,
            found="no such sheet",
            expected="every sheet the workbook was made with, also those without rows",
            to_fix="put the sheet back; to take its rows out, delete the rows",
        )
        return {}
    table = raw_table(form, sheet, problems)
    if table is None:
        return {}
    read = TableReader(replace(form, required=False), problems).run(table)
    rows = zip(read.numbers, read.rows, strict=True)
    return {tuple(getattr(row, name) for name in form.key): (number, row) for number, row in rows}


def _heading_changes(workbook: OpenWorkbook, base: Plan, problems: SheetProblems) -> list[Change]:
    sheet = workbook.sheets.get(HEADING)
    stated = stated_heading(sheet.rows(), problems) if sheet else {}
    heading = read_heading(stated, problems) if stated is not None else None
    if heading is None:
        return []
    where = f"{problems.workbook}, sheet {HEADING}"
    return [
        Change(
            table=HEADING,
            key=(),
            sheet=where,
            cell=problems.heading_cells.get(column.field, (0, None))[1],
            field=column.field,
            value=getattr(heading, column.field),
            was=base.heading,
        )
        for column in columns(Heading)
        if getattr(heading, column.field) != getattr(base.heading, column.field)
    ]


def _table_changes(
    form: TableForm,
    base: Plan,
    rows: dict[Key, tuple[int, Noun]],
    part: Part | None,
    owners: Owners,
    problems: SheetProblems,
) -> Iterator[Change]:
    then = {tuple(getattr(row, name) for name in form.key): row for row in getattr(base, form.name)}
    where = f"{problems.workbook}, sheet {form.name}"
    for key, (number, row) in rows.items():
        old = then.get(key)
        if old == row:
            continue
        if part is not None and _refused(form, number, old, row, part, owners, problems):
            continue
        if old is None:
            first = problems.cell(form.file, number, form.key[0])
            yield Change(table=form.name, key=key, sheet=where, row_number=number, cell=first, row=row)
            continue
        for column in columns(form.noun):
            value = getattr(row, column.field)
            if value != getattr(old, column.field):
                cell = problems.cell(form.file, number, column.field)
                changed = {"field": column.field, "value": value, "was": old}
                yield Change(table=form.name, key=key, sheet=where, row_number=number, cell=cell, **changed)
    for key, old in then.items():
        mine = part is None or owners.of(form.name, old) == part.organisation
        if key not in rows and mine:
            yield Change(table=form.name, key=key, sheet=where, removes=True, was=old)


def _refused(
    form: TableForm, number: int, old: Noun | None, row: Noun, part: Part, owners: Owners, problems: SheetProblems
) -> bool:
    """Refuse a changed row that is not, or would no longer be, the organisation's own."""
    if form.name == MAY_BE_ADDED_TO:
        if old is None:
            return False
        whose = "one the plan has already"
    else:
        of = [owners.of(form.name, each) for each in (old, row) if each is not None]
        if all(owner == part.organisation for owner in of):
            return False
        other = next(owner for owner in of if owner != part.organisation)
        whose = f"a row of {other}" if other else "a row that is nobody's own"
    problems.add(
        form.file,
        number,
        form.key[0],
        found=whose,
        expected=f"rows of {part.organisation}" if form.name != MAY_BE_ADDED_TO else "new sources only",
        to_fix="take the row out as it was, or ask whoever keeps the plan to change it",
    )
    return True
