"""Every family gives back the low, the point and the high it was made of, exactly, and never turns back."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from tripleaim.plan.uncertainty import Family
from tripleaim.quantities import Range, normal_from_interval
from tripleaim.stress.families import ImpossibleFamily, Spread

ENDS = np.array([0.1, 0.5, 0.9])
FINE = np.linspace(1e-9, 1 - 1e-9, 20_001)


def spread(family: str, low: float, point: float, high: float, between: tuple[float, float] | None = None) -> Spread:
    least, most = between or (-math.inf, math.inf)
    wanted = Range(point=point, low=low, high=high)
    return Spread(family=Family(family), range=wanted, at_least=least, at_most=most)


EXAMPLES = [
    spread("normal", 1, 1.5, 2),
    spread("normal", -0.0037, 0.009, 0.022),
    spread("normal", 0, 0.1, 0.5),
    spread("normal", 0.1, 0.1, 0.5),
    spread("normal", 0.1, 0.5, 0.5),
    spread("lognormal", 1, 2, 4),
    spread("lognormal", -1, 0, 1.001),
    spread("beta", 0.65, 0.8, 0.9, (0, 1)),
    spread("beta", 0.4, 0.5, 0.6, (0, 1)),
    spread("beta", 0.05, 0.1, 0.2, (0, 1)),
    spread("beta", 0.001, 0.01, 0.2, (0, 1)),
    spread("beta", -0.0037, 0.01, 0.022, (-0.25, 0.25)),
    spread("pert", 0.65, 0.8, 0.9),
    spread("pert", 6, 10, 18),
    spread("pert", 6, 9, 12),
    spread("discrete", 0, 0.1, 0.5),
]


def name(example: Spread) -> str:
    wanted = example.range
    return f"{example.family}-{wanted.low:g}-{wanted.point:g}-{wanted.high:g}"


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_low_point_and_high_are_the_10th_50th_and_90th_percentiles(example: Spread) -> None:
    wanted = example.range
    assert np.allclose(
        example.quantile(ENDS), [wanted.low, wanted.point, wanted.high], rtol=1e-12, atol=1e-12 * wanted.width
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_the_middle_is_the_stated_point_to_the_last_bit(example: Spread) -> None:
    assert example.quantile(np.array(0.5)) == example.range.point


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_more_is_never_less(example: Spread) -> None:
    scores = np.concatenate([ndtri(FINE), np.linspace(-1e-12, 1e-12, 101)])
    assert (np.diff(example.at_score(np.sort(scores))) >= 0).all()


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_any_shape_of_draws_gives_its_own_shape_and_the_same_values(example: Spread) -> None:
    u = FINE[:24].reshape(2, 3, 4)
    assert example.quantile(u).shape == (2, 3, 4)
    assert np.array_equal(example.quantile(u).ravel(), example.quantile(u.ravel()))


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_eight_draws_in_ten_fall_inside_the_range(example: Spread) -> None:
    wanted, u = example.range, np.random.default_rng(20161021).random(200_000)
    inside = np.mean((example.quantile(u) >= wanted.low) & (example.quantile(u) <= wanted.high))
    at_the_ends = example.family is Family.DISCRETE or wanted.point in (wanted.low, wanted.high)
    if example.family is Family.DISCRETE:
        assert inside == 1
    elif at_the_ends:
        assert inside == pytest.approx(0.9, abs=0.004)
    else:
        assert inside == pytest.approx(0.8, abs=0.004)


def test_a_normal_is_the_one_of_the_known_answer() -> None:
    mean, sd = normal_from_interval(1.0, 2.0)
    assert np.allclose(spread("normal", 1, 1.5, 2).quantile(FINE), stats.norm(mean, sd).ppf(FINE), atol=1e-6)


def test_each_half_of_an_uneven_normal_is_half_a_normal_of_its_own_width() -> None:
    values = spread("normal", 0, 1, 5).quantile(FINE)
    lower = FINE < 0.5
    assert np.allclose(values[lower], stats.norm(1, 1 / ndtri(0.9)).ppf(FINE[lower]))
    assert np.allclose(values[~lower], stats.norm(1, 4 / ndtri(0.9)).ppf(FINE[~lower]))


def test_a_range_with_no_room_below_keeps_half_of_its_draws_at_the_point() -> None:
    values = spread("normal", 0.1, 0.1, 0.5).quantile(FINE)
    assert np.mean(values == 0.1) == pytest.approx(0.5, abs=1e-3)


def test_a_lognormal_from_one_by_two_to_four_is_the_plain_one() -> None:
    plain = stats.lognorm(math.log(2) / ndtri(0.9), scale=2)
    assert np.allclose(spread("lognormal", 1, 2, 4).quantile(FINE), plain.ppf(FINE), rtol=1e-9)


def test_a_lognormal_with_other_sides_is_a_plain_one_moved_along() -> None:
    """Sides 1 and 3 ask for a ratio of 3 and a start at 0.5: 0.5 + 1.5 × 3^(-1, 0, 1) = 1, 2, 5."""
    moved = stats.lognorm(math.log(3) / ndtri(0.9), loc=0.5, scale=1.5)
    assert np.allclose(spread("lognormal", 1, 2, 5).quantile(FINE), moved.ppf(FINE), rtol=1e-9)


def test_a_pert_with_known_ends_is_found_again() -> None:
    known = stats.beta(1 + 4 * 0.25, 1 + 4 * 0.75, loc=2, scale=8)  # least 2, most likely 4, greatest 10
    low, point, high = (float(known.ppf(u)) for u in ENDS)
    assert np.allclose(spread("pert", low, point, high).quantile(FINE), known.ppf(FINE), atol=1e-9)


def test_a_beta_over_the_whole_room_is_found_again() -> None:
    known = stats.beta(3, 9)
    low, point, high = (float(known.ppf(u)) for u in ENDS)
    assert np.allclose(spread("beta", low, point, high, (0, 1)).quantile(FINE), known.ppf(FINE), atol=1e-6)


def test_a_beta_never_leaves_its_bounds() -> None:
    for example in EXAMPLES:
        if example.family is Family.BETA:
            values = example.unbounded(np.array([-30.0, 30.0]))
            assert values[0] >= example.at_least
            assert values[1] <= example.at_most
            assert example.clamped == 0


def test_a_discrete_spread_is_low_point_or_high_thirty_forty_thirty() -> None:
    values = spread("discrete", 0, 0.1, 0.5).quantile((np.arange(1000) + 0.5) / 1000)
    assert {value: int((values == value).sum()) for value in (0, 0.1, 0.5)} == {0: 300, 0.1: 400, 0.5: 300}


def test_values_beyond_the_bounds_are_moved_to_them_and_the_share_is_told() -> None:
    example = spread("normal", 0.05, 0.8, 0.95, (0, 1))
    drawn = example.quantile((np.arange(100_000) + 0.5) / 100_000)
    assert drawn.min() == 0
    assert drawn.max() == 1
    expected = stats.norm.cdf(-0.8 / 0.75 * ndtri(0.9)) + stats.norm.sf(0.2 / 0.15 * ndtri(0.9))
    assert example.clamped == pytest.approx(expected, rel=1e-9)
    assert np.mean((drawn == 0) | (drawn == 1)) == pytest.approx(expected, abs=2e-5)


def test_a_bound_that_is_met_and_not_passed_moves_nothing() -> None:
    assert spread("normal", 0, 0, 0.5, (0, 1)).clamped == pytest.approx(stats.norm.sf(2 * ndtri(0.9)))
    assert spread("discrete", 0, 0.5, 1, (0, 1)).clamped == 0
    assert spread("normal", 1, 2, 3).clamped == 0


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_the_score_of_a_value_leads_back_to_it(example: Spread) -> None:
    for value in {example.range.low, example.range.point, example.range.high}:
        if example.score_of(value) == -math.inf:
            assert example.unbounded(np.array(-30.0)) == value, "every draw is at least this"
            continue
        assert example.unbounded(np.array(example.score_of(value))) == pytest.approx(value, abs=1e-9)


def test_a_value_that_is_never_reached_has_no_score() -> None:
    example = spread("beta", 0.4, 0.5, 0.6, (0, 1))
    assert example.score_of(1.5) == math.inf
    assert example.score_of(-1.0) == -math.inf


@pytest.mark.parametrize(
    ("family", "ends", "between", "said"),
    [
        ("lognormal", (1, 3, 4), None, "a low below it; found 2 below and 1 above"),
        ("lognormal", (1, 1, 4), None, "found 0 below and 3 above"),
        ("pert", (0, 0.2, 1), None, "a PERT from 0 to 1 has its middle between 0.3119 and 0.6881; found 0.2"),
        ("beta", (0.1, 0.1, 0.9), (0, 1), "a beta from 0.1 to 0.9 has its middle between"),
        ("beta", (0, 0.1, 0.2), (0, 1), "a low above 0 and a high below 1"),
        ("beta", (134, 146, 155), (0, 1e7), "between 0 and 1e+07 cannot have a range as narrow"),
        ("beta", (0.1, 0.2, 0.3), None, "a low above -inf and a high below inf"),
    ],
)
def test_what_a_family_cannot_be_is_refused_with_what_would_do(
    family: str, ends: tuple[float, float, float], between: tuple[float, float] | None, said: str
) -> None:
    with pytest.raises(ImpossibleFamily, match=re.escape(said)):
        spread(family, *ends, between)


@given(
    st.sampled_from(["normal", "lognormal", "beta", "pert", "discrete"]),
    st.floats(0.02, 0.9),
    st.floats(0.01, 0.07),
    st.floats(0.15, 0.85),
)
def test_any_range_is_met_exactly_or_refused(family: str, low: float, width: float, place: float) -> None:
    high = low + width
    point = min(high, low + place * width)
    try:
        example = spread(family, low, point, high, (0, 1))
    except ImpossibleFamily:
        return
    assert np.allclose(example.quantile(ENDS), [low, point, high], rtol=0, atol=1e-9 * width)


def test_most_betas_and_perts_a_planner_would_write_are_possible() -> None:
    for family in ("beta", "pert"):
        for low, width, place in ((0.1, 0.2, 0.4), (0.6, 0.3, 0.6), (0.02, 0.06, 0.35), (0.85, 0.1, 0.65)):
            wanted = (low, low + place * width, low + width)
            assert np.allclose(spread(family, *wanted, (0, 1)).quantile(ENDS), wanted, atol=1e-9)
