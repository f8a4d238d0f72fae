"""Mistakes in an agreement, gathered so that all of them are told at once."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from tripleaim.errors import PlanProblems, Problem
from tripleaim.incentives.games.game import Number

WHERE = "agreement"


class Mistakes:
    """What is wrong with what was handed in; `refuse` raises it whole, or does nothing."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, field: str, found: str, expected: str, to_fix: str) -> None:
        """One more mistake."""
        self.found.append(Problem(file=WHERE, field=field, found=found, expected=expected, to_fix=to_fix))

    def same_names(self, field: str, names: Collection[str], partners: Collection[str]) -> None:
        """A mistake for each partner without an entry, and for each entry that is no partner's."""
        for name in sorted(set(partners) - set(names)):
            self.add(field, f"nothing for {name}", "an entry for every partner", f"add one for {name}")
        self.known_names(field, names, partners)

    def known_names(self, field: str, names: Collection[str], partners: Collection[str]) -> None:
        """A mistake for each entry that is no partner's."""
        for name in sorted(set(names) - set(partners)):
            self.add(field, name, f"one of {', '.join(partners)}", "take it out, or make it a partner")

    def numbers(self, field: str, amounts: Mapping[str, Number], *, least: float | None = 0.0) -> None:
        """A mistake for each amount that is no number, or below the least."""
        expected = "a number" if least is None else f"a number, {least:g} or more"
        for name, amount in amounts.items():
            if not math.isfinite(amount) or (least is not None and amount < least):
                self.add(field, f"{float(amount):,.15g} for {name}", expected, "correct the amount")

    def refuse(self) -> None:
        """Raise `PlanProblems` if there is any mistake."""
        if self.found:
            raise PlanProblems(self.found)


def pounds(amount: float) -> str:
    """An amount to the penny, for sums that must be exact.

    >>> pounds(-1234567.891), pounds(1000.0)
    ('−£1,234,567.89', '£1,000')
    """
    told = f"£{abs(amount):,.2f}".removesuffix(".00")
    return f"−{told}" if amount < 0 and told != "£0" else told
