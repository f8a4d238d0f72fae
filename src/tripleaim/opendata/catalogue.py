"""What every column means, and where its values come from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """Where values come from, and what was done to them."""

    key: str
    kind: str
    title: str
    publisher: str
    year: str
    url: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table: meaning, unit, source, kind and year."""

    table: str
    column: str
    meaning: str
    unit: str
    source: str
    kind: str
    year: str
