"""CSV text to a raw table, and back. Nothing here knows what a cell means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tripleaim.loading.cells import LONGEST_CELL
from tripleaim.loading.collect import Problems
from tripleaim.loading.header import MOST_COLUMNS
from tripleaim.loading.raw import BrokenOff, Cells, RawTable
from tripleaim.plan.describe import headings
from tripleaim.plan.tables import TableForm

LONGEST_RECORD = (LONGEST_CELL + 3) * MOST_COLUMNS
"""Most characters in one row: every cell as long as it may be, with its quotation marks and comma."""


def from_csv(form: TableForm, data: bytes, problems: Problems) -> RawTable:
    """The table in the UTF-8 text of a file; without a header, and with a problem noted, where it has no first row.

    Rows carry the number a spreadsheet shows: the heading is row 1, and a cell with line breaks in it is still one row.
    """
    records = _Records(data)
    try:
        first = next(records, None)
    except BrokenOff as broken:
        problems.add(form.file, broken.row, None, found=broken.found, expected=broken.expected, to_fix=broken.to_fix)
        return RawTable(name=form.name, header=None)
    if first is None:
        write = f"write {headings(form.noun)[0]}, …"
        problems.add(form.file, None, None, found="an empty file", expected="a first row of column names", to_fix=write)
        return RawTable(name=form.name, header=None)
    return RawTable(name=form.name, header=first[1], rows=records)


def records(data: bytes) -> Iterator[tuple[int, Cells]]:
    """The rows of a UTF-8 text parted by commas, numbered as a spreadsheet shows them.

    raises : BrokenOff where the rest cannot be read
    """
    return _Records(data)


def to_csv(table: RawTable) -> str:
    """The text of a table's file, its lines ended by a line feed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.header or ())
    writer.writerows(cells for _, cells in table.rows)
    return text.getvalue()


class _Records:
    """The rows of a CSV text, numbered; what cannot be read is told in words, by row."""

    def __init__(self, data: bytes) -> None:
        self._left = LONGEST_RECORD
        self._row = 0
        self._reader = csv.reader(self._measured(data), strict=True)

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        return self

    def __next__(self) -> tuple[int, Cells]:
        self._row += 1
        self._left = LONGEST_RECORD
        try:
            return self._row, next(self._reader)
        except csv.Error as error:
            raise _broken(self._row, self._reader.line_num, str(error)) from None

    def _measured(self, data: bytes) -> Iterator[str]:
        """The lines of the file; a row that goes on and on is stopped before it fills the memory."""
        for line in io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline=""):
            self._left -= len(line)
            if self._left < 0:
                raise csv.Error("field larger than a whole row may be")
            yield line


def _broken(row: int, line: int, error: str) -> BrokenOff:
    if "unexpected end" in error:
        found = f"a quotation mark that is opened and never closed, from here to line {line}"
        to_fix = 'close it, or write "" for a quotation mark inside a quoted cell; was the end of the file cut off?'
    elif "field larger" in error:
        found = "a cell or row without end: perhaps a quotation mark that is never closed"
        to_fix = f"close the quotation mark; a cell holds at most {LONGEST_CELL:,} characters"
    else:
        found = f"text after a closing quotation mark (line {line} of the file)"
        to_fix = 'write "" for a quotation mark inside a quoted cell'
    return BrokenOff(row, found=found, expected="cells parted by commas, quoted in pairs", to_fix=to_fix)
