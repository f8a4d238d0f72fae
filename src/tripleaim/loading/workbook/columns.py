"""The columns of a table's sheet: how each looks, what it offers to choose from, what it says when entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.loading.workbook.beside import in_workbook
from tripleaim.loading.workbook.looks import Looks
from tripleaim.plan.describe import Column, columns, may_hold
from tripleaim.plan.tables import TableForm

_NARROW, _WIDE = 12, 48
_LOOKED_AT = 300
_LARGE = 10_000
_SPARE_ROWS = 500
"""Rows below the last that have the same drop-downs, for those who add rows."""
_SHORT_LIST = 2_000
_LONGEST_PROMPT = 255
_LONGEST_TITLE = 32


@dataclass(frozen=True)
class Choices:
    """The lists a workbook has: the place of each by name, and the keys of each table."""

    places: Mapping[str, str]
    keys: Mapping[str, Mapping[str, str]]

    def of(self, form: TableForm, column: Column) -> str | None:
        """The place of the list a column chooses from, if it has one."""
        if column.kind == "yes_no":
            return self.places["yes or no"]
        if column.kind == "choice":
            return self.places.get(f"{form.name} {column.field}")
        if column.refers_to and column.kind == "key" and column.refers_to[1] == "key":
            table = column.refers_to[0]
            return self.places.get(f"keys of {table}") if len(self.keys.get(table, ())) <= _SHORT_LIST else None
        return None


@dataclass(frozen=True)
class ColumnLook:
    """One column as its sheet shows it."""

    column: Column
    name: str
    place: int
    unit: str
    numeric: bool
    large: bool
    width: float
    look: Any


def column_looks(form: TableForm, looks: Looks, rows: list[list[str]]) -> list[ColumnLook]:
    """How the columns of a table are shown, judged by the first few hundred rows."""
    shown: list[ColumnLook] = []
    for column in columns(form.noun):
        numeric = column.kind in ("number", "whole")
        for name in column.names:
            place = len(shown)
            texts = [cells[place] for cells in rows[:_LOOKED_AT] if cells[place]]
            large = numeric and column.field != "year" and any(abs(float(text)) >= _LARGE for text in texts)
            longest = max(map(len, (*texts, name)), default=0)
            look = looks.amount if large else looks.number if numeric else looks.text
            width = min(_WIDE, max(_NARROW, longest + 4 + (3 if large else 0)))
            shown.append(ColumnLook(column, name, place, _unit(column, name), numeric, large, width, look))
    return shown


def _unit(column: Column, name: str) -> str:
    if name != column.field:
        return "one in ten lower" if name.endswith("_low") else "one in ten higher"
    if column.choices:
        return "several of a list" if column.kind == "list" else "one of a list"
    return column.statement.unit


def dress(
    sheet: Any, form: TableForm, looks: Looks, shown: list[ColumnLook], first: int, count: int, choices: Choices
) -> None:
    """Drop-downs, words when a cell is entered, and thousands parted in large amounts; no value is changed."""
    last = first + max(count, 1) - 1
    for each in shown:
        place = each.place
        sheet.data_validation(first, place, last + _SPARE_ROWS, place, _validation(form, each, choices))
        if each.large:
            letters = letters_of(place)
            rule = {"type": "formula", "criteria": f"={letters}{first + 1}=INT({letters}{first + 1})"}
            sheet.conditional_format(first, place, last + _SPARE_ROWS, place, {**rule, "format": looks.whole_amount})
    text = [each for each in shown if not each.numeric]
    if text:
        ranges = " ".join(
            f"{letters_of(e.place)}{first + 1}:{letters_of(e.place)}{last + _SPARE_ROWS + 1}" for e in text
        )
        sheet.ignore_errors({"number_stored_as_text": ranges})


def _validation(form: TableForm, each: ColumnLook, choices: Choices) -> dict[str, Any]:
    column = each.column
    said = f"{column.statement.meaning}. May hold: {in_workbook(may_hold(column))} ({each.unit})."
    told = {"input_title": each.name[:_LONGEST_TITLE], "input_message": _cut(said)}
    place = choices.of(form, column)
    if place is None:
        return {"validate": "any", **told}
    return {
        "validate": "list",
        "source": place,
        "error_type": "warning",
        "error_title": "Not on the list",
        "error_message": "This is not on the list. Keep it only if you are adding it to the plan.",
        **told,
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_PROMPT else f"{text[: _LONGEST_PROMPT - 1]}…"
