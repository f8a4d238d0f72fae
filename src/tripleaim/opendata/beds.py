"""General and acute beds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class _Winter:
    """General and acute beds in one winter; None where that winter had no such return."""

    winter: str
    days: int
    open_mean: float
    occupied_mean: float
    occupied_p95: float
    open_as_reported: float
    stay_days: float | None
    stays_over_7: float | None
    stays_over_21: float | None
    occupied_on_stay_days: float | None
    weekdays: int
    weekday_open: float | None
    weekday_occupied: float | None
    flag: str


@dataclass(frozen=True)
class _OfTrust:
    trust: str


@dataclass(frozen=True)
class WinterBeds(_Winter, _OfTrust):
    """Beds of a trust in one winter. The bases stand so that `trust` is the first field, as in the table."""


@dataclass(frozen=True)
class EnglandBeds(_Winter):
    """England's own row of the same returns."""


@dataclass(frozen=True, slots=True)
class QuarterlyBeds:
    """Beds of a trust in one quarter of 2018/19: a later check."""

    trust: str
    year: str
    quarter: int
    open_general_acute: float
    occupied_general_acute: float


@dataclass(frozen=True, slots=True)
class Break:
    """A series of a footprint that moved more than 15 % in a year."""

    footprint: str
    series: str
    year: str
    before: float
    now: float
    change: float
    words: str
