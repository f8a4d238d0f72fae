"""What each column of a report's tables means and its unit, said once for the workbook and the data package."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from tripleaim.charts import Table

TEXT = "text"
"""The unit of a column of words."""
NAMING_SOURCES = ("Source", "Source key", "Rests on")
"""Headings of columns that hold keys of sources."""


@dataclass(frozen=True)
class Column:
    """One column of a table as its file has it.

    name    : heading, once in its table
    unit    : unit of its figures, or `text`
    meaning : a sentence without its full stop
    numeric : whether every cell is a number or has no figure
    places  : decimals shown
    signed  : whether + is shown as well as −
    """

    name: str
    unit: str
    meaning: str
    numeric: bool
    places: int = 1
    signed: bool = False


def columns(key: str, table: Table) -> tuple[Column, ...]:
    """The columns of a table, with those by which a row is followed to the plan.

    key : name of the table, which is that of its file without the ending
    """
    rows = list(table.records())
    shown = dict(zip(table.numeric, table.places, strict=False))
    found = []
    for place, name in enumerate(table.heads):
        cells = [row[place] for row in rows]
        numeric = place in table.numeric and not any(isinstance(cell, str) for cell in cells)
        unit, meaning = _note(key, name) or ((table.unit or "number") if numeric else TEXT, name)
        found.append(Column(name, unit, meaning, numeric, shown.get(place, 1), place in table.signed))
    return tuple(found)


def sources_of(table: Table, known: Iterable[str]) -> tuple[str, ...]:
    """The keys of sources that rows of a table name, in the order of `known`."""
    places = [place for place, name in enumerate(table.heads) if name in NAMING_SOURCES]
    cells = (str(row[place]) for row in table.records() for place in places)
    named = {part.strip() for cell in cells for part in cell.split(";")}
    return tuple(key for key in known if key in named)


def _note(key: str, name: str) -> tuple[str, str] | None:
    """Unit and meaning of a column: the first line of column_notes.csv that fits table and column."""
    return next(((unit, meaning) for column, unit, meaning in _notes_on(key) if fnmatchcase(name, column)), None)


@cache
def _notes_on(key: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((column, unit, meaning) for table, column, unit, meaning in _notes() if fnmatchcase(key, table))


@cache
def _notes() -> tuple[tuple[str, str, str, str], ...]:
    text = files("tripleaim.reports").joinpath("column_notes.csv").read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines())
    next(lines)
    return tuple((table, column, unit, meaning) for table, column, unit, meaning in lines)
