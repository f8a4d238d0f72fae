"""A file as published, before anybody knows what it is: rows of text, no larger than a table of a plan may be."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.cells import LONGEST_CELL
from tripleaim.loading.collect import Problems, shown
from tripleaim.loading.csv_text import records
from tripleaim.loading.files import LARGEST_FILE, text_of
from tripleaim.loading.raw import BrokenOff, Cells
from tripleaim.loading.table import MOST_ROWS

_MEGABYTE = 1024 * 1024
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(frozen=True, kw_only=True)
class Page:
    """One table of text: its file's name, the fingerprint of the file, and its rows, gone through once.

    `name` stands in messages and in the note of a source, so nothing in it can move a terminal's cursor.
    """

    name: str
    sha256: str
    rows: Iterator[tuple[int, Cells]]


def read_page(file: Path) -> Page:
    """The text of a published file, row by row.

    raises : PlanProblems for a file that is not there, too large, or no comma-separated text
    """
    problems = Problems()
    name = shown(file.name)
    _refuse_unsafe(file, name)
    data = text_of(file, problems)
    if data is None:
        raise PlanProblems(problems.in_order())
    return Page(name=name, sha256=hashlib.sha256(file.read_bytes()).hexdigest(), rows=_rows(data, name))


def _refuse_unsafe(file: Path, name: str) -> None:
    try:
        status = file.stat()
    except OSError:
        raise _refused(name, "nothing there", "a file that may be read", "check the spelling of its name") from None
    if not stat.S_ISREG(status.st_mode):
        raise _refused(name, "a folder or device", "a published file", "give the file itself")
    if file.suffix.lower() in _WORKBOOKS:
        to_fix = "save the sheet with the figures as 'CSV UTF-8 (comma delimited)' and give that file"
        raise _refused(name, "a workbook", "comma-separated text", to_fix)
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
