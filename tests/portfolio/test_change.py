"""What change itself costs, where the plan does not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.some_schemes import with_scheme
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.scheme import CostKind, SchemeCost
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.change import CostOfChange, costs_of_change, with_cost_of_change
from tripleaim.portfolio.telling import schemes_told
from tripleaim.quantities import Range

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def place() -> Plan:
    plan = read_plan(ROOT / "plans" / "wealdshire_and_marsh")
    return with_tables(plan, costs=tuple(row for row in plan.costs if row.kind is not CostKind.DISRUPTION))


def of(plan: Plan, scheme: str) -> CostOfChange:
    return next(each for each in costs_of_change(plan) if each.scheme == scheme)


def test_disruption_is_a_share_of_a_full_years_running_cost_and_set_up_borne_by_those_who_bear_these(
    place: Plan,
) -> None:
    """Home First runs at 2.55m, 1.15m and 0.95m a year and is set up for 0.9m: a tenth of that, in 2017/18."""
    found = of(place, "home_first")
    assert not found.is_stated
    assert sorted((row.organisation, row.year, row.amount) for row in found.disruption) == [
        ("marsh_council", "2017/18", 95_000),
        ("weald_marsh_community", "2017/18", 90_000),
        ("weald_marsh_community", "2017/18", 255_000),
        ("wealdshire_council", "2017/18", 115_000),
    ]


def test_what_a_scheme_disrupts_is_told_as_one_sum(place: Plan) -> None:
    told = next(each for each in schemes_told(place) if each.key == "home_first")
    assert told.disruption == 95_000 + 90_000 + 255_000 + 115_000


def test_a_plan_that_states_disruption_is_taken_at_its_word(place: Plan) -> None:
    own = SchemeCost(
        key="own",
        scheme="home_first",
        kind=CostKind.DISRUPTION,
        organisation="marsh_council",
        year="2017/18",
        amount=1.0,
        source="scheme_cases",
    )
    plan = with_tables(place, costs=(*place.costs, own))
    assert of(plan, "home_first").disruption == (own,)
    changed = with_cost_of_change(plan)
    assert [row for row in changed.costs if row.scheme == "home_first" and row.kind is CostKind.DISRUPTION] == [own]


def test_partners_who_share_nothing_live_with_the_lead_need_longer(place: Plan) -> None:
    """Weald and Marsh Community leads; it is a partner of two live schemes, in which four of its five partners are."""
    found = of(place, "home_first")
    before = next(row for row in place.schemes if row.key == "home_first")
    after = next(row for row in with_cost_of_change(place).schemes if row.key == "home_first")
    assert found.ramp_added == 3.0 * len(found.new_partners)
    assert after.ramp.point == before.ramp.point + found.ramp_added
    live = [row for row in place.schemes if row.stage.value == "live"]
    known = {
        body
        for row in live
        if "weald_marsh_community" in (row.lead, *row.partners)
        for body in (row.lead, *row.partners)
    }
    assert set(found.new_partners) == set(before.partners) - known
    assert 0 < len(found.new_partners) < len(before.partners)


def test_a_live_scheme_has_its_partners(place: Plan) -> None:
    assert of(place, "reablement").ramp_added == 0


def test_what_starts_with_the_plan_disrupts_and_what_started_before_has_done_so(place: Plan) -> None:
    """Theatre productivity is set up for 0.8m and run at 0.6m a year from 2016-04, the plan's first month."""
    assert [row.amount for row in of(place, "theatre_and_clinics").disruption] == [60_000, 80_000]
    assert of(with_scheme(place, "theatre_and_clinics", start="2016-03"), "theatre_and_clinics").disruption == ()


def test_running_cost_by_year_counts_as_in_the_first_full_year(place: Plan) -> None:
    """From October 2017 the first full year is 2018/19."""
    run = next(row for row in place.costs if row.key == "home_first.run.community")
    rows = [
        SchemeCost(**{**dict(run), "key": f"run.{year[:4]}", "year": year, "amount": amount})
        for year, amount in (("2017/18", 1e6), ("2018/19", 2e6), ("2019/20", 3e6))
    ]
    found = of(with_tables(place, costs=tuple(rows)), "home_first")
    assert [(row.year, row.amount) for row in found.disruption] == [("2017/18", 200_000)]


def test_no_ramp_is_made_longer_than_ten_years(place: Plan) -> None:
    long = with_scheme(place, "home_first", ramp=Range(point=100.0, low=90.0, high=119.0))
    assert of(long, "home_first").ramp_added == 1
    assert next(row for row in with_cost_of_change(long).schemes if row.key == "home_first").ramp.high == 120
