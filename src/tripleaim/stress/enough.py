"""How many draws it takes to tell a low, a high or a chance from them (method note 9)."""

from __future__ import annotations

import math

TAIL = 0.1
"""Share of draws below a low, and above a high."""
STRAY = 0.03
"""Standard error of that share up to which a low is told without a warning: 1 in 10 is then 1 in 25 to 1 in 6."""


def stray(draws: int) -> float:
    """Standard error of the share of draws below the true low: the square root of p (1 - p) / n, p being a tenth.

    >>> [round(stray(draws), 3) for draws in (5, 100, 10_000)]
    [0.134, 0.03, 0.003]
    """
    return math.sqrt(TAIL * (1 - TAIL) / draws)


FEWEST = round(TAIL * (1 - TAIL) / STRAY**2)
"""Fewest draws from which lows, highs and chances are told without a warning: 100, whose `stray` is `STRAY`."""
