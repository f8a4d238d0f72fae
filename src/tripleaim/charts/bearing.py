"""Who carries the cost and who keeps the benefit: bars to the left and right of one line, and the net of both."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.colours import colour
from tripleaim.charts.draw import LEAD, SMALL, Sheet, num
from tripleaim.charts.gains import GAIN, pounds
from tripleaim.charts.measure import opening, percent
from tripleaim.charts.scale import Scale
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, say, text_width, widest, wrap

_BAR = 18.0
_CLEAR = 13.0  # from the end of a bar to its figure, so that a diamond there covers none of it


@dataclass(frozen=True)
class BearingRow:
    """One body: the cost it carries and the benefit it keeps, both in £m and neither below zero."""

    label: str
    cost: float
    benefit: float

    @property
    def net(self) -> float:
        """What is left to it: benefit less cost, in £m."""
        return self.benefit - self.cost


@dataclass(frozen=True)
class WhoBears:
    """Up to 40 bodies in the order given.

    when : when the money comes, as a sentence has it, for example "a year" or "in 2020/21"
    """

    rows: tuple[BearingRow, ...]
    when: str = "a year"
    places: int = 1

    def __post_init__(self) -> None:
        check.between("bodies", self.rows, 1, 40)
        for row in self.rows:
            check.all_finite(f"body {row.label!r}", (row.cost, row.benefit))
            if min(row.cost, row.benefit) < 0:
                raise ValueError(
                    f"body {row.label!r}: found a cost of {row.cost} and a benefit of {row.benefit}; "
                    "expected both to be 0 or more"
                )

    @property
    def title(self) -> str:
        """The body whose shares of cost and benefit lie furthest apart, in percentages of the whole."""
        costs, benefits = self._totals()
        if costs <= GAIN.nothing or benefits <= GAIN.nothing:
            what = "neither cost nor benefit" if max(costs, benefits) <= GAIN.nothing else "no benefit"
            what = "no cost" if benefits > GAIN.nothing else what
            return f"There is {what} to share"
        row = max(self.rows, key=lambda each: abs(each.cost / costs - each.benefit / benefits))
        bears, keeps = row.cost / costs, row.benefit / benefits
        if abs(bears - keeps) < 0.005:
            return "Each body keeps the same share of the benefit as it carries of the cost"
        joined = "but" if bears > keeps else "and"
        return opening(
            f"{clean(row.label)} carries {_part(bears)} of the cost {joined} keeps {_part(keeps)} of the benefit"
        )

    @property
    def reads(self) -> str:
        """How to read a row."""
        return (
            "A striped bar to the left is cost carried: money spent, income lost, cost that stays behind. A solid bar "
            f"to the right is benefit kept. The diamond is the net of both, {self._unit()}."
        )

    def table(self) -> Table:
        """Each body: cost, benefit and net, and their totals."""
        rows: list[tuple[Cell, ...]] = [(opening(row.label), row.cost, row.benefit, row.net) for row in self.rows]
        costs, benefits = self._totals()
        rows.append(("All", costs, benefits, benefits - costs))
        return Table(
            caption=f"{self.title}. {self._unit()}",
            header=("Body", "Cost carried", "Benefit kept", "Net"),
            rows=tuple(rows),
            numeric=(1, 2, 3),
            totals=(len(self.rows),),
            unit=self._unit(),
            places=(self.places,) * 3,
            signed=(3,),
            signed_totals=True,
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same rows."""
        return self._wide(Sheet(key, "wide")) + self._narrow(Sheet(key, "narrow"))

    def _unit(self) -> str:
        return f"£m {clean(self.when)}"

    def _totals(self) -> tuple[float, float]:
        return math.fsum(row.cost for row in self.rows), math.fsum(row.benefit for row in self.rows)

    def _said(self, value: float) -> str:
        return say(value, self.places)

    def _net(self, value: float) -> str:
        return say(value, self.places, signed=True)

    def _scale(self, start: float, end: float) -> Scale:
        most_cost, most_benefit = max(row.cost for row in self.rows), max(row.benefit for row in self.rows)
        return Scale(-most_cost, most_benefit if most_cost + most_benefit > 0 else 1.0, start, end)

    def _wide(self, sheet: Sheet) -> str:
        labels = min(230.0, max(130.0, widest([opening(row.label) for row in self.rows])))
        costs, benefits = self._totals()
        nets = widest([self._net(each) for each in (*(row.net for row in self.rows), benefits - costs)], bold=True)
        cost_room = widest([self._said(row.cost) for row in self.rows], SMALL) + _CLEAR
        benefit_room = widest([self._said(row.benefit) for row in self.rows], SMALL) + _CLEAR
        scale = self._scale(labels + 18 + cost_room, sheet.inner - nets - 24 - benefit_room)
        y = top = self._head(sheet, scale)
        middles: list[float] = []
        for row in self.rows:
            lines = wrap(opening(row.label), labels)
            tall = max(_BAR, LEAD * len(lines) + 2)
            sheet.lines(0, y + (tall - LEAD * len(lines)) / 2 + 13, lines)
            bar = y + (tall - _BAR) / 2
            _bars(sheet, row, scale, bar, _BAR)
            if row.cost > GAIN.nothing:
                sheet.text(scale(-row.cost) - _CLEAR, bar + 13.5, self._said(row.cost), "end", size=SMALL)
            if row.benefit > GAIN.nothing:
                sheet.text(scale(row.benefit) + _CLEAR, bar + 13.5, self._said(row.benefit), size=SMALL)
            sheet.text(sheet.inner, bar + 13.5, self._net(row.net), "end", bold=True)
            middles.append(bar + _BAR / 2)
            y += tall + 12
        sheet.line(scale(0), top - 6, scale(0), y - 6)
        for row, middle in zip(self.rows, middles, strict=True):
            _diamond(sheet, scale(row.net), middle)
        return self._close(sheet, y)

    def _head(self, sheet: Sheet, scale: Scale) -> float:
        """The unit, then what lies on each side of the line."""
        y = sheet.lines(sheet.inner, 13, wrap(f"net, {self._unit()}", sheet.inner, SMALL), "end", soft=True, size=SMALL)
        words = "cost carried", "benefit kept"
        rooms = [text_width(each, SMALL) + 10 for each in words]
        middle = min(max(scale(0), rooms[0]), sheet.inner - rooms[1])
        sheet.text(middle - 8, y, words[0], "end", soft=True, size=SMALL)
        sheet.text(middle + 8, y, words[1], soft=True, size=SMALL)
        return y + 16

    def _narrow(self, sheet: Sheet) -> str:
        scale = self._scale(8, sheet.inner - 8)
        y = self._head(sheet, scale)
        for row in self.rows:
            net = self._net(row.net)
            sheet.text(sheet.inner, y + 13, net, "end", bold=True)
            text = sheet.lines(0, y + 13, wrap(opening(row.label), sheet.inner - text_width(net, bold=True) - 12))
            words = f"carries {self._said(row.cost)}, keeps {self._said(row.benefit)}"
            text = sheet.lines(0, text, wrap(words, sheet.inner, SMALL), soft=True, size=SMALL)
            bar = text - LEAD + 8
            _bars(sheet, row, scale, bar, 16)
            sheet.line(scale(0), bar - 3, scale(0), bar + 19)
            _diamond(sheet, scale(row.net), bar + 8)
            y = bar + 16 + 14
        return self._close(sheet, y)

    def _close(self, sheet: Sheet, y: float) -> str:
        costs, benefits = self._totals()
        sheet.line(0, y, sheet.inner, y)
        net = self._net(benefits - costs)
        sheet.text(sheet.inner, y + 20, net, "end", bold=True)
        words = f"All: cost {pounds(costs)}, benefit {pounds(benefits)}"
        end = sheet.lines(0, y + 20, wrap(words, sheet.inner - text_width(net, bold=True) - 12, bold=True), bold=True)
        return sheet.finish(end - LEAD + 6, self.title, self.reads)


def _bars(sheet: Sheet, row: BearingRow, scale: Scale, y: float, tall: float) -> None:
    if row.cost > GAIN.nothing:
        sheet.bar("adds", scale(-row.cost), scale(0), y, tall)
    if row.benefit > GAIN.nothing:
        sheet.bar("helps", scale(0), scale(row.benefit), y, tall)


def _diamond(sheet: Sheet, x: float, y: float) -> None:
    ink = f'fill="{colour("paper")}" stroke="{colour("ink")}" stroke-width="2"'
    sheet.put(f'<path class="c-paper c-edge-ink" d="M{num(x)} {num(y - 8)}l7 8l-7 8l-7 -8z" {ink}/>')


def _part(share: float) -> str:
    """A share of a whole as a sentence has it."""
    if share in (0.0, 1.0):
        return "all" if share else "none"
    return percent(share)
