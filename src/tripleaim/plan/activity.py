"""Activity lines: one kind of care, for one population, at one provider, paid by one commissioner."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import FinancialYear, Key, Row
from tripleaim.quantities import Range, certain, quantity


class Care(StrEnum):
    """Care setting and point of delivery."""

    AE = "ae_attendance"
    NON_ELECTIVE = "non_elective_spell"
    ELECTIVE = "elective_spell"
    DAY_CASE = "day_case"
    OUTPATIENT = "outpatient_attendance"
    MATERNITY = "maternity_spell"
    COMMUNITY = "community_contact"
    COMMUNITY_BED = "community_bed_spell"
    GENERAL_PRACTICE = "general_practice_consultation"
    MENTAL_HEALTH = "mental_health_contact"
    MENTAL_HEALTH_BED = "mental_health_spell"
    AMBULANCE = "ambulance_journey"
    SPECIALISED = "specialised_treatment"
    PRESCRIBING = "prescription"
    DENTAL = "dental_course"
    CONTINUING_CARE = "continuing_care_package"
    CARE_HOME = "care_home_week"
    HOME_CARE = "home_care_hour"
    CARE_PACKAGE = "social_care_package"
    PUBLIC_HEALTH = "public_health_contact"
    OTHER = "other"


class GrowthKind(StrEnum):
    """What a growth rate already contains."""

    GROSS = "gross"
    NET = "net_of_past_effort"


class ActivityLine(Row):
    """One kind of care, for one population, at one provider, paid by one commissioner (method note 2)."""

    key: Key = quantity("key", "Short name other tables use")
    name: str = quantity("text", "The line in words")
    care: Care = quantity("kind of care", "Care setting and point of delivery")
    population: Key = quantity("place key", "Whose care it is")
    provider: Key = quantity("organisation key", "Who gives the care")
    commissioner: Key = quantity("organisation key", "Who pays for it")
    baseline: float = quantity("units a year", "Activity in the year before the plan", between=(0, 1e10))
    unit: str = quantity("text", "What is counted: spell, attendance, contact, week …")
    age_profile: str = quantity("profile key", "How use depends on age; empty = the same at every age", default="")
    growth: Range = quantity(
        "fraction a year",
        "Growth not explained by people's number and age, if nobody acts",
        between=(-0.25, 0.25),
        default=certain(0.0),
    )
    growth_kind: GrowthKind = quantity(
        "gross | net_of_past_effort",
        "Whether the growth rate already contains the effect of past efforts to avoid care",
        default=GrowthKind.GROSS,
    )
    length_of_stay: float | None = quantity(
        "days", "Mean stay; empty where no bed is used", between=(0, 400), default=None
    )
    bed_pool: str = quantity("bed pool key", "The beds it uses; empty where no bed is used", default="")
    unit_cost: float = quantity("GBP a unit", "Average (full) cost of one unit, at the price base", between=(0, 1e12))
    variable_cost: float | None = quantity(
        "GBP a unit",
        "Lines with beds: cost that follows each unit, ward cost not included; empty = the assumption "
        "variable_cost_share times unit cost",
        between=(0, 1e12),
        default=None,
    )
    price: float | None = quantity(
        "GBP a unit",
        "What the commissioner pays for one unit, at the price base; empty = unit cost",
        between=(0, 1e12),
        default=None,
    )
    contract: str = quantity("contract key", "How it is paid; empty = cost is paid as it falls", default="")
    growth_share: Range | None = quantity(
        "fraction",
        "Lines without wards: share of average cost that growth adds; empty = assumption",
        between=(0, 2),
        default=None,
    )
    release_share: Range | None = quantity(
        "fraction",
        "Lines without wards: share of average cost set free by falling use; empty = assumption",
        between=(0, 1),
        default=None,
    )
    cost_index: str = quantity("index key", "What its costs rise with; empty = its provider's own mix", default="")


class PlannedUnits(Row):
    """Units a contract pays for in one year; where no row stands, the baseline is held."""

    line: Key = quantity("activity line key", "Which line")
    year: FinancialYear = quantity("financial year", "Which year of the plan")
    units: float = quantity("units a year", "Units the contract plans", between=(0, 1e10))


class BedPool(Row):
    """Beds of one kind at one provider, opened and closed by whole wards (method note 4)."""

    key: Key = quantity("key", "Short name other tables use")
    name: str = quantity("text", "The pool in words")
    provider: Key = quantity("organisation key", "Whose beds")
    kind: str = quantity(
        "general_acute | community | mental_health | maternity | critical",
        "What the beds are for",
        default="general_acute",
    )
    open_beds: float = quantity("beds", "Beds open and staffed at the start", between=(0, 1e6))
    target_occupancy: Range = quantity(
        "fraction", "Share of beds that may safely be full", between=(0.3, 1), default=certain(0.92)
    )
    ward_size: float = quantity("beds", "Beds in one ward", between=(1, 60), default=28.0)
    buffer: float | None = quantity(
        "beds",
        "Need must differ by more than this before a ward moves; empty = half a ward",
        between=(0, 1e6),
        default=None,
    )
    most_closed_a_year: int = quantity("wards a year", "Wards that may close in one year", between=(0, 50), default=1)
    ward_cost: float | None = quantity(
        "GBP a bed a year",
        "Running a staffed bed, at the price base; empty = assumption",
        between=(0, 1e12),
        default=None,
    )
    overflow_limit: float | None = quantity(
        "fraction of days",
        "Size beds so that a busy day overflows less often than this (Poisson); empty = by occupancy",
        between=(0.0001, 0.5),
        default=None,
    )
    winter_factor: float = quantity(
        "ratio", "Winter mean over annual mean of beds occupied", between=(0.5, 2), default=1.0
    )
    claimed_closures: float = quantity(
        "beds", "Beds the plan says will close by its last year", between=(0, 1e6), default=0.0
    )
    alternative_in_place: str = quantity(
        "text", "Bed-closure test a: the alternative and its staff, in place first", default=""
    )
    treatment_that_cuts: str = quantity(
        "text", "Bed-closure test b: the treatment that cuts specified admissions", default=""
    )
    worse_than_average: str = quantity(
        "text", "Bed-closure test c: bed use worse than average, and the credible plan", default=""
    )
