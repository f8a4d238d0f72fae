"""Indicators, beds and staff: how far off they could be in the last year."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.charts.wording import say
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.words import in_words, plural
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
    table = Table(
        caption=f"{told.last_year}{_as_hoped(told)}, each in its own unit",
        header=("Indicator", "Today", "Low", "Middle", "High", "Standard", "Draws at its standard, %", "Unit"),
        rows=tuple(_indicator(told, each) for each in spreads),
        numeric=(1, 2, 3, 4, 6),
        unit="each in its own unit",
        places=(1,) * 5,
        shares=(6,),
    )
    reads = "Low is 1 in 10 lower, high is 1 in 10 higher."
    if not all(_has_range(each) for each in spreads):
        reads += " Where no range is stated there is one figure, and how likely the standard is cannot be said from it."
    exhibit = told.facts.shown.table("stress_indicators", table, indicators_title(told, spreads), reads, stack=True)
    return Section(key="indicators", question="What of health and care?", data={"exhibits": [exhibit]})


def indicators_title(told: StressTold, spreads: Sequence[Spreads]) -> str:
    """How many indicators are more likely than not at their standard, of those that have a range and a standard."""
    ranged = [each for each in spreads if _has_range(each)]
    rest = len(spreads) - len(ranged)
    counted = [each for each in ranged if each.met]
    if not counted:
        return f"No range is stated for an indicator with a standard: how likely it is in {told.last_year} is not known"
    likely = sum(each.met[-1] >= 0.5 for each in counted)
    said = f"{likely or 'None'} of {plural(len(counted), 'indicator')} {'with a range ' if rest else ''}"
    said += f"{'is' if likely == 1 else 'are'} at standard in {told.last_year} in at least half of the draws"
    said += _as_hoped(told)
    return f"{said}; no range is stated for {in_words(rest)} more" if rest else said


def _indicator(told: StressTold, found: Spreads) -> tuple[Cell, ...]:
    path = told.facts.indicator(found.who)
    scale, unit = (100.0, f"%: {path.unit}") if path.is_proportion else (1.0, path.unit)
    today, low, middle, high = (
        scale * value for value in (path.baseline, found.low[-1], found.middle[-1], found.high[-1])
    )
    standard = "none"
    if path.standard is not None:
        standard = f"at {'least' if path.higher_is_better else 'most'} {say(scale * path.standard)}"
    if not _has_range(found):
        return (path.name, today, "", middle, "", standard, "no range stated", unit)
    return (path.name, today, low, middle, high, standard, 100 * found.met[-1] if found.met else "no standard", unit)


def _has_range(found: Spreads) -> bool:
    """Whether any uncertain number moves it; a rounding error does not count."""
    low, high = found.low[-1], found.high[-1]
    return not math.isclose(low, high, rel_tol=1e-9, abs_tol=1e-12)


def _as_hoped(told: StressTold) -> str:
    """The case, after a comma; nothing where a plan has no schemes."""
    return f", {told.in_case('hoped')}" if told.found.plan.schemes else ""


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
