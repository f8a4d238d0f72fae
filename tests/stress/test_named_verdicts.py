"""A verdict to the pound: what a test may cost, whom it touches, and what of it would not be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stress.named_by_hand import a_test, number, richer, tried
from tripleaim.plan import Plan
from tripleaim.plan.own_test import Operation, Rule
from tripleaim.stress.named.change import changed
from tripleaim.stress.named.named_test import Change
from tripleaim.stress.named.outcomes import HowDrawn, Outcomes, outcomes
from tripleaim.stress.named.trying import Verdict
from tripleaim.stress.named.yardstick import Yardstick


@pytest.fixture(scope="module")
def base(plan: Plan) -> Outcomes:
    return outcomes(plan, HowDrawn(draws=1))


def short_by(base: Outcomes, amount: float) -> Outcomes:
    """The same, short by so much in its last year as hoped, GBP."""
    return replace(base, point={**base.point, "hoped": np.full(len(base.years), amount)})


def test_a_plan_in_balance_to_half_a_penny_has_to_stay_there_and_one_short_by_a_penny_may_lose(
    plan: Plan, base: Outcomes
) -> None:
    kept, missed = (Yardstick(plan=plan, base=short_by(base, amount)) for amount in (0.004, 0.01))
    assert kept.most_lost(a_test()) is None
    assert missed.most_lost(a_test(allowed=0.2)) == pytest.approx(0.2 * missed.if_nothing_changes)


def test_a_place_with_money_to_spare_if_nothing_changes_may_lose_nothing(plan: Plan, base: Outcomes) -> None:
    yard = Yardstick(plan=richer(plan, 900e6), base=short_by(base, 5.0))
    assert yard.if_nothing_changes < 0
    assert yard.most_lost(a_test()) == 0


LAST = "organisation=marsh_commissioner; kind=core; year=2020/21"
OTHER = "organisation=south_wealdshire_commissioner; kind=core; year=2020/21"


def given(amount: float, where: str = LAST) -> Change:
    """A change that gives a commissioner so much more in the last year, GBP."""
    return number("allocations", "amount", Operation.ADD, amount, where=where)


@pytest.mark.parametrize(("allowed", "verdict"), [(1e6, Verdict.PASSED), (1e6 - 1, Verdict.FAILED)])
def test_a_plan_that_loses_what_it_may_to_the_pound_passes(plan: Plan, allowed: float, verdict: Verdict) -> None:
    found = tried(plan, a_test(given(-1e6), rule=Rule.LOSES_AT_MOST, allowed=allowed))
    assert found.hoped is not None
    assert found.hoped.lost == pytest.approx(1e6)
    assert found.verdict is verdict


def test_money_that_only_changes_hands_changes_something(plan: Plan) -> None:
    """The place is no shorter, and one of its organisations is."""
    found = tried(plan, a_test(given(-2e6), given(2e6, OTHER)))
    assert found.done.rows == 2
    assert found.hoped is not None
    assert found.hoped.lost == pytest.approx(0, abs=0.01)
    assert found.verdict is not Verdict.CHANGES_NOTHING


def test_what_would_not_be_seen_is_told_though_a_later_change_is(pressure: Plan) -> None:
    dearer = number("activity", "unit_cost", Operation.MULTIPLY, 1.1)
    more = number("activity", "growth", Operation.ADD, 0.01)
    for changes in ((dearer, more), (more, dearer)):
        done = changed(pressure, a_test(*changes)).done
        assert (done.unseen, done.rows) == (True, len(pressure.activity))
