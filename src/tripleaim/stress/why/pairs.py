"""What two numbers do together: the middle shortfall and the share in balance at every pair of their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.stress import breakeven
from tripleaim.stress.engine import Engine
from tripleaim.stress.ranges import fits
from tripleaim.stress.readings import BALANCED
from tripleaim.stress.response import Floats
from tripleaim.stress.uncertainty import Uncertainty
from tripleaim.stress.why.must_be_true import position
from tripleaim.stress.why.variance import Share

STEPS = 7
"""Values of each number."""
ENDS = (0.02, 0.98)
"""Quantiles between which the values lie, in even steps."""
CHOSEN_BY_THE_PLACE = (
    "effects/*",
    "schemes/*",
    "assumptions/all_delay/value",
    "assumptions/all_fidelity/value",
)
"""Names of the inputs that say what the place itself does: its schemes, how far and how soon they work."""


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One of the two numbers."""

    name: str
    """Name of the input."""
    label: str
    """What it is, in a planner's words."""
    unit: str
    """Unit of the values."""
    values: tuple[float, ...]
    """Ascending."""
    own: int
    """Position of the value nearest to the plan's own."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The map; (down, across)."""

    down: Axis
    """The number whose values the rows have."""
    across: Axis
    """The number whose values the columns have."""
    middle: tuple[tuple[float, ...], ...]
    """Median of the figure, GBP, positive = short, or above the opening year."""
    balanced: tuple[tuple[float, ...], ...]
    """Share of draws in balance; empty for a pressure."""
    enough: float
    """A middle figure of this or less is enough, GBP: nought, or for a pressure the goal (`record.Why.target`)."""

    @property
    def pairs_enough(self) -> int:
        """Pairs of values whose middle figure is enough."""
        return sum(cell <= self.enough + BALANCED for row in self.middle for cell in row)


def is_chosen(name: str) -> bool:
    """Whether an input says what the place itself does.

    >>> is_chosen("schemes/hubs/delay"), is_chosen("indices/pay/2016-17/change")
    (True, False)
    """
    return any(fits(pattern, name) for pattern in CHOSEN_BY_THE_PLACE)


def strongest_pair(inputs: Sequence[Uncertainty], strongest: Sequence[Share]) -> tuple[str, str] | None:
    """The two inputs with the largest total shares that the place itself decides; where it decides none or one, the
    strongest of the others follow. None where there are not two.

    strongest : shares, the largest first; drivers are passed over
    """
    wide = {each.name for each in inputs if not each.spread.range.is_certain}
    names = [share.name for share in strongest if share.name in wide and share.total.value > 0]
    names.sort(key=lambda name: not is_chosen(name))  # a stable sort: among equals the strongest stays first
    return (names[0], names[1]) if len(names) > 1 else None


def pair(
    engine: Engine, values: Floats, names: tuple[str, str], *, enough: float, is_pressure: bool, steps: int = STEPS
) -> Pair:
    """The map of two inputs, all others as drawn.

    engine : with one output
    values : `must_be_true.common_draws`
    names  : of the input down and of the input across
    enough : GBP, the figure that is enough
    raises : Impossible for one input twice, or a name that is none
    """
    if names[0] == names[1]:
        raise Impossible(f"A pair needs two different numbers; {names[0]} was asked for twice.")
    which = position(engine.inputs, names[0]), position(engine.inputs, names[1])
    down, across = (_axis(engine.inputs[each], steps) for each in which)
    tried = np.array(down.values), np.array(across.values)
    middle = breakeven.pairs(engine, values, which, tried, statistic=lambda figures: float(np.median(figures)))
    chance = None if is_pressure else breakeven.pairs(engine, values, which, tried, statistic=_balanced)
    return Pair(
        down=down,
        across=across,
        middle=_plain(middle),
        balanced=() if chance is None else _plain(chance),
        enough=enough,
    )


def _balanced(figures: Floats) -> float:
    return float(np.mean(figures <= BALANCED))


def _axis(each: Uncertainty, steps: int) -> Axis:
    ends = each.spread.quantile(np.array(ENDS))
    values = np.linspace(ends[0], ends[1], steps)
    return Axis(
        name=each.name,
        label=each.label,
        unit=each.unit,
        values=tuple(map(float, values)),
        own=int(np.argmin(np.abs(values - each.spread.range.point))),
    )


def _plain(cells: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(map(float, row)) for row in cells)
