"""Two plans in the same draws: which is less short, how often, and by how much."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from tripleaim.charts import percent
from tripleaim.charts.wording import say
from tripleaim.plan import Plan
from tripleaim.reports.facts import CASES
from tripleaim.reports.json_out import document, to_text
from tripleaim.reports.terminal import masthead
from tripleaim.reports.words import NOTHING, money
from tripleaim.stress.against import Against, Difference


def against_summary(found: Against, plan: Plan, console: Console) -> None:
    """Print how two plans differ in the same draws."""
    masthead(plan, console, f", seed {found.seed}, {found.draws:,} draws")
    console.print(f"[bold]{verdict(found)}[/bold]\n", highlight=False)
    console.print(_table(found))
    console.print(f"\n{_shared(found)}")


def verdict(found: Against) -> str:
    """One sentence: the last year as hoped, in the middle of the draws, and how often which plan is less short."""
    last = _of(found, "hoped")
    year, middle, low, high = found.years[-1], last.middle[-1], last.low[-1], last.high[-1]
    other = f"“{found.against_name}” ({found.against[:4]})"
    if max(abs(low), abs(middle), abs(high)) < NOTHING and not last.better[-1] and not last.worse[-1]:
        return f"In {year} as hoped the two plans come to the same in every draw."
    way = "more short" if middle > 0 else "less short"
    return (
        f"In {year} as hoped this plan is {money(abs(middle))} {way} than {other} in the middle of the draws. In "
        f"eight of ten the difference is {_signed(low)} to {_signed(high)}. It is less short in "
        f"{percent(last.better[-1])} of draws and more short in {percent(last.worse[-1])}."
    )


def against_report(found: Against, plan: Plan) -> str:
    """The difference as one JSON document."""
    told = document("stress-against", plan, found)
    del told["remarks"], told["result"]["fingerprint"]
    return to_text(told)


def _of(found: Against, case: str) -> Difference:
    return next(each for each in found.differences if (each.who, each.case) == ("both", case))


def _table(found: Against) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("£m, this plan less the other", min_width=28)
    for year in found.years:
        table.add_column(year, justify="right", no_wrap=True)
    for case, name in CASES.items():
        each = _of(found, case)
        table.add_row(name)
        for label, values in (("low (1 in 10 below)", each.low), ("middle", each.middle), ("high", each.high)):
            table.add_row(f"  {label}", *(say(value / 1e6, 1) for value in values))
        table.add_row("  draws in which less short", *(percent(share) for share in each.better))
    return table


def _shared(found: Against) -> str:
    alone = [f"{found.alone:,} only here", f"{found.other_alone:,} only in the other plan"]
    return (
        f"{found.shared:,} uncertain numbers stand in both plans and take the same value in both in every draw, so "
        f"that what is left to chance does not count as a difference; {' and '.join(alone)}."
    )


def _signed(value: float) -> str:
    return f"{money(abs(value))} {'more' if value > 0 else 'less'} short" if abs(value) >= NOTHING else "nothing"
