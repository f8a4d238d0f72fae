"""Printed figures beside modelled ones, and the plan's first year beside its contracts; nothing is forced to close."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan.source import COUNTERPARTS, Printed
from tripleaim.projection.bed_bridge import BedBridge
from tripleaim.projection.bridge import Bridge, alone
from tripleaim.projection.capacity import DAYS
from tripleaim.projection.cases import DO_NOTHING
from tripleaim.projection.composition import SchemeResult
from tripleaim.projection.run import SCOPES, Run


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """One printed figure and what the model has for it."""

    key: str
    """Its key in stated.csv."""
    name: str
    """The figure in the document's words."""
    measure: str
    """What it measures: gap, saving, investment, residual, spend, funding, capital, beds, staff or other."""
    year: str
    """Financial year it describes; empty where the document names none, and the plan's last year is compared."""
    scope: str
    """Whose money: nhs, council, both, or as printed."""
    basis: str
    """How the document counts: annual, cumulative, or as printed. Cumulative figures add up the years so far."""
    setting: str
    """Care setting or sector the document names; for beds needed or closed, a key of capacity.csv."""
    printed: float
    """The printed figure. GBP, beds or whole-time equivalents; its sign is the document's."""
    placed_with: str
    """What of the model it is compared with; empty where it is unplaced."""
    modelled: float | None
    """The model's figure, in the same unit and sign; null where the figure is unplaced or its year outside the plan."""
    unexplained: float | None
    """Printed less modelled; null where nothing is modelled."""
    source: str
    """Key of the source of its row."""


@dataclass(frozen=True, kw_only=True)
class OperationalLine:
    """One line in the plan's first year: what the plan needs of the contract, and what the contract says."""

    line: str
    """Key of the line in activity.csv."""
    name: str
    """Its name in words."""
    provider: str
    """Key of the body that gives the care."""
    commissioner: str
    """Key of the body that pays for it."""
    opening: float
    """Units in the opening year."""
    do_nothing: float
    """Units in the plan's first year if nothing changes."""
    hoped: float
    """Units in the plan's first year as hoped."""
    contracted: float
    """Units the contract plans for that year."""
    difference: float
    """Units as hoped less contracted; positive = more than the contract holds."""
    payment: float | None
    """What the commissioner pays for the line in that year as hoped. GBP, cash; null where positions are not published.
    """


def reconcile(
    run: Run, bridges: tuple[Bridge, ...], schemes: tuple[SchemeResult, ...], beds: tuple[BedBridge, ...]
) -> tuple[Reconciled, ...]:
    """Lay every printed figure beside the model's; what has no place stays unplaced, what differs stays unexplained."""
    found = []
    for row in sorted(run.inputs.plan.stated, key=lambda row: row.key):
        modelled = _modelled(run, row, bridges, schemes, beds)
        found.append(
            Reconciled(
                key=row.key,
                name=row.name,
                measure=row.measure,
                year=row.year,
                scope=row.scope,
                basis=row.basis,
                setting=row.setting,
                printed=row.amount,
                placed_with=row.placed_with,
                modelled=modelled,
                unexplained=None if modelled is None else row.amount - modelled,
                source=row.source,
            )
        )
    return tuple(found)


def operational_year(run: Run) -> tuple[OperationalLine, ...]:
    """Year 1 of the plan is also the operational plan: the same lines, beside what the contracts plan."""
    hoped, nothing = run.cases.at("hoped"), run.cases.at("funding_growth")
    paid: dict[str, float] = {}
    rows = sorted(run.inputs.plan.activity, key=lambda row: row.key)
    for n, row in enumerate(rows):
        paid[row.key] = float(run.spent.paid[n, 1, hoped])
    return tuple(
        OperationalLine(
            line=row.key,
            name=row.name,
            provider=row.provider,
            commissioner=row.commissioner,
            opening=row.baseline,
            do_nothing=float(run.given.units[n, 1, nothing]),
            hoped=float(run.given.units[n, 1, hoped]),
            contracted=float(run.inputs.lines.planned[n, 1, 0]),
            difference=float(run.given.units[n, 1, hoped] - run.inputs.lines.planned[n, 1, 0]),
            payment=None if run.is_pressure else paid[row.key],
        )
        for n, row in enumerate(rows)
    )


def _modelled(
    run: Run,
    row: Printed,
    bridges: tuple[Bridge, ...],
    schemes: tuple[SchemeResult, ...],
    beds: tuple[BedBridge, ...],
) -> float | None:
    """What the model has for a printed figure, in its year; cumulative figures add the years up to it. Beds are those
    of the pool that the figure's setting names, else of the whole place.

    None where it is unplaced, or where the plan's years do not hold its year.
    """
    if row.placed_with.endswith("_gap") and row.year == run.inputs.plan.opening_year:
        return float(run.short("opening", row.scope if row.scope in SCOPES else "both")[0])
    if row.placed_with in _rows_measured(run, row):
        return _if_nothing_changes(run, row)
    told = run.axes.years[1:]
    if not row.placed_with or (row.year and row.year not in told):
        return None
    year = told.index(row.year) if row.year else run.axes.last - 1
    bridge = next((b for b in bridges if b.scope == row.scope), bridges[-1])
    years = range(year + 1) if row.basis == "cumulative" else (year,)

    def of(key: str) -> float:
        return sum(bridge.at(key).amounts[y] for y in years)

    for scheme in schemes:
        if scheme.key == row.placed_with:
            saving = alone(run, scheme.key, bridge.scope)
            return -sum(saving[y] for y in years)
    named = [b for b in beds if b.pool == row.setting] or list(beds)
    values = {
        "do_nothing_gap": of("do_nothing"),
        "do_something_gap": of("hoped"),
        "resourced_gap": of("resourced"),
        "savings": of("do_nothing") - of("hoped"),
        "overlap": of("overlap"),
        "investment": sum(s.spent[min(y, len(s.spent) - 1)] for s in schemes for y in years),
        "capital_needed": sum(sum(s.capital) for s in schemes),
        "capital_funded": sum(sum(s.capital_funded) for s in schemes),
        "beds_needed": sum(b.needed for b in named),
        "beds_closed": sum(b.base - b.open_last for b in named),
    }
    return values.get(row.placed_with)


def _rows_measured(run: Run, row: Printed) -> tuple[str, ...]:
    """Keys of the rows a figure of this measure may be placed with; a scheme of the same name comes first."""
    keys = {"activity": run.axes.lines, "capacity": run.axes.pools}.get(COUNTERPARTS.get(row.measure, ""), ())
    return tuple(key for key in keys if key not in run.axes.schemes)


def _if_nothing_changes(run: Run, row: Printed) -> float | None:
    """GBP spent on a line in the figure's year, or beds of a pool full on an average day; None outside the plan."""
    years = run.axes.years[: run.axes.run_rate]
    if row.year not in years:
        return None
    year, nothing = years.index(row.year), run.cases.at(DO_NOTHING)
    if row.measure == "beds":
        return float(run.opened.days[run.axes.pools.index(row.placed_with), year, nothing] / DAYS)
    first = min(1, year) if row.basis == "cumulative" else year
    return float(run.spent.paid[run.axes.lines.index(row.placed_with), first : year + 1, nothing].sum())
