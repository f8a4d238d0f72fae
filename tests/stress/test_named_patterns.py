"""Rows of shapes.csv and drivers.csv in a plan that a test has changed."""

from __future__ import annotations

import pytest

from loading.tiny import write_tiny
from tripleaim.errors import PlanProblems
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.uncertainty import Shape
from tripleaim.plan.variant import with_tables
from tripleaim.stress.named.partners import without_partner
from tripleaim.stress.patterns import without_idle_patterns
from tripleaim.stress.uncertainties import uncertainties

DELIVERY = "driver,inputs,share,moves,name,source\ndelivery,effects/e_avoid/*,0.3,up,,guess\n"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A plan with a shape and a driver for the numbers of one scheme alone."""
    return read_plan(write_tiny(tmp_path_factory.mktemp("tiny"), {"drivers.csv": DELIVERY}))


@pytest.fixture(scope="module")
def changed(plan: Plan) -> Plan:
    """The plan after the hospital has left, which takes that scheme with it."""
    return without_partner(plan, "hospital").plan


def test_a_row_for_a_number_that_went_with_its_scheme_goes_too(changed: Plan) -> None:
    with pytest.raises(PlanProblems, match=r"shapes\.csv"):
        uncertainties(changed)
    left = without_idle_patterns(changed)
    assert left.shapes == ()
    assert uncertainties(left)


def test_a_driver_without_a_number_left_does_not_fall_back_on_the_models_own(plan: Plan, changed: Plan) -> None:
    before = {each.name: each.pulls for each in uncertainties(plan)}
    after = {each.name: each.pulls for each in uncertainties(without_idle_patterns(changed))}
    assert {name: pulls for name, pulls in after.items() if pulls != before[name]} == {}


def test_rows_that_still_speak_of_something_stay(plan: Plan) -> None:
    assert without_idle_patterns(plan) is plan
    idle = Shape(**{**dict(plan.shapes[0]), "inputs": "nothing/*"})
    assert without_idle_patterns(with_tables(plan, shapes=(*plan.shapes, idle))).shapes == plan.shapes
