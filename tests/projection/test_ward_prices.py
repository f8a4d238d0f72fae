"""Prices that a pool's wards follow where its provider's whole cost is not in the plan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from invariants.test_invariants import split
from tripleaim.loading import read_plan
from tripleaim.loading.editing import Change, edited
from tripleaim.plan import Plan
from tripleaim.projection import run_cases

PLANS = Path(__file__).resolve().parents[2] / "plans"
POOL = "beds_rgp"


@pytest.fixture(scope="module")
def mixed() -> Plan:
    """A real place without accounts, in which one line of a pool follows the price of drugs and the others do not."""
    plan = read_plan(PLANS / "norfolk_and_waveney")
    return edited(plan, [Change(table="activity", key=("elective_rgp",), field="cost_index", text="drugs")])


def level(plan: Plan, index: str, year: str) -> float:
    """Prices of a year beside those of the opening year, multiplied up by hand."""
    changes = {row.year: row.change.point for row in plan.indices if row.index == index}
    return float(np.prod([1 + changes[each] for each in plan.years[: plan.years.index(year) + 1]]))


def test_wards_follow_the_indices_of_their_lines_by_bed_days(mixed: Plan) -> None:
    days = {row: row.baseline * (row.length_of_stay or 0.0) for row in mixed.activity if row.bed_pool == POOL}
    assert {row.cost_index for row in days} == {"drugs", "provider_costs"}
    by_hand = sum(each * level(mixed, row.cost_index, mixed.years[0]) for row, each in days.items()) / sum(
        days.values()
    )
    run = run_cases(mixed)
    found = run.inputs.pools.cost_level[run.axes.pools.index(POOL), 1].item()
    assert found == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("line", ["elective_rgp", "unplanned_older_rgp", "unplanned_younger_rgp"])
def test_a_line_cut_in_two_changes_no_ward_cost(mixed: Plan, line: str) -> None:
    whole, parts = run_cases(mixed), run_cases(split(mixed, line, 0.42))
    assert np.allclose(whole.spent.wards, parts.spent.wards, rtol=1e-12)
