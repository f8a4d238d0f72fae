"""Which schemes together: candidates under limits, scored under the full model, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from portfolio.some_schemes import SOME, some_schemes
from tripleaim.plan import Plan
from tripleaim.portfolio.change import with_cost_of_change
from tripleaim.portfolio.choosing import choose
from tripleaim.portfolio.model import model
from tripleaim.portfolio.options import with_choice
from tripleaim.portfolio.record import Candidate, Choice
from tripleaim.projection.project import run_cases
from tripleaim.stress import stress

DRAWS = 60


@pytest.fixture(scope="module")
def place() -> Plan:
    return some_schemes(*SOME)


@pytest.fixture(scope="module")
def choice(place: Plan) -> Choice:
    return choose(place, draws=DRAWS)


def able(choice: Choice) -> list[Candidate]:
    return [each for each in choice.candidates if not each.broken]


def test_doing_nothing_the_plan_and_doing_less_are_always_there(choice: Choice) -> None:
    assert choice.of("nothing").taken == ()
    assert {each.scheme for each in choice.of("planned").taken} == set(SOME)
    assert len(choice.of("less").taken) <= len(SOME) // 2


def test_what_a_candidate_does_is_what_the_plan_with_that_choice_does(place: Plan, choice: Choice) -> None:
    """The score at the stated numbers is that of the projection, the cost of change counted."""
    plan = with_cost_of_change(place)
    for each in choice.candidates:
        run = run_cases(with_choice(plan, each.schemes))
        short = float(run.short("hoped")[run.axes.last])
        assert each.score.short_point == pytest.approx(short, abs=1.0), each.name


def test_what_the_plan_closes_without_the_cost_of_change_stands_beside(place: Plan, choice: Choice) -> None:
    made = model(place, 1, 1, fast=False)
    run = made.at_points(made.whole.worlds([{}, dict.fromkeys(SOME, 0)]))
    nothing, planned = made.reading.read(run).T
    assert choice.plan_without_cost_of_change == pytest.approx(float(made.reading.closed(planned, nothing)), abs=1.0)
    assert choice.plan_without_cost_of_change > choice.of("planned").score.closed_point


def test_draws_are_those_of_a_stress_test(place: Plan, choice: Choice) -> None:
    plan, each = with_cost_of_change(place), choice.of(choice.chosen)
    told = stress(with_choice(plan, each.schemes), draws=DRAWS).of("both", "hoped")
    assert each.score.short.mean == pytest.approx(told.mean[-1], abs=1.0)


def test_no_candidate_that_keeps_every_limit_spends_more_than_it_may(choice: Choice) -> None:
    assert len(able(choice)) >= 3
    assert all(max(each.score.revenue) <= 9e6 * (1 + 1e-6) for each in able(choice))
    assert any("Limit revenue" in name for name in choice.of("planned").broken)


def test_the_best_for_an_aim_is_best_under_the_full_model(choice: Choice) -> None:
    closed = {each.key: each.score.closed.mean for each in able(choice)}
    assert choice.of(choice.chosen).score.closed.mean == max(closed.values())
    care = next(aim for aim in choice.aims if aim.key == "care")
    most = max(each.score.care.closed.mean for each in able(choice))
    assert choice.of(care.best).score.care.closed.mean == care.most == most > care.nothing == 0


def test_a_scheme_never_stands_without_what_it_needs(choice: Choice) -> None:
    assert all("shared_record" in each.schemes for each in choice.candidates if "gp_hubs" in each.schemes)


def test_a_set_is_on_the_frontier_only_if_no_other_beats_it_in_all_three_gaps(choice: Choice) -> None:
    points = [(each.money, each.health, each.care) for each in choice.frontier]
    assert points == sorted(points, reverse=True)
    assert len(points) >= 2
    for one in points:
        assert not any(other != one and all(a >= b for a, b in zip(other, one, strict=True)) for other in points)


def test_partners_are_told_one_by_one(choice: Choice) -> None:
    for partner in choice.partners:
        own = {
            each.key: next(value.value for value in each.values if value.partner == partner.key)
            for each in able(choice)
        }
        assert own["nothing"] == 0
        assert own[partner.best] == max(own.values()) <= 1 + 1e-9


def test_regret_is_how_far_a_candidate_lies_behind_the_best_in_the_same_test(choice: Choice) -> None:
    keys = {each.key for each in able(choice)}
    assert choice.tests[0].key == "as_it_is"
    for test in choice.tests:
        own = {each.candidate: each for each in choice.tried if each.test == test.key}
        most = max(own[key].closed for key in keys)
        assert own[test.best].closed == most
        assert all(each.regret == pytest.approx(max(0.0, most - each.closed)) for each in own.values())
    worst = {each.candidate: each.worst for each in choice.regrets}
    assert worst[choice.least_regret] == min(worst[key] for key in keys)


def test_what_holds_is_counted_over_the_tests_in_which_something_goes_otherwise(choice: Choice) -> None:
    for each in choice.regrets:
        own = [one.holds for one in choice.tried if one.candidate == each.candidate and one.test != "as_it_is"]
        assert (each.held, each.of) == (sum(own), len(choice.tests) - 1)


def test_what_a_cut_loses_stands_beside_what_it_saves(choice: Choice) -> None:
    at = choice.of(choice.chosen)
    assert {each.scheme for each in choice.losses} == set(at.schemes)
    for each in choice.losses:
        assert sum(each.spending) >= 0


def test_every_scheme_left_out_has_its_reason(choice: Choice) -> None:
    assert {each.scheme for each in choice.left_out} == set(SOME) - set(choice.of(choice.chosen).schemes)
    assert all(each.costs >= 0 for each in choice.left_out), "a better set was found and not put forward"
    assert all(each.reason for each in choice.left_out)


def test_every_number_is_a_number(choice: Choice) -> None:
    for each in choice.candidates:
        told = replace(each.score.closed), each.score.short, each.score.health.closed, each.score.care.closed
        assert all(np.isfinite([one.mean, one.low, one.middle, one.high]).all() for one in told)
        assert each.score.closed.low <= each.score.closed.middle <= each.score.closed.high
