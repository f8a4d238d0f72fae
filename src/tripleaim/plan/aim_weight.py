"""What closing each gap is worth to each organisation: its own swing weights, never averaged away."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity

ALL_POINTS = 100.0
"""Points an organisation divides between the three gaps."""


class Aim(StrEnum):
    """The three gaps a choice of schemes is to close."""

    HEALTH = "health"
    CARE = "care"
    MONEY = "money"


class AimWeight(Row):
    """What an organisation would give for closing one gap, out of 100 points over the three.

    A swing weight: how much it is worth to move this gap from where it would be with nothing done to the best that any
    affordable set of schemes can do. An organisation has a row for each gap.
    """

    organisation: Key = quantity("organisation key", "Whose weight")
    gap: Aim = quantity("health | care | money", "Which gap")
    points: float = quantity("points of 100", "Its share of the 100 points", between=(0, ALL_POINTS))
