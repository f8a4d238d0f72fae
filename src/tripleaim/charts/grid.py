"""Rows by columns: heads above narrow columns, or letters where they do not fit, and cells shaded by gain and loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.wording import DUST, clean, widest, wrap

Box = tuple[float, float, float, float]
"""Left, top, width and height."""
Shade = Literal["gain", "loss", "none"]

_LINES = 4  # a head of more lines than this becomes a letter
_FILLS: dict[tuple[Shade, bool], str] = {
    ("gain", False): "teal-100",
    ("gain", True): "teal-200",
    ("loss", False): "plum-100",
    ("loss", True): "plum-200",
}


def letter(place: int) -> str:
    """The letter of a position: A to Z, then AA.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


@dataclass(frozen=True)
class Heads:
    """What stands above each column, in lines; `are_letters` where the names stand in a list instead."""

    lines: tuple[tuple[str, ...], ...]
    are_letters: bool

    def and_last(self, name: str) -> Heads:
        """The same heads and one more, whose name is short enough to stand as it is."""
        return Heads((*self.lines, (name,)), self.are_letters)


def heads(names: Sequence[str], room: float) -> Heads:
    """The names of columns, each in at most four lines of whole words; letters for all where one does not fit."""
    words = [word for name in names for word in clean(name).split()]
    lines = tuple(wrap(name, room, SMALL) for name in names)
    if widest(words, SMALL) <= room and max(map(len, lines)) <= _LINES:
        return Heads(lines, are_letters=False)
    return Heads(tuple((letter(place),) for place in range(len(names))), are_letters=True)


def write_heads(sheet: Sheet, columns: Heads, left: float, wide: float, y: float) -> float:
    """The heads above columns of one width, their last lines level; returns the top of the first row."""
    tall = LEAD * max(map(len, columns.lines))
    for place, lines in enumerate(columns.lines):
        x = left + wide * (place + 0.5)
        sheet.lines(x, y + tall - LEAD * len(lines) + 13, lines, "middle", size=SMALL, bold=columns.are_letters)
    return y + tall + 6


def write_letters(sheet: Sheet, names: Sequence[str], y: float, across: int = 1) -> float:
    """The list of letters and what each stands for, in columns read downwards; returns where it ends."""
    room = sheet.inner / across
    each = -(-len(names) // across)
    ends = [y]
    for column in range(across):
        below = y + 13
        for place in range(column * each, min((column + 1) * each, len(names))):
            sheet.text(room * column, below, letter(place), bold=True, size=SMALL)
            below = sheet.lines(room * column + 26, below, wrap(names[place], room - 38, SMALL), size=SMALL) + 3
        ends.append(below - 13)
    return max(ends)


def shade_of(value: float) -> Shade:
    """Whether an amount is a gain, a loss or nothing."""
    return "none" if abs(value) <= DUST else "gain" if value > 0 else "loss"


def cell(sheet: Sheet, box: Box, shade: Shade, is_deep: bool = False) -> None:
    """One shaded cell. A loss also has a striped edge, so that it is told from a gain without colour."""
    x, y, wide, tall = box
    fill = colour(_FILLS.get((shade, is_deep), "paper"))
    place = f'x="{num(x)}" y="{num(y)}" width="{num(wide)}" height="{num(tall)}"'
    sheet.put(f'<rect class="c-paper c-grid" {place} fill="{fill}" stroke="{colour("rule")}" stroke-width="1"/>')
    if shade == "loss":
        strip = f'x="{num(x)}" y="{num(y)}" width="5" height="{num(tall)}"'
        sheet.put(f'<rect class="c-edge-add" {strip} fill="{sheet.fill("hatch")}" stroke="none"/>')
