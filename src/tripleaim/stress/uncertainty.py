"""One uncertain input: what it is, the shape it is drawn from, and the drivers that move it."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.stress.drivers import Pull
from tripleaim.stress.families import Spread


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """One uncertain input."""

    name: str
    """Table, what it speaks of and field, such as activity/ae/growth: the same in every plan that says it."""
    label: str
    """What it is, in a planner's words."""
    unit: str
    source: str
    """Key of sources.csv; for a default of the model, what it rests on in words."""
    spread: Spread
    ranges: tuple[str, ...]
    """Ranges of the plan that state it: table, key and field of each, such as activity/north_wr_ae/growth."""
    pulls: tuple[Pull, ...] = ()
    """Shared drivers that move it; their shares add up to at most 1."""

    @property
    def own_share(self) -> float:
        """Share of its spread that it has to itself: a fraction."""
        return max(0.0, 1 - sum(pull.share for pull in self.pulls))
