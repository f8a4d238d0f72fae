"""How far off the money could be, and how likely balance is."""

from __future__ import annotations

from tripleaim.charts import ChanceLine, Chances, Fan, LineKind, Table
from tripleaim.charts.table import Cell
from tripleaim.reports.facts import SCOPES
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.own_ranges import own_ranges_alone
from tripleaim.reports.stress_parts.sentences import FOUND_SO_FAR, balance_that_lasts, when_missed
from tripleaim.reports.stress_parts.told import StressTold, millions
from tripleaim.reports.words import lower

KINDS: dict[str, LineKind] = {"do_nothing": "nothing", "hoped": "hoped", "resourced": "found"}


def how_far_off(told: StressTold) -> Section:
    """The range of the money by year, in each case of the plan, and every figure behind it."""
    first, *others = [told.facts.shown.picture(f"stress_range_{case}", _fan(told, case)) for case in told.hopes]
    others.append(
        told.facts.shown.table(
            "stress_years",
            _years(told),
            "Every year, case and purse",
            "The same for the NHS, for councils and for both. Lows and highs of parts do not add up to those of the "
            "whole.",
            fold=True,
        )
    )
    found_so_far = FOUND_SO_FAR if "resourced" in told.hopes else ""
    lead = [words for words in (found_so_far, own_ranges_alone(told.whole)) if words]
    cases = [*list(told.hopes.values())[1:], "Every year, case and purse"]
    data = {"lead": lead, "exhibits": [first], "behind": [("; ".join(cases), others)]}
    return Section(key="range", question="How far off could the money be?", data=data)


def _fan(told: StressTold, case: str) -> Fan:
    spread, count = told.found.of("both", case), len(told.found.years)
    stated: tuple[float, ...] = getattr(told.facts.projection.scope("both"), case)[:count]
    return Fan(
        years=told.found.years,
        low=millions(spread.low),
        middle=millions(spread.middle),
        high=millions(spread.high),
        plan=millions(stated),
        measure=told.measure,
        case=told.in_case(case),
    )


def _years(told: StressTold) -> Table:
    found = told.found
    rows: list[tuple[Cell, ...]] = []
    for spread in found.money:
        if spread.case in told.cases:
            for n, year in enumerate(found.years):
                amounts = (spread.low[n], spread.middle[n], spread.high[n], spread.mean[n])
                shares = (100 * spread.met[n],) if spread.met else ()
                rows.append((SCOPES[spread.who], told.cases[spread.case], year, *millions(amounts), *shares))
    unit = told.measure.unit
    header = ("Whose money", "Case", "Year", *(f"{name}, {unit}" for name in ("Low", "Middle", "High", "Mean")))
    share = () if found.is_pressure else ("Draws in balance, %",)
    numeric = tuple(range(3, 7 + len(share)))
    return Table(
        caption=f"Low is 1 in 10 lower, high is 1 in 10 higher. {unit}",
        header=(*header, *share),
        rows=tuple(rows),
        numeric=numeric,
        unit=unit,
        places=(1,) * len(numeric),
        shares=numeric[4:],
    )


def how_likely(told: StressTold) -> Section | None:
    """The chance of balance by year, from when it lasts, and by how much it is missed; none for a pressure."""
    if told.found.is_pressure:
        return None
    lines = tuple(
        ChanceLine(lower(name) if told.found.plan.schemes else "the plan", told.found.of("both", case).met, kind)
        for case, name in told.cases.items()
        for kind in (KINDS[case],)
    )
    picture = told.facts.shown.picture("stress_balance", Chances(told.found.years, lines))
    after = [words for words in (*balance_that_lasts(told.found), when_missed(told.found)) if words]
    return Section(
        key="balance", question="How likely is balance, and by when?", data={"exhibits": [picture], "after": after}
    )
