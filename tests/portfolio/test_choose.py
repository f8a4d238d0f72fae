"""Which schemes together: candidates under limits, scored under the full model, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tripleaim.errors import Impossible, PlanProblems
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.aim_weight import Aim, AimWeight
from tripleaim.plan.choice_limit import ChoiceLimit, LimitKind
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.change import with_cost_of_change
from tripleaim.portfolio.choosing import choose
from tripleaim.portfolio.options import with_choice
from tripleaim.portfolio.record import Candidate, Choice
from tripleaim.projection.project import run_cases
from tripleaim.stress import stress

ROOT = Path(__file__).resolve().parents[2]
SOME = (
    "home_first",
    "shared_record",
    "gp_hubs",
    "blood_pressure",
    "falls_exercise",
    "walk_in_night",
    "one_site_surgery",
    "theatre_and_clinics",
)
DRAWS = 150


def limit(key: str, kind: LimitKind, amount: float, of: str = "", year: str = "") -> ChoiceLimit:
    return ChoiceLimit(key=key, name=f"Limit {key}", kind=kind, of=of, year=year, amount=amount, source="scheme_cases")


@pytest.fixture(scope="module")
def place() -> Plan:
    """Some schemes of the invented place, with one limit on money and the weights of two partners."""
    whole = read_plan(ROOT / "plans" / "wealdshire_and_marsh")
    plan = with_choice(whole, dict.fromkeys(SOME, 0))
    points = {"marsh_council": (60.0, 30.0, 10.0), "wealdshire_royal": (10.0, 20.0, 70.0)}
    weights = tuple(
        AimWeight(organisation=body, gap=gap, points=own, source="scheme_cases")
        for body, every in points.items()
        for gap, own in zip(Aim, every, strict=True)
    )
    return with_tables(
        plan,
        choice_limits=(limit("revenue", LimitKind.REVENUE, 9e6),),
        aim_weights=weights,
        least_volumes=(),
        leadership_hours=(),
        own_tests=(),
        own_test_changes=(),
    )


@pytest.fixture(scope="module")
def small(place: Plan) -> Plan:
    """Three of these schemes."""
    return with_choice(place, {"home_first": 0, "falls_exercise": 0, "theatre_and_clinics": 0})


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


def test_what_a_cut_loses_stands_beside_what_it_saves(choice: Choice) -> None:
    at = choice.of(choice.chosen)
    assert {each.scheme for each in choice.losses} == set(at.schemes)
    for each in choice.losses:
        assert sum(each.spending) >= 0
    record = next((each for each in choice.losses if each.scheme == "shared_record"), None)
    if record is not None:
        assert record.along == ("General practice hubs in six towns",)


def test_every_scheme_left_out_has_its_reason(choice: Choice) -> None:
    assert {each.scheme for each in choice.left_out} == set(SOME) - set(choice.of(choice.chosen).schemes)
    assert all(each.costs >= 0 for each in choice.left_out), "a better set was found and not put forward"
    assert all(each.reason for each in choice.left_out)


def test_the_same_seed_gives_the_same_choice_and_a_further_limit_never_helps(small: Plan) -> None:
    one, again = choose(small, draws=20), choose(small, draws=20)
    assert again == one
    tight = choose(with_tables(small, choice_limits=(limit("revenue", LimitKind.REVENUE, 5e6),)), draws=20)
    assert "home_first" not in tight.of(tight.chosen).schemes
    assert tight.of(tight.chosen).score.closed.mean <= one.of(one.chosen).score.closed.mean


def test_limits_that_leave_no_choice_are_told_in_the_plans_words(place: Plan) -> None:
    rows = (
        limit("little", LimitKind.REVENUE, 1e6),
        limit("much", LimitKind.CARE, 0.9),
        limit("other", LimitKind.HOURS, 1e6),
    )
    with pytest.raises(PlanProblems) as refused:
        choose(with_tables(place, choice_limits=rows), draws=20)
    said = str(refused.value)
    assert "Limit much in 2020/21: at least 90%" in said
    assert "Limit other" not in said
    assert all(problem.file == "choice_limits.csv" for problem in refused.value.problems)


def test_what_cannot_be_asked_is_refused(place: Plan) -> None:
    with pytest.raises(Impossible, match="no schemes"):
        choose(with_choice(place, {}))
    with pytest.raises(Impossible, match="none of these"):
        choose(place, aim="quality")


def test_the_reference_form_chooses_too(small: Plan) -> None:
    slow, fast = choose(small, draws=6, fast=False), choose(small, draws=6)
    assert (slow.kernel, bool(slow.why_slow)) == ("reference", True)
    assert slow.of(slow.chosen).schemes == fast.of(fast.chosen).schemes
    assert slow.of("planned").score.closed.mean == pytest.approx(fast.of("planned").score.closed.mean, abs=1.0)


def test_a_pressure_has_no_balance_to_choose_for() -> None:
    plan = read_plan(ROOT / "plans" / "west_north_and_east_cumbria")
    found = choose(plan, draws=50)
    assert (found.is_pressure, found.of("nothing").score.chance) == (True, None)
    assert {aim.key for aim in found.aims} == {"money", "health", "care", "tail"}
    assert not found.candidates[0].score.organisations
    with pytest.raises(Impossible, match="no balance"):
        choose(plan, aim="chance")


def test_every_number_is_a_number(choice: Choice) -> None:
    for each in choice.candidates:
        told = replace(each.score.closed), each.score.short, each.score.health.closed, each.score.care.closed
        assert all(np.isfinite([one.mean, one.low, one.middle, one.high]).all() for one in told)
        assert each.score.closed.low <= each.score.closed.middle <= each.score.closed.high
