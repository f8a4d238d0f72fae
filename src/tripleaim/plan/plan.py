"""The plan: a frozen record of what a place proposes, and the fingerprint everything else refers to."""

from __future__ import annotations

import hashlib
import json
from enum import Enum
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator

from tripleaim.plan.activity import ActivityLine, BedPool, PlannedUnits
from tripleaim.plan.agreement import Contract
from tripleaim.plan.aim_weight import AimWeight
from tripleaim.plan.choice_limit import ChoiceLimit
from tripleaim.plan.indicator import Indicator, IndicatorGroup
from tripleaim.plan.leadership_hours import LeadershipHours
from tripleaim.plan.least_volume import LeastVolume
from tripleaim.plan.money import Allocation, BudgetHead, ControlTotal, CouncilMeasure, Index, Tariff
from tripleaim.plan.organisation import Organisation
from tripleaim.plan.own_test import OwnTest, OwnTestChange
from tripleaim.plan.payment_proposal import PaymentProposal
from tripleaim.plan.place import AgeProfile, Place, Population, Projection
from tripleaim.plan.promise import Promise
from tripleaim.plan.risk_share import RiskShare
from tripleaim.plan.row import FinancialYear, Key
from tripleaim.plan.scheme import Action, Effect, Posts, Scheme, SchemeCost
from tripleaim.plan.source import Assumption, Printed, Source
from tripleaim.plan.success_factor import SuccessFactor
from tripleaim.plan.tables import TABLES
from tripleaim.plan.uncertainty import Loading, Shape
from tripleaim.plan.workforce import PostsAvailable, StaffGroup, Staffing
from tripleaim.quantities import Noun, Range, financial_year, first_calendar_year, quantity

FORMAT = 1
"""Version of the plan's form. Older forms migrate on reading; newer ones are refused."""

STATUSES = ("draft", "for decision", "agreed")


def _status(text: str) -> str:
    if text not in STATUSES:
        raise ValueError(f"expected one of {', '.join(STATUSES)}")
    return text


class Heading(Noun):
    """What stands in plan.toml: whose plan, for which years, on which price base."""

    format: int = quantity("number", "Version of the plan's form", between=(1, None))
    name: str = quantity("text", "Name of the plan, shown as its title")
    place: Key = quantity("place key", "The footprint the plan is for")
    first_year: FinancialYear = quantity("financial year", "First year of the plan; the opening year is the one before")
    years: int = quantity("years", "How many years the plan covers", between=(1, 10))
    price_base: FinancialYear = quantity(
        "financial year", "Prices in which costs and prices are stated; must be the opening year or an indexed year"
    )
    regime: Key = quantity("key", "Rule set of the time, such as stp-2016")
    version: str = quantity("text", "Version of the plan")
    dated: str = quantity("date", "Date of this version, written 2016-10-21")
    status: Annotated[str, AfterValidator(_status)] = quantity(
        "draft | for decision | agreed", "How far it has been agreed", default="draft"
    )
    invented: bool = quantity("yes | no", "True for an invented place: every page says so", default=False)
    summary: str = quantity("text", "One paragraph for a resident", default="")
    not_known: tuple[str, ...] = quantity(
        "sentences",
        "What the authors know they do not know; kinds of spending named before a colon are left out on purpose",
        default=(),
    )
    safe_occupancy: bool = quantity(
        "yes | no", "Also open beds to bring occupancy down to target (a costed step)", default=False
    )
    use_hindsight: bool = quantity(
        "yes | no", "Use population estimates later than the plan's date, labelled hindsight", default=True
    )


class Plan(Noun):
    """A whole plan: its heading and its tables, every row sorted by key. Nouns only; verbs live on their own floors."""

    heading: Heading
    sources: tuple[Source, ...] = ()
    places: tuple[Place, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    population: tuple[Population, ...] = ()
    projections: tuple[Projection, ...] = ()
    age_profiles: tuple[AgeProfile, ...] = ()
    activity: tuple[ActivityLine, ...] = ()
    planned_units: tuple[PlannedUnits, ...] = ()
    contracts: tuple[Contract, ...] = ()
    capacity: tuple[BedPool, ...] = ()
    budgets: tuple[BudgetHead, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    indices: tuple[Index, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    control_totals: tuple[ControlTotal, ...] = ()
    council_measures: tuple[CouncilMeasure, ...] = ()
    workforce: tuple[StaffGroup, ...] = ()
    posts_available: tuple[PostsAvailable, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    effects: tuple[Effect, ...] = ()
    costs: tuple[SchemeCost, ...] = ()
    posts: tuple[Posts, ...] = ()
    actions: tuple[Action, ...] = ()
    success_factors: tuple[SuccessFactor, ...] = ()
    promises: tuple[Promise, ...] = ()
    choice_limits: tuple[ChoiceLimit, ...] = ()
    aim_weights: tuple[AimWeight, ...] = ()
    leadership_hours: tuple[LeadershipHours, ...] = ()
    least_volumes: tuple[LeastVolume, ...] = ()
    risk_shares: tuple[RiskShare, ...] = ()
    payment_proposals: tuple[PaymentProposal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    indicator_groups: tuple[IndicatorGroup, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    drivers: tuple[Loading, ...] = ()
    shapes: tuple[Shape, ...] = ()
    own_tests: tuple[OwnTest, ...] = ()
    own_test_changes: tuple[OwnTestChange, ...] = ()
    stated: tuple[Printed, ...] = ()

    @property
    def opening_year(self) -> str:
        """The year before the plan, which the baselines describe."""
        return financial_year(first_calendar_year(self.heading.first_year) - 1)

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years of the plan, in order."""
        first = first_calendar_year(self.heading.first_year)
        return tuple(financial_year(first + n) for n in range(self.heading.years))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the canonical content: the same plan always has the same one, whatever the order of its rows."""
        return hashlib.sha256(canonical(self).encode()).hexdigest()


def sort_rows(name: str, rows: tuple[Any, ...]) -> tuple[Any, ...]:
    """Rows of one table in the order of their keys."""
    key = next(form.key for form in TABLES if form.name == name)
    return tuple(sorted(rows, key=lambda row: tuple(getattr(row, column) for column in key)))


def canonical(plan: Plan) -> str:
    """The plan as one text that differs if and only if the content differs."""
    content: dict[str, Any] = {"heading": _plain(plan.heading)}
    for form in TABLES:
        rows = sort_rows(form.name, getattr(plan, form.name))
        if rows or not form.joined_later:
            content[form.name] = [_plain(row) for row in rows]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Range):
        return [_plain(value.point), _plain(value.low), _plain(value.high)]
    if isinstance(value, Noun):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return format(value + 0.0, ".15g")
    return value
