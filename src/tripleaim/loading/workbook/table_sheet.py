"""One sheet to one raw table: where its header stands, and the text of its cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.numbers import Refused
from tripleaim.loading.raw import BrokenOff, Cells, RawTable
from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.loading.workbook.cells import shown, text_of
from tripleaim.loading.workbook.opened import OpenWorkbook, Row, SheetCells
from tripleaim.loading.workbook.problems import SheetProblems
from tripleaim.plan.describe import Column, columns, headings
from tripleaim.plan.tables import TABLES, TableForm

_LOOKED_AT = 30
"""Rows among which the header is looked for."""


def raw_tables(workbook: OpenWorkbook, problems: SheetProblems) -> Iterator[RawTable]:
    """The tables a workbook holds; an empty table that a plan may leave out is left out.

    raises : PlanProblems, with the one problem, where none of several sheets has its column names
    """
    _refuse_without_headers(workbook)
    for form in TABLES:
        sheet = workbook.sheets.get(form.name)
        if sheet is not None:
            table = raw_table(form, sheet, problems)
            if table is not None:
                yield table


def _refuse_without_headers(workbook: OpenWorkbook) -> None:
    sheets = [(form, workbook.sheets[form.name]) for form in TABLES if form.name in workbook.sheets]
    if len(sheets) < 2 or any(_has_header(form, sheet) for form, sheet in sheets):
        return
    problem = Problem(
        file=workbook.path.name,
        found=f"no row of column names on any of the {len(sheets)} sheets of a plan",
        expected="the names of the columns over each table",
        to_fix="put the rows of column names back, or export the plan again",
    )
    raise PlanProblems([problem])


def _has_header(form: TableForm, sheet: SheetCells) -> bool:
    return _header_place(form, list(islice(sheet.rows(), _LOOKED_AT))) is not None


def raw_table(form: TableForm, sheet: SheetCells, problems: SheetProblems) -> RawTable | None:
    """One sheet as text; None where it holds a header and nothing below it."""
    if _refused_whole(form, sheet, problems):
        return RawTable(name=form.name, header=None)
    rows = sheet.rows()
    first = list(islice(rows, _LOOKED_AT))
    at = _header_place(form, first)
    if at is None:
        problems.add(
            form.file,
            None,
            None,
            found="no row of column names" if first else "an empty sheet",
            expected=f"the names of the columns: {', '.join(headings(form.noun)[:4])} …",
            to_fix="put the row of column names back, or export the plan again",
        )
        return RawTable(name=form.name, header=None)
    row, cells = first[at]
    header = _header_texts(cells)
    problems.learn_header(form.file, row, header)
    below = first[at + 1 :]
    if not below and not form.required:
        return None
    return RawTable(name=form.name, header=header, rows=_Texts(form, header, problems).of(chain(below, rows)))


def _refused_whole(form: TableForm, sheet: SheetCells, problems: SheetProblems) -> bool:
    if sheet.hidden:
        problems.add(
            form.file,
            None,
            None,
            found="a hidden sheet",
            expected="sheets that everybody can see",
            to_fix="show the sheet and look at it, or delete it",
        )
    for cells in sheet.merged:
        problems.add(
            form.file,
            None,
            None,
            found=f"merged cells {cells}",
            expected="one value in every cell",
            to_fix="unmerge them and write each value in its own cell",
        )
    return sheet.hidden or bool(sheet.merged)


def _header_place(form: TableForm, first: list[Row]) -> int | None:
    """The row that holds most of the known names; the first such row."""
    known = set(headings(form.noun))
    counts: list[int] = [sum(isinstance(cell, str) and cell in known for cell in cells) for _, cells in first]
    most = max(counts, default=0)
    return counts.index(most) if most else None


def _header_texts(cells: list[Any]) -> Cells:
    texts = ["" if cell is None else cell if isinstance(cell, str) else shown(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


class _Texts:
    """Gives the rows of one sheet as text; a row with an odd cell is told and left out, and the table breaks off."""

    def __init__(self, form: TableForm, header: Cells, problems: SheetProblems) -> None:
        self.form, self.header, self.problems = form, header, problems
        known = {name: column for column in columns(form.noun) for name in column.names}
        self.columns: list[Column | None] = [known.get(name) for name in header]
        self.numeric = [column is not None and column.kind in ("number", "whole") for column in self.columns]
        self.last: BrokenOff | None = None

    def of(self, rows: Iterator[Row]) -> Iterator[tuple[int, Cells]]:
        width = len(self.header)
        numeric = self.numeric
        for number, cells in rows:
            try:
                texts = [
                    cell
                    if type(cell) is str
                    else format(cell + 0.0, ".15g")
                    if type(cell) is float and numeric[place]
                    else text_of(cell, self.columns[place])
                    for place, cell in enumerate(cells)
                ]
            except (Refused, IndexError):
                self._tell(number, cells)
                continue
            if len(texts) > width:
                self._tell(number, cells)
            elif any(texts):
                yield number, texts + [""] * (width - len(texts))
        if self.last is not None:
            raise self.last

    def _tell(self, number: int, cells: list[Any]) -> None:
        """Note every odd cell of a row; the last of a sheet is kept back, to break the table off with."""
        for place, cell in enumerate(cells):
            if place >= len(self.header):
                if cell is not None:
                    where = f"{letters_of(place)}{number}"
                    found = f"something beside the table, in {where}: {shown(cell)}"
                    self._note(
                        number, None, found, "cells under a column name", "delete it, or move it to another sheet"
                    )
                continue
            try:
                text_of(cell, self.columns[place])
            except Refused as refused:
                self._note(number, self.header[place] or None, shown(cell), refused.expected, refused.to_fix)

    def _note(self, row: int, field: str | None, found: str, expected: str, to_fix: str) -> None:
        before, self.last = self.last, BrokenOff(row, field, found=found, expected=expected, to_fix=to_fix)
        if before is not None:
            self.problems.add(
                self.form.file,
                before.row,
                before.field,
                found=before.found,
                expected=before.expected,
                to_fix=before.to_fix,
            )
