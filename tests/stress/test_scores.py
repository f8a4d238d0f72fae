"""Scores of ranges: closed forms, and honesty where few cases are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import binomtest

from tripleaim.stress.scores import bias, coverage, crps_of_draws, crps_of_quantiles, skill, widening


def crps_of_standard_normal(y: float) -> float:
    """Closed form: y (2Φ(y) − 1) + 2φ(y) − 1/√π (Gneiting and Raftery 2007, section 4.2)."""
    density = math.exp(-y * y / 2) / math.sqrt(2 * math.pi)
    return float(y * (2 * ndtr(y) - 1) + 2 * density - 1 / math.sqrt(math.pi))


@pytest.mark.parametrize("observed", [-2.0, 0.0, 0.7, 3.0])
def test_many_draws_of_a_normal_score_as_the_closed_form(observed: float) -> None:
    draws = ndtri((np.arange(50_000) + 0.5) / 50_000)[None]
    assert crps_of_draws(draws, np.array([observed]))[0] == pytest.approx(crps_of_standard_normal(observed), abs=1e-3)


@pytest.mark.parametrize("observed", [-2.0, 0.0, 0.7, 3.0])
def test_many_quantiles_of_a_normal_score_as_the_closed_form(observed: float) -> None:
    levels = (np.arange(2000) + 0.5) / 2000
    found = crps_of_quantiles(ndtri(levels)[None], levels, np.array([observed]))[0]
    assert found == pytest.approx(crps_of_standard_normal(observed), abs=1e-3)


def test_the_score_of_draws_is_its_definition_pair_by_pair() -> None:
    draws = np.random.default_rng(1).normal(size=(4, 7))
    observed = np.array([-1.0, 0.0, 0.3, 5.0])
    apart = np.abs(draws[:, :, None] - draws[:, None, :]).sum(axis=(1, 2))
    distance = np.abs(draws - observed[:, None]).mean(axis=1)
    assert crps_of_draws(draws, observed, fair=False) == pytest.approx(distance - apart / (2 * 49))
    assert crps_of_draws(draws, observed) == pytest.approx(distance - apart / (2 * 42))


def test_the_fair_score_does_not_depend_on_how_many_draws_there_are_and_the_plain_one_does() -> None:
    random = np.random.default_rng(2)
    draws, observed = random.normal(size=(40_000, 5)), random.normal(size=40_000)
    expected = 1 / math.sqrt(math.pi)  # mean over y of the closed form, when the forecast is right
    assert crps_of_draws(draws, observed).mean() == pytest.approx(expected, abs=0.01)
    assert crps_of_draws(draws, observed, fair=False).mean() > expected + 0.1


def test_the_right_spread_scores_better_than_one_too_narrow_or_too_wide() -> None:
    observed = ndtri((np.arange(500) + 0.5) / 500)
    levels = np.array([0.1, 0.5, 0.9])
    scores = [
        crps_of_quantiles(np.tile(width * ndtri(levels), (500, 1)), levels, observed).mean()
        for width in (0.3, 1.0, 3.0)
    ]
    assert min(scores) == scores[1]


def test_scores_are_in_the_forecasts_unit() -> None:
    draws, observed = np.array([[1.0, 2.0, 4.0]]), np.array([3.0])
    assert crps_of_draws(1000 * draws, 1000 * observed) == pytest.approx(1000 * crps_of_draws(draws, observed))


def test_quantiles_that_cross_are_refused() -> None:
    with pytest.raises(ValueError, match="rise with their levels"):
        crps_of_quantiles(np.array([[2.0, 1.0]]), np.array([0.1, 0.9]), np.array([1.0]))
    with pytest.raises(ValueError, match="ascending level"):
        crps_of_quantiles(np.array([[1.0, 2.0]]), np.array([0.0, 0.9]), np.array([1.0]))


def test_skill_is_the_share_of_the_simpler_score_that_is_saved() -> None:
    assert skill(np.array([1.0, 2.0]), np.array([2.0, 4.0])) == 0.5
    assert skill(np.array([3.0]), np.array([2.0])) == -0.5


def test_coverage_counts_both_ends_and_has_the_exact_interval() -> None:
    observed = np.array([0.0, 1.0, 0.5, 2.0, -1.0])
    found = coverage(np.zeros(5), np.ones(5), observed)
    exact = binomtest(3, 5).proportion_ci(0.95, "exact")
    assert (found.inside, found.of, found.share) == (3, 5, 0.6)
    assert (found.interval.low, found.interval.high) == pytest.approx((exact.low, exact.high))
    assert found.if_shared == found.interval


def test_cases_that_share_two_shocks_say_little_more_than_two_cases() -> None:
    """44 places in each of two years: all inside in the first, none in the second."""
    observed = np.repeat([0.5, 2.0], 44)
    found = coverage(np.zeros(88), np.ones(88), observed, shared=["2014"] * 44 + ["2015"] * 44)
    assert found.interval.high - found.interval.low < 0.25
    assert found.shocks == 2
    exact = binomtest(1, 2).proportion_ci(0.95, "exact")
    assert (found.if_shared.low, found.if_shared.high) == pytest.approx((exact.low, exact.high))


def test_all_inside_is_not_yet_certain() -> None:
    found = coverage(np.zeros(5), np.ones(5), np.full(5, 0.5))
    assert found.interval.high == 1
    assert found.interval.low == pytest.approx(0.025 ** (1 / 5))


def test_the_interval_of_coverage_holds_the_true_share_at_least_as_often_as_it_says() -> None:
    inside = np.random.default_rng(3).binomial(20, 0.8, 2000)
    intervals = {
        k: coverage(np.zeros(20), np.ones(20), np.where(np.arange(20) < k, 0.5, 2.0)).interval for k in set(inside)
    }
    assert np.mean([intervals[k].low <= 0.8 <= intervals[k].high for k in inside]) >= 0.95


def test_bias_has_its_sign_and_students_interval() -> None:
    """Errors 1, 2, 3: mean 2, standard error 1/√3, t(0.975, 2) = 4.302653."""
    found = bias(np.array([3.0, 5.0, 4.0]), np.array([2.0, 3.0, 1.0]))
    assert found.mean == 2
    assert found.interval.high - 2 == pytest.approx(4.302653 / math.sqrt(3), rel=1e-6)


def test_one_year_says_nothing_certain_about_bias() -> None:
    found = bias(np.array([3.0, 5.0, 4.0]), np.array([2.0, 3.0, 1.0]), shared=[2015, 2015, 2015])
    assert (found.shocks, found.if_shared.low, found.if_shared.high) == (1, -math.inf, math.inf)
    assert found.interval.high < math.inf


def test_ranges_that_were_right_need_no_widening_and_half_as_wide_ones_twice() -> None:
    observed = ndtri((np.arange(999) + 0.5) / 999)
    for width, factor in ((1.0, 1.0), (0.5, 2.0), (2.0, 0.5)):
        ends = width * np.full(999, ndtri(0.9))
        found = widening(np.zeros(999), -ends, ends, observed)
        assert found == pytest.approx(factor, rel=0.01)


def test_widening_learnt_from_few_cases_still_holds_next_time() -> None:
    """From nine cases the next lies inside four times in five: (⌈10 × 0.8⌉)/10, exactly, whatever the distribution."""
    random = np.random.default_rng(4)
    hits = []
    for _ in range(3000):
        *known, following = random.standard_t(3, 10)
        factor = widening(np.zeros(9), -np.ones(9), np.ones(9), np.array(known))
        assert factor is not None
        hits.append(abs(following) <= factor)
    assert np.mean(hits) == pytest.approx(0.8, abs=0.02)


def test_three_cases_can_promise_nothing() -> None:
    assert widening(np.zeros(3), -np.ones(3), np.ones(3), np.ones(3)) is None
    assert widening(np.zeros(4), -np.ones(4), np.ones(4), np.ones(4)) == 1


def test_each_side_is_held_against_its_own_half_of_the_range() -> None:
    """Two above by 2 of 4, two below by 2 of 1: the largest needed factor is 2."""
    observed = np.array([2.0, 2.0, -2.0, -2.0])
    assert widening(np.zeros(4), -np.ones(4), np.full(4, 4.0), observed) == 2


def test_cases_that_do_not_fit_together_or_are_not_known_are_refused() -> None:
    with pytest.raises(ValueError, match="same cases"):
        coverage(np.zeros(2), np.ones(2), np.ones(3))
    with pytest.raises(ValueError, match="not known"):
        bias(np.array([1.0, np.nan]), np.ones(2))
    with pytest.raises(ValueError, match="case 1: expected low <= high"):
        coverage(np.array([0.0, 2.0]), np.ones(2), np.ones(2))
    with pytest.raises(ValueError, match="a shock for each of 2 cases"):
        bias(np.ones(2), np.ones(2), shared=["2015"])
    with pytest.raises(ValueError, match="low < point < high"):
        widening(np.zeros(1), np.zeros(1), np.zeros(1), np.ones(1))
