"""Model-wide assumptions that nothing in a plan makes use of: drawn, they would move no figure."""

from __future__ import annotations

from tripleaim.plan import Plan
from tripleaim.plan.organisation import Role
from tripleaim.plan.scheme import CostKind
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure


def idle_assumptions(plan: Plan) -> frozenset[str]:
    """Keys of the assumptions that move no figure of this plan, so that they are not counted among what is drawn.

    The cost of a bed where every pool states its own; the growth of allocations where pressure is told, which has none;
    what capital costs where no scheme needs any; what councils pay on borrowing where none of them builds.
    """
    roles = {body.key: body.role for body in plan.organisations}
    builds = [row for row in plan.costs if row.kind is CostKind.CAPITAL]
    used = {
        "ward_cost": any(pool.ward_cost is None for pool in plan.capacity),
        "all_allocations": not is_pressure(plan, axes(plan)),
        "capital_optimism": bool(builds),
        "council_interest": any(roles.get(row.organisation) is Role.COUNCIL for row in builds),
    }
    return frozenset(key for key, is_used in used.items() if not is_used)
