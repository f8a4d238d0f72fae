"""Sobol indices against closed forms ([V] cases/sensitivity: ishigami_a7_b0p1, sobol_g_a), and what must hold."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest
from scipy.stats import qmc

from tripleaim.stress.indices import Indices, share_in_words, sobol_indices

# [V] cases/sensitivity/ishigami_a7_b0p1.json: Ishigami and Homma 1990, closed form.
ISHIGAMI_VARIANCE = 13.844587940719254
ISHIGAMI_FIRST = [0.31390519114781146, 0.4424111447900409, 0.0]
ISHIGAMI_TOTAL = [0.5575888552099592, 0.4424111447900409, 0.2436836640621477]

# [V] cases/sensitivity/sobol_g_a.json: Sobol's G function, formulas as in Saltelli and others 2010.
G_WEIGHTS = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
G_VARIANCE = 0.4654244319022067
G_FIRST = [0.7161921688790331, 0.17904804221975829, 0.02367577417781928, 0.007161921688790333] + [
    7.161921688790333e-05
] * 4
G_TOTAL = [0.7871441266592748, 0.2421981928182384, 0.03431691015408282, 0.010460387065239534] + [
    0.00010494905191950601
] * 4


def ishigami(x: np.ndarray) -> np.ndarray:
    one, two, three = math.pi * (2 * x - 1)
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def g_function(x: np.ndarray) -> np.ndarray:
    return np.prod((np.abs(4 * x - 2) + G_WEIGHTS[:, None]) / (1 + G_WEIGHTS[:, None]), axis=0)


def tables(inputs: int, draws: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    points = qmc.Sobol(2 * inputs, rng=seed).random(draws).T
    return points[:inputs], points[inputs:]


def random_tables(inputs: int, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    points = np.random.default_rng(seed).random((2, inputs, draws))
    return points[0], points[1]


@pytest.mark.parametrize(("draws", "within"), [(8192, 0.02), (1024, 0.05)])
def test_ishigami(draws: int, within: float) -> None:
    found = sobol_indices(ishigami, *tables(3, draws))
    assert found.first.value[:, 0] == pytest.approx(ISHIGAMI_FIRST, abs=within)
    assert found.total.value[:, 0] == pytest.approx(ISHIGAMI_TOTAL, abs=within)
    assert found.variance[0] == pytest.approx(ISHIGAMI_VARIANCE, rel=within)


def test_sobols_g_function_near_zero_shares_too() -> None:
    found = sobol_indices(g_function, *tables(8, 8192))
    assert found.first.value[:, 0] == pytest.approx(G_FIRST, abs=0.02)
    assert found.total.value[:, 0] == pytest.approx(G_TOTAL, abs=0.02)
    assert found.variance[0] == pytest.approx(G_VARIANCE, rel=0.02)


def test_a_linear_sum_of_normals_gives_squared_weights_and_nothing_together() -> None:
    """Y = Σ w_i z_i, z standard normal: first = total = w_i² / Σ w²."""
    from scipy.special import ndtri

    weights = np.array([3.0, 2.0, 1.0])
    truth = weights**2 / (weights**2).sum()
    found = sobol_indices(lambda u: weights @ ndtri(u), *tables(3, 8192))
    assert found.first.value[:, 0] == pytest.approx(truth, abs=0.01)
    assert found.total.value[:, 0] == pytest.approx(truth, abs=0.01)
    assert found.alone.value[0] == pytest.approx(1, abs=0.01)
    assert found.settled()[0]


def test_a_pure_product_acts_only_together() -> None:
    """Y = a b of mean-zero inputs: first shares nothing, total shares all."""
    found = sobol_indices(lambda u: (u[0] - 0.5) * (u[1] - 0.5), *tables(2, 4096))
    assert found.first.value[:, 0] == pytest.approx([0, 0], abs=0.03)
    assert found.total.value[:, 0] == pytest.approx([1, 1], abs=0.03)


def test_a_cliff_that_needs_both_inputs() -> None:
    """Y = 1 when a > ½ and b > ½: V = 3/16; first = 1/3 each, total = 2/3 each."""
    found = sobol_indices(lambda u: ((u[0] > 0.5) & (u[1] > 0.5)).astype(float), *tables(2, 8192))
    assert found.first.value[:, 0] == pytest.approx([1 / 3, 1 / 3], abs=0.01)
    assert found.total.value[:, 0] == pytest.approx([2 / 3, 2 / 3], abs=0.01)
    assert found.alone.value[0] == pytest.approx(2 / 3, abs=0.02)


def test_many_outputs_at_once_equal_each_alone() -> None:
    a, b = tables(3, 512)
    both = sobol_indices(lambda x: np.stack([ishigami(x), x[0] + x[1]]), a, b)
    alone = sobol_indices(ishigami, a, b)
    for part in ("value", "low", "high"):
        assert np.allclose(getattr(both.first, part)[:, 0], getattr(alone.first, part)[:, 0], rtol=1e-12, atol=1e-12)
        assert np.allclose(getattr(both.total, part)[:, 0], getattr(alone.total, part)[:, 0], rtol=1e-12, atol=1e-12)


def test_shifting_the_result_by_a_large_sum_changes_no_share() -> None:
    a, b = tables(3, 1024)
    plain = sobol_indices(ishigami, a, b)
    moved = sobol_indices(lambda x: 1e6 + ishigami(x), a, b)
    assert np.allclose(plain.first.value, moved.first.value, atol=1e-6)


def test_groups_are_swapped_together() -> None:
    """Ishigami with x1 and x3 as one group: together they bring all that x2 does not, and nothing is left over."""
    found = sobol_indices(ishigami, *tables(3, 8192), groups=[[0, 2], [1]])
    assert found.first.value[:, 0] == pytest.approx([1 - ISHIGAMI_FIRST[1], ISHIGAMI_FIRST[1]], abs=0.02)
    assert found.alone.value[0] == pytest.approx(1, abs=0.02)


def test_a_negative_estimate_is_shown_with_its_interval_and_not_hidden() -> None:
    found = [sobol_indices(g_function, *random_tables(8, 128, seed)) for seed in range(20)]
    lowest = min(found, key=lambda each: each.first.value.min())
    at = int(lowest.first.value.argmin())
    value, low, high = (getattr(lowest.first, part)[at, 0] for part in ("value", "low", "high"))
    assert low < value < 0
    assert low < value < high
    assert "too small to tell from nothing" in share_in_words(value, low, high)
    assert "−" in share_in_words(value, low, high)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    """Random tables, where the bootstrap's assumption holds: 90 % intervals of the largest shares."""
    inside_first, inside_total = [], []
    for seed in range(150):
        found = sobol_indices(ishigami, *random_tables(3, 256, seed), level=0.9, seed=seed)
        inside_first.append(
            (found.first.low[:2, 0] <= ISHIGAMI_FIRST[:2]) & (ISHIGAMI_FIRST[:2] <= found.first.high[:2, 0])
        )
        inside_total.append((found.total.low[:, 0] <= ISHIGAMI_TOTAL) & (found.total.high[:, 0] >= ISHIGAMI_TOTAL))
    assert 0.84 <= np.mean(inside_first) <= 0.96
    assert 0.84 <= np.mean(inside_total) <= 0.96


def test_too_few_draws_are_said_to_be_unsettled_and_enough_draws_settled() -> None:
    assert not sobol_indices(ishigami, *random_tables(3, 32, 1)).settled()[0]
    assert sobol_indices(ishigami, *tables(3, 8192)).settled(widest=0.1)[0]


def test_an_output_that_does_not_vary_has_no_shares() -> None:
    found = sobol_indices(lambda x: np.stack([np.full(x.shape[1], 0.1), x[0]]), *tables(2, 64))
    assert np.isnan(found.first.value[:, 0]).all()
    assert np.isnan(found.variance[0])
    assert found.total.value[0, 1] == pytest.approx(1, abs=0.1)


def test_the_same_seed_gives_the_same_bits_and_the_order_of_drivers_holds_for_every_seed() -> None:
    def run(seed: int) -> Indices:
        return sobol_indices(g_function, *tables(8, 1024, seed), seed=seed)

    assert np.array_equal(run(3).first.low, run(3).first.low)
    assert {tuple(run(seed).order()[:4]) for seed in range(10)} == {(0, 1, 2, 3)}


def test_inputs_and_outputs_take_no_memory_together() -> None:
    """40 inputs × 50 outputs × 1,024 draws would be 16 MB; the most held at once stays far below."""
    weights = np.random.default_rng(0).random((50, 40))
    a, b = random_tables(40, 1024, 1)
    tracemalloc.start()
    sobol_indices(lambda x: weights @ x, a, b, resamples=20)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 6e6


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="one shape"):
        sobol_indices(ishigami, np.ones((3, 4)), np.ones((3, 5)))
    with pytest.raises(ValueError, match="b: row 0, column 1 is nan"):
        sobol_indices(ishigami, np.ones((1, 2)), np.array([[1.0, np.nan]]))
    with pytest.raises(ValueError, match="groups of inputs from 0 to 2"):
        sobol_indices(ishigami, *tables(3, 8), groups=[[3]])
