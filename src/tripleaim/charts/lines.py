"""Pictures by year: how each kind of line is drawn, the band around one, the axis, and the words at the ends."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.scale import Scale, tick_words
from tripleaim.charts.wording import push_apart, text_width, widest

LineKind = Literal["hoped", "found", "nothing"]
Point = tuple[float, float]
EndLabel = tuple[float, str, tuple[str, ...]]
"""The last figure of a line, how it is written, and the name of the line in lines of words."""

_INK: dict[LineKind, tuple[str, str, str, str]] = {  # class, colour, width, dashes
    "hoped": ("c-edge-help", "teal-700", "3.2", ""),
    "found": ("c-edge-ink", "ink", "2", ' stroke-dasharray="7 3"'),
    "nothing": ("c-edge-add", "plum-700", "2.5", ' stroke-dasharray="2 4"'),
}
LINE_ORDER: tuple[LineKind, ...] = ("nothing", "found", "hoped")  # drawn in this order, so the plan lies on top


def draw_line(sheet: Sheet, values: Sequence[float | None], kind: LineKind, across: Scale, up: Scale) -> None:
    """The line in as many runs as it has figures for, and a mark of its own shape on the last figure."""
    role, ink, width, dashes = _INK[kind]
    run: list[Point] = []
    last: Point | None = None
    for place, value in enumerate((*values, None)):
        if value is not None:
            last = (across(place), up(value))
            run.append(last)
            continue
        if len(run) > 1:
            more = (
                f'stroke="{colour(ink)}" stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round"{dashes}'
            )
            sheet.put(f'<polyline class="{role}" points="{_places(run)}" fill="none" {more}/>')
        elif run:
            _shape(sheet, kind, *run[0])
        run = []
    if last:
        _shape(sheet, kind, *last)


def _shape(sheet: Sheet, kind: LineKind, x: float, y: float) -> None:
    if kind == "hoped":
        sheet.put(f'<circle class="c-help" cx="{num(x)}" cy="{num(y)}" r="4.5" fill="{colour("teal-700")}"/>')
    elif kind == "found":
        sheet.put(f'<path class="c-text" d="M{num(x - 4.5)} {num(y + 3.5)}h9l-4.5 -8z" fill="{colour("ink")}"/>')
    else:
        box = f'x="{num(x - 4)}" y="{num(y - 4)}" width="8" height="8"'
        ink = f'fill="{colour("paper")}" stroke="{colour("plum-700")}" stroke-width="2"'
        sheet.put(f'<rect class="c-paper c-edge-add" {box} {ink}/>')


def draw_band(sheet: Sheet, low: Sequence[float], high: Sequence[float], across: Scale, up: Scale) -> None:
    """A pale band from low to high with dashed edges; of one year alone, an upright bar."""
    shift = 8.0 if len(low) == 1 else 0.0
    top = [(across(place), up(value)) for place, value in enumerate(high)]
    foot = [(across(place), up(value)) for place, value in enumerate(low)]
    if shift:
        (x, above), (_, below) = top[0], foot[0]
        top, foot = [(x - shift, above), (x + shift, above)], [(x - shift, below), (x + shift, below)]
    ink = f'fill="{colour("teal-100")}" stroke="{colour("teal-700")}" stroke-width="1" stroke-dasharray="3 3"'
    sheet.put(f'<polygon class="c-paper c-edge-help" points="{_places([*top, *reversed(foot)])}" {ink}/>')


def _places(points: Sequence[Point]) -> str:
    return " ".join(f"{num(a)},{num(b)}" for a, b in points)


def draw_axis(sheet: Sheet, marks: Sequence[float], said: Sequence[str], up: Scale, left: float, right: float) -> None:
    """A guide across the plot at each round number, its number to the left; zero is the strong one."""
    for mark, words in zip(marks, said, strict=True):
        sheet.line(left, up(mark), right, up(mark), "line" if mark == 0 else "grid")
        sheet.text(left - 6, up(mark) + 4.5, words, "end", soft=True, size=SMALL)


def axis_room(marks: tuple[float, ...], suffix: str = "") -> tuple[list[str], float]:
    """The numbers of an axis in words, and the room they need to the left of the plot."""
    said = [words + suffix for words in tick_words(marks)]
    return said, widest(said, SMALL) + 7


def along_years(years: Sequence[str], left: float, right: float) -> Scale:
    """From the position of a year to its place between two edges; one year alone stands in the middle."""
    return Scale(0, len(years) - 1, left + 5, right - 5) if len(years) > 1 else Scale(0, 1, (left + right) / 2, right)


def label_height(lines: Sequence[str]) -> float:
    """Room a label at the end of a line takes: its figure, then its name."""
    return LEAD * (1 + len(lines)) - 1


def write_ends(sheet: Sheet, labels: Sequence[EndLabel], up: Scale, x: float, top: float, bottom: float) -> list[float]:
    """The figure and name of each line beside its end, kept apart; returns the height of each figure's baseline."""
    sizes = [label_height(lines) for _, _, lines in labels]
    middles = push_apart([up(value) + 6 for value, _, _ in labels], sizes, top - 8, bottom + 8)
    baselines = [middle - size / 2 + 12 for middle, size in zip(middles, sizes, strict=True)]
    for (_, words, lines), baseline in zip(labels, baselines, strict=True):
        sheet.text(x, baseline, words, bold=True, size=SMALL)
        sheet.lines(x, baseline + LEAD - 2, lines, soft=True, size=SMALL)
    return baselines


def every_year(
    sheet: Sheet, years: Sequence[str], across: Scale, left: float, right: float, edge: float, y: float
) -> float:
    """Every year under its place on the axis; only the first and the last where they would touch."""
    room = widest(years, SMALL)
    middles = [min(max(across(place), left + room / 2), edge - room / 2) for place in range(len(years))]
    if len(years) == 1 or min(after - before for before, after in itertools.pairwise(middles)) < room + 8:
        return year_names(sheet, years, across, left, right, edge, y)
    for x, year in zip(middles, years, strict=True):
        sheet.text(x, y, year, "middle", soft=True, size=SMALL)
    return y + 6


def year_names(
    sheet: Sheet, years: Sequence[str], across: Scale, left: float, right: float, edge: float, y: float
) -> float:
    """The first and the last year under the axis, one below the other where they would touch."""
    first, last = years[0], years[-1]
    if len(years) == 1:
        sheet.text(across(0), y, first, "middle", soft=True, size=SMALL)
        return y + 6
    sheet.text(left, y, first, soft=True, size=SMALL)
    start = min(edge - text_width(last, SMALL), max(across(len(years) - 1) - text_width(last, SMALL) / 2, left))
    below = LEAD if start < left + text_width(first, SMALL) + 8 else 0.0
    sheet.text(start, y + below, last, soft=True, size=SMALL)
    return y + below + 6
