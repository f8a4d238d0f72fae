"""Money to hold, and what starting sooner or later does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.plan import Plan
from tripleaim.plan.scheme import CostKind
from tripleaim.quantities import first_calendar_year, months_since_april
from tripleaim.stress.named.contingency import SURENESS, Contingency, contingency, enough
from tripleaim.stress.named.named_stress import named_stress
from tripleaim.stress.named.outcomes import HowDrawn, Outcomes, outcomes
from tripleaim.stress.named.speed import Pace, paces
from tripleaim.stress.named.start_months import shifted
from tripleaim.stress.named.telling import contingency_in_words, pace_in_words
from tripleaim.stress.named.trying import try_tests

ROOT = Path(__file__).resolve().parents[2]
FEW = HowDrawn(draws=60, seed=3)
YEARS = ("2016/17",)


@pytest.fixture(scope="module")
def base(plan: Plan) -> Outcomes:
    return outcomes(plan, FEW)


def two_bodies(one: list[float], other: list[float], *, is_pressure: bool = False) -> Outcomes:
    """Outcomes of one year, worked by hand: shortfalls of two organisations, draw by draw; their points are nought."""
    bodies = np.array([[one], [other]])
    return Outcomes(
        years=YEARS,
        members=("one", "other"),
        is_pressure=is_pressure,
        short={"hoped": bodies.sum(axis=0)},
        point={"hoped": np.zeros(1)},
        organisations={"hoped": bodies},
        organisations_point={"hoped": np.zeros((2, 1))},
    )


def held(plan: Plan, found: Outcomes) -> Contingency:
    return contingency(plan, base=found)


# Money to hold


@pytest.mark.parametrize("sure", SURENESS)
def test_the_money_is_enough_as_often_as_asked_and_a_penny_less_is_not(plan: Plan, base: Outcomes, sure: float) -> None:
    short = base.organisations["hoped"].sum(axis=0)
    for amount, draws in zip(held(plan, base).of(sure).amount, short, strict=True):
        assert amount > 0
        assert (draws <= amount).mean() >= sure
        assert (draws <= amount - 0.01).mean() < sure


def test_nobody_holds_less_than_nothing() -> None:
    assert enough(np.array([[-5.0, -4.0, -3.0, -2.0]]), 0.9) == (0.0,)


def test_being_surer_never_costs_less(plan: Plan, base: Outcomes) -> None:
    found = held(plan, base)
    for who in ("both", *base.members):
        amounts = np.array([found.of(sure, who).amount for sure in SURENESS])
        assert (np.diff(amounts, axis=0) >= 0).all()


def test_bodies_struck_on_different_days_need_less_in_one_pot(plan: Plan) -> None:
    found = held(plan, two_bodies([10, 0, 0, 0, 0], [0, 10, 0, 0, 0]))
    assert found.of(0.9).amount == (10.0,)
    assert found.apart_in_all(0.9) == (20.0,)
    assert found.saved_together(0.9) == (10.0,)
    assert "bad luck does not strike all of them at once" in contingency_in_words(held(plan, more(found)), 0.9)


def more(found: Contingency) -> Outcomes:
    """The same as above in millions, so that words have something to tell."""
    return two_bodies([10e6, 0, 0, 0, 0], [0, 10e6, 0, 0, 0])


def test_bodies_struck_together_need_as_much_in_one_pot(plan: Plan) -> None:
    found = held(plan, two_bodies([10, 0, 0, 0, 0], [10, 0, 0, 0, 0]))
    assert found.saved_together(0.9) == (0.0,)


def test_one_pot_can_need_more_and_then_it_is_told_so(plan: Plan) -> None:
    found = held(plan, two_bodies([1e6, 0, 0, 0, 0], [0, 1e6, 0, 0, 0]))
    assert found.of(0.8).amount == (1e6,)
    assert found.apart_in_all(0.8) == (0.0,)  # each is enough four times in five; both at once only three times
    assert "not enough for all of them at once as often" in contingency_in_words(found, 0.8)


def test_a_surplus_of_one_body_helps_only_in_one_pot(plan: Plan) -> None:
    found = held(plan, two_bodies([3e6, 3e6], [-2e6, -2e6]))
    assert found.of(0.9).amount == (1e6,)
    assert found.of(0.9, "one").amount == (3e6,)


def test_of_a_pressure_the_money_is_above_the_plans_own_figure(pressure: Plan) -> None:
    base = outcomes(pressure, FEW)
    found = held(pressure, base)
    above = (base.organisations["hoped"] - base.organisations_point["hoped"][..., None]).sum(axis=0)
    assert found.of(0.8).amount == enough(above, 0.8)
    assert found.planned == (0.0,) * 5
    assert contingency_in_words(found, 0.8).startswith("To stay at the plan's own figure in 2020/21 eight times in ten")


# Speed


def starts(plan: Plan) -> dict[str, int]:
    return {each.key: months_since_april(each.start, plan.heading.first_year) for each in plan.schemes}


@pytest.mark.parametrize("months", [-12, -6, 6, 12, 24])
def test_a_shifted_plan_could_have_been_read_from_files(plan: Plan, months: int) -> None:
    crosscheck_plan(shifted(plan, months).plan)


@pytest.mark.parametrize("months", [-12, 6, 24])
def test_every_scheme_is_told_as_moved_moved_less_left_or_gone(plan: Plan, months: int) -> None:
    found = shifted(plan, months)
    was, now = starts(plan), starts(found.plan)
    assert sorted((*found.moved, *found.capped, *found.begun, *found.gone)) == sorted(was)
    assert {now[key] - was[key] for key in found.moved} == {months}
    assert all(months < now[key] - was[key] < 0 for key in found.capped)
    assert all(now[key] == was[key] for key in found.begun)
    assert set(found.gone).isdisjoint(now)


def test_nothing_starts_before_the_plan_was_written(plan: Plan) -> None:
    written = months_since_april(plan.heading.dated[:7], plan.heading.first_year)
    was, now = starts(plan), starts(shifted(plan, -120).plan)
    assert {key: now[key] for key in was if was[key] < written} == {k: v for k, v in was.items() if v < written}
    assert {now[key] for key in was if was[key] >= written} == {written}


def test_dated_money_moves_with_the_start(plan: Plan) -> None:
    found = shifted(plan, 12)
    was = {row.key: row for row in plan.costs}
    for row in found.plan.costs:
        years = 1 if row.scheme in found.moved and row.year else 0
        if row.year:
            assert first_calendar_year(row.year) == first_calendar_year(was[row.key].year) + years
    late = {row.scheme for row in plan.costs if row.kind is CostKind.CAPITAL and row.year == plan.years[-1]}
    assert late.isdisjoint({row.scheme for row in found.plan.costs if row.kind is CostKind.CAPITAL})


def test_no_shift_leaves_the_plan(plan: Plan) -> None:
    assert shifted(plan, 0).plan == plan


@pytest.fixture(scope="module")
def few_paces(plan: Plan, base: Outcomes) -> tuple[Pace, ...]:
    return paces(plan, FEW, months=(-12, 0, 24), base=base)


def test_the_plan_as_it_is_stands_among_its_paces(few_paces: tuple[Pace, ...], base: Outcomes) -> None:
    as_planned = few_paces[1]
    assert as_planned.is_possible
    assert (as_planned.hoped.lost, as_planned.hoped.meantime, as_planned.hoped.points_lost) == (0, 0, 0)
    assert as_planned.hoped.after.chance == base.chance("hoped")


def test_later_starts_leave_more_short_in_the_last_year(few_paces: tuple[Pace, ...]) -> None:
    earlier, _, later = few_paces
    assert earlier.hoped.lost < 0 < later.hoped.lost
    assert not earlier.is_possible


def test_a_pace_says_what_cannot_be(few_paces: tuple[Pace, ...], plan: Plan) -> None:
    told = pace_in_words(few_paces[0], plan)
    assert told.startswith("12 months earlier: short by £")
    assert "Begun when the plan was written, so left as they are: 8 schemes." in told
    assert "no scheme can start before then: 7 schemes" in told
    assert "No longer in the plan's years: " in pace_in_words(few_paces[2], plan)


def test_everything_comes_from_the_same_draws(pressure: Plan) -> None:
    found = named_stress(pressure, FEW)
    assert [each.case for each in found.contingency] == ["hoped", "resourced"]
    assert len(found.paces) == 7
    assert (found.tests, found.paces) == (try_tests(pressure, FEW), paces(pressure, FEW))
    assert found.contingency[0] == contingency(pressure, FEW) != contingency(pressure, replace(FEW, seed=1))
