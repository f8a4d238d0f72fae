"""How far a result could lie from the plan's own figure, year by year: a band, its middle, and the plan's own line."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.lines import (
    EndLabel,
    along_years,
    axis_room,
    draw_axis,
    draw_band,
    draw_line,
    every_year,
    label_height,
    write_ends,
)
from tripleaim.charts.measure import SHORT, Measure, opening
from tripleaim.charts.scale import Scale, ticks
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import widest, wrap

NAMES = {"high": "1 in 10 higher", "plan": "the plan’s own", "middle": "the middle", "low": "1 in 10 lower"}
_TALL = 210.0


@dataclass(frozen=True)
class Fan:
    """A result by year over many draws, each with its own value of every uncertain number.

    low, middle, high : 10th percentile, median and 90th percentile of each year, in the measure's unit
    plan : the plan's own figure of each year, every number at its stated point; none leaves the line out
    who  : what the sentence is about; case: words before it, for example "as hoped"
    """

    years: tuple[str, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    plan: tuple[float, ...] = ()
    measure: Measure = SHORT
    who: str = "the place"
    case: str = ""

    def __post_init__(self) -> None:
        check.between("years", self.years, 1, 40)
        for name, values in (("low", self.low), ("middle", self.middle), ("high", self.high)):
            check.same_length(name, values, len(self.years))
            check.all_finite(name, values)
        if self.plan:
            check.same_length("plan", self.plan, len(self.years))
            check.all_finite("plan", self.plan)
        for year, low, middle, high in zip(self.years, self.low, self.middle, self.high, strict=True):
            if not low <= middle <= high:
                raise ValueError(f"fan, {year}: found {low}, {middle}, {high}; expected low ≤ middle ≤ high")

    @property
    def title(self) -> str:
        """The last year's range, and where the plan's own figure lies in it."""
        start = f"{self.case}, {self.who}" if self.case else self.who
        range_said = self.measure.between(self.low[-1], self.high[-1])
        return f"{opening(start)} ends {self.years[-1]} {range_said}, eight times in ten{self._plan_said()}"

    @property
    def reads(self) -> str:
        """How to read the band and its lines."""
        words = (
            "Every uncertain number is drawn many times. The shaded band holds eight draws in ten of each year: one in "
            "ten is higher, one in ten lower. The solid line is the middle draw."
        )
        return f"{words} The dashed line is the plan’s own figure." if self.plan else words

    def table(self) -> Table:
        """A row a year: low, middle, high and the plan's own figure."""
        rows: list[tuple[Cell, ...]] = [
            (year, *(values[place] for values in self._columns().values())) for place, year in enumerate(self.years)
        ]
        header = {"low": "Low (1 in 10 lower)", "middle": "Middle", "high": "High (1 in 10 higher)"}
        names = tuple(f"{header.get(name, 'The plan’s own')}, {self.measure.unit}" for name in self._columns())
        columns = tuple(range(1, len(names) + 1))
        return Table(
            caption=f"{self.title}. {self.measure.unit}",
            header=("Year", *names),
            rows=tuple(rows),
            numeric=columns,
            unit=self.measure.unit,
            places=(self.measure.places,) * len(names),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same years."""
        return self._draw(Sheet(key, "wide"), 250.0) + self._draw(Sheet(key, "narrow"), 200.0)

    def _columns(self) -> dict[str, tuple[float, ...]]:
        every = {"low": self.low, "middle": self.middle, "high": self.high, "plan": self.plan}
        return {name: values for name, values in every.items() if values}

    def _plan_said(self) -> str:
        if not self.plan:
            return ""
        plan = self.measure.said(self.plan[-1])
        if self.plan[-1] > self.high[-1]:
            return f"; the plan says {plan}, which is higher than nine results in ten"
        if self.plan[-1] < self.low[-1]:
            return f"; the plan says {plan}, which is lower than nine results in ten"
        return f"; the plan says {plan}"

    def _draw(self, sheet: Sheet, tall: float) -> str:
        values = [value for column in self._columns().values() for value in column]
        marks = ticks(min([0.0, *values]), max([0.0, *values]), 4)
        said, left = axis_room(marks)
        labels = self._ends(120.0 if sheet.is_wide else 92.0)
        names = max(widest(lines, SMALL) for _, _, lines in labels)
        right = sheet.inner - 26 - max(names, widest([words for _, words, _ in labels], SMALL, bold=True))
        lines = wrap(self.measure.heading(marks[0]), sheet.inner, SMALL)
        top = sheet.lines(0, 13, lines, soft=True, size=SMALL) - LEAD + 16
        tall = max(tall, sum(label_height(name) + 3 for _, _, name in labels))
        up, across = Scale(marks[0], marks[-1], top + tall, top), along_years(self.years, left, right)
        draw_band(sheet, self.low, self.high, across, up)
        draw_axis(sheet, marks, said, up, left, right)
        draw_line(sheet, self.middle, "hoped", across, up)
        draw_line(sheet, self.plan, "found", across, up)
        baselines = write_ends(sheet, labels, up, right + 26, top, top + tall)
        for (value, _, _), baseline in zip(labels, baselines, strict=True):
            sheet.line(across(len(self.years) - 1) + 8, up(value), right + 22, baseline - 4.5)
        bottom = every_year(sheet, self.years, across, left, right, sheet.inner, top + tall + 19)
        return sheet.finish(bottom, self.title, self.reads)

    def _ends(self, room: float) -> list[EndLabel]:
        """The last figures from the highest down, each with its name."""
        ends = sorted(((values[-1], name) for name, values in self._columns().items()), key=_highest_first)
        words = self.measure.apart(*(value for value, _ in ends))
        return [(value, said, wrap(NAMES[name], room, SMALL)) for (value, name), said in zip(ends, words, strict=True)]


def _highest_first(end: tuple[float, str]) -> tuple[float, int]:
    return -end[0], list(NAMES).index(end[1])
