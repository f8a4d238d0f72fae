"""When a scheme pays back: each scheme alone against doing nothing, year by year and all years so far."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tripleaim.plan import Plan
from tripleaim.plan.variant import with_tables
from tripleaim.projection import project
from tripleaim.projection.project import run_values
from tripleaim.projection.values import Values
from tripleaim.stress.payback import Payback, paybacks
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import independent, uncertainties

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def found(plan: Plan) -> dict[str, Payback]:
    return {each.scheme: each for each in paybacks(plan, uncertainties(plan), Streams(1), 60)}


def test_every_scheme_is_told_with_its_shares(plan: Plan, found: dict[str, Payback]) -> None:
    assert set(found) == {row.key for row in plan.schemes}
    for each in found.values():
        assert sum(each.by_year) + each.never == pytest.approx(1)
        assert all(low <= middle <= high for low, middle, high in zip(each.low, each.middle, each.high, strict=True))


@pytest.fixture(scope="module")
def at_points(plan: Plan) -> dict[str, Payback]:
    """Only the growth of allocations is drawn, which no scheme's cost depends on: every draw is the run itself."""
    (inputs,) = [
        (each,) for each in independent(uncertainties(plan)) if each.name == "assumptions/all_allocations/value"
    ]
    return {each.scheme: each for each in paybacks(plan, inputs, Streams(1), 3)}


def test_at_the_points_it_pays_back_as_the_run_says(plan: Plan, at_points: dict[str, Payback]) -> None:
    for scheme in project(plan).schemes:
        told = at_points[scheme.key]
        assert [-value for value in told.so_far_middle] == pytest.approx(scheme.cumulative_cash, abs=0.01)
        assert told.so_far_low == pytest.approx(told.so_far_high, abs=0.01)
        assert np.cumsum(told.middle) == pytest.approx(told.so_far_middle, abs=0.01)


def test_in_whole_wards_it_is_the_plan_with_that_scheme_and_no_other(plan: Plan, at_points: dict[str, Payback]) -> None:
    """Home First frees beds that it cannot close alone, so it brings less than its part of what all schemes close."""
    assert set(at_points) - {key for key, each in at_points.items() if each.in_wards_so_far} == {
        "agency_ceiling",
        "back_office",
        "buying_and_medicines",
        "continuing_care_agreement",
        "further_savings",
        "shared_record",
        "theatre_and_clinics",
    }
    run = run_values(plan, ["funding_growth", "in_wards:home_first"], Values())
    whole = (run.recurrent + run.one_off)[: run.axes.members].sum(axis=0)[1 : run.axes.last + 1]
    told = at_points["home_first"]
    assert told.in_wards_so_far == pytest.approx((whole[:, 0] - whole[:, 1]).cumsum(), abs=0.01)
    assert told.in_wards_so_far[-1] > told.so_far_middle[-1] + 1e6
    assert told.in_wards_never in (0, 1)


def test_capital_that_costs_more_pays_back_later(plan: Plan) -> None:
    """The middle draw of what capital costs more is 0 to 51%: the capital of one site for surgery is £35m."""
    (inputs,) = [
        (each,) for each in independent(uncertainties(plan)) if each.name == "assumptions/capital_optimism/value"
    ]
    told = {each.scheme: each for each in paybacks(plan, inputs, Streams(1), 200)}["one_site_surgery"]
    assert told.so_far_high[-1] - told.so_far_low[-1] > 5e6


def test_a_plan_without_schemes_has_nothing_to_pay_back(plan: Plan) -> None:
    tables = ("schemes", "effects", "costs", "posts", "success_factors", "shapes")
    bare = with_tables(plan, **dict.fromkeys(tables, ()))
    assert paybacks(bare, uncertainties(bare), Streams(1), 3) == ()
