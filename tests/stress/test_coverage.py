"""Interval coverage by simulation: where the ranges of a plan are right, so are the intervals that are told of it.

A thousand truths are drawn by other means than ours (NumPy's own generator, the normal halves and drivers written out
from method note 9), put through the projection, and laid against what the stress test of the same plan told.
"""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.plan import Plan
from tripleaim.plan.variant import with_tables
from tripleaim.projection.gaps import CASES
from tripleaim.projection.project import run_draws
from tripleaim.projection.run import Run
from tripleaim.stress.families import Family
from tripleaim.stress.findings import Stress, stress
from tripleaim.stress.readings import BALANCED
from tripleaim.stress.spreads import Spreads
from tripleaim.stress.uncertainties import uncertainties

TRUTHS = 1000
SD = 1.2815515655446004
"""Standard deviations from the middle of a normal to the end of its middle eight tenths."""


@pytest.fixture(scope="module")
def drawn_alike(plan: Plan) -> Plan:
    """The invented place, with every number drawn as halves of a normal."""
    return with_tables(plan, shapes=())


@pytest.fixture(scope="module")
def told(drawn_alike: Plan) -> Stress:
    return stress(drawn_alike, 4000, seed=5)


@pytest.fixture(scope="module")
def truths(drawn_alike: Plan) -> Run:
    """What the place came to, in a thousand worlds in which its ranges and drivers were right."""
    world = np.random.default_rng(20161122)
    inputs = uncertainties(drawn_alike)
    assert {each.spread.family for each in inputs} == {Family.NORMAL}
    moved_by = {pull.driver.key: world.standard_normal(TRUTHS) for each in inputs for pull in each.pulls}
    assert moved_by
    happened = {}
    for each in inputs:
        alone = 1 - sum(pull.share for pull in each.pulls)
        score = np.sqrt(alone) * world.standard_normal(TRUTHS)
        for pull in each.pulls:
            score += pull.direction * np.sqrt(pull.share) * moved_by[pull.driver.key]
        stated = each.spread.range
        side = np.where(score < 0, stated.point - stated.low, stated.high - stated.point)
        value = np.clip(stated.point + side * score / SD, each.spread.at_least, each.spread.at_most)
        happened |= dict.fromkeys(each.ranges, value)
    return run_draws(drawn_alike, CASES["hoped"], happened)


def inside(spread: Spreads, happened: np.ndarray) -> tuple[float, float, float]:
    """Shares of what happened, (year, truth), over all plan years: below low, above the middle, above high."""
    low, middle, high = (np.array(each)[:, None] for each in (spread.low, spread.middle, spread.high))
    return tuple(float(np.mean(each)) for each in (happened < low, happened > middle, happened > high))


def test_eight_truths_in_ten_lie_between_low_and_high_for_the_place_and_for_each_of_its_organisations(
    told: Stress, truths: Run
) -> None:
    years = slice(1, 1 + len(told.years))
    amounts = {"both": truths.short_in_all()[years]}
    for n, who in enumerate(truths.axes.nodes[: truths.axes.members]):
        amounts[who] = -(truths.recurrent + truths.one_off)[n, years]
    spreads = [told.of("both", "hoped"), *(each for each in told.organisations if each.case == "hoped")]
    assert len(spreads) == len(amounts)
    for spread in spreads:
        assert inside(spread, amounts[spread.who]) == pytest.approx((0.1, 0.5, 0.1), abs=0.04), spread.who


def test_the_place_balances_in_as_many_worlds_as_the_chance_says(told: Stress, truths: Run) -> None:
    short, chances = truths.short_in_all()[1:], told.of("both", "hoped").met
    for n, chance in enumerate(chances):
        assert np.mean(short[n] <= BALANCED) == pytest.approx(chance, abs=3.5 * np.sqrt(chance * (1 - chance) / TRUTHS))
    assert 0.01 < chances[-1] < 0.99  # else nothing is tried
