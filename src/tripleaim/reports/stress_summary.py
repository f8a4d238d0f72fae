"""A stress test in a few lines for a terminal: how likely balance is, how bad it could be, and what moves it."""

from __future__ import annotations

from dataclasses import replace

from rich import box
from rich.console import Console
from rich.table import Table

from tripleaim.charts import percent
from tripleaim.charts.wording import MINUS, say
from tripleaim.projection.result import Projection
from tripleaim.reports.facts import CASES
from tripleaim.reports.terminal import masthead, plain
from tripleaim.reports.words import money, short
from tripleaim.stress.findings import Mover, Stress

RANGES = (
    "Each uncertain number is drawn from its own range: eight times in ten between its low and its high. Ranges of "
    "what moves the whole plan are ours unless the plan states its own: that of all care is worked out from past "
    "years, those of all prices, all allocations and all schemes are illustrative. What has no range is taken as "
    "certain, so the truth can lie further out."
)
"""What every result of a stress test rests on."""


def stress_summary(found: Stress, run: Projection, console: Console, page: str = "") -> None:
    """Print what a board wants to know of a stress test; `run` is the plan at its stated points.

    page : where the same is as a page, if it was written
    """
    cases = told_cases(found)
    masthead(found.plan, console, f", seed {found.seed}, {found.draws:,} draws")
    console.print(f"[bold]{verdict(found, run)}[/bold]\n")
    console.print(_years(found, cases))
    for words in (*balance_that_lasts(found), when_missed(found)):
        if words:
            console.print(f"\n{words}")
    _control_totals(found, cases, console)
    if found.movers:
        console.print(
            f"\nWhat moves {found.years[-1]} most{as_hoped(found)}, one at a time (£m at its low and at its high):"
        )
        console.print(_movers(found))
    console.print(f"\n{found.correlation}")
    console.print(RANGES)
    if found.why_slow:
        console.print(found.why_slow)
    if page:
        console.print("\nAs a page, to open in a browser:")
        console.print(plain(page), soft_wrap=True)


def told_cases(found: Stress) -> dict[str, str]:
    """The cases worth telling and their names: none of the schemes' where there are none, nor one result twice."""
    hoped, resourced = (replace(found.of("both", case), case="") for case in ("hoped", "resourced"))
    worth = {"do_nothing": True, "hoped": bool(found.plan.schemes), "resourced": hoped != resourced}
    return {case: CASES[case] for case, told in worth.items() if told}


def verdict(found: Stress, run: Projection) -> str:
    """One sentence a board member understands, with the plan's own figure beside."""
    last, spread = found.years[-1], found.of("both", "hoped")
    stated = run.scope("both").hoped[len(found.years) - 1]
    if found.is_pressure:
        return (
            f"In eight of ten draws the same care costs {money(spread.low[-1])} to {money(spread.high[-1])} more in "
            f"{last} than in {found.plan.opening_year}{as_hoped(found)}; the plan's own figure is {money(stated)}."
        )
    between = f"{short(spread.low[-1])} at best and {short(spread.high[-1])} at worst"
    return (
        f"{percent(spread.met[-1])} of draws balance in {last}{as_hoped(found)}. In eight of ten the place is "
        f"{between}; the middle is {short(spread.middle[-1])}, and the plan's own figure is {short(stated)}."
    )


def in_unit(value: float, unit: str) -> str:
    """One value of an uncertain number as a reader says it: fractions in per cent, money with its pound sign.

    >>> in_unit(0.025, "fraction a year"), in_unit(-0.03, "fraction"), in_unit(61000, "GBP a year")
    ('2.5% a year', '−3%', '£61,000 a year')
    >>> in_unit(12, "months"), in_unit(0.8, "ratio")
    ('12 months', '0.8')
    """
    size, sign = abs(value), MINUS if value < 0 else ""
    kind, _, rest = unit.partition(" ")
    if kind == "fraction":
        return f"{sign}{size * 100:.4g}% {rest}".strip()
    said = f"{size:,.0f}" if size >= 1000 else f"{size:.4g}"
    if kind == "GBP":
        return f"{sign}£{said} {rest}".strip()
    return f"{sign}{said} {'' if unit == 'ratio' else unit}".strip()


def as_hoped(found: Stress) -> str:
    """Words for the case with the schemes, to go on after others; empty where a plan has none."""
    return " as hoped" if found.plan.schemes else ""


def _years(found: Stress, cases: dict[str, str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("£m " + ("above " + found.plan.opening_year if found.is_pressure else "short"), min_width=26)
    for year in found.years:
        table.add_column(year, justify="right", no_wrap=True)
    for case, words in cases.items():
        spread = found.of("both", case)
        table.add_row(words)
        for label, values in (("low (1 in 10 below)", spread.low), ("middle", spread.middle), ("high", spread.high)):
            table.add_row(f"  {label}", *(say(value / 1e6, 1) for value in values))
        if spread.met:
            table.add_row("  draws that balance", *(percent(share) for share in spread.met))
    return table


def balance_that_lasts(found: Stress) -> list[str]:
    """From which year draws balance and stay so: a sentence for each case worth telling; none for a pressure."""
    cases, told = told_cases(found), []
    for each in found.first_balance:
        if each.case in cases:
            years = ", ".join(
                f"{percent(share)} from {year}" for year, share in zip(found.years, each.by_year, strict=True) if share
            )
            words = (
                f"{years}; {percent(each.never)} not by {found.years[-1]}" if years else f"never by {found.years[-1]}"
            )
            told.append(f"Balance that lasts, {cases[each.case].lower()}: {words}.")
    return told


def when_missed(found: Stress) -> str:
    """By how much balance is missed in the last year where it is; empty where it never is, and for a pressure."""
    missed = found.of("both", "hoped").when_missed
    if not missed or not missed[-1]:
        return ""
    return f"Where it is missed{as_hoped(found)} in {found.years[-1]}, by {money(missed[-1])} on average."


def _control_totals(found: Stress, cases: dict[str, str], console: Console) -> None:
    *_, case = cases
    totals = [each for each in found.control_totals if each.case == case]
    if found.is_pressure or not totals:
        return
    console.print(f"\nControl totals met, {cases[case].lower()} (share of draws):")
    names = {row.key: row.name for row in found.plan.organisations}
    for total in totals:
        console.print(f"  {plain(names[total.organisation])}, {total.year}: {percent(total.met)}", soft_wrap=True)


def _movers(found: Stress) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("")
    for name in ("low", "high", "£m at low", "£m at high"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in found.movers:
        table.add_row(*_cells(each))
    return table


def _cells(each: Mover) -> tuple[str, ...]:
    return (
        plain(each.label),
        in_unit(each.low, each.unit),
        in_unit(each.high, each.unit),
        say(each.at_low / 1e6, 1),
        say(each.at_high / 1e6, 1),
    )
