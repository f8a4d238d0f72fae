"""A tally says of draws in chunks what NumPy says of all of them at once, in memory that does not grow."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.stress.tally import BLOCK, EXACT, Limit, Tally


def drawn(outputs: int, draws: int) -> np.ndarray:
    return np.random.default_rng(4).normal(size=(outputs, draws)) * np.arange(1, outputs + 1)[:, None]


def counted(values: np.ndarray, chunk: int, **how: list) -> Tally:
    tally = Tally(len(values), **how)
    for first in range(0, values.shape[1], chunk):
        tally.add(values[:, first : first + chunk])
    return tally


@pytest.mark.parametrize("draws", [1, 7, BLOCK, 3 * BLOCK + 1])
def test_few_draws_are_told_exactly(draws: int) -> None:
    values = drawn(3, draws)
    tally = counted(values, BLOCK)
    assert tally.mean() == pytest.approx(values.mean(axis=1))
    assert tally.quantiles([0.1, 0.5, 0.9]) == pytest.approx(np.quantile(values, [0.1, 0.5, 0.9], axis=1))


SHARES = [0.1, 0.5, 0.9]


def test_many_draws_are_told_to_a_tenth_of_a_percentile_however_lopsided_they_are() -> None:
    even = drawn(1, EXACT + 40 * BLOCK + 3)[0]
    far = np.append(even[:-1], 1e12)
    values = np.stack([even, np.exp(4 * even), np.maximum(even, 0.5), far, far[::-1]])
    tally = counted(values, 4 * BLOCK)
    for row, found in zip(values, tally.quantiles(SHARES).T, strict=True):
        below, up_to = (np.searchsorted(np.sort(row), found, side=side) / len(row) for side in ("left", "right"))
        assert (below <= np.add(SHARES, 0.001)).all()
        assert (up_to >= np.subtract(SHARES, 0.001)).all()
    assert tally.quantiles([0, 1]) == pytest.approx(np.quantile(values, [0, 1], axis=1))
    assert tally.mean() == pytest.approx(values.mean(axis=1))
    assert tally._kept is None


def test_whole_wards_stay_whole_however_many_draws_there_are() -> None:
    wards = 412 + 28 * np.floor(drawn(1, EXACT + 8 * BLOCK) * 2)
    assert counted(wards, 4 * BLOCK).quantiles(SHARES).tolist() == np.quantile(wards, SHARES, axis=1).tolist()


def test_the_same_draws_give_the_same_bits_in_any_chunks() -> None:
    values = drawn(3, EXACT + 9 * BLOCK + 11)
    how = {"limits": [Limit(0, 0.5), Limit(2, 0.0, least=True)], "runs": [[Limit(0, 0.1), Limit(1, 0.2)]]}
    one, other = counted(values, BLOCK, **how), counted(values, 5 * BLOCK, **how)
    assert one.mean().tobytes() == other.mean().tobytes()
    assert one.quantiles([0.1, 0.9]).tobytes() == other.quantiles([0.1, 0.9]).tobytes()
    assert one.beyond() == other.beyond()
    assert [share.tolist() for share in one.lasting()] == [share.tolist() for share in other.lasting()]


def test_limits_are_told_above_and_below() -> None:
    tally = counted(np.array([[1.0, 2.0, 3.0, 6.0]]), BLOCK, limits=[Limit(0, 2.0), Limit(0, 2.0, least=True)])
    above, below = tally.beyond()
    assert (above.share, above.excess) == (0.5, 2.5)
    assert (below.share, below.excess) == (0.25, 1.0)


def test_a_year_from_which_on_all_hold_is_told_for_each_draw() -> None:
    short = np.array([[5.0, 5.0, -1.0], [0.0, 4.0, 2.0], [0.0, 3.0, -1.0]])
    tally = counted(short, BLOCK, runs=[[Limit(0, 0.005), Limit(1, 0.005), Limit(2, 0.005)]])
    assert tally.lasting()[0].tolist() == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])


def test_an_output_that_never_changes_is_its_own_percentile_however_many_draws_there_are() -> None:
    tally = counted(np.full((1, EXACT + BLOCK), 7.25), 4 * BLOCK)
    assert tally.quantiles([0.1, 0.5, 0.9])[:, 0].tolist() == [7.25] * 3


def test_draws_after_a_short_block_are_our_mistake() -> None:
    tally = Tally(1)
    tally.add(np.ones((1, 5)))
    with pytest.raises(ValueError, match="after a block of 5"):
        tally.add(np.ones((1, 5)))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused_and_not_counted_as_within_its_limit(value: float) -> None:
    values = np.zeros((3, 10))
    values[1, 4] = value
    with pytest.raises(ValueError, match="output 1 of a draw is"):
        Tally(3, limits=[Limit(1, 0.0)]).add(values)
