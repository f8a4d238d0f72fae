"""The three gaps year by year: small panels of the same size, in the order the caller gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.lines import (
    LINE_ORDER,
    EndLabel,
    LineKind,
    along_years,
    axis_room,
    draw_axis,
    draw_line,
    write_ends,
    year_names,
)
from tripleaim.charts.scale import Scale, ticks
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import tell_apart, widest, wrap

_TALL = 168.0


@dataclass(frozen=True)
class YearLine:
    """One line of a panel: a value a year (None where there is no figure) and what kind of future it is.

    kind : hoped (solid, dot), found (dashed, triangle: only the posts and capital found), nothing (dotted, square)
    """

    label: str
    values: tuple[float | None, ...]
    kind: LineKind


@dataclass(frozen=True)
class YearPanel:
    """One gap: its heading, the unit, its lines, which way is better, and whether it counts whole things."""

    heading: str
    unit: str
    lines: tuple[YearLine, ...]
    lower_is_better: bool | None
    """None where neither way is better in itself, as with what care costs."""
    whole: bool


@dataclass(frozen=True)
class Years:
    """Small panels side by side (one above another when narrow), 1 to 11 years; every axis starts at zero."""

    title: str
    reads: str
    panels: tuple[YearPanel, ...]
    years: tuple[str, ...]

    def __post_init__(self) -> None:
        check.between("panels", self.panels, 1, 3)
        check.between("years", self.years, 1, 11)
        for panel in self.panels:
            check.between(f"lines of {panel.heading!r}", panel.lines, 1, 6)
            for line in panel.lines:
                check.one_of(f"line {line.label!r}, kind", line.kind, get_args(LineKind))
                check.same_length(f"line {line.label!r}, values", line.values, len(self.years))
                check.all_finite(f"line {line.label!r}", line.values)

    def table(self) -> Table:
        """A row a year; a column for each line of each panel."""
        columns = [(panel, line) for panel in self.panels for line in panel.lines]
        rows: list[tuple[Cell, ...]] = []
        for place, year in enumerate(self.years):
            rows.append((year, *(line.values[place] for _, line in columns)))
        return Table(
            caption=self.title,
            header=("Year", *(f"{panel.heading}, {panel.unit}: {line.label}" for panel, line in columns)),
            rows=tuple(rows),
            numeric=tuple(range(1, len(columns) + 1)),
            unit="; ".join(f"{panel.heading}: {panel.unit}" for panel in self.panels),
            places=tuple(0 if panel.whole else 1 for panel, _ in columns),
        )

    def svg(self, key: str) -> str:
        """The wide drawing (panels across) and the narrow one (panels down)."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _wide(self, sheet: Sheet) -> str:
        gap = 24.0
        room = (sheet.inner - gap * 2) / 3
        plot = max(_heading(sheet, panel, 0, room, draw=False) for panel in self.panels)
        bottom = 0.0
        for place, panel in enumerate(self.panels):
            left = place * (room + gap)
            _heading(sheet, panel, left, room)
            bottom = max(bottom, _panel(sheet, panel, self.years, left, room, plot))
        return sheet.finish(bottom, self.title, self.reads)

    def _narrow(self, sheet: Sheet) -> str:
        y = 0.0
        for place, panel in enumerate(self.panels):
            y += 22 if place else 0
            plot = _heading(sheet, panel, 0, sheet.inner, y)
            y = _panel(sheet, panel, self.years, 0, sheet.inner, plot)
        return sheet.finish(y, self.title, self.reads)


def _heading(sheet: Sheet, panel: YearPanel, x: float, room: float, y: float = 0, draw: bool = True) -> float:
    """Heading, unit and which way is better; returns where the plot may start."""
    better = {True: ("lower is better",), False: ("higher is better",), None: ()}[panel.lower_is_better]
    bold, soft = wrap(panel.heading, room, bold=True), (*wrap(panel.unit, room, SMALL), *better)
    if draw:
        after = sheet.lines(x, y + 13, bold, bold=True)
        sheet.lines(x, after, soft, soft=True, size=SMALL)
    return y + 13 + LEAD * (len(bold) + len(soft)) + 2


def _panel(sheet: Sheet, panel: YearPanel, years: Sequence[str], x: float, room: float, top: float) -> float:
    values = [value for line in panel.lines for value in line.values if value is not None]
    marks = ticks(min([0.0, *values]), max([0.0, *values]), 3, panel.whole)
    said, room_left = axis_room(marks)
    left = x + room_left
    names = min(86.0 if sheet.is_wide else 110.0, max(widest([line.label for line in panel.lines], SMALL), 44.0))
    labels = _end_labels(panel, names)
    right = x + room - max(names, widest([words for _, words, _ in labels], SMALL, bold=True)) - 10
    tall = max(_TALL, sum(12 + LEAD * len(lines) for _, _, lines in labels))
    up = Scale(marks[0], marks[-1], top + tall, top)
    draw_axis(sheet, marks, said, up, left, right)
    across = along_years(years, left, right)
    for kind in LINE_ORDER:
        for line in panel.lines:
            if line.kind == kind:
                draw_line(sheet, line.values, line.kind, across, up)
    write_ends(sheet, labels, up, right + 10, top, top + tall)
    return year_names(sheet, years, across, left, right, x + room, top + tall + 19)


def _end_labels(panel: YearPanel, room: float) -> list[EndLabel]:
    """Last figure of each line, its words, and its name; a line without figures is told by the table only."""
    ends = [
        (next(value for value in reversed(line.values) if value is not None), line.label)
        for line in panel.lines
        if any(value is not None for value in line.values)
    ]
    said = tell_apart([value for value, _ in ends], 0 if panel.whole else 1)
    return [(value, words, wrap(label, room, SMALL)) for (value, label), words in zip(ends, said, strict=True)]
