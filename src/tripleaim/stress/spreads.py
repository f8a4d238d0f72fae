"""Amounts over all draws, told by year."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Spreads:
    """One amount by plan year over all draws, in its own unit."""

    who: str
    """nhs, council or both for a scope; else the key of the organisation, bed pool or indicator; for staff
    organisation/group.
    """
    case: str
    """do_nothing, hoped or resourced."""
    mean: tuple[float, ...]
    """Mean by year."""
    low: tuple[float, ...]
    """10th percentile by year."""
    middle: tuple[float, ...]
    """Median by year."""
    high: tuple[float, ...]
    """90th percentile by year."""
    met: tuple[float, ...]
    """Share of draws in balance or better, or with the indicator at its standard, by year; empty where there is
    neither: for a pressure, for beds and staff, for an indicator without a standard.
    """
    when_missed: tuple[float, ...]
    """Mean distance from balance or standard in the draws that miss it, by year; empty where `met` is."""


@dataclass(frozen=True, kw_only=True)
class FirstBalance:
    """When one body's money first balances for good: share of draws by year, and the share that never does."""

    who: str
    """nhs, council or both for a scope; else the key of the organisation, its one-off money counted."""
    case: str
    """do_nothing, hoped or resourced."""
    by_year: tuple[float, ...]
    """Share of draws whose balance begins in each plan year and holds to the last."""
    never: float
    """Share of draws that are short in the last plan year."""
