"""Price and cost levels by year, relative to the opening year (method note 6)."""

from __future__ import annotations

from math import prod

from tripleaim.plan import Plan
from tripleaim.projection.axes import Array, Axes
from tripleaim.projection.values import Value, Values, over_years
from tripleaim.quantities import financial_year, first_calendar_year


def index_levels(plan: Plan, axes: Axes, values: Values) -> dict[str, Array]:
    """Level of every index, (year, case), opening year = 1; the year after the plan keeps the last year's level."""
    faster = values.known(plan, "all_inflation")
    changes: dict[str, dict[str, Value]] = {}
    for row in plan.indices:
        changes.setdefault(row.index, {})[row.year] = values.of(row, "change") + faster
    return {name: _levels(by_year, axes) for name, by_year in changes.items()}


def tariff_levels(plan: Plan, axes: Axes, values: Values) -> dict[str, Array]:
    """Level of every price list, (year, case), opening year = 1: each year x (1 + inflation − efficiency)."""
    changes: dict[str, dict[str, Value]] = {}
    for row in plan.tariffs:
        changes.setdefault(row.tariff, {})[row.year] = values.of(row, "inflation") - values.of(row, "efficiency")
    return {name: _levels(by_year, axes) for name, by_year in changes.items()}


def from_price_base(plan: Plan, values: Values) -> dict[str, Value]:
    """Factor that brings an amount from the price base to the opening year, by index; used once for each amount."""
    base, opening = first_calendar_year(plan.heading.price_base), first_calendar_year(plan.opening_year)
    changes: dict[str, dict[str, Value]] = {}
    for row in plan.indices:
        changes.setdefault(row.index, {})[row.year] = values.of(row, "change")
    factors: dict[str, Value] = {}
    for name, by_year in changes.items():
        between = [
            1 + by_year.get(financial_year(y), 0.0) for y in range(min(base, opening) + 1, max(base, opening) + 1)
        ]
        grown = prod(between)
        factors[name] = grown if base < opening else 1.0 / grown
    return factors


def _levels(by_year: dict[str, Value], axes: Axes) -> Array:
    growth = [1.0, *(1.0 + by_year.get(year, 0.0) for year in axes.years[1:-1]), 1.0]
    return over_years(growth).cumprod(axis=0)
