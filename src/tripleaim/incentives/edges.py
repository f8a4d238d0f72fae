"""Control totals whose fund hangs on a year's result: what the schemes do to them, by the fund rule of the year."""

from __future__ import annotations

from tripleaim.incentives.record import ControlTotalEdge
from tripleaim.plan import Plan
from tripleaim.plan.money import ControlTotal
from tripleaim.plan.regime import fund_rule
from tripleaim.projection.accounts import fund_earned
from tripleaim.projection.run import Run

PENNY = 0.005


def edges(plan: Plan, run: Run) -> tuple[ControlTotalEdge, ...]:
    """Every control total with a fund.

    run : two worlds: nothing done, and everything
    """
    found = []
    for row in plan.control_totals:
        if not row.fund or row.year not in plan.years or row.organisation not in run.axes.nodes:
            continue
        node, year = run.axes.nodes.index(row.organisation), run.axes.years.index(row.year)
        nothing, everything = (float((run.recurrent + run.one_off)[node, year, n]) for n in (0, 1))
        before, after = (_earned(plan, row, position) for position in (nothing, everything))
        lost = max(0.0, before - after)
        found.append(
            ControlTotalEdge(
                body=row.organisation,
                year=row.year,
                fund=row.fund,
                headroom_nothing=nothing - row.amount,
                headroom_with=everything - row.amount,
                fund_nothing=before,
                fund_with=after,
                lost=lost,
                true_cost=nothing - everything + lost if lost > PENNY else 0.0,
                transfer=_keeping(plan, row, everything, before) if lost > PENNY else 0.0,
            )
        )
    return tuple(found)


def _earned(plan: Plan, row: ControlTotal, position: float) -> float:
    """What of the fund a position earns: by the rule of the year, or all or nothing where the regime has none."""
    rule = fund_rule(plan.heading.regime, row.year)
    if rule is None:
        return row.fund if position >= row.amount - PENNY else 0.0
    return fund_earned(row, position, rule)


def _keeping(plan: Plan, row: ControlTotal, position: float, earned: float) -> float:
    """The least to be added to a position so that it earns as much: just enough for one of the year's quarters."""
    phasing = [float(part) for part in row.phasing.split(";")]
    enough = [row.amount, *(row.amount * (n + 1) / 4 / part for n, part in enumerate(phasing) if part > 0)]
    needed = sorted(each - position for each in enough if each > position)
    return next((each for each in needed if _earned(plan, row, position + each) >= earned - PENNY), 0.0)
