"""The part of a plan one organisation answers for: its rows, and which new rows it may add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tripleaim.errors import PlanProblems, Problem
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
_MOST_NEAR = 3
"""So many organisations are offered where none has the name that was asked for."""


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


def part_of(plan: Plan, organisation: str, where: str = "--organisation") -> Part:
    """The part of a plan an organisation answers for.

    organisation : its key
    where        : what names the organisation, for the refusal
    raises       : PlanProblems for a key the plan does not have
    """
    names = {each.key: each.name for each in plan.organisations}
    if organisation not in names:
        raise PlanProblems([_unknown(plan, organisation, where)])
    return Part(organisation, names[organisation], plan)


def meant(plan: Plan, asked: str) -> tuple[str | None, list[Problem]]:
    """The key of the organisation that is asked for by its key or its whole name, or why there is not just one."""
    if any(each.key == asked for each in plan.organisations):
        return asked, []
    found = [each.key for each in plan.organisations if _plain(each.name) == _plain(asked)]
    if len(found) == 1:
        return found[0], []
    if not found:
        return None, [_unknown(plan, asked, "--organisation")]
    problem = Problem(
        file="--organisation",
        found=f"{asked}: the name of {len(found)} organisations",
        expected="one organisation of the plan",
        to_fix=f"name one by its key: {', '.join(found)}",
    )
    return None, [problem]


def _unknown(plan: Plan, asked: str, where: str) -> Problem:
    near = _near(plan, asked)
    have = listed([each.key for each in plan.organisations], 40)
    return Problem(
        file=where,
        found=f"{asked}: the plan has no such organisation",
        expected="an organisation of the plan, by its key or its whole name",
        to_fix=f"did you mean {' or '.join(near)}?" if near else f"name one of {have}",
    )


def _near(plan: Plan, asked: str) -> list[str]:
    """Organisations whose key or name is like what was asked, or holds it: the key, and the name in brackets."""
    bodies = {each.key: each for each in plan.organisations}
    keys_of = {_plain(each.name): each.key for each in reversed(plan.organisations)}
    alike = (nearest(asked, bodies), keys_of.get(nearest(_plain(asked), keys_of) or ""))
    holding = [key for key, each in bodies.items() if _plain(asked) and _plain(asked) in _plain(each.name)]
    found = dict.fromkeys(key for key in (*alike, *holding) if key)
    return [f"{key} ({bodies[key].name})" for key in list(found)[:_MOST_NEAR]]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
