"""What must be true: the value of one number at which the middle draw comes out, and how far that is from evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from tripleaim.errors import Impossible
from tripleaim.stress.breakeven import BreakEven, Crossing, Verdict, break_even, spreads_away, under_draws
from tripleaim.stress.draws import at_scores, factors, register
from tripleaim.stress.engine import Engine
from tripleaim.stress.readings import BALANCED
from tripleaim.stress.response import Floats
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.uncertainty import Uncertainty
from tripleaim.stress.why.factors import Factor
from tripleaim.stress.why.tornado_bars import Bar

DRAWS = 1024
"""Draws of all other numbers, the same for every value tried; a power of two."""
TRIED = 17
REACH = 6.0
"""How far from its point a number is sought: so many times the way from there to its low or high, inside its bounds."""
BEYOND = 0.999
"""A driver is sought up to where one in a thousand is beyond it, and as far down."""
BEST_SHARE = 0.99
"""All together are sought up to the value that one in a hundred is better than."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a number from elsewhere, in its own unit."""

    point: float
    """What evidence expects."""
    low: float
    """Low end of the 80 % interval of the evidence."""
    high: float
    """High end of it."""
    best: float | None = None
    """The best that anybody has kept up; None where nobody has shown one."""
    best_years: float | None = None
    """Years it took to get there."""
    ref: str = ""
    """Where it is from."""


@dataclass(frozen=True, kw_only=True)
class Against:
    """A value that must be true, against what is known."""

    known: Known
    """What is known."""
    spreads: float
    """Standard deviations of the evidence from what it expects; negative below it, infinite on a side without width."""
    times_best: float | None
    """The value over the best kept up anywhere: 2 asks for twice that. None where nobody has shown one, infinite where
    the best is nothing."""
    years_at_best: float | None
    """Years to get there at the pace of the best; None where no pace is known."""
    years_faster: float | None
    """Those years less the years the plan has: above nought, the plan is so many years faster than anybody was."""


@dataclass(frozen=True, kw_only=True)
class MustBe:
    """One number, or one shared driver, and where it would have to stand for the middle draw to reach its target."""

    name: str
    """Name of the input; driver/ and its key for a driver."""
    label: str
    """What it is, in a planner's words."""
    unit: str
    """Unit of the values; empty for a driver, whose values are shares of what is likely that lie below."""
    low: float
    """Low of the plan's own range."""
    point: float
    """The plan's own value."""
    high: float
    """High of the plan's own range."""
    searched: tuple[float, float]
    """Values sought, least and greatest."""
    verdict: Verdict
    """always or never: no value sought changes the answer."""
    value: float | None
    """The value nearest to the point at which the answer turns."""
    holds_above: bool | None
    """True where the target is met above the value, False where below."""
    spreads: float | None
    """Standard deviations of the plan's own range from its point; negative below it."""
    chance: float | None
    """Share of the number's own draws on the side of the value where the target is met."""
    met_at_point: bool
    """Whether the middle draw reaches the target with this number at its point."""
    against: Against | None
    """The value against what is known from elsewhere; None where nothing was given."""

    @property
    def is_inside(self) -> bool:
        """Whether the value lies in the plan's own range."""
        return self.value is not None and self.low <= self.value <= self.high


@dataclass(frozen=True, kw_only=True)
class Together:
    """All numbers of some kind at once, each as far to its better side as the others."""

    names: tuple[str, ...]
    """Names of the inputs."""
    verdict: Verdict
    """always or never: nothing sought changes the answer."""
    better_than: float | None
    """Share of its own likely values that each would have to be better than; 0.5 is its point."""
    middle_at_best: float
    """The middle figure with each at its 99th best of a hundred, GBP, positive = short."""


def common_scores(inputs: Sequence[Uncertainty], seed: int, draws: int = DRAWS) -> Floats:
    """Scores, (factor, draw), of the draws that serve every value tried."""
    scores: Floats = ndtri(Sobol(seed, draws, register(inputs)).uniforms(factors(inputs), 0, draws))
    return scores


def common_draws(inputs: Sequence[Uncertainty], seed: int, draws: int = DRAWS) -> Floats:
    """Values, (input, draw), that serve every value tried."""
    return at_scores(inputs, common_scores(inputs, seed, draws))


def must_be(
    engine: Engine,
    values: Floats,
    name: str,
    *,
    target: float = 0.0,
    known: Known | None = None,
    years: float | None = None,
) -> MustBe:
    """The value of one input at which the middle draw is short by the target and no more.

    engine : with one output
    values : `common_draws`
    name   : of the input
    target : GBP, positive = short; nought is balance, or no more than in the opening year
    known  : what is known of the input from elsewhere
    years  : years the plan has to get there
    raises : Impossible for a name that is no input
    """
    which = position(engine.inputs, name)
    each = engine.inputs[which]
    own, searched = each.spread.range, sought_between(each)
    response = under_draws(engine, values, which, statistic=lambda figures: target + BALANCED - _middle(figures))
    found = break_even(response, *searched, own.point, tried=TRIED)
    nearest = found.nearest
    value = None if nearest is None else nearest.value
    return MustBe(
        name=name,
        label=each.label,
        unit=each.unit,
        low=own.low,
        point=own.point,
        high=own.high,
        searched=searched,
        verdict=found.verdict,
        value=value,
        holds_above=None if nearest is None else nearest.holds_above,
        spreads=None if value is None else spreads_away(value, own.point, own.low, own.high),
        chance=None if nearest is None else _chance(each, nearest),
        met_at_point=found.met_at_point,
        against=None if known is None or value is None else against(value, known, years),
    )


def must_be_of_driver(engine: Engine, scores: Floats, driver: Factor, *, target: float = 0.0) -> MustBe:
    """How far up what is likely a shared driver has to stand, with all it moves, for the middle draw to come out.

    engine  : with one output
    scores  : `common_scores`
    driver  : one of `factors.factors_of`
    returns : values are shares of what is likely that lie below: 0.5 is its middle
    """
    inputs, rows = engine.inputs, list(driver.rows)
    names, some = factors(inputs), [inputs[row] for row in rows]
    own_scores = scores[[names.index(name) for name in factors(some)]]
    place = factors(some).index(driver.name)
    values = at_scores(inputs, scores)

    def response(share: float) -> float:
        own_scores[place] = ndtri(share)
        values[rows] = at_scores(some, own_scores)
        return target + BALANCED - _middle(engine(values)[0])

    searched = (1 - BEYOND, BEYOND)
    found = break_even(response, *searched, 0.5, tried=TRIED)
    nearest = found.nearest
    value = None if nearest is None else nearest.value
    return MustBe(
        name=driver.name,
        label=driver.label,
        unit="",
        low=0.1,
        point=0.5,
        high=0.9,
        searched=searched,
        verdict=found.verdict,
        value=value,
        holds_above=None if nearest is None else nearest.holds_above,
        spreads=None if value is None else float(ndtri(value)),
        chance=None if nearest is None else 1 - nearest.value if nearest.holds_above else nearest.value,
        met_at_point=found.met_at_point,
        against=None,
    )


def _chance(each: Uncertainty, turn: Crossing) -> float:
    below = float(ndtr(each.spread.score_of(turn.value)))
    return 1 - below if turn.holds_above else below


def against(value: float, known: Known, years: float | None = None) -> Against:
    """A value that must be true against what is known.

    years : years the plan has to get there

    >>> seen = Known(point=0.03, low=0.02, high=0.05, best=0.06, best_years=6)
    >>> found = against(0.09, seen, years=5)
    >>> round(found.spreads, 2), found.times_best, found.years_at_best, found.years_faster
    (3.84, 1.5, 9.0, 4.0)
    """
    times = None if known.best is None else value / known.best if known.best else math.inf
    pace = None if times is None or known.best_years is None else times * known.best_years
    return Against(
        known=known,
        spreads=spreads_away(value, known.point, known.low, known.high),
        times_best=times,
        years_at_best=pace,
        years_faster=None if pace is None or years is None else pace - years,
    )


def together(
    engine: Engine, values: Floats, names: Sequence[str], bars: Sequence[Bar], target: float = 0.0
) -> Together:
    """How far to the better side several inputs would have to stand, all at once, for the middle draw to come out.

    names : inputs; those without a bar move nothing and are left where they are drawn
    bars  : say which side of each input is the better one
    """
    better = {bar.name: 1.0 if bar.at_high < bar.at_low else -1.0 for bar in bars}
    moved = [(position(engine.inputs, name), better[name]) for name in names if name in better]
    held = values.copy()

    def middle(share: float) -> float:
        for row, side in moved:
            held[row] = engine.inputs[row].spread.quantile(np.array(share if side > 0 else 1 - share))
        return _middle(engine(held)[0])

    found: BreakEven = break_even(
        lambda share: target + BALANCED - middle(share), 1 - BEST_SHARE, BEST_SHARE, 0.5, tried=TRIED
    )
    return Together(
        names=tuple(engine.inputs[row].name for row, _ in moved),
        verdict=found.verdict,
        better_than=None if found.nearest is None else found.nearest.value,
        middle_at_best=middle(BEST_SHARE),
    )


def sought_between(each: Uncertainty) -> tuple[float, float]:
    """The least and the greatest value of an input that are tried: six times the sides of its range, inside bounds."""
    own = each.spread.range
    return (
        max(each.spread.at_least, own.point - REACH * (own.point - own.low)),
        min(each.spread.at_most, own.point + REACH * (own.high - own.point)),
    )


def position(inputs: Sequence[Uncertainty], name: str) -> int:
    """Where an input stands; Impossible for a name that is none."""
    names: Mapping[str, int] = {each.name: n for n, each in enumerate(inputs)}
    if name not in names:
        raise Impossible(f"{name} is no uncertain number of the plan; the names stand beside its largest movers.")
    return names[name]


def _middle(figures: Floats) -> float:
    return float(np.median(figures))
