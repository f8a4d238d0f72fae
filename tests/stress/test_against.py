"""Two plans on the same draws: what they share cancels, and what differs is told draw by draw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tripleaim.errors import Impossible
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.money import Allocation
from tripleaim.projection import project
from tripleaim.stress.against import Difference, against
from tripleaim.stress.findings import stress

ROOT = Path(__file__).resolve().parents[2]


def changed(plan: Plan, **tables: Any) -> Plan:
    return Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | tables)


def without(plan: Plan, scheme: str) -> Plan:
    """The plan without the running cost of one scheme."""
    return changed(plan, costs=tuple(row for row in plan.costs if row.scheme != scheme))


def hoped(plan: Plan, other: Plan, seed: int = 1) -> Difference:
    """The difference of the whole system as hoped."""
    found = against(plan, other, 64, seed).differences
    return next(each for each in found if (each.who, each.case) == ("both", "hoped"))


def test_a_plan_against_itself_differs_in_no_draw(plan: Plan) -> None:
    found = against(plan, plan, 40, 1)
    assert found.alone == found.other_alone == 0
    for each in found.differences:
        assert set(each.low) | set(each.high) | set(each.mean) == {0.0}
        assert set(each.better) | set(each.worse) == {0.0}


def test_a_certain_difference_is_the_same_in_every_draw(plan: Plan) -> None:
    """£10m more for one commissioner each year: no draw changes that but the growth of allocations."""
    body = plan.allocations[0].organisation
    more = tuple(
        Allocation(organisation=body, year=year, kind="gift", amount=1e7, source=plan.allocations[0].source)
        for year in (plan.opening_year, *plan.years)
    )
    plan_with = changed(plan, allocations=(*plan.allocations, *more))
    found = next(
        each for each in against(plan_with, plan, 64, 1).differences if (each.who, each.case) == ("both", "hoped")
    )
    assert found.better == (1.0,) * len(plan.years)
    assert found.worse == (0.0,) * len(plan.years)
    assert found.middle[-1] == pytest.approx(-1e7, rel=0.03)


def test_the_mean_difference_is_the_difference_of_the_means(plan: Plan) -> None:
    other = without(plan, "home_first")
    found = hoped(plan, other, seed=5)
    one, two = (stress(each, 64, 5).of("both", "hoped").mean for each in (plan, other))
    assert found.mean == pytest.approx([a - b for a, b in zip(one, two, strict=True)], abs=1.0)


def test_common_draws_tell_a_difference_that_separate_draws_would_hide(plan: Plan) -> None:
    other = without(plan, "home_first")
    found = hoped(plan, other, seed=5)
    stated = (
        project(plan).scope("both").hoped[len(plan.years) - 1] - project(other).scope("both").hoped[len(plan.years) - 1]
    )
    alone = stress(plan, 64, 5).of("both", "hoped")
    assert found.worse[-1] == 1.0
    assert found.low[-1] < stated < found.high[-1] or found.middle[-1] == pytest.approx(stated, rel=0.1)
    assert found.high[-1] - found.low[-1] < (alone.high[-1] - alone.low[-1]) / 10


def test_plans_that_cannot_be_laid_side_by_side_are_refused(plan: Plan) -> None:
    pressure = read_plan(ROOT / "plans" / "norfolk_and_waveney")
    with pytest.raises(Impossible, match="a pressure above its opening year"):
        against(plan, pressure, 8, 1)
    later = changed(plan, heading=plan.heading.model_copy(update={"first_year": "2030/31"}))
    with pytest.raises(Impossible, match="no year in common"):
        against(plan, later, 8, 1)
