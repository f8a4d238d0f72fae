"""When it fails: boxes known beforehand are found again, and what chance alone would do is not told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tripleaim.stress.discovery import Box, InputLabel, binned, box_in_words, boxes, reproducibility, tree
from tripleaim.stress.discovery.bins import counts, inside
from tripleaim.stress.discovery.boxes import quasi_p
from tripleaim.stress.discovery.paste import in_box, paste
from tripleaim.stress.discovery.peel import peel

# From prim_hist.py, the prototype of this search, on `noisy(2000, 8)`: coverage and density after every tenth peel.
PROTOTYPE_PEELS = [
    (1.0, 0.2),
    (0.9875, 0.320617),
    (0.9575, 0.504611),
    (0.795, 0.670886),
    (0.6475, 0.872054),
    (0.46, 0.958333),
]


def uniform(inputs: int, draws: int, seed: int = 1) -> np.ndarray:
    return np.random.Generator(np.random.Philox(seed)).random((inputs, draws))


def noisy(draws: int, inputs: int) -> tuple[np.ndarray, np.ndarray]:
    """A made-up gap with two strong drivers, a product, weak ones and noise; the worst fifth fails."""
    random = np.random.Generator(np.random.Philox(3))
    x = random.random((inputs, draws))
    gap = 2 * x[0] - 1.5 * x[1] + x[2] * x[3] + 0.3 * x[4:].sum(0) / np.sqrt(inputs)
    gap = gap + 0.2 * random.standard_normal(draws)
    return x, gap < np.quantile(gap, 0.2)


def toy_corner() -> tuple[np.ndarray, np.ndarray]:
    """[V] cases/sensitivity/prim_toy_corner.json: x1 and x2 at 20 values, x3 at 5, all 2,000 combinations."""
    twenty, five = (np.arange(20) + 0.5) / 20, (np.arange(5) + 0.5) / 5
    x = np.array(np.meshgrid(twenty, twenty, five, indexing="ij")).reshape(3, -1)
    return x, (x[0] >= 0.7) & (x[1] <= 0.3)


@pytest.mark.parametrize("gain", ["per draw", "total"])
def test_the_known_corner_is_found_exactly(gain: str) -> None:
    x, fails = toy_corner()
    assert (fails.size, fails.sum()) == (2000, 180)
    (box,) = boxes(x, fails, most=3, gain=gain)  # type: ignore[arg-type]
    first, second = sorted(box.limits, key=lambda limit: limit.input)
    assert (first.input, second.input) == (0, 1)
    assert 0.675 <= (first.at_least or 0) <= 0.725
    assert 0.275 <= (second.below or 0) <= 0.325
    assert (first.below, second.at_least) == (None, None)
    assert (box.coverage, box.density, box.mass) == pytest.approx((1.0, 1.0, 0.09), abs=1e-12)
    assert (box.holds(x) == fails).all()


def test_peels_are_those_of_the_prototype() -> None:
    x, fails = noisy(2000, 8)
    steps = peel(binned(x), fails, gain="total")
    found = [(round(step.failures / 400, 6), round(step.density, 6)) for step in steps[::10]]
    assert found == PROTOTYPE_PEELS


def test_counts_kept_up_to_date_are_the_counts_of_the_draws_inside() -> None:
    x, fails = noisy(1000, 8)
    bins = binned(x)
    for step in peel(bins, fails):
        again = in_box(bins, fails, step.allowed)
        assert (step.draws, step.failures) == (again.draws, again.failures)


def test_every_peel_makes_failures_denser_and_leaves_enough_draws() -> None:
    x, fails = noisy(2000, 8)
    steps = peel(binned(x), fails, smallest=0.1)
    densities = [step.density for step in steps]
    assert all(later > earlier for earlier, later in pairwise(densities))
    assert steps[-1].draws >= 200


def test_limits_are_in_the_inputs_own_units_and_hold_what_was_counted() -> None:
    x, fails = noisy(5000, 8)
    x[0] = 100 + 20 * x[0]
    for box in boxes(x, fails, dense=0.8):
        held = box.holds(x)
        assert (held.sum(), (held & fails).sum()) == (box.draws, box.failures)
        assert all(100 < (limit.below or 0) < 120 for limit in box.limits if limit.input == 0)


def test_two_corners_are_found_as_two_boxes_which_together_hold_all_failures() -> None:
    x = uniform(4, 4000)
    fails = ((x[0] > 0.8) & (x[1] > 0.5)) | ((x[2] < 0.2) & (x[1] < 0.4))
    found = boxes(x, fails, most=4)
    assert [{limit.input for limit in box.limits} for box in found[:2]] in ([{0, 1}, {1, 2}], [{1, 2}, {0, 1}])
    assert sum(box.coverage for box in found) == pytest.approx(1, abs=0.1)
    assert all(box.density > 0.9 for box in found[:2])


def test_categories_are_taken_off_one_at_a_time() -> None:
    x = uniform(2, 3000)
    x[1] = np.floor(4 * x[1])
    fails = (x[0] < 0.4) & np.isin(x[1], [1, 3])
    (box,) = boxes(x, fails, categorical=[1])
    by_input = {limit.input: limit for limit in box.limits}
    assert by_input[1].among == (1, 3)
    assert by_input[0].below == pytest.approx(0.4, abs=0.02)
    assert (box.holds(x) & fails).sum() == box.failures


def test_a_band_in_the_middle_has_both_ends() -> None:
    x = uniform(2, 4000)
    (box,) = boxes(x, (x[0] > 0.4) & (x[0] < 0.6))
    (limit,) = box.limits
    assert (limit.at_least, limit.below) == pytest.approx((0.4, 0.6), abs=0.02)


def test_pasting_gives_back_what_a_cut_took_too_much_of() -> None:
    x = uniform(2, 4000)
    fails = x[0] > 0.5
    bins = binned(x)
    allowed = bins.everything()
    allowed[0, : np.searchsorted(bins.edges[0], 0.7)] = False
    tight = in_box(bins, fails, allowed)
    grown = paste(bins, fails, tight)
    assert tight.failures / fails.sum() == pytest.approx(0.6, abs=0.03)
    assert grown.failures / fails.sum() > 0.98
    assert grown.density > 0.98


def test_pasting_never_lowers_the_density() -> None:
    x, fails = noisy(3000, 8)
    bins = binned(x)
    for step in peel(bins, fails)[::8]:
        grown = paste(bins, fails, step)
        assert grown.density >= step.density
        assert grown.draws >= step.draws
        again = in_box(bins, fails, grown.allowed)
        assert (grown.draws, grown.failures) == (again.draws, again.failures)


def test_pasting_counts_a_draw_that_two_limits_keep_out_only_once_both_have_gone() -> None:
    x = uniform(3, 5000)
    fails = (x[0] > 0.5) & (x[1] < 0.5)
    bins = binned(x)
    allowed = bins.everything()
    allowed[0, : np.searchsorted(bins.edges[0], 0.7)] = False
    allowed[1, np.searchsorted(bins.edges[1], 0.3) :] = False
    grown = paste(bins, fails, in_box(bins, fails, allowed))
    again = in_box(bins, fails, grown.allowed)
    assert (grown.draws, grown.failures) == (again.draws, again.failures)
    assert grown.failures / fails.sum() > 0.95


def test_pasting_reaches_the_very_end_of_an_input() -> None:
    x = np.repeat(np.arange(10.0), 20)[None]
    fails = x[0] < 6
    bins = binned(x)
    allowed = bins.everything()
    allowed[0, :3] = False
    allowed[0, 5:] = False
    grown = paste(bins, fails, in_box(bins, fails, allowed))
    assert (grown.draws, grown.density) == (120, 1.0)


def test_pasting_brings_categories_back() -> None:
    x = np.repeat(np.arange(5.0), 20)[None]
    fails = np.isin(x[0], [0, 2, 4])
    bins = binned(x, categorical=[0])
    allowed = bins.everything()
    allowed[0, 1:] = False
    grown = paste(bins, fails, in_box(bins, fails, allowed))
    assert np.flatnonzero(grown.allowed[0]).tolist() == [0, 2, 4]


def test_pasting_takes_in_nothing_that_leaves_failures_as_dense_as_before() -> None:
    x = np.repeat(np.arange(4.0), 10)[None]
    fails = np.tile([True, False], 20)
    bins = binned(x)
    allowed = bins.everything()
    allowed[0, 2:] = False
    assert paste(bins, fails, in_box(bins, fails, allowed)).draws == 20


def test_a_box_that_coarse_peeling_made_too_small_is_pasted() -> None:
    """Peels of 45 % cut at 0.45 and then at 0.70, where 60 % of the failures are left; pasting gives back a part."""
    x = uniform(1, 4000)
    (box,) = boxes(x, x[0] > 0.5, dense=1.0, share=0.45)
    assert box.density == 1
    assert box.coverage > 0.8


def test_the_box_told_balances_coverage_and_density_and_is_not_just_the_densest() -> None:
    x, fails = noisy(4000, 8)
    (balanced,), (densest,) = boxes(x, fails), boxes(x, fails, dense=1.0)
    assert densest.density > balanced.density > 0.6
    assert balanced.coverage > 0.65 > densest.coverage


def test_gain_per_draw_does_not_favour_a_category_for_being_large() -> None:
    """Half the draws gain 0.2 in density (0.0004 each), a slice of 50 gains 0.032 (0.0006 each)."""
    slices = np.arange(1000.0)
    category = np.tile([0.0, 1.0], 500)
    fails = np.where(category == 1, slices % 10 < 8, slices % 10 < 4) & (slices >= 50)
    bins = binned(np.array([slices, category]), categorical=[1])
    assert peel(bins, fails, gain="total")[1].draws == 500
    assert peel(bins, fails, gain="per draw")[1].draws > 900


def test_each_peel_of_a_categorical_input_takes_one_category_however_small() -> None:
    x = np.repeat(np.arange(100.0), 10)[None]
    for fails in (x[0] % 2 == 0, x[0] < 50):
        steps = peel(binned(x, categorical=[0]), fails)
        assert [step.draws for step in steps] == list(range(1000, 490, -10))


def test_the_quasi_p_value_is_the_binomial_tail() -> None:
    """Input 0 halves the draws: without its limit 50 of 100 fail, with it 40 of 50: P(X ≥ 40 | 50, ½) = 1.1931e-5."""
    x = np.array([np.repeat([0.0, 1.0], 50)])
    fails = np.concatenate([np.arange(50) < 10, np.arange(50) < 40])
    bins = binned(x)
    allowed = bins.everything()
    allowed[0, 0] = False
    assert quasi_p(bins, fails, in_box(bins, fails, allowed), 0) == pytest.approx(1.193066e-05, rel=1e-6)


def test_limits_that_chance_could_explain_are_let_go() -> None:
    x, fails = noisy(600, 20)
    for box in boxes(x, fails, dense=0.95):
        assert all(limit.quasi_p <= 0.05 for limit in box.limits)
        assert [limit.quasi_p for limit in box.limits] == sorted(limit.quasi_p for limit in box.limits)


def test_searches_in_parts_of_the_draws_find_the_real_drivers_and_not_the_others() -> None:
    x, fails = noisy(4000, 10)
    found = reproducibility(x, fails, seed=1)
    assert found[:2].tolist() == [1.0, 1.0]
    assert found[4:].max() <= 0.3
    assert np.array_equal(found, reproducibility(x, fails, seed=1))


def test_nothing_is_found_where_nothing_or_everything_fails() -> None:
    x = uniform(2, 100)
    assert boxes(x, np.zeros(100, dtype=bool)) == ()
    assert boxes(x, np.ones(100, dtype=bool)) == ()


def test_an_input_of_one_value_is_never_limited() -> None:
    x = uniform(2, 1000)
    x[1] = 5.0
    (box,) = boxes(x, x[0] > 0.6)
    assert [limit.input for limit in box.limits] == [0]


def test_a_lump_of_equal_values_is_cut_whole() -> None:
    x = uniform(1, 3000)
    x[0] = np.where(x[0] < 0.6, 0.0, x[0])
    (box,) = boxes(x, x[0] > 0)
    assert box.coverage == pytest.approx(1, abs=0.02)
    assert box.density == pytest.approx(1, abs=0.01)


def test_bins_count_every_draw_once_in_every_input() -> None:
    x = uniform(3, 40_000)
    bins = binned(x)
    found = counts(bins.codes)
    assert (found.sum(axis=1) == 40_000).all()
    assert found.max() <= 160
    assert inside(bins.codes, bins.everything()).all()


@pytest.mark.parametrize("bad", [-1.0, 0.5, 256.0])
def test_a_category_that_is_no_position_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="input 0 is categorical"):
        binned(np.array([[0.0, bad]]), categorical=[0])


def test_flags_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="a flag for each of 5 draws"):
        boxes(np.ones((1, 5)), np.ones(4, dtype=bool))


def test_every_end_of_a_tree_holds_enough_draws() -> None:
    x, fails = noisy(2000, 8)
    assert min(end.draws for end in tree(x, fails, ends=12, smallest=0.05)) >= 100
    one_sided = np.arange(1000.0)[None]
    assert min(end.draws for end in tree(one_sided, one_sided[0] >= 990, ends=4, smallest=0.02)) >= 20


def test_a_trees_ends_hold_every_draw_once() -> None:
    x, fails = noisy(3000, 8)
    ends = tree(x, fails, ends=6)
    held = np.stack([end.holds(x) for end in ends])
    assert len(ends) == 6
    assert (held.sum(axis=0) == 1).all()
    assert held.sum(axis=1).tolist() == [end.draws for end in ends]
    assert (held & fails).sum(axis=1).tolist() == [end.failures for end in ends]
    assert sum(end.coverage for end in ends) == pytest.approx(1)


def test_a_tree_finds_the_known_corner() -> None:
    x, fails = toy_corner()
    densest = tree(x, fails, ends=3)[0]
    assert (densest.density, densest.coverage) == (1.0, 1.0)
    assert (densest.holds(x) == fails).all()


def test_a_tree_parts_categories_by_how_often_they_fail() -> None:
    x = np.floor(5 * uniform(1, 2000))
    fails = np.isin(x[0], [0, 3])
    densest, rest = tree(x, fails, ends=4, categorical=[0])
    assert (densest.limits[0].among, rest.limits[0].among) == ((0, 3), (1, 2, 4))


def test_a_tree_of_pure_chance_asks_nothing_where_ends_must_be_large() -> None:
    x = np.tile([0.0, 1.0], 50)[None]
    fails = np.repeat([True, False], 50)
    (only,) = tree(x, fails)
    assert only.limits == ()


def test_a_box_is_told_in_the_plans_own_words() -> None:
    avoided, award = 0.002 + 0.004 * np.arange(25), np.linspace(0.01, 0.04, 40)
    x = np.array(np.meshgrid(avoided, award)).reshape(2, -1)
    (box,) = boxes(x, (x[0] < 0.06) & (x[1] > 0.0241))
    labels = [
        InputLabel(name="admissions avoided", unit="fraction"),
        InputLabel(name="the pay award", unit="fraction"),
    ]
    told = box_in_words(box, labels)
    conditions = {"admissions avoided < 6 %", "the pay award ≥ 2.4 %"}
    assert set(told.removeprefix("Fails when ").partition(":")[0].split(" and ")) == conditions
    assert told.endswith(": 100 % of such cases fail, and 100 % of all failures are among them.")


def test_shares_are_never_rounded_up_to_all_or_down_to_none() -> None:
    box = Box(limits=(), coverage=1.0, density=0.9996, mass=1.0, failures=9996, draws=10_000)
    assert "more than 99 % of all cases" in box_in_words(box, [])
