"""What effort brings, and how much of it must stay with whoever makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import Array, together


@dataclass(frozen=True, kw_only=True, eq=False)
class Effort:
    """What effort brings, and what whoever makes it must keep to make it freely."""

    gain_per_pound: Array
    """(…), GBP of gross gain to all for each pound spent."""
    least_share: Array
    """(…), share of the gain that must stay with whoever spends; above 1 it never pays."""


def effort(gain: Any, cost: Any) -> Effort:
    """The effort test: a body invests of its own accord only where it keeps cost ÷ gain of what it brings about.

    gain   : (…), GBP, gross, to all
    cost   : (…), GBP, borne by whoever makes the effort
    raises : Impossible where either is not above 0, or as `together`

    >>> found = effort(gain=5.4, cost=3.1)
    >>> found.gain_per_pound.round(3).item(), found.least_share.round(3).item()
    (1.742, 0.574)
    """
    brought, spent = together((), gain=gain, cost=cost)
    if any(isinstance(each, np.ndarray) and not (each > 0).all() for each in (brought, spent)):
        raise Impossible("Effort is judged where both cost and gain are above 0.")
    return Effort(gain_per_pound=brought / spent, least_share=spent / brought)
