"""Capacity: beds needed, and wards that open and close whole, with memory (method note 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import gammaincc, gammaincinv

from tripleaim.projection.axes import Array
from tripleaim.projection.cases import Cases
from tripleaim.projection.effects import Care
from tripleaim.projection.inputs import Lines, Pools

SNAP = 1e-9
"""Differences below this are rounding, not wards."""

DAYS = 365.0

MOST_BEDS = 20_000
"""Beds up to which a pool's size by overflow is exact."""


@dataclass(frozen=True, kw_only=True)
class Beds:
    """Beds of every pool, year and case."""

    days: Array
    """(pool, year, case), bed days."""
    opening_occupancy: Array
    """(pool, 1, 1), share of open beds full in the opening year."""
    needed: Array
    """(pool, year, case), beds needed at target occupancy (or by overflow)."""
    open: Array
    """(pool, year, case), beds open: whole wards where stepped, else following need."""
    closable: Array
    """(pool, year, case), beds in whole wards that could close against the opening number."""


def pool_days(lines: Lines, pools: Pools, bed_days: Array) -> Array:
    """Bed days by pool: (pool, year, case)."""
    days = np.zeros_like(bed_days, shape=(len(pools.provider), *bed_days.shape[1:]))
    using = lines.pool >= 0
    np.add.at(days, lines.pool[using], bed_days[using])
    return days


def beds_for_overflow(daily: Array, limit: float) -> Array:
    """Smallest number of beds that a Poisson day's need exceeds less often than `limit`.

    Above `MOST_BEDS` each further bed meets as much need as the last: of 100,000 beds that is 200 too many at most.

    >>> beds_for_overflow(np.array([100.0]), 0.05).tolist()
    [117.0]
    """
    loads = _loads(limit)
    beyond = np.maximum(0.0, daily - loads[-1]) / (loads[-1] - loads[-2])
    found: Array = np.searchsorted(loads, daily) + np.ceil(beyond)
    return found


@cache
def _loads(limit: float) -> Array:
    """Mean daily need that n beds just meet, (n,): a Poisson need of it exceeds n less often than `limit`."""
    return np.asarray(gammaincinv(np.arange(MOST_BEDS) + 1.0, limit))


def erlang_loss(load: float, beds: int) -> float:
    """Share of arrivals a unit of `beds` must refuse at an offered load (Erlang B), as a check on the Poisson sizing.

    [V] cases/queueing_beds.

    >>> round(erlang_loss(17.505, 25), 3)
    0.02
    """
    log_term = beds * np.log(load) - load - _log_factorial(beds)
    return float(np.exp(log_term) / gammaincc(beds + 1, load))


def _log_factorial(n: int) -> float:
    return float(np.log(np.arange(1, n + 1)).sum())


def beds(lines: Lines, pools: Pools, cases: Cases, given: Care) -> Beds:
    """Beds needed and open. Today's occupancy is the opening bed days over the beds open then."""
    days = pool_days(lines, pools, given.bed_days)
    today = np.divide(
        days[:, :1, :1], DAYS * pools.open_beds, out=np.zeros_like(pools.open_beds), where=pools.open_beds > 0
    )
    at_target = _at_target(pools, days)
    tight = np.where(cases.safe, pools.target, np.maximum(today, pools.target))
    by_today = np.divide(days, DAYS * today, out=np.zeros_like(days), where=np.broadcast_to(today > 0, days.shape))
    by_overflow = np.where(cases.safe, at_target, np.minimum(by_today, at_target))
    at_opening = np.where(np.isnan(pools.overflow), days / (DAYS * tight), by_overflow)
    stepped = _stepped(pools, at_opening, at_target)
    smooth = pools.open_beds + at_opening - at_opening[:, :1, :]
    return Beds(
        days=days,
        opening_occupancy=today,
        needed=at_target,
        open=np.where(cases.stepped, stepped, smooth),
        closable=np.maximum(0.0, np.floor((pools.open_beds - at_target - pools.buffer) / pools.ward + SNAP))
        * pools.ward,
    )


def _at_target(pools: Pools, days: Array) -> Array:
    need = days / (DAYS * pools.target)
    for n, limit in enumerate(pools.overflow[:, 0, 0]):
        if not np.isnan(limit):
            need[n] = beds_for_overflow(days[n] / DAYS, float(limit))
    return need


def _stepped(pools: Pools, at_opening: Array, at_target: Array) -> Array:
    """Wards with memory: a closure is decided one year and made the next if still closable; an opening cancels it.

    Closing comes before opening. The year after the plan is one more step, at the last year's demand.
    """
    shape = np.broadcast_shapes(at_opening.shape, at_target.shape)
    opened = np.empty_like(at_target, shape=shape)
    opened[:, 0] = pools.open_beds[:, 0]
    pending = np.zeros_like(at_target, shape=(shape[0], shape[2]))
    ward, buffer, most = pools.ward[:, 0], pools.buffer[:, 0], pools.most_closed[:, 0]
    for year in range(1, shape[1]):
        now = opened[:, year - 1]
        closable = np.maximum(0.0, np.floor((now - at_target[:, year] - buffer) / ward + SNAP))
        made = np.minimum(pending, closable)
        now = now - made * ward
        more = np.maximum(0.0, np.ceil((at_opening[:, year] - now - buffer) / ward - SNAP))
        opened[:, year] = now + more * ward
        pending = np.where(more > 0, 0.0, np.minimum(most, closable - made))
    return opened
