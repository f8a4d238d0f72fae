"""How far chances and percentiles may be out because a test takes some draws and not all there could be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

from tripleaim.stress.readings import SHARES
from tripleaim.stress.tally import Tally

SURE = 0.95
"""An interval is told that holds what endless draws would give 19 times in 20."""
Z = float(ndtri((1 + SURE) / 2))
TAIL = 0.1
"""Share of draws below a low, and above a high."""
OUT_BY = 0.03
"""Standard error of that share up to which a low is told without a warning: 1 in 10 is then 1 in 25 to 1 in 6."""
FEWEST = round(TAIL * (1 - TAIL) / OUT_BY**2)
"""Fewest draws told without a warning, 100: with p for the tail, √(p (1 − p) / n) is `OUT_BY` (`error_of_chance`)."""


@dataclass(frozen=True, kw_only=True)
class SamplingError:
    """How far the headline may be out from the number of draws alone: 95 % intervals. GBP, cash; positive = short."""

    chance: float
    """A share of draws is out by this at most, up or down; a fraction."""
    low: tuple[float, float]
    """Where the 10th percentile of the last year's shortfall as hoped lies."""
    middle: tuple[float, float]
    """The same of the median."""
    high: tuple[float, float]
    """The same of the 90th percentile."""


def error_of_chance(share: float, draws: int) -> float:
    """Standard error of a share of independent draws: √(p (1 − p) / n), the binomial's.

    Sobol' points are spread more evenly than independent draws, so theirs is smaller.

    >>> round(error_of_chance(0.5, 10_000), 4), round(error_of_chance(0.1, 10_000), 4)
    (0.005, 0.003)
    """
    return math.sqrt(share * (1 - share) / draws)


def shares_around(share: float, draws: int) -> tuple[float, float]:
    """The shares of the draws whose two values hold the true percentile between them 19 times in 20.

    The draws below the true percentile are binomial whatever the distribution, so two values of the draws in order
    bound it (order statistics; David and Nagaraja, Order Statistics, 2003, section 7.1), here by the normal
    approximation: p ± 1.96 √(p (1 − p) / n).

    >>> [round(each, 4) for each in shares_around(0.1, 10_000)]
    [0.0941, 0.1059]
    """
    out = Z * error_of_chance(share, draws)
    return max(0.0, share - out), min(1.0, share + out)


def sampling_error(tally: Tally, output: int) -> SamplingError:
    """How far chances, and the percentiles of one output, may be out.

    tally  : with all draws counted
    output : row of the headline
    """
    ends = [end for share in SHARES for end in shares_around(share, tally.draws)]
    at = [float(value) for value in tally.quantiles(ends, rows=[output])[:, 0]]
    return SamplingError(
        chance=Z * error_of_chance(0.5, tally.draws),
        low=(at[0], at[1]),
        middle=(at[2], at[3]),
        high=(at[4], at[5]),
    )
