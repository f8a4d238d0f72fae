"""Money over the years: present value, payback, and how deep it goes before it comes back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import ROUNDING, Array, together

DISCOUNT_RATE = 0.035
"""HM Treasury, The Green Book: social time preference rate; the first year is not discounted."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Timing:
    """What each body's position over the years comes to; every array is (body, …)."""

    present_value: Array
    """GBP."""
    payback_year: Array
    """The first year (1 = the first of the positions) after which it is never again behind, counted from the
    beginning; infinity where it never gets there."""
    trough: Array
    """GBP: the least that all years so far come to; above 0 where it is ahead from the first year on."""
    trough_year: Array
    """The first year in which that is so."""
    worst: Array
    """GBP: the least of any year."""
    worst_year: Array
    """The first year in which that is so."""


def timing(positions: Any, rate: float = DISCOUNT_RATE) -> Timing:
    """Present value, payback, trough and worst year of each body.

    positions : (body, year, …), GBP a year
    rate      : fraction a year
    raises    : Impossible for no year, a rate of −1 or less, or as `together`
    source    : method note 15

    >>> found = timing([[-1.45, -0.65, 2.3, 2.3, 2.3]])
    >>> found.present_value.round(3).item(), found.trough.round(3).item()
    (4.148, -2.1)
    >>> found.trough_year.item(), found.payback_year.item(), found.worst_year.item()
    (2.0, 3.0, 1.0)
    """
    flows = years_of(positions)
    so_far = running_total(flows)
    near = ROUNDING * np.maximum(np.abs(so_far), running_total(np.abs(flows)))
    trough, worst = so_far.min(axis=1), flows.min(axis=1)
    return Timing(
        present_value=present_value(flows, rate),
        payback_year=_payback(so_far >= -near),
        trough=trough,
        trough_year=_first(so_far <= (trough + ROUNDING * np.abs(trough))[:, None]),
        worst=worst,
        worst_year=_first(flows <= (worst + ROUNDING * np.abs(worst))[:, None]),
    )


def present_value(positions: Any, rate: float = DISCOUNT_RATE) -> Array:
    """(body, …), GBP: positions of all years in pounds of the first, which is not discounted.

    positions : (body, year, …), GBP a year
    raises    : Impossible for no year, a rate of −1 or less, or as `together`

    >>> present_value([[1.0, 1.035]]).round(9).tolist()
    [2.0]
    """
    if not (math.isfinite(rate) and rate > -1):
        raise Impossible(f"The rate is {rate}; expected a fraction a year above -1.")
    flows = years_of(positions)
    factors = (1 + rate) ** -np.arange(flows.shape[1], dtype=np.float64)
    found: Array = (flows * factors[(None, slice(None), *[None] * (flows.ndim - 2))]).sum(axis=1)
    return found


def running_total(positions: Any) -> Array:
    """(body, year, …), GBP: each year with all before it.

    >>> running_total([[1.0, -3.0, 2.0]]).tolist()
    [[1.0, -2.0, 0.0]]
    """
    flows = years_of(positions)
    found = [flows[:, 0]]
    for n in range(1, flows.shape[1]):
        found.append(found[-1] + flows[:, n])
    return np.stack(found, axis=1)


def years_of(positions: Any) -> Array:
    """Positions of bodies in years.

    raises : Impossible for no year, or as `together`
    """
    (flows,) = together(("body", "year"), positions=positions)
    if not flows.shape[1]:
        raise Impossible("There is no year; expected one or more.")
    return flows


def _payback(is_ahead: Any) -> Array:
    """The first year from which on every year is ahead, from last to first."""
    found: Array = np.full_like(is_ahead[:, 0] * 1.0, math.inf)
    always = is_ahead[:, -1]
    for n in range(is_ahead.shape[1] - 1, -1, -1):
        always = always & is_ahead[:, n]
        found = np.where(always, float(n + 1), found)
    return found


def _first(is_so: Any) -> Array:
    """The first year in which something is so; it is so in one at least."""
    found: Array = np.full_like(is_so[:, 0] * 1.0, float(is_so.shape[1]))
    for n in range(is_so.shape[1] - 1, -1, -1):
        found = np.where(is_so[:, n], float(n + 1), found)
    return found
