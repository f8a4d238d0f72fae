"""Before and after an agreement: where each body stands under today's rules, where it ends, and what moves it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.gains import GAIN, pounds
from tripleaim.charts.measure import opening
from tripleaim.charts.scale import Scale, from_zero
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, text_width, widest, wrap

_HEADS = ("today", "agreed", "moves by")


@dataclass(frozen=True)
class AgreementRow:
    """One body: what it gains (+) or loses (−) under today's rules, and after the agreement, in £m."""

    label: str
    before: float
    after: float

    @property
    def transfer(self) -> float:
        """What the agreement gives it (+) or takes from it (−), in £m."""
        return self.after - self.before


@dataclass(frozen=True)
class BeforeAfter:
    """Up to 40 bodies in the order given; what the agreement moves need not add up to nothing.

    when      : when the money comes, as a sentence has it, for example "a year" or "in 2020/21"
    agreement : what the agreement is called in a sentence, for example "the Shapley agreement"
    """

    rows: tuple[AgreementRow, ...]
    when: str = "a year"
    agreement: str = "the agreement"
    places: int = 1

    def __post_init__(self) -> None:
        check.between("bodies", self.rows, 1, 40)
        for row in self.rows:
            check.all_finite(f"body {row.label!r}", (row.before, row.after))

    @property
    def title(self) -> str:
        """How many lose before, and how many after."""
        before = [row for row in self.rows if row.before < -GAIN.nothing]
        after = [row for row in self.rows if row.after < -GAIN.nothing]
        then = clean(self.agreement)
        if not before and not after:
            return f"Nobody loses, with {then} or without"
        start = f"Under today’s rules {self._who(before, 'before')}"
        return f"{start}; under {then} {self._who(after, 'after')}"

    @property
    def reads(self) -> str:
        """How to read a row."""
        words = (
            "The open circle is what a body gains (right of the line) or loses (left of it) under today’s rules; the "
            f"solid one is where {clean(self.agreement)} leaves it, {self._unit()}."
        )
        outside = self._outside()
        if abs(outside) <= GAIN.nothing:
            return f"{words} What some give is what others get."
        way = "comes from outside" if outside > 0 else "goes outside"
        return f"{words} In all, {pounds(outside)} {way}."

    def table(self) -> Table:
        """Each body before and after and what moves it, and the sums."""
        rows: list[tuple[Cell, ...]] = [(opening(row.label), row.before, row.after, row.transfer) for row in self.rows]
        rows.append(("All", *map(math.fsum, zip(*map(self._values, self.rows), strict=True))))
        return Table(
            caption=f"{self.title}. {self._unit()}",
            header=("Body", "Under today’s rules", f"Under {clean(self.agreement)}", "Moves by"),
            rows=tuple(rows),
            numeric=(1, 2, 3),
            totals=(len(self.rows),),
            unit=self._unit(),
            places=(self.places,) * 3,
            signed=(1, 2, 3),
            signed_totals=True,
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same rows."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _unit(self) -> str:
        return f"£m {clean(self.when)}"

    def _outside(self) -> float:
        return math.fsum(row.transfer for row in self.rows)

    def _who(self, losers: list[AgreementRow], side: str) -> str:
        if not losers:
            return "nobody does" if side == "after" else "nobody loses"
        if len(losers) == 1:
            value = losers[0].before if side == "before" else losers[0].after
            return f"{clean(losers[0].label)} loses {pounds(value)} {clean(self.when)}"
        lose = "do" if side == "after" else "lose"
        return f"{len(losers)} of {len(self.rows)} {lose}"

    def _values(self, row: AgreementRow) -> tuple[float, float, float]:
        return row.before, row.after, row.transfer

    def _said(self, value: float) -> str:
        return say(value, self.places, signed=True)

    def _wide(self, sheet: Sheet) -> str:
        labels = min(210.0, max(130.0, widest([opening(row.label) for row in self.rows])))
        every = [[self._said(value) for value in self._values(row)] for row in self.rows]
        rooms = [
            max(widest([words[place] for words in every], bold=True), text_width(_HEADS[place], SMALL)) + 16
            for place in range(3)
        ]
        ends = [sheet.inner - sum(rooms[place + 1 :]) for place in range(3)]
        scale = self._scale(labels + 26, sheet.inner - sum(rooms) - 14)
        y = sheet.lines(sheet.inner, 13, wrap(self._unit(), sheet.inner, SMALL), "end", soft=True, size=SMALL)
        for words, x in zip(_HEADS, ends, strict=True):
            sheet.text(x, y, words, "end", soft=True, size=SMALL)
        self._sides(sheet, scale, y)
        y += 16
        top, middles = y, list[float]()
        for row, said in zip(self.rows, every, strict=True):
            lines = wrap(opening(row.label), labels)
            tall = max(24.0, LEAD * len(lines) + 4)
            sheet.lines(0, y + (tall - LEAD * len(lines)) / 2 + 13, lines)
            for place, (words, x) in enumerate(zip(said, ends, strict=True)):
                sheet.text(x, y + tall / 2 + 4.5, words, "end", bold=place == 2)
            middles.append(y + tall / 2)
            y += tall + 10
        sheet.line(scale(0), top - 6, scale(0), y - 4)
        for row, middle in zip(self.rows, middles, strict=True):
            _dumbbell(sheet, row, scale, middle)
        return sheet.finish(y - 2, self.title, self.reads)

    def _scale(self, start: float, end: float) -> Scale:
        return from_zero([value for row in self.rows for value in (row.before, row.after)], start, end)

    def _sides(self, sheet: Sheet, scale: Scale, y: float) -> None:
        """Which side of nought is which, where there is room on both."""
        if scale.low < 0 and scale(0) - scale.start > 40:
            sheet.text(scale(0) - 8, y, "loses", "end", soft=True, size=SMALL)
        if scale.end - scale(0) > 40:
            sheet.text(scale(0) + 8, y, "gains", soft=True, size=SMALL)

    def _narrow(self, sheet: Sheet) -> str:
        scale = self._scale(10, sheet.inner - 10)
        y = sheet.lines(0, 13, wrap(self._unit(), sheet.inner, SMALL), soft=True, size=SMALL)
        self._sides(sheet, scale, y)
        y += 8
        for row in self.rows:
            said = self._said(row.transfer)
            sheet.text(sheet.inner, y + 13, said, "end", bold=True)
            text = sheet.lines(0, y + 13, wrap(opening(row.label), sheet.inner - text_width(said, bold=True) - 12))
            words = f"today {self._said(row.before)}, agreed {self._said(row.after)}"
            text = sheet.lines(0, text, wrap(words, sheet.inner, SMALL), soft=True, size=SMALL)
            middle = text - LEAD + 19
            sheet.line(scale.start - 8, middle, scale.end + 8, middle, "grid")
            sheet.line(scale(0), middle - 11, scale(0), middle + 11)
            _dumbbell(sheet, row, scale, middle)
            y = middle + 22
        return sheet.finish(y - 8, self.title, self.reads)


def _dumbbell(sheet: Sheet, row: AgreementRow, scale: Scale, y: float) -> None:
    """A line from before to after, the open circle at its start and the solid one at its end, on top."""
    start, end = scale(row.before), scale(row.after)
    sheet.line(start, y, end, y, "ink", 2.5)
    ink = f'fill="{colour("paper")}" stroke="{colour("plum-700")}" stroke-width="2.5"'
    sheet.put(f'<circle class="c-paper c-edge-add" cx="{num(start)}" cy="{num(y)}" r="6.5" {ink}/>')
    sheet.put(f'<circle class="c-help" cx="{num(end)}" cy="{num(y)}" r="7" fill="{colour("teal-700")}"/>')
