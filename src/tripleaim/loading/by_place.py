"""The rows of a plan, each found by its table and key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tripleaim.plan.describe import HEADING
from tripleaim.plan.plan import Heading, Plan, sort_rows
from tripleaim.plan.tables import TABLES
from tripleaim.quantities import Noun

Place = tuple[str, tuple[Any, ...]]
"""A row of a plan: its table and key. The heading is the row of no key in the table `HEADING`."""


def by_place(plan: Plan) -> dict[Place, Noun]:
    """Every row of a plan by its place, and its heading."""
    rows: dict[Place, Noun] = {(HEADING, ()): plan.heading}
    for form in TABLES:
        for row in getattr(plan, form.name):
            rows[form.name, tuple(getattr(row, name) for name in form.key)] = row
    return rows


def plan_of(rows: Mapping[Place, Noun]) -> Plan:
    """The plan of rows that have been changed, its tables sorted by key; nothing between them is checked."""
    heading = rows[HEADING, ()]
    assert isinstance(heading, Heading)
    by_table: dict[str, list[Any]] = {form.name: [] for form in TABLES}
    for (table, _), row in rows.items():
        if table != HEADING:
            by_table[table].append(row)
    tables: dict[str, Any] = {name: sort_rows(name, tuple(found)) for name, found in by_table.items()}
    return Plan(heading=heading, **tables)
