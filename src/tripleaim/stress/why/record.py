"""Why, when, what must be true: the findings about one figure of a plan, in one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.stress.bars import Bar, bars
from tripleaim.stress.draws import at_scores, central
from tripleaim.stress.engine import Engine
from tripleaim.stress.factors import Factor, factors_of
from tripleaim.stress.findings import SEED
from tripleaim.stress.ranges import fits
from tripleaim.stress.response import Floats
from tripleaim.stress.why import failure, variance
from tripleaim.stress.why.against import Known
from tripleaim.stress.why.failure import Failure
from tripleaim.stress.why.must_be_true import (
    MustBe,
    Together,
    common_scores,
    must_be,
    must_be_of_driver,
    position,
    together,
)
from tripleaim.stress.why.pairs import Pair, is_chosen, pair, strongest_pair
from tripleaim.stress.why.question import Question, question
from tripleaim.stress.why.screening import Looked, Screened, looked, screened
from tripleaim.stress.why.variance import Shares, shares

ASKED = 8
"""Inputs and drivers of which it is asked what must be true, the strongest ones, unless some are named."""
ASKED_EFFECTS = 3
"""The strongest effects of schemes that are asked about in any case, and the strongest of those studies measured."""
EFFECT = "effects/*/effect"
"""Inputs that say how well a scheme works."""


@dataclass(frozen=True, kw_only=True)
class Why:
    """What moves a figure, when it fails, and what would have to be true. Amounts in GBP, cash; positive = short."""

    fingerprint: str
    """SHA-256 of the plan."""
    seed: int
    """What the draws are made from."""
    question: Question
    """The figure all of it is about."""
    own: float
    """The figure with every uncertain number at its point, as `run` has it."""
    middle: float
    """The median of the figure over the draws that serve what must be true."""
    target: float
    """What must be true is asked for this figure: nought, which is balance; for a pressure what the middle draw if
    nothing changes is, less what the schemes take off, if anything, by the plan's own figures."""
    nothing: float | None
    """The median of the same figure if nothing changes, in the same draws; None unless it is a pressure."""
    bars: tuple[Bar, ...]
    """One input or driver at a time, the widest first."""
    looked: tuple[Looked, ...]
    """The quick look at every number, the largest effect first."""
    shares: Shares
    """The close look."""
    failure: Failure
    """When it fails."""
    must_be: tuple[MustBe, ...]
    """In the order asked, else the strongest first."""
    together: Together | None
    """Everything the place itself decides, all at once; None where it decides nothing that moves the figure."""
    pair: Pair | None
    """The map of two inputs; None where fewer than two move the figure."""


def why(
    whole: Engine,
    asked: Question | None = None,
    *,
    seed: int = SEED,
    names: Sequence[str] = (),
    two: tuple[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
    draws: int = variance.DRAWS,
    searched: int = failure.DRAWS,
) -> Why:
    """Why a figure is what it may be, when it fails, and what must be true.

    whole    : the plan as a function of its uncertain numbers (`engine.engine`)
    asked    : `question.question`; the shortfall of the whole place in the last year as hoped if left out
    names    : inputs and drivers of which it is asked what must be true (`asking.numbers` finds them by words), before
               the eight strongest, the three strongest effects of schemes, and the three of those that studies measured
    two      : inputs of the map; the two strongest that the place itself decides if left out
    known    : name of an input → what is known of it from elsewhere
    draws    : rows of each table of the close look, a power of two
    searched : draws searched for failures
    raises   : Impossible for a plan with nothing uncertain, a name that is no input, or draws that cannot be had
    source   : method note 12
    """
    if not whole.inputs:
        raise Impossible("No number of the plan has a low and a high that differ, so there is nothing to find out.")
    figure = asked or question(whole.plan)
    found = whole.only([figure.output])
    drivers = {factor.name: factor for factor in factors_of(found.inputs) if factor.is_driver}
    for name in (*(each for each in names if each not in drivers), *(two or ()), *(known or {})):
        position(found.inputs, name)
    quick = screened(found, seed)
    (close,) = shares(found, quick, seed, draws=draws)
    own = float(found(central(found.inputs).values)[0, 0])
    bars_found = bars(found)
    failing = failure.failure(found, _strongest(quick, close), seed, is_pressure=figure.is_pressure, draws=searched)
    scores = common_scores(found.inputs, seed)
    common = at_scores(found.inputs, scores)
    nothing = _if_nothing_changes(whole, figure, common) if figure.is_pressure else None
    usual = asked_about(_moving(close), bars_found, known or {})
    target = 0.0 if nothing is None else nothing.middle - max(0.0, nothing.own - own)

    def each_must_be(name: str) -> MustBe:
        if name in drivers:
            return must_be_of_driver(found, scores, drivers[name], target=target)
        years = found.plan.years.index(figure.output.year) + 1
        return must_be(found, common, name, target=target, known=(known or {}).get(name), years=years)

    return Why(
        fingerprint=whole.plan.fingerprint,
        seed=seed,
        question=figure,
        own=own,
        middle=float(np.median(found(common)[0])),
        target=target,
        nothing=None if nothing is None else nothing.middle,
        bars=bars_found,
        looked=looked(quick),
        shares=close,
        failure=failing,
        must_be=tuple(each_must_be(name) for name in dict.fromkeys([*names, *usual])),
        together=_all_chosen(found, common, bars_found, target),
        pair=_pair(found, common, two or strongest_pair(found.inputs, close.each), target, figure),
    )


def _strongest(quick: Screened, close: Shares) -> tuple[Factor, ...]:
    """The factors looked at closely, the largest total share first."""
    by_name = {factor.name: factor for factor in quick.factors}
    return tuple(by_name[share.name] for share in close.each)


@dataclass(frozen=True)
class _Nothing:
    """The figure if nothing changes, GBP."""

    own: float
    middle: float


def _if_nothing_changes(whole: Engine, figure: Question, common: Floats) -> _Nothing:
    """A pressure has no balance, so like is held against like: the middle draw with schemes and that without them."""
    found = whole.only([replace(figure.output, case="do_nothing")])
    own = float(found(central(found.inputs).values)[0, 0])
    return _Nothing(own, float(np.median(found(common)[0])))


def asked_about(strongest: Sequence[str], moved: Sequence[Bar], known: Mapping[str, Known]) -> list[str]:
    """What is asked unless it is said: the strongest numbers, the strongest effects, and those studies measured.

    strongest : names of the inputs and drivers that surely move the figure, the strongest first
    moved     : one at a time, the widest first
    """
    effects = [bar.name for bar in moved if fits(EFFECT, bar.name)]
    studied = [name for name in effects if name in known and known[name].measured != "pace"]
    chosen = [*strongest[:ASKED], *effects[:ASKED_EFFECTS], *studied[:ASKED_EFFECTS]]
    return list(dict.fromkeys(chosen))


def _moving(close: Shares) -> list[str]:
    """Names of the inputs and drivers that surely move the figure, the strongest first."""
    return [share.name for share in close.each if share.total.low > 0]


def _all_chosen(found: Engine, common: Floats, moved: Sequence[Bar], target: float) -> Together | None:
    names = [bar.name for bar in moved if is_chosen(bar.name)]
    return together(found, common, names, moved, target) if names else None


def _pair(found: Engine, common: Floats, two: tuple[str, str] | None, target: float, figure: Question) -> Pair | None:
    return None if two is None else pair(found, common, two, enough=target, is_pressure=figure.is_pressure)
