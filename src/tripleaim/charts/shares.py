"""What a whole is made of: bars of 100%, each part told by its pattern and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Mark, Sheet, num
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, text_width, wrap

_SWATCH = 18.0


@dataclass(frozen=True)
class Share:
    """One part of a whole, in any unit.

    kind : how it is drawn: helps (solid), total (solid grey), adds (striped), plug (dashed), result (cross-hatched),
           quiet (pale: the rest)
    """

    label: str
    value: float
    kind: Mark


@dataclass(frozen=True)
class ShareRow:
    """One whole and its parts, zero or more each, not all zero."""

    label: str
    parts: tuple[Share, ...]

    @property
    def whole(self) -> float:
        """The sum of the parts."""
        return sum(part.value for part in self.parts)


@dataclass(frozen=True)
class ShareBars:
    """Bars of equal length, one a row, each divided into its parts with the words under them."""

    title: str
    reads: str
    rows: tuple[ShareRow, ...]
    unit: str = ""
    places: int = 1
    beside: tuple[tuple[str, str], ...] = ()
    """Columns of the table alone: a heading, and what stands in every row."""

    def __post_init__(self) -> None:
        check.between("rows", self.rows, 1, 40)
        for row in self.rows:
            check.between(f"parts of {row.label!r}", row.parts, 1, 8)
            check.all_finite(f"row {row.label!r}", [part.value for part in row.parts])
            for part in row.parts:
                check.one_of(f"part {part.label!r}, kind", part.kind, get_args(Mark))
            if min(part.value for part in row.parts) < 0 or row.whole <= 0:
                raise ValueError(
                    f"row {row.label!r}: found a part below zero or nothing at all; expected parts of a whole"
                )

    def table(self) -> Table:
        """Each part of each whole: its value and its share of the whole as a percentage."""
        more = tuple(cell for _, cell in self.beside)
        rows: list[tuple[Cell, ...]] = [
            (row.label, part.label, part.value, part.value / row.whole * 100, *more)
            for row in self.rows
            for part in row.parts
        ]
        return Table(
            caption=f"{self.title}. {self.unit}" if self.unit else self.title,
            header=("Of what", "Part", self.unit or "Value", "Share, %", *(heading for heading, _ in self.beside)),
            rows=tuple(rows),
            numeric=(2, 3),
            unit=self.unit,
            places=(self.places, 1),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same rows."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _draw(self, sheet: Sheet) -> str:
        y = 0.0
        for row in self.rows:
            bar = sheet.lines(0, y + 13, wrap(row.label, sheet.inner, bold=True), bold=True) - LEAD + 7
            places = _draw_bar(sheet, row, bar)
            y = _words(sheet, row, places, bar + 24 + 17) + 20
        return sheet.finish(y - 20, self.title, self.reads)


def _draw_bar(sheet: Sheet, row: ShareRow, y: float) -> list[float]:
    """The bar; returns where each part starts."""
    paper = f'fill="{colour("paper")}"'
    starts: list[float] = []
    before = 0.0
    for part in row.parts:
        start, end = before / row.whole * sheet.inner, (before + part.value) / row.whole * sheet.inner
        before_this = start - starts[-1] if starts else 0.0
        starts.append(start)
        before += part.value
        if part.value > 0:
            sheet.bar(part.kind, start, end, y, 24)
            if before_this > 4 and end - start > 4:
                sheet.put(
                    f'<rect class="c-paper" x="{num(start - 0.75)}" y="{num(y)}" width="1.5" height="24" {paper}/>'
                )
    return starts


def _percent(part: Share, row: ShareRow) -> str:
    share = part.value / row.whole * 100
    places = 0
    while part.value < row.whole and places < 6 and float(f"{share:.{places}f}") == 100:
        places += 1
    return say(share, places) + "%"


def _words(sheet: Sheet, row: ShareRow, starts: list[float], y: float) -> float:
    """Under the bar, each part's sample, name and share: at its part where one line has room."""
    said = [(part, _percent(part, row)) for part in row.parts]
    rooms = [_lead(percent) + text_width(clean(part.label), SMALL) + 16 for part, percent in said]
    placed = _on_one_line(starts, rooms, sheet.inner)
    if placed is not None:
        for x, (part, percent) in zip(placed, said, strict=True):
            _sample(sheet, part, percent, x, y, wrap(part.label, sheet.inner, SMALL))
        return y + 5
    x = 0.0
    for (part, percent), room in zip(said, rooms, strict=True):
        if x and x + room - 16 > sheet.inner:
            x, y = 0.0, y + LEAD + 3
        lines = wrap(part.label, sheet.inner - _lead(percent), SMALL)
        _sample(sheet, part, percent, x, y, lines)
        y += LEAD * (len(lines) - 1)
        x = x + room if len(lines) == 1 else sheet.inner
    return y + 5


def _on_one_line(starts: list[float], rooms: list[float], width: float) -> list[float] | None:
    """Left ends as near the parts as they can be, or None when the words need more than one line."""
    if sum(rooms) - 16 > width:
        return None
    ends, edge = [], width + 16
    for start, room in zip(reversed(starts), reversed(rooms), strict=True):
        edge = min(start, edge - room)
        ends.append(edge)
    placed, after = [], 0.0
    for want, room in zip(reversed(ends), rooms, strict=True):
        placed.append(max(want, after))
        after = placed[-1] + room
    return placed


def _lead(percent: str) -> float:
    """Room for the sample and the percentage before the words."""
    return _SWATCH + text_width(percent, SMALL, bold=True) + 5


def _sample(sheet: Sheet, part: Share, percent: str, x: float, y: float, lines: tuple[str, ...]) -> None:
    sheet.bar(part.kind, x, x + 12, y - 11, 12)
    sheet.text(x + _SWATCH, y, percent, bold=True, size=SMALL)
    sheet.lines(x + _lead(percent), y, lines, size=SMALL)
