"""The payoff ledger: what each scheme does to the books of each body, by year and line (method note 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from tripleaim.incentives.amounts import Array
from tripleaim.plan import Plan
from tripleaim.projection.axes import axes, node_of
from tripleaim.projection.ledger import RESOURCES, TREASURY
from tripleaim.projection.project import run_worlds
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import HOPED, SMOOTH, worlds


class Line(StrEnum):
    """A line of the ledger. Those of money add up to what a body's position changes by; the last three stand beside."""

    PAYMENT = "payment"
    """Received for care less paid for care; money a marginal rate keeps for a stated use is paid."""
    AGREED = "agreed"
    """Other payments between bodies that the scheme brings with it."""
    COST = "cost"
    """Cost of care, wards, agency staff and budget heads that stops; below 0 where it grows."""
    INVESTMENT = "investment"
    """Running cost, set-up, cost of change and charges on capital."""
    DOUBLE_RUNNING = "double_running"
    """Old and new side by side for a time."""
    STRANDED = "stranded"
    """Beside the money: average cost of care no longer given that the provider goes on bearing. 0 or more."""
    BEDS = "beds"
    """Beside the money: beds no longer needed, at today's pressure. Beds, not pounds."""
    QUALITY = "quality"
    """Beside the money: indicators measured at this body's services that get better, less those that get worse."""


MONEY = (Line.PAYMENT, Line.AGREED, Line.COST, Line.INVESTMENT, Line.DOUBLE_RUNNING)
"""Lines that add up to the change in a body's position."""
BESIDE = (Line.STRANDED, Line.BEDS, Line.QUALITY)
BORNE = (Line.INVESTMENT, Line.DOUBLE_RUNNING)
"""Lines of what a scheme costs whoever carries it out."""

OF_FLOW = {
    "care": Line.PAYMENT,
    "kept for a stated use": Line.PAYMENT,
    "transfer": Line.AGREED,
    "allocation": Line.AGREED,
    "income": Line.AGREED,
    "care cost": Line.COST,
    "ward cost": Line.COST,
    "fixed cost": Line.COST,
    "agency premium": Line.COST,
    "spending": Line.COST,
    "saving": Line.COST,
    "scheme running cost": Line.INVESTMENT,
    "set-up": Line.INVESTMENT,
    "disruption": Line.INVESTMENT,
    "return on capital": Line.INVESTMENT,
    "depreciation": Line.INVESTMENT,
    "repayment and interest": Line.INVESTMENT,
    "double running": Line.DOUBLE_RUNNING,
}
"""Kind of flow in the projection's ledger → line here."""

TOGETHER = ""
"""Key of what schemes do together beyond what each does alone: overlap, and wards that open and close whole."""
UNIT = {Line.BEDS: "beds", Line.QUALITY: "indicators"}


@dataclass(frozen=True, kw_only=True)
class Payoff:
    """One line of the ledger."""

    body: str
    """Key of the organisation, or of an outside body, `outside:` before it."""
    scheme: str
    """Key of the scheme; empty for what schemes do together beyond what each does alone."""
    line: str
    """payment, agreed, cost, investment or double_running, which add up to the change in position; or, beside the
    money, stranded, beds or quality.
    """
    unit: str
    """GBP, beds or indicators."""
    by_year: tuple[float, ...]
    """By plan year; positive is better for the body, but for `stranded`, which is a cost it goes on bearing."""


@dataclass(frozen=True, kw_only=True)
class Payoffs:
    """The ledger as arrays, at the stated numbers."""

    bodies: tuple[str, ...]
    """Members of the place, then outside bodies money comes from or goes to."""
    members: int
    """How many of them are members."""
    schemes: tuple[str, ...]
    """Those asked about, and last `TOGETHER`."""
    years: tuple[str, ...]
    """The plan's years."""
    money: Array
    """(body, scheme, line of MONEY, year), GBP."""
    beside: Array
    """(body, scheme, line of BESIDE, year)."""

    @property
    def gains(self) -> Array:
        """(body, scheme, year): what each scheme adds to each body's position, GBP."""
        found: Array = self.money.sum(axis=2)
        return found

    @property
    def rows(self) -> tuple[Payoff, ...]:
        """Every line that is not nought, body by body."""
        found = []
        for b, body in enumerate(self.bodies):
            for s, scheme in enumerate(self.schemes):
                for lines, array in ((MONEY, self.money), (BESIDE, self.beside)):
                    for n, line in enumerate(lines):
                        amounts = array[b, s, n]
                        if np.abs(amounts).max(initial=0.0) > 0.005:
                            found.append(
                                Payoff(
                                    body=body,
                                    scheme=scheme,
                                    line=line.value,
                                    unit=UNIT.get(line, "GBP"),
                                    by_year=tuple(float(v) for v in amounts),
                                )
                            )
        return tuple(found)


def payoffs(plan: Plan, schemes: Sequence[str] | None = None) -> Payoffs:
    """The ledger of some schemes of a plan, or of all: each alone, with wards as fractions, then all together in whole
    wards. One scheme asked about by itself is told in whole wards alone.

    Pay, goods and services bought, and the Treasury, are no bodies of the ledger.
    """
    names = axes(plan)
    asked = tuple(names.schemes if schemes is None else (key for key in names.schemes if key in schemes))
    base = base_of(asked)
    alone = run_worlds(plan, worlds(names, [(), *[(key,) for key in asked]]), base=base)
    whole = run_worlds(plan, worlds(names, [(), asked]), base=HOPED)
    bodies = tuple(name for name in names.nodes if name not in (RESOURCES, TREASURY))
    found = [_changes(run, bodies) for run in (alone, whole)]
    money, beside = (
        np.concatenate([each, together - each.sum(axis=1, keepdims=True)], axis=1)
        for each, together in zip(found[0], found[1], strict=True)
    )
    beside[:, -1, [BESIDE.index(Line.STRANDED), BESIDE.index(Line.QUALITY)]] = 0.0  # these do not add up
    return Payoffs(
        bodies=bodies,
        members=names.members,
        schemes=(*asked, TOGETHER),
        years=plan.years,
        money=money,
        beside=beside,
    )


def base_of(schemes: Sequence[str]) -> str:
    """How schemes alone count wards: as fractions, so that they can be added up; whole where there is one scheme."""
    return HOPED if len(schemes) == 1 else SMOOTH


def _changes(run: Run, bodies: tuple[str, ...]) -> tuple[Array, Array]:
    """What each world changes against the first, in which nothing runs: (body, world, line, plan year), of money and of
    what stands beside it.
    """
    years = slice(1, run.axes.last + 1)
    at = {body: n for n, body in enumerate(bodies)}
    money = np.zeros((len(bodies), len(MONEY), len(run.axes.years), len(run.cases.names)))
    for (kind, payer, payee, _), amount in run.ledger.flows.items():
        line = MONEY.index(OF_FLOW[kind])
        if payer in at:
            money[at[payer], line] -= amount
        if payee in at:
            money[at[payee], line] += amount
    beside = np.stack([_stranded(run, at), _beds(run, at), _quality(run, at)], axis=1)
    return _against_first(money, years), _against_first(beside, years)


def _against_first(levels: Array, years: slice) -> Array:
    changed = levels[:, :, years, 1:] - levels[:, :, years, :1]
    found: Array = np.moveaxis(changed, 3, 1)
    return found


def _stranded(run: Run, at: dict[str, int]) -> Array:
    """(body, year, world): average cost of care given, less what giving it costs: it grows by what is stranded."""
    lines = run.inputs.lines
    level = np.where(run.cases.prices, lines.cost_level, 1.0)
    average = run.given.units * lines.unit_cost * level
    found = np.zeros((len(at), *average.shape[1:]))
    for n, node in enumerate(lines.provider):
        gone = average[n, :, :1] - average[n]
        released = run.spent.modelled[n, :, :1] - run.spent.modelled[n]
        body = run.axes.nodes[node]
        if body in at:
            found[at[body]] += np.maximum(0.0, np.maximum(0.0, gone) - released) * (gone > 0)
    return found


def _beds(run: Run, at: dict[str, int]) -> Array:
    """(body, year, world): beds that are not needed, so that fewer is more."""
    found = np.zeros((len(at), *run.opened.open.shape[1:]))
    for n, node in enumerate(run.inputs.pools.provider):
        body = run.axes.nodes[node]
        if body in at:
            found[at[body]] -= run.opened.open[n]
    return found


def _quality(run: Run, at: dict[str, int]) -> Array:
    """(body, year, world): indicators measured at a body's services that are better than with nothing done, less those
    that are worse.
    """
    found = np.zeros((len(at), len(run.axes.years), len(run.cases.names)))
    rows = {row.key: row for row in run.inputs.plan.indicators}
    lines = {row.key: row.provider for row in run.inputs.plan.activity}
    members = run.axes.nodes[: run.axes.members]
    for n, key in enumerate(run.axes.indicators):
        row = rows[key]
        place = row.provider or lines.get(row.line, "")
        body = node_of(place, members) if place else ""
        if body in at:
            change = run.indicators[n] - run.indicators[n, :, :1]
            better = change if row.higher_is_better else -change
            found[at[body]] += np.where(np.abs(better) > 1e-9, np.sign(better), 0.0)
    return found
