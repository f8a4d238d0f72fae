"""What moves the answer most, one input at a time: each is set low, then high, while all others keep their point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.response import Floats, Model, respond


@dataclass(frozen=True)
class Tornado:
    """Every output with every input at its point, and with one input low or high. In the outputs' own units."""

    at_point: Floats
    """(output,)"""
    at_low: Floats
    """(input, output)"""
    at_high: Floats
    """(input, output)"""

    @property
    def swing(self) -> Floats:
        """Largest less smallest of the three answers (low, point, high): (input, output), never negative.

        The answer at the point counts too, so an input that does harm both when low and when high is not missed.
        """
        three = np.stack([self.at_low, np.broadcast_to(self.at_point, self.at_low.shape), self.at_high])
        swing: Floats = np.ptp(three, axis=0)
        return swing

    def order(self, output: int = 0) -> NDArray[np.intp]:
        """Positions of the inputs, the widest swing of one output first; equal swings keep their order."""
        return np.argsort(-self.swing[:, output], kind="stable")


def tornado(model: Model, point: Floats, low: Floats, high: Floats) -> Tornado:
    """Each input at its low and at its high, all others at their points.

    No input is changed together with another, so what two do only together is not seen here: the total Sobol index
    (`indices`) shows it.

    model   : (input, draw) → (output, draw); asked once, with 1 + 2 × inputs columns
    point, low, high : (input,), each in its own unit
    raises  : ValueError unless low ≤ point ≤ high for every input
    source  : METHOD 8, "one-at-a-time tornado"

    >>> found = tornado(lambda x: 3 * x[0] - x[1], np.array([0.0, 0.0]), np.array([-1.0, -1.0]), np.array([1.0, 2.0]))
    >>> found.swing[:, 0], found.order()
    (array([6., 3.]), array([0, 1]))
    """
    if not point.shape == low.shape == high.shape or point.ndim != 1 or not point.size:
        raise ValueError(f"expected one point, low and high an input, found {point.shape}, {low.shape}, {high.shape}")
    wrong = ~((low <= point) & (point <= high))  # written this way round so that NaN is refused too
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ValueError(
            f"input {first}: expected low <= point <= high, found {low[first]}, {point[first]}, {high[first]}"
        )
    count = len(point)
    asked = np.repeat(point[:, None], 1 + 2 * count, axis=1)
    each = np.arange(count)
    asked[each, 1 + each] = low
    asked[each, 1 + count + each] = high
    answer = respond(model, asked)
    return Tornado(answer[:, 0], answer[:, 1 : 1 + count].T, answer[:, 1 + count :].T)
