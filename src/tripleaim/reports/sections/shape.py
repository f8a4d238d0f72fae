"""The shape of the plan: the gaps by year, prevention, schemes by gap, and the mix by category."""

from __future__ import annotations

from itertools import pairwise

from tripleaim.charts import Share, ShareBars, ShareRow, Table, YearLine, YearPanel, Years
from tripleaim.charts.table import Cell
from tripleaim.reports import together
from tripleaim.reports.facts import CATEGORIES, GAPS, Facts
from tripleaim.reports.section import Section
from tripleaim.reports.words import NOTHING, listed, money, percent, plural

MILLION = 1e6


def by_year(facts: Facts) -> Section:
    """Three small panels: health, care, money."""
    panels = [_counted(facts, name) for name in ("health", "care") if facts.outcome(name).with_standard]
    panels.append(_money(facts))
    reads = "The dotted line is doing nothing."
    if facts.has_schemes:
        reads = "The solid line is the plan as hoped and the dotted line is doing nothing"
        reads += "." if facts.is_resourced else "; the dashed line is the plan with only the posts and capital found."
        reads += _costs_first(facts)
    counts = [_moved(facts, name) for name in ("health", "care") if facts.outcome(name).with_standard]
    picture = Years(
        title=_money_title(facts), reads=" ".join((*counts, reads)), panels=tuple(panels), years=facts.plan_years
    )
    return Section(
        key="years",
        question="Is it getting better, year by year?",
        data={"exhibits": (facts.shown.picture("three_gaps_by_year", picture),)},
    )


def _costs_first(facts: Facts) -> str:
    """Why money looks better with what is found than as hoped in the first years; empty where it does not."""
    gap = facts.projection.scope("both")
    early = [n for n in range(facts.last) if gap.resourced[n] < gap.hoped[n] - NOTHING]
    if not early or gap.resourced[facts.last] < gap.hoped[facts.last] or early != list(range(len(early))):
        return ""
    until = facts.years[early[-1]]
    when = f"In {until}" if len(early) == 1 else f"Up to {until}"
    return (
        f" {when} money looks better with what is found than as hoped, because costs come first: a scheme that still "
        "waits for staff or capital has spent less."
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
    better = None if facts.is_pressure else True
    return YearPanel("Money", unit, _lines(facts, cases), lower_is_better=better, whole=False)


def _counted(facts: Facts, name: str) -> YearPanel:
    found = facts.outcome(name)
    cases = {case: tuple(float(n) for n in met) for case, met in found.met.items()}
    unit = f"at the standard, of {found.with_standard}"
    return YearPanel(GAPS[name].split(" ")[0], unit, _lines(facts, cases), lower_is_better=False, whole=True)


def _money_title(facts: Facts) -> str:
    """Which way money goes, as hoped and with what is found."""
    gap, years = facts.projection.scope("both"), facts.plan_years
    hoped, found = gap.hoped[: len(years)], gap.resourced[: len(years)]
    what, is_short = "the pressure", True
    if not facts.is_pressure:
        is_short = min(*hoped, *found) > -NOTHING
        what = "the shortfall" if is_short else "money"
    if not facts.has_schemes:
        return f"If nothing changes {what} {course(hoped, years, is_short)}"
    if facts.is_resourced:
        return f"{what[0].upper()}{what[1:]} {course(hoped, years, is_short)}"
    if course(hoped, years, is_short) == course(found, years, is_short):
        return f"As hoped and with what is found {what} {course(hoped, years, is_short)}"
    return f"As hoped {what} {course(hoped, years, is_short)}; with what is found it {course(found, years, is_short)}"


def course(short: tuple[float, ...], years: tuple[str, ...], is_short: bool = True) -> str:
    """Which way a shortfall goes by year, as a verb: what it does at the end, and since when.

    >>> course((60.8e6, 90.8e6, 86.0e6, 74.4e6), ("2016/17", "2017/18", "2018/19", "2019/20"))
    'shrinks after 2017/18'
    >>> course((83.6e6, 82.9e6, 76.2e6, 78.7e6), ("2017/18", "2018/19", "2019/20", "2020/21"))
    'shrinks, then grows again in 2020/21'
    """
    grows, shrinks, stays = (
        ("grows", "shrinks", "stays the same") if is_short else ("gets worse", "gets better", "stays as it is")
    )
    if len(short) == 1:
        return f"is told for {years[0]} alone"
    ways = [0 if abs(b - a) < NOTHING else (1 if b > a else -1) for a, b in pairwise(short)]
    end, since = ways[-1], len(ways) - 1
    while since and ways[since - 1] == end:
        since -= 1
    words = {1: grows, -1: shrinks, 0: stays}
    if since == 0:
        return words[end] if end == 0 else f"{words[end]} every year"
    if end <= 0:
        return f"{words[end]} after {years[since]}"
    again = " again" if 1 in ways[:since] or -1 in ways[:since] else ""
    start = f"{shrinks}, then " if -1 in ways[:since] else ""
    when = f"in {years[-1]}" if since == len(ways) - 1 else f"after {years[since]}"
    return f"{start}{grows}{again} {when}"


def _moved(facts: Facts, name: str) -> str:
    """Indicators at the standard today and at the end, as hoped and with what is found."""
    found, at = facts.outcome(name), facts.last
    hoped, resourced, of = found.met["hoped"][at], found.met["resourced"][at], found.with_standard
    if hoped == resourced:
        today = "as many as today" if hoped == found.met_today else f"{found.met_today} today"
        return f"{name.capitalize()}: {hoped} of {of} at the standard, {today}."
    there = f"{name.capitalize()}: {hoped} of {of} at the standard as hoped, {resourced} with what is found"
    return f"{there}, {found.met_today} today."


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
    part, whole = net_saving(facts, prevention=True), net_saving(facts)
    if 0 <= part <= whole and whole > NOTHING:
        how = ", counted one by one" if together.saved(facts) < NOTHING else ""
        label = f"Saving in {facts.last_year}{how}, net: {money(part)} of {money(whole)}"
        rows.append(_share(label, part / MILLION, whole / MILLION))
    verb = "is" if mix.prevention_schemes == 1 else "are"
    of = plural(mix.schemes, "scheme")
    title = f"{mix.prevention_schemes or 'None'} of {of} {verb} prevention"
    if mix.prevention_schemes:
        title += _prevention_saves(facts, part, whole)
    picture = ShareBars(
        title=title,
        reads=(
            "Each bar is a whole; the solid part is prevention. Prevention pays back later than a "
            "plan of this length, so a small saving says little about its worth. "
            "Savings are counted scheme by scheme."
        ),
        rows=tuple(rows),
        unit="Schemes or £m",
    )
    return Section(
        key="prevention",
        question="How much is prevention?",
        data={"exhibits": (facts.shown.picture("prevention_share", picture),)},
    )


def net_saving(facts: Facts, prevention: bool = False, gap: str = "") -> float:
    """What schemes save in the last year, each alone, less what those cost that cost more than they save. GBP."""
    return sum(
        scheme.saving[facts.last]
        for scheme in facts.projection.schemes
        if (scheme.prevention or not prevention) and (not gap or gap in scheme.gaps)
    )


def _prevention_saves(facts: Facts, part: float, whole: float) -> str:
    if together.saved(facts) <= -NOTHING:
        return f"; all schemes together cost {money(-together.saved(facts))} more than they save"
    if part <= -NOTHING:
        return f", and cost{'s' if facts.projection.composition.prevention_schemes == 1 else ''} {money(-part)} net"
    if part < NOTHING:
        return ", with no net saving"
    return f", with {percent(part / whole)} of the net saving" if whole >= part else f", with {money(part)} net saved"


def _share(label: str, part: float, whole: float) -> ShareRow:
    return ShareRow(
        label, (Share("prevention", part, "helps"), Share("everything else", max(0.0, whole - part), "quiet"))
    )


def serves(facts: Facts) -> Section | None:
    """Schemes and saving by gap."""
    mix = facts.projection.composition
    if not mix.schemes:
        return None
    rows = tuple(
        (
            GAPS[gap],
            mix.by_gap_schemes[gap],
            mix.by_gap_schemes[gap] / mix.schemes * 100,
            net_saving(facts, gap=gap) / MILLION,
        )
        for gap in GAPS
    )
    table = Table(
        caption=(
            f"Schemes that serve each gap, of {mix.schemes}, and what they save in {facts.last_year}, "
            "net of those that cost more than they save, "
            "before overlap. A scheme that serves two gaps stands in both rows"
        ),
        header=("Gap", "Schemes", "Share of schemes, %", f"Net saving, £m, {facts.last_year}"),
        rows=rows,
        numeric=(1, 2, 3),
        places=(0, 0, 1),
    )
    exhibit = facts.shown.table("schemes_by_gap", table, _serves_title(facts), stack=True)
    return Section(key="serves", question="Which gaps do the schemes serve?", data={"exhibits": (exhibit,)})


def mix(facts: Facts) -> Section | None:
    """The saving by category and year."""
    if not facts.projection.composition.schemes:
        return None
    reads = f"Net: a minus means that it costs more than it saves in that year. {together.alone_and_together(facts)}"
    exhibit = facts.shown.table("saving_by_category", categories(facts), _mix_title(facts), reads)
    return Section(key="mix", question="Which kinds of scheme save?", data={"exhibits": (exhibit,)})


def _serves_title(facts: Facts) -> str:
    counts = facts.projection.composition.by_gap_schemes
    number = min(counts.values())
    least = [GAPS[gap].lower() for gap in GAPS if counts[gap] == number]
    verb = "serves" if number == 1 else "serve"
    of = f"{number or 'None'} of {plural(facts.projection.composition.schemes, 'scheme')}"
    if len(least) == 1:
        return f"{of} {verb} {least[0]}, the gap with fewest"
    return f"{of} {verb} each of {listed(least)}" + (", the gaps with fewest" if len(least) < len(counts) else "")


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
            f"{facts.after_year} is {facts.last_year} at full yearly rate, with no further growth"
        ),
        header=("Kind", *years),
        rows=(*rows, ("All schemes, before overlap", *total)),
        numeric=tuple(range(1, len(years) + 1)),
        totals=(len(rows),),
        unit="£m",
    )


def _mix_title(facts: Facts) -> str:
    mix, at, whole = facts.projection.composition, facts.last, net_saving(facts)
    name, amounts = max(mix.by_category.items(), key=lambda item: item[1][at])
    if amounts[at] <= NOTHING:
        return f"No kind of scheme saves money in {facts.last_year}"
    kind = CATEGORIES.get(name, name)
    held = [row for row in facts.plan.schemes if row.key not in together.without_cost(facts)]
    bare = "" if any(row.category == name for row in held) else ", with no cost held for it"
    added = -together.saved(facts)
    if added >= NOTHING:
        return (
            f"Counted one by one, “{kind}” saves most in {facts.last_year}: {money(amounts[at])} net{bare}; "
            f"all schemes together cost {money(added)} more than they save"
        )
    title = f"“{kind}” saves most in {facts.last_year}: {money(amounts[at])} net{bare}"
    if whole >= amounts[at]:
        return f"{title}, of {money(whole)} for all schemes before overlap"
    return f"{title}; all schemes together {'save' if whole > 0 else 'cost'} {money(abs(whole))} before overlap"
