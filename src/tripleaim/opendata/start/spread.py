"""How far growth beyond people's number and age may be from its estimate: the default range of a started plan.

A place has one estimate for each kind of care, written on the lines of all its trusts, so its range is the place's.
The parts are measured, not assumed: `growth_ranges.csv` is written by tools/measure_hindcast.py (method note 10).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tripleaim.quantities import TENTH_TO_NINETIETH

P90 = TENTH_TO_NINETIETH / 2
"""90th percentile of the normal distribution: half of an 80 % interval in standard deviations."""
AHEAD = 3
"""Years over which a plan's one growth rate is judged: as far as the four yearly returns reach (decision 3)."""
FITTED = 4
"""Yearly returns a place's trend is fitted to."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The parts of a trust's growth a year, as standard deviations: fractions a year.

    yearly   : what is the trust's own and comes and goes with a year
    lasting  : what is the trust's own and lasts
    national : what all of England shares in a year
    """

    yearly: float
    lasting: float
    national: float

    def of_place(self, ahead: float, fitted: int, trusts: float) -> float:
        """Half of the 80 % interval of mean growth over years ahead, of all trusts of a place, about their trend.

        What is a trust's own evens out over the trusts, and what comes and goes over the years. What lasts is in the
        trend already; where the point is not the place's own trend, it is still to come.

        ahead  : years ahead
        fitted : years the trend was fitted to; 0 where the point is England's or another model's
        trusts : trusts of the place, counted by `as_many`

        >>> round(Spread(yearly=0.05, lasting=0.02, national=0.0).of_place(3, 4, 1), 4)
        0.0526
        """
        lasting = 0.0 if fitted else self.lasting**2
        yearly = self.yearly**2 * (1 / ahead + noise_of_trend(fitted))
        return P90 * math.sqrt((lasting + yearly) / trusts + self._national(ahead, fitted))

    def of_trust(self, ahead: float, fitted: int, trusts: float) -> float:
        """The same of one trust of the place, about the trend of them all; wider, for its own years do not even out."""
        lasting = self.lasting**2 * (1 - 1 / trusts if fitted else 1)
        yearly = self.yearly**2 * (1 / ahead + noise_of_trend(fitted) / trusts)
        return P90 * math.sqrt(lasting + yearly + self._national(ahead, fitted))

    def _national(self, ahead: float, fitted: int) -> float:
        """England's years ahead, and those that any trend rests on."""
        return self.national**2 * (1 / ahead + noise_of_trend(fitted or FITTED))


def as_many(sizes: Iterable[float]) -> float:
    """How many trusts of one size these even out like: one large and one tiny are as one.

    >>> as_many([100, 100]), round(as_many([100, 1]), 2)
    (2.0, 1.02)
    """
    every = list(sizes)
    return float(sum(every) ** 2 / sum(each**2 for each in every))


@cache
def noise_of_trend(years: int) -> float:
    """Variance of a straight line's slope through so many yearly levels, where a year's growth has variance one.

    The slope is a weighted mean of the growths, for a year's growth lifts every later level. Nought for no trend.

    >>> noise_of_trend(2), noise_of_trend(3), round(noise_of_trend(4), 2), noise_of_trend(0)
    (1.0, 0.5, 0.34, 0.0)
    """
    if years < 2:
        return 0.0
    steps = [year - (years - 1) / 2 for year in range(years)]
    spread = sum(step * step for step in steps)
    weights = [sum(steps[after:]) / spread for after in range(1, years)]
    return sum(weight * weight for weight in weights)


@cache
def measured() -> dict[str, dict[str, str]]:
    """Every measured part by kind of care, as written; `all` is what every kind shares."""
    text = files("tripleaim.opendata").joinpath("start", "growth_ranges.csv").read_text("utf-8")
    return {row["kind"]: row for row in csv.DictReader(text.splitlines())}


def spread(kind: str) -> Spread:
    """The measured parts of growth of one kind of care: non_elective, elective, day_case, outpatient or ae."""
    row = measured()[kind]
    return Spread(*(float(row[part]) for part in ("yearly", "lasting", "national_used")))
