"""The fields of a row as a form has them: label, hint, unit, choices and bounds from their one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tripleaim.loading.row_problems import RowProblem
from tripleaim.plan.describe import Column, if_empty, may_hold
from tripleaim.web.workspace.told.rows import HEADING, columns_of, field_words, key_of, row_name
from tripleaim.web.workspace.told.texts import Row, rows_of

MOST_OFFERED = 300
"""So many rows of another table are offered in a list; where there are more, their key is typed."""
_LONG = 60
_TOLD = ("number", "whole", "year", "month", "date", "body", "list")
"""Kinds of fields whose hint says what they may hold; the others show it."""
_PARTS = ("Value", "Low: one in ten is lower", "High: one in ten is higher")


def groups(
    table: str, row: Mapping[str, str], data: bytes, problems: Iterable[Any] = (), key: tuple[str, ...] | None = None
) -> list[dict[str, Any]]:
    """The fields of a row, a range as three inputs under one heading.

    row      : what stands, or was typed, in each column
    data     : the parcel whose rows are offered where a field names another row
    problems : what was refused; those of this row are told beside their field
    key      : of a row that is there; its key cells are then told, not asked for
    """
    wrong = _by_column(problems, table, key)
    fixed = key_of(table) if key is not None else ()
    offered: dict[str, list[tuple[str, str]]] = {}
    return [_group(column, row, wrong, offered, data, column.field in fixed) for column in columns_of(table)]


def _by_column(problems: Iterable[Any], table: str, key: tuple[str, ...] | None) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for each in problems:
        here = isinstance(each, RowProblem) and (each.table or HEADING) == table and key in (None, each.key)
        if here and each.field:
            told = {"found": each.found, "expected": each.expected, "to_fix": each.to_fix}
            for name in each.field.split(", "):
                found.setdefault(name, []).append(told)
    return found


def _group(
    column: Column,
    row: Mapping[str, str],
    wrong: Mapping[str, list[dict[str, str]]],
    offered: dict[str, list[tuple[str, str]]],
    data: bytes,
    fixed: bool,
) -> dict[str, Any]:
    names = column.names
    return {
        "label": field_words(column.field),
        "hint": hint(column),
        "fixed": fixed,
        "needed": column.statement.required,
        "inputs": [
            {
                "id": f"f-{name}",
                "name": f"f-{name}",
                "label": _PARTS[place] if column.is_range else field_words(name),
                "value": row.get(name, ""),
                "errors": wrong.get(name, []),
                **_control(column, row.get(name, ""), offered, data),
            }
            for place, name in enumerate(names)
        ],
    }


def hint(column: Column) -> str:
    """What a field means, its unit, what it may hold and what an empty one means, in sentences."""
    stated = column.statement
    unit = "" if column.choices or column.refers_to or stated.unit in ("text", "") else f" Unit: {stated.unit}."
    holds = f" {_capital(may_hold(column))}." if column.kind in _TOLD else ""
    empty = "" if stated.required else f" If empty: {if_empty(column)}."
    return f"{stated.meaning.rstrip('.')}.{unit}{holds}{empty}".replace(".csv", "").replace("`", "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _control(column: Column, value: str, offered: dict[str, list[tuple[str, str]]], data: bytes) -> dict[str, Any]:
    """What kind of input a field has, and what it offers."""
    options = _options(column, offered, data)
    if options:
        if value and value not in dict(options):
            options = [*options, (value, value)]
        empty = [] if column.statement.required and value else [("", "Nothing")]
        return {"control": "select", "options": [*empty, *options]}
    if column.kind in ("text", "list") and (len(value) > _LONG or "\n" in value):
        return {"control": "area", "options": []}
    return {"control": "text", "options": [], "is_number": column.kind in ("number", "whole")}


def _options(column: Column, offered: dict[str, list[tuple[str, str]]], data: bytes) -> list[tuple[str, str]]:
    if column.kind == "choice":
        return [(each, each.replace("_", " ")) for each in column.choices]
    if column.kind == "yes_no":
        return [("yes", "yes"), ("no", "no")]
    if column.kind != "key" or column.refers_to is None:
        return []
    table, field = column.refers_to
    if table not in offered:
        found = {row.get(field, ""): _named(row, field) for row in rows_of(data, table)}
        offered[table] = list(found.items()) if len(found) <= MOST_OFFERED else []
    return offered[table]


def _named(row: Row, field: str) -> str:
    name = row.get("name") or row.get("title") or ""
    return f"{name} ({row.get(field, '')})" if name else row.get(field, "")


def typed(post: Mapping[str, str], table: str, before: Mapping[str, str]) -> dict[str, str]:
    """What a form says of each column; a column it does not carry stays as it was."""
    found = {}
    for column in columns_of(table):
        for name in column.names:
            text = post.get(f"f-{name}")
            found[name] = before.get(name, "") if text is None else text.replace("\r\n", "\n")
    return found


def ids(table: str, key: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """Where on the page of a row a problem's field stands: (name of the row, column) → id."""
    name = row_name(key)
    return {(name, each): f"f-{each}" for column in columns_of(table) for each in column.names}
