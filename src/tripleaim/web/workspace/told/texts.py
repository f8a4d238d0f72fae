"""The texts of a kept plan: rows of one table, the heading, and how many rows each table has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from types import MappingProxyType

from django.core.cache import cache

from tripleaim.loading.csv_text import records
from tripleaim.loading.files import HEADING_FILE
from tripleaim.loading.numbers import shortest
from tripleaim.loading.packed import packed_files, packed_table
from tripleaim.loading.plan_texts import HEADING_COLUMNS, heading_text
from tripleaim.plan.describe import Column
from tripleaim.plan.tables import TABLES
from tripleaim.web.workspace.models import Content
from tripleaim.web.workspace.told.rows import HEADING, Key, key_of

Row = Mapping[str, str]


def parcel(fingerprint: str) -> bytes:
    """The bytes of a kept plan."""
    return bytes(Content.objects.values_list("packed", flat=True).get(pk=fingerprint))


def rows_of(data: bytes, table: str) -> tuple[Row, ...]:
    """The rows of one table of a parcel, each its cells' texts by column; the heading is one row."""
    return (heading_row(data),) if table == HEADING else packed_table(data, table)


def heading_row(data: bytes) -> Row:
    """The fields of the heading as texts; a list has a line for each item."""
    return heading_of(packed_files(data))


def heading_of(files: Mapping[str, bytes]) -> Row:
    """The heading among the files of a parcel."""
    stated = tomllib.loads(files[HEADING_FILE].decode())
    texts = {}
    for name, column in HEADING_COLUMNS.items():
        if name in stated:
            value = stated[name]
            texts[name] = heading_text(column, tuple(value) if isinstance(value, list) else value)
        else:
            texts[name] = ""
    return MappingProxyType(texts)


def by_key(table: str, rows: tuple[Row, ...]) -> dict[Key, Row]:
    """Rows by their key."""
    names = key_of(table)
    return {tuple(row.get(name, "") for name in names): row for row in rows}


def row_of(data: bytes, table: str, key: Key) -> Row | None:
    """One row of a parcel; None where there is none of this key."""
    return by_key(table, rows_of(data, table)).get(key)


def counts(fingerprint: str, data: bytes | None = None) -> Mapping[str, int]:
    """Table → number of its rows, of every table; looked through once for each plan."""
    name = f"tripleaim.rows.{fingerprint}"
    known: Mapping[str, int] | None = cache.get(name)
    if known is None:
        files = packed_files(parcel(fingerprint) if data is None else data)
        known = {
            form.name: max(sum(1 for _ in records(files[form.file])) - 1, 0) if form.file in files else 0
            for form in TABLES
        }
        cache.set(name, known, None)
    return known


def said(column: Column, row: Row) -> str:
    """What a field says, a range with its low and high: 0.1 (0.05 to 0.2)."""
    point, *ends = (row.get(name, "") for name in column.names)
    return f"{point} ({' to '.join(ends)})" if any(ends) else point


def shown(column: Column, row: Row) -> str:
    """What a field says as a reader sees it: long numbers parted in thousands, a true minus."""
    return number_words(said(column, row)) if column.kind in ("number", "whole") else said(column, row)


def number_words(text: str) -> str:
    """A number of a cell with its thousands parted; text that is none, or a range, part by part.

    >>> number_words("14000000"), number_words("-0.5"), number_words("0.1 (0.05 to 0.2)"), number_words("2016")
    ('14,000,000', '−0.5', '0.1 (0.05 to 0.2)', '2,016')
    """
    return " ".join(_number(part) for part in text.split(" "))


def _number(text: str) -> str:
    bare = text.strip("()")
    try:
        value = float(bare)
    except ValueError:
        return text
    whole, dot, rest = shortest(value).partition(".")
    if "e" in whole or "e" in rest:
        return text
    parted = f"{int(whole):,}" if whole.lstrip("-") else whole
    if whole.startswith("-") and not parted.startswith("-"):
        parted = "-" + parted
    return text.replace(bare, f"{parted}{dot}{rest}".replace("-", "−"))
