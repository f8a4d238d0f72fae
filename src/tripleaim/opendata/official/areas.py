"""Which areas of a file a plan's places are, and which areas together are the footprint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.opendata.published import published
from tripleaim.plan.place import Place, PlaceKind
from tripleaim.plan.plan import Plan

_WHOLE = 0.995
"""Shares of a footprint that add up to at least this are the whole of it; they are printed rounded."""


@dataclass(frozen=True, kw_only=True)
class Members:
    """Areas that together are a footprint, by code, and those of them that lie only partly in it, with the share."""

    told: str
    names: dict[str, str]
    parts: dict[str, float]


def own_codes(plan: Plan) -> dict[str, Place]:
    """The plan's places that stand for one whole published area, by their key."""
    return {place.key: place for place in plan.places if place.code and place.kind is not PlaceKind.REFERENCE}


def is_part(place: Place) -> bool:
    """True for an area of which only a part lies in the footprint: a figure of the whole says too much."""
    return place.share_in_footprint < 1 and place.kind not in (PlaceKind.FOOTPRINT, PlaceKind.REFERENCE)


def members(plan: Plan, footprint: Place) -> tuple[Members, ...]:
    """The ways to put a footprint together: the plan's own commissioners, then published commissioners, then
    districts.
    """
    ways = [_own(plan), *_commissioners(footprint.code), _districts(footprint.code)]
    return tuple(way for way in ways if way and way.names)


def _own(plan: Plan) -> Members | None:
    parts = [place for place in plan.places if place.kind is PlaceKind.COMMISSIONER and place.code]
    share = sum(place.share_of_footprint or 0 for place in parts)
    if share < _WHOLE or any(is_part(place) for place in parts):
        return None
    return Members(told="the plan's commissioners", names={place.code: place.name for place in parts}, parts={})


def _commissioners(footprint: str) -> Iterable[Members]:
    versions = sorted({each.version for each in published().commissioners}, reverse=True)
    for version in versions:
        own = [each for each in published().commissioners if (each.version, each.footprint) == (version, footprint)]
        yield Members(
            told=f"clinical commissioning groups of {_month(version)}",
            names={each.code: each.name for each in own},
            parts={each.code: each.share for each in own if each.share < 1},
        )


def _districts(footprint: str) -> Members:
    own = [each for each in published().district_overlaps if each.footprint == footprint]
    return Members(
        told="districts",
        names={each.district: each.name for each in own},
        parts={each.district: each.share_of_district for each in own if each.share_of_district < 1},
    )


def _month(version: str) -> str:
    """A version such as 2017-04 in words."""
    year, _, month = version.partition("-")
    return f"{'April' if month == '04' else month} {year}"
