"""A stress test in a few lines for a terminal: how likely balance is, how bad it could be, and what moves it."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from tripleaim.charts import percent
from tripleaim.charts.wording import say
from tripleaim.projection.result import Projection
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.stress_parts.drawn import other_draws
from tripleaim.reports.stress_parts.in_short import in_short
from tripleaim.reports.stress_parts.movers import low_and_high
from tripleaim.reports.stress_parts.own_ranges import own_ranges_alone
from tripleaim.reports.stress_parts.sentences import (
    FOUND_SO_FAR,
    as_hoped,
    balance_that_lasts,
    control_totals_met,
    ranges_in_words,
    told_cases,
    verdict,
    when_missed,
)
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.reports.terminal import masthead, plain
from tripleaim.reports.words import plural
from tripleaim.stress.bars import Bar
from tripleaim.stress.findings import Stress
from tripleaim.stress.whole import Whole


def stress_summary(whole: Whole, run: Projection, console: Console, page: str = "") -> None:
    """Print what a board wants to know of a stress test; `run` is the plan at its stated points.

    whole : a part that was not asked for is left out
    page  : where the same is as a page, if it was written
    """
    found = whole.found
    cases = told_cases(found)
    masthead(found.plan, console, f", seed {found.seed}, {plural(found.draws, 'draw')}")
    console.print(f"[bold]{verdict(found, run)}[/bold]\n")
    console.print(_years(found, cases))
    said = [
        FOUND_SO_FAR if "resourced" in cases else "",
        own_ranges_alone(whole),
        *balance_that_lasts(found)[-len(cases) + 1 :],
        when_missed(found),
        control_totals_met(found),
    ]
    if any(said):
        console.print("\n" + "\n".join(_stopped(words) for words in said if words))
    told = StressTold(whole, Facts(run, Exhibits()))
    answers = [f"[bold]{question}[/bold] {plain(words)}" for question, words in in_short(told)]
    if answers:
        console.print("\n" + "\n".join(answers), highlight=False)
    if whole.why is None and found.movers:
        console.print(
            f"\nWhat moves {found.years[-1]} most{as_hoped(found)}, one at a time (£m at its low and at its high):"
        )
        console.print(_movers(told))
    console.print(f"\n{ranges_in_words(found.plan)}")
    if other_draws(told):
        console.print(other_draws(told))
    if whole.why is None:
        console.print(found.correlation)
    if found.why_slow:
        console.print(found.why_slow)
    if page:
        console.print("\nAll of it as a page, to open in a browser:")
        console.print(plain(page), soft_wrap=True)


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


def _stopped(words: str) -> str:
    """A sentence with its stop."""
    return plain(words if words.endswith(".") else f"{words}.")


def _movers(told: StressTold) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("")
    for name in ("low", "high", "£m at low", "£m at high"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in told.bars:
        table.add_row(*_cells(each))
    return table


def _cells(each: Bar) -> tuple[str, ...]:
    return (
        plain(each.label),
        *low_and_high(each),
        say(each.at_low / 1e6, 1),
        say(each.at_high / 1e6, 1),
    )
