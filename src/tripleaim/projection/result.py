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
from tripleaim.projection.summaries import AgeStructure, Flow, LineResult, OpeningPosition, StaffResult


@dataclass(frozen=True, kw_only=True)
class Projection:
    """What happens, with and without the schemes. Amounts by year run over `years`: the plan's, then the year after."""

    plan: Plan
    """The plan worked out; in JSON its heading stands at the top as `plan`."""
    fingerprint: str
    """SHA-256 of the plan; in JSON it stands at the top."""
    years: tuple[str, ...]
    """The years of the plan, then the year after at its full yearly rate."""
    is_pressure: bool
    """True: no opening position or allocation is published, so money is pressure above the opening year and no gap."""
    money: tuple[MoneyGap, ...]
    """Shortfall by year of the NHS, of councils and of both."""
    organisations: tuple[MoneyGap, ...]
    """The same for each organisation with accounts."""
    hoped_without_plugs: tuple[float, ...]
    """Shortfall of NHS and councils by year as hoped, run again without the savings nobody has worked out. GBP;
    positive = short.
    """
    resourced_without_plugs: tuple[float, ...]
    """The same with benefits scaled to the posts and capital found."""
    outcomes: tuple[OutcomeGap, ...]
    """The health gap and the care gap."""
    inequality: tuple[Inequality, ...]
    """How unequal indicators are between groups of people; empty where no data has it."""
    walks: tuple[Bridge, ...]
    """From the opening position to doing nothing, step by step, for nhs, council and both."""
    bridges: tuple[Bridge, ...]
    """From doing nothing to the plan, scheme by scheme, for nhs, council and both."""
    schemes: tuple[SchemeResult, ...]
    """Each scheme alone, the one that saves most in the last year first."""
    composition: Composition
    """How far the savings are worked out, and how they are balanced."""
    beds: tuple[BedBridge, ...]
    """For each pool of beds: from those open today to those needed, claimed closures and what supports them."""
    bed_day_prices: tuple[BedDayPrices, ...]
    """What one bed day costs, counted in three ways, in each pool."""
    benefits: tuple[BenefitClasses, ...]
    """Change in each provider's cost by class; the classes are never added together."""
    stranded: tuple[Stranded, ...]
    """Average cost of care no longer given, and what is really set free, by provider."""
    staff: tuple[StaffResult, ...]
    """Each staff group: needed, in post, short, agency premium, posts for schemes."""
    lines: tuple[LineResult, ...]
    """Each line of care by year, the opening year first."""
    ages: AgeStructure | None
    """People by ten-year band, then and later; null where nobody is known."""
    flows: tuple[Flow, ...]
    """Who pays whom in the plan's last year as hoped, the largest first; empty where only pressure is told."""
    leakage: dict[str, tuple[float, ...]]
    """Body outside the place → change in what it receives, net, as hoped against doing nothing, by year. GBP,
    recurrent; positive = receives more.
    """
    opening: dict[str, OpeningPosition]
    """Key of each organisation with accounts → its position in the opening year; empty where only pressure is told."""
    control_totals: tuple[ControlTotalResult, ...]
    """Positions against control totals and the funds that hang on them, for every case."""
    councils: tuple[CouncilResult, ...]
    """How each council reaches a lawful balance, for every case; empty where only pressure is told."""
    required: tuple[RequiredLine, ...]
    """What business rules ask commissioners to keep back, beside the gap."""
    safe_occupancy_step: tuple[float, ...]
    """Cost of opening beds to bring fullness down to the target, beside the walk, by year. GBP; 0 where the plan does
    so itself.
    """
    stated: tuple[Reconciled, ...]
    """Figures printed elsewhere beside the model's."""
    operational_year: tuple[OperationalLine, ...]
    """The plan's first year, line by line, beside its contracts."""
    trades: tuple[str, ...]
    """Everything the plan makes worse than doing nothing, as hoped in the last year, in words."""
    provenance: tuple[Provenance, ...]
    """What each headline of page one rests on, in the plan's last year."""
    sources: tuple[InputYear, ...]
    """Every source of the plan, in the order of its key."""
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
