"""Two plans side by side are drawn as was asked, each as it is drawn by itself, and differ from half a penny on."""

from __future__ import annotations

import numpy as np
import pytest

from invariants.small_plans import small_plan
from stress.another import another
from tripleaim.plan import Plan
from tripleaim.plan.money import Allocation
from tripleaim.plan.source import Assumption
from tripleaim.quantities import certain
from tripleaim.stress.against import against
from tripleaim.stress.draws import draw, register
from tripleaim.stress.engine import engine
from tripleaim.stress.findings import stress
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.streams import Sampler, Streams
from tripleaim.stress.uncertainties import independent, uncertainties

DRAWS, SEED = 8, 3
WAYS = {
    "together": {},
    "alone": {"together": False},
    "sobol": {"sobol": True},
    "sobol, alone": {"together": False, "sobol": True},
}


@pytest.fixture(scope="module")
def small() -> Plan:
    """A place of ten years with a driver that moves its numbers together."""
    return small_plan(5, schemes=(1, 3))


def stating(plan: Plan, known: str) -> Plan:
    """The plan with one of the model's own numbers as certain, so that it has an uncertain number less."""
    inputs = {each.name: each for each in uncertainties(plan)}
    own = inputs[f"assumptions/{known}/value"]
    row = Assumption(
        key=known, name=known, value=certain(own.spread.range.point), unit=own.unit, source=plan.sources[0].key
    )
    return another(plan, assumptions=(*plan.assumptions, row))


@pytest.fixture(scope="module")
def one(small: Plan) -> Plan:
    """The plan with one uncertain number less."""
    return stating(small, "all_allocations")


@pytest.fixture(scope="module")
def other(small: Plan) -> Plan:
    """The plan with another one less, and without its last two years: neither plan has all of the other's numbers."""
    fewer = stating(small, "all_demand")
    return another(fewer, heading=another(fewer.heading, years=small.heading.years - 2))


@pytest.fixture(scope="module", params=WAYS)
def asked(request: pytest.FixtureRequest) -> dict[str, bool]:
    return WAYS[request.param]


def answers(plan: Plan, behind: Plan, asked: dict[str, bool]) -> dict[str, np.ndarray]:
    """Year → the place's shortfall as hoped in every draw; Sobol' dimensions stand behind those of another plan."""
    of, before = (
        each if asked.get("together", True) else independent(each) for each in map(uncertainties, (plan, behind))
    )
    sampler: Sampler = Sobol(SEED, DRAWS, register(of, register(before))) if asked.get("sobol") else Streams(SEED)
    model = engine(plan, of, fast=False)
    found = model(draw(of, sampler, 0, DRAWS).values)
    return {year: found[model.row("short", "both", year)] for year in plan.years}


def test_the_plan_stands_beside_the_other_with_the_figures_of_its_own_stress_test(
    one: Plan, other: Plan, asked: dict[str, bool]
) -> None:
    found = against(one, other, DRAWS, SEED, **asked)
    for case in ("do_nothing", "hoped", "resourced"):
        told, own = found.sides(case).plan, stress(one, DRAWS, SEED, **asked).of("both", case)
        years = len(found.years)
        assert (told.low, told.middle, told.high) == (own.low[:years], own.middle[:years], own.high[:years])


def test_the_difference_is_taken_draw_by_draw_in_the_years_both_have(
    one: Plan, other: Plan, asked: dict[str, bool]
) -> None:
    found = against(one, other, DRAWS, SEED, **asked)
    here, there = answers(one, one, asked), answers(other, one, asked)
    assert found.years == other.years
    assert len(found.years) == len(one.years) - 2
    for n, year in enumerate(found.years):
        apart = here[year] - there[year]
        assert found.of("hoped").mean[n] == pytest.approx(apart.mean(), abs=0.01)
        assert found.of("hoped").high[n] == pytest.approx(np.quantile(apart, 0.9), abs=0.01)
        assert found.sides("hoped").other.middle[n] == pytest.approx(np.median(there[year]), abs=0.01)


def test_two_plans_turned_about_differ_by_as_much_the_other_way(one: Plan, other: Plan) -> None:
    """Each number has its own stream, so it does not matter which plan is named first; the first may be the shorter."""
    found, about = against(one, other, DRAWS, SEED), against(other, one, DRAWS, SEED)
    assert about.years == found.years == other.years
    assert about.of("hoped").middle == pytest.approx([-each for each in found.of("hoped").middle])
    assert about.of("hoped").better == found.of("hoped").worse
    assert about.sides("hoped").plan == found.sides("hoped").other
    assert (about.numbers.only_plan, about.numbers.only_other) == (found.numbers.only_other, found.numbers.only_plan)


def test_numbers_that_only_one_of_the_plans_has_are_counted_on_its_side(small: Plan, one: Plan) -> None:
    two_less = stating(one, "all_demand")
    found = against(two_less, small, 2, SEED).numbers
    assert (found.only_plan, found.only_other) == (0, 2)
    assert found.same == len(uncertainties(two_less))
    about = against(small, two_less, 2, SEED).numbers
    assert (about.only_plan, about.only_other) == (2, 0)


def given(plan: Plan, amount: float) -> Plan:
    """The plan with so much more for one commissioner each year, GBP."""
    body, source = plan.allocations[0].organisation, plan.allocations[0].source
    more = tuple(
        Allocation(organisation=body, year=year, kind="gift", amount=amount, source=source)
        for year in (plan.opening_year, *plan.years)
    )
    return another(plan, allocations=(*plan.allocations, *more))


@pytest.mark.parametrize(("pence", "better"), [(0.3, 0.0), (0.8, 1.0)])
def test_plans_that_differ_by_less_than_half_a_penny_are_alike(small: Plan, pence: float, better: float) -> None:
    richer = given(small, pence / 100)
    found, about = against(richer, small, 4, SEED).of("hoped"), against(small, richer, 4, SEED).of("hoped")
    assert set(found.better) == set(about.worse) == {better}
    assert set(found.worse) == set(about.better) == {0.0}
