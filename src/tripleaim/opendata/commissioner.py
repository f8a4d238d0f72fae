"""Clinical commissioning groups, and what they were given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commissioner:
    """A clinical commissioning group in one footprint; one that was split has a row for each."""

    version: str
    code: str
    ods: str
    name: str
    footprint: str
    share: float
    people_2017: float


@dataclass(frozen=True, slots=True)
class Allocation:
    """The core allocation of a commissioning group; the year is inferred."""

    commissioner: str
    year: str
    allocation_k: float
    growth_pct: float
    per_head: float
    distance_from_target: float
    population: float
    previous_year_k: float
    flag: str
