"""What moves a result most, one uncertain number at a time: bars to where its low and its high lead."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.measure import SHORT, Measure, opening
from tripleaim.charts.scale import Scale
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, text_width, widest, wrap

_BAR = 20.0
NOTHING_MOVES = "No uncertain number moves this result by itself."


@dataclass(frozen=True)
class TornadoRow:
    """One uncertain number: the result with it alone at its low and at its high, and both written with their unit."""

    label: str
    at_low: float
    at_high: float
    low: str
    high: str


@dataclass(frozen=True)
class End:
    """One end of a row: the result, its words, and whether its bar goes to the left of the point."""

    value: float
    said: str
    to_left: bool


@dataclass(frozen=True)
class TornadoBars:
    """Rows around the result with every number at its point, the widest first; more of the result is worse.

    when  : what the result is of, for example "2020/21"
    point : the result with every number at its stated point, in the measure's unit
    rows  : up to 40, in any order; none is told in words
    case  : words before the sentence, for example "as hoped"
    """

    when: str
    point: float
    rows: tuple[TornadoRow, ...]
    measure: Measure = SHORT
    case: str = ""

    def __post_init__(self) -> None:
        check.between("rows", self.rows, 0, 40)
        check.all_finite("point", (self.point,))
        for row in self.rows:
            check.all_finite(f"row {row.label!r}", (row.at_low, row.at_high))

    @property
    def title(self) -> str:
        """Which number moves the result most, and from where to where."""
        rows = self._widest_first()
        if not rows or self._swing(rows[0]) <= self.measure.nothing:
            words = f"no uncertain number alone moves {self.when}: {self.measure.said(self.point)}"
            return opening(f"{self.case}, {words}" if self.case else words)
        most = rows[0]
        ends = f"{self.measure.said(most.at_low)} at its low, {self.measure.said(most.at_high)} at its high"
        words = f"what moves {self.when} most is {clean(most.label)}: {ends}"
        return opening(f"{self.case}, {words}" if self.case else words)

    @property
    def reads(self) -> str:
        """How to read a row."""
        words = (
            "One number at a time goes to its low, then to its high, while all others keep the plan’s own value. The "
            "widest is first. Solid is lower than the plan’s own result, striped is higher."
        )
        if not any(self._is_split(row) for row in self.rows):
            return words
        return f"{words} Where both lead the same way, the upper bar is the low and the lower bar the high."

    def table(self) -> Table:
        """Each number, widest first: its low and high, and the result at each."""
        rows: list[tuple[Cell, ...]] = [
            (opening(row.label), row.low, row.high, row.at_low, row.at_high, self._swing(row))
            for row in self._widest_first()
        ]
        unit = self.measure.unit
        return Table(
            caption=f"{self.title}. The plan’s own result: {self.measure.said(self.point)}",
            header=("Uncertain number", "Low", "High", f"{unit}, at low", f"{unit}, at high", "Moves by"),
            rows=tuple(rows),
            numeric=(3, 4, 5),
            unit=unit,
            places=(self.measure.places,) * 3,
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same rows."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _swing(self, row: TornadoRow) -> float:
        return max(row.at_low, row.at_high, self.point) - min(row.at_low, row.at_high, self.point)

    def _widest_first(self) -> list[TornadoRow]:
        return sorted(self.rows, key=lambda row: -self._swing(row))

    def _is_split(self, row: TornadoRow) -> bool:
        """Whether low and high lead to the same side of the point."""
        return self._away(row.at_low) * self._away(row.at_high) > 0

    def _away(self, value: float) -> float:
        """How far a result is from the plan's own; what is too little to tell is none."""
        return value - self.point if abs(value - self.point) > self.measure.nothing else 0.0

    def _ends(self, row: TornadoRow) -> tuple[End, End]:
        """The low end and the high end; one that stays at the point takes the side the other leaves free."""
        low, high = self.measure.apart(row.at_low, row.at_high)
        down, up = self._away(row.at_low), self._away(row.at_high)
        low_left = down < 0 or (down == 0 and up >= 0)
        high_left = low_left if self._is_split(row) else not low_left
        return End(row.at_low, f"low {low}", low_left), End(row.at_high, f"high {high}", high_left)

    def _draw(self, sheet: Sheet) -> str:
        rows = self._widest_first()
        if not rows:
            end = sheet.lines(0, 13, wrap(NOTHING_MOVES, sheet.inner))
            return sheet.finish(end - LEAD + 6, self.title, self.reads)
        said = [end.said for row in rows for end in self._ends(row)]
        labels = 262.0 if sheet.is_wide else 0.0
        room = widest(said, SMALL) + 10 if sheet.is_wide else 0.0
        values = [self.point, *(value for row in rows for value in (row.at_low, row.at_high))]
        least, most = min(values), max(values)
        if most - least <= self.measure.nothing:
            least, most = self.point - 1, self.point + 1
        scale = Scale(least, most, labels + room + (14 if sheet.is_wide else 2), sheet.inner - room - 2)
        top = y = self._head(sheet, scale, labels)
        for row in rows:
            y = (self._wide_row if sheet.is_wide else self._narrow_row)(sheet, row, scale, labels, y)
        return sheet.finish(self._foot(sheet, scale, top, y), self.title, self.reads)

    def _head(self, sheet: Sheet, scale: Scale, left: float) -> float:
        """The unit, the words on each side, and the plan's own result above its line."""
        lines = wrap(self.measure.heading(scale.low), sheet.inner, SMALL)
        y = sheet.lines(sheet.inner, 13, lines, "end", soft=True, size=SMALL)
        words = f"{self.measure.apart(self.point)[0]} the plan’s own"
        half = text_width(words, SMALL, bold=True) / 2
        middle = min(max(scale(self.point), left + half), sheet.inner - half)
        sheet.text(middle, y + 3, words, "middle", bold=True, size=SMALL)
        return y + 14

    def _wide_row(self, sheet: Sheet, row: TornadoRow, scale: Scale, room: float, y: float) -> float:
        lines, note = wrap(opening(row.label), room), wrap(_note(row), room, SMALL)
        tall = max(2 * LEAD + 4, LEAD * (len(lines) + len(note)) + 4)
        text = y + (tall - LEAD * (len(lines) + len(note))) / 2 + 13
        sheet.lines(0, sheet.lines(0, text, lines), note, soft=True, size=SMALL)
        thick = _BAR * 0.9 if self._is_split(row) else _BAR
        start = y + (tall - thick * (2 if self._is_split(row) else 1)) / 2
        for place, end in enumerate(self._ends(row)):
            bar = start + (thick * place if self._is_split(row) else 0)
            self._bar(sheet, end, scale, bar, thick)
            x = scale(end.value) + (-7 if end.to_left else 7)
            sheet.text(x, bar + thick / 2 + 4.5, end.said, "end" if end.to_left else "start", size=SMALL)
        return y + tall + 10

    def _narrow_row(self, sheet: Sheet, row: TornadoRow, scale: Scale, _room: float, y: float) -> float:
        text = sheet.lines(0, y + 13, wrap(opening(row.label), sheet.inner))
        text = sheet.lines(0, text, wrap(_note(row), sheet.inner, SMALL), soft=True, size=SMALL)
        bar, thick = text - LEAD + 7, 8.0 if self._is_split(row) else 16.0
        for place, end in enumerate(self._ends(row)):
            self._bar(sheet, end, scale, bar + (thick * place if self._is_split(row) else 0), thick)
        sheet.line(scale(self.point), bar - 4, scale(self.point), bar + 20, "ink", 1.5)
        return self._under(sheet, row, bar + 16 + 16) + 12

    def _under(self, sheet: Sheet, row: TornadoRow, y: float) -> float:
        """Both results below a narrow bar, in the order they are met from left to right; returns where they end."""
        low, high = self._ends(row)
        left, right = (low, high) if low.to_left or self._is_split(row) else (high, low)
        beside = text_width(left.said + right.said, SMALL) + 12 <= sheet.inner
        sheet.text(0, y, left.said, size=SMALL)
        sheet.text(sheet.inner, y if beside else y + LEAD, right.said, "end", size=SMALL)
        return y if beside else y + LEAD

    def _bar(self, sheet: Sheet, end: End, scale: Scale, y: float, thick: float) -> None:
        if self._away(end.value) < 0:
            sheet.bar("helps", scale(self.point), scale(end.value), y, thick)
        elif self._away(end.value) > 0:
            sheet.bar("adds", scale(self.point), scale(end.value), y, thick)

    def _foot(self, sheet: Sheet, scale: Scale, top: float, y: float) -> float:
        """The line of the plan's own result, and that of nought where some number alone leads across it.

        In the narrow drawing the lines would cross words, so each row has its own piece of the first, and none of the
        second.
        """
        if not sheet.is_wide:
            return y - 6
        sheet.line(scale(self.point), top - 8, scale(self.point), y - 6, "ink", 1.5)
        if not scale.crosses_zero or abs(self.point) <= self.measure.nothing:
            return y - 6
        words = f"0: {clean(self.measure.level)}"
        half = text_width(words, SMALL) / 2
        sheet.line(scale(0), top - 4, scale(0), y - 6, "line")
        sheet.text(min(max(scale(0), half), sheet.inner - half), y + 10, words, "middle", soft=True, size=SMALL)
        return y + 14


def _note(row: TornadoRow) -> str:
    return f"low {row.low}, high {row.high}"
