"""Sobol' draws: even in every dimension, each input with a dimension and a scrambling of its own."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from tripleaim.errors import Impossible
from tripleaim.stress import sobol
from tripleaim.stress.sobol import MOST_DIMENSIONS, Register, Sobol, replicates
from tripleaim.stress.streams import Streams

NAMES = [f"effects/scheme_{number:02}/uptake" for number in range(30)]
REGISTER = Register().extended(NAMES)
WHOLE = Sobol(seed=7, draws=1_024, register=REGISTER).uniforms(NAMES, 0, 1_024)


def test_every_input_has_one_draw_in_every_one_of_n_equal_parts() -> None:
    parts = np.sort((WHOLE * 1_024).astype(int), axis=1)
    assert (parts == np.arange(1_024)).all()


@pytest.mark.parametrize("across", [1, 2, 4, 8, 16, 32])
def test_the_first_two_inputs_have_one_draw_in_every_box_of_equal_size(across: int) -> None:
    """The first two dimensions of Sobol' points are a (0, m, 2)-net, and scrambling keeps it one."""
    down = 1_024 // across
    boxes = (WHOLE[0] * across).astype(int) * down + (WHOLE[1] * down).astype(int)
    assert sorted(boxes) == list(range(1_024))


def test_without_scrambling_they_are_the_points_of_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    still = (np.uint32(1) << np.arange(30, dtype=np.uint32), np.uint32(0))
    monkeypatch.setattr(sobol, "_matrix", lambda seed, name: still)
    points = Sobol(seed=7, draws=1_024, register=REGISTER).uniforms(NAMES, 0, 1_024)
    assert np.array_equal(points, qmc.Sobol(30, scramble=False).random(1_024).T + 0.5 / 2**30)


def test_the_scrambling_is_as_even_as_that_of_scipy() -> None:
    theirs = qmc.discrepancy(qmc.Sobol(6, scramble=True, rng=1).random(1_024))
    chance = qmc.discrepancy(Streams(seed=1).uniforms(NAMES[:6], 0, 1_024).T)
    ours = qmc.discrepancy(WHOLE[:6].T)
    assert ours < 2 * theirs
    assert ours < chance / 5


@pytest.mark.parametrize("size", [1, 3, 100, 256, 1_000])
def test_the_size_of_the_parts_changes_no_bit(size: int) -> None:
    draws = Sobol(seed=7, draws=1_024, register=REGISTER)
    parts = [draws.uniforms(NAMES, first, min(size, 1_024 - first)) for first in range(0, 1_024, size)]
    assert np.concatenate(parts, axis=1).tobytes() == WHOLE.tobytes()


def test_inputs_are_drawn_by_name_in_any_order_and_any_number() -> None:
    some = [NAMES[20], NAMES[3]]
    assert np.array_equal(Sobol(seed=7, draws=1_024, register=REGISTER).uniforms(some, 0, 1_024), WHOLE[[20, 3]])
    assert Sobol(seed=7, draws=8, register=Register()).uniforms([], 0, 8).shape == (0, 8)


def test_an_input_that_joins_changes_nothing_of_the_others() -> None:
    """Its name sorts first, and it still takes the dimension behind the last."""
    larger = REGISTER.extended(["a_new_scheme/uptake", *NAMES])
    assert larger.names == (*NAMES, "a_new_scheme/uptake")
    assert np.array_equal(Sobol(seed=7, draws=1_024, register=larger).uniforms(NAMES, 0, 1_024), WHOLE)


def test_a_register_does_not_depend_on_the_order_of_names() -> None:
    assert Register().extended(reversed(NAMES)) == REGISTER


def test_fewer_draws_are_the_first_of_more() -> None:
    assert np.array_equal(Sobol(seed=7, draws=256, register=REGISTER).uniforms(NAMES, 0, 256), WHOLE[:, :256])


def test_replicates_are_other_points_of_the_same_evenness() -> None:
    several = [each.uniforms(NAMES, 0, 256) for each in replicates(7, 256, REGISTER)]
    assert len(several) == sobol.REPLICATES == 8
    assert len({each.tobytes() for each in several}) == 8
    for each in several:
        assert (np.sort((each * 256).astype(int), axis=1) == np.arange(256)).all()


def test_the_spread_of_replicates_is_a_fair_error_bar_and_smaller_than_that_of_chance() -> None:
    def mean(uniforms: np.ndarray) -> float:
        return float((12 * (uniforms - 0.5) ** 2).sum(axis=0).mean())  # exactly 30

    even = [mean(each.uniforms(NAMES, 0, 512)) for each in replicates(7, 512, REGISTER, 24)]
    chance = [mean(Streams(seed).uniforms(NAMES, 0, 512)) for seed in range(24)]
    assert np.std(even) < np.std(chance) / 10
    assert abs(np.mean(even) - 30) < 4 * np.std(even, ddof=1) / np.sqrt(24)


@pytest.mark.parametrize(
    ("draws", "said"), [(1_000, "Ask for 512 or 1,024"), (3, "Ask for 2 or 4"), (0, "at least one")]
)
def test_only_powers_of_two_are_drawn(draws: int, said: str) -> None:
    with pytest.raises(Impossible, match=said):
        Sobol(seed=7, draws=draws, register=REGISTER)


def test_draws_beyond_the_last_are_refused() -> None:
    with pytest.raises(Impossible, match="1,000 to 1,024, counted from 0"):
        Sobol(seed=7, draws=1_024, register=REGISTER).uniforms(NAMES, 1_000, 25)


def test_more_inputs_than_dimensions_are_refused() -> None:
    assert MOST_DIMENSIONS == qmc.Sobol.MAXDIM
    with pytest.raises(Impossible, match=r"there are 21,202. Ask without --sobol"):
        Register().extended(str(number) for number in range(21_202))


def test_a_name_twice_in_a_register_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="twice"):
        Register(("pay", "pay"))
