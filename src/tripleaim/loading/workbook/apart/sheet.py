"""One sheet, row by row, each cell as what the file holds: a text, a number, yes or no, or something odd with its name.

A cell comes out as a JSON value: text, number, true or false, null where it is empty, and an object {"is": …, "as": …}
for what is no plain value: a date, an error, a formula whose result is not in the file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .book import Book, unescaped
from .limits import (
    LONGEST_KEPT,
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    Refusal,
    too_large,
)
from .markup import feed, new_parser, plain

_DIGITS = "0123456789"
_MOST_TOLD = 1_000
_CHUNK = 1_000
_CHUNK_LETTERS = 1_000_000
_DEEPEST = 20
_YES = ("1", "true")
_OWN_TEXT = ("str", "inlineStr")
_NO_RESULT = {"is": "formula", "as": ""}

Rows = list[tuple[int, list[Any]]]


@dataclass
class Kept:
    """What all sheets that were read hold together, so far."""

    cells: int = 0
    """Cells with the empty ones to their left."""
    letters: int = 0
    """Characters of every cell that holds a text, also where cells share it."""


@dataclass
class Noted:
    """What stands out in a sheet."""

    rows: int = 0
    formulas: list[str] = field(default_factory=list)
    """Cells whose value was worked out by a formula when the file was saved."""
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


class SheetReader:
    """Goes through one sheet; `give` is called with every thousand rows that hold anything, or fewer long ones.

    A sheet has millions of tags and Python is called for each, so there is no more here than must be: a cell is made
    up when the next one begins, and the ends of tags are listened for only where a text stands in the cell itself.
    """

    def __init__(self, book: Book, name: str, give: Callable[[Rows], None], kept: Kept) -> None:
        self.book, self.name, self.give = book, name, give
        self.noted = Noted()
        self.kept = kept
        self.rows: Rows = []
        self.given_letters = kept.letters
        self.row: list[Any] = []
        self.row_number = 0
        self.row_hidden = False
        self.column = -1
        self.columns: dict[str, int] = {}
        self.cell: dict[str, str] | None = None
        self.formula = self.has_value = False
        self.pieces: list[str] = []
        self.own_text: list[str] = []
        self.layers: list[str] = []
        self.parser = new_parser()

    def read(self, blocks: Iterable[bytes]) -> Noted:
        """Read the whole sheet."""
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self.pieces.append
        try:
            feed(self.parser, blocks)
            self._end_row()
        except Refusal as refusal:
            refusal.sheet = self.name
            raise
        self._give()
        return self.noted

    # --- what the XML brings ---

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            if self.cell is not None:
                self._end_cell()
            self.cell = given
            if given.get("t") in _OWN_TEXT:
                self._listen()
        elif name == "v":
            self.pieces.clear()
            self.has_value = True
        elif name == "row":
            self._row(given)
        elif name == "f":
            self.formula = True
        elif ":" in name:
            return self._start(plain(name), given)
        elif not self.layers:
            self._other(name, given)
        if self.layers:
            self._go_in(name)
        return None

    def _other(self, name: str, given: dict[str, str]) -> None:
        if self.cell is not None:
            self._end_cell()
        if name == "col" and given.get("hidden") in _YES:
            self.noted.hidden_columns.append((_whole(given.get("min", "1")), _whole(given.get("max", "1"))))
        elif name == "mergeCell" and len(self.noted.merged) < _MOST_TOLD:
            self.noted.merged.append(given.get("ref", "")[:40])

    def _row(self, given: dict[str, str]) -> None:
        self._end_row()
        number = _whole(given["r"]) if "r" in given else self.row_number + 1
        if number <= self.row_number:
            raise _out_of_order("rows")
        self.row_number, self.column, self.row = number, -1, []
        self.row_hidden = given.get("hidden") in _YES

    # --- a cell that holds its text itself, perhaps in several pieces ---

    def _listen(self) -> None:
        self.own_text = []
        self.layers = []
        self.parser.EndElementHandler = self._go_out
        self.layers.append("c")

    def _go_in(self, name: str) -> None:
        if name != "c":
            self.layers.append(name)
            self.pieces.clear()
            self.has_value = self.has_value or name == "t"
            if len(self.layers) > _DEEPEST:
                raise too_large("a cell with very many layers")

    def _go_out(self, name: str) -> None:
        inner = self.layers.pop()
        if inner in ("v", "t") and "rPh" not in self.layers:
            self.own_text.extend(self.pieces)
        self.pieces.clear()
        if not self.layers:
            self.parser.EndElementHandler = None
            self._end_cell()

    # --- what it makes of it ---

    def _end_cell(self) -> None:
        cell, self.cell = self.cell or {}, None
        formula, has_value = self.formula, self.has_value
        self.formula = self.has_value = False
        reference = cell.get("r")
        if reference is None:
            place = self.column + 1
        else:
            letters = reference.rstrip(_DIGITS)
            found = self.columns.get(letters)
            place = found if found is not None else self.columns.setdefault(letters, _column(letters))
        if place <= self.column:
            raise _out_of_order("cells")
        self.column = place
        if has_value or formula:
            value = self._value(cell, formula, has_value)
            if value is not None:
                self._keep(place, value)
                if formula and not isinstance(value, dict) and len(self.noted.formulas) < _MOST_TOLD:
                    self.noted.formulas.append(f"{letters_of(place)}{self.row_number}")
        self.pieces.clear()

    def _keep(self, place: int, value: Any) -> None:
        row, kept = self.row, self.kept
        if place >= MOST_COLUMNS:
            raise too_large(f"a cell in row {self.row_number:,} beyond what a plan can have", row=self.row_number)
        kept.cells += place + 1 - len(row)
        if kept.cells > MOST_CELLS:
            found = f"more than {MOST_CELLS:,} cells, with the empty cells to the left of others"
            raise too_large(found, row=self.row_number)
        if type(value) is str:
            self._count(len(value))
        while len(row) < place:
            row.append(None)
        row.append(value)

    def _count(self, letters: int) -> None:
        """A text is counted for every cell that has it, as it is written out for each."""
        if letters > LONGEST_KEPT:
            raise Refusal(
                f"a cell with {letters:,} characters",
                f"at most {LONGEST_KEPT:,} characters in a cell",
                "shorten the text, or move it to a document the plan names as a source",
                row=self.row_number,
            )
        self.kept.letters += letters
        if self.kept.letters > MOST_LETTERS:
            raise too_large("more text than a plan can have", row=self.row_number)

    def _value(self, cell: dict[str, str], formula: bool, has_value: bool) -> Any:
        kind = cell.get("t", "n")
        if kind in _OWN_TEXT:
            return self._own_text() if has_value else _NO_RESULT
        text = "".join(self.pieces).strip()
        if formula and not text:
            return _NO_RESULT
        if not text:
            return None
        if kind == "s":
            place = _whole(text)
            if place >= len(self.book.texts):
                raise Refusal("a cell whose text is not in the file", "a whole workbook", "open it and save it again")
            return self.book.texts[place] or None
        if kind == "n":
            return self._number(text, cell.get("s", ""))
        if kind == "b":
            return text in _YES
        return {"is": "date" if kind == "d" else "error", "as": text[:40]}

    def _own_text(self) -> str | None:
        text = "".join(self.own_text)
        if len(text) > LONGEST_TEXT:
            raise too_large("a cell with more text than Excel allows", row=self.row_number)
        return unescaped(text) or None

    def _number(self, text: str, style: str) -> Any:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or "_" in text:
            return {"is": "error", "as": text[:40]}
        if style in self.book.dates:
            return {"is": "date", "as": _shown_date(value, self.book.from_1904)}
        return value

    def _end_row(self) -> None:
        if self.cell is not None:
            self._end_cell()
        if not self.row:
            return
        if self.noted.rows >= MOST_ROWS:
            raise too_large(f"more than {MOST_ROWS:,} rows", row=self.row_number)
        self.noted.rows += 1
        self.rows.append((self.row_number, self.row))
        self.row = []
        if self.row_hidden and len(self.noted.hidden_rows) < _MOST_TOLD:
            self.noted.hidden_rows.append(self.row_number)
        if len(self.rows) == _CHUNK or self.kept.letters - self.given_letters > _CHUNK_LETTERS:
            self._give()

    def _give(self) -> None:
        if self.rows:
            self.give(self.rows)
            self.rows = []
            self.given_letters = self.kept.letters


def _out_of_order(what: str) -> Refusal:
    return Refusal(f"{what} that are not in order", "a workbook as Excel saves it", "open it and save it again")


def letters_of(place: int) -> str:
    """The letters over a column, the first being 0.

    >>> letters_of(0), letters_of(25), letters_of(26), letters_of(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column(letters: str) -> int:
    place = 0
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isupper():
        raise Refusal("a cell without a place", "a workbook as Excel saves it", "open it and save it again")
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _whole(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdigit()) or len(text) > 10:
        raise Refusal("a row or text without a number", "a workbook as Excel saves it", "open it and save it again")
    return int(text)


def _shown_date(serial: float, from_1904: bool) -> str:
    """A date as a plan writes it; a time of day is left out where there is none."""
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    try:
        moment = start + timedelta(days=serial)
    except OverflowError:
        return str(serial)
    return f"{moment:%Y-%m-%d}" if serial == int(serial) else f"{moment:%Y-%m-%d %H:%M}"
