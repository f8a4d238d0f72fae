"""When a scheme pays back: each scheme alone against doing nothing, year by year and all years so far."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.plan import Plan
from tripleaim.plan.variant import with_tables
from tripleaim.projection.project import run_cases
from tripleaim.stress.payback import NOTHING, Payback, paybacks
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


def test_what_nothing_uncertain_moves_is_the_net_cost_of_the_run(plan: Plan) -> None:
    """Only the growth of allocations is drawn, which no scheme's cost depends on: every draw is the run itself."""
    (inputs,) = [
        (each,) for each in independent(uncertainties(plan)) if each.name == "assumptions/all_allocations/value"
    ]
    run = run_cases(plan)
    whole = (run.recurrent + run.one_off)[: run.axes.members].sum(axis=0)
    for each in paybacks(plan, inputs, Streams(1), 3):
        net = whole[:, run.cases.at(NOTHING)] - whole[:, run.cases.at(f"alone:{each.scheme}")]
        assert each.middle == pytest.approx(net[1 : run.axes.last + 1], abs=0.01)
        assert each.so_far_middle == pytest.approx(net[1 : run.axes.last + 1].cumsum(), abs=0.01)
        assert each.low == pytest.approx(each.high, abs=0.01)


def test_a_plan_without_schemes_has_nothing_to_pay_back(plan: Plan) -> None:
    tables = ("schemes", "effects", "costs", "posts", "success_factors", "shapes")
    bare = with_tables(plan, **dict.fromkeys(tables, ()))
    assert paybacks(bare, uncertainties(bare), Streams(1), 3) == ()
