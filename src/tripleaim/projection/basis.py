"""Gap or pressure: which word the money of a plan may carry (method note 6)."""

from __future__ import annotations

from tripleaim.plan import Plan
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.projection.axes import Axes


def is_pressure(plan: Plan, axes: Axes) -> bool:
    """True when a member's opening position or allocation is missing: the headline is then pressure, never gap."""
    members = axes.nodes[: axes.members]
    return any(not _has_books(plan, body) for body in plan.organisations if body.key in members)


def _has_books(plan: Plan, body: Organisation) -> bool:
    """A commissioner needs an allocation, a council some income, a provider its costs, in the opening year."""
    given = any(
        row.organisation == body.key and row.recurrent and row.year == plan.opening_year for row in plan.allocations
    )
    heads = {row.side.value for row in plan.budgets if row.organisation == body.key and row.amount > 0}
    if body.role is Role.COUNCIL:
        return given or "income" in heads
    if body.role is Role.PROVIDER:
        return "cost" in heads
    return given
