"""The table every picture knows: what it draws, as text, as a CSV file and as HTML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tripleaim.charts.wording import safe, say

Cell = str | float | None
Trace = tuple[str, str, str]
"""Where a row comes from: table of the plan, key or keys in it, source or sources."""
TRACED = ("Table", "Key", "Source key")
DECIMALS = 6
"""Decimals of a number in a CSV file: a pound where the unit is £m, six digits of a share."""
NO_FIGURE = "no figure"
PRINTED = 28
"""Rows a table may have and still be printed; a longer one names its file instead. On a screen all rows stand."""
_LEAST_SHARE = 0.1
"""Per cent: less than half of this from none or all is told as under or over, as a picture tells it."""
_RUN = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?")
_ADDRESSES = ("#", "https://", "http://")


@dataclass(frozen=True)
class Table:
    """The numbers of a picture in full, in the order the picture tells them.

    numeric       : columns that hold numbers (the first column, 0, names the row)
    totals        : rows that are totals
    places        : decimals shown on the page, one for each numeric column; none given means 1 for all
    signed        : numeric columns whose rows show + as well as −
    signed_totals : whether totals show + too
    shares        : numeric columns of per cent: a small one is told as under 0.1, and one near all as over 99.9
    links         : row, column, address: cells of text that lead to where the figure comes from
    traces        : one for each row, or none: table of the plan, key in it, and source. Only the CSV file has them, so
                    that a number can be followed to the row it comes from
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...]
    totals: tuple[int, ...] = ()
    unit: str = ""
    places: tuple[int, ...] = ()
    signed: tuple[int, ...] = ()
    signed_totals: bool = False
    shares: tuple[int, ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    traces: tuple[Trace, ...] = ()

    def __post_init__(self) -> None:
        if self.traces and len(self.traces) != len(self.rows):
            raise ValueError(f"table: found {len(self.traces)} traces; expected {len(self.rows)}, one for each row")
        for number, row in enumerate(self.rows):
            if len(row) != len(self.header):
                raise ValueError(f"table row {number}: found {len(row)} cells; expected {len(self.header)}")

    @property
    def heads(self) -> tuple[str, ...]:
        """The headings of the table's file: its own, then those by which a row is followed to the plan."""
        return (*self.header, *(TRACED if self.traces else ()))

    def records(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of the table's file, in the order of `heads`."""
        for row, trace in zip(self.rows, self.traces or ((),) * len(self.rows), strict=True):
            yield (*row, *trace)

    def csv(self) -> str:
        """The table as a CSV file, its numbers to six decimals: to the pound in £m. The JSON result has them in full.

        Text that a spreadsheet would run as a formula gets an apostrophe in front; text that is a number does not.
        So does text that has apostrophes before such a beginning, so that taking one away gives every text back.
        """
        page = io.StringIO()
        writer = csv.writer(page, lineterminator="\r\n")
        writer.writerows([_csv_cell(cell) for cell in row] for row in (self.heads, *self.records()))
        return page.getvalue()

    def html(self, stack: bool = False) -> str:
        """The table for a page: in a region that scrolls; with `stack` it is one block a row on a narrow screen."""
        caption = safe(self.caption)
        body = "\n".join(self._row(number, stack) for number in range(len(self.rows)))
        head = "".join(
            f'<th scope="col"{self._num(column)}>{safe(words)}</th>' for column, words in enumerate(self.header)
        )
        table = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
        if len(self.rows) > PRINTED:
            return f'{_not_printed(len(self.rows))}<div class="on-screen">{_framed(table, caption, stack)}</div>'
        return _framed(table, caption, stack)

    def _num(self, column: int) -> str:
        return ' class="num"' if column in self.numeric else ""

    def _row(self, number: int, stack: bool) -> str:
        cells = [f'<th scope="row">{self._words(number, 0)}</th>']
        for column in range(1, len(self.header)):
            label = f' data-label="{safe(self.header[column])}"' if stack else ""
            cells.append(f"<td{self._num(column)}{label}>{self._words(number, column)}</td>")
        total = ' class="total"' if number in self.totals else ""
        return f"<tr{total}>{''.join(cells)}</tr>"

    def _words(self, number: int, column: int) -> str:
        cell = self.rows[number][column]
        if cell is None:
            return NO_FIGURE
        if isinstance(cell, str):
            href = next((to for row, place, to in self.links if (row, place) == (number, column)), "")
            return f'<a href="{safe(href)}">{_may_break(safe(cell))}</a>' if href.startswith(_ADDRESSES) else safe(cell)
        if column in self.shares and cell not in (0, 100):
            if cell < _LEAST_SHARE / 2:
                return f"under {_LEAST_SHARE}"
            if cell > 100 - _LEAST_SHARE / 2:
                return f"over {100 - _LEAST_SHARE}"
        shown = dict(zip(self.numeric, self.places, strict=False)).get(column, 1)
        return say(cell, shown, column in self.signed and (self.signed_totals or number not in self.totals))


def _may_break(key: str) -> str:
    """A key that may go on in the next line after an underscore, and nowhere within a word."""
    return key.replace("_", "_<wbr>")


def _framed(table: str, caption: str, stack: bool) -> str:
    """A table in a region that scrolls where it is too wide, or (stack) that becomes blocks before it has to."""
    stacked = ' class="stack"' if stack else ""
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table{stacked}>{table}</div>'


def _not_printed(rows: int) -> str:
    return f'<p class="on-paper">{rows:,} rows, not printed here: see the file named below.</p>'


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return repr(round(cell, DECIMALS) or type(cell)(0))
    return "'" + cell if would_run(cell.lstrip("'")) and not _NUMBER.fullmatch(cell) else cell


def would_run(words: str) -> bool:
    """Whether a spreadsheet may take words for a formula: they begin with =, +, -, @, a tab or a line break."""
    return words.lstrip().startswith(_RUN) or words.startswith(("\t", "\r", "\n"))
