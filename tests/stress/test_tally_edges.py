"""A tally at its edges: an amount at its very limit is within it, and a percentile at a draw is that draw."""

from __future__ import annotations

import numpy as np

from tripleaim.stress.tally import BLOCK, EXACT, Limit, Tally


def test_a_year_at_its_very_limit_holds() -> None:
    tally = Tally(2, limits=[Limit(0, 2.0)], runs=[[Limit(0, 2.0), Limit(1, 2.0)]])
    tally.add(np.array([[2.0, 3.0], [2.0, 2.0]]))
    assert tally.lasting()[0].tolist() == [0.5, 0.5, 0.0]
    assert tally.beyond()[0].share == 0.5


def test_the_median_of_an_odd_number_of_draws_is_the_one_in_the_middle_however_many_there_are() -> None:
    """Half the draws and one are noughts, the others ones: the middle draw is a nought, and the next is not."""
    half = (EXACT + BLOCK) // 2
    values = np.repeat([[0.0, 1.0]], [half + 1, half], axis=1)
    values = np.random.default_rng(1).permuted(values, axis=1)
    tally = Tally(1)
    for first in range(0, values.shape[1], BLOCK):
        tally.add(values[:, first : first + BLOCK])
    assert tally.quantiles([0.5])[0, 0] == np.median(values) == 0
