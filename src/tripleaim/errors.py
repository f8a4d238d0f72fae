"""What can go wrong, in words for whoever has to put it right, and the exit code each kind ends with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing to put right in a plan's files: where it is, what was found, what was expected, how to fix it.

    `row` is the row as a spreadsheet numbers it (the heading is row 1); None when the whole file is meant. `cell` is
    the cell of a workbook, such as C17.

    >>> print(Problem(file="activity.csv", row=14, field="growth", found="12%",
    ...               expected="a fraction a year between -0.25 and 0.25",
    ...               to_fix="write 0.12 if you mean 12% a year"))
    activity.csv, row 14, growth
      found     12%
      expected  a fraction a year between -0.25 and 0.25
      to fix    write 0.12 if you mean 12% a year
    """

    file: str
    row: int | None = None
    cell: str | None = None
    field: str | None = None
    found: str
    expected: str
    to_fix: str

    @property
    def where(self) -> str:
        """The file, then the row (or the cell) and the field where they are known."""
        row = self.cell or (None if self.row is None else f"row {self.row}")
        return ", ".join(part for part in (self.file, row, self.field) if part)

    def __str__(self) -> str:
        return f"{self.where}\n  found     {self.found}\n  expected  {self.expected}\n  to fix    {self.to_fix}"


class TripleAimError(Exception):
    """Anything this package refuses or fails at. The command line ends with its `exit_code`, and shows no traceback."""

    exit_code: ClassVar[int] = 1


class PlanProblems(TripleAimError):
    """The plan cannot be used yet; every problem is here at once, in the order of the files."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        heading = "1 problem to put right" if count == 1 else f"{count} problems to put right"
        return "\n\n".join([heading, *map(str, self.problems)])


class Impossible(TripleAimError):
    """The plan is readable, but what was asked of it cannot be done; the message says why and what can be."""

    exit_code = 3
