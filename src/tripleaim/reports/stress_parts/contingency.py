"""How much to hold in hand, so that the plan balances as surely as is wanted."""

from __future__ import annotations

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.measure import opening
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import MILLION, StressTold, millions
from tripleaim.reports.words import NOTHING, lower, money
from tripleaim.stress.named.contingency import SURENESS, Contingency
from tripleaim.stress.named.telling import apart_in_words, times_in_ten

WORDED = 0.8
"""The sureness told in words."""


def how_much_to_hold(told: StressTold) -> Section | None:
    """Money to hold for 50, 80 and 90 draws of a hundred, in each case of the plan; none where it was not asked."""
    named = told.whole.named
    if named is None:
        return None
    found = [each for case in told.cases_of_plan for each in named.contingency if each.case == case]
    if not found:
        return None
    data = {
        "after": [told.said(apart_in_words(found[0], WORDED))],
        "exhibits": [_last_year(told, found)],
        "behind": [
            ("Every year, and each organisation on its own", [_by_year(told, found), _by_body(told, found[0])]),
        ],
    }
    return Section(key="hold", question="How much should be held in hand?", data=data)


def hold_title(told: StressTold, found: Contingency) -> str:
    """What to hold to be sure eight times in ten, in which case, and how much of it the plan is short of already."""
    goal = "stay at the plan’s own figure" if found.is_pressure else "balance"
    whole, short = found.of(WORDED).amount[-1], found.planned[-1]
    case = f", {told.in_case(found.case)}" if told.in_case(found.case) else ""
    said = f"To {goal} in {told.last_year} {times_in_ten(WORDED)}{case}, the place would hold {money(whole)} together"
    if found.is_pressure or short < NOTHING or whole <= short:
        return said
    return f"{said}: the {money(short)} that it is short by in the plan already, and {money(whole - short)} more"


def _last_year(told: StressTold, found: list[Contingency]) -> Markup:
    rows: list[tuple[Cell, ...]] = [
        (
            _how_sure(told, each, sure),
            each.of(sure).amount[-1] / MILLION,
            each.apart_in_all(sure)[-1] / MILLION,
            each.saved_together(sure)[-1] / MILLION,
        )
        for each in found
        for sure in SURENESS
    ]
    table = Table(
        caption=f"Money to hold in {told.last_year}, £m",
        header=("How surely it is enough", "Held together, £m", "Each holds its own, in all, £m", "One pot saves, £m"),
        rows=tuple(rows),
        numeric=(1, 2, 3),
        unit="£m",
        places=(1, 1, 1),
    )
    reads = (
        "It is what the last year costs beyond the plan’s own figure, because a pressure has no balance."
        if found[0].is_pressure
        else "All that is short in the year is counted: one-off money, and what the plan itself leaves short."
    )
    return told.facts.shown.table("stress_hold", table, hold_title(told, found[0]), reads)


def _by_year(told: StressTold, found: list[Contingency]) -> Markup:
    rows: list[tuple[Cell, ...]] = [
        (_how_sure(told, each, sure), *millions(each.of(sure).amount)) for each in found for sure in SURENESS
    ]
    count = len(told.found.years)
    table = Table(
        caption="Money for the place to hold together in each year, £m",
        header=("How surely it is enough", *told.found.years),
        rows=tuple(rows),
        numeric=tuple(range(1, count + 1)),
        unit="£m",
        places=(1,) * count,
    )
    return told.facts.shown.table("stress_hold_years", table, "Every year, held together", fold=True)


def _by_body(told: StressTold, found: Contingency) -> Markup:
    bodies = dict.fromkeys(each.who for each in found.apart)
    rows: list[tuple[Cell, ...]] = [
        (told.facts.body(who), *millions(found.of(sure, who).amount[-1] for sure in SURENESS)) for who in bodies
    ]
    table = Table(
        caption=f"Money for each organisation to hold on its own in {told.last_year}, £m",
        header=("Organisation", *(f"Enough {times_in_ten(sure)}, £m" for sure in SURENESS)),
        rows=tuple(rows),
        numeric=(1, 2, 3),
        unit="£m",
        places=(1, 1, 1),
    )
    return told.facts.shown.table("stress_hold_bodies", table, "Each organisation on its own", fold=True)


def _how_sure(told: StressTold, found: Contingency, sure: float) -> str:
    case = f", {lower(told.hopes[found.case])}" if len(told.hopes) > 1 else ""
    return f"{opening(times_in_ten(sure))}{case}"
