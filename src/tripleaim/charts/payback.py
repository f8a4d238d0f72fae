"""When a scheme has paid back what it cost, and how sure that is: net cash by year with a band, one panel a scheme."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.jcurve import breaks_even
from tripleaim.charts.lines import along_years, axis_room, draw_axis, draw_band, draw_line, every_year
from tripleaim.charts.measure import opening, years_on
from tripleaim.charts.scale import Scale, ticks
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, wrap

_TALL = 120.0


@dataclass(frozen=True)
class BandedCurve:
    """One scheme: 10th percentile, median and 90th percentile of its net cash; below zero has cost more than saved."""

    label: str
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class PaybackBands:
    """Net cash of schemes by year over many draws, up to 12 panels in the order given.

    is_cumulative : True adds up the years so far (paid back); False tells each year alone (saves more than it costs)
    found         : the finding in words, where it is of more schemes than are drawn; empty = it is counted from these

    The year from which the low stands at or above zero for good is the year from which nine draws in ten have paid
    back, for the low is the 10th percentile of each year; so the middle tells half of the draws, the high one in ten.
    """

    years: tuple[str, ...]
    curves: tuple[BandedCurve, ...]
    unit: str = "£m"
    is_cumulative: bool = True
    places: int = 1
    found: str = ""

    def __post_init__(self) -> None:
        check.between("years", self.years, 1, 40)
        check.between("curves", self.curves, 1, 12)
        for curve in self.curves:
            for name, values in (("low", curve.low), ("middle", curve.middle), ("high", curve.high)):
                check.same_length(f"curve {curve.label!r}, {name}", values, len(self.years))
                check.all_finite(f"curve {curve.label!r}, {name}", values)
            for three in zip(curve.low, curve.middle, curve.high, strict=True):
                if list(three) != sorted(three):
                    raise ValueError(f"curve {curve.label!r}: found {three}; expected low ≤ middle ≤ high")

    @property
    def title(self) -> str:
        """For one scheme the years it is paid back from; for several how many are by the last year."""
        if self.found:
            return self.found
        last = self.years[-1]
        if len(self.curves) == 1:
            return f"{opening(self.curves[0].label)} {self._verdict(self.curves[0])}"
        half = sum(breaks_even(curve.middle) is not None for curve in self.curves)
        most = sum(breaks_even(curve.low) is not None for curve in self.curves)
        paid = "paid back" if self.is_cumulative else "save more than they cost"
        are = "have " if self.is_cumulative else ""
        start = f"{half} of {len(self.curves)} schemes {are}{paid} by {last} in half of the draws"
        return f"{start}, {most} in nine draws of ten"

    @property
    def reads(self) -> str:
        """How to read a panel."""
        what = "what a scheme has saved less what it has cost so far" if self.is_cumulative else "saved less cost"
        return (
            f"The line is the middle draw of {what}; the band holds eight draws in ten. Below 0 it has cost more than "
            "it has saved."
        )

    def table(self) -> Table:
        """Three rows a scheme, a column a year, and the year from which so many draws have paid back."""
        rows: list[tuple[Cell, ...]] = []
        for curve in self.curves:
            for name, values in (("low", curve.low), ("middle", curve.middle), ("high", curve.high)):
                rows.append((f"{clean(curve.label)}, {name}", *values, years_on(breaks_even(values), self.years)))
        columns = tuple(range(1, len(self.years) + 1))
        paid = "Paid back" if self.is_cumulative else "Saves more than it costs"
        return Table(
            caption=f"{self.title}. {self._axis()}",
            header=("Scheme", *self.years, paid),
            rows=tuple(rows),
            numeric=columns,
            unit=self.unit,
            places=(self.places,) * len(columns),
            signed=columns,
        )

    def svg(self, key: str) -> str:
        """The wide drawing (two panels across, one if there is one) and the narrow one (one below another)."""
        return self._draw(Sheet(key, "wide"), min(2, len(self.curves))) + self._draw(Sheet(key, "narrow"), 1)

    def _axis(self) -> str:
        return f"{'Cumulative net cash' if self.is_cumulative else 'Net cash of each year'}, {self.unit}"

    def _verdict(self, curve: BandedCurve) -> str:
        """From when half of the draws, and nine in ten, have paid back."""
        half, most = (years_on(breaks_even(values), self.years) for values in (curve.middle, curve.low))
        what = "has paid back" if self.is_cumulative else "saves more than it costs"
        if breaks_even(curve.low) == 0:
            return "has at no time cost more than it saved, in nine draws of ten"
        if half == most:
            return f"{what} {half} in nine draws of ten" if breaks_even(curve.low) is not None else self._never(curve)
        return f"{what} {half} in half of the draws, {most} in nine of ten"

    def _never(self, curve: BandedCurve) -> str:
        what = "has paid back" if self.is_cumulative else "saves more than it costs"
        best = breaks_even(curve.high)
        if best is None:
            return f"{what} in fewer than one draw in ten by {self.years[-1]}"
        return f"{what} in fewer than half of the draws by {self.years[-1]}, in one of ten {years_on(best, self.years)}"

    def _draw(self, sheet: Sheet, across: int) -> str:
        values = [value for curve in self.curves for value in (*curve.low, *curve.high)]
        marks = ticks(min([0.0, *values]), max([0.0, *values]), 4)
        said, left = axis_room(marks)
        gap = 32.0
        room = (sheet.inner - gap * (across - 1)) / across
        y = sheet.lines(0, 13, wrap(self._axis(), sheet.inner, SMALL), soft=True, size=SMALL) - LEAD + 8
        tall = _TALL if across > 1 or not sheet.is_wide else 200.0
        for start in range(0, len(self.curves), across):
            row = self.curves[start : start + across]
            heads = [wrap(curve.label, room, SMALL, bold=True) for curve in row]
            top = y + LEAD * max(map(len, heads)) + 16
            ends = []
            for place, (curve, head) in enumerate(zip(row, heads, strict=True)):
                x = place * (room + gap)
                sheet.lines(x, y + 15, head, bold=True, size=SMALL)
                up = Scale(marks[0], marks[-1], top + tall, top)
                ends.append(self._panel(sheet, curve, x, room, left, up, said, marks))
            y = max(ends) + 16
        return sheet.finish(y - 14, self.title, self.reads)

    def _panel(
        self,
        sheet: Sheet,
        curve: BandedCurve,
        x: float,
        room: float,
        left: float,
        up: Scale,
        said: list[str],
        marks: tuple[float, ...],
    ) -> float:
        across = along_years(self.years, x + left, x + room)
        draw_band(sheet, curve.low, curve.high, across, up)
        draw_axis(sheet, marks, said, up, x + left, x + room)
        paid = breaks_even(curve.middle)
        if paid:
            sheet.line(across(paid), up(up.low), across(paid), up(up.high), "ink")
        draw_line(sheet, curve.middle, "hoped", across, up)
        y = every_year(sheet, self.years, across, x + left, x + room, x + room, up(up.low) + 18)
        return sheet.lines(x, y + LEAD - 4, wrap(opening(self._verdict(curve)), room, SMALL), size=SMALL) - LEAD + 6
