"""What every organisation puts into the schemes and gets from them, by year, read from one run of every case.

The sum over organisations is the place's own figure, for every line and year: `system` is added up from them and from
nothing else, and the tests hold it to the report's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tripleaim.plan.scheme import CostKind
from tripleaim.projection.finance import to_cash
from tripleaim.projection.ledger import RESOURCES, TREASURY
from tripleaim.projection.project import run_cases
from tripleaim.projection.result import Projection
from tripleaim.projection.run import Run

Years = tuple[float, ...]
RECURRENT = ("scheme running cost", "return on capital", "depreciation", "repayment and interest")
"""What the ledger calls a scheme's costs that come every year."""
ONCE = ("double running", "set-up", "disruption")
"""What it calls those that come once."""
LEAST = 0.5
"""GBP: what is smaller in every year is no part of a scheme."""


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Money and posts of one organisation, or of the place, by year. GBP, cash."""

    do_nothing: Years
    """Shortfall if nothing changes, recurrent; positive = short. Years end with the year after, here and below."""
    hoped: Years
    """The same as hoped."""
    resourced: Years
    """The same with what is found."""
    one_off_hoped: Years
    """All one-off money as hoped, not in the shortfall; positive = costs."""
    put_in: Years
    """What it pays every year for schemes as hoped: running cost and charges for capital; positive = costs."""
    one_off: Years
    """What it pays once for schemes: set-up, double running and disruption; positive = costs."""
    gets: Years
    """What the schemes bring it before that: cost that stops and payments; positive = better off."""
    net: Years
    """`gets` less `put_in`: shortfall if nothing changes less shortfall as hoped; positive = better off."""
    capital: Years
    """Capital the schemes need of it, by plan year."""
    capital_found: Years
    """The part of it that is found."""
    posts_needed: Years
    """Posts it needs for schemes. Whole-time equivalents."""
    posts_found: Years
    """Posts found for them, agency included."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one scheme, alone, does to one body, by year. GBP, cash."""

    key: str
    """Key of the organisation; outside:… for one outside the place or without accounts."""
    name: str
    """Its name in words."""
    outside: bool
    """True for a body whose money is not counted in the place's."""
    pays: Years
    """What it pays every year; positive = costs."""
    one_off: Years
    """What it pays once; positive = costs."""
    gains: Years
    """What it gains before that, every year: `net` and `pays` together."""
    net: Years
    """Change of its position, recurrent; positive = better off."""


@dataclass(frozen=True)
class Books:
    """A projection and the run behind it."""

    projection: Projection
    run: Run

    @property
    def members(self) -> tuple[str, ...]:
        """Organisations with accounts, in the order of the run."""
        return self.run.axes.nodes[: self.run.axes.members]

    def lines(self) -> dict[str, Lines]:
        """The lines of every organisation with accounts, the most short as hoped first."""
        last = self.projection.last
        found = sorted(self.projection.organisations, key=lambda gap: -gap.hoped[last])
        return {gap.who: self._of(gap.who) for gap in found}

    def _of(self, key: str) -> Lines:
        gap = next(each for each in self.projection.organisations if each.who == key)
        put_in = self._paid(key, RECURRENT, "hoped")
        net = tuple(a - b for a, b in zip(gap.do_nothing, gap.hoped, strict=True))
        capital, found = self.capital(organisation=key)
        staff = [row for row in self.projection.staff if row.organisation == key]
        years = len(self.projection.years)
        return Lines(
            do_nothing=gap.do_nothing,
            hoped=gap.hoped,
            resourced=gap.resourced,
            one_off_hoped=gap.one_off_hoped,
            put_in=put_in,
            one_off=self._paid(key, ONCE, "hoped"),
            gets=tuple(a + b for a, b in zip(net, put_in, strict=True)),
            net=net,
            capital=capital,
            capital_found=found,
            posts_needed=_added((row.scheme_posts_needed for row in staff), years),
            posts_found=_added((row.scheme_posts_filled for row in staff), years),
        )

    def parts(self, scheme: str) -> tuple[Part, ...]:
        """What a scheme alone does to every body it touches, those of the place first, who pays most first."""
        case, nothing = f"alone:{scheme}", "nothing_smooth"
        found = []
        for n, node in enumerate(self.run.axes.nodes):
            outside = n >= self.run.axes.members
            if outside and (self.projection.is_pressure or node in (RESOURCES, TREASURY)):
                continue
            changed = self.run.recurrent[n, 1:, self.run.cases.at(case)]
            net = _years(changed - self.run.recurrent[n, 1:, self.run.cases.at(nothing)])
            pays, once = self._paid(node, RECURRENT, case), self._paid(node, ONCE, case)
            if max(map(abs, (*net, *pays, *once))) < LEAST:
                continue
            gains = tuple(a + b for a, b in zip(net, pays, strict=True))
            found.append(Part(key=node, name="", outside=outside, pays=pays, one_off=once, gains=gains, net=net))
        last = self.projection.last
        return tuple(sorted(found, key=lambda each: (each.outside, -each.pays[last], each.net[last], each.key)))

    def capital(self, *, organisation: str = "", scheme: str = "") -> tuple[Years, Years]:
        """Capital needed and found by plan year, of one organisation or of one scheme."""
        plan = self.run.inputs.plan
        needed, found = np.zeros(len(plan.years)), np.zeros(len(plan.years))
        for row in plan.costs:
            if row.kind is CostKind.CAPITAL and (row.organisation == organisation or row.scheme == scheme):
                at = plan.years.index(row.year) if row.year in plan.years else 0
                cash = float(to_cash(self.run.inputs, row.index)[at + 1, 0])
                needed[at] += row.amount * cash
                found[at] += row.funded * cash
        return _years(needed), _years(found)

    def _paid(self, payer: str, kinds: Sequence[str], case: str) -> Years:
        at, total = self.run.cases.at(case), np.zeros(len(self.projection.years))
        for (kind, who, _, _), amount in self.run.ledger.flows.items():
            if who == payer and kind in kinds:
                total = total + amount[1:, at]
        return _years(total)


def books_of(projection: Projection) -> Books:
    """The books behind a projection: its plan is run once more, which takes a fraction of what `project` does."""
    return Books(projection, run_cases(projection.plan))


def system(every: Iterable[Lines]) -> Lines | None:
    """The lines of all organisations added up; None where there are none."""
    rows = list(every)
    if not rows:
        return None
    return Lines(**{each.name: _sum(rows, each.name) for each in fields(Lines)})


def _sum(rows: Sequence[Lines], name: str) -> Years:
    return tuple(sum(parts) for parts in zip(*(getattr(row, name) for row in rows), strict=True))


def _added(rows: Iterable[Years], years: int) -> Years:
    total = [0.0] * years
    for row in rows:
        total = [a + b for a, b in zip(total, row, strict=True)]
    return tuple(total)


def _years(values: NDArray[np.float64]) -> Years:
    return tuple(float(value) for value in values)
