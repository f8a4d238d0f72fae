"""Is what is good for all good for each?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tripleaim.incentives.amounts import Array, Truths, share_of, together


@dataclass(frozen=True, kw_only=True, eq=False)
class Alignment:
    """Each body's position beside that of all together."""

    index: Array
    """(body, …), a = position ÷ position of all; 0 where all together neither gain nor lose."""
    paid_to_refuse: Truths
    """(body, …), loses by what all together gain by."""
    paid_to_go_along: Truths
    """(body, …), gains by what all together lose by."""


def alignment(positions: Any) -> Alignment:
    """How each body's position lies to that of all.

    positions : (body, …), GBP a year, what a scheme or a plan changes
    raises    : as `together`
    source    : method note 15

    >>> home_first = alignment([7.5, -2.1, -2.6, -0.5])
    >>> home_first.index.round(3).tolist()
    [3.261, -0.913, -1.13, -0.217]
    >>> home_first.paid_to_refuse.tolist()
    [False, True, True, True]
    """
    (own,) = together(("body",), positions=positions)
    whole = own.sum(axis=0)
    return Alignment(
        index=share_of(own, whole), paid_to_refuse=(own < 0) & (whole > 0), paid_to_go_along=(own > 0) & (whole < 0)
    )
