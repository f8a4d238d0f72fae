"""Every measure of health and care with its path, and how unequal it is."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.charts.wording import say
from tripleaim.plan.indicator import Scale
from tripleaim.projection.gaps import IndicatorPath, OutcomeGap
from tripleaim.projection.outcomes import Inequality
from tripleaim.reports.facts import GAPS, Facts
from tripleaim.reports.reading import places
from tripleaim.reports.section import Section
from tripleaim.reports.sections.trust import anchor


def indicators(facts: Facts) -> Section | None:
    """Every indicator with its path."""
    sources = {row.key: row.source for row in facts.plan.indicators}
    exhibits = []
    for found in facts.projection.outcomes:
        if found.indicators:
            title = (
                f"{GAPS[found.gap]}: {found.met['hoped'][-1]} of {found.with_standard} at the "
                f"standard in {facts.last_year}, as hoped; {_found(found)}{found.met_today} today"
            )
            exhibits.append(
                facts.shown.table(f"indicators_{found.gap}", indicator_table(facts, found.indicators, sources), title)
            )
    if not exhibits:
        return None
    reads = (
        "Percentages where the measure is a share. “Further away” compares the end of the plan, as hoped, with today."
    )
    return Section(
        key="indicators",
        question="What happens to each measure of health and care?",
        data={"exhibits": tuple(exhibits), "lead": (reads, *waits_and_wards(facts))},
    )


def waits_and_wards(facts: Facts) -> tuple[str, ...]:
    """Why a measure of A&E waits goes up and down from year to year, where one does."""
    follows = {row.key for row in facts.plan.indicators if row.scale is Scale.AE_RESPONSE}
    paths = [path for gap in facts.projection.outcomes for path in gap.indicators if path.key in follows]
    if not any(_turns(path.hoped) for path in paths):
        return ()
    return (
        "A&E waits follow how full the wards are. Wards open and close whole, so a year in which one opens looks "
        "better and the years until the next look worse: read the direction over all years, not one step.",
    )


def _turns(values: tuple[float, ...]) -> bool:
    """Whether a path goes up in one year and down in another."""
    steps = [later - before for before, later in pairwise(values)]
    return max(steps, default=0.0) > 1e-6 and min(steps, default=0.0) < -1e-6


def _found(gap: OutcomeGap) -> str:
    """How many are at the standard with what is found, where that differs."""
    hoped, resourced = gap.met["hoped"][-1], gap.met["resourced"][-1]
    return f"{resourced} with what is found; " if hoped != resourced else ""


def indicator_table(facts: Facts, paths: tuple[IndicatorPath, ...], sources: dict[str, str]) -> Table:
    """Today, each year as hoped, the last year otherwise, and the standard."""
    years, rows = facts.plan_years, []
    for path in paths:
        size = 100.0 if path.is_proportion else 1.0
        unit = f"% {path.unit}" if path.is_proportion else path.unit
        standard = None if path.standard is None else path.standard * size
        said: tuple[Cell, ...] = (
            path.name,
            _verdict(path),
            unit,
            "higher" if path.higher_is_better else "lower",
            path.baseline * size,
            *(v * size for v in path.hoped),
            path.do_nothing[-1] * size,
            path.resourced[-1] * size,
            standard,
            path.standard_name or "none",
            sources[path.key],
        )
        rows.append(said)
    last = len(years) + 9
    return Table(
        caption=f"{GAPS[paths[0].gap]}: as hoped by year, then the last year if nothing changes and with what is found",
        header=(
            "Measure",
            "Standard met at the end",
            "Unit",
            "Better",
            "Today",
            *years,
            f"Nothing changes, {years[-1]}",
            f"With what is found, {years[-1]}",
            "Standard",
            "Whose",
            "Source",
        ),
        rows=tuple(rows),
        numeric=tuple(range(4, len(years) + 8)),
        places=(max((places(path) for path in paths), default=1),) * (len(years) + 4),
        links=tuple((n, last, anchor(sources[path.key])) for n, path in enumerate(paths)),
        traces=tuple(("indicators.csv", path.key, sources[path.key]) for path in paths),
    )


def _verdict(path: IndicatorPath) -> str:
    if path.standard is None:
        return "no standard"
    words = "met" if path.met_last else "not met"
    return f"{words}; further away than today" if path.wider_than_today else words


def _worst_group(item: Inequality, higher_is_better: bool, size: float) -> str:
    """The group furthest from what is wanted, wherever it stands by deprivation."""
    at = _worst_at(item, higher_is_better)
    return f"{item.groups[at]}: {item.values[at] * size:,.1f}"


def _worst_at(item: Inequality, higher_is_better: bool) -> int:
    pick = min if higher_is_better else max
    return pick(range(len(item.values)), key=lambda n: item.values[n])


def _group_value(path: IndicatorPath, number: float) -> str:
    return f"{say(number * 100, 1)}%" if path.is_proportion else say(number, 1)


def inequality(facts: Facts) -> Section | None:
    """How unequal indicators are between groups, where the data has it."""
    found = facts.projection.inequality
    if not found:
        return None
    paths = {path.key: path for gap in facts.projection.outcomes for path in gap.indicators}
    reads = (
        "The slope is the difference between the most and the least deprived end of a straight line fitted to every "
        "group, so it may differ from the two end groups; the group worst off is named wherever it stands."
    )
    if any(item.kind != "deprivation_fifth" for item in found):
        reads += " Where only council areas are published, the table says so: they hide differences inside a council."
    most = max(found, key=lambda item: abs(item.relative))
    exhibit = facts.shown.table("inequality", _ends(found, paths), _most_unequal(most, paths[most.indicator]), reads)
    return Section(key="inequality", question="How unequal is it?", data={"exhibits": (exhibit, _groups(facts, paths))})


def _ends(found: tuple[Inequality, ...], paths: dict[str, IndicatorPath]) -> Table:
    """The most and the least deprived group of every measure, who is worst off, and the slope between."""
    rows: list[tuple[Cell, ...]] = []
    for item in found:
        path = paths[item.indicator]
        size = 100.0 if path.is_proportion else 1.0
        rows.append(
            (
                path.name,
                "fifths of areas by deprivation" if item.kind == "deprivation_fifth" else "council areas",
                _worst_group(item, path.higher_is_better, size),
                f"{item.groups[0]} to {item.groups[-1]}",
                item.values[0] * size,
                item.values[-1] * size,
                item.slope * size,
                item.relative * 100,
            )
        )
    return Table(
        caption="Inequality in the opening year",
        header=(
            "Measure",
            "Groups",
            "Worst off",
            "Most to least deprived",
            "Most deprived",
            "Least deprived",
            "Slope",
            "Slope over the mean, %",
        ),
        rows=tuple(rows),
        numeric=(4, 5, 6, 7),
        signed=(6, 7),
    )


def _most_unequal(item: Inequality, path: IndicatorPath) -> str:
    """The finding on the measure with the steepest slope, and the group worst off where that is another."""
    most, least = _group_value(path, item.values[0]), _group_value(path, item.values[-1])
    by_fifth = item.kind == "deprivation_fifth"
    title = f"{path.name}: {most} where people are most deprived, {least} where least"
    if not by_fifth:
        title = (
            f"{path.name}: {most} in {item.groups[0]}, where people are most deprived, "
            f"{least} in {item.groups[-1]}, where least"
        )
    at = _worst_at(item, path.higher_is_better)
    if item.values[at] != item.values[0]:
        group = f"fifth {item.groups[at]}" if by_fifth else item.groups[at]
        title += f"; worst off is {group}, {_group_value(path, item.values[at])}"
    return title


def _groups(facts: Facts, paths: dict[str, IndicatorPath]) -> Markup:
    """Every area or group of every measure, the most deprived first."""
    rows: list[tuple[Cell, ...]] = []
    for item in facts.projection.inequality:
        path = paths[item.indicator]
        size = 100.0 if path.is_proportion else 1.0
        unit = f"% {path.unit}" if path.is_proportion else path.unit
        fifths = item.kind == "deprivation_fifth"
        for group, found in zip(item.groups, item.values, strict=True):
            rows.append((path.name, f"fifth {group}" if fifths else group, found * size, unit))
    table = Table(
        caption="Every group of every measure in the opening year, from most to least deprived",
        header=("Measure", "Group or area", "Value", "Unit"),
        rows=tuple(rows),
        numeric=(2,),
    )
    return facts.shown.table("inequality_groups", table, "Every group and area", fold=True)
