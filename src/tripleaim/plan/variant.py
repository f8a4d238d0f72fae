"""A plan with other rows: the one way to make a whole plan from another."""

from __future__ import annotations

from typing import Any

from tripleaim.plan.plan import Plan


def with_tables(plan: Plan, **tables: tuple[Any, ...]) -> Plan:
    """The plan with other rows in some tables, checked as any plan is; what is known of the old one is not kept.

    tables : name of a table → all of its rows
    raises : pydantic's ValidationError for rows of another noun
    """
    kept = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan(**{**kept, **tables})
