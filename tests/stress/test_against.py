"""Two plans on the same draws: what they share cancels, and what differs is told draw by draw."""

from __future__ import annotations

import pytest

from stress.another import another
from tripleaim.errors import Impossible
from tripleaim.opendata.start import start
from tripleaim.plan import Plan
from tripleaim.plan.money import Allocation
from tripleaim.plan.source import Assumption
from tripleaim.projection import project
from tripleaim.quantities import Range
from tripleaim.stress.against import Difference, against
from tripleaim.stress.findings import stress
from tripleaim.stress.uncertainties import uncertainties


def without(plan: Plan, scheme: str) -> Plan:
    """The plan without the running cost of one scheme."""
    return another(plan, costs=tuple(row for row in plan.costs if row.scheme != scheme))


def gift(plan: Plan, amount: float) -> Plan:
    """The plan with so much more for one commissioner each year, GBP."""
    body, source = plan.allocations[0].organisation, plan.allocations[0].source
    more = tuple(
        Allocation(organisation=body, year=year, kind="gift", amount=amount, source=source)
        for year in (plan.opening_year, *plan.years)
    )
    return another(plan, allocations=(*plan.allocations, *more))


def started_in(plan: Plan, year: str) -> Plan:
    """The plan as if its first year were another."""
    return another(plan, heading=another(plan.heading, first_year=year, years=4))


def hoped(plan: Plan, other: Plan, seed: int = 1) -> Difference:
    """The difference of the whole system as hoped."""
    return against(plan, other, 64, seed).of("hoped")


def test_a_plan_against_itself_differs_in_no_draw(plan: Plan) -> None:
    found = against(plan, plan, 40, 1)
    assert (found.numbers.other_range, found.numbers.only_plan, found.numbers.only_other) == ((), 0, 0)
    assert found.numbers.same == len(uncertainties(plan))
    assert all(each.plan == each.other for each in found.side_by_side)
    assert {share for each in found.side_by_side for share in each.plan.balanced_alone} == {0.0}
    for each in found.differences:
        assert set(each.low) | set(each.high) | set(each.mean) == {0.0}
        assert set(each.better) | set(each.worse) == {0.0}


def test_a_certain_difference_is_the_same_in_every_draw(plan: Plan) -> None:
    """£10m more for one commissioner each year: no draw changes that but the growth of allocations."""
    found = hoped(gift(plan, 1e7), plan)
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
    assert found.middle[-1] == pytest.approx(stated, rel=0.1)
    assert found.high[-1] - found.low[-1] < (alone.high[-1] - alone.low[-1]) / 10


def widened(plan: Plan, low: float, high: float) -> Plan:
    """The plan with a range of its own for the growth of all allocations."""
    source = plan.assumptions[0].source
    own = Assumption(
        key="all_allocations",
        name="All allocations",
        value=Range(point=0.0, low=low, high=high),
        unit="fraction a year",
        owner="Finance leads",
        confidence="low",
        source=source,
    )
    return another(plan, assumptions=(*plan.assumptions, own))


def test_a_number_in_another_range_is_told_apart_from_those_that_are_drawn_alike(plan: Plan) -> None:
    wide = widened(plan, -0.02, 0.02)
    found = against(wide, plan, 16, 1)
    (other,) = found.numbers.other_range
    assert other.name == "assumptions/all_allocations/value"
    assert (other.low, other.high, other.other_low, other.other_high) == (-0.02, 0.02, -0.005, 0.005)
    assert other.moves == pytest.approx(4 * other.moves_other, rel=0.1)
    assert found.numbers.same == len(uncertainties(plan)) - 1


def test_a_number_that_only_one_plan_has_is_counted_there(plan: Plan) -> None:
    certain = widened(plan, 0.0, 0.0)
    found = against(certain, plan, 16, 1).numbers
    assert (found.only_plan, found.only_other, found.other_range) == (0, 1, ())


def test_of_numbers_not_drawn_alike_the_one_that_makes_most_of_the_difference_comes_first(plan: Plan) -> None:
    row = next(row for row in plan.effects if row.uptake.low < row.uptake.point)
    narrow = another(row, uptake=Range(point=row.uptake.point, low=row.uptake.low, high=row.uptake.point))
    other = another(widened(plan, -0.02, 0.02), effects=tuple(narrow if each is row else each for each in plan.effects))
    found = against(other, plan, 16, 1).numbers.other_range
    apart = [abs(each.moves - each.moves_other) for each in found]
    assert found[0].name == "assumptions/all_allocations/value"
    assert len(found) > 1
    assert apart == sorted(apart, reverse=True)


def test_the_chance_of_balance_stands_side_by_side_with_the_share_in_which_only_one_balances(plan: Plan) -> None:
    richer, draws, seed = gift(plan, 8e7), 200, 3
    found = against(richer, plan, draws, seed)
    told, alone = found.sides("hoped"), [stress(each, draws, seed).of("both", "hoped") for each in (richer, plan)]
    assert told.plan.balanced == pytest.approx(alone[0].met)
    assert told.other.balanced == pytest.approx(alone[1].met)
    assert (told.plan.low, told.plan.high) == (alone[0].low, alone[0].high)
    assert 0 < told.other.balanced[-1] < told.plan.balanced[-1] < 1
    assert told.other.balanced_alone == (0.0,) * len(plan.years)
    both = [own - only for own, only in zip(told.plan.balanced, told.plan.balanced_alone, strict=True)]
    assert both == pytest.approx(told.other.balanced)


def test_a_pressure_has_no_balance_to_tell(pressure: Plan) -> None:
    found = against(pressure, pressure, 8, 1)
    assert found.is_pressure
    assert {each.plan.balanced + each.other.balanced_alone for each in found.side_by_side} == {()}


def test_plans_for_two_places_say_so(pressure: Plan) -> None:
    found = against(pressure, start("E54000022"), 8, 1)
    assert not found.is_one_place
    assert (found.place.code, found.other_place.code) == ("E54000047", "E54000022")
    assert against(pressure, pressure, 8, 1).is_one_place


def test_how_far_the_draws_are_is_told(plan: Plan) -> None:
    told: list[tuple[int, int]] = []
    against(plan, plan, 5000, 1, told=lambda done, of: told.append((done, of)))
    assert told == [(2048, 5000), (4096, 5000), (5000, 5000)]


def test_plans_that_cannot_be_laid_side_by_side_are_refused(plan: Plan, pressure: Plan) -> None:
    with pytest.raises(Impossible, match="a pressure above its opening year"):
        against(plan, pressure, 8, 1)
    later = another(plan, heading=another(plan.heading, first_year="2030/31"))
    with pytest.raises(Impossible, match="no year in common: one runs from 2016/17 to 2020/21, the other from 2030/31"):
        against(plan, later, 8, 1)
    opens_later = started_in(pressure, "2017/18")
    with pytest.raises(Impossible, match="above 2015/16, the other above 2016/17"):
        against(pressure, opens_later, 8, 1)
