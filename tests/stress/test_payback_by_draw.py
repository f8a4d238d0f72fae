"""Paybacks counted again draw by draw, from the run itself: by year, all years so far, and for good."""

from __future__ import annotations

import numpy as np
import pytest

from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.projection.project import run_values
from tripleaim.projection.values import Values
from tripleaim.stress.draws import Draws, draw
from tripleaim.stress.payback import DEARER, NOTHING, Payback, paybacks
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties

DRAWS, SEED = 40, 3
SHARES = (0.1, 0.5, 0.9)
SCHEMES = ("continuing_care_agreement", "home_first", "reablement", "theatre_and_clinics")
"""One that never pays back, one that mostly does, and two with capital, of which one always pays back."""


@pytest.fixture(scope="module")
def found(plan: Plan) -> dict[str, Payback]:
    return {each.scheme: each for each in paybacks(plan, uncertainties(plan), Streams(SEED), DRAWS)}


@pytest.fixture(scope="module")
def drawn(plan: Plan) -> Draws:
    return draw(uncertainties(plan), Streams(SEED), 0, DRAWS)


def net_cost(plan: Plan, drawn: Draws, scheme: str) -> np.ndarray:
    """(year, draw): what all members are worse off by with this scheme alone than if nobody acts, and its capital."""
    ranges = {name: row for each, row in zip(uncertainties(plan), drawn.values, strict=True) for name in each.ranges}
    short = []
    for case in (NOTHING, f"alone:{scheme}"):
        run = run_values(plan, [case] * DRAWS, Values(drawn=ranges))
        short.append(-(run.recurrent + run.one_off)[: run.axes.members, 1 : run.axes.last + 1].sum(axis=0))
    capital = next(each.capital for each in project(plan).schemes if each.key == scheme)
    return short[1] - short[0] + np.outer(capital, 1 + drawn.of(DEARER))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_figures_and_shares_of_a_scheme_are_those_of_its_draws(
    plan: Plan, found: dict[str, Payback], drawn: Draws, scheme: str
) -> None:
    told, net = found[scheme], net_cost(plan, drawn, scheme)
    so_far = net.cumsum(axis=0)
    for amounts, by_year in (
        ((told.low, told.middle, told.high), net),
        ((told.so_far_low, told.so_far_middle, told.so_far_high), so_far),
    ):
        assert np.array(amounts) == pytest.approx(np.quantile(by_year, SHARES, axis=1), abs=0.01)
    from_each_year = [sum(all(costs <= 0.005 for costs in own[n:]) for own in so_far.T) for n in range(len(so_far))]
    assert np.cumsum(told.by_year) == pytest.approx(np.array(from_each_year) / DRAWS)
    assert told.never == pytest.approx(np.mean(so_far[-1] > 0.005))


def test_the_schemes_that_are_counted_again_do_not_all_come_to_the_same(found: dict[str, Payback]) -> None:
    never, *some, always = (found[scheme].never for scheme in SCHEMES)
    assert (never, always) == (1, 0)
    assert all(0.1 < share < 0.9 for share in some)
    assert len({found[scheme].by_year for scheme in SCHEMES}) == len(SCHEMES)
