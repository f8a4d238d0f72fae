"""What each set of schemes would do for money and for people: a mark a set, those that none beats joined by a line."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal, get_args

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.gains import counted, pounds
from tripleaim.charts.grid import letter
from tripleaim.charts.lines import axis_room, draw_axis
from tripleaim.charts.marks import CandidateKind, draw_mark, letter_places
from tripleaim.charts.measure import opening
from tripleaim.charts.scale import Scale, tick_words, ticks
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, wrap

Range = tuple[float, float]

_KIND: dict[CandidateKind, str] = {
    "candidate": "",
    "today": "today’s plan",
    "nothing": "do nothing",
    "less": "do less",
}


@dataclass(frozen=True)
class Candidate:
    """One set of schemes: the money it closes in £m and what it gains for people, each with its low and high.

    money_range, gain_range : where eight results in ten lie; None leaves the line out
    kind                    : candidate, or one that is always shown: today's plan, nothing, less
    is_allowed              : False for one that may not be chosen: it beats none, and the line leaves it out
    """

    label: str
    money: float
    gain: float
    money_range: Range | None = None
    gain_range: Range | None = None
    kind: CandidateKind = "candidate"
    is_allowed: bool = True

    def beats(self, other: Candidate) -> bool:
        """Whether it may be chosen, is no worse on both and better on one."""
        if not self.is_allowed:
            return False
        no_worse = self.money >= other.money and self.gain >= other.gain
        return no_worse and (self.money, self.gain) != (other.money, other.gain)


@dataclass(frozen=True)
class Frontier:
    """Up to 26 sets of schemes, lettered in the order given.

    aim  : what is gained for people in one word, for example "health" or "care"
    unit : what that is counted in, for example "years of healthy life gained"
    when : when the money is closed, as a sentence has it, for example "in 2020/21"
    is_pressure : True where money is taken off a pressure instead, because no gap is known
    """

    candidates: tuple[Candidate, ...]
    aim: str
    unit: str
    when: str
    gain_places: int = 1
    money_places: int = 1
    is_pressure: bool = False

    def __post_init__(self) -> None:
        check.between("sets of schemes", self.candidates, 1, 26)
        for each in self.candidates:
            check.one_of(f"set {each.label!r}, kind", each.kind, get_args(CandidateKind))
            for value, ends in ((each.money, each.money_range), (each.gain, each.gain_range)):
                low, high = ends or (value, value)
                check.all_finite(f"set {each.label!r}", (value, low, high))
                if low > high:
                    raise ValueError(f"set {each.label!r}: found a range from {low} to {high}; expected low ≤ high")

    @property
    def edge(self) -> tuple[Candidate, ...]:
        """The sets that may be chosen and that none beats, from most money to most gain."""
        able = [each for each in self.candidates if each.is_allowed]
        unbeaten = [each for each in able if not any(other.beats(each) for other in able)]
        return tuple(sorted(unbeaten, key=lambda each: (-each.money, each.gain)))

    @property
    def title(self) -> str:
        """From where to where the choice runs, and how today's plan stands."""
        if not self.edge:
            return "No set keeps every limit"
        first, last = self.edge[0], self.edge[-1]
        if (first.money, first.gain) == (last.money, last.gain):
            words = f"{opening(first.label)} is best for both money and {clean(self.aim)}"
        else:
            words = (
                f"The choice runs from {self._both(first)} {clean(self.unit)} ({clean(first.label)}) "
                f"to {self._both(last)} ({clean(last.label)})"
            )
        return words + self._today()

    @property
    def reads(self) -> str:
        """How to read a mark."""
        aim = clean(self.aim)
        words = (
            f"Each letter is a set of schemes. Further right {self._more} {clean(self.when)}, further up "
            f"gains more {aim}. An open mark is beaten in these two: another set does no worse for money and {aim}, "
            "and better for one of them; what else it does is not in this picture. The line joins the others."
        )
        if not all(each.is_allowed for each in self.candidates):
            words += " A set that breaks a limit is open too, and beats no other."
        ranged = any(each.money_range or each.gain_range for each in self.candidates)
        return f"{words} Thin lines show where eight results in ten lie." if ranged else words

    def table(self) -> Table:
        """Every set: money and gain with their ranges, and by which set it is beaten."""
        rows: list[tuple[Cell, ...]] = []
        for place, each in enumerate(self.candidates):
            money, gain = each.money_range or (None, None), each.gain_range or (None, None)
            kind, beaten = _KIND[each.kind], self._beaten_by(each)
            kind = kind if each.is_allowed else f"{kind}, breaks a limit".removeprefix(", ")
            rows.append((opening(each.label), letter(place), each.money, *money, each.gain, *gain, kind, beaten))
        unit, money_unit = opening(self.unit), self._money_unit()
        return Table(
            caption=f"{self.title}. {money_unit}; {clean(self.unit)}",
            header=(
                *("Set of schemes", "Letter"),
                *(money_unit, f"{money_unit}, 1 in 10 lower", f"{money_unit}, 1 in 10 higher"),
                *(unit, f"{unit}, 1 in 10 lower", f"{unit}, 1 in 10 higher"),
                *("Kind", "Beaten by"),
            ),
            rows=tuple(rows),
            numeric=(2, 3, 4, 5, 6, 7),
            unit=money_unit,
            places=(*(self.money_places,) * 3, *(self.gain_places,) * 3),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same sets."""
        return self._draw(Sheet(key, "wide"), 330.0) + self._draw(Sheet(key, "narrow"), 260.0)

    def _money_unit(self) -> str:
        return (
            f"£m {self._closed(0.0)} {clean(self.when)}"
            if self.is_pressure
            else f"£m of the gap closed {clean(self.when)}"
        )

    @property
    def _more(self) -> str:
        return "takes more off the pressure" if self.is_pressure else "closes more of the money gap"

    def _closed(self, money: float) -> str:
        if self.is_pressure:
            return "off the pressure" if money >= 0 else "on top of it"
        return "closed" if money >= 0 else "added"

    def _both(self, each: Candidate) -> str:
        closed = self._closed(each.money)
        return f"{pounds(each.money)} {closed} and {say(each.gain, self.gain_places)}"

    def _beaten_by(self, each: Candidate) -> str:
        """The letter of the first set on the edge that beats it, or nothing."""
        return next((letter(self.candidates.index(other)) for other in self.edge if other.beats(each)), "")

    def _today(self) -> str:
        today = next((each for each in self.candidates if each.kind == "today"), None)
        if today is None or not self.edge or (len(self.edge) == 1 and today == self.edge[0]):
            return ""
        if not today.is_allowed:
            return "; today’s plan does not keep the limits"
        beating = [each for each in self.candidates if each.beats(today)]
        if not beating:
            return "; no set beats today’s plan"
        if len(beating) == 1:
            return f"; {clean(beating[0].label)} beats today’s plan"
        return f"; {counted(len(beating), 'set')} beat today’s plan"

    def _draw(self, sheet: Sheet, tall: float) -> str:
        across, up, bottom = self._plot(sheet, tall)
        self._ranges(sheet, across, up)
        steps = [(across(each.money), up(each.gain)) for each in self.edge]
        for (x1, y1), (x2, y2) in itertools.pairwise(steps):
            sheet.line(x1, y1, x2, y2, "ink", 1.5)
        points = [(across(each.money), up(each.gain)) for each in self.candidates]
        frame = (across.start - 4, up.end - 6, across.end + 6, up.start + 6)
        letters = letter_places(points, frame)
        for (x, y), (to_x, to_y, _) in zip(points, letters, strict=True):
            if (x, y) != (to_x, to_y):
                sheet.line(x, y, to_x, to_y)
        for place in sorted(range(len(points)), key=lambda place: self.candidates[place] in self.edge):
            each = self.candidates[place]
            draw_mark(sheet, each.kind, *points[place], is_solid=each in self.edge)
        for place, (x, y, is_inside) in enumerate(letters):
            is_dark = is_inside and self.candidates[place] in self.edge
            sheet.text(x, y + 4.5, letter(place), "middle", bold=True, size=SMALL, on_dark=is_dark)
        y = bottom
        for place, each in enumerate(self.candidates):
            y = (self._wide_row if sheet.is_wide else self._narrow_row)(sheet, place, each, y)
        return sheet.finish(y - 6, self.title, self.reads)

    def _plot(self, sheet: Sheet, tall: float) -> tuple[Scale, Scale, float]:
        """The axes; returns the scales across and up, and where the list starts."""
        money = [end for each in self.candidates for end in (each.money, *(each.money_range or ()))]
        gain = [end for each in self.candidates for end in (each.gain, *(each.gain_range or ()))]
        along = ticks(min(0.0, *money), max(0.0, *money), 5 if sheet.is_wide else 3)
        marks = ticks(min(0.0, *gain), max(0.0, *gain), 4)
        said, left = axis_room(marks)
        top = sheet.lines(0, 13, wrap(opening(self.unit), sheet.inner, SMALL), soft=True, size=SMALL) + 2
        up = Scale(marks[0], marks[-1], top + tall, top)
        across = Scale(along[0], along[-1], left + 12, sheet.inner - 14)
        draw_axis(sheet, marks, said, up, left, sheet.inner)
        foot = up.start
        if along[0] < 0:
            sheet.line(across(0), up.end, across(0), foot)
        for mark, words in zip(along, tick_words(along), strict=True):
            sheet.line(across(mark), foot, across(mark), foot + 5)
            sheet.text(across(mark), foot + 24, words, "middle", soft=True, size=SMALL)
        unit = wrap(self._money_unit(), sheet.inner, SMALL)
        return across, up, sheet.lines(sheet.inner, foot + 44, unit, "end", soft=True, size=SMALL) + 2

    def _ranges(self, sheet: Sheet, across: Scale, up: Scale) -> None:
        """The thin lines, under every mark; those of beaten sets are faint."""
        for each in sorted(self.candidates, key=lambda each: each in self.edge):
            role: Literal["line", "grid"] = "line" if each in self.edge else "grid"
            if each.money_range:
                y = up(each.gain)
                sheet.line(across(each.money_range[0]), y, across(each.money_range[1]), y, role, 1.5)
            if each.gain_range:
                x = across(each.money)
                sheet.line(x, up(each.gain_range[0]), x, up(each.gain_range[1]), role, 1.5)

    def _figures(self, each: Candidate) -> tuple[str, str]:
        return (
            _with_range(each.money, each.money_range, self.money_places),
            _with_range(each.gain, each.gain_range, self.gain_places),
        )

    def _remark(self, each: Candidate) -> str:
        beaten = self._beaten_by(each)
        kind = "" if clean(each.label).casefold() == _KIND[each.kind].casefold() else _KIND[each.kind]
        breaks = "" if each.is_allowed else "breaks a limit"
        return ", ".join(filter(None, (kind, breaks, f"beaten by {beaten}" if beaten else "")))

    def _in_list(self, sheet: Sheet, place: int, y: float) -> None:
        """The mark and its letter at the start of a row of the list."""
        each = self.candidates[place]
        is_solid = each in self.edge
        draw_mark(sheet, each.kind, 15, y, is_solid)
        sheet.text(15, y + 4.5, letter(place), "middle", bold=True, size=SMALL, on_dark=is_solid)

    def _wide_row(self, sheet: Sheet, place: int, each: Candidate, y: float) -> float:
        if place == 0:
            heads = wrap(f"£m {self._closed(0.0)}", 130, SMALL), wrap(opening(self.unit), 130, SMALL)
            sheet.lines(450, y + 13, heads[0], "end", soft=True, size=SMALL)
            y = sheet.lines(600, y + 13, heads[1], "end", soft=True, size=SMALL) - 8
        name, remark = wrap(opening(each.label), 270), wrap(self._remark(each), 108, SMALL)
        figures = [wrap(words, 140, SMALL) for words in self._figures(each)]
        tall = max(30.0, LEAD * max(map(len, (name, remark, *figures))) + 6)
        self._in_list(sheet, place, y + tall / 2)
        for lines, x in zip(figures, (450, 600), strict=True):
            sheet.lines(x, _first(y, tall, lines), lines, "end", size=SMALL)
        sheet.lines(36, _first(y, tall, name), name)
        sheet.lines(612, _first(y, tall, remark), remark, soft=True, size=SMALL)
        return y + tall

    def _narrow_row(self, sheet: Sheet, place: int, each: Candidate, y: float) -> float:
        money, gain = self._figures(each)
        room = sheet.inner - 36
        self._in_list(sheet, place, y + 14)
        text = sheet.lines(36, y + 17, wrap(opening(each.label), room))
        for words in (f"£m {self._closed(0.0)}: {money}", f"{opening(self.unit)}: {gain}", opening(self._remark(each))):
            if words:
                text = sheet.lines(36, text, wrap(words, room, SMALL), soft=True, size=SMALL)
        return max(text - LEAD + 10, y + 28)


def _first(y: float, tall: float, lines: tuple[str, ...]) -> float:
    """The first baseline of lines in the middle of a row."""
    return y + (tall - LEAD * len(lines)) / 2 + 12.5


def _with_range(value: float, ends: Range | None, places: int) -> str:
    said = say(value, places)
    return f"{said} ({say(ends[0], places)} to {say(ends[1], places)})" if ends else said
