"""What two numbers have to be together: a map of pairs of values, and the line where the answer turns."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.measure import Measure, formed, opening, percent
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, tell_apart, text_width, widest, wrap


@dataclass(frozen=True)
class PairAxis:
    """One of the two numbers: its name, the values tried in order, and how one is written."""

    label: str
    values: tuple[float, ...]
    form: str = "{}"
    places: int = 1

    def said(self) -> tuple[str, ...]:
        """Every value with its unit."""
        return tuple(formed(words, self.form) for words in tell_apart(self.values, self.places))


@dataclass(frozen=True)
class BreakEvenMap:
    """A cell for every pair of values. Its number says the result; solid or open whether that is enough.

    cells   : (down, across), a share of draws in balance from 0 to 1, or, with a measure, an amount (nought or less
              is enough)
    own     : positions down and across of the pair nearest to the plan's own; None leaves its frame out
    enough  : the share of draws that is enough; not used with a measure
    """

    when: str
    across: PairAxis
    down: PairAxis
    cells: tuple[tuple[float, ...], ...]
    measure: Measure | None = None
    own: tuple[int, int] | None = None
    enough: float = 0.5
    who: str = "the place"

    def __post_init__(self) -> None:
        check.between("values across", self.across.values, 1, 7)
        check.between("values down", self.down.values, 1, 15)
        check.same_length("rows of cells", self.cells, len(self.down.values))
        for row in self.cells:
            check.same_length("cells of a row", row, len(self.across.values))
            check.all_finite("cells", row)
            if self.measure is None and not all(0 <= cell <= 1 for cell in row):
                raise ValueError(f"cells: found {row}; expected shares from 0 to 1")
        if self.own and not (0 <= self.own[0] < len(self.cells) and 0 <= self.own[1] < len(self.cells[0])):
            raise ValueError(f"own pair: found {self.own}; expected a position down and one across")

    @property
    def title(self) -> str:
        """How many pairs are enough, and whether the plan's own is."""
        every = [cell for row in self.cells for cell in row]
        met = sum(map(self._is_met, every))
        if met == len(every):
            return f"Every pair of values tried {self._goal(True)}"
        if not met:
            return f"No pair of values tried {self._goal(True)}"
        start = f"{met} of {len(every)} pairs of values {self._goal(met == 1)}"
        if not self.own:
            return start
        return f"{start}; the plan’s own {'does' if self._is_met(self.cells[self.own[0]][self.own[1]]) else 'does not'}"

    @property
    def reads(self) -> str:
        """How to read a cell."""
        words = (
            f"Each cell is one pair of values of the two numbers and says {self._unit()}. Solid cells are enough, open "
            "ones are not; the thick line parts them."
        )
        return f"{words} The cell with a second frame is nearest to the plan’s own values." if self.own else words

    def table(self) -> Table:
        """A row a pair: both values, the result, and whether it is enough."""
        rows: list[tuple[Cell, ...]] = [
            (down, across, self._shown(cell), "yes" if self._is_met(cell) else "no")
            for down, row in zip(self.down.said(), self.cells, strict=True)
            for across, cell in zip(self.across.said(), row, strict=True)
        ]
        return Table(
            caption=self.title,
            header=(clean(self.down.label), clean(self.across.label), opening(self._unit()), "Enough"),
            rows=tuple(rows),
            numeric=(2,),
            unit=self._unit(),
            places=(1,),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same cells."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _is_met(self, cell: float) -> bool:
        return cell >= self.enough if self.measure is None else cell <= self.measure.nothing

    def _goal(self, one: bool) -> str:
        """What a pair of values does when it is enough."""
        if self.measure is None:
            return f"{'brings' if one else 'bring'} balance in {self.when} in at least {percent(self.enough)} of draws"
        level = f"{self.measure.level} or {self.measure.below}"
        return f"{'leaves' if one else 'leave'} {clean(self.who)} {level} in {self.when}"

    def _unit(self) -> str:
        return "% of draws in balance" if self.measure is None else self.measure.unit

    def _shown(self, cell: float) -> float:
        return 100 * cell if self.measure is None else cell

    def _draw(self, sheet: Sheet) -> str:
        names = [wrap(words, 110 if sheet.is_wide else 64, SMALL) for words in self.down.said()]
        left = max(widest(lines, SMALL) for lines in names) + 8
        wide = min(84.0, (sheet.inner - left) / len(self.across.values))
        heads = [wrap(words, wide - 4, SMALL) for words in self.across.said()]
        y = self._head(sheet) + LEAD * max(map(len, heads)) + 4
        for place, lines in enumerate(heads):
            sheet.lines(left + wide * (place + 0.5), y - LEAD * len(lines) + 9, lines, "middle", soft=True, size=SMALL)
        tops, words = [y], self._words(wide - 8)
        for lines in names:
            tops.append(tops[-1] + max(30.0, LEAD * len(lines) + 6))
        for down, lines in enumerate(names):
            middle = (tops[down] + tops[down + 1]) / 2
            sheet.lines(left - 8, middle - LEAD * (len(lines) - 1) / 2 + 4.5, lines, "end", soft=True, size=SMALL)
            for across in range(len(heads)):
                box = (left + wide * across, tops[down], wide, tops[down + 1] - tops[down])
                self._cell(sheet, down, across, box, words[down][across])
        self._boundary(sheet, left, wide, tops)
        return sheet.finish(self._key(sheet, tops[-1] + 12), self.title, self.reads)

    def _head(self, sheet: Sheet) -> float:
        y = 13.0
        for words in (f"Across: {clean(self.across.label)}", f"Down: {clean(self.down.label)}"):
            y = sheet.lines(0, y, wrap(words, sheet.inner), bold=False)
        return sheet.lines(0, y, wrap(f"In each cell: {self._unit()}", sheet.inner, SMALL), soft=True, size=SMALL) - 10

    def _cell(self, sheet: Sheet, down: int, across: int, box: tuple[float, float, float, float], said: str) -> None:
        x, y, wide, tall = box
        met = self._is_met(self.cells[down][across])
        _square(sheet, x, y, wide, tall, met)
        if self.own == (down, across):
            _frame(sheet, x, y, wide, tall, met)
        sheet.text(x + wide / 2, y + tall / 2 + 4.5, said, "middle", size=SMALL, on_dark=met)

    def _words(self, room: float) -> list[list[str]]:
        """What stands in the cells: figures with fewer decimals where they are too wide, and at last yes or no.

        The table says every figure in full.
        """
        for places in (0,) if self.measure is None else (self.measure.places, 0):
            said = [[say(self._shown(cell), places) for cell in row] for row in self.cells]
            if max(widest(row, SMALL) for row in said) <= room:
                return said
        return [["yes" if self._is_met(cell) else "no" for cell in row] for row in self.cells]

    def _boundary(self, sheet: Sheet, left: float, wide: float, tops: list[float]) -> None:
        """A thick line between every two neighbours of which one is enough and the other is not."""
        met = [[self._is_met(cell) for cell in row] for row in self.cells]
        for down, row in enumerate(met):
            for across, cell in enumerate(row):
                x, right = left + wide * across, left + wide * (across + 1)
                if across + 1 < len(row) and row[across + 1] != cell:
                    sheet.line(right, tops[down], right, tops[down + 1], "ink", 4)
                if down + 1 < len(met) and met[down + 1][across] != cell:
                    sheet.line(x, tops[down + 1], right, tops[down + 1], "ink", 4)

    def _key(self, sheet: Sheet, y: float) -> float:
        every = [self._is_met(cell) for row in self.cells for cell in row]
        entries = [(words, met) for words, met in (("enough", True), ("not enough", False)) if met in every]
        x = 0.0
        for words, met in entries:
            _square(sheet, x, y, 22, 20, met)
            sheet.text(x + 30, y + 14.5, words, size=SMALL)
            x += 30 + text_width(words, SMALL) + 20
        if self.own:
            y += 28
            _square(sheet, 0, y, 22, 20, False)
            _frame(sheet, 0, y, 22, 20, False)
            sheet.text(30, y + 14.5, "nearest to the plan’s own", size=SMALL)
        return y + 22


def _square(sheet: Sheet, x: float, y: float, wide: float, tall: float, met: bool) -> None:
    """A solid or an open cell."""
    role, fill = ("c-help c-halo", "teal-700") if met else ("c-paper c-edge-ink", "paper")
    edge = "paper" if met else "rule-strong"
    box = f'x="{num(x)}" y="{num(y)}" width="{num(wide)}" height="{num(tall)}"'
    sheet.put(f'<rect class="{role}" {box} fill="{colour(fill)}" stroke="{colour(edge)}" stroke-width="1"/>')


def _frame(sheet: Sheet, x: float, y: float, wide: float, tall: float, met: bool) -> None:
    """The second frame, inside a cell."""
    box = f'x="{num(x + 3.5)}" y="{num(y + 3.5)}" width="{num(wide - 7)}" height="{num(tall - 7)}"'
    role, ink = ("c-halo", "paper") if met else ("c-edge-ink", "ink")
    sheet.put(f'<rect class="{role}" {box} fill="none" stroke="{colour(ink)}" stroke-width="1.5"/>')
