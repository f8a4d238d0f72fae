"""What earlier plans of the place promised, and what came of it."""

from __future__ import annotations

from tripleaim.plan.row import FinancialYear, Key, Row
from tripleaim.quantities import quantity


class Promise(Row):
    """One thing an earlier plan of the place promised, and what was delivered (method note 11)."""

    key: Key = quantity("key", "Short name")
    name: str = quantity("text", "What was promised, in words")
    family: str = quantity(
        "family of the evidence library",
        "The kind of scheme, such as care homes, as `tripleaim evidence` tells it; empty = it speaks of every kind",
        default="",
    )
    year: FinancialYear = quantity("financial year", "The year it was promised for")
    promised: float = quantity("as the unit says", "What was promised", between=(0.001, 1e12))
    delivered: float = quantity(
        "as the unit says", "What came of it by that year; negative = it went the other way", between=(-1e12, 1e12)
    )
    unit: str = quantity("text", "What both are counted in, such as GBP a year or admissions a year")

    @property
    def kept(self) -> float:
        """Share of the promise that was delivered: 1 is all of it."""
        return self.delivered / self.promised
