"""Where the plan fails: for each number that matters, the part of its range in which most failures lie."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.measure import formed, opening, percent
from tripleaim.charts.scale import Scale
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, tell_apart, text_width, wrap

_NO_BOX = "No simple condition on the uncertain numbers tells the draws that {} from the rest."


@dataclass(frozen=True)
class KeptRange:
    """One number of a box: its whole range, and the part the box keeps.

    least, most     : ends of the whole range drawn
    at_least, below : what the box asks; None leaves that side open
    point           : the plan's own value; None leaves its mark out
    form, places    : how one value is written, for example "{}%", and its decimals
    asks            : what the box asks, in words; empty = told by its limits
    """

    label: str
    least: float
    most: float
    at_least: float | None = None
    below: float | None = None
    point: float | None = None
    form: str = "{}"
    places: int = 1
    asks: str = ""

    @property
    def kept(self) -> tuple[float, float]:
        """From where to where the box goes inside the range."""
        return (
            self.least if self.at_least is None else self.at_least,
            self.most if self.below is None else self.below,
        )

    def said(self, value: float) -> str:
        """One value with its unit, and decimals enough to tell the ends of the range and of the box apart."""
        ends = sorted({self.least, *self.kept, self.most, value})
        return formed(dict(zip(ends, tell_apart(ends, self.places), strict=True))[value], self.form)

    @property
    def condition(self) -> str:
        """What the box asks, in words."""
        if self.asks:
            return self.asks
        if self.at_least is not None and self.below is not None:
            return f"from {self.said(self.at_least)} to under {self.said(self.below)}"
        if self.at_least is not None:
            return f"{self.said(self.at_least)} or more"
        return "at any value" if self.below is None else f"under {self.said(self.below)}"


@dataclass(frozen=True)
class ScenarioBox:
    """Conditions that hold all at once.

    coverage : share of all failures that lie in the box; density: share of the draws in the box that fail
    mass     : share of all draws that lie in the box
    """

    ranges: tuple[KeptRange, ...]
    coverage: float
    density: float
    mass: float


@dataclass(frozen=True)
class ScenarioBoxes:
    """Up to four boxes; none, or one that asks nothing, is told in words.

    fails : what happens there, as a sentence goes on, for example "is short in 2020/21"
    such  : the same of draws, for example "fail" or "are in balance"
    found : the finding in words, where the conditions are told beside the picture; empty = they are in its title
    """

    boxes: tuple[ScenarioBox, ...]
    fails: str
    who: str = "the place"
    such: str = "fail"
    found: str = ""

    def __post_init__(self) -> None:
        check.between("boxes", self.boxes, 0, 4)
        for box in self.boxes:
            check.between("ranges", box.ranges, 0, 20)
            if not all(0 <= share <= 1 for share in (box.coverage, box.density, box.mass)):
                raise ValueError(f"box: found {box.coverage}, {box.density}, {box.mass}; expected shares from 0 to 1")
            for row in box.ranges:
                check.all_finite(f"range {row.label!r}", (row.least, row.most, row.at_least, row.below, row.point))
                low, high = row.kept
                if not row.least <= low <= high <= row.most:
                    raise ValueError(
                        f"range {row.label!r}: found {low} to {high}; expected inside {row.least} to {row.most}"
                    )

    @property
    def title(self) -> str:
        """Under which conditions most failures lie: how often it fails there, and how much of all failure that is."""
        if not self._told():
            return f"No simple condition tells when {self.who} {self.fails}"
        if self.found:
            return self.found
        box = self._told()[0]
        parts = [f"{clean(row.label)} is {row.condition}" for row in box.ranges]
        when = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
        held = f"{percent(box.coverage)} of all draws that {clean(self.such)} lie there"
        return f"{opening(self.who)} {self.fails} in {percent(box.density)} of the draws where {when}; {held}"

    @property
    def reads(self) -> str:
        """How to read a range."""
        return (
            "The line is the whole range a number was drawn from; the striped bar is the part that goes with "
            f"draws that {clean(self.such)}. The diamond is the plan’s own value. All conditions of a box hold at once."
        )

    def table(self) -> Table:
        """A row a condition: the whole range, the part kept, and how much the box holds."""
        rows: list[tuple[Cell, ...]] = [
            (opening(row.label), number, row.condition, row.said(row.least), row.said(row.most), *_shares(box))
            for number, box in enumerate(self._told(), 1)
            for row in box.ranges
        ]
        such = clean(self.such)
        shares = (f"% of its draws that {such}", f"% of all draws that {such} in it", "% of all draws in it")
        return Table(
            caption=f"{self.title}. % of draws",
            header=("Uncertain number", "Box", "Part kept", "Range from", "Range to", *shares),
            rows=tuple(rows),
            numeric=(1, 5, 6, 7),
            unit="% of draws",
            places=(0, 1, 1, 1),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same boxes."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _told(self) -> tuple[ScenarioBox, ...]:
        return tuple(box for box in self.boxes if box.ranges)

    def _draw(self, sheet: Sheet) -> str:
        y = 0.0
        if not self._told():
            y = sheet.lines(0, 13, wrap(_NO_BOX.format(clean(self.such)), sheet.inner)) - LEAD + 6
        for number, box in enumerate(self._told(), 1):
            y = self._box(sheet, box, number, y) + 14
        return sheet.finish(y - 8, self.title, self.reads)

    def _box(self, sheet: Sheet, box: ScenarioBox, number: int, y: float) -> float:
        if len(self._told()) > 1:
            if number > 1:
                sheet.line(0, y, sheet.inner, y)
                y += 8
            sheet.text(0, y + 13, f"Box {number}", bold=True)
            y += LEAD + 2
        shares = (
            f"{percent(box.density)} of the draws in the box {clean(self.such)}",
            f"{percent(box.coverage)} of all draws that {clean(self.such)} are in it",
            f"{percent(box.mass)} of all draws are in it",
        )
        for words in shares:
            y = sheet.lines(0, y + 13, wrap(words, sheet.inner, SMALL), soft=True, size=SMALL) - 13
        y += 8
        for row in box.ranges:
            y = _range(sheet, row, y)
        return y


def _shares(box: ScenarioBox) -> tuple[float, float, float]:
    return 100 * box.density, 100 * box.coverage, 100 * box.mass


def _range(sheet: Sheet, row: KeptRange, y: float) -> float:
    """The label and the condition, the range with the part kept on it, and the ends of the range below."""
    room = 300.0 if sheet.is_wide else sheet.inner
    text = sheet.lines(0, y + 13, wrap(opening(row.label), room - 16 if sheet.is_wide else room))
    text = sheet.lines(0, text, wrap(row.condition, room - 16 if sheet.is_wide else room, bold=True), bold=True)
    start = room if sheet.is_wide else 0.0
    middle = y + 16 if sheet.is_wide else text - LEAD + 18
    outer = sorted({row.least, row.most} | ({row.point} if row.point is not None else set()))
    scale = Scale(outer[0], outer[-1], start + 10, sheet.inner - 10)
    low, high = row.kept
    sheet.line(scale(row.least), middle, scale(row.most), middle, "ink", 2)
    for end in (row.least, row.most):
        sheet.line(scale(end), middle - 7, scale(end), middle + 7, "ink", 2)
    sheet.bar("adds", scale(low), scale(high), middle - 7, 14, least=3.0)
    if row.point is not None:
        shape = f"M{num(scale(row.point))} {num(middle - 10)}l8 10l-8 10l-8 -10z"
        ink = f'fill="{colour("paper")}" stroke="{colour("ink")}" stroke-width="2"'
        sheet.put(f'<path class="c-paper c-edge-ink" d="{shape}" {ink}/>')
    bottom = _ends(sheet, row, start, middle + 24)
    return max(text - LEAD + 6, bottom) + 12


def _ends(sheet: Sheet, row: KeptRange, start: float, y: float) -> float:
    """The ends of the range in words, and the plan's own value below them."""
    least, most = row.said(row.least), row.said(row.most)
    beside = text_width(least + most, SMALL) + 10 <= sheet.inner - start
    room = sheet.inner - start
    after = sheet.lines(start, y, wrap(least, room, SMALL), soft=True, size=SMALL)
    y = y if beside else after
    y = sheet.lines(sheet.inner, y, wrap(most, room, SMALL), "end", soft=True, size=SMALL) - LEAD
    if row.point is None:
        return y + 4
    words = f"the plan’s own: {formed(say(row.point, row.places), row.form)}"
    return sheet.lines(start, y + LEAD, wrap(words, sheet.inner - start, SMALL), soft=True, size=SMALL) - LEAD + 4
