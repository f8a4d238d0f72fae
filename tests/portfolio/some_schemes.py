"""Some schemes of the invented place to choose from, under one limit on money, with the weights of two partners."""

from __future__ import annotations

from pathlib import Path

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.aim_weight import Aim, AimWeight
from tripleaim.plan.choice_limit import ChoiceLimit, LimitKind
from tripleaim.plan.scheme import Scheme
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.options import with_choice

ROOT = Path(__file__).resolve().parents[2]
SOME = ("home_first", "shared_record", "gp_hubs", "falls_exercise", "theatre_and_clinics")
POINTS = {"marsh_council": (60.0, 30.0, 10.0), "wealdshire_royal": (10.0, 20.0, 70.0)}
"""Points for health, care and money."""


def limit(key: str, kind: LimitKind, amount: float, of: str = "", year: str = "") -> ChoiceLimit:
    """A limit of the place's own."""
    return ChoiceLimit(key=key, name=f"Limit {key}", kind=kind, of=of, year=year, amount=amount, source="scheme_cases")


def with_scheme(plan: Plan, key: str, **changed: object) -> Plan:
    """The plan with one scheme changed."""
    rows = (Scheme(**{**dict(row), **changed}) if row.key == key else row for row in plan.schemes)
    return with_tables(plan, schemes=tuple(rows))


def some_schemes(*keys: str) -> Plan:
    """The invented place with some schemes only, and with no other tables to choose by than one limit and weights."""
    plan = with_choice(read_plan(ROOT / "plans" / "wealdshire_and_marsh"), dict.fromkeys(keys, 0))
    return with_tables(
        plan,
        choice_limits=(limit("revenue", LimitKind.REVENUE, 9e6),),
        aim_weights=tuple(
            AimWeight(organisation=body, gap=gap, points=own, source="scheme_cases")
            for body, every in POINTS.items()
            for gap, own in zip(Aim, every, strict=True)
        ),
        least_volumes=(),
        leadership_hours=(),
        own_tests=(),
        own_test_changes=(),
    )
