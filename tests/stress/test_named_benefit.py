"""What takes benefit away is held against the benefit, with the draws of the headline."""

from __future__ import annotations

import numpy as np
import pytest

from stress.named_by_hand import FEW, STANDARD, a_test, number, richer, tried
from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.plan.own_test import Judged, Operation, Rule
from tripleaim.plan.variant import with_tables
from tripleaim.projection import project
from tripleaim.stress.findings import stress
from tripleaim.stress.named.change import changed
from tripleaim.stress.named.named_test import ALLOWED, Change
from tripleaim.stress.named.outcomes import HowDrawn, Outcomes, outcomes
from tripleaim.stress.named.removal import without_schemes
from tripleaim.stress.named.telling import in_words, summary
from tripleaim.stress.named.trying import Verdict
from tripleaim.stress.patterns import without_idle_patterns


@pytest.fixture(scope="module")
def base(plan: Plan) -> Outcomes:
    return outcomes(plan, FEW)


BENEFIT = {"benefits_late", "benefits_early", "benefits_as_elsewhere", "capital_refused", "staff_not_found"}


def test_tests_that_take_benefit_away_ask_how_much_of_it_is_kept() -> None:
    assert {key for key, test in STANDARD.items() if test.rule is Rule.KEEPS} == {*BENEFIT, "partner_leaves"}
    assert {key for key, test in STANDARD.items() if test.rule is Rule.HOLDS} == {
        "demand_up",
        "pay_up",
        "care_money_cut",
    }


def paying(plan: Plan) -> Plan:
    """The plan with schemes that cost nothing, so that they bring what they release."""
    return with_tables(plan, costs=())


GONE = number("effects", "effect", Operation.MULTIPLY, 0.0)
LESS = number("effects", "effect", Operation.MULTIPLY, 0.97)


@pytest.mark.parametrize(("change", "verdict"), [(GONE, Verdict.FAILED), (LESS, Verdict.PASSED)])
def test_a_pressure_can_fail_a_test_of_its_benefit(pressure: Plan, change: Change, verdict: Verdict) -> None:
    plan = paying(pressure)
    found = tried(plan, a_test(change, rule=Rule.KEEPS))
    run = project(plan).scope("both")
    assert found.brought == pytest.approx(run.do_nothing[-2] - run.hoped[-2])
    assert found.brought is not None
    assert found.brought > 0
    assert found.most_lost == pytest.approx(ALLOWED * found.brought)
    assert found.verdict is verdict
    assert tried(plan, a_test(change)).verdict is Verdict.PASSED  # all of it is little beside the pressure


def test_schemes_that_bring_no_money_have_nothing_to_lose_and_that_is_no_pass(pressure: Plan) -> None:
    found = tried(pressure, a_test(GONE, rule=Rule.KEEPS))
    run = project(pressure).scope("both")
    assert run.hoped[-2] > run.do_nothing[-2]
    assert found.verdict is Verdict.NOTHING_TO_LOSE
    told = in_words(found, pressure)
    assert told.startswith(
        "Mine: nothing to lose. As hoped, the schemes bring no money in 2020/21 that could be lost: with them, "
        "pressure is £0.1m more than if nothing changed."
    )
    assert summary([found]) == "Passed 0 of the 0 tests that could be tried. 1 say nothing of this plan."


def test_the_benefit_is_that_of_the_case_judged(plan: Plan, base: Outcomes) -> None:
    run = project(plan).scope("both")
    for judged, short in ((Judged.HOPED, run.hoped[-2]), (Judged.RESOURCED, run.resourced[-2])):
        found = tried(plan, a_test(GONE, rule=Rule.KEEPS, judged=judged), base)
        assert found.brought == pytest.approx(run.do_nothing[-2] - short, abs=0.01)
        assert found.verdict is Verdict.FAILED


def test_a_plan_that_balanced_has_to_balance_without_some_of_its_benefit_too(plan: Plan) -> None:
    rich = richer(plan, 68e6)
    assert tried(rich, a_test(LESS, rule=Rule.KEEPS)).verdict is Verdict.FAILED  # it keeps 97 %, and is short now
    assert tried(richer(plan, 500e6), a_test(GONE, rule=Rule.KEEPS)).verdict is Verdict.PASSED


# Sobol' points


@pytest.mark.parametrize("together", [True, False])
def test_with_sobol_points_the_draws_are_those_of_the_headline(pressure: Plan, together: bool) -> None:
    found = outcomes(pressure, HowDrawn(draws=64, seed=3, together=together, sobol=True))
    headline = stress(pressure, 64, 3, together=together, sobol=True, fast=False)
    assert found.short["hoped"].mean(axis=1) == pytest.approx(headline.of("both", "hoped").mean, rel=1e-12)
    streams = outcomes(pressure, HowDrawn(draws=64, seed=3, together=together))
    assert not np.allclose(found.short["hoped"], streams.short["hoped"])


def test_with_sobol_points_a_changed_plan_keeps_the_draws_of_the_plan(plan: Plan) -> None:
    points = HowDrawn(draws=16, seed=3, sobol=True)
    base = outcomes(plan, points)
    after = changed(plan, a_test(number("capacity", "target_occupancy", Operation.ADD, 0.0)))
    assert np.array_equal(outcomes(after.plan, points, base).short["hoped"], base.short["hoped"])
    smaller = without_idle_patterns(without_schemes(plan, {"agency_ceiling"}).plan)
    lost = outcomes(smaller, points, base)
    assert lost.dimensions == base.dimensions  # names that went keep their place, so that no other moves
    assert lost.dimensions != outcomes(smaller, points).dimensions


def test_sobol_points_come_in_powers_of_two(plan: Plan) -> None:
    with pytest.raises(Impossible, match="powers of two"):
        outcomes(plan, HowDrawn(draws=40, sobol=True))
