"""What made schemes of a kind work elsewhere, and whether a plan has it."""

from __future__ import annotations

from enum import StrEnum

from tripleaim.plan.row import Key, Row
from tripleaim.quantities import quantity


class Factor(StrEnum):
    """What the community schemes that worked had in common: Nuffield Trust, Shifting the balance of care, 2017."""

    DEFINED_GROUP = "defined_group"
    SPECIALIST_HELP = "specialist_help"
    ACTIVE_SUPPORT = "active_support"
    TRAINED_STAFF = "trained_staff"
    FILLS_A_GAP = "fills_a_gap"


FACTOR_MEANINGS: dict[Factor, str] = {
    Factor.DEFINED_GROUP: "it is for a defined group of people",
    Factor.SPECIALIST_HELP: "it brings specialist help",
    Factor.ACTIVE_SUPPORT: "people get active support",
    Factor.TRAINED_STAFF: "its staff are trained for it",
    Factor.FILLS_A_GAP: "it fills a gap and does not repeat what is there",
}


class SuccessFactor(Row):
    """Whether one thing that made such schemes work elsewhere is in place for a scheme (method note 11)."""

    scheme: Key = quantity("scheme key", "Which scheme")
    factor: Factor = quantity(
        "factor",
        "A defined group of people, specialist help, active support, trained staff, or filling a gap that nothing "
        "else fills",
    )
    in_place: bool = quantity("yes | no", "Is it in place, or planned with its owner and date?")
    how: str = quantity("text", "How, or why not", default="")
