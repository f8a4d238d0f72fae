"""What money in several years is worth in the plan's first year."""

from __future__ import annotations

import numpy as np

from tripleaim.incentives.amounts import Array

DISCOUNT = 0.035
"""HM Treasury, The Green Book: 3.5 % a year."""


def factors(years: int, rate: float = DISCOUNT) -> Array:
    """(year,): what a pound of each plan year is worth in the first, which is not discounted.

    >>> factors(3).round(4).tolist()
    [1.0, 0.9662, 0.9335]
    """
    found: Array = (1 + rate) ** -np.arange(years, dtype=np.float64)
    return found


def worth(by_year: Array, rate: float = DISCOUNT) -> Array:
    """Today's value of amounts by plan year, (member, year, …) → (member, …)."""
    found: Array = np.tensordot(factors(by_year.shape[1], rate), by_year, axes=(0, 1))
    return found


def level(amount: float, years: int, rate: float = DISCOUNT) -> float:
    """The same sum every year whose today's value is an amount.

    >>> round(level(4.6731, 5), 4)
    1.0
    """
    return amount / float(factors(years, rate).sum())
