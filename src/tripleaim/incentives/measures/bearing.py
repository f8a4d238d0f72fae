"""Who bears the cost, and who has the benefit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.amounts import Array, share_of, together


@dataclass(frozen=True, kw_only=True, eq=False)
class Bearing:
    """Shares of all cost and of all benefit, and how far apart they lie."""

    cost: Array
    """(body, …), share of the cost of all; adds up to 1, or is 0 where there is no cost."""
    benefit: Array
    """(body, …), share of the gross benefit of all, likewise."""
    mismatch: Array
    """(…), μ: the part of the benefit that falls to others than those who bear the cost. 0 where each has the same
    share of both, or where there is no cost or no benefit; 1 where none who bear any cost have any benefit."""


def who_bears(cost: Any, benefit: Any) -> Bearing:
    """Shares of cost and of gross benefit, and μ = ½ Σ |share of cost − share of benefit|.

    cost    : (body, …), GBP, 0 or more: investment, stranded cost, double running, income lost
    benefit : (body, …), GBP, 0 or more: cost released, income gained, before any cost
    raises  : Impossible for amounts below 0, or as `together`
    source  : method note 15

    >>> found = who_bears(cost=[0.0, 0.0, 2.6, 0.5], benefit=[1.5, 3.9, 0.0, 0.0])
    >>> found.benefit.round(4).tolist(), found.mismatch.round(4).item()
    ([0.2778, 0.7222, 0.0, 0.0], 1.0)
    """
    borne, had = together(("body",), cost=cost, benefit=benefit)
    for name, each in (("cost", borne), ("benefit", had)):
        if isinstance(each, np.ndarray) and (each < 0).any():
            raise Impossible(f"The {name} has the value {each.min()}; expected 0 or more.")
    all_cost, all_benefit = borne.sum(axis=0), had.sum(axis=0)
    cost_shares, benefit_shares = share_of(borne, all_cost), share_of(had, all_benefit)
    apart = 0.5 * np.abs(cost_shares - benefit_shares).sum(axis=0)
    mismatch = np.where((all_cost > 0) & (all_benefit > 0), apart, 0.0)
    return Bearing(cost=cost_shares, benefit=benefit_shares, mismatch=mismatch)
