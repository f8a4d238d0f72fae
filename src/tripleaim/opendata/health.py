"""The Health Index: thirty indicators by area and year, in their own units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tripleaim.opendata.table import cells


@dataclass(frozen=True, slots=True)
class HealthYear:
    """One area in one year. `flag` says how the values came to this area; blank when as published.

    `values` goes by indicator; `columns.csv` has the meaning and unit of each.
    """

    kind: str
    area: str
    year: int
    flag: str
    values: Mapping[str, float]


def health() -> tuple[HealthYear, ...]:
    """Every area and year."""
    (_, _, _, _, *indicators), *rows = cells("health")
    return tuple(
        HealthYear(kind, area, int(year), flag, dict(zip(indicators, map(float, values), strict=True)))
        for kind, area, year, flag, *values in rows
    )
