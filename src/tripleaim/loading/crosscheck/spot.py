"""One row of a table, and the few ways in which what stands in it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from tripleaim.loading.draft import Draft
from tripleaim.quantities import Noun

R = TypeVar("R", bound=Noun)


@dataclass(frozen=True)
class Spot:
    """A row of a draft's table."""

    draft: Draft
    noun: type[Noun]
    row: int

    def refuse(self, field: str, found: str, expected: str, to_fix: str) -> None:
        """Note a problem of one of its fields."""
        self.draft.refuse(self.noun, self.row, field, found, expected, to_fix)

    def needs(self, field: str, expected: str, to_fix: str) -> None:
        """Refuse an empty cell where other fields of the row ask for a value."""
        self.refuse(field, "an empty cell", expected, to_fix)

    def must_be_empty(self, field: str, found: str, because: str, to_fix: str = "leave it empty") -> None:
        """Refuse a value where other fields of the row leave no use for one."""
        self.refuse(field, found, f"an empty cell: {because}", to_fix)

    def proportion(self, field: str, value: float | None) -> None:
        """Refuse a proportion above 1, which was perhaps written in percent."""
        if value is not None and value > 1:
            to_fix = f"write {value / 100:g} if you mean {value:g}%"
            self.refuse(field, f"{value:g}", "a proportion from 0 to 1", to_fix)


def spots(draft: Draft, noun: type[R]) -> Iterator[tuple[Spot, R]]:
    """Every sound row of a table with the means to refuse what stands in it, in file order."""
    return ((Spot(draft, noun, row), record) for row, record in draft.rows(noun))
