"""The ledger: every flow has two ends, so members and outside sum to zero every year (method note 6)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tripleaim.projection.axes import Array, Axes

RESOURCES = "outside:resources"
"""Where pay, goods and services are bought: never leakage."""

TREASURY = "outside:treasury"
"""Where allocations come from and the return on capital goes to: never leakage."""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """Flows of one run, recurrent and one-off apart, by kind and by the two bodies they run between."""

    axes: Axes
    shape: tuple[int, int]
    """(years, cases)."""
    flows: dict[tuple[str, str, str, bool], Array] = field(default_factory=dict)
    """(kind, from, to, recurrent) → (year, case), GBP."""

    def pay(self, kind: str, payer: str, payee: str, amount: Array, *, recurrent: bool = True) -> None:
        """Record money that runs from one body to another, (year, case) or broadcastable, GBP."""
        key = (kind, payer, payee, recurrent)
        if key in self.flows:
            self.flows[key] = self.flows[key] + amount
        else:
            self.flows[key] = np.broadcast_to(amount, self.shape).copy()

    def positions(self, *, recurrent: bool) -> Array:
        """(node, year, case): what came in less what went out, GBP; the sum over all nodes is zero."""
        total = dict.fromkeys(self.axes.nodes, np.zeros(self.shape))
        for (_, payer, payee, lasting), amount in self.flows.items():
            if lasting is recurrent:
                total[payer] = total[payer] - amount
                total[payee] = total[payee] + amount
        return np.stack(list(total.values()))
