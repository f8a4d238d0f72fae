"""How joint gains and losses are shared."""

from __future__ import annotations

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class RiskShare(Row):
    """One organisation's share of what the place together gains or loses against plan, and how far it goes."""

    organisation: Key = quantity("organisation key", "Whose share; it has accounts")
    share: float = quantity("fraction", "Share of joint gains and losses; all shares add up to 1", between=(0, 1))
    loss_cap: float | None = quantity(
        "GBP a year",
        "Most it pays in a year; what is over goes to the others; empty = no cap",
        between=(0, 1e12),
        default=None,
    )
    gain_cap: float | None = quantity(
        "GBP a year",
        "Most it receives in a year; what is over goes to the others; empty = no cap",
        between=(0, 1e12),
        default=None,
    )
