"""Contracts: who pays whom, and how."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class Payment(StrEnum):
    """The form of payment."""

    BLOCK = "block"
    ACTIVITY = "activity"
    BLENDED = "blended"
    MARGINAL = "marginal"


class Contract(Row):
    """How activity is paid: payment = fixed + marginal x price x units (method note 6)."""

    key: Key = quantity("key", "Short name; activity lines refer to it")
    name: str = quantity("text", "The agreement in words")
    form: Payment = quantity("block | activity | blended | marginal", "Form of payment")
    tariff: str = quantity("tariff key", "Price list its prices follow; empty = prices held in cash", default="")
    marginal: float | None = quantity(
        "fraction of price",
        "Blended: share of price paid for each unit. Marginal: share paid above the threshold. Empty "
        "for block (0) and activity (1)",
        between=(0, 1),
        default=None,
    )
    threshold: float | None = quantity(
        "ratio to planned units",
        "Marginal only: full price up to this many times the planned units",
        between=(0, 5),
        default=None,
    )
    kept_for: str = quantity(
        "text",
        "Marginal only: where the money the payer keeps is spent (a body or outside:use); 'none' "
        "leaves it with the payer",
        default="none",
    )
