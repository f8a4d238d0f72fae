"""What changed between two kept plans, read from their texts: by table, row and field, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tripleaim.loading.csv_text import records
from tripleaim.loading.packed import packed_files
from tripleaim.plan.tables import TABLES
from tripleaim.reports.words import listed, plural
from tripleaim.web.workspace.told.rows import (
    HEADING,
    Key,
    columns_of,
    field_words,
    key_of,
    row_name,
    row_words,
    table_words,
)
from tripleaim.web.workspace.told.texts import Row, by_key, heading_of, number_words, said
from tripleaim.web.workspace.wording import cut

Kind = Literal["changed", "added", "removed"]


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change: a field of a row, or a whole row. `row` is its name in addresses; a removed row has no `new`."""

    table: str
    row: str
    words: str
    kind: Kind
    field: str = ""
    old: str | None = None
    new: str | None = None

    @property
    def table_words(self) -> str:
        """The table's name in words."""
        return table_words(self.table)

    @property
    def label(self) -> str:
        """The field's name in words."""
        return field_words(self.field)

    @property
    def sentence(self) -> str:
        """The change said aloud."""
        if self.kind != "changed":
            return f"{self.table_words}: {self.words} {self.kind}."
        where = self.label if self.table == HEADING else f"{self.words}, {self.label.lower()}"
        return f"{where}: {cut(self.new) or 'nothing'}, was {cut(self.old) or 'nothing'}."

    @property
    def record(self) -> dict[str, Any]:
        """As an edit keeps it."""
        return {"table": self.table, "row": self.row, "field": self.field, "old": self.old, "new": self.new}


def changes_told(old: bytes, new: bytes) -> tuple[Told, ...]:
    """Every change from one parcel to the other, in reading order. Tables whose files are alike are not looked into."""
    if old == new:
        return ()
    before, after = packed_files(old), packed_files(new)
    return tuple(_all(before, after))


def _all(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Told]:
    yield from _in_row(HEADING, (), heading_of(before), heading_of(after))
    for form in TABLES:
        old, new = before.get(form.file, b""), after.get(form.file, b"")
        if old != new:
            yield from _in_table(form.name, _rows(form.name, old), _rows(form.name, new))


def _rows(table: str, text: bytes) -> dict[Key, Row]:
    if not text:
        return {}
    (_, header), *lines = records(text)
    return by_key(table, tuple(dict(zip(header, cells, strict=True)) for _, cells in lines))


def _in_table(table: str, old: Mapping[Key, Row], new: Mapping[Key, Row]) -> Iterator[Told]:
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None:
            if was != now:
                yield from _in_row(table, key, was, now)
        else:
            words = row_words(table, key, was or now)
            kind: Kind = "added" if was is None else "removed"
            name = row_name(key)
            here = None if now is None else words
            yield Told(table=table, row=name, words=words, kind=kind, old=None if was is None else words, new=here)


def _in_row(table: str, key: Key, was: Row, now: Row) -> Iterator[Told]:
    names = key_of(table)
    for column in columns_of(table):
        if column.field in names:
            continue
        old, new = said(column, was), said(column, now)
        if old != new:
            if column.kind in ("number", "whole"):
                old, new = number_words(old), number_words(new)
            words, name = row_words(table, key, now), row_name(key)
            yield Told(table=table, row=name, words=words, kind="changed", field=column.field, old=old, new=new)


@dataclass(frozen=True, kw_only=True)
class TableChanges:
    """The changes of one table."""

    table: str
    words: str
    changes: tuple[Told, ...]

    @property
    def summary(self) -> str:
        """How many of which kind: 3 figures changed, 1 row added."""
        count = Counter(each.kind for each in self.changes)
        rows = {kind: plural(count[kind], "row") for kind in ("added", "removed") if count[kind]}
        fields = [f"{plural(count['changed'], 'field')} changed"] if count["changed"] else []
        return listed([*fields, *(f"{many} {kind}" for kind, many in rows.items())])


def by_table(changes: Iterable[Told]) -> tuple[TableChanges, ...]:
    """Changes by their table, in reading order."""
    found: dict[str, list[Told]] = {}
    for change in changes:
        found.setdefault(change.table, []).append(change)
    return tuple(TableChanges(table=name, words=table_words(name), changes=tuple(all_)) for name, all_ in found.items())


def in_short(changes: Sequence[Told]) -> str:
    """How much changed and where, in one sentence.

    >>> in_short(())
    'Nothing changed.'
    """
    if not changes:
        return "Nothing changed."
    tables = by_table(changes)
    where = listed([f"{table.words.lower()} ({table.summary})" for table in tables[:4]])
    more = f", and {plural(len(tables) - 4, 'more table')}" if len(tables) > 4 else ""
    return f"{plural(len(changes), 'change')}: {where}{more}."
