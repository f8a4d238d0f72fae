"""How likely balance is, year by year, in several cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from tripleaim.charts import check
from tripleaim.charts.draw import LEAD, SMALL, Sheet
from tripleaim.charts.lines import (
    LINE_ORDER,
    EndLabel,
    LineKind,
    along_years,
    axis_room,
    draw_axis,
    draw_line,
    every_year,
    label_height,
    write_ends,
)
from tripleaim.charts.measure import opening, percent
from tripleaim.charts.scale import Scale
from tripleaim.charts.table import Cell, Table
from tripleaim.charts.wording import clean, widest, wrap

_MARKS = (0.0, 25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True)
class ChanceLine:
    """One case: its name, the share of draws in balance in each year (0 to 1), and what kind of future it is."""

    label: str
    shares: tuple[float, ...]
    kind: LineKind


@dataclass(frozen=True)
class Chances:
    """The share of draws in balance by year, a line a case; the axis always runs from none to all.

    goal : what is reached, as a sentence has it
    """

    years: tuple[str, ...]
    lines: tuple[ChanceLine, ...]
    goal: str = "balance"

    def __post_init__(self) -> None:
        check.between("years", self.years, 1, 40)
        check.between("lines", self.lines, 1, 6)
        for line in self.lines:
            check.one_of(f"line {line.label!r}, kind", line.kind, get_args(LineKind))
            check.same_length(f"line {line.label!r}, shares", line.shares, len(self.years))
            if not all(0 <= share <= 1 for share in line.shares):
                raise ValueError(f"line {line.label!r}: found {line.shares}; expected shares from 0 to 1")

    @property
    def title(self) -> str:
        """The chance in the last year in every case, or that it is never, or always, reached."""
        shares = [share for line in self.lines for share in line.shares]
        cases = "" if len(self.lines) == 1 else ", in any case"
        if not any(shares):
            return f"{opening(self.goal)} is reached in no draw of any year{cases}"
        if all(share == 1 for share in shares):
            return f"{opening(self.goal)} is reached in every draw of every year{cases.replace('any', 'every')}"
        told = [f"{percent(line.shares[-1])} {clean(line.label)}" for line in self.lines]
        return f"The chance of {self.goal} in {self.years[-1]}: {', '.join(told)}"

    @property
    def reads(self) -> str:
        """What the height of a line is."""
        return (
            f"Each line is the share of draws that reach {self.goal} in a year: at 50% it is as likely as not. A draw "
            "is one run of the whole plan with its own value of every uncertain number."
        )

    def table(self) -> Table:
        """A row a year, a column a case, in per cent of draws."""
        rows: list[tuple[Cell, ...]] = [
            (year, *(100 * line.shares[place] for line in self.lines)) for place, year in enumerate(self.years)
        ]
        columns = tuple(range(1, len(self.lines) + 1))
        return Table(
            caption=f"{self.title}. % of draws",
            header=("Year", *(f"{opening(line.label)}, % of draws" for line in self.lines)),
            rows=tuple(rows),
            numeric=columns,
            unit="% of draws",
            places=(1,) * len(columns),
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same years."""
        return self._draw(Sheet(key, "wide"), 200.0) + self._draw(Sheet(key, "narrow"), 168.0)

    def _draw(self, sheet: Sheet, tall: float) -> str:
        said, left = axis_room(_MARKS, "%")
        labels = self._ends(130.0 if sheet.is_wide else 92.0)
        names = max(widest(lines, SMALL) for _, _, lines in labels)
        right = sheet.inner - 26 - max(names, widest([words for _, words, _ in labels], SMALL, bold=True))
        heading = wrap(f"Draws that reach {self.goal}", sheet.inner, SMALL)
        top = sheet.lines(0, 13, heading, soft=True, size=SMALL) - LEAD + 16
        tall = max(tall, sum(label_height(name) + 3 for _, _, name in labels))
        up, across = Scale(0.0, 100.0, top + tall, top), along_years(self.years, left, right)
        draw_axis(sheet, _MARKS, said, up, left, right)
        for kind in LINE_ORDER:
            for line in self.lines:
                if line.kind == kind:
                    draw_line(sheet, [100 * share for share in line.shares], kind, across, up)
        baselines = write_ends(sheet, labels, up, right + 26, top, top + tall)
        for (value, _, _), baseline in zip(labels, baselines, strict=True):
            sheet.line(across(len(self.years) - 1) + 8, up(value), right + 22, baseline - 4.5)
        bottom = every_year(sheet, self.years, across, left, right, sheet.inner, top + tall + 19)
        return sheet.finish(bottom, self.title, self.reads)

    def _ends(self, room: float) -> list[EndLabel]:
        return [(100 * line.shares[-1], percent(line.shares[-1]), wrap(line.label, room, SMALL)) for line in self.lines]
