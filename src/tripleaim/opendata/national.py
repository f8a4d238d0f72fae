"""National figures that stand in where a place has none of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgeIndex:
    """Use of care in one age band, England."""

    index: str
    age_from: int
    age_to: int
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class NationalPrice:
    """A national unit cost, or the inflation of a pool of cost in one year."""

    measure: str
    key: str
    year: str
    value: float
    unit: str
    source: str
