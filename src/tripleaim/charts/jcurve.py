"""When each scheme has paid back what it cost: cumulative cash, one small panel a scheme, one shared axis."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.scale import Scale, tick_words, ticks
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import say, text_width, widest, wrap

_TALL = 84.0


@dataclass(frozen=True)
class Curve:
    """One scheme: its cash so far at the end of each year, cumulative; below zero it has cost more than it saved."""

    label: str
    values: tuple[float, ...]


def breaks_even(values: Sequence[float]) -> int | None:
    """The first year from which cumulative cash is at or above zero for good; None if that has not happened.

    A scheme that is never below zero has nothing to pay back: its answer is 0.

    >>> breaks_even((-2.0, 0.5, -0.1, 0.0, 3.0))
    3
    """
    below = [place for place, value in enumerate(values) if value < 0]
    if not below:
        return 0
    return below[-1] + 1 if below[-1] + 1 < len(values) else None


@dataclass(frozen=True)
class JCurve:
    """Cumulative cash by scheme, up to 24 panels in the order given; the break-even year is marked and written."""

    title: str
    reads: str
    unit: str
    years: tuple[str, ...]
    curves: tuple[Curve, ...]
    places: int = 1

    def __post_init__(self) -> None:
        check.between("years", self.years, 1, 40)
        check.between("curves", self.curves, 1, 24)
        for curve in self.curves:
            check.same_length(f"curve {curve.label!r}, values", curve.values, len(self.years))
            check.all_finite(f"curve {curve.label!r}", curve.values)

    def table(self) -> Table:
        """A row a scheme, a column a year, and the year it has paid back."""
        rows: list[tuple[Cell, ...]] = [(curve.label, *curve.values, self._verdict(curve)) for curve in self.curves]
        columns = tuple(range(1, len(self.years) + 1))
        return Table(
            caption=f"{self.title}. Cumulative, {self.unit}",
            header=("Scheme", *self.years, "Paid back"),
            rows=tuple(rows),
            numeric=columns,
            unit=self.unit,
            places=(self.places,) * len(columns),
            signed=columns,
        )

    def svg(self, key: str) -> str:
        """The wide drawing (four panels across) and the narrow one (two across)."""
        return self._draw(Sheet(key, "wide"), 4) + self._draw(Sheet(key, "narrow"), 2)

    def _verdict(self, curve: Curve) -> str:
        place = breaks_even(curve.values)
        if place is None:
            return f"not by {self.years[-1]}"
        return f"pays back {self.years[place]}" if any(value < 0 for value in curve.values) else "never below zero"

    def _draw(self, sheet: Sheet, across: int) -> str:
        values = [value for curve in self.curves for value in curve.values]
        marks = ticks(min([0.0, *values]), max([0.0, *values]), 3)
        said = tick_words(marks, signed=True)
        axis, gap = widest(said, SMALL) + 8, 16.0
        room = (sheet.inner - axis - gap * (across - 1)) / across
        y = (
            sheet.lines(0, 13, wrap(f"Cumulative cash, {self.unit}", sheet.inner, SMALL), soft=True, size=SMALL)
            - LEAD
            + 10
        )
        for start in range(0, len(self.curves), across):
            row = self.curves[start : start + across]
            top = y + 4 + LEAD * max(len(wrap(curve.label, room, SMALL, bold=True)) for curve in row) + 8
            up = Scale(marks[0], marks[-1], top + _TALL, top)
            for mark, words in zip(marks, said, strict=True):
                sheet.text(axis - 6, up(mark) + 4.5, words, "end", soft=True, size=SMALL)
            ends = [
                self._panel(sheet, curve, axis + place * (room + gap), room, y, up) for place, curve in enumerate(row)
            ]
            y = max(ends) + 14
        return sheet.finish(y - 12, self.title, self.reads)

    def _panel(self, sheet: Sheet, curve: Curve, x: float, room: float, y: float, up: Scale) -> float:
        lines = wrap(curve.label, room, SMALL, bold=True)
        sheet.lines(x, y + 15, lines, bold=True, size=SMALL)
        for mark in (up.low, up.high):
            sheet.line(x, up(mark), x + room, up(mark), "grid")
        along = (
            Scale(0, len(self.years) - 1, x + 4, x + room - 6)
            if len(self.years) > 1
            else Scale(0, 1, x + room / 2, x + room)
        )
        _areas(sheet, curve.values, along, up)
        sheet.line(x, up(0), x + room, up(0))
        points = [(along(place), up(value)) for place, value in enumerate(curve.values)]
        path = " ".join(f"{num(a)},{num(b)}" for a, b in points)
        sheet.put(
            f'<polyline class="c-edge-ink" points="{path}" fill="none" stroke="{colour("ink")}" stroke-width="2"/>'
        )
        paid = breaks_even(curve.values)
        if paid is not None and any(value < 0 for value in curve.values):
            sheet.line(along(paid), up(up.low), along(paid), up(up.high), "ink")
            sheet.put(_dot(*points[paid]))
        return self._foot(sheet, curve, x, room, up(up.low) + 18)

    def _foot(self, sheet: Sheet, curve: Curve, x: float, room: float, y: float) -> float:
        """Years under the axis, then the verdict and where the scheme ends."""
        first, last = self.years[0], self.years[-1]
        sheet.text(x, y, first, soft=True, size=SMALL)
        if len(self.years) > 1:
            y += 0 if text_width(first + last, SMALL) + 8 < room else LEAD
            sheet.text(x + room, y, last, "end", soft=True, size=SMALL)
        y = sheet.lines(x, y + LEAD, wrap(self._verdict(curve), room, SMALL), size=SMALL)
        return (
            sheet.lines(
                x, y, wrap(f"{say(curve.values[-1], self.places, signed=True)} at the end", room, SMALL), size=SMALL
            )
            - LEAD
            + 6
        )


def _dot(x: float, y: float) -> str:
    ink = f'fill="{colour("paper")}" stroke="{colour("ink")}" stroke-width="2"'
    return f'<circle class="c-paper c-edge-ink" cx="{num(x)}" cy="{num(y)}" r="4.5" {ink}/>'


def _areas(sheet: Sheet, values: Sequence[float], along: Scale, up: Scale) -> None:
    """Striped between the curve and zero where cash is still out, solid where it has come back."""
    points = [(float(place), value) for place, value in enumerate(values)]
    whole: list[tuple[float, float]] = points[:1]
    for (a, before), (b, after) in itertools.pairwise(points):
        if before * after < 0:
            whole.append((a + (b - a) * before / (before - after), 0.0))
        whole.append((b, after))
    for fill, edge, inside in (("hatch", "c-edge-add", min), ("teal-200", "c-paper c-edge-help", max)):
        ribs = [(along(place), up(inside(0.0, value))) for place, value in whole]
        if all(height == up(0) for _, height in ribs):
            continue
        ends = f"{num(ribs[-1][0])},{num(up(0))} {num(ribs[0][0])},{num(up(0))}"
        shape = " ".join(f"{num(a)},{num(b)}" for a, b in ribs)
        sheet.put(f'<polygon class="{edge}" points="{shape} {ends}" fill="{sheet.fill(fill)}"/>')
