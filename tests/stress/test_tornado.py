"""One input at a time: swings that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.stress.tornado import tornado

POINT = np.array([0.0, 0.0, 0.0])
LOW = np.array([-1.0, -2.0, -1.0])
HIGH = np.array([1.0, 1.0, 1.0])


def test_swings_of_a_sum_are_each_inputs_own_range_times_its_weight() -> None:
    found = tornado(lambda x: np.stack([x[0] + 2 * x[1], 10 * x[2]]), POINT, LOW, HIGH)
    assert found.at_point.tolist() == [0, 0]
    assert found.swing.tolist() == [[2, 0], [6, 0], [0, 20]]
    assert found.order(0).tolist() == [1, 0, 2]
    assert found.order(1).tolist() == [2, 0, 1]


def test_low_and_high_keep_their_sides() -> None:
    found = tornado(lambda x: -x[0], POINT, LOW, HIGH)
    assert (found.at_low[0, 0], found.at_high[0, 0]) == (1, -1)


def test_an_input_that_harms_both_ways_is_not_missed() -> None:
    found = tornado(lambda x: -(x[0] ** 2), POINT, LOW, HIGH)
    assert found.swing[0, 0] == 1


def test_what_two_inputs_do_only_together_is_not_seen() -> None:
    assert tornado(lambda x: x[0] * x[1], POINT, LOW, HIGH).swing.max() == 0


def test_a_cliff_gives_its_whole_height_once_it_is_inside_the_range() -> None:
    def payment(x: np.ndarray) -> np.ndarray:
        return np.where(x[0] >= 0.5, 100.0, 0.0)

    assert tornado(payment, POINT, LOW, HIGH).swing[0, 0] == 100
    assert tornado(payment, POINT, LOW, HIGH * 0.4).swing[0, 0] == 0


def test_the_model_is_asked_once_with_one_column_and_two_for_each_input() -> None:
    asked = []

    def model(x: np.ndarray) -> np.ndarray:
        asked.append(x.shape)
        return x[0]

    tornado(model, POINT, LOW, HIGH)
    assert asked == [(3, 7)]


def test_a_point_outside_its_range_is_refused_by_input() -> None:
    with pytest.raises(ValueError, match="input 1: expected low <= point <= high"):
        tornado(lambda x: x[0], np.array([0.0, 5.0, 0.0]), LOW, HIGH)
    with pytest.raises(ValueError, match="input 2"):
        tornado(lambda x: x[0], np.array([0.0, 0.0, np.nan]), LOW, HIGH)
