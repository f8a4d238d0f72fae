"""Measures of who gains and who pays, held to a worked example and to what must be so of all (method note 15)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentives.recorded import same_when_recorded
from known_answers.entered import figures
from tripleaim.errors import Impossible
from tripleaim.incentives.measures import (
    alignment,
    chances,
    effort,
    exposure,
    individual_rationality,
    leakage,
    marginal_rule,
    present_value,
    running_total,
    timing,
    under_duress,
    who_bears,
)

KNOWN = figures("home_first_agreement")
GIVEN, EXPECTED = KNOWN["inputs"], KNOWN["expected"]


def home_first_over_five_years() -> np.ndarray:
    """Commissioner, hospital, community, council: care is avoided by the ramp, cost is released later than that."""
    ramp, release, of = np.array(GIVEN["ramp"]), np.array(GIVEN["release_by_year"]), GIVEN["care_avoided"]
    paid = GIVEN["timing_marginal"] * of * ramp
    community = -np.array(GIVEN["community_cost_by_year"])
    return np.stack([paid, release * of * ramp - paid, community, -GIVEN["council_cost"] * ramp])


def some_positions(seed: int = 1) -> np.ndarray:
    """Four bodies, five years, six draws."""
    return np.random.default_rng(seed).normal(0, 3, (4, 5, 6))


# --- the worked example ---


def test_home_first_over_five_years_comes_to_the_known_present_values() -> None:
    positions = home_first_over_five_years()
    found = timing(positions, GIVEN["discount_rate"])
    assert found.present_value == pytest.approx(EXPECTED["present_values"], abs=5e-4)
    everybody = timing(positions.sum(axis=0)[None], GIVEN["discount_rate"])
    assert everybody.present_value.item() == pytest.approx(EXPECTED["present_value_of_all"], abs=5e-4)
    assert everybody.trough.item() == pytest.approx(EXPECTED["trough"])
    assert everybody.trough_year.item() == EXPECTED["trough_year"]
    assert everybody.payback_year.item() == EXPECTED["payback_year"]
    assert found.payback_year.tolist() == [1, 1, math.inf, math.inf]  # who does the work never gets it back


def test_a_pound_spent_and_what_must_stay_with_whoever_spends_it() -> None:
    released = GIVEN["released_share"] * GIVEN["care_avoided"]
    found = effort(gain=released, cost=GIVEN["community_cost"] + GIVEN["council_cost"])
    assert found.gain_per_pound.item() == pytest.approx(EXPECTED["gain_per_pound"], abs=5e-4)
    assert found.least_share.item() == pytest.approx(EXPECTED["least_share_kept"], abs=5e-4)


@pytest.mark.parametrize(("form", "refusing"), [("activity", 3), ("blended", 2), ("block", 2)])
def test_who_is_paid_to_refuse_under_each_form(form: str, refusing: int) -> None:
    found = alignment(EXPECTED["positions"][form])
    assert found.paid_to_refuse.sum() == refusing
    assert found.index.sum() == pytest.approx(1)
    assert found.index * EXPECTED["gain"] == pytest.approx(EXPECTED["positions"][form])


def test_a_hospital_that_joins_at_a_loss_because_staying_out_is_worse_is_under_duress() -> None:
    """Left out, it loses the price of the care avoided and releases 30 % of it."""
    left_out = -(1 - GIVEN["released_share_alone"]) * GIVEN["care_avoided"]
    assert left_out == pytest.approx(EXPECTED["hospital_left_out"])
    joins = np.array([[EXPECTED["positions"]["activity"][1]]])
    today, otherwise = individual_rationality(joins), individual_rationality(joins, [[left_out]])
    assert under_duress(today, otherwise).tolist() == [True]
    lost = exposure([[left_out]], [GIVEN["hospital_turnover"]])
    assert lost.worst_year_of_turnover.item() == pytest.approx(
        EXPECTED["hospital_left_out_share_of_turnover"], abs=5e-5
    )
    worse = individual_rationality(joins, [[-1.0]])
    assert not under_duress(today, worse).any()  # it does not join at all
    blended = individual_rationality([[EXPECTED["positions"]["blended"][1]]])
    assert not under_duress(blended, otherwise).any()


def test_the_marginal_payment_may_be_as_high_as_the_share_of_cost_released() -> None:
    value = GIVEN["care_avoided"]
    released = GIVEN["released_share"] * value
    rates = [EXPECTED["marginal_that_holds"], EXPECTED["marginal_that_does_not"], GIVEN["released_share"]]
    found = marginal_rule(rates, [released] * 3, [value] * 3)
    assert found.holds.tolist() == [True, False, True]
    assert found.released_share == pytest.approx(GIVEN["released_share"])
    paid_in_full = marginal_rule(1.0, released, value)
    assert paid_in_full.room.item() == pytest.approx(EXPECTED["positions"]["activity"][1])


def test_those_who_bear_the_cost_have_none_of_the_benefit() -> None:
    found = who_bears(cost=[0, 0, 2.6, 0.5], benefit=[0, 5.4, 0, 0])
    assert found.cost.tolist() == pytest.approx([0, 0, 2.6 / 3.1, 0.5 / 3.1])
    assert found.mismatch.item() == 1


# --- by hand ---


def test_shares_of_cost_and_benefit_lie_half_their_differences_apart() -> None:
    found = who_bears(cost=[[1.0, 0.0, 2.0], [1.0, 0.0, 2.0]], benefit=[[3.0, 5.0, 0.0], [1.0, 5.0, 0.0]])
    assert found.mismatch.tolist() == [0.25, 0, 0]  # 50 and 50 against 75 and 25; then no cost; then no benefit


def test_payback_counts_from_when_it_is_never_behind_again() -> None:
    found = timing([[-1, 2, -3, 1, 4], [-1, 0.5, 0.5, 0, 0], [1, 1, 1, 1, 1], [0, 0, 0, 0, -1]])
    assert found.payback_year.tolist() == [5, 3, 1, math.inf]
    assert found.trough.tolist() == [-2, -1, 1, -1]
    assert found.trough_year.tolist() == [3, 1, 1, 5]
    assert found.worst.tolist() == [-3, -1, 1, -1]
    assert found.worst_year.tolist() == [3, 1, 1, 5]


def test_pence_that_do_not_add_up_in_binary_are_paid_back_all_the_same() -> None:
    assert timing([[-1.1, 0.7, 0.4]]).payback_year.item() == 3


def test_exposure_is_the_worst_year_and_the_deepest_point() -> None:
    found = exposure([[-2, -3, 4], [1, 1, 1]], turnover=[100, 10])
    assert found.worst_year.tolist() == [3, 0]
    assert found.peak.tolist() == [5, 0]
    assert found.peak_of_turnover.tolist() == [0.05, 0]


def test_what_lands_outside_is_told_net_and_as_a_share_of_gains() -> None:
    found = leakage([[4.0], [-2.0], [1.5], [-0.5], [0.5]], [True, True, False, False, False])
    assert found.amount.tolist() == [1.5]
    assert found.share.tolist() == pytest.approx([2 / 6])
    assert leakage([-1.0, -2.0], [True, False]).share.item() == 0


def test_a_body_may_be_short_in_one_year_and_ahead_over_all() -> None:
    found = individual_rationality([[-1.0, 5.0], [-1.0, 0.5]], tolerance=[1.0, 0.0])
    assert found.worst.tolist() == [-1, -1]
    assert found.holds.tolist() == [True, False]
    assert found.short_over_the_years.tolist() == [False, True]
    assert found.short_in_year.tolist() == [[False, False], [True, False]]
    assert individual_rationality([[-1.0, 5.0]]).holds.tolist() == [False]
    assert individual_rationality([[-0.4, -0.4], [-0.6, -0.6]], tolerance=1.0).holds.tolist() == [True, False]


def test_over_draws_a_verdict_is_a_probability() -> None:
    draws = np.array([[[1.0, -1.0, -1.0, 1.0], [3.0, 3.0, -1.0, 0.0]]])
    found = chances(individual_rationality(draws))
    assert found.in_year.tolist() == [[0.5, 0.25]]
    assert found.over_the_years.tolist() == [0.25]
    assert found.at_all.tolist() == [0.5]
    left_out = np.full((1, 2, 4), -2.0)
    assert chances(individual_rationality(draws, left_out)).at_all.tolist() == [0]


def test_a_scheme_that_costs_all_and_pays_one_pays_that_one_to_go_along() -> None:
    found = alignment([3.0, -5.0, 0.0])
    assert found.paid_to_go_along.tolist() == [True, False, False]
    assert not found.paid_to_refuse.any()
    assert alignment([1.0, -1.0]).index.tolist() == [0, 0]


# --- what is so of all ---


def measured(positions: np.ndarray) -> dict[str, np.ndarray]:
    """Measures of positions that have no unit, by name; each answers for every body."""
    kept = timing(positions)
    return {
        "index": alignment(positions).index,
        "share of cost": who_bears(np.maximum(0, -positions), np.maximum(0, positions)).cost,
        "payback": kept.payback_year,
        "trough year": kept.trough_year,
        "worst year": kept.worst_year,
        "agrees": individual_rationality(positions).holds,
    }


@pytest.mark.parametrize("unit", [1e-9, 1e7])
def test_the_unit_of_money_changes_no_answer(unit: float) -> None:
    found, again = measured(some_positions()), measured(unit * some_positions())
    for name, values in found.items():
        np.testing.assert_allclose(again[name], values, rtol=1e-9, err_msg=name)
    own, turnover = some_positions(), np.full(4, 50.0)
    np.testing.assert_allclose(
        exposure(unit * own, unit * turnover).peak_of_turnover, exposure(own, turnover).peak_of_turnover
    )
    assert effort(unit * 5.4, unit * 3.1).least_share.item() == pytest.approx(3.1 / 5.4)
    assert marginal_rule(0.72, unit * 5.4, unit * 7.5).holds.item()


def test_bodies_in_another_order_are_told_the_same() -> None:
    order = [2, 0, 3, 1]
    found, again = measured(some_positions()), measured(some_positions()[order])
    for name, values in found.items():
        np.testing.assert_allclose(again[name], values[order], err_msg=name)
    mismatch = [
        who_bears(np.array([3.0, 1, 0, 2])[n], np.array([0.0, 4, 1, 1])[n]).mismatch for n in ([0, 1, 2, 3], order)
    ]
    assert mismatch[0] == pytest.approx(mismatch[1])
    inside = np.array([True, False, True, False])
    first, second = leakage(some_positions(), inside), leakage(some_positions()[order], inside[order])
    assert first.amount == pytest.approx(second.amount)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), times=st.floats(-5, 5), rate=st.floats(0, 0.2))
def test_present_values_add_up(seed: int, times: float, rate: float) -> None:
    one, other = some_positions(seed), some_positions(seed + 1000)
    together = present_value(times * one + other, rate)
    assert together == pytest.approx(times * present_value(one, rate) + present_value(other, rate), abs=1e-9)
    assert present_value(one, rate).sum(axis=0) == pytest.approx(present_value(one.sum(axis=0)[None], rate)[0])
    assert present_value(one, 0.0) == pytest.approx(one.sum(axis=1))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999))
def test_years_so_far_end_in_the_sum_and_a_mismatch_is_a_share(seed: int) -> None:
    own = some_positions(seed)
    assert running_total(own)[:, -1] == pytest.approx(own.sum(axis=1))
    assert (timing(own).trough <= own[:, 0] + 1e-12).all()
    found = who_bears(np.abs(own), np.maximum(0, own))
    assert ((found.mismatch >= 0) & (found.mismatch <= 1 + 1e-12)).all()
    assert found.cost.sum(axis=0) == pytest.approx(1)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 999), more=st.floats(0, 2))
def test_a_body_content_with_less_agrees_no_less_often(seed: int, more: float) -> None:
    own = some_positions(seed)
    strict, content = chances(individual_rationality(own)), chances(individual_rationality(own, tolerance=more))
    assert (content.at_all <= strict.at_all).all()
    assert (strict.at_all >= strict.in_year.max(axis=1)).all()


def test_measures_can_be_recorded_before_their_numbers_are_known() -> None:
    def found(unknown: Any) -> Any:
        own, kept = unknown[:, :2], timing(unknown[:, :2])
        agrees = individual_rationality(own, unknown[:, 2:4], tolerance=0.5)
        rule = marginal_rule(0.4, own[:, 0], unknown[:, 4])
        lost = exposure(own, np.array([10.0, 20.0, 30.0]))
        rows = [
            kept.present_value,
            np.minimum(kept.payback_year, 99.0),
            kept.trough_year,
            kept.worst_year,
            kept.trough,
            alignment(own[:, 0]).index,
            alignment(own[:, 0]).paid_to_refuse * 1.0,
            who_bears(np.abs(own), np.maximum(0.0, own)).cost[:, 0],
            agrees.worst,
            agrees.holds * 1.0,
            under_duress(individual_rationality(own), agrees) * 1.0,
            rule.holds * 1.0,
            rule.room,
            lost.peak_of_turnover,
            own[:, 0] * 0.0 + leakage(own[:, 0], [True, True, False]).share,
        ]
        return np.stack(rows)

    draws = np.random.default_rng(5).normal(0, 2, (7, 3, 5))
    same_when_recorded(found, draws)


# --- refusals ---


def test_what_cannot_be_measured_is_refused() -> None:
    for refused, told in (
        (lambda: timing([[1.0, math.nan]]), r"positions has the value nan at \(0, 1\)"),
        (lambda: timing([1.0, 2.0]), "positions has 1 axes; expected body, year"),
        (lambda: timing(np.ones((2, 0))), "There is no year"),
        (lambda: timing([[1.0]], rate=-1.0), "The rate is -1.0"),
        (lambda: present_value([[1.0]], math.inf), "The rate is inf"),
        (lambda: exposure([[1.0], [1.0]], [5.0]), "turnover has 1 on the axis of the body; the worst has 2"),
        (lambda: exposure([[1.0]], [0.0]), "A turnover is 0.0; expected more than 0"),
        (lambda: who_bears([1.0], [-2.0]), "benefit has the value -2.0; expected 0 or more"),
        (lambda: who_bears([1.0], [1.0, 2.0]), "benefit has 2 on the axis of the body; the cost has 1"),
        (lambda: effort(gain=0.0, cost=1.0), "both cost and gain are above 0"),
        (lambda: leakage([1.0, 2.0], [True]), "There are 2 bodies; of 1 it is said"),
        (lambda: individual_rationality([[1.0]], tolerance=-1.0), "The tolerance is -1.0"),
        (lambda: individual_rationality([[1.0]], tolerance=[1.0, 1.0]), "one for all or one for each body"),
        (lambda: individual_rationality([[1.0]], [[1.0], [2.0]]), "baseline has 2 on the axis of the body"),
        (lambda: chances(individual_rationality([[1.0]])), "A probability needs draws"),
    ):
        with pytest.raises(Impossible, match=told):
            refused()
