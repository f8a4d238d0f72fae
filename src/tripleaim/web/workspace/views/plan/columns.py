"""Columns of a table on a page: their notes, how they stand, where what they name leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from tripleaim.plan.describe import Column, if_empty, may_hold
from tripleaim.web.workspace.told.rows import Key, columns_of, field_words, key_of, row_name, row_words
from tripleaim.web.workspace.told.texts import Row, rows_of, shown
from tripleaim.web.workspace.views.frame import Here


def is_number(column: Column) -> bool:
    """Whether a column stands to the right, digits under digits."""
    return column.kind in ("number", "whole")


def notes_on(columns: Sequence[Column]) -> list[dict[str, str]]:
    """What the columns mean, from their one statement."""
    return [
        {
            "field": field_words(each.field) + (" (with its low and high)" if each.is_range else ""),
            "meaning": each.statement.meaning,
            "unit": "" if each.choices else each.statement.unit,
            "holds": may_hold(each).replace(".csv", ""),
            "empty": if_empty(each),
        }
        for each in columns
    ]


class Names:
    """What the rows of a version are called that cells of other tables name by their keys."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[str, Mapping[str, str]] = {}

    def said(self, column: Column, row: Row) -> str:
        """What a cell says, with the name of the row it names in place of its key; a choice in words."""
        text = shown(column, row)
        if column.choices:
            return text.replace("_", " ")
        target = column.refers_to
        if target is None or not text or column.kind == "list" or text.startswith("outside:"):
            return text
        named = self._of(target[0]).get(text) if key_of(target[0]) == (target[1],) else ""
        return named or text.replace("_", " ")

    def of_row(self, table: str, key: Key, row: Row) -> str:
        """What a row is called: its own name, or what the parts of its key name."""
        if len(key) < 2 or row.get("name") or row.get("title"):
            return row_words(table, key, row)
        parts = {each.field: self.said(each, row) for each in columns_of(table)}
        return ", ".join(parts[name] for name in key_of(table) if parts.get(name)) or row_words(table, key, row)

    def _of(self, table: str) -> Mapping[str, str]:
        if table not in self._known:
            (key,) = key_of(table)
            rows = rows_of(self._data, table)
            self._known[table] = {row[key]: row.get("name") or row.get("title") or "" for row in rows}
        return self._known[table]


def leads_to(here: Here, column: Column, row: Mapping[str, str], carried: str = "") -> str:
    """The address of the row that a cell names, or of the table where several may be meant; empty for other cells."""
    target, text = column.refers_to, row.get(column.field, "")
    if target is None or not text or column.kind == "list" or text.startswith("outside:"):
        return ""
    table, field = target
    if key_of(table) == (field,):
        return here.url("row", table=table, key=row_name((text,))) + carried
    joined = "&" if carried else "?"
    return f"{here.url('table', table=table)}{carried}{joined}words={quote(text)}"
