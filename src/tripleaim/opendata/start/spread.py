"""How far growth beyond people's number and age may be from its estimate: the default range of a started plan.

The parts are measured, not assumed: `growth_ranges.csv` is written by tools/measure_hindcast.py (method note 10).
"""

from __future__ import annotations

import csv
import math
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

    def own(self, ahead: float, fitted: int, trusts: int) -> float:
        """Variance, about its place's trend, of a trust's mean growth over years ahead that no other trust shares.

        What comes and goes evens out over the years ahead. What lasts is in the trend, but for the difference of this
        trust from the others; where the point is not the place's own trend, all of it is still to come.

        ahead  : years ahead
        fitted : years the trend was fitted to; 0 where the point is not the place's own trend
        trusts : trusts whose trend it is, this one among them
        """
        return self.lasting**2 * (1 - 1 / trusts if fitted else 1) + self.yearly**2 / ahead

    def shared(self, ahead: float, fitted: int, trusts: int) -> float:
        """Variance that all trusts of a place share: the chance in the trend, and England's years."""
        chance = self.yearly**2 * noise_of_trend(fitted) / trusts
        return chance + self.national**2 * (1 / ahead + noise_of_trend(fitted or FITTED))

    def half(self, ahead: float, fitted: int, trusts: int) -> float:
        """Half of the 80 % interval of a trust's mean growth over years ahead, about its place's trend.

        >>> round(Spread(yearly=0.05, lasting=0.0, national=0.0).half(3, 4, 1), 4)
        0.0526
        """
        return P90 * math.sqrt(self.own(ahead, fitted, trusts) + self.shared(ahead, fitted, trusts))

    def share(self, ahead: float, fitted: int, trusts: int) -> float:
        """Share of that variance which the trusts of a place have together, 0 to 1."""
        shared = self.shared(ahead, fitted, trusts)
        return shared / (shared + self.own(ahead, fitted, trusts))


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
