"""A stress test in a few lines for a terminal: how likely balance is, how bad it could be, and what moves it."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tripleaim.charts.wording import clean, say
from tripleaim.projection.result import Projection
from tripleaim.reports.words import day, fours
from tripleaim.stress.findings import Mover, Stress

CASES = {"do_nothing": "if nothing changes", "hoped": "as hoped", "resourced": "with what is found"}


def stress_summary(found: Stress, run: Projection, console: Console) -> None:
    """Print what a board wants to know of a stress test; `run` is the plan at its stated points."""
    heading = found.plan.heading
    console.print(f"[bold]{_plain(heading.name)}[/bold]{'  (invented place)' if heading.invented else ''}")
    console.print(f"{heading.status.upper()} version {_plain(heading.version)}, {_plain(day(heading.dated))}.")
    console.print(f"Fingerprint {fours(found.fingerprint)}, seed {found.seed}, {found.draws:,} draws\n")
    console.print(f"[bold]{verdict(found, run)}[/bold]\n")
    console.print(_years(found))
    if not found.is_pressure:
        _balance(found, console)
    if found.movers:
        console.print(f"\nWhat moves {found.years[-1]} most as hoped, one at a time (£m at its low and at its high):")
        console.print(_movers(found))
    console.print(f"\n{found.correlation}")
    console.print(
        "Each uncertain number is drawn from its own range: eight times in ten between its low and its high. Ranges of "
        "what moves the whole plan (all care, all prices, all allocations, all schemes) are ours and illustrative "
        "unless the plan states its own. What has no range is taken as certain, so the truth can lie further out."
    )


def verdict(found: Stress, run: Projection) -> str:
    """One sentence a board member understands, with the plan's own figure beside."""
    last, spread = found.years[-1], found.of("both", "hoped")
    low, high = (_money(value[-1]) for value in (spread.low, spread.high))
    stated = run.scope("both").hoped[len(found.years) - 1]
    if found.is_pressure:
        return (
            f"In eight of ten draws the same care costs {low} to {high} more in {last} than in "
            f"{found.plan.opening_year}; the plan's own figure is {_money(stated)}."
        )
    return (
        f"{_share(spread.balanced[-1])} of draws balance in {last} as hoped. In eight of ten the place is short by "
        f"{low} to {high}, half of them by more than {_money(spread.middle[-1])}; the plan's own figure is "
        f"{_money(stated)}."
    )


def _years(found: Stress) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("£m " + ("above " + found.plan.opening_year if found.is_pressure else "short"), min_width=26)
    for year in found.years:
        table.add_column(year, justify="right", no_wrap=True)
    for case, words in CASES.items():
        spread = found.of("both", case)
        table.add_row(words[0].upper() + words[1:])
        for label, values in (("low (1 in 10 below)", spread.low), ("middle", spread.middle), ("high", spread.high)):
            table.add_row(f"  {label}", *(say(value / 1e6, 1) for value in values))
        if spread.balanced:
            table.add_row("  draws that balance", *(_share(share) for share in spread.balanced))
    return table


def _balance(found: Stress, console: Console) -> None:
    for each in found.first_balance:
        years = ", ".join(
            f"{_share(share)} from {year}" for year, share in zip(found.years, each.by_year, strict=True) if share
        )
        told = f"{years}; {_share(each.never)} not by {found.years[-1]}" if years else f"never by {found.years[-1]}"
        console.print(f"\nBalance that lasts, {CASES[each.case]}: {told}.")
    missed = found.of("both", "hoped")
    if missed.when_missed[-1]:
        console.print(
            f"Where it is missed as hoped in {found.years[-1]}, by {_money(missed.when_missed[-1])} on average."
        )
    totals = [each for each in found.control_totals if each.case == "resourced"]
    if totals:
        console.print("\nControl totals met, with what is found (share of draws):")
        names = {row.key: row.name for row in found.plan.organisations}
        for total in totals:
            console.print(f"  {_plain(names[total.organisation])}, {total.year}: {_share(total.met)}", soft_wrap=True)


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
        _plain(f"{each.label} ({each.unit})"),
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


def _money(amount: float) -> str:
    """GBP in £m; a surplus is told with its minus."""
    return f"{'−' if amount < 0 else ''}£{abs(amount) / 1e6:,.1f}m"


def _plain(text: str) -> str:
    return escape(clean(text))
