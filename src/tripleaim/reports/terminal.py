"""The report in a few lines for a terminal: plain where there is no colour, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tripleaim.charts.wording import clean, say
from tripleaim.loading.completeness import uncounted
from tripleaim.plan import Plan
from tripleaim.projection.result import Projection
from tripleaim.reports import together
from tripleaim.reports.facts import GAPS, Exhibits, Facts
from tripleaim.reports.sections import answer
from tripleaim.reports.words import NOTHING, day, fours, money, plural

TOP = 5
LABEL = 30
"""Letters kept for the words at the start of a row."""
BETWEEN = 3
"""Letters between two columns."""


def summary(projection: Projection, console: Console, remarks: Iterable[str] = (), report: str = "") -> None:
    """Print what a planner wants to know first, and where the whole report is."""
    facts = Facts(projection, Exhibits(), tuple(remarks))
    masthead(projection.plan, console)
    verdict = answer.pressure_verdict(facts) if facts.is_pressure else answer.gap_verdict(facts)
    console.print(f"[bold]{plain(verdict.striptags())}[/bold]\n")
    for words in (uncounted(facts.plan), together.why_dearer(facts), facts.whose_care):
        if words:
            console.print(f"{words}\n")
    for years in _blocks(facts, console.width):
        if years.start:
            console.print()
        console.print(_years(facts, years))
    _beds(facts, console)
    _schemes(facts, console)
    if facts.remarks:
        console.print(
            f"\n{plural(len(facts.remarks), 'remark')} on the plan's files: see the report, or `tripleaim check`."
        )
    if report:
        console.print("\nThe report, to open in a browser:")
        console.print(plain(report), soft_wrap=True)


def masthead(plan: Plan, console: Console, more: str = "") -> None:
    """Which plan this is, that it is a draft, and its fingerprint, with what more identifies a result."""
    heading = plan.heading
    console.print(f"[bold]{plain(heading.name)}[/bold]{'  (invented place)' if heading.invented else ''}")
    agreed = "" if heading.status == "agreed" else " Not agreed by any organisation."
    console.print(f"{heading.status.upper()} version {plain(heading.version)}, {plain(day(heading.dated))}.{agreed}")
    console.print(f"Fingerprint {fours(plan.fingerprint)}{more}\n")


def _blocks(facts: Facts, width: int) -> list[range]:
    """Positions of the plan's years, in as many tables of one size as a width needs for every figure to be whole."""
    count = len(facts.plan_years)
    longest = max(len(cell) for _, cells in _rows(facts) for cell in (*cells, *facts.plan_years))
    fit = max(1, (width - LABEL) // (longest + BETWEEN))
    size = -(-count // -(-count // fit))
    return [range(first, min(first + size, count)) for first in range(0, count, size)]


def _years(facts: Facts, years: range) -> Table:
    """The three gaps in some of the plan's years."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", min_width=LABEL - BETWEEN)
    for year in years:
        table.add_column(facts.plan_years[year], justify="right", no_wrap=True)
    for words, cells in _rows(facts):
        table.add_row(words, *(cells[year] for year in years if cells))
    return table


def _rows(facts: Facts) -> list[tuple[str, tuple[str, ...]]]:
    """Each row of the table of gaps: its words, and its figure in every year of the plan; a heading has none."""
    cases = [(case, name[0].lower() + name[1:]) for case, name in facts.cases.items()]
    rows: list[tuple[str, tuple[str, ...]]] = []
    for gap in ("health", "care"):
        found = facts.outcome(gap)
        if found.with_standard:
            rows.append((f"{GAPS[gap]}: at standard, of {found.with_standard}", ()))
            rows += [(f"  {words}", tuple(f"{count}" for count in found.met[case])) for case, words in cases]
    both = facts.projection.scope("both")
    rows.append((f"Money: £m {f'above {facts.plan.opening_year}' if facts.is_pressure else 'short'}", ()))
    for case, words in cases:
        values = getattr(both, case)[: len(facts.plan_years)]
        rows.append((f"  {words}", tuple(say(value / 1e6, 1) for value in values)))
    return rows


def _beds(facts: Facts, console: Console) -> None:
    pools = facts.projection.beds
    if not pools:
        return
    opening, last, nothing = (
        sum(getattr(pool, name) for pool in pools) for name in ("base", "open_last", "open_nothing")
    )
    line = f"\nBeds: {opening:,.0f} open today; "
    hoped = f"{last:,.0f} in {facts.last_year} as hoped, {nothing:,.0f} if nothing changes."
    line += hoped if facts.has_schemes else f"the model has {nothing:,.0f} in {facts.last_year} if nothing changes."
    claimed, unsupported = sum(p.claimed for p in pools), sum(p.unsupported for p in pools if p.claimed)
    if claimed:
        line += f" The plan claims to close {claimed:,.0f}; {unsupported:,.0f} of these are not supported."
    console.print(line)


def _schemes(facts: Facts, console: Console) -> None:
    savers = [scheme for scheme in facts.projection.schemes if scheme.saving[facts.last] > NOTHING]
    if not savers:
        return
    console.print(f"\nSchemes that save most in {facts.last_year}, each alone:")
    for scheme in savers[:TOP]:
        note = "  (a plug: no owner, action or evidence)" if scheme.is_plug else ""
        note = "  (no cost is held for it)" if scheme.key in together.without_cost(facts) else note
        console.print(f"  {money(scheme.saving[facts.last]):>9}  {plain(scheme.name)}{note}")
    rest = savers[TOP:]
    if rest:
        console.print(f"  {money(sum(s.saving[facts.last] for s in rest)):>9}  {plural(len(rest), 'other scheme')}")
    dearer = [cost for s in facts.projection.schemes if (cost := s.saving[facts.last]) < -NOTHING]
    if dearer:
        what = plural(len(dearer), "scheme that costs more than it saves", "schemes that cost more than they save")
        console.print(f"  {money(sum(dearer)):>9}  {what}")
    apart = together.alone_and_together(facts)
    if apart:
        console.print(apart)


def plain(words: object) -> str:
    """A plan's own words as a terminal may print them: nothing in them acts on the screen."""
    return escape(clean(words))
