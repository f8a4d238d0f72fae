"""Staff in post."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staff:
    """Full-time equivalents of one staff group in one organisation, September 2017."""

    organisation: str
    group: str
    fte: float
