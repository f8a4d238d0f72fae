"""How a gap is closed, step by step: the bridge, and the walk to a do-nothing gap."""

from __future__ import annotations

from dataclasses import dataclass

from tripleaim.charts import check
from tripleaim.charts.draw import Sheet
from tripleaim.charts.table import Table, Trace
from tripleaim.charts.walk import Step, check_steps, draw_walk, legs


@dataclass(frozen=True)
class Bridge:
    """A bridge from a starting level to a result, read down the page.

    unit        : what the numbers are, for example "£m, 2020/21"
    steps       : 3 to 40 steps; totals and results must be the sum of what stands before them
    places      : decimals shown
    plug_counts : whether a plug moves the level; either way it is dashed, and a result that counts one says what it
                  would be without it
    ends        : words for the left and the right of zero, shown when the axis crosses zero
    traces      : where each step comes from, for the CSV file; none leaves it out
    """

    title: str
    reads: str
    unit: str
    steps: tuple[Step, ...]
    places: int = 1
    plug_counts: bool = True
    ends: tuple[str, str] = ("ahead by", "short by")
    traces: tuple[Trace, ...] = ()

    def __post_init__(self) -> None:
        check.between("steps of a bridge", self.steps, 1, 60)
        check_steps(self.steps, self.plug_counts)

    def table(self) -> Table:
        """Each step and its full value; totals and results are totals."""
        return Table(
            caption=f"{self.title}. {self.unit}",
            header=("Step", self.unit),
            rows=tuple((step.label, step.value) for step in self.steps),
            numeric=(1,),
            totals=tuple(place for place, step in enumerate(self.steps) if step.kind in ("total", "result")),
            unit=self.unit,
            places=(self.places,),
            signed=(1,),
            traces=self.traces,
        )

    def svg(self, key: str) -> str:
        """The wide and the narrow drawing of the same steps."""
        return self._draw(Sheet(key, "wide")) + self._draw(Sheet(key, "narrow"))

    def _draw(self, sheet: Sheet) -> str:
        height = draw_walk(sheet, legs(self.steps, self.places, self.plug_counts), self.unit, self.ends)
        return sheet.finish(height, self.title, self.reads)
