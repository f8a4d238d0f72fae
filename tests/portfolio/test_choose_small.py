"""What cannot be chosen is said in the plan's words; what can, the same way every time and in either form."""

from __future__ import annotations

import pytest

from portfolio.some_schemes import ROOT, limit, some_schemes
from tripleaim.errors import Impossible, PlanProblems
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.choice_limit import LimitKind
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.choosing import choose
from tripleaim.portfolio.limits import amount_in_words
from tripleaim.portfolio.options import with_choice
from tripleaim.portfolio.record import Choice

DRAWS = 8


@pytest.fixture(scope="module")
def small() -> Plan:
    return some_schemes("home_first", "falls_exercise")


@pytest.fixture(scope="module")
def choice(small: Plan) -> Choice:
    return choose(small, draws=DRAWS)


def test_the_same_seed_gives_the_same_choice(small: Plan, choice: Choice) -> None:
    assert choose(small, draws=DRAWS) == choice


def test_a_limit_takes_out_what_goes_past_it(small: Plan, choice: Choice) -> None:
    """Falls classes cost 390,000 a year, so 100,000 a year leaves nothing to choose."""
    tight = choose(with_tables(small, choice_limits=(limit("revenue", LimitKind.REVENUE, 1e5),)), draws=DRAWS)
    assert "falls_exercise" in choice.of(choice.chosen).schemes
    assert tight.of(tight.chosen).schemes == {}
    assert tight.of(tight.chosen).score.closed.mean == 0 < choice.of(choice.chosen).score.closed.mean


def test_limits_that_leave_no_choice_are_told_in_the_plans_words(small: Plan) -> None:
    rows = (
        limit("little", LimitKind.REVENUE, 1e6),
        limit("much", LimitKind.CARE, 0.9),
        limit("other", LimitKind.HOURS, 1e6),
    )
    with pytest.raises(PlanProblems) as refused:
        choose(with_tables(small, choice_limits=rows), draws=DRAWS)
    said = str(refused.value)
    assert "Limit much in 2020/21: at least 90%" in said
    assert "Limit other" not in said
    assert all(problem.file == "choice_limits.csv" for problem in refused.value.problems)


def test_one_limit_that_nothing_reaches_is_refused_by_the_estimates_and_says_how_far_one_can_go(
    small: Plan, choice: Choice
) -> None:
    most = max(each.score.health.closed.mean for each in choice.candidates)
    row = limit("far", LimitKind.HEALTH, most + 0.2)
    with pytest.raises(PlanProblems) as refused:
        choose(with_tables(small, choice_limits=(row,)), draws=DRAWS)
    (problem,) = refused.value.problems
    assert "by the estimates of the search none can" in problem.expected
    assert f"reaches is {amount_in_words(most, 'fraction')}" in problem.to_fix


def test_what_cannot_be_asked_is_refused(small: Plan) -> None:
    with pytest.raises(Impossible, match="no schemes"):
        choose(with_choice(small, {}))
    with pytest.raises(Impossible, match="none of these"):
        choose(small, aim="quality")


def test_the_reference_form_chooses_too(small: Plan, choice: Choice) -> None:
    slow = choose(small, draws=DRAWS, fast=False)
    assert (slow.kernel, bool(slow.why_slow)) == ("reference", True)
    assert slow.of(slow.chosen).schemes == choice.of(choice.chosen).schemes
    for key in ("planned", "nothing"):
        assert slow.of(key).score.closed.mean == pytest.approx(choice.of(key).score.closed.mean, abs=1.0)
        assert slow.of(key).score.health.closed.mean == pytest.approx(choice.of(key).score.health.closed.mean)


def test_a_pressure_has_no_balance_to_choose_for() -> None:
    plan = read_plan(ROOT / "plans" / "west_north_and_east_cumbria")
    found = choose(plan, draws=DRAWS)
    assert (found.is_pressure, found.of("nothing").score.chance) == (True, None)
    assert {aim.key for aim in found.aims} == {"money", "health", "care", "tail"}
    assert not found.candidates[0].score.organisations
    with pytest.raises(Impossible, match="no balance"):
        choose(plan, aim="chance")
