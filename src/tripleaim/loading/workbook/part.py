"""The part of a plan one organisation answers for: its rows, and which new rows it may add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tripleaim.errors import Impossible
from tripleaim.loading.nearest import listed, nearest
from tripleaim.plan.plan import Plan
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun

OWNED_BY: dict[str, tuple[str, ...]] = {
    "organisations": ("key",),
    "activity": ("provider",),
    "planned_units": ("line", "activity", "provider"),
    "capacity": ("provider",),
    "budgets": ("organisation",),
    "allocations": ("organisation",),
    "control_totals": ("organisation",),
    "council_measures": ("organisation",),
    "workforce": ("organisation",),
    "posts_available": ("organisation",),
    "staffing": ("organisation",),
    "schemes": ("lead",),
    "effects": ("scheme", "schemes", "lead"),
    "costs": ("organisation",),
    "posts": ("organisation",),
    "actions": ("scheme", "schemes", "lead"),
    "indicators": ("provider",),
    "indicator_groups": ("indicator", "indicators", "provider"),
}
"""Whose a row is: the field that names its organisation, or the field, table and field that lead there.

Activity, beds and indicators are their provider's; a scheme, its effects and actions its lead's. Tables that are
nobody's alone (places, people, prices, contracts) are not changed in a part; sources may be added to."""

MAY_BE_ADDED_TO = "sources"


@dataclass(frozen=True)
class Part:
    """One organisation's part of a plan."""

    organisation: str
    name: str
    plan: Plan

    @property
    def forms(self) -> tuple[TableForm, ...]:
        """The tables a part has: those that have owners, and the sources it may add to."""
        return tuple(form for form in TABLES if form.name in OWNED_BY or form.name == MAY_BE_ADDED_TO)

    def rows(self, form: TableForm) -> tuple[Noun, ...]:
        """The rows of one table that are the organisation's own."""
        owner = Owners(self.plan)
        return tuple(row for row in getattr(self.plan, form.name) if owner.of(form.name, row) == self.organisation)


class Owners:
    """Finds whose a row is, by the tables of one plan, and for what is new by the rows a workbook adds."""

    def __init__(self, plan: Plan, added: Mapping[str, Iterable[Any]] | None = None) -> None:
        self._through: dict[tuple[str, str], dict[str, str]] = {}
        for path in OWNED_BY.values():
            if len(path) > 1:
                _, table, field = path
                rows = [*(added or {}).get(table, ()), *getattr(plan, table)]  # what the plan says comes last and holds
                self._through[table, field] = {row.key: getattr(row, field) for row in rows}

    def of(self, table: str, row: Noun) -> str | None:
        """The key of the organisation a row is of; None where it is nobody's alone."""
        path = OWNED_BY.get(table)
        if path is None:
            return None
        named = str(getattr(row, path[0]))
        return named if len(path) == 1 else self._through[path[1], path[2]].get(named)


def part_of(plan: Plan, organisation: str) -> Part:
    """The part of a plan an organisation answers for.

    raises : Impossible for an organisation the plan does not have
    """
    names = {each.key: each.name for each in plan.organisations}
    if organisation in names:
        return Part(organisation, names[organisation], plan)
    near = nearest(organisation, names)
    meant = f" Did you mean {near}?" if near else ""
    raise Impossible(f"The plan has no organisation {organisation}.{meant} It has {listed(names, 40)}.")
