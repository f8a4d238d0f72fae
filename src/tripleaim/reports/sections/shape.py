"""The shape of the plan: the gaps by year, prevention, schemes by gap, and the mix by category."""

from __future__ import annotations

from tripleaim.charts import Share, ShareBars, ShareRow, Table, YearLine, YearPanel, Years
from tripleaim.charts.table import Cell
from tripleaim.reports.facts import CATEGORIES, GAPS, Facts
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, money, percent

MILLION = 1e6


def by_year(facts: Facts) -> Section:
    """Three small panels: health, care, money."""
    panels = [_counted(facts, name) for name in ("health", "care") if facts.outcome(name).with_standard]
    panels.append(_money(facts))
    reads = "The dotted line is doing nothing."
    if facts.has_schemes:
        reads = "The solid line is the plan as hoped and the dotted line is doing nothing"
        reads += "." if facts.is_resourced else "; the dashed line is the plan with only the posts and capital found."
    picture = Years(title=_title(facts), reads=reads, panels=tuple(panels), years=facts.plan_years)
    return Section(
        key="years",
        question="Is it getting better, year by year?",
        data={"exhibits": (facts.shown.picture("three_gaps_by_year", picture),)},
    )


def _lines(facts: Facts, cases: dict[str, tuple[float, ...]]) -> tuple[YearLine, ...]:
    lines = [YearLine("do nothing", cases["do_nothing"], "nothing")]
    if facts.has_schemes and not facts.is_resourced:
        lines.append(YearLine("with what is found", cases["resourced"], "found"))
    if facts.has_schemes:
        lines.append(YearLine("as hoped", cases["hoped"], "hoped"))
    return tuple(lines)


def _money(facts: Facts) -> YearPanel:
    gap, last = facts.projection.scope("both"), facts.last + 1
    cases = {
        name: tuple(v / MILLION for v in getattr(gap, name)[:last]) for name in ("do_nothing", "hoped", "resourced")
    }
    unit = f"£m above {facts.plan.opening_year}" if facts.is_pressure else "short by, £m"
    return YearPanel("Money", unit, _lines(facts, cases), lower_is_better=True, whole=False)


def _counted(facts: Facts, name: str) -> YearPanel:
    found = facts.outcome(name)
    cases = {case: tuple(float(n) for n in met) for case, met in found.met.items()}
    unit = f"at the standard, of {found.with_standard}"
    return YearPanel(GAPS[name].split(" ")[0], unit, _lines(facts, cases), lower_is_better=False, whole=True)


def _title(facts: Facts) -> str:
    gap = facts.projection.scope("both").hoped[: facts.last + 1]
    peak = max(range(len(gap)), key=lambda n: gap[n])
    what = "pressure" if facts.is_pressure else "the shortfall"
    if peak == len(gap) - 1:
        money_part = f"Money gets worse to the end: {what} is largest in {facts.last_year}"
    elif peak == 0:
        money_part = f"Money: {what} is largest in {facts.plan_years[0]}, then falls"
    else:
        money_part = f"Money stops getting worse after {facts.plan_years[peak]}"
    parts = [f"{name} {_moved(facts, name)}" for name in ("health", "care") if facts.outcome(name).with_standard]
    return "; ".join([money_part, *parts])


def _moved(facts: Facts, name: str) -> str:
    found = facts.outcome(name)
    change = found.met["hoped"][facts.last] - found.met_today
    if not change:
        return "stays where it is today"
    return f"{'gains' if change > 0 else 'loses'} {abs(change)} of {found.with_standard} indicators"


def prevention(facts: Facts) -> Section | None:
    """How much of the plan is prevention: of schemes, of spending, of savings."""
    mix = facts.projection.composition
    if not mix.schemes:
        return None
    rows = [_share(f"Schemes: {mix.prevention_schemes} of {mix.schemes}", mix.prevention_schemes, mix.schemes)]
    if mix.spending > NOTHING:
        rows.append(
            _share(
                f"Money spent on schemes over the plan: {money(mix.prevention_spending)} of {money(mix.spending)}",
                mix.prevention_spending / MILLION,
                mix.spending / MILLION,
            )
        )
    if mix.savings > NOTHING:
        rows.append(
            _share(
                f"Saving in {facts.last_year}, £m: {money(mix.prevention_saving)} of {money(mix.savings)}",
                mix.prevention_saving / MILLION,
                mix.savings / MILLION,
            )
        )
    verb = "schemes is" if mix.prevention_schemes == 1 else "schemes are"
    title = f"{mix.prevention_schemes or 'None'} of {mix.schemes} {verb} prevention"
    if mix.savings > NOTHING and mix.prevention_schemes:
        title += f", with {percent(mix.prevention_saving / mix.savings)} of the saving"
    picture = ShareBars(
        title=title,
        reads=(
            "Each bar is a whole; the solid part is prevention. Prevention pays back later than a "
            "plan of this length, so a small saving says little about its worth."
        ),
        rows=tuple(rows),
        unit="Schemes or £m",
    )
    return Section(
        key="prevention",
        question="How much is prevention?",
        data={"exhibits": (facts.shown.picture("prevention_share", picture),)},
    )


def _share(label: str, part: float, whole: float) -> ShareRow:
    return ShareRow(
        label, (Share("prevention", part, "helps"), Share("everything else", max(0.0, whole - part), "quiet"))
    )


def serves(facts: Facts) -> Section | None:
    """Schemes and saving by gap, and the saving by category and year."""
    mix = facts.projection.composition
    if not mix.schemes:
        return None
    rows = tuple(
        (
            GAPS[gap],
            mix.by_gap_schemes[gap],
            mix.by_gap_schemes[gap] / mix.schemes * 100,
            mix.by_gap_saving[gap] / MILLION,
        )
        for gap in GAPS
    )
    table = Table(
        caption=(
            f"Schemes that serve each gap, of {mix.schemes}, and what they save in {facts.last_year}, "
            "before overlap. A scheme that serves two gaps stands in both rows"
        ),
        header=("Gap", "Schemes", "Share of schemes, %", f"Saving, £m, {facts.last_year}"),
        rows=rows,
        numeric=(1, 2, 3),
        places=(0, 0, 1),
    )
    exhibits = (
        facts.shown.table("schemes_by_gap", table, _serves_title(facts), stack=True),
        facts.shown.table(
            "saving_by_category",
            categories(facts),
            _mix_title(facts),
            "A minus means that it costs more than it saves in that year.",
        ),
    )
    return Section(key="serves", question="Which gaps do the schemes serve, and how?", data={"exhibits": exhibits})


def _serves_title(facts: Facts) -> str:
    counts = facts.projection.composition.by_gap_schemes
    least = min(counts, key=lambda gap: counts[gap])
    number = counts[least]
    verb = "schemes serves" if number == 1 else "schemes serve"
    return (
        f"{number or 'No'} of {facts.projection.composition.schemes} {verb} {GAPS[least].lower()}, the gap with fewest"
    )


def categories(facts: Facts) -> Table:
    """Saving by category and year."""
    mix, years = facts.projection.composition, facts.years
    found = sorted(mix.by_category.items(), key=lambda item: (-item[1][facts.last], item[0]))
    rows: list[tuple[Cell, ...]] = [
        (CATEGORIES.get(name, name), *(v / MILLION for v in amounts)) for name, amounts in found
    ]
    total = tuple(sum(amounts[n] for _, amounts in found) / MILLION for n in range(len(years)))
    return Table(
        caption=(
            "Saving by kind of scheme, £m a year, each scheme alone, before overlap; "
            f"{facts.after_year} is the year after the plan"
        ),
        header=("Kind", *years),
        rows=(*rows, ("All schemes, before overlap", *total)),
        numeric=tuple(range(1, len(years) + 1)),
        totals=(len(rows),),
        unit="£m",
    )


def _mix_title(facts: Facts) -> str:
    mix, at = facts.projection.composition, facts.last
    name, amounts = max(mix.by_category.items(), key=lambda item: item[1][at])
    if amounts[at] <= NOTHING:
        return f"No kind of scheme saves money in {facts.last_year}"
    return f"{CATEGORIES.get(name, name)} saves most in {facts.last_year}: {money(amounts[at])} of {money(mix.savings)}"
