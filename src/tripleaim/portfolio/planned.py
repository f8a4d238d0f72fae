"""The plan as it stands against its limits, and its schemes as triangles, at the stated numbers: no search or draws."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.portfolio.change import with_cost_of_change
from tripleaim.portfolio.facts import facts, used
from tripleaim.portfolio.limit import Limit
from tripleaim.portfolio.limits import limits
from tripleaim.portfolio.model import model
from tripleaim.portfolio.offered import LimitTold
from tripleaim.portfolio.record import LimitUse, Triangle
from tripleaim.portfolio.triangles import triangles


@dataclass(frozen=True, kw_only=True)
class AsPlanned:
    """What the plan as it stands uses of each limit, the cost of change counted."""

    limits: tuple[LimitTold, ...]
    """Every limit on what schemes use or reach; a least for a whole gap, which is held to draws, is left out."""
    uses: tuple[LimitUse, ...]
    """What the plan as it stands uses or reaches of each, in the same order."""
    triangles: tuple[Triangle, ...]
    """Every scheme as planned, the most benefit for its cost first."""


def as_planned(plan: Plan) -> AsPlanned:
    """The plan as it stands against its limits, at the stated numbers, wards counted as fractions.

    plan : with a scheme at least
    """
    made = model(with_cost_of_change(plan), 1, 1, fast=False)
    own = used(made)
    every = limits(made, facts(made, own, [(key,) for key in own.keys]))
    found = facts(made, own, [made.whole.keys({scheme.key: 0 for scheme in plan.schemes})])
    held = tuple(each for each in every if isinstance(each, Limit))
    return AsPlanned(
        limits=tuple(each.told for each in held),
        uses=tuple(
            LimitUse(
                limit=each.told.key,
                name=each.told.name,
                amount=float(each.amounts(found)[0]),
                is_kept=bool(each.kept(found)[0]),
            )
            for each in held
        ),
        triangles=triangles(made, [scheme.key for scheme in plan.schemes]),
    )
