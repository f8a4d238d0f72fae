"""A dot with its low and high, a row each: what is claimed beside what has been found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.scale import Scale, tick_words, ticks
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import say, tell_apart, text_width, widest, wrap

PointKind = Literal["claim", "evidence", "used"]


@dataclass(frozen=True)
class PointRow:
    """One estimate: its middle, its low and high (None where no range is stated), and whose it is.

    kind : claim (open circle), evidence (solid circle), used (diamond: what the plan's numbers rest on)
    note : a few words under the label, for example the source
    """

    label: str
    value: float
    low: float | None
    high: float | None
    kind: PointKind
    note: str = ""


@dataclass(frozen=True)
class Points:
    """Estimates with their ranges on one axis that contains zero.

    unit   : what is measured, for example "admissions avoided"
    suffix : printed after each number, for example "%"
    """

    title: str
    reads: str
    unit: str
    rows: tuple[PointRow, ...]
    suffix: str = ""
    places: int = 0

    def __post_init__(self) -> None:
        check.between("rows", self.rows, 1, 60)
        for row in self.rows:
            check.one_of(f"row {row.label!r}, kind", row.kind, get_args(PointKind))
            check.all_finite(f"row {row.label!r}", (row.value, row.low, row.high))
            low, high = row.value if row.low is None else row.low, row.value if row.high is None else row.high
            if not low <= row.value <= high:
                raise ValueError(
                    f"row {row.label!r}: found {low} to {high} around {row.value}; expected low ≤ middle ≤ high"
                )

    def table(self) -> Table:
        """Each row: middle, low, high and kind."""
        rows: list[tuple[Cell, ...]] = [
            (row.label, row.value, row.low, row.high, row.kind, row.note) for row in self.rows
        ]
        noted = any(row.note for row in self.rows)
        unit = f"{self.unit}, {self.suffix}" if self.suffix else self.unit
        return Table(
            caption=f"{self.title}. {unit}",
            header=("Estimate", "Middle", "Low", "High", "Kind", "Note")[: 6 if noted else 5],
            rows=tuple(row[: 6 if noted else 5] for row in rows),
            numeric=(1, 2, 3),
            unit=unit,
            places=(self.places,) * 3,
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same rows."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _said(self) -> list[str]:
        middles = tell_apart([row.value for row in self.rows], self.places)
        return [middle + self.suffix + self._range(row) for middle, row in zip(middles, self.rows, strict=True)]

    def _range(self, row: PointRow) -> str:
        if row.low is None and row.high is None:
            return ""
        low, high = (
            f"{say(end, self.places)}{self.suffix}" if end is not None else "not stated" for end in (row.low, row.high)
        )
        return f" ({low} to {high})"

    def _marks(self) -> tuple[float, ...]:
        ends = [end for row in self.rows for end in (row.value, row.low, row.high) if end is not None]
        return ticks(min([0.0, *ends]), max([0.0, *ends]), 4)

    def _wide(self, sheet: Sheet) -> str:
        said, marks = self._said(), self._marks()
        labels = min(246.0, max(120.0, widest([row.label for row in self.rows])))
        values = min(190.0, widest(said, bold=True))
        scale = Scale(marks[0], marks[-1], labels + 26, sheet.inner - values - 28)
        y = 4.0
        for row, words in zip(self.rows, said, strict=True):
            lines, notes = wrap(row.label, labels), wrap(row.note, labels, SMALL) if row.note else ()
            value = wrap(words, values, bold=True)
            tall = max(28.0, LEAD * (len(lines) + len(notes)) + 4, LEAD * len(value) + 4)
            text = y + (tall - LEAD * (len(lines) + len(notes))) / 2 + 13
            sheet.lines(0, sheet.lines(0, text, lines), notes, soft=True, size=SMALL)
            _interval(sheet, row, scale, y + tall / 2)
            sheet.lines(sheet.inner, y + (tall - LEAD * len(value)) / 2 + 13, value, "end", bold=True)
            y += tall + 10
        return self._axis(sheet, scale, marks, 4.0, y)

    def _narrow(self, sheet: Sheet) -> str:
        said, marks = self._said(), self._marks()
        edge = widest([words + self.suffix for words in tick_words(marks)], SMALL) / 2 + 2
        scale = Scale(marks[0], marks[-1], max(edge, 9), sheet.inner - max(edge, 9))
        y = 0.0
        for row, words in zip(self.rows, said, strict=True):
            beside = text_width(row.label) + text_width(words, bold=True) + 14 < sheet.inner
            text = sheet.lines(0, y + 13, wrap(row.label, sheet.inner))
            if beside:
                sheet.text(sheet.inner, y + 13, words, "end", bold=True)
            else:
                text = sheet.lines(0, text, wrap(words, sheet.inner, bold=True), bold=True)
            text = sheet.lines(0, text, wrap(row.note, sheet.inner, SMALL) if row.note else (), soft=True, size=SMALL)
            _interval(sheet, row, scale, text - LEAD + 17)
            y = text - LEAD + 17 + 17
        return self._axis(sheet, scale, marks, None, y)

    def _axis(self, sheet: Sheet, scale: Scale, marks: tuple[float, ...], top: float | None, y: float) -> str:
        sheet.line(scale.start, y, scale.end, y)
        if top is not None:
            sheet.line(scale(0), top, scale(0), y)
        for mark, words in zip(marks, tick_words(marks), strict=True):
            sheet.line(scale(mark), y, scale(mark), y + 5)
            sheet.text(scale(mark), y + 21, words + self.suffix, "middle", soft=True, size=SMALL)
        unit = wrap(self.unit, sheet.inner, SMALL)
        end = sheet.lines(sheet.inner, y + 21 + LEAD + 2, unit, "end", soft=True, size=SMALL)
        return sheet.finish(end - LEAD + 6, self.title, self.reads)


def _interval(sheet: Sheet, row: PointRow, scale: Scale, y: float) -> None:
    """The line from low to high with a stop at each stated end, then the mark of the middle on top."""
    low, high = (scale(row.value if end is None else end) for end in (row.low, row.high))
    if high > low:
        sheet.line(low, y, high, y, "ink", 2)
    for end, x in ((row.low, low), (row.high, high)):
        if end is not None:
            sheet.line(x, y - 6, x, y + 6, "ink", 2)
    x = scale(row.value)
    if row.kind == "claim":
        ink = f'fill="{colour("paper")}" stroke="{colour("plum-700")}" stroke-width="2.5"'
        sheet.put(f'<circle class="c-paper c-edge-add" cx="{num(x)}" cy="{num(y)}" r="7.5" {ink}/>')
    elif row.kind == "evidence":
        sheet.put(f'<circle class="c-help" cx="{num(x)}" cy="{num(y)}" r="8" fill="{colour("teal-700")}"/>')
    else:
        sheet.put(f'<path class="c-total" d="M{num(x)} {num(y - 10)}l10 10l-10 10l-10 -10z" fill="{colour("slate")}"/>')
