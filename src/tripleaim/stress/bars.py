"""What moves the figure one at a time: each input, and each shared driver, at its low and at its high."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.stress.draws import at_scores
from tripleaim.stress.engine import Engine
from tripleaim.stress.factors import factors_of
from tripleaim.stress.families import Z90
from tripleaim.stress.response import Floats
from tripleaim.stress.tornado import tornado


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One input or driver, and where the figure goes when it alone is low or high; all others at their points."""

    name: str
    """Name of the input; driver/ and its key for a driver, which takes everything it moves with it."""
    label: str
    """What it is, in a planner's words."""
    unit: str
    """Unit of `low` and `high`; empty for a driver."""
    low: float | None
    """Its 10th percentile; None for a driver, which is no figure of the plan."""
    high: float | None
    """Its 90th percentile."""
    at_point: float
    """The figure with everything at its point, GBP, positive = short: the same for every bar."""
    at_low: float
    """The figure with this at its low."""
    at_high: float
    """The figure with this at its high."""

    @property
    def swing(self) -> float:
        """The largest of the three figures less the smallest, GBP."""
        three = (self.at_low, self.at_point, self.at_high)
        return max(three) - min(three)


def bars(engine: Engine) -> tuple[Bar, ...]:
    """A bar for each input and each driver that moves the figure, the widest first.

    A driver at its low or high moves each of its inputs by that driver's share alone; what they have to themselves
    stays in the middle. What two do only together is not seen here: the shares (`variance`) show it.

    engine : with one output
    """
    return tuple(sorted((each for each in (*_of_inputs(engine), *_of_drivers(engine)) if each.swing), key=_order))


def _order(bar: Bar) -> tuple[float, str]:
    return -bar.swing, bar.name


def _of_inputs(engine: Engine) -> list[Bar]:
    ranges = [each.spread.range for each in engine.inputs]
    point, low, high = (np.array([getattr(each, end) for each in ranges]) for end in ("point", "low", "high"))
    found = tornado(engine, point, low, high)
    return [
        Bar(
            name=each.name,
            label=each.label,
            unit=each.unit,
            low=float(low[n]),
            high=float(high[n]),
            at_point=float(found.at_point[0]),
            at_low=float(found.at_low[n, 0]),
            at_high=float(found.at_high[n, 0]),
        )
        for n, each in enumerate(engine.inputs)
    ]


def _of_drivers(engine: Engine) -> list[Bar]:
    drivers = [factor for factor in factors_of(engine.inputs) if factor.is_driver]
    if not drivers:
        return []

    def at_drivers(scores: Floats) -> Floats:
        own = np.zeros((len(engine.inputs), scores.shape[1]))
        return engine(at_scores(engine.inputs, np.concatenate([scores, own])))

    ends = np.full(len(drivers), Z90)
    found = tornado(at_drivers, np.zeros(len(drivers)), -ends, ends)
    return [
        Bar(
            name=driver.name,
            label=driver.label,
            unit="",
            low=None,
            high=None,
            at_point=float(found.at_point[0]),
            at_low=float(found.at_low[n, 0]),
            at_high=float(found.at_high[n, 0]),
        )
        for n, driver in enumerate(drivers)
    ]
