"""People whom a footprint shares with a council, a district or an integrated care board."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CouncilOverlap:
    """People who live in both a footprint and a council area."""

    footprint: str
    council: str
    people_2017: float
    share_of_footprint: float
    share_of_council: float


@dataclass(frozen=True, slots=True)
class DistrictOverlap:
    """People who live in both a footprint and a district."""

    footprint: str
    district: str
    name: str
    council: str
    people_2017: float
    share_of_footprint: float
    share_of_district: float


@dataclass(frozen=True, slots=True)
class Successor:
    """People of a footprint who now belong to an integrated care board."""

    footprint: str
    icb: str
    ods: str
    name: str
    people_2017: float
    share_of_footprint: float
    share_of_icb: float
