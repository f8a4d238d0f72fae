"""One table of a report as a spreadsheet of its own, from the text of its CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime

from tripleaim.charts import Cell, Table
from tripleaim.charts.table import would_run
from tripleaim.reports.columns import columns
from tripleaim.reports.sheet import NO_FIGURE, NOTHING_APPLIES, Sheets, new_book

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_MADE = datetime(2016, 4, 1)
"""When every workbook says it was made, so that the same table gives the same bytes."""
_READ = "Figures are shown rounded and held in full. There are no formulas. Text that begins with =, +, − or @ is text."


def workbook_of_csv(
    name: str,
    csv_text: str,
    title: str,
    notes: Sequence[str] = (),
    *,
    foot: str = "",
    made: datetime = _MADE,
) -> bytes:
    """A table as an Excel workbook of one sheet: its title in A1, notes, units, and one marked-up table.

    name     : name of the table, as of its file without the ending; units and meanings of its columns go by it
    csv_text : the table as `Table.csv` wrote it: a line of headings, then rows as long. An apostrophe that was put in
               front of text a spreadsheet would run is taken away again, as every text is held as text here
    title    : what the table found, in words
    notes    : lines to read first, such as how far the plan is agreed
    foot     : words at the foot of every printed side
    returns  : the bytes of the .xlsx; the same table gives the same bytes. No formula, no link, no hidden sheet
    raises   : ValueError where there is no line of headings, or a row is not as long as it
    """
    table = _read(name, csv_text)
    out = io.BytesIO()
    book = new_book(out)
    book.set_properties({"title": title, "created": made})
    empty = f"{NO_FIGURE} in a cell: no figure is known or stated. {NOTHING_APPLIES} in a cell: nothing applies there."
    lines = [*notes, _READ, *([empty] if any(cell in (None, "") for row in table.rows for cell in row) else [])]
    Sheets(book, foot).table(name, title, lines, columns(name, table), table.rows)
    book.close()
    return out.getvalue()


def _read(name: str, csv_text: str) -> Table:
    """The table again; a column is of figures where every cell that is not empty is a number."""
    lines = list(csv.reader(io.StringIO(csv_text, newline="")))
    if not lines or not lines[0]:
        raise ValueError(f"{name}: found no line of headings; expected one, then a line a row")
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(lines[0]):
            raise ValueError(f"{name}, line {number}: found {len(line)} cells; expected {len(lines[0])}")
    columns_as_read = [[line[place] for line in lines[1:]] for place in range(len(lines[0]))]
    figures = tuple(place for place, cells in enumerate(columns_as_read) if _all_numbers(cells))
    return Table(
        caption=name,
        header=tuple(_back(words) for words in lines[0]),
        rows=tuple(tuple(_cell(words, place in figures) for place, words in enumerate(line)) for line in lines[1:]),
        numeric=figures,
        places=tuple(_places(columns_as_read[place]) for place in figures),
    )


def _places(cells: Sequence[str]) -> int:
    """Decimals to show: none for whole numbers, three for shares of one, else one."""
    values = [abs(float(words)) for words in cells if words]
    if all(value == round(value) for value in values):
        return 0
    return 3 if max(values) <= 1 else 1


def _all_numbers(cells: Sequence[str]) -> bool:
    return any(cells) and all(not cell or _NUMBER.fullmatch(cell) for cell in cells)


def _cell(words: str, figure: bool) -> Cell:
    if figure:
        return float(words) if words else None
    return _back(words)


def _back(words: str) -> str:
    """Text as it was before `Table.csv` put an apostrophe in front."""
    return words[1:] if words.startswith("'") and would_run(words.lstrip("'")) else words
