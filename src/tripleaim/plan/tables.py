"""The tables of a plan: one file each, one noun a row, and the columns that tell rows apart."""

from __future__ import annotations

from dataclasses import dataclass

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
from tripleaim.plan.scheme import Action, Effect, Posts, Scheme, SchemeCost
from tripleaim.plan.source import Assumption, Printed, Source
from tripleaim.plan.success_factor import SuccessFactor
from tripleaim.plan.uncertainty import Loading, Shape
from tripleaim.plan.workforce import PostsAvailable, StaffGroup, Staffing
from tripleaim.quantities import Noun


@dataclass(frozen=True, kw_only=True)
class TableForm:
    """How one table is kept: its name (file `<name>.csv`, attribute of Plan), its noun, its key columns."""

    name: str
    noun: type[Noun]
    key: tuple[str, ...]
    required: bool = False
    joined_later: bool = False
    """Joined the form after plans had been fingerprinted: a plan without it keeps the fingerprint it had."""

    @property
    def file(self) -> str:
        """File name inside a plan's folder."""
        return f"{self.name}.csv"

    @property
    def meaning(self) -> str:
        """First paragraph of the noun's own description, on one line."""
        return " ".join((self.noun.__doc__ or "").strip().split("\n\n")[0].split())


def _form(name: str, noun: type[Noun], key: str, *, required: bool = False, joined_later: bool = False) -> TableForm:
    return TableForm(name=name, noun=noun, key=tuple(key.split()), required=required, joined_later=joined_later)


TABLES: tuple[TableForm, ...] = (
    _form("sources", Source, "key", required=True),
    _form("places", Place, "key", required=True),
    _form("organisations", Organisation, "key", required=True),
    _form("population", Population, "place year sex age"),
    _form("projections", Projection, "place year sex age"),
    _form("age_profiles", AgeProfile, "profile sex age_from"),
    _form("activity", ActivityLine, "key", required=True),
    _form("planned_units", PlannedUnits, "line year"),
    _form("contracts", Contract, "key"),
    _form("capacity", BedPool, "key"),
    _form("budgets", BudgetHead, "key"),
    _form("allocations", Allocation, "organisation year kind"),
    _form("indices", Index, "index year"),
    _form("tariffs", Tariff, "tariff year"),
    _form("control_totals", ControlTotal, "organisation year"),
    _form("council_measures", CouncilMeasure, "organisation year kind"),
    _form("workforce", StaffGroup, "organisation group"),
    _form("posts_available", PostsAvailable, "organisation group year"),
    _form("staffing", Staffing, "organisation group line bed_pool"),
    _form("schemes", Scheme, "key"),
    _form("effects", Effect, "key"),
    _form("costs", SchemeCost, "key"),
    _form("posts", Posts, "scheme organisation group"),
    _form("actions", Action, "scheme due action"),
    _form("success_factors", SuccessFactor, "scheme factor", joined_later=True),
    _form("promises", Promise, "key", joined_later=True),
    _form("choice_limits", ChoiceLimit, "key", joined_later=True),
    _form("aim_weights", AimWeight, "organisation gap", joined_later=True),
    _form("leadership_hours", LeadershipHours, "scheme organisation year", joined_later=True),
    _form("least_volumes", LeastVolume, "line", joined_later=True),
    _form("risk_shares", RiskShare, "organisation", joined_later=True),
    _form("payment_proposals", PaymentProposal, "proposal from_year", joined_later=True),
    _form("indicators", Indicator, "key"),
    _form("indicator_groups", IndicatorGroup, "indicator kind group"),
    _form("assumptions", Assumption, "key"),
    _form("drivers", Loading, "driver inputs", joined_later=True),
    _form("shapes", Shape, "inputs", joined_later=True),
    _form("own_tests", OwnTest, "key", joined_later=True),
    _form("own_test_changes", OwnTestChange, "test order", joined_later=True),
    _form("stated", Printed, "key"),
)
"""Every table of a plan, in reading order."""
