"""Whether an agreement holds under each form of payment: how often nobody would do better leaving, or by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.gains import GAIN, pounds
from tripleaim.charts.measure import opening, percent
from tripleaim.charts.scale import Scale, from_zero
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, text_width, widest, wrap

_BAR = 20.0
Measured = Literal["chance", "margin"]


@dataclass(frozen=True)
class FormRow:
    """One form of payment.

    value : a chance, 0 to 1, that nobody would do better leaving; or a margin in £m, what the group nearest to leaving
            has more (+) or less (−) than it could get alone when the gain is divided as well as it can be
    """

    label: str
    value: float
    is_present: bool = False


@dataclass(frozen=True)
class Stability:
    """Up to 20 forms of payment in the order given.

    measured : whether the values are chances or margins
    when     : of margins, when the money comes, as a sentence has it, for example "a year"
    """

    rows: tuple[FormRow, ...]
    measured: Measured = "chance"
    when: str = "a year"
    places: int = 1

    def __post_init__(self) -> None:
        check.between("forms of payment", self.rows, 1, 20)
        check.one_of("measured", self.measured, get_args(Measured))
        check.all_finite("values", [row.value for row in self.rows])
        check.between("present forms", [row for row in self.rows if row.is_present], 0, 1)
        if self.measured == "chance" and not all(0 <= row.value <= 1 for row in self.rows):
            raise ValueError(f"values: found {[row.value for row in self.rows]}; expected shares from 0 to 1")

    @property
    def title(self) -> str:
        """The present form, where one is marked, beside the one that holds best."""
        best = max(self.rows, key=lambda row: row.value)
        present = next((row for row in self.rows if row.is_present), None)
        if present is None or present.value == best.value:
            among = ", the present form" if present else ""
            none_better = "; no other holds better" if present and len(self.rows) > 1 else ""
            row = present or best
            return f"Under {clean(row.label)}{among}, {self._holds(row)}{none_better}"
        now = f"Under {clean(present.label)}, the present form, {self._holds(present)}"
        return f"{now}; under {clean(best.label)} {self._holds(best)}"

    @property
    def reads(self) -> str:
        """How to read a bar."""
        if self.measured == "chance":
            return "Each bar is the share of draws in which no partner and no group of them would do better by leaving."
        return (
            "Each bar is about the group of partners nearest to leaving, with the gain divided as well as it can be: "
            f"right of the line it has more inside than alone, left of it more alone than inside, {self._unit()}."
        )

    def table(self) -> Table:
        """A row a form of payment."""
        rows: list[tuple[Cell, ...]] = [
            (opening(row.label), self._shown(row), "yes" if row.is_present else "no") for row in self.rows
        ]
        return Table(
            caption=f"{self.title}. {self._unit()}",
            header=("Form of payment", opening(self._unit()), "Present form"),
            rows=tuple(rows),
            numeric=(1,),
            unit=self._unit(),
            places=(self.places,),
            signed=(1,) if self.measured == "margin" else (),
            shares=(1,) if self.measured == "chance" else (),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same forms."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _unit(self) -> str:
        return "% of draws" if self.measured == "chance" else f"£m {clean(self.when)}"

    def _shown(self, row: FormRow) -> float:
        return 100 * row.value if self.measured == "chance" else row.value

    def _said(self, row: FormRow) -> str:
        return percent(row.value) if self.measured == "chance" else say(row.value, self.places, signed=True)

    def _holds(self, row: FormRow) -> str:
        """What a form of payment does, as a sentence goes on."""
        if self.measured == "chance":
            if row.value == 0:
                return "somebody would do better leaving in every draw"
            return f"nobody would do better leaving in {percent(row.value)} of draws"
        if row.value < -GAIN.nothing:
            return f"some group would do {pounds(row.value)} {clean(self.when)} better leaving"
        if row.value <= GAIN.nothing:
            return "some group would do as well leaving"
        return f"every group has at least {pounds(row.value)} {clean(self.when)} more than alone"

    def _draw(self, sheet: Sheet) -> str:
        labels = min(250.0, max(130.0, widest([opening(row.label) for row in self.rows], bold=True)))
        figures = widest([self._said(row) for row in self.rows], bold=True)
        start, end = (labels + 20, sheet.inner - figures - 16) if sheet.is_wide else (0.0, sheet.inner)
        scale = self._scale(start, end)
        y = sheet.lines(sheet.inner, 13, wrap(self._heading(), sheet.inner, SMALL), "end", soft=True, size=SMALL)
        top = y = self._sides(sheet, scale, y)
        for row in self.rows:
            y = (
                self._wide_row(sheet, row, labels, scale, y)
                if sheet.is_wide
                else self._narrow_row(sheet, row, scale, y)
            )
        if sheet.is_wide:
            sheet.line(scale(0), top - 6, scale(0), y - 4)
        return sheet.finish(y - 6, self.title, self.reads)

    def _scale(self, start: float, end: float) -> Scale:
        if self.measured == "chance":
            return Scale(0.0, 1.0, start, end)
        return from_zero([row.value for row in self.rows], start, end)

    def _heading(self) -> str:
        return "Draws in which nobody would do better leaving" if self.measured == "chance" else self._unit()

    def _sides(self, sheet: Sheet, scale: Scale, y: float) -> float:
        """Of margins, what lies on each side of the line, where it has room."""
        if self.measured == "chance":
            return y - 6
        sides = ("more alone", "end", scale(0) - 8), ("more inside", "start", scale(0) + 8)
        for words, anchor, x in sides:
            room = x if anchor == "end" else sheet.inner - x
            if text_width(words, SMALL) <= room and (scale.low < 0 or anchor == "start"):
                sheet.text(x, y, words, "end" if anchor == "end" else "start", soft=True, size=SMALL)
        return y + 14

    def _bar(self, sheet: Sheet, row: FormRow, scale: Scale, y: float) -> None:
        if self.measured == "chance":
            box = f'x="{num(scale(0))}" y="{num(y)}" width="{num(scale(1) - scale(0))}" height="{num(_BAR)}"'
            ink = f'fill="{colour("paper")}" stroke="{colour("rule-strong")}" stroke-width="1"'
            sheet.put(f'<rect class="c-paper c-line" {box} {ink}/>')
        if row.value:
            sheet.bar("adds" if row.value < 0 else "helps", scale(0), scale(row.value), y, _BAR)

    def _wide_row(self, sheet: Sheet, row: FormRow, room: float, scale: Scale, y: float) -> float:
        lines = wrap(opening(row.label), room, bold=row.is_present)
        note = ("the present form",) if row.is_present else ()
        tall = max(_BAR, LEAD * (len(lines) + len(note)) + 2)
        text = y + (tall - LEAD * (len(lines) + len(note))) / 2 + 13
        sheet.lines(0, sheet.lines(0, text, lines, bold=row.is_present), note, soft=True, size=SMALL)
        self._bar(sheet, row, scale, y + (tall - _BAR) / 2)
        sheet.text(sheet.inner, y + tall / 2 + 4.5, self._said(row), "end", bold=True)
        return y + tall + 12

    def _narrow_row(self, sheet: Sheet, row: FormRow, scale: Scale, y: float) -> float:
        said = self._said(row)
        sheet.text(sheet.inner, y + 13, said, "end", bold=True)
        room = sheet.inner - text_width(said, bold=True) - 12
        text = sheet.lines(0, y + 13, wrap(opening(row.label), room, bold=row.is_present), bold=row.is_present)
        if row.is_present:
            text = sheet.lines(0, text, ("the present form",), soft=True, size=SMALL)
        bar = text - LEAD + 7
        self._bar(sheet, row, scale, bar)
        sheet.line(scale(0), bar - 3, scale(0), bar + _BAR + 3)
        return bar + _BAR + 14
