"""Columns of a table on a page: their notes, how they stand, where what they name leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from tripleaim.plan.describe import Column, if_empty, may_hold
from tripleaim.web.workspace.told.rows import field_words, key_of, row_name
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
