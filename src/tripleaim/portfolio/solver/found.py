"""How hard to look, and what was found: a choice, how good it is, and how much better any other could be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripleaim.errors import Impossible


class NothingFits(Impossible):
    """No choice, not even nothing, keeps to everything. `conflict` says what cannot be had together."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """When to stop looking. The same effort finds the same on the same machine, unless `seconds` stops it."""

    gap: float = 0.005
    """Stop once no choice can be better by more than this share of what choosing adds; 0 for the very best."""
    nodes: int = 50_000
    """Stop after so many nodes of the search."""
    seconds: float | None = None
    """Stop after so long; what is then found depends on how busy the machine is."""

    def __post_init__(self) -> None:
        if not self.gap >= 0 or self.nodes < 0 or (self.seconds is not None and not self.seconds > 0):
            raise Impossible("An effort needs a gap of 0 or more, nodes of 0 or more, and seconds above 0.")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A choice, and how far any other could be better."""

    chosen: tuple[str, ...] | None
    """Options taken, in the order of the menu; None where the search was stopped before it found any."""
    value: float
    """What the choice is worth; minus infinity where there is none."""
    bound: float
    """What no choice can exceed; infinity where the search was stopped before it knew."""
    gap: float
    """How far the bound lies above the value, as a share of what the choice adds to choosing nothing."""
    nodes: int
    """Nodes of the search."""
    stopped: str = ""
    """Why the search stopped short of the gap asked for; empty where it did not."""

    @property
    def proven(self) -> bool:
        """True where no choice is better by more than the gap asked for."""
        return not self.stopped


def gap(value: float, bound: float, nothing: float) -> float:
    """How far a bound lies above a value, as a share of what the value adds to choosing nothing.

    >>> gap(110, 111, 100)
    0.1
    """
    over = bound - value
    if over <= 0:
        return 0.0
    return over / abs(value - nothing) if value != nothing and math.isfinite(over) else math.inf
