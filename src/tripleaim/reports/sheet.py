"""One sheet of a report's workbook: a title, what a reader needs to know, and one marked-up table with frozen headings.

Text is always written as text, so that none becomes a formula or a link; figures are written in full and only shown
with fewer decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from textwrap import wrap
from typing import IO, Any

from xlsxwriter import Workbook

from tripleaim.charts import Cell
from tripleaim.charts.table import would_run
from tripleaim.charts.wording import MINUS, clean
from tripleaim.loading.workbook.looks import FONT, TITLE_HEIGHT, Looks, height
from tripleaim.reports.columns import TEXT, Column

LONGEST_NAME = 31
"""Letters a sheet's name may have in Excel."""
NO_FIGURE, NOTHING_APPLIES = "[x]", "[z]"
"""What stands in a cell that would be empty: no figure is known; nothing applies."""
_MOST_TEXT = 32_000
_TITLE, _LINE = 80, 110
"""Letters of a title in large type, and of another line above a table: no cell wraps them."""
_NARROWEST, _WIDEST, _NUMBER = 11.0, 46.0, 15.0
"""Widths of a column of words, and of one of figures."""
_ACROSS = 230.0
"""Width of a table that still can be read when it is printed on one page across; a wider one takes several."""
_BOLD, _ITALIC = 0.85, 0.9
"""Room in a cell for bold words beside a button, and for slanted ones, against plain words."""
_TIP = 250
"""Letters of the meaning that shows when a heading is selected; Excel takes 255."""


def new_book(out: IO[bytes]) -> Workbook:
    """A workbook that takes no text for a formula, a link or a number, written in the typeface of a plan's workbook."""
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    return Workbook(out, {**never, "default_format_properties": {"font_name": FONT, "font_size": 11}})


@dataclass
class Sheets:
    """A workbook being written: its formats, each made once, and the names its sheets have."""

    book: Workbook
    foot: str = ""
    """Words at the foot of every printed page: ours, never a plan's."""
    names: dict[str, str] = field(default_factory=dict)
    """Sheet names given so far, by what was asked for."""
    _formats: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    _tables: int = 0

    def __post_init__(self) -> None:
        self.looks = Looks(self.book)

    def name(self, wanted: str) -> str:
        """A name that Excel allows and no other sheet has: the one wanted, or one close to it."""
        if wanted not in self.names:
            plain = re.sub(r"[\[\]:*?/\\]", "_", wanted).strip("'")[:LONGEST_NAME] or "table"
            taken, name, number = {each.lower() for each in self.names.values()} | {"history"}, plain, 1
            while name.lower() in taken:
                number += 1
                name = f"{plain[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
            self.names[wanted] = name
        return self.names[wanted]

    def blank(self, wanted: str, title: str) -> Any:
        """A new sheet with its title in the first cell, ready to be printed across pages."""
        sheet = self.book.add_worksheet(self.name(wanted))
        sheet.set_row(0, TITLE_HEIGHT)
        write_text(sheet, 0, 0, title, self.looks.title if len(title) <= _TITLE else self.looks.heading)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f'&L&"{FONT}"&10{self.foot}&R&"{FONT}"&10&P of &N')
        return sheet

    def table(
        self,
        wanted: str,
        title: str,
        lines: Iterable[str],
        heads: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        totals: Sequence[int] = (),
        signed_totals: bool = False,
        back: str = "",
        widest: float = _WIDEST,
    ) -> Any:
        """A sheet with one table under its title, lines to read first and the units of its columns.

        title         : stands whole in the first cell, on one line; a long one in smaller letters
        totals        : rows that are totals
        signed_totals : whether these show + too
        back          : sheet that a link above the table leads back to; none leaves the link out
        widest        : width of the widest column of words
        """
        sheet = self.blank(wanted, clean(title) or wanted)
        widths = [_width(head, [line[place] for line in rows], widest) for place, head in enumerate(heads)]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width, self.looks.words)
        if sum(widths) > _ACROSS:
            sheet.set_print_scale(60)
            sheet.repeat_columns(0)
        top = self._lead(sheet, lines, back)
        top = self._units(sheet, top, heads, widths)
        self._headings(sheet, top, heads, widths, len(rows))
        ordinary = [self._figures(head, "cell", head.signed) for head in heads]
        summed = [self._figures(head, "total", head.signed and signed_totals) for head in heads]
        for number, line in enumerate(rows):
            row, is_total = top + 1 + number, number in totals
            words = [(cell, wide) for cell, wide in zip(line, widths, strict=True) if isinstance(cell, str)]
            if any(len(cell) > wide for cell, wide in words):
                sheet.set_row(row, height(*words))
            self._row(sheet, row, line, "total" if is_total else "cell", summed if is_total else ordinary)
        return sheet

    def _lead(self, sheet: Any, lines: Iterable[str], back: str) -> int:
        """The lines to read first and the link back, below the title; returns the row below them."""
        row = 1
        for words in (part for line in lines for part in wrap(clean(line), _LINE)):
            write_text(sheet, row, 0, words, self.looks.words)
            row += 1
        if back:
            sheet.write_url(row, 0, f"internal:'{self.name(back)}'!A1", self.looks.link, f"Back to {back.lower()}")
            row += 1
        return row

    def _units(self, sheet: Any, row: int, heads: Sequence[Column], widths: Sequence[float]) -> int:
        """The units over the headings, where any column has one; returns the row below them."""
        if all(head.unit == TEXT for head in heads):
            return row
        sheet.set_row(row, height(*((head.unit, width * _ITALIC) for head, width in zip(heads, widths, strict=True))))
        for place, head in enumerate(heads):
            write_text(sheet, row, place, head.unit, self._look("note", head.numeric))
        return row + 1

    def _headings(self, sheet: Any, top: int, heads: Sequence[Column], widths: Sequence[float], rows: int) -> None:
        """The headings, frozen and each with its meaning on it, and the mark-up of the table of so many rows."""
        names = _told_apart(head.name for head in heads)
        sheet.set_row(top, height(*((name, width * _BOLD) for name, width in zip(names, widths, strict=True))) + 4)
        for place, head in enumerate(heads):
            tip = f"{head.meaning}. Unit: {head.unit}." if head.unit != TEXT else f"{head.meaning}."
            asked = {"validate": "any", "input_title": clean(head.name)[:32], "input_message": clean(tip)[:_TIP]}
            sheet.data_validation(top, place, top, place, asked)
        shown = [
            {"header": name, "header_format": self._look("header", head.numeric)}
            for name, head in zip(names, heads, strict=True)
        ]
        given = {
            "name": self._table_name(sheet),
            "columns": shown,
            "style": "Table Style Light 1",
            "autofilter": True,
        }
        sheet.add_table(top, 0, top + max(rows, 1), len(heads) - 1, given)
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)

    def _table_name(self, sheet: Any) -> str:
        self._tables += 1
        return f"t{self._tables}_{re.sub(r'[^A-Za-z0-9_]', '_', sheet.get_name())}"

    def _row(self, sheet: Any, row: int, line: Sequence[Cell], kind: str, figures: Sequence[Any]) -> None:
        for place, cell in enumerate(line):
            if isinstance(cell, str):
                said, risky = _plain(cell)
                sheet.write_string(row, place, said, self._look(kind, False, risky))
            elif cell is None:
                sheet.write_string(row, place, NO_FIGURE, figures[place])
            else:
                sheet.write_number(row, place, cell, figures[place])

    def _figures(self, head: Column, kind: str, signed: bool) -> Any:
        return self._look(kind, True, False, number_format(head.unit, head.places, signed))

    def _look(self, kind: str, numeric: bool, risky: bool = False, shown: str = "") -> Any:
        asked = (kind, numeric, risky, shown)
        if asked not in self._formats:
            given: dict[str, Any] = {"valign": "top", "align": "right" if numeric else "left", "text_wrap": not shown}
            given |= {"bold": kind in ("total", "header"), "italic": kind == "note", "quote_prefix": risky}
            given |= {"num_format": shown} if shown else {}
            given |= {"font_size": 10} if kind == "note" else {}
            given |= {} if numeric else {"indent": 1}
            given |= {"bg_color": "#e8edee", "bottom": 2} if kind == "header" else {}
            self._formats[asked] = self.book.add_format(given)
        return self._formats[asked]


def write_text(sheet: Any, row: int, place: int, words: str, look: Any) -> None:
    """Write words as words, without characters that a spreadsheet's file cannot hold."""
    sheet.write_string(row, place, clean(words)[:_MOST_TEXT], look)


@lru_cache(maxsize=4096)
def _plain(words: str) -> tuple[str, bool]:
    """The words of a cell, and whether a spreadsheet would run them if someone edited the cell."""
    said = (clean(words) or NOTHING_APPLIES)[:_MOST_TEXT]
    return said, would_run(said)


def number_format(unit: str, places: int, signed: bool = False) -> str:
    """How a spreadsheet shows figures of a unit; the cell keeps them in full.

    >>> number_format("£m, cash of the year", 1)
    '"£"#,##0.0"m";"−£"#,##0.0"m"'
    >>> number_format("beds", 0, signed=True)
    '"+"#,##0;"−"#,##0;#,##0'
    """
    figure = "#,##0" + ("." + "0" * places if places else "")
    before, after = (
        ("£", '"m"') if unit == "£m" or unit.startswith("£m,") else ("£", "") if unit[:2] == "£," else ("", "")
    )
    after = '"%"' if unit == "%" else after

    def with_sign(sign: str) -> str:
        return (f'"{sign}{before}"' if sign or before else "") + figure + after

    return ";".join([with_sign("+" if signed else ""), with_sign(MINUS), *([with_sign("")] if signed else [])])


def _told_apart(names: Iterable[str]) -> list[str]:
    """Headings as a marked-up table needs them: none empty, no two alike."""
    found: list[str] = []
    for name in names:
        plain, number = clean(name) or "column", 1
        told = plain
        while told.lower() in {each.lower() for each in found}:
            number += 1
            told = f"{plain} ({number})"
        found.append(told)
    return found


def _width(head: Column, cells: Sequence[Cell], widest: float) -> float:
    if head.numeric:
        return _NUMBER
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return min(max(longest * 1.05 + 2, len(head.name) * 0.6, _NARROWEST), widest)
