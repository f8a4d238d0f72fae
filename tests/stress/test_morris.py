"""Elementary effects: the design's own rules, and functions whose effects are known exactly."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.stress.morris import elementary_effects, trajectories

LINEAR = np.array([5.0, -3.0, 0.0, 1.0])


def linear(x: np.ndarray) -> np.ndarray:
    return LINEAR @ x


def test_each_step_of_a_walk_moves_one_input_by_the_step_and_every_input_once() -> None:
    walks = trajectories(6, 40, seed=3)
    moves = np.diff(walks.points, axis=1)
    assert ((np.abs(moves) > 1e-12).sum(axis=2) == 1).all()
    assert np.allclose(np.abs(moves).sum(axis=1), walks.step)
    assert (np.argmax(np.abs(moves), axis=2) == walks.moved).all()


def test_all_points_stand_on_the_levels_and_each_level_is_visited_about_equally() -> None:
    walks = trajectories(5, 2000, seed=1, levels=4)
    levels, counts = np.unique(np.round(walks.points * 3).astype(int), return_counts=True)
    assert levels.tolist() == [0, 1, 2, 3]
    assert np.allclose(walks.points * 3, np.round(walks.points * 3))
    assert np.allclose(counts / counts.sum(), 0.25, atol=0.01)


def test_the_same_seed_gives_the_same_walks_and_another_seed_others() -> None:
    first, again, other = (trajectories(5, 10, seed=seed).points for seed in (7, 7, 8))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_effects_of_a_linear_function_are_its_weights_and_do_not_spread() -> None:
    found = elementary_effects(linear, trajectories(4, 20, seed=2))
    assert np.allclose(found.mean[:, 0], LINEAR)
    assert np.allclose(found.size[:, 0], np.abs(LINEAR))
    assert np.allclose(found.spread, 0)
    assert np.allclose(found.size_low, found.size)
    assert found.order().tolist() == [0, 1, 3, 2]


def test_effects_are_for_the_whole_way_from_low_to_high() -> None:
    low, high = np.zeros(4), np.array([1.0, 10.0, 1.0, 2.0])
    found = elementary_effects(linear, trajectories(4, 5, seed=2), low=low, high=high)
    assert np.allclose(found.mean[:, 0], LINEAR * high)


def test_effects_that_cancel_keep_their_size() -> None:
    """(x − ½)²: the two steps of four levels give +1/3 and −1/3 of one step, equally often."""
    found = elementary_effects(lambda x: (x[0] - 0.5) ** 2, trajectories(1, 4000, seed=5))
    assert np.abs(found.mean[0, 0]) < 0.01
    assert found.size[0, 0] == pytest.approx(1 / 3)
    assert found.spread[0, 0] == pytest.approx(1 / 3, abs=0.01)


def test_the_spread_is_that_of_a_sample() -> None:
    """Effects of x0 x1 on x0 are the values of x1 then: their standard deviation, with n − 1."""
    walks = trajectories(2, 3, seed=11)
    x1_then = [walk[list(order).index(0), 1] for walk, order in zip(walks.points, walks.moved, strict=True)]
    found = elementary_effects(lambda x: x[0] * x[1], walks)
    assert len(set(x1_then)) > 1
    assert found.mean[0, 0] == pytest.approx(np.mean(x1_then))
    assert found.spread[0, 0] == pytest.approx(np.std(x1_then, ddof=1))


@pytest.mark.parametrize("levels", [2, 4, 6, 8, 10, 12, 50])
def test_no_point_lies_outside_the_cube_by_rounding(levels: int) -> None:
    points = trajectories(10, 50, seed=1, levels=levels).points
    assert (points.min(), points.max()) == (0, 1)


def test_an_input_that_acts_with_another_spreads() -> None:
    found = elementary_effects(lambda x: x[0] * x[1] + x[2], trajectories(3, 200, seed=5))
    assert (found.spread[:2, 0] > 0.2).all()
    assert found.spread[2, 0] == pytest.approx(0, abs=1e-12)


def test_a_group_has_the_size_of_its_members_together_and_no_sign() -> None:
    """5 a − 3 b moved together: ±8 or ±2, so the mean size is 5 in the long run; c and d keep their own."""
    walks = trajectories(4, 20_000, seed=4, groups=[[0, 1], [2], [3]])
    found = elementary_effects(linear, walks)
    assert walks.points.shape == (20_000, 4, 4)
    assert found.size[:, 0] == pytest.approx([5, 0, 1], abs=0.1)
    assert np.isnan(found.mean[0, 0])
    assert np.isnan(found.spread[0, 0])
    assert found.mean[1:, 0] == pytest.approx([0, 1])


def test_several_outputs_have_each_their_own_effects() -> None:
    found = elementary_effects(lambda x: np.stack([x[0], 7 * x[1]]), trajectories(2, 5, seed=1))
    assert np.allclose(found.size, [[1, 0], [0, 7]])


def test_the_order_of_drivers_is_the_same_for_every_seed() -> None:
    def model(x: np.ndarray) -> np.ndarray:
        return 4 * x[0] + 3 * x[1] ** 2 + 2 * x[2] * x[3] + 0.3 * x[4]

    orders = {tuple(elementary_effects(model, trajectories(5, 200, seed=seed)).order()[:2]) for seed in range(10)}
    assert orders == {(0, 1)}


def test_the_interval_of_the_size_holds_the_long_run_size_about_as_often_as_it_says() -> None:
    def model(x: np.ndarray) -> np.ndarray:
        return x[0] * x[1]

    truth = elementary_effects(model, trajectories(2, 40_000, seed=99), resamples=1).size[0, 0]
    found = [elementary_effects(model, trajectories(2, 50, seed=seed), level=0.9) for seed in range(200)]
    inside = np.mean([each.size_low[0, 0] <= truth <= each.size_high[0, 0] for each in found])
    assert 0.84 <= inside <= 0.96


@pytest.mark.parametrize("groups", [[[0]], [[0, 1], [1]], [[0, 1], []], [[0, 2]]])
def test_groups_that_do_not_hold_every_input_once_are_refused(groups: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="exactly one group"):
        trajectories(2, 5, seed=1, groups=groups)


def test_an_odd_number_of_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="even number of levels"):
        trajectories(2, 5, seed=1, levels=5)
