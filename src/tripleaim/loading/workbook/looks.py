"""How a workbook looks: one typeface of ten points or more, black on white, locked and open cells told apart."""

from __future__ import annotations

from math import ceil
from typing import Any

from xlsxwriter import Workbook

FONT = "Arial"
_INK = "#212b32"
_LINE = "#768692"
_HEADER = "#e8edee"
_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 11, "font_color": _INK, "valign": "top"}


LINE = 15.5
"""Height of one line of text, in points."""
TITLE_HEIGHT = 26
_LETTERS = 1.1
"""Letters of ordinary text in one unit of a column's width, which is the width of a figure."""


def height(*cells: tuple[str, float]) -> float:
    """The height of a row whose cells wrap: each cell's text, and the width of its column.

    >>> height(("short", 20)), height(("x" * 50, 20))
    (15.5, 46.5)
    """
    lines = [sum(ceil(max(len(line), 1) / (width * _LETTERS)) for line in text.split("\n")) for text, width in cells]
    return max(lines, default=1) * LINE


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        def made(**given: Any) -> Any:
            return book.add_format({**_BASE, **given})

        self.title = made(bold=True, font_size=16)
        self.heading = made(bold=True, font_size=13)
        self.words = made()
        self.wrapped = made(text_wrap=True)
        self.bold = made(bold=True, text_wrap=True)
        self.warning = made(bold=True, font_size=13)
        self.note = made(text_wrap=True, font_size=10, italic=True)
        self.number_note = made(text_wrap=True, font_size=10, italic=True, align="right")
        header = {"bold": True, "text_wrap": True, "bg_color": _HEADER, "bottom": 2, "bottom_color": _LINE}
        self.header = made(**header)
        self.number_header = made(**header, align="right")
        self.link = made(underline=1)
        self.text = made(num_format="@", locked=False)
        self.long_text = made(num_format="@", locked=False, text_wrap=True)
        self.risky_text = made(num_format="@", locked=False, quote_prefix=True)
        self.number = made(locked=False)
        self.amount = made(locked=False, num_format="#,##0.0#########")
        self.whole_amount = book.add_format({"num_format": "#,##0"})
        self.locked_text = made(num_format="@")
