"""Lettered marks: a shape for each kind of candidate, and places for letters where marks lie close together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from tripleaim.charts.colours import colour
from tripleaim.charts.draw import Sheet, num

CandidateKind = Literal["candidate", "today", "nothing", "less"]
Point = tuple[float, float]
Frame = tuple[float, float, float, float]
"""Left, top, right and bottom."""

_REACH = 10.5  # from the middle of a mark to its edge
_TURNS = 8  # directions tried around a mark


def draw_mark(sheet: Sheet, kind: CandidateKind, x: float, y: float, is_solid: bool) -> None:
    """A circle; a diamond for today's plan, a square for doing nothing, a triangle for doing less; solid or open."""
    fill, edge = ("teal-700", "paper") if is_solid else ("paper", "rule-strong")
    role = "c-help c-halo" if is_solid else "c-paper c-line"
    ink = f'fill="{colour(fill)}" stroke="{colour(edge)}" stroke-width="1.5"'
    if kind == "candidate":
        sheet.put(f'<circle class="{role}" cx="{num(x)}" cy="{num(y)}" r="{num(_REACH)}" {ink}/>')
        return
    shape = {
        "today": f"M{num(x)} {num(y - 14)}l14 14l-14 14l-14 -14z",
        "nothing": f"M{num(x - 10)} {num(y - 10)}h20v20h-20z",
        "less": f"M{num(x)} {num(y - 15)}l15 25h-30z",
    }[kind]
    sheet.put(f'<path class="{role}" d="{shape}" {ink}/>')


def letter_places(points: Sequence[Point], frame: Frame) -> list[tuple[float, float, bool]]:
    """Where the letter of each mark stands: inside it, or at the nearest free place where marks lie close together.

    returns: middle across, middle down, and whether it is inside its mark
    """
    placed: list[tuple[float, float, bool]] = []
    crowded = [
        any(math.dist(point, other) < 2 * _REACH for place, other in enumerate(points) if place != number)
        for number, point in enumerate(points)
    ]
    for (x, y), is_crowded in zip(points, crowded, strict=True):
        placed.append((x, y, not is_crowded))
    for number, is_crowded in enumerate(crowded):
        if is_crowded:
            taken = [(x, y) for place, (x, y, _) in enumerate(placed) if place < number and crowded[place]]
            placed[number] = (*_free(points, number, taken, frame), False)
    return placed


def _free(points: Sequence[Point], number: int, taken: Sequence[Point], frame: Frame) -> Point:
    """The nearest place around a mark that touches no mark and no letter, furthest from the other marks.

    No place lies straight above, below or beside the mark, where the lines of its range run.
    """
    x, y = points[number]
    left, top, right, bottom = frame
    others = [point for point in points if math.dist(point, points[number]) > 1]
    for ring in range(1, 20):
        away = 8.0 + 13 * ring
        angles = [2 * math.pi * (turn + 0.5) / _TURNS - math.pi / 2 for turn in range(_TURNS)]
        spots = [(x + away * math.cos(angle), y + away * math.sin(angle)) for angle in angles]
        clear = [
            spot
            for spot in spots
            if left + 8 < spot[0] < right - 8
            and top + 8 < spot[1] < bottom - 8
            and all(math.dist(spot, point) > _REACH + 9 for point in points)
            and all(math.dist(spot, other) > 17 for other in taken)
        ]
        if clear:
            return max(clear, key=lambda spot: min((round(math.dist(spot, each)) for each in others), default=0))
    return x, y - 20
