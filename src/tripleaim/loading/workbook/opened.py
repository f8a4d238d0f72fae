"""A workbook opened in a process of its own; what comes back is plain cells, row by row."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.scratch import scratch_folder
from tripleaim.loading.workbook.layout import AS_SENT, COVER, SHEETS
from tripleaim.loading.workbook.process import answer_apart

ANY_SHEET = "*"
"""Asks for every sheet: no sheet can have this name."""

Row = tuple[int, list[Any]]
"""The number of a row and its cells: a text, a number, True or False, None, or a dict for what is no plain value."""


@dataclass(frozen=True)
class SheetCells:
    """One sheet of an open workbook, and what stands out in it."""

    name: str
    hidden: bool
    formulas: tuple[str, ...]
    merged: tuple[str, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[tuple[int, int], ...]
    file: Path
    offset: int
    lines: int

    def rows(self) -> Iterator[Row]:
        """The rows that hold anything, a thousand at a time in memory at most."""
        with self.file.open(encoding="utf-8") as lines:
            lines.seek(self.offset)
            for _ in range(self.lines):
                yield from json.loads(lines.readline())


@dataclass(frozen=True)
class OpenWorkbook:
    """The sheets that hold a plan, by name, and the names of the others."""

    path: Path
    sheets: dict[str, SheetCells]
    others: tuple[str, ...]


@contextmanager
def opened(path: Path, *, every_sheet: bool = False, as_sent: bool = False) -> Iterator[OpenWorkbook]:
    """Open a workbook for as long as it is read: the sheets that hold a plan, or every sheet.

    as_sent : also the sheet that says what the workbook was sent with
    raises : PlanProblems, with the one problem, for a file that is not safe or not a workbook
    """
    with scratch_folder(Path(tempfile.gettempdir()) / "workbook") as scratch:
        rows = scratch / "rows"
        answer = _read_apart(path, rows, _wanted(every_sheet, as_sent))
        if "refused" in answer:
            raise _refused(path, answer["refused"])
        read = [each for each in answer["sheets"] if each.pop("read")]
        sheets = {each["name"].lower(): _sheet(each, rows) for each in read}
        others = tuple(each["name"] for each in answer["sheets"] if each["name"].lower() not in sheets)
        yield OpenWorkbook(path, sheets, others)


def _wanted(every_sheet: bool, as_sent: bool) -> list[str]:
    names = (*SHEETS, COVER, *((AS_SENT,) if as_sent else ()))
    return [ANY_SHEET] if every_sheet else [name.lower() for name in names]


def _read_apart(path: Path, rows: Path, wanted: list[str]) -> dict[str, Any]:
    answer = answer_apart("main", path, str(rows), *wanted)
    if answer is not None:
        return answer
    return {
        "refused": {
            "found": "a file that could not be read within the time and memory set aside",
            "expected": "a workbook of ordinary size, as Excel or LibreOffice saves it",
            "to_fix": "open it in Excel or LibreOffice and save it again, or thin it out",
        }
    }


def _refused(path: Path, refusal: dict[str, Any]) -> PlanProblems:
    sheet = f", sheet {refusal['sheet']}" if refusal.get("sheet") else ""
    problem = Problem(
        file=f"{path.name}{sheet}",
        row=refusal.get("row"),
        found=refusal["found"],
        expected=refusal["expected"],
        to_fix=refusal["to_fix"],
    )
    return PlanProblems([problem])


def _sheet(about: dict[str, Any], file: Path) -> SheetCells:
    return SheetCells(
        name=about["name"],
        hidden=about["hidden"],
        formulas=tuple(about["formulas"]),
        merged=tuple(about["merged"]),
        hidden_rows=tuple(about["hidden_rows"]),
        hidden_columns=tuple((first, last) for first, last in about["hidden_columns"]),
        file=file,
        offset=about["offset"],
        lines=about["lines"],
    )
