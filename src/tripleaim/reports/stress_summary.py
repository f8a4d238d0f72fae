"""A stress test in a few lines for a terminal: how likely balance is, how bad it could be, and what moves it."""

from __future__ import annotations

from dataclasses import replace

from rich import box
from rich.console import Console
from rich.table import Table

from tripleaim.charts.wording import say
from tripleaim.projection.result import Projection
from tripleaim.reports.facts import CASES
from tripleaim.reports.terminal import masthead, plain
from tripleaim.reports.words import money, short
from tripleaim.stress.findings import Mover, Stress


def stress_summary(found: Stress, run: Projection, console: Console) -> None:
    """Print what a board wants to know of a stress test; `run` is the plan at its stated points."""
    cases = told_cases(found)
    masthead(found.plan, console, f", seed {found.seed}, {found.draws:,} draws")
    console.print(f"[bold]{verdict(found, run)}[/bold]\n")
    console.print(_years(found, cases))
    if not found.is_pressure:
        _balance(found, cases, console)
    if found.movers:
        console.print(
            f"\nWhat moves {found.years[-1]} most{_as_hoped(found)}, one at a time (£m at its low and at its high):"
        )
        console.print(_movers(found))
    console.print(f"\n{found.correlation}")
    console.print(
        "Each uncertain number is drawn from its own range: eight times in ten between its low and its high. Ranges of "
        "what moves the whole plan (all care, all prices, all allocations, all schemes) are ours and illustrative "
        "unless the plan states its own. What has no range is taken as certain, so the truth can lie further out."
    )


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
            f"{last} than in {found.plan.opening_year}{_as_hoped(found)}; the plan's own figure is {money(stated)}."
        )
    between = f"{short(spread.low[-1])} at best and {short(spread.high[-1])} at worst"
    return (
        f"{_share(spread.balanced[-1])} of draws balance in {last}{_as_hoped(found)}. In eight of ten the place is "
        f"{between}; the middle is {short(spread.middle[-1])}, and the plan's own figure is {short(stated)}."
    )


def _as_hoped(found: Stress) -> str:
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
        if spread.balanced:
            table.add_row("  draws that balance", *(_share(share) for share in spread.balanced))
    return table


def _balance(found: Stress, cases: dict[str, str], console: Console) -> None:
    for each in found.first_balance:
        if each.case not in cases:
            continue
        years = ", ".join(
            f"{_share(share)} from {year}" for year, share in zip(found.years, each.by_year, strict=True) if share
        )
        told = f"{years}; {_share(each.never)} not by {found.years[-1]}" if years else f"never by {found.years[-1]}"
        console.print(f"\nBalance that lasts, {cases[each.case].lower()}: {told}.")
    missed = found.of("both", "hoped")
    if missed.when_missed[-1]:
        console.print(
            f"Where it is missed{_as_hoped(found)} in {found.years[-1]}, by {money(missed.when_missed[-1])} on average."
        )
    *_, case = cases
    totals = [each for each in found.control_totals if each.case == case]
    if totals:
        console.print(f"\nControl totals met, {cases[case].lower()} (share of draws):")
        names = {row.key: row.name for row in found.plan.organisations}
        for total in totals:
            console.print(f"  {plain(names[total.organisation])}, {total.year}: {_share(total.met)}", soft_wrap=True)


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
        plain(f"{each.label} ({each.unit})"),
        f"{each.low:g}".replace("-", "−"),
        f"{each.high:g}".replace("-", "−"),
        say(each.at_low / 1e6, 1),
        say(each.at_high / 1e6, 1),
    )


def _share(value: float) -> str:
    """A share of draws in per cent; some but not one in a thousand is told as such."""
    if 0 < value < 0.0005:
        return "under 0.1%"
    digits = 1 if 0 < value < 0.0995 or 0.9005 < value < 1 else 0
    return f"{value * 100:.{digits}f}%"
