"""Control totals whose fund hangs on a year's result: what the schemes do to them."""

from __future__ import annotations

from tripleaim.incentives.measures.cliffs import Threshold, at_cliffs
from tripleaim.incentives.record import ControlTotalEdge
from tripleaim.plan import Plan
from tripleaim.projection.run import Run

FUND = "fund for meeting the control total"


def edges(plan: Plan, run: Run) -> tuple[ControlTotalEdge, ...]:
    """Every control total with a fund.

    run : two worlds: nothing done, and everything
    """
    found = []
    for row in plan.control_totals:
        if not row.fund or row.year not in plan.years or row.organisation not in run.axes.nodes:
            continue
        node, year = run.axes.nodes.index(row.organisation), run.axes.years.index(row.year)
        nothing, everything = ((run.recurrent + run.one_off)[node, year, n] for n in (0, 1))
        headroom, change = float(nothing) - row.amount, float(everything - nothing)
        threshold = Threshold(body=row.organisation, what=FUND, headroom=headroom, payment=row.fund)
        (cliff,) = at_cliffs({row.organisation: change}, [threshold])
        found.append(
            ControlTotalEdge(
                body=row.organisation,
                year=row.year,
                fund=row.fund,
                headroom_nothing=headroom,
                headroom_with=headroom + change,
                lost=row.fund if cliff.lost else 0.0,
                true_cost=-cliff.whole if cliff.lost else 0.0,
                transfer=cliff.least_transfer,
            )
        )
    return tuple(found)
