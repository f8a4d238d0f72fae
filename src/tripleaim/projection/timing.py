"""When a scheme works: first month, S-curve, decay, and the part of each year its money runs (method note 3)."""

from __future__ import annotations

from functools import reduce

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.scheme import Scheme
from tripleaim.projection.axes import Array, Axes
from tripleaim.projection.values import Value, Values, stack
from tripleaim.quantities import months_since_april

AT_ONCE = 1e-6
"""Months of ramp below which an effect is there in full from the middle of its first month."""


def s_curve(month: Array, ramp: Value) -> Array:
    """Share of full effect in the k-th month of working: 3x² − 2x³ with x = (k − ½)/ramp, from 0 to 1.

    >>> s_curve(np.array([0.0, 1, 2, 3]), 2.0).tolist()
    [0.0, 0.15625, 0.84375, 1.0]
    """
    x = np.clip((month - 0.5) * (1.0 / np.maximum(ramp, AT_ONCE)), 0.0, 1.0)
    share: Array = x * x * (3 - 2 * x)
    return share


def monthly_effect(first: Value, ramp: Value, decay: float, months: int) -> Array:
    """(month, case): share of full effect in each month of the plan, counted from the first April.

    first  : month of first effect, 0 = the first April of the plan
    decay  : fraction lost a year after full effect, applied monthly
    """
    k = np.arange(1.0, months + 1.0)[:, None] - first
    fading = (1.0 - decay) ** (np.maximum(0.0, k - ramp) / 12.0)
    share: Array = s_curve(k, ramp) * fading
    return share


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
    effects = []
    for key in axes.schemes:
        ramp = values.of(schemes[key], "ramp")
        monthly = monthly_effect(begins[key], ramp, schemes[key].decay, months) + values.nought
        yearly = monthly.reshape(-1, 12, monthly.shape[1]).mean(axis=1)
        effects.append(np.concatenate([np.zeros_like(yearly[:1]), yearly, monthly[-1:]]))
    return stack(effects, len(axes.years))


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
