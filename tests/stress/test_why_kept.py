"""What a search and a quick look keep and let go, and how many years what must be true has to come true."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stress.formula import formula, uncertain
from tripleaim.stress.factors import factors_of
from tripleaim.stress.why.against import Known
from tripleaim.stress.why.failure import LUCK, Failure, failure
from tripleaim.stress.why.question import question
from tripleaim.stress.why.record import why
from tripleaim.stress.why.screening import screened

TEN = tuple(uncertain(f"n{k}") for k in range(10))


def failures(answer: Callable[[np.ndarray], np.ndarray], seed: int, draws: int) -> Failure:
    """What a search finds of ten numbers; short where the formula is above nought."""
    return failure(formula(TEN, answer), factors_of(TEN), seed, is_pressure=False, draws=draws)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_condition_that_nine_draws_in_ten_keep_to_is_let_go(seed: int) -> None:
    """Short where the first is above 0.3 and the second above -1, which it nearly always is."""
    found = failures(lambda x: np.where((x[0] > 0.3) & (x[1] > -1.0), 1.0, -1.0), seed, draws=1000)
    (box,) = found.boxes
    assert [each.name for each in box.conditions] == ["n0"]
    assert box.conditions[0].at_least == pytest.approx(0.3, abs=0.1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_condition_that_other_draws_do_not_show_again_is_luck_and_let_go(seed: int) -> None:
    """Short where ten numbers that matter alike come to more than 3 together: no few of them tell when that is."""
    assert failures(lambda x: x.sum(axis=0) - 3, seed, draws=512).boxes == ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_beside_a_condition_that_is_solid_those_of_luck_are_let_go(seed: int) -> None:
    """The first matters by far the most, so it alone is told."""
    found = failures(lambda x: x[0] + 0.4 * x[1:4].sum(axis=0) - 1.2, seed, draws=512)
    assert [each.name for each in found.boxes[0].conditions] == ["n0"]
    assert all(each.found_again >= LUCK for box in found.boxes for each in box.conditions)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_numbers_that_matter_only_through_each_other_are_worth_a_close_look(seed: int) -> None:
    """Their product has no effect on average, for one or the other: only how much the effects differ shows it."""
    many = [uncertain(f"{n:03d}") for n in range(70)]
    found = screened(formula(many, lambda x: 2 * x[0] * x[1] + 3 * x[2:10].sum(axis=0)), seed=seed)
    assert {found.factors[n].name for n in found.kept} == {f"{n:03d}" for n in range(10)}


@pytest.mark.parametrize("year", [0, 2, 4])
def test_what_must_be_true_has_the_years_from_the_first_of_the_plan_to_the_one_asked_about(year: int) -> None:
    whole = formula(TEN, lambda x: 1e6 * (x.sum(axis=0) + 2))
    known = Known(point=0.03, low=0.02, high=0.05, of="care", share=0.1, pace=0.01, pace_years=6)
    asked = question(whole.plan, year=whole.plan.years[year])
    told, *_ = why(whole, asked, names=["n0"], known={"n0": known}, draws=8, searched=64).must_be
    assert told.against is not None
    assert told.against.years_at_best - told.against.years_faster == pytest.approx(year + 1)
