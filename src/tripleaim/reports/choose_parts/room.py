"""A sheet to print for a room: what each scheme brings for what it costs, as triangles."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tripleaim.charts import Table, ValueRow, ValueTriangles
from tripleaim.charts.table import Cell
from tripleaim.portfolio.record import Triangle
from tripleaim.reports.choose_parts.told import MILLION, ChooseTold, way
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, listed, money

MOST = 30
"""Schemes a sheet has room for."""
TITLE = "What each scheme brings for what it costs"


def room(told: ChooseTold) -> Section | None:
    """The triangles on a sheet of their own, and every scheme in a table."""
    found = told.choice.triangles
    if not found:
        return None
    drawn = triangles(found)
    exhibits = []
    if drawn is not None:
        exhibits.append(told.shown.picture("choose_triangles", drawn))
    exhibits.append(
        told.shown.table(
            "choose_value", table(told, found), f"{TITLE}, {told.last_year}", _READS, fold=True, stack=True
        )
    )
    lead = [
        "For use in a room: print this sheet, cut the panels apart, and lay schemes beside each other. Ask of each "
        "whom it is for, what it brings each time care is used, and what that costs."
    ]
    if drawn is not None:
        lead.append(
            "What a panel counts as benefit is one thing: care no longer needed, at what it costs. Health counts for "
            "nothing there; what each scheme does for the standards of health and of care is in the table."
        )
    if words := _draws_bring_less(told):
        lead.append(words)
    return Section(key="room", question="A sheet for a room", data={"lead": lead, "exhibits": exhibits})


def _draws_bring_less(told: ChooseTold) -> str:
    """That the sheet has the plan's own numbers, and the scheme that brings much less over the draws."""
    mean = _alone(told)
    less = {each.scheme: each.benefit - each.cost - mean.get(each.scheme, math.inf) for each in told.choice.triangles}
    most = max(told.choice.triangles, key=lambda each: (less[each.scheme], each.name))
    said = "These are the plan’s own numbers."
    if less[most.scheme] < NOTHING:
        return said
    return (
        f"{said} Draws allow for delay and for schemes that work less well, and most schemes bring less there: "
        f"“{most.name}” by itself brings {money(most.benefit - most.cost)} a year after its cost here, and "
        f"{money(mean[most.scheme])} on average over the draws."
    )


def _alone(told: ChooseTold) -> dict[str, float]:
    """Scheme → what it brings by itself as the plan times it, after its cost, mean over the draws, GBP a year."""
    return {each.scheme: each.money for each in told.choice.options if each.later == 0 and each.money is not None}


_READS = (
    "Each scheme alone, as the plan times it, with wards counted as fractions. Benefit is the cost of care no longer "
    "needed in the last year, before the scheme’s own cost. Cost is its running cost, the yearly charge of its "
    "capital, and its one-off costs spread over the years of the plan. Some schemes act on no use of care that is "
    "counted; what they bring is told in all and not each."
)


def triangles(found: Sequence[Triangle]) -> ValueTriangles | None:
    """Schemes that act on uses of care that are counted; None where there are none."""
    rows = [
        ValueRow(each.name, each.reached, each.benefit_each, each.cost / MILLION) for each in found if each.reached > 0
    ]
    if not rows:
        return None
    return ValueTriangles(
        tuple(rows[:MOST]), "£ of care no longer needed", "a year", 0, 0, of="uses of care", is_money=True
    )


def table(told: ChooseTold, found: Sequence[Triangle]) -> Table:
    """Every scheme, the most benefit for its cost first."""
    mean = _alone(told)
    rows: list[tuple[Cell, ...]] = [
        (
            told.scheme(each.scheme, each.name),
            each.reached if each.reached > 0 else None,
            listed(each.units) if each.units else "–",
            each.benefit_each if each.reached > 0 else None,
            each.benefit / MILLION,
            each.cost / MILLION,
            mean[each.scheme] / MILLION if each.scheme in mean else None,
            way(each.health),
            way(each.care),
            "in" if each.is_chosen else "–",
        )
        for each in found
    ]
    header = (
        *("Scheme", "Uses of care reached", "Counted in", "Benefit of each, £", "Benefit of all, £m a year"),
        *(
            "Cost, £m a year",
            "After cost, mean of the draws, £m",
            "Way to the standards of health",
            "Way to the standards of care",
            "In the set",
        ),
    )
    return Table(caption=TITLE, header=header, rows=tuple(rows), numeric=(1, 3, 4, 5, 6), places=(0, 0, 1, 1, 1))
