"""Providers of care, and where their patients live."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trust:
    """A provider of care, and the one footprint its care is counted in."""

    ods: str
    name: str
    also: str
    kind: str
    footprint: str
    method: str
    opened: str
    closed: str
    successor: str


@dataclass(frozen=True, slots=True)
class Catchment:
    """The share of a trust's patients who live in a council or footprint."""

    trust: str
    kind: str
    area: str
    share: float
    year: str
