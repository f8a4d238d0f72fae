"""How much each body stands to lose, in pounds and as a share of its turnover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import Array, share_of, together
from tripleaim.incentives.measures.timing import running_total, years_of


@dataclass(frozen=True, kw_only=True, eq=False)
class Exposure:
    """The most a body stands to lose; every array is (body, …), and 0 where it never loses."""

    worst_year: Array
    """GBP: loss of its worst year."""
    peak: Array
    """GBP: the most it is ever behind, counted from the beginning."""
    worst_year_of_turnover: Array
    """Fraction of a year's turnover."""
    peak_of_turnover: Array
    """Fraction of a year's turnover."""


def exposure(positions: Any, turnover: Any) -> Exposure:
    """How much each body stands to lose, and as a share of its turnover.

    positions : (body, year, …), GBP a year
    turnover  : (body,), GBP a year, or with axes after it
    raises    : Impossible for a turnover that is not above 0, or as `together`

    >>> exposure([[-5.25, 1.0]], turnover=[410.0]).worst_year_of_turnover.round(4).tolist()
    [0.0128]
    """
    flows = years_of(positions)
    worst, peak, of = together(
        ("body",),
        worst=np.maximum(0.0, -flows.min(axis=1)),
        peak=np.maximum(0.0, -running_total(flows).min(axis=1)),
        turnover=turnover,
    )
    if isinstance(of, np.ndarray) and not (of > 0).all():
        raise Impossible(f"A turnover is {of.min()}; expected more than 0.")
    return Exposure(
        worst_year=worst, peak=peak, worst_year_of_turnover=share_of(worst, of), peak_of_turnover=share_of(peak, of)
    )
