"""Which rows of a plan every step of the walk and the bridge rests on (method note 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.plan import TABLES, Plan
from tripleaim.plan.money import Side
from tripleaim.plan.place import PlaceKind
from tripleaim.plan.row import Row
from tripleaim.plan.scheme import CostKind, EffectKind

KEYS = {form.name: form.key for form in TABLES}


@dataclass(frozen=True, kw_only=True)
class RowBehind:
    """One row that a step rests on."""

    table: str
    """File in the plan's folder."""
    key: str
    """Its key columns, with " / " between them."""
    source: str
    weight: float
    """How much it counts when the step is cut by what it rests on, against the other rows of the step; 0 = the step
    uses it and is cut by other rows."""


Weighed = Iterable[tuple[Row, float]]


def rows_behind(plan: Plan) -> dict[str, tuple[RowBehind, ...]]:
    """Key of a step of the walk or bridge → the rows it rests on. The steps of the bridge between totals are the
    schemes, by their keys.
    """
    own = {scheme.key: _of_scheme(plan, scheme.key) for scheme in plan.schemes}
    effects = _weighed("effects", ((row, 1.0) for row in plan.effects))
    income = [row for row in plan.effects if row.kind is EffectKind.INCOME]
    return {
        "opening": (
            *_weighed("budgets", ((row, row.amount) for row in plan.budgets if not row.from_year)),
            *_weighed("allocations", ((r, r.amount) for r in plan.allocations if r.year == plan.opening_year)),
            *_weighed("activity", ((row, row.baseline * row.unit_cost) for row in plan.activity)),
        ),
        "demographic": _people(plan),
        "non_demographic": (
            *_weighed("activity", ((r, r.baseline * r.unit_cost * abs(r.growth.point)) for r in plan.activity)),
            *_weighed("budgets", ((row, row.amount * abs(row.growth.point)) for row in plan.budgets)),
        ),
        "pay_and_prices": _prices(plan),
        "new_duties": _weighed("budgets", ((row, row.amount) for row in plan.budgets if row.from_year)),
        "funding_growth": _weighed("allocations", ((r, r.amount) for r in plan.allocations if r.year in plan.years)),
        **own,
        "overlap": effects,
        "income": _weighed("effects", ((row, 1.0) for row in income)),
        "whole_wards": (
            *_weighed("capacity", ((row, row.open_beds) for row in plan.capacity)),
            *_weighed("staffing", ((row, 0.0) for row in plan.staffing if row.bed_pool)),
        ),
        "resources": (
            *_weighed("posts", ((row, 1.0) for row in plan.posts)),
            *_weighed("posts_available", ((row, 1.0) for row in plan.posts_available)),
            *_weighed("costs", ((row, 1.0) for row in plan.costs if row.kind is CostKind.CAPITAL)),
        ),
    }


def _of_scheme(plan: Plan, key: str) -> tuple[RowBehind, ...]:
    """A scheme's own row, its costs and its posts; it is cut by its effects."""
    return (
        *_weighed("schemes", ((row, 0.0) for row in plan.schemes if row.key == key)),
        *_weighed("effects", ((row, 1.0) for row in plan.effects if row.scheme == key)),
        *_weighed("costs", ((row, 0.0) for row in plan.costs if row.scheme == key)),
        *_weighed("posts", ((row, 0.0) for row in plan.posts if row.scheme == key)),
    )


def _people(plan: Plan) -> tuple[RowBehind, ...]:
    """Everybody counted, and the profiles by age as much as all of them together; and the care they use."""
    reference = {place.key for place in plan.places if place.kind is PlaceKind.REFERENCE}
    counted = [row for row in plan.population if row.place not in reference]
    expected = [row for row in plan.projections if row.place not in reference]
    everybody = sum(row.persons for row in (*counted, *expected))
    share = everybody / max(1, len(plan.age_profiles))
    return (
        *_weighed("population", ((row, row.persons) for row in counted)),
        *_weighed("projections", ((row, row.persons) for row in expected)),
        *_weighed("age_profiles", ((row, share) for row in plan.age_profiles)),
        *_weighed("activity", ((row, 0.0) for row in plan.activity)),
    )


def _prices(plan: Plan) -> tuple[RowBehind, ...]:
    """Each index row, weighed by the money it inflates times its own change; and the rows inflated."""
    money: dict[str, float] = {}
    heads = [head for head in plan.budgets if head.side is Side.COST]
    lines = [line for line in plan.activity if line.cost_index]
    for head in heads:
        money[head.index] = money.get(head.index, 0.0) + head.amount
    for line in lines:
        money[line.cost_index] = money.get(line.cost_index, 0.0) + line.baseline * line.unit_cost
    return (
        *_weighed("indices", ((r, money.get(r.index, 0.0) * abs(r.change.point)) for r in plan.indices)),
        *_weighed("budgets", ((row, 0.0) for row in heads)),
        *_weighed("activity", ((row, 0.0) for row in lines)),
    )


def _weighed(table: str, rows: Weighed) -> tuple[RowBehind, ...]:
    return tuple(
        RowBehind(
            table=f"{table}.csv",
            key=" / ".join(str(part) for column in KEYS[table] if (part := getattr(row, column)) != ""),
            source=row.source,
            weight=weight,
        )
        for row, weight in rows
    )
