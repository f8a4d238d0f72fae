"""What must be true: the value of one input at which the plan just comes out, and how far that is from what is known.

The same draws of all other inputs serve every value that is tried, so that two answers differ by the value alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtri

from tripleaim.stress.response import Floats, Model, finite_table, respond

Response = Callable[[float], float]
"""The figure that must reach its target, at one value of the input."""
Statistic = Callable[[Floats], float]
"""(draw,) → one figure: a mean, a percentile, a probability."""
Verdict = Literal["always", "never", "at some values"]
Z90 = float(ndtri(0.9))


@dataclass(frozen=True)
class Crossing:
    """A value at which the answer turns."""

    value: float
    """In the input's unit; where the figure jumps, the place of the jump."""
    holds_above: bool
    """True if the target is met just above the value, False if just below it."""


@dataclass(frozen=True)
class BreakEven:
    """Where between two bounds the target is met."""

    verdict: Verdict
    """"always" or "never": no value in the bounds changes the answer."""
    crossings: tuple[Crossing, ...]
    """From low to high; more than one where more is not always better."""
    met_at_point: bool
    point: float

    @property
    def nearest(self) -> Crossing | None:
        """The crossing nearest to the point; None if no value in the bounds changes the answer."""
        return min(self.crossings, key=lambda each: abs(each.value - self.point), default=None)


def break_even(
    response: Response, low: float, high: float, point: float, *, target: float = 0.0, tried: int = 33
) -> BreakEven:
    """Every value of an input between two bounds at which a figure crosses its target.

    The bounds are walked in equal steps, the point included; between two neighbours with different answers the value
    is closed in on (Brent's method) to a billionth of the way. A target met only between two neighbours that both
    miss it (or missed only between two that meet it) is not seen: raise `tried` where the figure goes up and down.

    response : value → figure, the same each time it is asked (`under_draws` makes one); "met" is figure ≥ target
    low, high, point : in the input's unit, low ≤ point ≤ high and low < high
    tried    : how many equal steps' ends are tried, at least 2
    raises   : ValueError for bounds out of order, or a figure that is no number
    source   : METHOD 8, "What must be true"; Brent 1973

    >>> found = break_even(lambda avoided: 200 * avoided - 10, low=0.0, high=0.2, point=0.1)
    >>> found.verdict, round(found.nearest.value, 6), found.nearest.holds_above, found.met_at_point
    ('at some values', 0.05, True, True)
    >>> break_even(lambda avoided: 200 * avoided - 50, low=0.0, high=0.2, point=0.1).verdict
    'never'
    """
    if not low <= point <= high or not low < high or tried < 2:
        raise ValueError(f"expected low <= point <= high, low < high: {low}, {point}, {high}; two steps' ends or more")

    def over(value: float) -> float:
        figure = float(response(value)) - target
        if not np.isfinite(figure):
            raise ValueError(f"the figure at {value} is {figure}; expected a number")
        return figure

    values = np.unique(np.append(np.linspace(low, high, tried), point))
    figures = np.array([over(float(value)) for value in values])
    met = figures >= 0
    turns = np.flatnonzero(met[1:] != met[:-1])
    crossings = tuple(
        Crossing(_close_in(over, float(values[at]), float(values[at + 1]), (high - low) * 1e-9), bool(met[at + 1]))
        for at in turns
    )
    verdict: Verdict = "at some values" if crossings else "always" if met.all() else "never"
    return BreakEven(verdict, crossings, bool(met[np.searchsorted(values, point)]), point)


def _close_in(over: Response, start: float, end: float, within: float) -> float:
    """The value between two at which `over` turns; an end that stands exactly on the target is the value."""
    for edge in (start, end):
        if over(edge) == 0:
            return edge
    return float(brentq(over, start, end, xtol=within, rtol=8.9e-16, maxiter=200))


def under_draws(
    model: Model, draws: Floats, which: int, *, output: int = 0, statistic: Statistic = np.mean
) -> Response:
    """A figure as a function of one input, every other input as drawn: the same draws at every value.

    model     : (input, draw) → (output, draw)
    draws     : (input, draw); the row `which` is put aside for the value asked
    statistic : what is made of the output's draws, the mean if left out; `chance_of_balance` gives a probability
    returns   : value → figure

    >>> draws = np.array([[0.0, 0.0], [1.0, 3.0]])
    >>> under_draws(lambda x: x[0] + x[1], draws, which=0)(10.0)
    12.0
    """
    table = finite_table("draws", draws)
    if not 0 <= which < len(table):
        raise ValueError(f"expected an input from 0 to {len(table) - 1}, found {which}")

    def figure(value: float) -> float:
        held = table.copy()
        held[which] = value
        return float(statistic(respond(model, held)[output]))

    return figure


def chance_of_balance(surplus: Floats) -> float:
    """Share of the draws with no shortfall. surplus : (draw,), below zero is a shortfall.

    >>> chance_of_balance(np.array([-1.0, 0.0, 2.0, 3.0]))
    0.75
    """
    return float(np.mean(surplus >= 0))


def spreads_away(value: float, point: float, low: float, high: float) -> float:
    """How far a value is from the point, in spreads: standard deviations of the side it is on, below it negative.

    (value − point) / ((high − point) / 1.2816) above the point, ((point − low) / 1.2816) below: low to high is the 80 %
    interval, so low and high themselves are −1.28 and 1.28 spreads away. Infinite where that side has no width.

    >>> round(spreads_away(0.06, point=0.03, low=0.02, high=0.05), 4)
    1.9223
    >>> spreads_away(0.06, point=0.03, low=0.03, high=0.03)
    inf
    """
    if not low <= point <= high:
        raise ValueError(f"expected low <= point <= high, found {low}, {point}, {high}")
    if value == point:
        return 0.0
    side = high - point if value > point else point - low
    return float(np.copysign(np.inf, value - point)) if side == 0 else Z90 * (value - point) / side


def pairs(
    model: Model,
    draws: Floats,
    which: tuple[int, int],
    values: tuple[Floats, Floats],
    *,
    output: int = 0,
    statistic: Statistic = chance_of_balance,
) -> Floats:
    """A figure at every pair of values of two inputs, all others as drawn: the map of what must be true together.

    which   : two different inputs
    values  : the values of the first, then of the second; the model is asked once for each pair
    returns : (values of the first, values of the second), the chance of balance if no other statistic is asked for

    >>> surplus = lambda x: x[0] + x[1] + x[2]
    >>> draws = np.array([[0.0] * 4, [0.0] * 4, [-2.0, -1.0, 1.0, 2.0]])
    >>> pairs(surplus, draws, (0, 1), (np.array([0.0, 1.0]), np.array([-1.0, 0.0, 1.0])))
    array([[0.5 , 0.5 , 0.75],
           [0.5 , 0.75, 1.  ]])
    """
    table = finite_table("draws", draws)
    first, second = which
    if first == second or not {first, second} <= set(range(len(table))):
        raise ValueError(f"expected two different inputs from 0 to {len(table) - 1}, found {first} and {second}")
    found = np.empty((len(values[0]), len(values[1])))
    for (row, column), _ in np.ndenumerate(found):
        held = table.copy()
        held[first], held[second] = values[0][row], values[1][column]
        found[row, column] = statistic(respond(model, held)[output])
    return found


def frontier(map_of_pairs: Floats, second: Floats, target: float) -> NDArray[np.float64]:
    """For each value of the first input, the smallest value of the second with which the target is met.

    map_of_pairs : (first, second) from `pairs`    second : ascending values of the second input
    returns      : (first,), between two tried values in proportion; NaN where no tried value does it

    >>> frontier(np.array([[0.2, 0.4, 0.8], [0.6, 0.7, 0.8], [0.1, 0.2, 0.3]]), np.array([0.0, 1.0, 2.0]), 0.5)
    array([1.25, 0.  ,  nan])
    """
    needed = np.full(len(map_of_pairs), np.nan)
    for row, figures in enumerate(map_of_pairs):
        met = figures >= target
        if met.any():
            at = int(np.argmax(met))
            before = max(at - 1, 0)
            rise = figures[at] - figures[before]
            part = 1.0 if at == 0 else (target - figures[before]) / rise
            needed[row] = second[before] + part * (second[at] - second[before])
    return needed
