"""Reading a packaged table into records: each column is the field of the same name."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import fields
from importlib.resources import files
from itertools import starmap
from typing import Any, TypeVar

T = TypeVar("T")

FOLDER = files("tripleaim.opendata").joinpath("data")


def if_published(text: str) -> float | None:
    """A number, or None where the cell is blank: blank is not published, never nought."""
    return float(text) if text else None


CONVERT: dict[str, Callable[[str], Any]] = {
    "int": int,
    "float": float,
    "float | None": if_published,
    "bool": "yes".__eq__,
}
"""How the text of a cell becomes the value of a field, by the type the record states."""


def cells(table: str) -> Iterator[list[str]]:
    """The rows of a packaged table as text, the header first."""
    return csv.reader(FOLDER.joinpath(f"{table}.csv").read_text("utf-8").splitlines())


def records(table: str, record: type[T]) -> tuple[T, ...]:
    """Every row of a packaged table as a record with exactly these fields.

    raises : ValueError when the columns are not the fields (a fault of the build, not of the user)
    """
    header, *rows = cells(table)
    named = [(each.name, str(each.type)) for each in fields(record)]  # type: ignore[arg-type]
    if header != [name for name, _ in named]:
        raise ValueError(f"{table}.csv has the columns {header}, expected {[name for name, _ in named]}")
    columns = [
        column if kind == "str" else map(CONVERT[kind], column)
        for (_, kind), column in zip(named, zip(*rows, strict=True), strict=True)
    ]
    return tuple(starmap(record, zip(*columns, strict=True)))
