"""A walk down the page: each step starts where the last one ended. Bridges and bed bridges are walks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.scale import Scale, from_zero
from tripleaim.charts.wording import say, tell_apart, text_width, widest, wrap

VISIBLE = 3.0
"""Width of the thinnest bar of a change that is not nothing."""
TOO_SMALL = 0.006
"""A change smaller than this share of the longest level may be drawn wider than it is."""

Kind = Literal["total", "helps", "adds", "plug", "result"]


@dataclass(frozen=True)
class Step:
    """One bar of a walk.

    value : for helps, adds and plug the change this step makes, with its sign; for total and result the level reached
    kind  : total (solid grey), helps (solid), adds (striped), plug (dashed), result (cross-hatched)
    without : for a result that counts a plug, the result worked out anew without it; else the plug's own bar is taken
        off, which forgets that a plug may overlap with other steps
    """

    label: str
    value: float
    kind: Kind
    without: float | None = None


@dataclass(frozen=True)
class Leg:
    """A step placed on the axis: from where to where, the level after it, and its words."""

    step: Step
    start: float
    end: float
    level: float
    said: str = ""
    note: str = ""

    @property
    def is_level(self) -> bool:
        """Whether this leg tells a level rather than a change."""
        return self.step.kind in ("total", "result")


def check_steps(steps: Sequence[Step], plug_counts: bool = True) -> None:
    """Refuse steps that cannot be drawn honestly: unknown kinds, no number, a total that is not the sum so far."""
    check.all_finite("steps", [step.value for step in steps])
    for step in steps:
        check.one_of(f"step {step.label!r}, kind", step.kind, get_args(Kind))
    size = max(abs(step.value) for step in steps)
    level = steps[0].value if steps[0].kind in ("total", "result") else 0.0
    for step in steps:
        if step.kind in ("total", "result"):
            check.adds_up(f"step {step.label!r}", step.value, level, size)
            level = step.value
        elif step.kind != "plug" or plug_counts:
            level += step.value


def legs(steps: Sequence[Step], places: int, plug_counts: bool = True) -> tuple[Leg, ...]:
    """Where each bar starts and ends. A plug that does not count is drawn but leaves the level where it was."""
    placed: list[Leg] = []
    level = plugs = 0.0
    for step in steps:
        if step.kind in ("total", "result"):
            level = step.value
            bare = level - plugs if step.without is None else step.without
            told = f"{say(bare, places)} without the plug" if plugs and step.kind == "result" else ""
            placed.append(Leg(step, 0.0, level, level, note=told))
            continue
        start, end = level, level + step.value
        if step.kind != "plug" or plug_counts:
            level = end
            plugs += step.value if step.kind == "plug" else 0.0
        said = say(step.value, places, signed=True)
        placed.append(Leg(step, start, end, level, said, "not counted" if level != end else ""))
    levels = [leg.level for leg in placed if leg.is_level]
    words = iter(tell_apart(levels, places))
    return tuple(replace(leg, said=next(words)) if leg.is_level else leg for leg in placed)


def draw_walk(
    sheet: Sheet, walk: Sequence[Leg], unit: str, ends: tuple[str, str] = ("", ""), room: float = 110.0
) -> float:
    """Draw a walk from the top of the sheet; returns where it ends. `room` is the least width of wide labels."""
    ends_on_axis = [place for leg in walk for place in (leg.start, leg.end)]
    value_room = widest([leg.said for leg in walk], bold=True)
    if sheet.is_wide:
        labels = min(270.0, max(room, max(text_width(leg.step.label, bold=leg.is_level) for leg in walk)))
        scale = from_zero(ends_on_axis, labels + 14, sheet.inner - value_room - 16)
        top = _head(sheet, scale, unit, ends)
        return _wide_rows(sheet, walk, scale, labels, top)
    scale = from_zero(ends_on_axis, 0, sheet.inner)
    top = _head(sheet, scale, unit, ends)
    return _narrow_rows(sheet, walk, scale, sheet.inner - value_room - 12, top)


def _least(leg: Leg) -> float:
    return VISIBLE if leg.step.value and not leg.is_level else 1.0


def _head(sheet: Sheet, scale: Scale, unit: str, ends: tuple[str, str]) -> float:
    """The unit at the right, and the words for each side of zero when the axis shows both."""
    y = sheet.lines(sheet.inner, 13, wrap(unit, sheet.inner, SMALL), "end", soft=True, size=SMALL)
    if not scale.crosses_zero or not any(ends):
        return y - LEAD + 14
    zero = scale(0)
    left, right = wrap(ends[0], zero - 4, SMALL), wrap(ends[1], sheet.inner - zero - 12, SMALL)
    if sheet.is_wide or min(zero, sheet.inner - zero) > 60:
        sheet.lines(zero - 8, y + 2, left, "end", soft=True, size=SMALL)
        sheet.lines(zero + 8, y + 2, right, soft=True, size=SMALL)
        return y + 2 + LEAD * (max(len(left), len(right)) - 1) + 12
    y = sheet.lines(
        0, y + 2, wrap(f"Left of the line: {ends[0]}; right: {ends[1]}", sheet.inner, SMALL), soft=True, size=SMALL
    )
    return y - LEAD + 14


def _wide_rows(sheet: Sheet, walk: Sequence[Leg], scale: Scale, labels: float, top: float) -> float:
    y, first, last = top, top, (0.0, 0.0)
    for place, leg in enumerate(walk):
        words = wrap(leg.step.label, labels, bold=leg.is_level)
        notes = wrap(leg.note, labels, SMALL) if leg.note else ()
        tall = max(19.0, LEAD * (len(words) + len(notes)) + 2)
        bar = y + (tall - 19) / 2
        if place and leg.is_level:
            sheet.line(0, y - 6, sheet.inner, y - 6)
        elif place:
            sheet.line(last[0], last[1], last[0], bar)
        sheet.bar(leg.step.kind, scale(leg.start), scale(leg.end), bar, 19, _least(leg))
        text = y + (tall - LEAD * (len(words) + len(notes))) / 2 + 13
        text = sheet.lines(0, text, words, bold=leg.is_level)
        sheet.lines(0, text, notes, soft=True, size=SMALL)
        sheet.text(sheet.inner, bar + 14, leg.said, "end", bold=leg.is_level)
        last = (scale(leg.level), bar + 19)
        y += tall + 12
    sheet.line(scale(0), first - 6, scale(0), y - 5)
    return y - 5


def _narrow_rows(sheet: Sheet, walk: Sequence[Leg], scale: Scale, labels: float, top: float) -> float:
    y, level = top, 0.0
    for place, leg in enumerate(walk):
        if place and leg.is_level:
            sheet.line(0, y - 5, sheet.inner, y - 5)
        sheet.text(sheet.inner, y + 13, leg.said, "end", bold=leg.is_level)
        text = sheet.lines(0, y + 13, wrap(leg.step.label, labels, bold=leg.is_level), bold=leg.is_level)
        text = sheet.lines(0, text, wrap(leg.note, sheet.inner, SMALL) if leg.note else (), soft=True, size=SMALL)
        bar = text - LEAD + 7
        if place and not leg.is_level:
            sheet.line(scale(level), bar - 3, scale(level), bar)
        sheet.bar(leg.step.kind, scale(leg.start), scale(leg.end), bar, 15, _least(leg))
        level = leg.level
        if place + 1 < len(walk) and not walk[place + 1].is_level:
            sheet.line(scale(level), bar + 15, scale(level), bar + 18)
        if scale.crosses_zero:
            sheet.line(scale(0), bar - 3, scale(0), bar + 18)
        y = bar + 15 + 12
    return y - 8
