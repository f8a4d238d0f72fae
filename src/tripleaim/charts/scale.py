"""From a number to a place on the drawing, and the round numbers an axis shows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from tripleaim.charts.wording import say


@dataclass(frozen=True)
class Scale:
    """A straight line from numbers (low to high) to drawing units (start to end)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return self.start
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def crosses_zero(self) -> bool:
        """Whether the axis shows numbers on both sides of zero."""
        return self.low < 0 < self.high


def from_zero(values: Iterable[float], start: float, end: float) -> Scale:
    """A scale that always contains zero, so that length tells size."""
    all_values = [0.0, *values]
    low, high = min(all_values), max(all_values)
    return Scale(low, high if high > low else low + 1, start, end)


def ticks(low: float, high: float, about: int = 4, whole: bool = False) -> tuple[float, ...]:
    """Round numbers that contain low to high, about as many as asked for.

    >>> ticks(0, 168.4)
    (0.0, 50.0, 100.0, 150.0, 200.0)
    >>> ticks(0, 3, whole=True)
    (0.0, 1.0, 2.0, 3.0)
    """
    if high - low < 1e-9:
        high = low + 1
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999999)
    if whole:
        step = max(1.0, float(math.ceil(step)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(place * step, 12) for place in range(first, last + 1))


def tick_words(marks: tuple[float, ...], signed: bool = False) -> list[str]:
    """The round numbers of an axis in full, with the fewest decimals that do; zero is plain 0.

    >>> tick_words((0.0, 2.5, 5.0))
    ['0', '2.5', '5.0']
    """
    places = next((few for few in range(9) if all(abs(round(mark, few) - mark) < 1e-10 for mark in marks)), 9)
    return [say(mark, places, signed) if mark else "0" for mark in marks]
