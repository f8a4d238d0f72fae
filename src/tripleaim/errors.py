"""What can go wrong, in words for whoever has to put it right, and the exit code each kind ends with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import ClassVar

TURNS_TEXT = "\u202a-\u202e\u2066-\u2069"
"""Characters that turn the direction of reading for all that follows, as the inside of a regular expression's set."""
_MOVES = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f-\x9f{TURNS_TEXT}\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""A text as a terminal may show it: what would move the cursor, colour or turn the words is spelt out.

    Line breaks stay.

    >>> print(harmless("plan\x1b[2J.csv"))
    plan\x1b[2J.csv
    """
    return _MOVES.sub(lambda found: _spelt(found[0]), text)


def _spelt(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


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

    def __post_init__(self) -> None:
        """File names and cells are other people's: they are repeated on one line, and nothing in them acts."""
        for each in fields(self):
            text = getattr(self, each.name)
            if isinstance(text, str):
                object.__setattr__(self, each.name, harmless(text).replace("\n", "\\x0a"))

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
