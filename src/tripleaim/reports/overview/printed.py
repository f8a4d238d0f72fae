"""What was printed about each plan of 2016, and what was not found. Scopes are told apart and never mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.opendata import published
from tripleaim.opendata.printed import PrintedFigure
from tripleaim.reports.overview.places import Place

GAP = "do_nothing_gap_2020_21_gbp_m"
GROUPS = (
    ("both", "The NHS and councils’ care, one year"),
    ("nhs", "The NHS alone, one year"),
    ("not_stated", "Scope not stated, one year"),
    ("cumulative", "Added up over several years"),
)
"""Key and heading of each kind of printed gap that may be read together."""
_SCOPES = {"health and social care": "both", "NHS": "nhs", "health": "nhs"}


def group(figure: PrintedFigure) -> str:
    """Which of the kinds a printed gap is."""
    if "cumulative" in figure.basis.lower():
        return "cumulative"
    return _SCOPES.get(figure.scope, "not_stated")


def gaps(found: Sequence[Place], kind: str) -> Table | None:
    """Gaps of one kind as printed, by place; None where there are none."""
    names = {place.code: place.name for place in found}
    figures = [figure for figure in published().printed_figures if figure.measure == GAP and group(figure) == kind]
    if not figures:
        return None
    order = {place.code: n for n, place in enumerate(found)}
    figures.sort(key=lambda figure: (order[figure.footprint], not figure.preferred, figure.number))
    rows: list[tuple[Cell, ...]] = [
        (
            names[figure.footprint] + ("" if figure.preferred else " (another figure)"),
            figure.value,
            figure.scope,
            figure.basis.replace("CUMULATIVE", "cumulative"),
            f"{figure.source_name}{f', {figure.date}' if figure.date else ''}",
        )
        for figure in figures
    ]
    return Table(
        caption=f"Gap if nothing were done, as printed: {dict(GROUPS)[kind][:1].lower()}{dict(GROUPS)[kind][1:]}",
        header=("Place", "£m", "Whose money", "Of which years", "Who printed it"),
        rows=tuple(rows),
        numeric=(1,),
        unit="£m",
        links=tuple((n, 4, figure.url) for n, figure in enumerate(figures)),
    )


AS_WORDED = " (as worded by the source; annual not always stated)"
"""Words that most printed gaps have behind their year: a page says them once."""


def in_brief(table: Table) -> Table:
    """A table of gaps for a page: what every row says stands in the caption, and the mark ° for a year as worded."""
    kept = [
        column
        for column in range(len(table.header))
        if column in (0, *table.numeric) or len({row[column] for row in table.rows}) > 1
    ]
    said = [str(table.rows[0][column]) for column in range(len(table.header)) if column not in kept]

    def short(cell: Cell) -> Cell:
        return cell.replace(AS_WORDED, "°") if isinstance(cell, str) else cell

    return replace(
        table,
        caption="; ".join([table.caption, *(str(short(words)) for words in said if words != "not stated")]),
        header=tuple(table.header[column] for column in kept),
        rows=tuple(tuple(short(row[column]) for column in kept) for row in table.rows),
        numeric=tuple(kept.index(column) for column in table.numeric),
        links=tuple((n, kept.index(column), to) for n, column, to in table.links if column in kept),
    )


def what_is_published(found: Sequence[Place]) -> Table:
    """For each place, which of the things that vary are in the open data, and which were not found."""
    data = published()
    leads = {lead.footprint for lead in data.leads}
    ratings = {rating.footprint for rating in data.ratings}
    printed: dict[str, set[str]] = {}
    for figure in data.printed_figures:
        printed.setdefault(figure.footprint, set()).add(figure.measure)
    with_positions = {position.place for position in data.positions}

    def said(there: bool) -> str:
        return "yes" if there else "not found"

    rows: list[tuple[Cell, ...]] = []
    for place in found:
        measures = printed.get(place.code, set())
        rows.append(
            (
                place.name,
                said(place.code in leads),
                said(place.code in ratings),
                said(GAP in measures),
                said("planned_solutions_gbp_m" in measures),
                said(place.name in with_positions),
                "; ".join(f"{_board(name)} ({_percent(share)})" for name, share in place.boards),
            )
        )
    return Table(
        caption="What was printed about each plan and found",
        header=(
            "Place",
            "Who led the plan",
            "Rating, July 2017",
            "Gap if nothing were done",
            "Savings planned",
            "Money by organisation",
            "Integrated care boards its people are in now",
        ),
        rows=tuple(rows),
        numeric=(),
    )


def _board(name: str) -> str:
    return name.removesuffix(" Integrated Care Board")


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%" if 0.005 <= share <= 0.995 else "all" if share > 0.995 else "under 1%"
