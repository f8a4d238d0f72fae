"""Two plans in the same draws, for a terminal: which is less short, how often, by how much, and which balances."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from tripleaim.charts import percent
from tripleaim.charts.wording import say
from tripleaim.plan import Plan
from tripleaim.reports.against_words import balance, more_and_less, shared, told_cases, verdict, warnings
from tripleaim.reports.terminal import masthead, plain
from tripleaim.stress.against import Against


def against_summary(found: Against, plan: Plan, console: Console, page: str = "", folder: str = "") -> None:
    """Print how two plans differ in the same draws.

    page   : where the same is as a page, if it was written
    folder : name of the other plan's folder or file, where both plans have one name
    """
    masthead(plan, console, f", seed {found.seed}, {found.draws:,} draws")
    for words in (*warnings(found), f"{verdict(found, folder)} {balance(found)}".rstrip()):
        console.print(f"[bold]{plain(words)}[/bold]\n", highlight=False)
    console.print(_table(found))
    for words in shared(found):
        console.print(f"\n{plain(words)}", highlight=False)
    if page:
        console.print("\nAll of it as a page, to open in a browser:")
        console.print(plain(page), soft_wrap=True)


def _table(found: Against) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(f"£m {'above ' + found.opening_year if found.is_pressure else 'short'}", min_width=30)
    for year in found.years:
        table.add_column(year, justify="right", no_wrap=True)
    for case, name in told_cases(found).items():
        table.add_row(name)
        for label, cells in _rows(found, case):
            table.add_row(f"  {label}", *cells)
    return table


def _rows(found: Against, case: str) -> list[tuple[str, list[str]]]:
    """Each row of one case: its words and its cells."""
    difference, sides = found.of(case), found.sides(case)
    amounts = {
        "this plan, in the middle": sides.plan.middle,
        "the other, in the middle": sides.other.middle,
        "difference: low (1 in 10 below)": difference.low,
        "difference: middle": difference.middle,
        "difference: high": difference.high,
    }
    shares = {f"draws in which {more_and_less(found)[1]}": difference.better}
    if not found.is_pressure:
        shares |= {
            "draws in balance, this plan": sides.plan.balanced,
            "draws in balance, the other": sides.other.balanced,
            "  only this plan": sides.plan.balanced_alone,
            "  only the other": sides.other.balanced_alone,
        }
    rows = [(label, [say(value / 1e6, 1) for value in values]) for label, values in amounts.items()]
    return rows + [(label, [percent(share) for share in values]) for label, values in shares.items()]
