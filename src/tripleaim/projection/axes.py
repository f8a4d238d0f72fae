"""The one order of array axes on this floor.

Every array is (entity, year, case): an entity (line, bed pool, scheme, organisation …), then the year, then the case.

- **year** 0 is the opening year, 1 to T the years of the plan, T + 1 the year after the plan at recurrent run-rate.
- **case** is last, so that many cases run at once: the steps of the do-nothing walk, each scheme alone, the whole plan
  (see `cases.py`). Draws of a stress test are further cases. Values that do not differ have length 1 and broadcast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tripleaim.plan import Plan
from tripleaim.plan.organisation import Role
from tripleaim.plan.scheme import EffectKind
from tripleaim.quantities import financial_year, first_calendar_year

Array: TypeAlias = NDArray[np.float64]

OPENING = 0
"""Position of the opening year on the year axis."""


@dataclass(frozen=True, kw_only=True)
class Axes:
    """Names along each axis, in the order of the arrays."""

    years: tuple[str, ...]
    lines: tuple[str, ...]
    pools: tuple[str, ...]
    heads: tuple[str, ...]
    schemes: tuple[str, ...]
    effects: tuple[str, ...]
    staff: tuple[tuple[str, str], ...]
    nodes: tuple[str, ...]
    """Members of the place first, then every outside body money comes from or goes to."""
    members: int
    indicators: tuple[str, ...]

    @property
    def plan_years(self) -> int:
        """T, the number of years in the plan."""
        return len(self.years) - 2

    @property
    def last(self) -> int:
        """Position of the plan's last year."""
        return len(self.years) - 2

    @property
    def run_rate(self) -> int:
        """Position of the year after the plan."""
        return len(self.years) - 1


def after_opening(values: Array) -> tuple[float, ...]:
    """(year,) as plain numbers: the plan's years and the year after, the opening year left out."""
    return tuple(float(value) for value in values[1:])


def axes(plan: Plan) -> Axes:
    """Name every axis from a plan; rows are sorted by key, so the order of a file's rows changes nothing."""
    members = _members(plan)
    outside = sorted(_outside(plan, members))
    after = financial_year(first_calendar_year(plan.years[-1]) + 1)
    return Axes(
        years=(plan.opening_year, *plan.years, after),
        lines=tuple(sorted(row.key for row in plan.activity)),
        pools=tuple(sorted(row.key for row in plan.capacity)),
        heads=tuple(sorted(row.key for row in plan.budgets)),
        schemes=tuple(sorted(row.key for row in plan.schemes)),
        effects=tuple(sorted(row.key for row in plan.effects)),
        staff=tuple(sorted((row.organisation, row.group) for row in plan.workforce)),
        nodes=(*members, *outside),
        members=len(members),
        indicators=tuple(sorted(row.key for row in plan.indicators)),
    )


def _members(plan: Plan) -> tuple[str, ...]:
    """Bodies whose own position is followed: those with accounts, and payers some money is known of."""
    known = {line.commissioner for line in plan.activity} | {row.organisation for row in plan.allocations}
    payers = {row.key for row in plan.organisations if row.role in (Role.COMMISSIONER, Role.COUNCIL)}
    return tuple(sorted(row.key for row in plan.organisations if row.accounts or row.key in payers & known))


def node_of(body: str, members: tuple[str, ...]) -> str:
    """Where a body stands among the nodes: itself when a member, else outside the place."""
    return body if body in members or body.startswith("outside:") else f"outside:{body}"


def _outside(plan: Plan, members: tuple[str, ...]) -> set[str]:
    bodies = {"outside:resources", "outside:treasury"}
    bodies |= {node_of(line.provider, members) for line in plan.activity}
    bodies |= {node_of(line.commissioner, members) for line in plan.activity}
    named = [row.counterparty for row in plan.budgets] + [row.counterparty for row in plan.allocations]
    named += [row.counterparty for row in plan.effects] + [row.organisation for row in plan.budgets]
    named += [row.organisation for row in plan.allocations] + [row.organisation for row in plan.costs]
    named += [row.organisation for row in plan.workforce] + [row.provider for row in plan.capacity]
    named += [row.provider for row in plan.indicators if row.provider]
    named += [row.target for row in plan.effects if row.kind is EffectKind.INCOME]
    bodies |= {node_of(name, members) for name in named}
    bodies |= {node_of(row.kept_for, members) for row in plan.contracts if row.kept_for != "none"}
    return {body for body in bodies if body not in members}
