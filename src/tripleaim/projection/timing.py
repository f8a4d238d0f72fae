"""When a scheme works: first month, S-curve, decay, and the part of each year its money runs (method note 3)."""

from __future__ import annotations

from functools import reduce

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.scheme import Scheme
from tripleaim.projection.axes import Array, Axes
from tripleaim.projection.values import Value, Values
from tripleaim.quantities import months_since_april


def s_curve(month: Array, ramp: Value) -> Array:
    """Share of full effect in the k-th month of working: 3x² − 2x³ with x = (k − ½)/ramp, from 0 to 1.

    >>> s_curve(np.array([0.0, 1, 2, 3]), 2.0).tolist()
    [0.0, 0.15625, 0.84375, 1.0]
    """
    at_once = np.where(month > 0, 1.0, 0.0)
    x = np.clip((month - 0.5) / np.where(np.greater(ramp, 0), ramp, 1.0), 0.0, 1.0)
    return np.asarray(np.where(np.greater(ramp, 0), 3 * x**2 - 2 * x**3, at_once))


def monthly_effect(first: Value, ramp: Value, decay: float, months: int) -> Array:
    """(month, case): share of full effect in each month of the plan, counted from the first April.

    first  : month of first effect, 0 = the first April of the plan
    decay  : fraction lost a year after full effect, applied monthly
    """
    k = np.arange(months, dtype=np.float64)[:, None] - first + 1.0
    fading = (1.0 - decay) ** (np.maximum(0.0, k - ramp) / 12.0)
    return np.asarray(s_curve(k, ramp) * fading)


def first_months(plan: Plan, values: Values) -> dict[str, Value]:
    """Month of first effect of every scheme; a scheme that needs another does not begin before it."""
    schemes = {scheme.key: scheme for scheme in plan.schemes}
    found: dict[str, Value] = {}
    later = values.known(plan, "all_delay")

    def first(key: str) -> Value:
        if key not in found:
            own = start_month(plan, schemes[key]) + values.of(schemes[key], "delay") + later
            found[key] = reduce(np.maximum, (first(needed) for needed in schemes[key].needs), own)
        return found[key]

    for key in schemes:
        first(key)
    return found


def start_month(plan: Plan, scheme: Scheme) -> int:
    """Month a scheme's work starts, 0 = the first April of the plan."""
    return months_since_april(scheme.start, plan.heading.first_year)


def yearly_effect(plan: Plan, axes: Axes, values: Values) -> Array:
    """(scheme, year, case): mean of each year's twelve months; the year after the plan has the last month's value."""
    months = 12 * axes.plan_years
    begins = first_months(plan, values)
    schemes = {scheme.key: scheme for scheme in plan.schemes}
    ramps = {key: values.of(schemes[key], "ramp") for key in axes.schemes}
    width = max((np.size(value) for value in (*begins.values(), *ramps.values())), default=1)
    effect = np.zeros((len(axes.schemes), len(axes.years), width))
    for n, key in enumerate(axes.schemes):
        monthly = monthly_effect(begins[key], ramps[key], schemes[key].decay, months)
        effect[n, 1:-1] = monthly.reshape(-1, 12, monthly.shape[1]).mean(axis=1)
        effect[n, -1] = monthly[-1]
    return effect


def running_share(start: int, axes: Axes) -> Array:
    """(year,): share of each year from the start month on; all of the year after the plan once started."""
    april = 12 * (np.arange(len(axes.years)) - 1)
    share = np.clip((april + 12 - start) / 12.0, 0.0, 1.0)
    share[0] = 0.0
    share[-1] = 1.0 if start < 12 * axes.plan_years else 0.0
    return np.asarray(share)


def months_within(start: int, length: float, axes: Axes) -> Array:
    """(year,): months of a stretch that fall in each plan year; none in the year after the plan."""
    april = 12.0 * (np.arange(len(axes.years)) - 1)
    overlap = np.minimum(april + 12, start + length) - np.maximum(april, start)
    overlap = np.clip(overlap, 0.0, 12.0)
    overlap[0] = overlap[-1] = 0.0
    return np.asarray(overlap)
