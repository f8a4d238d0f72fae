"""Indicators, beds and staff: how far off they could be in the last year."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.stress.spreads import Spreads


def beds_and_staff(told: StressTold) -> Section | None:
    """Beds open and staff short in the last year."""
    pools = {row.key: row.name for row in told.found.plan.capacity}
    kinds = (
        ("stress_beds", "Beds open", "beds", told.found.beds, lambda key: pools[key]),
        ("stress_staff", "Staff short", "whole-time equivalents", told.found.staff_short, told.group),
    )
    exhibits = [
        told.facts.shown.table(key, _last_year(told, spreads, named, unit), f"{what} in {told.last_year}", fold=True)
        for key, what, unit, spreads, named in kinds
        if spreads
    ]
    if not exhibits:
        return None
    return Section(key="capacity", question="What of beds and staff?", data={"exhibits": exhibits})


def indicators(told: StressTold) -> Section | None:
    """Each indicator of the health and the care gap in the last year, as hoped; none where the plan has none."""
    spreads = [each for each in told.found.indicators if each.case == "hoped"]
    if not spreads:
        return None
    rows: list[tuple[Cell, ...]] = []
    for each in spreads:
        path = told.facts.indicator(each.who)
        scale, unit = (100.0, f"%: {path.unit}") if path.is_proportion else (1.0, path.unit)
        ends = (scale * each.low[-1], scale * each.middle[-1], scale * each.high[-1])
        rows.append((path.name, *ends, 100 * each.met[-1] if each.met else None, unit))
    likely = sum(each.met[-1] >= 0.5 for each in spreads if each.met)
    count = sum(bool(each.met) for each in spreads)
    case = f", {told.in_case('hoped')}" if told.found.plan.schemes else ""
    table = Table(
        caption=f"{told.last_year}{case}, each in its own unit",
        header=("Indicator", "Low", "Middle", "High", "Draws at its standard, %", "Unit"),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4),
        unit="each in its own unit",
        places=(1,) * 4,
    )
    title = (
        f"{likely or 'None'} of {count} indicators {'is' if likely == 1 else 'are'} at standard in {told.last_year} "
    )
    title += f"in at least half of the draws{case}"
    exhibit = told.facts.shown.table("stress_indicators", table, title)
    return Section(key="indicators", question="What of health and care?", data={"exhibits": [exhibit]})


def _last_year(told: StressTold, spreads: Iterable[Spreads], named: Callable[[str], str], unit: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (named(each.who), told.cases[each.case], each.low[-1], each.middle[-1], each.high[-1])
        for each in spreads
        if each.case in told.cases
    ]
    return Table(
        caption=f"{told.last_year}, {unit}. Low is 1 in 10 lower, high is 1 in 10 higher",
        header=("Where", "Case", *(f"{name}, {unit}" for name in ("Low", "Middle", "High"))),
        rows=tuple(rows),
        numeric=(2, 3, 4),
        unit=unit,
        places=(0, 0, 0),
    )
