"""What must be true: the value of one number at which the middle draw comes out, and how far that is from evidence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from tripleaim.errors import Impossible
from tripleaim.plan.uncertainty import Family
from tripleaim.stress.bars import Bar
from tripleaim.stress.breakeven import BreakEven, Crossing, Verdict, break_even, spreads_away, under_draws
from tripleaim.stress.draws import at_scores, factors, register
from tripleaim.stress.engine import Engine
from tripleaim.stress.factors import Factor
from tripleaim.stress.ranges import fits
from tripleaim.stress.readings import BALANCED
from tripleaim.stress.response import Floats
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.uncertainty import Uncertainty
from tripleaim.stress.why.against import EvidenceDistance, Known, against

DRAWS = 1024
"""Draws of all other numbers, the same for every value tried; a power of two."""
ENDLESS = (Family.NORMAL, Family.LOGNORMAL)
"""Shapes without an end: a value far out is rare, and not impossible."""
TRIED = 17
REACH = 6.0
"""How far from its point a number is sought: so many times the way from there to its low or high, inside its bounds."""
SHARES_OF_A_SCHEME = "effects/*"
"""Inputs that are sought up to all they can be where that is one: all care avoided, everybody reached."""
BEYOND = 0.999
"""A driver is sought up to where one in a thousand is beyond it, and as far down."""
BEST_SHARE = 0.99
"""All together are sought up to the value that one in a hundred is better than."""


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
    against: EvidenceDistance | None
    """The value against what is known from elsewhere, or where none is enough the best sought; None where nothing is
    known, or any value will do."""

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
    target : GBP, positive = short; nought is balance
    known  : what is known of the input from elsewhere
    years  : years the plan has to get there; needed with `known`
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
        against=None if known is None or years is None else _held_against(response, found, searched, known, years),
    )


def _held_against(
    response: Callable[[float], float], found: BreakEven, searched: tuple[float, float], known: Known, years: float
) -> EvidenceDistance | None:
    """The value found, or where none is enough the better end of those sought, against what is known."""
    if found.nearest is not None:
        return against(found.nearest.value, known, years)
    return None if found.verdict == "always" else against(max(searched, key=response), known, years, is_enough=False)


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
    score = float(each.spread.score_of(turn.value))
    share = float(ndtr(-score if turn.holds_above else score))
    return max(share, sys.float_info.min) if each.spread.family in ENDLESS else share


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
    """The least and the greatest value of an input that are tried: six times the sides of its range, inside bounds.

    A share of a scheme is tried up to the whole: a scheme that avoids all care of those it treats is the most there is.
    """
    own, at_most = each.spread.range, each.spread.at_most
    whole = fits(SHARES_OF_A_SCHEME, each.name) and at_most == 1
    return (
        max(each.spread.at_least, own.point - REACH * (own.point - own.low)),
        at_most if whole else min(at_most, own.point + REACH * (own.high - own.point)),
    )


def position(inputs: Sequence[Uncertainty], name: str) -> int:
    """Where an input stands; Impossible for a name that is none."""
    names: Mapping[str, int] = {each.name: n for n, each in enumerate(inputs)}
    if name not in names:
        raise Impossible(f"{name} is no uncertain number of the plan; the names stand beside its largest movers.")
    return names[name]


def _middle(figures: Floats) -> float:
    return float(np.median(figures))
