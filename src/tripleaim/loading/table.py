"""One table: CSV text to rows of its noun, every cell checked, every problem with its row.

Rows carry the number a spreadsheet shows: the heading is row 1, and a cell with line breaks in it is still one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from tripleaim.loading.cells import LONGEST_CELL, expectation, in_range, reader
from tripleaim.loading.collect import Problems
from tripleaim.loading.header import check_names, is_heading
from tripleaim.loading.nearest import listed
from tripleaim.loading.numbers import Refused
from tripleaim.loading.raw import BrokenOff, Cells, RawTable
from tripleaim.plan.describe import REFERS, Column, columns, headings, may_hold
from tripleaim.plan.tables import TableForm
from tripleaim.quantities import Noun, Range

MOST_ROWS = 1_000_000
"""Most rows in one table."""
_REMEMBERED = 20_000
"""Cells of one column whose reading is remembered: tables repeat themselves, and reading once is quicker."""

_TOTALS = {"total", "totals", "sum", "subtotal", "sub-total", "grand total", "grand_total", "all", "overall", "average"}
_REFERRED = {table: {name for other, name in REFERS.values() if other == table} for table, _ in REFERS.values()}

Setter = Callable[[Cells, dict[str, Any], int], bool]


@dataclass
class Read:
    """What was read of one table: rows that are sound, their row numbers, and every key seen, sound or not."""

    rows: list[Noun] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    seen: dict[str, set[str]] = field(default_factory=dict)
    complete: bool = True
    all_seen: bool = True
    """False where keys may have stood that could not be read: then nobody can say that a name is not there."""


class TableReader:
    """Reads one file: the heading once, then each row by the readers compiled from it."""

    def __init__(self, form: TableForm, problems: Problems) -> None:
        self.form = form
        self.problems = problems
        self.read = Read()
        self.first_seen: dict[tuple[Any, ...], int] = {}
        self.setters: list[Setter] = []
        self.width = 0
        self.where: dict[str, int] = {}
        self.referred: list[tuple[str, int]] = []
        self.whole = True  # every needed column is there, so rows can be made

    def refuse(self, row: int | None, name: str | None, found: str, expected: str, to_fix: str) -> None:
        """Note a problem of this table; it then counts as not wholly read."""
        self.read.complete = False
        self.problems.add(self.form.file, row, name, found=found, expected=expected, to_fix=to_fix)

    def run(self, table: RawTable) -> Read:
        """Read the whole table."""
        if table.header is None or not self._heading(table.header):
            return self._unseen()
        try:
            for count, (row, cells) in enumerate(self._filled(table.rows), 1):
                if count > MOST_ROWS:
                    self.refuse(row, None, "a further row", f"at most {MOST_ROWS:,} rows", "split or thin the table")
                    return self._unseen()
                self._row(row, cells)
        except BrokenOff as broken:
            self.refuse(broken.row, broken.field, broken.found, broken.expected, broken.to_fix)
            return self._unseen()
        if self.form.required and self.read.complete and not self.read.rows:
            self.refuse(None, None, "no rows", "at least one row", "add the rows; every plan needs this table")
        return self.read

    def _filled(self, rows: Iterable[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
        """The rows that hold something. Empty ones below the last are what spreadsheets leave; others are refused."""
        inside: list[int] = []
        below: list[int] = []
        for row, cells in rows:
            if not any(cells):
                below.append(row)
                if len(below) > MOST_ROWS:
                    found = f"more than {MOST_ROWS:,} empty rows"
                    raise BrokenOff(row, found=found, expected="the rows of a table", to_fix="delete the empty rows")
                continue
            if below:
                inside += below
                below = []
            yield row, cells
        if len(inside) == 1:
            self.refuse(inside[0], None, "an empty row", "a row of the table", "delete the row")
        elif inside:
            found = f"{len(inside):,} empty rows: {listed(map(str, inside), 8)}"
            self.refuse(inside[0], None, found, "rows of the table, one below the other", "delete the empty rows")

    def _unseen(self) -> Read:
        """What was read, where keys may have stood that nobody has seen."""
        self.read.complete = self.read.all_seen = False
        return self.read

    def _refuse_cell(self, row: int, name: str, text: str, refused: Refused) -> None:
        """Note a cell that cannot be read; where further problems are only counted, no advice is sought."""
        to_fix = "" if self.problems.is_full(self.form.file) else refused.to_fix
        self.refuse(row, name, text, refused.expected, to_fix)

    # --- the heading ---

    def _heading(self, cells: Cells) -> bool:
        known = headings(self.form.noun)
        if not is_heading(cells, known, self.refuse):
            return False
        misspelt = check_names(cells, known, self.refuse)
        self.width = len(cells)
        self.where = {name: place for place, name in reversed(list(enumerate(cells))) if name in known}
        referred = _REFERRED.get(self.form.name, set())
        self.referred = [(name, self.where[name]) for name in self.form.key if name in referred and name in self.where]
        self.read.seen = {name: set() for name, _ in self.referred}
        missing = {name: column for column in columns(self.form.noun) for name in self._missing(column)}
        self.whole = not missing
        self.read.all_seen = not missing.keys() & set(self.form.key)
        self._refuse_missing({name: column for name, column in missing.items() if name not in misspelt})
        for column in columns(self.form.noun):
            if column.field in self.where and not missing.keys() & set(column.names):
                self.setters.append(self._range(column) if column.is_range else self._single(column))
        return True

    def _missing(self, column: Column) -> list[str]:
        """Columns that must be there and are not: needed ones, and those left out of a range that is begun."""
        given = [name for name in column.names if name in self.where]
        ends = list(column.names[1:] if len(given) > 1 or (given and column.field not in self.where) else ())
        needed = [column.field] if column.statement.required or given else []
        return [name for name in (*needed, *ends) if name not in self.where]

    def _refuse_missing(self, missing: dict[str, Column]) -> None:
        """One problem for all the columns that are missing."""
        if not missing:
            return
        names = ", ".join(missing)
        holds = "; ".join(f"{name}: {self._why(name, column)}" for name, column in missing.items())
        if len(missing) == 1:
            self.refuse(1, names, "no such column", holds.removeprefix(f"{names}: "), f"add the column {names}")
        else:
            self.refuse(1, names, f"{len(missing)} columns missing", holds, f"add the columns {names}")

    def _why(self, name: str, column: Column) -> str:
        if name == column.field:
            return may_hold(column)
        return f"both {column.names[1]} and {column.names[2]}, or neither"

    # --- cells ---

    def _single(self, column: Column) -> Setter:
        place, name, read = self.where[column.field], column.field, reader(column)
        required = column.statement.required
        remembered: dict[str, Any] = {}

        def set_single(cells: Cells, values: dict[str, Any], row: int) -> bool:
            text = cells[place]
            if not text:
                return not required or self._needed(row, column)
            value = remembered.get(text)
            if value is None:
                try:
                    value = read(text)
                except Refused as refused:
                    self._refuse_cell(row, name, text, refused)
                    return False
                if len(remembered) < _REMEMBERED:
                    remembered[text] = value
            values[name] = value
            return True

        return set_single

    def _range(self, column: Column) -> Setter:
        name, read, required = column.field, reader(column), column.statement.required
        places = [self.where[part] for part in column.names if part in self.where]
        remembered: dict[tuple[str, ...], Range] = {}

        def set_range(cells: Cells, values: dict[str, Any], row: int) -> bool:
            texts = tuple([cells[place] for place in places])
            if not any(texts):
                return not required or self._needed(row, column)
            value = remembered.get(texts)
            if value is None:
                value = self._read_range(row, column, texts, read)
                if value is None:
                    return False
                if len(remembered) < _REMEMBERED:
                    remembered[texts] = value
            values[name] = value
            return True

        return set_range

    def _read_range(self, row: int, column: Column, texts: tuple[str, ...], read: Callable[[str], Any]) -> Range | None:
        if len(texts) == len(column.names) and all(texts):
            with suppress(Refused):  # what is refused here is told below, cell by cell
                return in_range(column, read(texts[0]), read(texts[1]), read(texts[2]))
        names = column.names
        blank = [name for name, text in zip(names, texts, strict=False) if not text]
        if blank and blank != list(names[1:]):
            self.refuse(
                row,
                blank[0],
                "an empty cell",
                f"{column.field} with both its low and its high, or with neither",
                f"write {blank[0]}, or leave {names[1]} and {names[2]} both empty where the value is certain",
            )
            return None
        found: list[float] = []
        for name, text in zip(names, texts, strict=False):
            if text:
                try:
                    found.append(read(text))
                except Refused as refused:
                    self.refuse(row, name, text, refused.expected, refused.to_fix)
        if len(found) != len(texts) - len(blank):
            return None
        point, low, high = found if len(found) == len(names) else (found[0], found[0], found[0])
        try:
            return in_range(column, point, low, high)
        except Refused as refused:
            self.refuse(row, column.field, ", ".join(texts), refused.expected, refused.to_fix)
            return None

    def _needed(self, row: int, column: Column) -> bool:
        numeric = column.kind in ("number", "whole")
        expected = expectation(column) if numeric else may_hold(column)
        self.refuse(row, column.field, "an empty cell", f"a value: {expected}", f"write it: {column.statement.meaning}")
        return False

    # --- rows ---

    def _row(self, row: int, cells: Cells) -> None:
        if len(cells) != self.width:
            self.read.all_seen = False
            more = (
                "a comma in a text needs quotation marks round the text"
                if len(cells) > self.width
                else "is the row cut off?"
            )
            self.refuse(row, None, f"{len(cells)} cells", f"{self.width} cells, as in the heading", more)
            return
        if max(map(len, cells)) > LONGEST_CELL:
            self.read.all_seen = False
            self.refuse(row, None, "a cell that is too long", f"at most {LONGEST_CELL:,} characters", "shorten it")
            return
        if self._is_total(row, cells):
            return
        values: dict[str, Any] = {}
        sound = True
        for setter in self.setters:
            sound = setter(cells, values, row) and sound
        self._remember(cells)
        if sound and self.whole:
            self._keep(row, values)

    def _is_total(self, row: int, cells: Cells) -> bool:
        for name in self.form.key:
            place = self.where.get(name)
            if place is not None and cells[place].strip().lower() in _TOTALS:
                self.refuse(
                    row, name, cells[place], "rows of the table only; totals are worked out", "delete the total row"
                )
                return True
        return False

    def _remember(self, cells: Cells) -> None:
        """Keep every key text seen, so that a row with another mistake can still be referred to."""
        for name, place in self.referred:
            self.read.seen[name].add(cells[place])

    def _keep(self, row: int, values: dict[str, Any]) -> None:
        try:
            made = self.form.noun(**values)
        except ValidationError as error:
            for mistake in error.errors():
                name = str(mistake["loc"][0]) if mistake["loc"] else None
                self.refuse(row, name, str(mistake["input"]), mistake["msg"], "see docs/tables")
            return
        key = tuple([getattr(made, name) for name in self.form.key])
        first = self.first_seen.setdefault(key, row)
        if first != row:
            said = ", ".join(str(part) for part in key)
            names = ", ".join(self.form.key)
            self.refuse(
                row,
                names,
                f"{said}, which row {first} has already",
                "each key once",
                f"delete row {row} or row {first}, or give one of them another key",
            )
            return
        self.read.rows.append(made)
        self.read.numbers.append(row)
