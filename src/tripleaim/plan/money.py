"""Money: budgets, allocations, prices, control totals, funds."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Body, FinancialYear, Key, Row
from tripleaim.quantities import Range, certain, quantity


class Side(StrEnum):
    """Money in or money out."""

    INCOME = "income"
    COST = "cost"


class BudgetHead(Row):
    """One head of an organisation's opening year: what comes in, or what goes out, beside the activity lines.

    A provider's cost heads are its whole opening cost, lines and wards included; the rest after lines and wards is
    fixed. A commissioner's or council's cost heads leave out what activity lines already say it pays.
    """

    key: Key = quantity("key", "Short name other tables use")
    organisation: Key = quantity("organisation key", "Whose money")
    name: str = quantity("text", "The head in words")
    side: Side = quantity("income | cost", "Money in or money out")
    pool: str = quantity(
        "text",
        "What sort of money: pay, drugs, capital, other, prescribing, continuing_care, "
        "running_costs, council_tax, grant …",
    )
    amount: float = quantity("GBP a year", "Recurrent amount in the year before the plan", between=(0, 1e12))
    one_off: float = quantity(
        "GBP",
        "Part of the opening year's reported amount that will not recur, beside `amount`",
        between=(-1e12, 1e12),
        default=0.0,
    )
    index: str = quantity("index key", "What it rises with; empty = held in cash", default="")
    growth: Range = quantity(
        "fraction a year",
        "Growth in volume beyond people's number and age",
        between=(-0.25, 0.25),
        default=certain(0.0),
    )
    age_profile: str = quantity(
        "profile key", "How the volume depends on age; empty = no growth with people", default=""
    )
    counterparty: Body = quantity(
        "organisation key or outside:body", "Where the money comes from or goes to", default="outside:resources"
    )
    from_year: str = quantity(
        "financial year", "A new duty starts in this year; empty = already in the opening year", default=""
    )


class Allocation(Row):
    """Money given for one year: what a commissioner or council receives to spend."""

    organisation: Key = quantity("organisation key", "Who receives it")
    year: FinancialYear = quantity("financial year", "Which year; the opening year must be given")
    kind: Key = quantity("key", "Stream: core, primary_medical, specialised, public_health_grant, better_care_fund …")
    amount: float = quantity("GBP", "Cash", between=(0, 1e12))
    recurrent: bool = quantity("yes | no", "Yes when it goes on", default=True)
    counterparty: Body = quantity("organisation key or outside:body", "Who gives it", default="outside:treasury")


class Index(Row):
    """Change of one price or cost index from the year before."""

    index: Key = quantity("key", "pay, drugs, capital, other, care_fees, council_tax …")
    year: FinancialYear = quantity("financial year", "Which year")
    change: Range = quantity("fraction a year", "Change from the year before", between=(-0.5, 0.5))


class Tariff(Row):
    """What happens to prices in one year: cost inflation less the efficiency factor."""

    tariff: Key = quantity("key", "Name of the price list; contracts refer to it")
    year: FinancialYear = quantity("financial year", "Which year")
    inflation: Range = quantity("fraction a year", "Uplift for costs", between=(-0.5, 0.5))
    efficiency: Range = quantity(
        "fraction a year", "Efficiency factor taken off", between=(-0.1, 0.2), default=certain(0.0)
    )


class ControlTotal(Row):
    """The position a regulator set for one organisation and year, and the fund that hangs on it."""

    organisation: Key = quantity("organisation key", "Whose")
    year: FinancialYear = quantity("financial year", "Which year")
    amount: float = quantity(
        "GBP", "Surplus (+) or deficit (-) to be reached, before central funds and impairments", between=(-1e12, 1e12)
    )
    fund: float = quantity("GBP", "Sustainability fund on offer for the whole year", between=(0, 1e12), default=0.0)
    phasing: str = quantity(
        "four fractions, ';'",
        "Cumulative share of the year's position by the end of each quarter",
        default="0.25;0.5;0.75;1",
    )
    ae_met: str = quantity("yes/no by quarter, ';'", "A&E trajectory met", default="yes;yes;yes;yes")
    waiting_met: str = quantity("yes/no by quarter, ';'", "18-week trajectory met", default="yes;yes;yes;yes")
    cancer_met: str = quantity("yes/no by quarter, ';'", "Cancer trajectory met", default="yes;yes;yes;yes")


class AfterGap(StrEnum):
    """What a council may set against its gap once the gap has been shown."""

    NEW_PRECEPT = "new_precept"
    NEW_CHARGES = "new_charges"
    RESERVES = "reserves"


class CouncilMeasure(Row):
    """Money a council sets against its gap after the gap has been shown: new precept, new charges, reserves."""

    organisation: Key = quantity("organisation key", "Which council")
    year: FinancialYear = quantity("financial year", "Which year")
    kind: AfterGap = quantity("new_precept | new_charges | reserves", "What sort of measure")
    amount: float = quantity("GBP", "Cash in that year", between=(0, 1e12))
