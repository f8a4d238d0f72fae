"""Several measures side by side, each with a dot for every area, the same areas in the same order throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.scale import Scale, tick_words, ticks
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import say, widest, wrap

NO_VALUE = "–"
_ROW = 20.0


@dataclass(frozen=True)
class AreaPanel:
    """One measure: a value for each area, None where there is none.

    whole    : the value of the whole place, drawn as a line; None leaves it out
    standard : what is wanted, drawn dashed; None leaves it out
    places   : decimals shown
    """

    heading: str
    unit: str
    values: tuple[float | None, ...]
    lower_is_better: bool
    whole: float | None = None
    standard: float | None = None
    places: int = 1


@dataclass(frozen=True)
class ByArea:
    """Small panels, two across when wide; an axis may start anywhere, as a dot tells its place and not a length.

    areas : names, in the order they are drawn in every panel
    """

    title: str
    reads: str
    areas: tuple[str, ...]
    panels: tuple[AreaPanel, ...]
    whole_label: str = "the whole place"

    def __post_init__(self) -> None:
        check.between("areas", self.areas, 2, 40)
        check.between("panels", self.panels, 1, 24)
        for panel in self.panels:
            check.same_length(f"values of {panel.heading!r}", panel.values, len(self.areas))
            check.all_finite(f"values of {panel.heading!r}", (*panel.values, panel.whole, panel.standard))
            if all(value is None for value in panel.values):
                raise ValueError(f"values of {panel.heading!r}: found none; expected at least one figure")

    def table(self) -> Table:
        """A row for each measure and area, with the whole place and the standard beside it."""
        rows: list[tuple[Cell, ...]] = [
            (panel.heading, area, value, panel.whole, panel.standard, panel.unit, _better(panel))
            for panel in self.panels
            for area, value in zip(self.areas, panel.values, strict=True)
        ]
        return Table(
            caption=self.title,
            header=("Measure", "Area", "Value", self.whole_label.capitalize(), "Standard", "Unit", "Better"),
            rows=tuple(rows),
            numeric=(2, 3, 4),
            places=(max(panel.places for panel in self.panels),) * 3,
        )

    def svg(self, key: str) -> str:
        """The wide drawing (two panels across) and the narrow one (one)."""
        return self._draw(Sheet(key, "wide"), 2) + self._draw(Sheet(key, "narrow"), 1)

    def _draw(self, sheet: Sheet, across: int) -> str:
        gap = 32.0
        room = (sheet.inner - gap * (across - 1)) / across
        y = self._key(sheet)
        for start in range(0, len(self.panels), across):
            side = self.panels[start : start + across]
            plot = max(_head_height(panel, room) for panel in side)
            ends = [
                self._panel(sheet, panel, place * (room + gap), room, y, y + plot) for place, panel in enumerate(side)
            ]
            y = max(ends) + 22
        return sheet.finish(y - 22, self.title, self.reads)

    def _key(self, sheet: Sheet) -> float:
        """What the lines are, in words beside a sample of each."""
        y = 13.0
        for words, there, dashed in (
            (self.whole_label, any(panel.whole is not None for panel in self.panels), False),
            ("standard", any(panel.standard is not None for panel in self.panels), True),
        ):
            if there:
                _mark(sheet, 8, y - 13, y + 3, dashed)
                y = sheet.lines(20, y, wrap(words, sheet.inner - 20, SMALL), soft=True, size=SMALL)
        return y

    def _panel(self, sheet: Sheet, panel: AreaPanel, x: float, room: float, y: float, top: float) -> float:
        after = sheet.lines(x, y + 13, wrap(panel.heading, room, bold=True), bold=True)
        sheet.lines(x, after, _soft(panel, room), soft=True, size=SMALL)
        names = [wrap(area, room * 0.4, SMALL) for area in self.areas]
        said = [NO_VALUE if value is None else say(value, panel.places) for value in panel.values]
        left = x + max(widest(lines, SMALL) for lines in names) + 14
        right = x + room - widest(said, SMALL, bold=True) - 14
        scale, marks = _axis(panel, left, right)
        bottom = top + sum(_tall(lines) for lines in names)
        for value, dashed in ((panel.whole, False), (panel.standard, True)):
            if value is not None:
                _mark(sheet, scale(value), top, bottom, dashed)
        row = top
        for lines, value, words in zip(names, panel.values, said, strict=True):
            middle = row + _tall(lines) / 2
            sheet.line(left, middle, right, middle, "grid")
            sheet.lines(x, middle - LEAD * (len(lines) - 1) / 2 + 4.5, lines, size=SMALL)
            sheet.text(x + room, middle + 4.5, words, "end", bold=True, size=SMALL)
            if value is not None:
                dot = f'cx="{num(scale(value))}" cy="{num(middle)}" r="5"'
                sheet.put(f'<circle class="c-help" {dot} fill="{colour("teal-700")}"/>')
            row += _tall(lines)
        sheet.line(left, bottom, right, bottom)
        first, last = (tick_words(marks)[place] for place in (0, -1))
        sheet.text(left, bottom + 17, first, soft=True, size=SMALL)
        sheet.text(right, bottom + 17, last, "end", soft=True, size=SMALL)
        return bottom + 22


def _axis(panel: AreaPanel, left: float, right: float) -> tuple[Scale, tuple[float, ...]]:
    found = [value for value in (*panel.values, panel.whole, panel.standard) if value is not None]
    marks = ticks(min(found), max(found), 3)
    return Scale(marks[0], marks[-1], left + 5, right - 5), marks


def _better(panel: AreaPanel) -> str:
    return "lower" if panel.lower_is_better else "higher"


def _soft(panel: AreaPanel, room: float) -> tuple[str, ...]:
    words = f"{panel.unit}; {_better(panel)} is better" if panel.unit else f"{_better(panel)} is better"
    return wrap(words, room, SMALL)


def _head_height(panel: AreaPanel, room: float) -> float:
    return LEAD * (len(wrap(panel.heading, room, bold=True)) + len(_soft(panel, room))) + 6


def _tall(lines: Sequence[str]) -> float:
    return max(_ROW, LEAD * len(lines) + 3)


def _mark(sheet: Sheet, x: float, top: float, bottom: float, dashed: bool) -> None:
    """The line of the whole place, or the dashed line of the standard."""
    role, ink, more = ("c-edge-add", "plum-700", ' stroke-dasharray="4 3"') if dashed else ("c-edge-ink", "ink", "")
    ends = f'x1="{num(x)}" y1="{num(top)}" x2="{num(x)}" y2="{num(bottom)}"'
    sheet.put(f'<line class="{role}" {ends} stroke="{colour(ink)}" stroke-width="1.6"{more}/>')
