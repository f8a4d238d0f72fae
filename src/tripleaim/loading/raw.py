"""A plan before any cell is understood: tables of text cells, whatever form they were kept in.

A form (a folder of CSV files, a workbook) does two things only: it makes a `RawPlan` of what it holds, and it keeps
one. Everything a cell may mean, and every check, comes after and is the same for every form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Cells = list[str]
"""The cells of one row as text; an empty text is an empty cell."""


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """One table as text: its name (one of `TABLES`), the names over its columns, and its rows.

    `header` is None where the table is there and cannot be read; why has been noted among the problems by then.
    `rows` gives each row below the heading with the number its author knows it by (in a CSV file the heading is row 1).
    It is gone through once, so it may be lazy, and raises `BrokenOff` where the rest cannot be read.
    """

    name: str
    header: Cells | None
    rows: Iterable[tuple[int, Cells]] = ()


@dataclass(frozen=True, kw_only=True)
class RawPlan:
    """What a form holds of a plan: the fields of its heading as TOML would give them, and its tables.

    `heading` is None where it is not there or cannot be read; why has been noted among the problems by then.
    `tables` is gone through once, each table to its end before the next, so only one need be in memory at a time.
    """

    heading: Mapping[str, Any] | None
    tables: Iterable[RawTable]


class BrokenOff(Exception):
    """The rows of a table end in something that cannot be read: where, what was found, and how to fix it."""

    def __init__(self, row: int, field: str | None = None, *, found: str, expected: str, to_fix: str) -> None:
        super().__init__(found)
        self.row, self.field, self.found, self.expected, self.to_fix = row, field, found, expected, to_fix
