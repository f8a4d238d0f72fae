"""Taking rows out of a plan, so that nothing left in it names what has gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from tripleaim.plan import Plan
from tripleaim.plan.describe import columns
from tripleaim.plan.tables import TABLES
from tripleaim.plan.variant import with_tables
from tripleaim.quantities import Noun

SCHEME = ("schemes", "key")


@dataclass(frozen=True, kw_only=True)
class Without:
    """A plan without some schemes."""

    plan: Plan
    """What is left."""
    schemes: tuple[str, ...]
    """Every scheme that went: those asked for, and those that need one of them."""


def without_rows(plan: Plan, table: str, rows: Iterable[Noun]) -> Plan:
    """The plan without some rows of a table that no other table refers to."""
    gone = {id(row) for row in rows}
    left = tuple(row for row in getattr(plan, table) if id(row) not in gone)
    return with_tables(plan, **{table: left})


def without_schemes(plan: Plan, keys: Collection[str]) -> Without:
    """The plan without some schemes, without those that need one of them, and without all that belongs to either.

    A scheme has no benefit before those it needs have theirs, so where one is gone the other has none.
    """
    gone = _with_dependants(plan, set(keys))
    tables: dict[str, Any] = {form.name: _left(form.noun, getattr(plan, form.name), gone) for form in TABLES}
    tables["schemes"] = tuple(row for row in tables["schemes"] if row.key not in gone)
    tables["stated"] = tuple(
        type(row)(**{**dict(row), "placed_with": ""}) if row.placed_with in gone else row for row in tables["stated"]
    )
    return Without(plan=with_tables(plan, **tables), schemes=tuple(sorted(gone)))


def _with_dependants(plan: Plan, gone: set[str]) -> set[str]:
    more = {scheme.key for scheme in plan.schemes if gone & set(scheme.needs)} - gone
    return _with_dependants(plan, gone | more) if more else gone


def _left(noun: type[Noun], rows: tuple[Noun, ...], gone: set[str]) -> tuple[Noun, ...]:
    """Rows that belong to no scheme that has gone, with no such scheme in their lists."""
    naming = [column for column in columns(noun) if column.refers_to == SCHEME]
    one = [column.field for column in naming if column.kind != "list"]
    several = [column.field for column in naming if column.kind == "list"]
    kept = (row for row in rows if not any(getattr(row, field) in gone for field in one))
    return tuple(_unlinked(row, several, gone) for row in kept)


def _unlinked(row: Noun, several: list[str], gone: set[str]) -> Noun:
    lists = {field: tuple(key for key in getattr(row, field) if key not in gone) for field in several}
    if all(lists[field] == getattr(row, field) for field in several):
        return row
    return type(row)(**{**dict(row), **lists})
