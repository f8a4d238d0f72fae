"""A file as published, before anybody knows what it is: rows of text, no larger than a table of a plan may be.

A CSV file is one page; a workbook is one page a sheet, read apart and counted like a plan's own workbook.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.cells import LONGEST_CELL
from tripleaim.loading.collect import Problems, shown
from tripleaim.loading.csv_text import records
from tripleaim.loading.files import LARGEST_FILE, text_of
from tripleaim.loading.numbers import shortest
from tripleaim.loading.raw import BrokenOff, Cells
from tripleaim.loading.table import MOST_ROWS
from tripleaim.loading.workbook.cells import shown as shown_cell
from tripleaim.loading.workbook.opened import SheetCells, opened

_MEGABYTE = 1024 * 1024
_OTHER_WORKBOOKS = (".xlsm", ".xls", ".ods")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One table of text: its file's name, the fingerprint of the file, and its rows, gone through once.

    `name` stands in messages and in the note of a source, so nothing in it can move a terminal's cursor. `title` is
    the name of a sheet; it may say what the figures are.
    """

    name: str
    sha256: str
    rows: Iterator[tuple[int, Cells]]
    title: str = ""


@contextmanager
def pages(file: Path) -> Iterator[list[Page]]:
    """The pages of a published file, for as long as it is read. Hidden sheets are not read.

    raises : PlanProblems for a file that is not there, too large, or neither comma-separated text nor a workbook
    """
    name = shown(file.name)
    _refuse_unsafe(file, name)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    if file.suffix.lower() == ".xlsx":
        with opened(file, every_sheet=True) as workbook:
            seen = [sheet for sheet in workbook.sheets.values() if not sheet.hidden]
            yield [_sheet_page(sheet, name, sha256) for sheet in seen]
        return
    problems = Problems()
    data = text_of(file, problems)
    if data is None:
        raise PlanProblems(problems.in_order())
    yield [Page(name=name, sha256=sha256, rows=_rows(data, name))]


def _sheet_page(sheet: SheetCells, name: str, sha256: str) -> Page:
    title = shown(sheet.name)
    rows = ((row, [_text(value) for value in cells]) for row, cells in sheet.rows())
    return Page(name=f"{name}, sheet {title}", sha256=sha256, rows=rows, title=title)


def _text(value: Any) -> str:
    """A cell of a workbook as text; a date, an error or a formula without its result stays one, and is no figure."""
    if value is None:
        return ""
    return shortest(value) if isinstance(value, float | int) and not isinstance(value, bool) else _words(value)


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else shown_cell(value)


def _refuse_unsafe(file: Path, name: str) -> None:
    try:
        status = file.stat()
    except OSError:
        raise _refused(name, "nothing there", "a file that may be read", "check the spelling of its name") from None
    if not stat.S_ISREG(status.st_mode):
        raise _refused(name, "a folder or device", "a published file", "give the file itself")
    if file.suffix.lower() in _OTHER_WORKBOOKS:
        to_fix = "open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx) or as CSV UTF-8"
        raise _refused(name, "a workbook of another form", "comma-separated text or .xlsx", to_fix)
    if status.st_size > LARGEST_FILE:
        raise _refused(
            name,
            f"{status.st_size / _MEGABYTE:,.0f} MB",
            f"a file of at most {LARGEST_FILE // _MEGABYTE} MB",
            "keep the headings and the rows of the plan's own areas and organisations, and leave out the rest",
        )


def _refused(name: str, found: str, expected: str, to_fix: str) -> PlanProblems:
    return PlanProblems([Problem(file=name, found=found, expected=expected, to_fix=to_fix)])


def _rows(data: bytes, name: str) -> Iterator[tuple[int, Cells]]:
    try:
        for row, cells in records(data):
            if row > MOST_ROWS:
                raise _refused(name, "a further row", f"at most {MOST_ROWS:,} rows", "leave out rows not needed")
            if any(len(cell) > LONGEST_CELL for cell in cells):
                problem = Problem(
                    file=name,
                    row=row,
                    found="a cell that is too long",
                    expected=f"at most {LONGEST_CELL:,} characters",
                    to_fix="shorten it",
                )
                raise PlanProblems([problem])
            yield row, [cell.strip() for cell in cells]
    except BrokenOff as broken:
        problem = Problem(file=name, row=broken.row, found=broken.found, expected=broken.expected, to_fix=broken.to_fix)
        raise PlanProblems([problem]) from None
