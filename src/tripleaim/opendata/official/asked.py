"""What is asked of a published file, what it gave, and everything a reader of it needs while it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tripleaim.loading.collect import Problems, shown
from tripleaim.loading.raw import Cells
from tripleaim.opendata.official.figures import figure
from tripleaim.opendata.official.forms import Match
from tripleaim.opendata.official.page import Page
from tripleaim.plan.plan import Plan
from tripleaim.plan.source import Source, SourceKind
from tripleaim.quantities import Noun

OPEN_LICENCE = "Open Government Licence v3.0"

MOST_TOLD = 8
"""Names told one by one before the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the planner says that a file does not.

    year     : the financial year of its figures, where the file names none
    stream   : which money its allocations are, where the file does not say
    together : the organisation that stands for all commissioners and receives the sum of what they receive
    activity : take the number of units too, not only what a unit costs
    replace  : let published values take the place of those in the plan
    """

    year: str = ""
    stream: str = ""
    together: str = ""
    activity: bool = False
    replace: bool = False


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Something of the file that is not in the plan, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


@dataclass(kw_only=True)
class Found:
    """What was read of one file for one plan: rows by table, their sources, and what there is to say of them."""

    rows: list[tuple[str, Noun]] = field(default_factory=list)
    beside: list[tuple[str, Noun]] = field(default_factory=list)
    """The same figures as printed ones, for a plan that would not be sound with `rows`."""
    removed: list[tuple[str, Noun]] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def tidy(self) -> None:
        """Say once what several sheets said."""
        self.said = list(dict.fromkeys(self.said))
        self.left_out = list(dict.fromkeys(self.left_out))

    def leave(self, what: str, why: str) -> None:
        """Note what is not used, and why."""
        self.left_out.append(LeftOut(what=what, why=why))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One file being read for one plan."""

    plan: Plan
    page: Page
    heading: Cells
    match: Match
    above: tuple[Cells, ...]
    """The rows above the heading: titles and notes."""
    asked: Asked
    problems: Problems
    found: Found = field(default_factory=Found)

    def cell(self, cells: Cells, name: str) -> str:
        """The text of a field in a row; empty where the row is short or the file has no such column."""
        column = self.match.where.get(name)
        return cells[column] if column is not None and column < len(cells) else ""

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """The rows below the heading that hold anything."""
        return ((row, cells) for row, cells in self.page.rows if any(cells))

    def number(self, row: int, cells: Cells, column: int) -> float | None:
        """The figure in a cell; None where it is hidden, missing or, with a problem noted, no figure at all."""
        text = cells[column] if column < len(cells) else ""
        try:
            return figure(text)
        except ValueError as refused:
            expected, to_fix = refused.args
            self.refuse(row, self.heading[column], text, expected, to_fix)
            return None

    def refuse(self, row: int | None, column: str | None, found: str, expected: str, to_fix: str) -> None:
        """Note a problem of the file."""
        self.problems.add(
            self.page.name, row, shown(column) if column else None, found=found, expected=expected, to_fix=to_fix
        )

    def source(self, key: str, *, kind: SourceKind, note: str = "", **about: Any) -> str:
        """The key of the source of rows: one that is in the plan already with the same content, or a new one."""
        note = f"File {self.page.name}, SHA-256 {self.page.sha256}, recognised by its columns. {note}".strip()
        taken = {source.key: source for source in self.plan.sources} | self.found.sources
        for name in (key, *(f"{key[:56]}_{n}" for n in range(2, 1000))):
            made = Source(key=name, kind=kind, note=note, **about)
            if taken.get(name, made) == made:
                self.found.sources[name] = made
                return name
        raise AssertionError("a plan with a thousand sources of one name")


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun.

    >>> counted(1, "row", "rows"), counted(2000, "currency", "currencies")
    ('1 row', '2,000 currencies')
    """
    return f"{count:,} {one if count == 1 else many}"


def told(names: list[str]) -> str:
    """Names in a sentence: the first few, then how many more.

    >>> told(["a", "b"]), told([str(n) for n in range(10)])
    ('a, b', '0, 1, 2, 3, 4, 5, 6, 7 and 2 more')
    """
    first = ", ".join(shown(name) for name in names[:MOST_TOLD])
    return first if len(names) <= MOST_TOLD else f"{first} and {len(names) - MOST_TOLD} more"
