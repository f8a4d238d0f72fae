"""The plan beside other papers: contracts of its first year, and figures printed elsewhere."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.projection.reconcile import Reconciled
from tripleaim.reports.facts import Facts
from tripleaim.reports.section import Section
from tripleaim.reports.sections.trust import anchor
from tripleaim.reports.words import counted, plural

FEW = 15
"""So many printed figures without a counterpart still stand on the page one by one."""
COUNTS = ("beds", "staff")
"""Printed figures that are numbers of something, not money."""


def operational(facts: Facts) -> Section | None:
    """The plan's first year beside its contracts; lines without a contract have nothing to stand beside."""
    contracted = {row.key for row in facts.plan.activity if row.contract}
    found = [line for line in facts.projection.operational_year if line.line in contracted]
    if not found:
        none = "No contract volumes are held in this plan, so its first year cannot be laid beside contracts."
        return Section(key="operational", question="Does the first year fit the contracts?", data={"lead": (none,)})
    sources = {row.key: (row.source, row.unit) for row in facts.plan.activity}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            line.name,
            facts.body(line.commissioner),
            facts.body(line.provider),
            sources[line.line][1],
            line.opening,
            line.do_nothing,
            line.hoped,
            line.contracted,
            line.difference,
            sources[line.line][0],
        )
        for line in found
    )
    year = facts.plan_years[0]
    table = Table(
        caption=f"{year}: what the plan needs of each line of care, and what contracts plan",
        header=(
            "Line of care",
            "Paid for by",
            "Given by",
            "Unit",
            facts.plan.opening_year,
            "If nothing changes",
            "As hoped",
            "In contracts",
            "Plan less contracts",
            "Source",
        ),
        rows=rows,
        numeric=(4, 5, 6, 7, 8),
        places=(0,) * 5,
        signed=(8,),
        links=tuple((n, 9, anchor(sources[line.line][0])) for n, line in enumerate(found)),
    )
    more = sum(line.difference > 0.5 for line in found)
    title = (
        (
            f"{counted(more, 'line')} of {len(found)} {'needs' if more == 1 else 'need'} more care in "
            f"{year} than contracts plan"
        )
        if more
        else f"No line needs more care in {year} than contracts plan"
    )
    reads = "The first year of the plan is also the operational plan: the same lines, side by side."
    return Section(
        key="operational",
        question=f"Does {year} fit the contracts?",
        data={"exhibits": (facts.shown.table("operational_year", table, title, reads, fold=True),)},
    )


def stated(facts: Facts) -> Section | None:
    """Printed figures beside modelled ones."""
    found = facts.projection.stated
    if not found:
        return None
    placed = [row for row in found if row.modelled is not None]
    unplaced = sorted((row for row in found if row.modelled is None), key=lambda row: row.measure in COUNTS)
    exhibits = []
    if placed:
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (r.name, r.year or "not stated", r.scope, *_sums(r.measure, r.printed, r.modelled, r.unexplained), r.source)
            for r in placed
        )
        table = Table(
            caption="Figures printed elsewhere beside this model, £m (beds and staff in numbers)",
            header=("Printed figure", "Year", "Whose", "Printed", "This model", "Unexplained", "Source"),
            rows=rows,
            numeric=(3, 4, 5),
            signed=(5,),
            links=tuple((n, 6, anchor(r.source)) for n, r in enumerate(placed)),
        )
        title = (
            f"{counted(len(placed), 'printed figure')} {'has' if len(placed) == 1 else 'have'} a "
            "counterpart; what differs stays unexplained"
        )
        exhibits.append(facts.shown.table("stated", table, title, "Nothing is forced to close.", fold=len(placed) > 15))
    if unplaced:
        exhibits.append(_unplaced(facts, unplaced))
    return Section(
        key="stated", question="How does this compare with what was printed?", data={"exhibits": tuple(exhibits)}
    )


def _unplaced(facts: Facts, rows: list[Reconciled]) -> Markup:
    """Printed figures with no counterpart: each of them where they are few, counted by what they measure where many."""
    whole = Table(
        caption="Printed figures with no counterpart in this model, £m (beds and staff in numbers)",
        header=("Printed figure", "What it measures", "Year", "Whose", "Printed", "Source"),
        rows=tuple(
            (r.name, r.measure, r.year or "not stated", r.scope, _sums(r.measure, r.printed)[0], r.source) for r in rows
        ),
        numeric=(4,),
        links=tuple((n, 5, anchor(r.source)) for n, r in enumerate(rows)),
        traces=tuple(("stated.csv", r.key, r.source) for r in rows),
    )
    title = f"{plural(len(rows), 'printed figure')} {'is' if len(rows) == 1 else 'are'} unplaced"
    if len(rows) <= FEW:
        return facts.shown.table("unplaced", whole, title, fold=True)
    counts = Counter(row.measure for row in rows)
    table = Table(
        caption="Printed figures with no counterpart in this model, by what they measure",
        header=("What it measures", "Figures"),
        rows=tuple((measure.replace("_", " ").capitalize(), count) for measure, count in counts.most_common()),
        numeric=(1,),
        places=(0,),
    )
    facts.shown.keep("unplaced", title, whole)
    link = Markup(
        '<p class="sources">Every one of them, with its source: <a href="data/unplaced.csv">unplaced.csv</a></p>'
    )
    return facts.shown.table("unplaced_counted", table, title) + link


def _sums(measure: str, *values: float | None) -> tuple[float | None, ...]:
    size = 1.0 if measure in COUNTS else 1e6
    return tuple(None if value is None else value / size for value in values)
