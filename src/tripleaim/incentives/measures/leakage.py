"""What a plan of the place brings to bodies outside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import Array, share_of, together


@dataclass(frozen=True, kw_only=True, eq=False)
class Leakage:
    """What lands outside the place; it closes no local gap."""

    amount: Array
    """(…), GBP: what all bodies outside gain, less what they lose."""
    share: Array
    """(…), of all gains, before any loss, the share that bodies outside have; 0 where nobody gains."""


def leakage(positions: Any, members: Sequence[bool]) -> Leakage:
    """What bodies outside the place gain by it.

    positions : (body, …), GBP, of members and of bodies outside; not of those that only take and give all money, such
                as the Treasury and the sellers of what care needs
    members   : (body,), True for a member of the place
    raises    : Impossible where that is not said of every body, or as `together`

    >>> found = leakage([3.0, -1.0, 0.75, 0.25], [True, True, False, False])
    >>> found.amount.item(), found.share.item()
    (1.0, 0.25)
    """
    (own,) = together(("body",), positions=positions)
    if len(members) != own.shape[0]:
        raise Impossible(f"There are {own.shape[0]} bodies; of {len(members)} it is said whether they are members.")
    outside = own[[not each for each in members]]
    return Leakage(
        amount=outside.sum(axis=0),
        share=share_of(np.maximum(0.0, outside).sum(axis=0), np.maximum(0.0, own).sum(axis=0)),
    )
