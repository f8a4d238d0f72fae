"""A plan while it is being read: the sound rows with their row numbers, and what may already be trusted of it.

Checks between tables work on a draft, so that one mistake in one table does not hide those in another; a check is left
out only where the tables it rests on were not wholly read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar, cast

from tripleaim.loading.collect import Problems
from tripleaim.loading.heading import read_heading
from tripleaim.loading.raw import RawPlan, RawTable
from tripleaim.loading.table import TableReader
from tripleaim.plan.plan import Heading
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun, financial_year, first_calendar_year

R = TypeVar("R", bound=Noun)

FORM = {form.noun: form for form in TABLES}
"""The table of each noun."""
_NOUN = {form.name: form.noun for form in TABLES}


@dataclass
class Draft:
    """Rows by table with their row numbers, and the tables that were not wholly read."""

    problems: Problems
    heading: Heading | None = None
    rows_of: dict[str, tuple[Noun, ...]] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=dict)
    seen: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    partial: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    """Tables in which keys may have stood that could not be read."""
    _keys: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def rows(self, noun: type[R]) -> Iterator[tuple[int, R]]:
        """Row number and row of every sound row of a table, in file order."""
        name = FORM[noun].name
        rows = cast("tuple[R, ...]", self.rows_of.get(name, ()))
        return zip(self.numbers.get(name) or range(2, len(rows) + 2), rows, strict=True)

    def by_key(self, noun: type[R]) -> dict[str, R]:
        """Rows of a table whose one key column is `key`, by that key."""
        return {str(getattr(row, "key")): row for _, row in self.rows(noun)}  # noqa: B009 - the noun has it

    def keys(self, table: str, column: str) -> set[str]:
        """Every text that stands in a key column, in sound rows and others."""
        if (table, column) not in self._keys:
            known = {str(getattr(row, column)) for _, row in self.rows(_NOUN[table])}
            self._keys[table, column] = known | self.seen.get((table, column), set())
        return self._keys[table, column]

    def whole(self, *nouns: type[Noun]) -> bool:
        """True when each of these tables (and for Heading, plan.toml) was read without a problem."""
        return all(
            self.heading is not None if noun is Heading else FORM[noun].name not in self.partial for noun in nouns
        )

    def lacks(self, table: str, column: str, name: str) -> bool:
        """True when a name surely does not stand in a key column."""
        return table not in self.unseen and name not in self.keys(table, column)

    def refuse(self, noun: type[Noun], row: int | None, name: str, found: str, expected: str, to_fix: str) -> None:
        """Note a problem of one row, or of plan.toml where the noun is Heading."""
        file = "plan.toml" if noun is Heading else FORM[noun].file
        self.problems.add(file, row, name, found=found, expected=expected, to_fix=to_fix)

    @property
    def stated(self) -> Heading:
        """The heading; only for checks that have asked `whole(Heading)`."""
        assert self.heading is not None
        return self.heading

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the plan."""
        first = first_calendar_year(self.stated.first_year)
        return tuple(financial_year(first + n) for n in range(self.stated.years))

    @property
    def opening_year(self) -> str:
        """The year before the plan."""
        return financial_year(first_calendar_year(self.stated.first_year) - 1)


def draft_of(raw: RawPlan, problems: Problems) -> Draft:
    """Everything that can be understood of a raw plan, before its tables are held against each other."""
    draft = Draft(problems)
    draft.heading = read_heading(raw.heading, problems) if raw.heading is not None else None
    forms = {form.name: form for form in TABLES}
    for table in raw.tables:
        _understand(forms.pop(table.name), table, draft)
    for form in forms.values():
        if form.required:
            _refuse_absent(form, draft)
    return draft


def _understand(form: TableForm, table: RawTable, draft: Draft) -> None:
    read = TableReader(form, draft.problems).run(table)
    draft.rows_of[form.name] = tuple(read.rows)
    draft.numbers[form.name] = read.numbers
    for column, texts in read.seen.items():
        draft.seen[form.name, column] = texts
    if not read.all_seen:
        draft.unseen.add(form.name)
    if not read.complete:
        draft.partial.add(form.name)


def _refuse_absent(form: TableForm, draft: Draft) -> None:
    draft.partial.add(form.name)
    draft.unseen.add(form.name)
    draft.problems.add(
        form.file,
        None,
        None,
        found="it is missing",
        expected="a table every plan has",
        to_fix=f"add {form.file}; docs/tables says what stands in it",
    )
