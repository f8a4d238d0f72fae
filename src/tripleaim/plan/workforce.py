"""Staff: supply by group, and what care and wards need."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import FinancialYear, Key, Row
from tripleaim.quantities import Range, certain, quantity


class Shortfall(StrEnum):
    """How a shortage of staff is met: once, and one way."""

    AGENCY = "agency"
    BENEFIT_LOST = "benefit_lost"


class StaffGroup(Row):
    """One staff group of one organisation."""

    organisation: Key = quantity("organisation key", "Employer")
    group: Key = quantity("key", "Staff group: nurses, doctors, therapists, care_workers …")
    in_post: float = quantity(
        "whole-time equivalents", "Staff in post at the start, agency not included", between=(0, 1e7)
    )
    leavers: Range = quantity(
        "fraction a year", "Share of staff who leave in a year", between=(0, 1), default=certain(0.1)
    )
    joiners: Range = quantity("whole-time equivalents a year", "Staff who join in a year", between=(0, 1e7))
    growth: float = quantity(
        "whole-time equivalents a year", "Further growth already planned and paid for", between=(-1e7, 1e7), default=0.0
    )
    cost: float = quantity("GBP a whole-time equivalent", "Pay with on-costs, at the price base", between=(0, 1e12))
    agency_premium: float = quantity(
        "fraction of cost", "What agency staff cost above own staff", between=(0, 3), default=0.5
    )
    shortfall: Shortfall = quantity("agency | benefit_lost", "How a shortage is met", default=Shortfall.BENEFIT_LOST)


class PostsAvailable(Row):
    """Posts for schemes in one year, where the planner knows better than supply less opening staff."""

    organisation: Key = quantity("organisation key", "Employer")
    group: Key = quantity("staff group key", "Which group")
    year: FinancialYear = quantity("financial year", "Which year")
    posts: float = quantity("whole-time equivalents", "Posts that can be filled for schemes", between=(0, 1e7))


class Staffing(Row):
    """Staff one unit of a line, or one ward of a bed pool, needs."""

    organisation: Key = quantity("organisation key", "Employer")
    group: Key = quantity("staff group key", "Which group")
    line: str = quantity("activity line key", "Per unit of this line (give a line or a bed pool)", default="")
    bed_pool: str = quantity("bed pool key", "Per ward of this pool (give a line or a bed pool)", default="")
    wte: float = quantity("whole-time equivalents", "Staff per unit a year, or per ward", between=(0, 1e7))
