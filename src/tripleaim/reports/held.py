"""What it means in money and beds that a started plan holds the past trend of some of its care."""

from __future__ import annotations

from tripleaim.opendata.start.held import in_full, telling
from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.projection.result import Projection
from tripleaim.reports.words import NOTHING, more, plural


def with_meaning(plan: Plan) -> Plan:
    """A started plan that says what holding its trends means; the same plan where no trend is held.

    Both are worked out by `project`, the plan as it stands and with the trends in full.

    plan : as `tripleaim.opendata.start.start` made it
    """
    full = in_full(plan)
    return plan if full is None else telling(plan, meaning(project(plan), project(full)))


def meaning(as_started: Projection, not_held: Projection) -> str:
    """The difference between two projections in their last year if nothing changes, as a sentence."""
    last = as_started.last
    money = not_held.scope("both").do_nothing[last] - as_started.scope("both").do_nothing[last]
    beds = round(_beds(not_held)) - round(_beds(as_started))
    cost = "as much" if abs(money) < NOTHING else more(money)
    take = f"{plural(abs(beds), 'bed')} {'more' if beds > 0 else 'fewer'}" if beds else "as many beds"
    return (
        f"If it went on in full, care in {as_started.years[last]} would cost {cost} and need {take}, counted in whole "
        "wards, if nothing else changes: worked out when this plan was started."
    )


def _beds(projection: Projection) -> float:
    return sum(pool.open_nothing for pool in projection.beds)
