"""Where each organisation ends up: short to the left of zero, ahead to the right."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.scale import Scale, from_zero
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import say, text_width, widest, wrap


@dataclass(frozen=True)
class PositionRow:
    """One organisation: below zero is short, above is ahead; the note stands under its name."""

    label: str
    value: float
    note: str = ""


@dataclass(frozen=True)
class Positions:
    """Positions of organisations, with the net of all and the sum of those that are short.

    net      : the sum of all rows
    deficits : the sum of the rows below zero (so zero or negative); a net of nothing can hide large ones
    """

    title: str
    reads: str
    unit: str
    rows: tuple[PositionRow, ...]
    net: float
    deficits: float
    places: int = 1

    def __post_init__(self) -> None:
        check.between("organisations", self.rows, 1, 60)
        values = [row.value for row in self.rows]
        check.all_finite("positions", [*values, self.net, self.deficits])
        size = sum(map(abs, values))
        check.adds_up("net", self.net, sum(values), size)
        check.adds_up("deficits", self.deficits, sum(value for value in values if value < 0), size)

    def table(self) -> Table:
        """Each organisation, then the net, the sum of those short and the sum of those ahead."""
        rows: list[tuple[Cell, ...]] = [(row.label, row.value, row.note) for row in self.rows]
        rows += [(label, value, "") for label, value, _ in self._closing()]
        noted = any(row.note for row in self.rows)
        return Table(
            caption=f"{self.title}. {self.unit}",
            header=("Organisation", self.unit, "Note") if noted else ("Organisation", self.unit),
            rows=tuple(row if noted else row[:2] for row in rows),
            numeric=(1,),
            totals=(len(self.rows),),
            unit=self.unit,
            places=(self.places,),
            signed=(1,),
            signed_totals=True,
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same rows."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _closing(self) -> tuple[tuple[str, float, bool], ...]:
        """Label, value and whether bold, of the three sums under the rule."""
        ahead = sum(row.value for row in self.rows if row.value > 0)
        return (
            ("All organisations, net", self.net, True),
            ("Sum of those that are short", self.deficits, False),
            ("Sum of those that are ahead", ahead, False),
        )

    def _said(self, value: float) -> str:
        return say(value, self.places, signed=True)

    def _wide(self, sheet: Sheet) -> str:
        labels = min(270.0, max(140.0, widest([row.label for row in self.rows])))
        values = widest(
            [self._said(value) for value in [*(row.value for row in self.rows), self.net, self.deficits]], bold=True
        )
        scale = from_zero([row.value for row in self.rows], labels + 24, sheet.inner - values - 20)
        y = top = self._head(sheet, scale, sheet.inner - values - 20)
        for row in self.rows:
            words, notes = wrap(row.label, labels), wrap(row.note, labels, SMALL) if row.note else ()
            tall = max(19.0, LEAD * (len(words) + len(notes)) + 2)
            text = y + (tall - LEAD * (len(words) + len(notes))) / 2 + 13
            sheet.lines(0, sheet.lines(0, text, words), notes, soft=True, size=SMALL)
            bar = y + (tall - 19) / 2
            sheet.bar("adds" if row.value < 0 else "helps", scale(0), scale(row.value), bar, 19)
            sheet.text(sheet.inner, bar + 14, self._said(row.value), "end")
            y += tall + 12
        sheet.line(scale(0), top - 8, scale(0), y - 4)
        return self._close(sheet, y)

    def _narrow(self, sheet: Sheet) -> str:
        scale = from_zero([row.value for row in self.rows], 0, sheet.inner)
        y = self._head(sheet, scale, sheet.inner)
        for row in self.rows:
            said = self._said(row.value)
            sheet.text(sheet.inner, y + 13, said, "end")
            text = sheet.lines(0, y + 13, wrap(row.label, sheet.inner - text_width(said) - 12))
            text = sheet.lines(0, text, wrap(row.note, sheet.inner, SMALL) if row.note else (), soft=True, size=SMALL)
            bar = text - LEAD + 7
            sheet.bar("adds" if row.value < 0 else "helps", scale(0), scale(row.value), bar, 15)
            sheet.line(scale(0), bar - 2, scale(0), bar + 17)
            y = bar + 15 + 11
        return self._close(sheet, y - 2)

    def _head(self, sheet: Sheet, scale: Scale, right: float) -> float:
        """The unit, then the words on each side of zero: beside the line, or in one line where narrow."""
        y = sheet.lines(sheet.inner, 13, wrap(self.unit, sheet.inner, SMALL), "end", soft=True, size=SMALL)
        zero = scale(0)
        short = scale.low < 0
        ahead = scale.high > 0 and any(row.value > 0 for row in self.rows)
        if short and ahead and min(zero, sheet.inner - zero) > 70:
            sheet.text(zero - 8, y + 2, "short by", "end", soft=True, size=SMALL)
            sheet.text(zero + 8, y + 2, "ahead by", soft=True, size=SMALL)
        else:
            words = "striped: short by; solid: ahead by" if short and ahead else "short by" if short else "ahead by"
            sheet.text(right, y + 2, words, "end", soft=True, size=SMALL)
        return y + 18

    def _close(self, sheet: Sheet, y: float) -> str:
        sheet.line(0, y, sheet.inner, y)
        y += 22
        for label, value, bold in self._closing():
            sheet.text(sheet.inner, y, self._said(value), "end", bold=bold, soft=not bold)
            sheet.text(0, y, label, bold=bold, soft=not bold)
            y += 23
        return sheet.finish(y - 17, self.title, self.reads)
