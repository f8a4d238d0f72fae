"""The plan sheet to the fields of a heading, as plan.toml would state them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tripleaim.loading.files import HEADING_FILE
from tripleaim.loading.numbers import Refused, whole, yes_no
from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.loading.workbook.cells import shown, text_of
from tripleaim.loading.workbook.layout import PLAN_HEADER
from tripleaim.loading.workbook.opened import Row
from tripleaim.loading.workbook.problems import SheetProblems
from tripleaim.plan.describe import Column, columns
from tripleaim.plan.plan import Heading

_COLUMNS = {column.field: column for column in columns(Heading)}


def stated_heading(rows: Iterable[Row], problems: SheetProblems) -> dict[str, Any] | None:
    """The fields the rows of the plan sheet state; a list has a row for each part. None if not readable."""
    before = len(problems)
    stated: dict[str, Any] = {}
    places: tuple[int, int] | None = None
    for row, cells in rows:
        if places is None:
            places = _header(cells)
            continue
        name, value = (cells[place] if place < len(cells) else None for place in places)
        if name is None and value is None:
            continue
        name = name if isinstance(name, str) else shown(name) if name is not None else ""
        problems.heading_cells.setdefault(name, (row, f"{letters_of(places[1])}{row}"))
        _state(stated, name, value, problems)
    if places is None:
        problems.add(
            HEADING_FILE,
            None,
            None,
            found="no row of column names",
            expected=f"columns named {PLAN_HEADER[0]} and {PLAN_HEADER[1]}",
            to_fix="put the row of column names back, or export the plan again",
        )
    return stated if len(problems) == before else None


def _header(cells: list[Any]) -> tuple[int, int] | None:
    field, value = PLAN_HEADER
    return (cells.index(field), cells.index(value)) if field in cells and value in cells else None


def _state(stated: dict[str, Any], name: str, value: Any, problems: SheetProblems) -> None:
    column = _COLUMNS.get(name)
    if column is not None and column.kind == "list":
        parts = stated.setdefault(name, [])
        text = _read(column, value, problems)
        if text not in (None, ""):
            parts.append(text)
    elif name in stated:
        _refuse(problems, name, "this field a second time", "each field once", "delete one of the two rows")
    elif value is not None:
        stated[name] = _read(column, value, problems)


def _read(column: Column | None, value: Any, problems: SheetProblems) -> Any:
    if column is None:
        return "" if value is None else shown(value)
    try:
        if column.kind == "yes_no":
            return value if isinstance(value, bool) else yes_no(text_of(value, column))
        text = text_of(value, column)
        return whole(text) if column.kind == "whole" else text
    except Refused as refused:
        _refuse(problems, column.field, shown(value), refused.expected, refused.to_fix)
        return None


def _refuse(problems: SheetProblems, name: str, found: str, expected: str, to_fix: str) -> None:
    problems.add(HEADING_FILE, None, name, found=found, expected=expected, to_fix=to_fix)
