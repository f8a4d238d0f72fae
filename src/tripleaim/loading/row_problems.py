"""Problems of a plan that is edited as tables on a page: each told by table, key of the row, and field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tripleaim.errors import Problem
from tripleaim.loading.collect import Problems
from tripleaim.loading.files import HEADING_FILE
from tripleaim.plan.tables import TABLES

Key = tuple[str, ...]
"""What tells a row from others, as the texts of its key cells; empty for the heading or a whole table."""

HEADING_TABLE = ""
"""How the heading of a plan is named among its tables here."""

_TABLE_OF = {HEADING_FILE: HEADING_TABLE, **{form.file: form.name for form in TABLES}}
_CALLED = {HEADING_FILE: "the heading of the plan", **{form.file: f"table {form.name}" for form in TABLES}}
_FILE_OF = {table: file for file, table in _TABLE_OF.items()}


def called(table: str) -> str:
    """A table in words; the heading where its name is empty."""
    return _CALLED[_FILE_OF[table]]


@dataclass(frozen=True, kw_only=True)
class RowProblem(Problem):
    """A problem of one cell or row of a table that no file holds yet.

    `table` and `key` say where it belongs, so that a page can show it beside its cell; `file` says the table in words.
    """

    table: str
    key: Key = ()

    @property
    def where(self) -> str:
        """The table, then the row by its key and the field, where they are known."""
        row = ", ".join(part for part in self.key if part)
        return ", ".join(part for part in (self.file, row, self.field) if part)


class RowProblems(Problems):
    """Problems noted by file and row number, as everybody notes them, and told by table and key."""

    def __init__(self) -> None:
        super().__init__(_CALLED)
        self._keys: dict[str, dict[int, Key]] = {}

    def learn_rows(self, file: str, keys: Mapping[int, Key]) -> None:
        """Note which row of a table has which number."""
        self._keys.setdefault(file, {}).update(keys)

    def add_for(self, table: str, key: Sequence[str], field: str, *, found: str, expected: str, to_fix: str) -> None:
        """Note a problem of a row that has no number, because the table does not have it."""
        file = _FILE_OF[table]
        known = self._keys.setdefault(file, {})
        row = min((0, *known)) - 1
        known[row] = tuple(key)
        self.add(file, row, field or None, found=found, expected=expected, to_fix=to_fix)

    def _renamed(self, problem: Problem) -> Problem:
        told = super()._renamed(problem)
        return RowProblem(
            file=told.file,
            field=told.field,
            found=told.found,
            expected=told.expected,
            to_fix=told.to_fix,
            table=_TABLE_OF.get(problem.file, problem.file),
            key=self._keys.get(problem.file, {}).get(problem.row or 0, ()),
        )
