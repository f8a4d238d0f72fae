"""Model-wide assumptions a plan may replace: each stated once, with unit, default and what the default rests on."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.plan.plan import Plan
from tripleaim.quantities import Range


@dataclass(frozen=True, kw_only=True)
class Known:
    """An assumption the model uses whether or not the plan states it."""

    key: str
    name: str
    unit: str
    default: Range
    at_least: float
    at_most: float
    rests_on: str


def _known(
    key: str, name: str, unit: str, default: tuple[float, float, float], between: tuple[float, float], rests_on: str
) -> Known:
    point, low, high = default
    return Known(
        key=key,
        name=name,
        unit=unit,
        default=Range(point=point, low=low, high=high),
        at_least=between[0],
        at_most=between[1],
        rests_on=rests_on,
    )


KNOWN: tuple[Known, ...] = (
    _known(
        "growth_share",
        "Lines without wards: share of average cost that growth adds",
        "fraction of unit cost",
        (0.8, 0.6, 1.0),
        (0, 2),
        "illustrative; method note 4",
    ),
    _known(
        "release_share",
        "Lines without wards: share of average cost set free when use falls",
        "fraction of unit cost",
        (0.25, 0.15, 0.35),
        (0, 1),
        "illustrative; method note 4",
    ),
    _known(
        "variable_cost_share",
        "Lines with beds: cost that follows each spell, ward cost left out",
        "fraction of unit cost",
        (0.25, 0.15, 0.35),
        (0, 1),
        "illustrative; commonly modelled 15 to 30 % of average cost",
    ),
    _known(
        "ward_cost",
        "Running a staffed bed for a year",
        "GBP a bed a year",
        (80300, 70000, 90000),
        (0, 500000),
        "Edge Health 2017 (GBP 220 a day); range illustrative",
    ),
    _known(
        "capital_charge",
        "Return paid to the Treasury on net assets",
        "fraction a year",
        (0.035, 0.035, 0.035),
        (0, 0.2),
        "public dividend capital rule, 3.5 %",
    ),
    _known(
        "council_interest",
        "Interest councils pay on borrowing",
        "fraction a year",
        (0.03, 0.025, 0.04),
        (0, 0.2),
        "illustrative",
    ),
    _known(
        "ae_response_88_92",
        "Change in A&E response from 88 to 92 % beds full",
        "points",
        (-3, -4, -1),
        (-20, 0),
        "NHS Improvement 2017; low-quality evidence",
    ),
    _known(
        "ae_response_92_100",
        "Further change in A&E response from 92 to 100 % beds full",
        "points",
        (-5, -8, -2),
        (-40, 0),
        "NHS Improvement 2017; low-quality evidence",
    ),
    _known(
        "damping_people",
        "People in a cell below which cohort ratios lean on the reference place",
        "persons",
        (100, 100, 100),
        (0, 100000),
        "method note 1",
    ),
)
"""Every assumption the model knows, in reading order."""

WIDE: tuple[Known, ...] = (
    _known(
        "all_demand",
        "Growth of all care beyond what each line says",
        "fraction a year",
        (0, -0.003, 0.003),
        (-0.1, 0.1),
        "derived: what all kinds of hospital care shared in England, 2012/13 to 2015/16; method note 10",
    ),
    _known(
        "all_inflation",
        "Rise of all pay and prices beyond what each index says",
        "fraction a year",
        (0, -0.003, 0.005),
        (-0.1, 0.2),
        "illustrative",
    ),
    _known(
        "all_allocations",
        "Growth of all allocations beyond what each says",
        "fraction a year",
        (0, -0.005, 0.005),
        (-0.1, 0.1),
        "illustrative",
    ),
    _known("all_delay", "Delay of all schemes", "months", (0, 0, 12), (0, 120), "illustrative"),
    _known(
        "all_fidelity",
        "How fully all schemes are carried out, against what each says",
        "ratio",
        (1, 0.8, 1.05),
        (0, 1.5),
        "illustrative",
    ),
    _known(
        "all_occupancy",
        "Share of beds that may safely be full, against what each pool says",
        "fraction",
        (0, -0.03, 0.01),
        (-0.3, 0.3),
        "illustrative",
    ),
    _known(
        "capital_optimism",
        "Capital that costs more than the plan says",
        "fraction of the stated cost",
        (0, 0, 0.51),
        (0, 2),
        "judged: the Treasury's upper bounds are 24 % for a standard building and 51 % for others; the second is "
        "taken as the high",
    ),
)
"""Uncertainties that move many figures of a plan at once. Each point changes nothing, so `run` has no use for them."""

CHOOSING: tuple[Known, ...] = (
    _known(
        "disruption_share",
        "Schemes that state no disruption cost: what change itself costs",
        "fraction of the first full year's running cost and set-up",
        (0.1, 0, 0.2),
        (0, 2),
        "judged: managers' time and output lost while people learn; nothing published fits all schemes",
    ),
    _known(
        "new_partners_months",
        "Longer ramp for each partner that shares no live scheme with the scheme's lead",
        "months",
        (3, 0, 6),
        (0, 120),
        "judged: people who have not worked together learn first how the others work",
    ),
    _known(
        "discount_rate",
        "How much less a pound is worth a year later",
        "fraction a year",
        (0.035, 0.035, 0.035),
        (0, 0.2),
        "HM Treasury, The Green Book: 3.5 % in real terms",
    ),
    _known(
        "deadband",
        "Joint gain or loss so small that nobody pays",
        "GBP a year",
        (0, 0, 0),
        (0, 1e12),
        "nothing is left out of sharing unless the partners agree so",
    ),
    _known(
        "least_savings_rate",
        "Savings that count as made and not as luck",
        "fraction of the agreed spending",
        (0.02, 0, 0.02),
        (0, 0.5),
        "Medicare Shared Savings Program: minimum savings rate, 0 to 2 % by choice",
    ),
)
"""What choosing schemes and sharing gains rest on. `run` and `stress` have no use for them, so they are never drawn."""


def assumption(plan: Plan, key: str) -> Range:
    """The plan's own value for an assumption of KNOWN, WIDE or CHOOSING, or the model's default."""
    stated = {row.key: row.value for row in plan.assumptions}
    every = (*KNOWN, *WIDE, *CHOOSING)
    return stated[key] if key in stated else next(known.default for known in every if known.key == key)
