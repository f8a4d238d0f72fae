"""How far chances and percentiles may be out: against worlds in which the truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.reports.facts import Exhibits, Facts
from tripleaim.reports.stress_parts.sampling import out_by
from tripleaim.reports.stress_parts.told import StressTold
from tripleaim.stress.error import error_of_chance, sampling_error, shares_around
from tripleaim.stress.findings import stress
from tripleaim.stress.tally import BLOCK, EXACT, Tally
from tripleaim.stress.whole import Whole

DRAWS, WORLDS = 2 * BLOCK, 1000


@pytest.fixture(scope="module")
def worlds() -> np.ndarray:
    """(world, draw) of a lopsided figure, e to a standard normal, in order."""
    return np.sort(np.exp(np.random.default_rng(7).standard_normal((WORLDS, DRAWS))), axis=1)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_interval_of_a_percentile_holds_it_nineteen_times_in_twenty(worlds: np.ndarray, share: float) -> None:
    low, high = np.quantile(worlds, shares_around(share, DRAWS), axis=1)
    held = np.mean((low <= np.exp(ndtri(share))) & (np.exp(ndtri(share)) <= high))
    assert held == pytest.approx(0.95, abs=0.025)


def test_shares_of_draws_stray_by_their_standard_error(worlds: np.ndarray) -> None:
    found = np.mean(worlds > np.exp(ndtri(0.7)), axis=1)
    assert np.std(found) == pytest.approx(error_of_chance(0.3, DRAWS), rel=0.08)


@pytest.mark.parametrize("draws", [BLOCK, 2 * EXACT])
def test_a_tally_tells_where_the_percentiles_of_one_output_lie(draws: int) -> None:
    """The second output is evenly spread from nought to one, so its percentiles are shares."""
    tally = Tally(2)
    tally.add(np.stack([np.zeros(draws), (np.arange(draws) + 0.5) / draws]))
    found = sampling_error(tally, 1)
    assert found.middle == pytest.approx(shares_around(0.5, draws), abs=2e-3)
    assert found.low == pytest.approx(shares_around(0.1, draws), abs=2e-3)
    assert found.chance == pytest.approx(1.96 * error_of_chance(0.5, draws), rel=1e-4)


def test_the_headline_lies_in_its_own_interval(plan: Plan) -> None:
    found = stress(plan, 200)
    spread = found.of("both", "hoped")
    for own, (low, high) in zip(
        (spread.low, spread.middle, spread.high), (found.error.low, found.error.middle, found.error.high), strict=True
    ):
        assert low < own[-1] < high


def test_the_page_says_how_far_its_shares_may_be_out(plan: Plan) -> None:
    told = StressTold(Whole(found=stress(plan, 200)), Facts(project(plan), Exhibits()))
    assert out_by(told).startswith("With 200 draws a share of draws is out by at most ±6.9 points, 19 times in 20.")
