"""What care costs and how prices rise: national figures, said to be so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tripleaim.opendata.published import published
from tripleaim.opendata.start.growth import Growth, ae_growth
from tripleaim.opendata.start.subject import PLAN_YEARS, Subject
from tripleaim.plan.money import Index
from tripleaim.plan.source import Assumption
from tripleaim.quantities import Range, certain

POOLS = ("pay", "drugs", "capital", "other", "provider_costs")
"""Pools of provider cost with published inflation; provider_costs is the printed overall figure."""

COUNCIL_PRICES = Range(point=0.03, low=0.02, high=0.045)
"""Prices of what councils pay for: no published index is in the open data, so a placeholder with a wide interval."""

UNIT_COSTS = {
    "non_elective": ("unit_cost_non_elective", "Unit cost of an unplanned spell, taken as one episode", "GBP a spell"),
    "elective": ("unit_cost_elective", "Unit cost of a planned overnight stay", "GBP a spell"),
    "day_case": ("unit_cost_day_case", "Unit cost of a day case", "GBP a spell"),
    "outpatient": ("unit_cost_outpatient", "Unit cost of a first outpatient attendance", "GBP an attendance"),
    "ae": ("unit_cost_ae", "Unit cost of an A&E attendance", "GBP an attendance"),
}
GROWTHS = {
    "non_elective": ("unplanned_growth", "Unplanned admissions"),
    "outpatient": ("outpatient_growth", "First outpatient attendances"),
    "elective": ("planned_overnight_growth", "Planned overnight stays"),
    "day_case": ("day_case_growth", "Day cases"),
    "ae": ("ae_growth_used", "A&E attendances"),
}
"""Kind of care → key and name of the assumption that carries its unit cost or growth."""

WRITTEN = " (to change it, change the lines in activity.csv)"


@cache
def national(measure: str, key: str, year: str) -> float:
    """A national price figure of one year."""
    return next(
        each.value
        for each in published().national_prices
        if (each.measure, each.key, each.year) == (measure, key, year)
    )


@cache
def unit_cost(kind: str) -> float:
    """A national unit cost of 2016/17 brought back to 2015/16 prices, to the penny."""
    return round(national("unit_cost", kind, "2016/17") / (1 + national("inflation", "provider_costs", "2016/17")), 2)


def indices() -> Iterator[Index]:
    """Published provider inflation by pool, and one illustrative index for what councils pay."""
    for pool in POOLS:
        for year in PLAN_YEARS:
            change = certain(national("inflation", pool, year))
            yield Index(index=pool, year=year, change=change, source="provider_inflation")
    for year in PLAN_YEARS:
        yield Index(index="council_services", year=year, change=COUNCIL_PRICES, source="illustrative_council_prices")


def assumptions(subject: Subject, found: dict[str, Growth]) -> Iterator[Assumption]:
    """Unit costs and growth as the lines carry them, each with its own source; no range where none is known."""
    for kind, (key, name, unit) in UNIT_COSTS.items():
        yield Assumption(
            key=key, name=name + WRITTEN, value=certain(unit_cost(kind)), unit=unit, source="unit_costs_2016_17"
        )
    for kind, (key, name) in GROWTHS.items():
        held = ", held" if kind in found and found[kind].how == "held" else ""
        yield Assumption(
            key=key,
            name=f"{name}{held}: growth beyond people's number and age{WRITTEN}",
            value=found[kind].value if kind in found else ae_growth(subject),
            unit="fraction a year",
            source=f"growth_{found[kind].how}" if kind in found else "growth_ae_model",
        )
