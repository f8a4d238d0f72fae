"""What a choice is judged by: the money gap it closes, and how far it brings the indicators of health and of care."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.indicator import Gap, Indicator
from tripleaim.projection.axes import Array, Axes
from tripleaim.projection.outcomes import distance
from tripleaim.projection.run import Run
from tripleaim.stress.response import Floats

LEAST_DISTANCE = 0.05
"""Share of a standard. An indicator that ends nearer than this if nothing changes is taken to have so far to go: a step
of a hundredth of a point would else count as a whole gap closed. Judged (method note 14).
"""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Where the numbers read of a run stand, and what they come to against doing nothing.

    Arrays of numbers read are (number, …): the rest are worlds and draws, in any order, alike in both arrays.
    """

    plan: Plan
    """The plan as it stands."""
    axes: Axes
    """Its axes; members and indicators are those of its expanded form too."""
    counted: tuple[tuple[int, Indicator], ...]
    """Indicators with a standard, and their places among all."""

    @property
    def read(self) -> Callable[[Run], Array]:
        """What is read of a run, (number, case): shortfall and one-off money, members' positions, indicators."""
        return self._read

    def _read(self, run: Run) -> Array:
        members, years, last = run.axes.members, slice(1, run.axes.last + 1), run.axes.last
        once = -run.one_off[:members, years].sum(axis=0).sum(axis=0)
        found = [
            np.stack([run.short_in_all()[last], once]),
            run.recurrent[:members, last],
            run.indicators[[n for n, _ in self.counted], last],
        ]
        cases = len(run.cases.names)
        return np.concatenate([np.broadcast_to(each, (each.shape[0], cases)) for each in found])

    def short(self, numbers: Floats) -> Floats:
        """Recurrent shortfall of NHS and councils in the last year, GBP; pressure above the opening year for one."""
        return np.asarray(numbers[0])

    def closed(self, numbers: Floats, nothing: Floats) -> Floats:
        """Money gap closed against doing nothing, one-off costs spread evenly over the plan's years. GBP a year."""
        recurrent = nothing[0] - numbers[0]
        return np.asarray(recurrent - (numbers[1] - nothing[1]) / len(self.plan.years))

    def better(self, numbers: Floats, nothing: Floats) -> Floats:
        """(member, …): how much better off each member is than if nothing changed, in the last year, GBP."""
        at = slice(2, 2 + self.axes.members)
        return np.asarray(numbers[at] - nothing[at])

    def values(self, numbers: Floats) -> Floats:
        """(indicator counted, …): in each indicator's own unit."""
        return np.asarray(numbers[2 + self.axes.members :])

    def share(self, gap: Gap, numbers: Floats, nothing: Floats) -> Floats:
        """Mean share closed of the way from doing nothing to the standard, over a gap's indicators. Fraction.

        What goes beyond a standard is not counted; what ends further away than if nothing changed counts below 0.
        """
        values, before = self.values(numbers), self.values(nothing)
        shares = [_share(row, values[n], before[n]) for n, (_, row) in enumerate(self.counted) if row.gap is gap]
        return np.mean(shares, axis=0) if shares else np.zeros(values.shape[1:])


def reading(plan: Plan, axes: Axes) -> Reading:
    """What is read of every run of a plan or of its expanded form."""
    rows = {row.key: row for row in plan.indicators}
    counted = tuple((n, rows[key]) for n, key in enumerate(axes.indicators) if rows[key].standard is not None)
    return Reading(plan=plan, axes=axes, counted=counted)


def _share(row: Indicator, value: Floats, before: Floats) -> Floats:
    far = distance(row, before)
    way = np.maximum(far, LEAST_DISTANCE * abs(row.standard or 0.0))
    gone = far - distance(row, value)
    return np.divide(gone, way, out=np.zeros_like(gone), where=way > 0)
