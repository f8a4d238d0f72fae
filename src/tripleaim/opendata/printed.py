"""What was printed about the plans, each figure with its page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure printed about a plan. Scopes differ and are never mixed."""

    footprint: str
    number: int
    measure: str
    value: float
    unit: str
    year: str
    basis: str
    scope: str
    source_type: str
    source_name: str
    url: str
    date: str
    preferred: bool
    note: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Who led a plan, as a page named them at the time."""

    footprint: str
    name: str
    role: str
    source_name: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Rating:
    """The overall category of July 2017, where a page prints it."""

    footprint: str
    rating: str
    source_name: str
    url: str
    date: str
    note: str


@dataclass(frozen=True, slots=True)
class Position:
    """Money of one organisation as a public body printed it."""

    number: int
    place: str
    organisation: str
    name: str
    year: str
    measure: str
    value_gbp_m: float
    basis: str
    source_name: str
    url: str
    date: str
