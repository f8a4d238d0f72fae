"""One run: every array of every case, and small ways to read it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tripleaim.plan.organisation import Role
from tripleaim.projection.axes import Array, Axes
from tripleaim.projection.basis import is_pressure
from tripleaim.projection.capacity import Beds
from tripleaim.projection.cases import Cases
from tripleaim.projection.effects import Care
from tripleaim.projection.finance import Costs
from tripleaim.projection.inputs import Inputs
from tripleaim.projection.ledger import Ledger
from tripleaim.projection.workforce import Resourcing, Staff

SCOPES = ("nhs", "council", "both")


@dataclass(frozen=True, kw_only=True)
class Run:
    """The arrays of one run, read by the finders of gaps, bridges and benefits."""

    inputs: Inputs
    cases: Cases
    found: Resourcing
    working: Array
    given: Care
    opened: Beds
    people: Staff
    spent: Costs
    ledger: Ledger
    recurrent: Array
    """(node, year, case), position before one-off money, GBP."""
    one_off: Array
    """(node, year, case), one-off money, GBP."""
    indicators: Array

    @property
    def axes(self) -> Axes:
        """Names along the axes."""
        return self.inputs.axes

    @cached_property
    def is_pressure(self) -> bool:
        """True when an opening position or an allocation is missing: the headline is then pressure, never gap."""
        return is_pressure(self.inputs.plan, self.axes)

    @cached_property
    def transfers(self) -> tuple[tuple[str, str, Array], ...]:
        """Payer, payee and amount (year, case) of every income effect."""
        return tuple(
            (payer, payee, amount)
            for (kind, payer, payee, _), amount in self.ledger.flows.items()
            if kind == "transfer"
        )

    @cached_property
    def _scopes(self) -> dict[str, list[int]]:
        return {name: self._in_scope(name) for name in SCOPES}

    def scope(self, name: str) -> list[int]:
        """Members of the place that belong to a scope: nhs, council or both."""
        return self._scopes[name]

    def _in_scope(self, name: str) -> list[int]:
        councils = {row.key for row in self.inputs.plan.organisations if row.role is Role.COUNCIL}
        chosen = []
        for n, key in enumerate(self.axes.nodes[: self.axes.members]):
            if name == "both" or (key in councils) == (name == "council"):
                chosen.append(n)
        return chosen

    def short(self, case: str, scope: str = "both") -> Array:
        """(year,): recurrent shortfall of a scope in one case, GBP, positive = short."""
        return self._shortfall(self.recurrent[self.scope(scope), :, self.cases.at(case)].sum(axis=0))

    def short_in_all(self, scope: str = "both") -> Array:
        """(year, case): the same in every case, or in every draw where draws lie along the case axis."""
        return self._shortfall(self.recurrent[self.scope(scope)].sum(axis=0))

    def short_of(self, node: str, case: str) -> Array:
        """(year,): recurrent shortfall of one member."""
        return self._shortfall(self.recurrent[self.axes.nodes.index(node), :, self.cases.at(case)])

    def _shortfall(self, position: Array) -> Array:
        """(year, …): a pressure is counted from the opening year, because no opening position is published."""
        short: Array = position[0] - position if self.is_pressure else -position
        return short
