"""What must be true: crossings known on paper, answers that no value gives, and distances from what is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from tripleaim.stress.breakeven import break_even, chance_of_balance, frontier, pairs, spreads_away, under_draws

SCORES = ndtri((np.arange(20_000) + 0.5) / 20_000)


def test_a_straight_line_crosses_where_it_should() -> None:
    found = break_even(lambda x: 3 * x - 1, 0, 1, 0.9)
    assert found.verdict == "at some values"
    (crossing,) = found.crossings
    assert crossing.value == pytest.approx(1 / 3, abs=1e-8)
    assert crossing.holds_above
    assert found.met_at_point


def test_a_falling_line_is_met_below() -> None:
    (crossing,) = break_even(lambda x: 1 - 3 * x, 0, 1, 0.9).crossings
    assert not crossing.holds_above


def test_no_value_in_the_bounds_does_it() -> None:
    found = break_even(lambda x: x - 5, 0, 1, 0.5)
    assert (found.verdict, found.crossings, found.nearest, found.met_at_point) == ("never", (), None, False)


def test_every_value_in_the_bounds_does_it() -> None:
    found = break_even(lambda x: x + 5, 0, 1, 0.5)
    assert (found.verdict, found.crossings, found.met_at_point) == ("always", (), True)


def test_more_is_not_always_better() -> None:
    """1 − (x − 2)² ≥ 0 from 1 to 3: too little and too much both fail."""
    found = break_even(lambda x: 1 - (x - 2) ** 2, 0, 5, 2.8)
    assert [(round(each.value, 6), each.holds_above) for each in found.crossings] == [(1.0, True), (3.0, False)]
    assert found.nearest is not None
    assert found.nearest.value == pytest.approx(3)


def test_a_cliff_is_found_at_its_edge() -> None:
    """A fund paid in full from 0.371 on, and not at all below."""
    found = break_even(lambda x: 100.0 if x >= 0.371 else -20.0, 0, 1, 0.5)
    assert [each.value for each in found.crossings] == [pytest.approx(0.371, abs=1e-8)]


def test_a_value_that_meets_the_target_exactly_is_met() -> None:
    found = break_even(lambda x: x - 0.5, 0, 1, 0.5, tried=3)
    assert found.met_at_point
    assert found.crossings[0].value == 0.5


def test_a_narrow_success_is_seen_if_it_holds_the_point() -> None:
    """A hill 0.002 wide lies between two tried values; the point itself is always tried."""
    found = break_even(lambda x: 0.001 - abs(x - 0.51), 0, 1, 0.51, tried=5)
    assert found.met_at_point
    assert [round(each.value, 6) for each in found.crossings] == [0.509, 0.511]


@pytest.mark.parametrize(("low", "high", "point"), [(1, 0, 0.5), (0, 1, 2), (1, 1, 1), (0, math.nan, 0)])
def test_bounds_out_of_order_are_refused(low: float, high: float, point: float) -> None:
    with pytest.raises(ValueError, match="low <= point <= high"):
        break_even(lambda x: x, low, high, point)


def test_a_figure_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a number"):
        break_even(lambda x: math.nan, 0, 1, 0.5)


def test_break_even_under_draws_of_the_rest_is_that_of_their_mean() -> None:
    """Surplus = 10 v + z with z normal (mean −2): the mean crosses at v = 0.2."""
    draws = np.stack([np.zeros_like(SCORES), SCORES - 2])
    response = under_draws(lambda x: 10 * x[0] + x[1], draws, 0)
    found = break_even(response, 0, 1, 0.5)
    assert found.crossings[0].value == pytest.approx(0.2, abs=1e-6)


def test_break_even_for_four_in_five_needs_more_than_for_the_mean() -> None:
    """P(10 v + z ≥ 0) = Φ(10 v − 2) = 0.8 at v = (2 + 0.8416)/10."""
    draws = np.stack([np.zeros_like(SCORES), SCORES - 2])
    response = under_draws(lambda x: 10 * x[0] + x[1], draws, 0, statistic=chance_of_balance)
    (crossing,) = break_even(response, 0, 1, 0.5, target=0.8).crossings
    assert crossing.value == pytest.approx((2 + ndtri(0.8)) / 10, abs=1e-4)


def test_one_output_of_several_is_asked_for_and_the_draws_are_left_as_they_were() -> None:
    draws = np.ones((2, 3))
    assert under_draws(lambda x: np.stack([x[0], 5 * x[0]]), draws, 0, output=1)(2.0) == 10
    assert (draws == 1).all()


def test_distance_is_told_in_spreads_of_the_side_it_is_on() -> None:
    assert spreads_away(0.05, 0.03, 0.02, 0.05) == pytest.approx(1.2815516)
    assert spreads_away(0.02, 0.03, 0.02, 0.05) == pytest.approx(-1.2815516)
    assert spreads_away(0.03, 0.03, 0.02, 0.05) == 0
    assert spreads_away(0.01, 0.03, 0.03, 0.05) == -math.inf


def test_the_map_of_pairs_is_the_probability_at_each_pair() -> None:
    draws = np.stack([np.zeros_like(SCORES), np.zeros_like(SCORES), SCORES])
    first, second = np.array([-1.0, 0.0, 1.0]), np.array([0.0, 0.5])
    found = pairs(lambda x: x[0] + x[1] + x[2], draws, (0, 1), (first, second))
    assert found == pytest.approx(ndtr(first[:, None] + second[None, :]), abs=1e-4)


def test_what_the_second_input_must_be_for_each_value_of_the_first() -> None:
    second = np.linspace(-2, 2, 401)
    first = np.array([-1.0, 0.0, 5.0])
    found = frontier(ndtr(first[:, None] + second[None, :]), second, 0.8)
    assert found[:2] == pytest.approx([ndtri(0.8) + 1, ndtri(0.8)], abs=1e-4)
    assert found[2] == -2
    assert np.isnan(frontier(np.array([[0.1, 0.2]]), np.array([0.0, 1.0]), 0.8)).all()


def test_pairs_of_an_input_with_itself_are_refused() -> None:
    with pytest.raises(ValueError, match="two different inputs"):
        pairs(lambda x: x[0], np.ones((2, 3)), (1, 1), (np.ones(2), np.ones(2)))
