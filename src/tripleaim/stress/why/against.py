"""A value that must be true against what is known from elsewhere: studies, and the pace that anybody has kept up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from tripleaim.stress.breakeven import spreads_away
from tripleaim.stress.outside.stretch import a_year

Scale = Literal["itself", "area", "pace"]
"""What evidence measured: the number itself, as the effect among those treated; its effect on all such care of an area;
or the fall a year of all such care or cost, whatever made it."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a number from elsewhere. Like is held against like: each field says on what scale it is."""

    point: float
    """What evidence expects, on the scale of `measured`."""
    low: float
    """Low end of the 80 % interval of the evidence, on the same scale."""
    high: float
    """High end of it."""
    measured: Scale = "itself"
    """What evidence measured."""
    most: float | None = None
    """The most that any study found, on the same scale; None where there is none, or it is no study."""
    ref: str = ""
    """Where it is from."""
    of: str = ""
    """The care or cost of the whole place that the number makes fall, in words; empty where it makes none fall."""
    others: float = 0.0
    """By how much all of that falls without this number, by the plan's other schemes in full; a fraction."""
    share: float = 0.0
    """By how much more it falls for each whole unit of the number; a fraction. At 0.1, an effect of 0.3 brings 3 %."""
    pace: float | None = None
    """The fastest fall of it that anybody has kept up, a fraction a year; None where nobody has shown one."""
    pace_years: float | None = None
    """For how long."""
    pace_ref: str = ""
    """Where that is from."""

    def fall(self, value: float) -> float | None:
        """By how much all of the care or cost falls with the number at a value; None where it makes none fall."""
        return self.others + self.share * value if self.of else None


@dataclass(frozen=True, kw_only=True)
class EvidenceDistance:
    """A value that must be true, against what is known."""

    known: Known
    """What is known."""
    value: float
    """The value, in the number's own unit."""
    is_enough: bool
    """False where no value is enough: it is then the best of those sought, for an effect all of the care avoided."""
    measured: float
    """The value on the scale of the evidence."""
    spreads: float | None
    """Standard deviations of the evidence from what it expects; negative below it. None on a side without width, and
    for a pace: three spells of one service do not say how far organisations differ."""
    times_most: float | None
    """The value over the most any study found; None where none found a reduction, or none is asked for."""
    fall: float | None
    """By how much all of the care or cost then falls, the plan's other schemes counted; a fraction."""
    times_best: float | None
    """That fall a year over the best kept up anywhere: 2 asks for twice the pace. None where nobody has shown one."""
    years_at_best: float | None
    """Years to get there at the best pace; None where none is known."""
    years_faster: float | None
    """Those years less the years the plan has: above nought, the plan is so many years faster than anybody was."""


def against(value: float, known: Known, years: float, *, is_enough: bool = True) -> EvidenceDistance:
    """A value that must be true against what is known: area with area, those treated with those treated.

    years : years the plan has to get there

    >>> seen = Known(point=0.03, low=0.02, high=0.05, most=0.06, of="emergency admissions", others=0.02, share=0.5,
    ...              pace=0.01, pace_years=6)
    >>> found = against(0.09, seen, years=5)
    >>> round(found.spreads, 2), found.times_most, round(found.fall, 3)
    (3.84, 1.5, 0.065)
    >>> round(found.times_best, 2), round(found.years_at_best, 1), round(found.years_faster, 1)
    (1.34, 6.7, 1.7)
    """
    fall = known.fall(value)
    pace = known.pace if fall is not None and 0 <= fall < 1 else None
    measured = value
    if known.measured == "area":
        measured = known.share * value
    elif known.measured == "pace":
        measured = a_year(fall or 0.0, 12 * years)
    spreads = math.inf if known.measured == "pace" else spreads_away(measured, known.point, known.low, known.high)
    at_best = None if fall is None or not pace else math.log1p(-fall) / math.log1p(-pace)
    return EvidenceDistance(
        known=known,
        value=value,
        is_enough=is_enough,
        measured=measured,
        spreads=spreads if math.isfinite(spreads) else None,
        times_most=measured / known.most if measured > 0 and known.most and known.most > 0 else None,
        fall=fall,
        times_best=None if fall is None or not pace else a_year(fall, 12 * years) / pace,
        years_at_best=at_best,
        years_faster=None if at_best is None else at_best - years,
    )
