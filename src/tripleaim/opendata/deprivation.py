"""How deprived areas are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deprivation:
    """How deprived an area is, by the indices of 2015."""

    kind: str
    area: str
    people_2017: float
    imd2015_score: float
    share_in_most_deprived_fifth: float
    imd2015_score_published: float | None
