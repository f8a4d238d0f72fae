"""Other ways to pay for care, by year: each a proposal laid beside today's contracts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class PaymentForm(StrEnum):
    """How care between members is paid for."""

    BLOCK = "block"
    ACTIVITY = "activity"
    BLENDED = "blended"
    MARGINAL = "marginal"
    ALIGNED = "aligned"
    CAPITATED = "capitated"
    SHARED_SAVINGS = "shared_savings"


@dataclass(frozen=True, kw_only=True)
class OwnRate:
    """The rate of a payment form that has one."""

    meaning: str
    """What it is a share of."""
    default: float
    """What it is where a proposal states none."""
    rests_on: str
    """Where the default comes from."""


OWN_RATES: dict[PaymentForm, OwnRate] = {
    PaymentForm.BLENDED: OwnRate(
        meaning="share of price paid for each unit above or below plan",
        default=0.2,
        rests_on="NHS England and NHS Improvement: blended payment for emergency care, 2019/20, 20 %",
    ),
    PaymentForm.MARGINAL: OwnRate(
        meaning="share of price paid for each unit above the planned units",
        default=0.7,
        rests_on="NHS England and Monitor: marginal rate emergency rule, 70 % of the price above the baseline",
    ),
    PaymentForm.SHARED_SAVINGS: OwnRate(
        meaning="share of savings, beyond the least that counts, that goes to those who made them",
        default=0.5,
        rests_on="Medicare Shared Savings Program: at most 50 % in its Track 1+ and BASIC levels C to E",
    ),
}
"""Form → its own rate. Block, aligned and capitated pay nothing for a unit more or less, activity the whole price."""


class PaymentProposal(Row):
    """How one proposal pays for care between members from one year on.

    It holds until the proposal's next row; before its first row today's contracts hold.
    """

    proposal: Key = quantity("key", "Short name of the proposal; it may have several rows")
    name: str = quantity("text", "The proposal in words, the same in all its rows")
    from_year: str = quantity(
        "financial year", "First year of the plan in which this form pays; empty = the plan's first", default=""
    )
    form: PaymentForm = quantity(
        "block | activity | blended | marginal | aligned | capitated | shared_savings", "Form of payment"
    )
    rate: float | None = quantity(
        "fraction",
        "Blended: share of price for each unit above or below plan; empty = 0.2. Marginal: share of price above the "
        "planned units; empty = 0.7. Shared savings: share of savings; empty = 0.5. The others have none",
        between=(0, 1),
        default=None,
    )

    @property
    def own_rate(self) -> float | None:
        """The rate it pays at: its own or its form's default; None for a form that has none."""
        known = OWN_RATES.get(self.form)
        return known.default if known is not None and self.rate is None else self.rate
