"""The result of a projection: plain frozen records, ready to be told to people or written as JSON."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from tripleaim.plan import Plan
from tripleaim.projection.accounts import ControlTotalResult, CouncilResult, RequiredLine
from tripleaim.projection.bed_bridge import BedBridge
from tripleaim.projection.benefits import BedDayPrices, BenefitClasses, Stranded
from tripleaim.projection.bridge import Bridge
from tripleaim.projection.composition import Composition, SchemeResult
from tripleaim.projection.gaps import MoneyGap, OutcomeGap
from tripleaim.projection.outcomes import Inequality
from tripleaim.projection.provenance import InputYear, Provenance
from tripleaim.projection.reconcile import OperationalLine, Reconciled
from tripleaim.projection.summaries import AgeStructure, Flow, LineResult, StaffResult


@dataclass(frozen=True, kw_only=True)
class Projection:
    """What happens, with and without the schemes. Amounts by year run over `years`: the plan's, then the year after."""

    plan: Plan
    fingerprint: str
    years: tuple[str, ...]
    is_pressure: bool
    """True: no opening position or allocation is published, so the headline is pressure against the opening year."""
    money: tuple[MoneyGap, ...]
    """nhs, council, both."""
    organisations: tuple[MoneyGap, ...]
    hoped_without_plugs: tuple[float, ...]
    """Shortfall of both scopes by year, run again without the savings nobody has worked out. GBP."""
    resourced_without_plugs: tuple[float, ...]
    outcomes: tuple[OutcomeGap, ...]
    """health, care."""
    inequality: tuple[Inequality, ...]
    walks: tuple[Bridge, ...]
    bridges: tuple[Bridge, ...]
    schemes: tuple[SchemeResult, ...]
    composition: Composition
    beds: tuple[BedBridge, ...]
    bed_day_prices: tuple[BedDayPrices, ...]
    benefits: tuple[BenefitClasses, ...]
    stranded: tuple[Stranded, ...]
    staff: tuple[StaffResult, ...]
    lines: tuple[LineResult, ...]
    ages: AgeStructure | None
    flows: tuple[Flow, ...]
    leakage: dict[str, tuple[float, ...]]
    """Outside body → change in what it receives, net, against do nothing, by year. GBP."""
    opening: dict[str, tuple[float, float, float]]
    """Member → reported, one-off, underlying position of the opening year. GBP, surplus positive."""
    control_totals: tuple[ControlTotalResult, ...]
    councils: tuple[CouncilResult, ...]
    required: tuple[RequiredLine, ...]
    safe_occupancy_step: tuple[float, ...]
    """Cost of opening beds to reach target occupancy, beside the walk, by year. GBP."""
    stated: tuple[Reconciled, ...]
    operational_year: tuple[OperationalLine, ...]
    trades: tuple[str, ...]
    provenance: tuple[Provenance, ...]
    sources: tuple[InputYear, ...]
    flows_out_of_balance: float
    """Largest sum of all positions, members and outside, over any year and case: rounding only. GBP."""

    @property
    def last(self) -> int:
        """Position of the plan's last year in amounts by year."""
        return len(self.years) - 2

    def scope(self, name: str) -> MoneyGap:
        """The money gap of nhs, council or both."""
        return next(gap for gap in self.money if gap.who == name)

    def bridge(self, scope: str = "both") -> Bridge:
        """The bridge of a scope."""
        return next(bridge for bridge in self.bridges if bridge.scope == scope)

    def walk(self, scope: str = "both") -> Bridge:
        """The do-nothing walk of a scope."""
        return next(walk for walk in self.walks if walk.scope == scope)


def as_plain(value: Any) -> Any:
    """A result as plain dicts, lists, numbers and text with stable keys; the plan itself becomes its heading."""
    if isinstance(value, Plan):
        return {**value.heading.model_dump(mode="json"), "opening_year": value.opening_year}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): as_plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [as_plain(part) for part in value]
    return value
