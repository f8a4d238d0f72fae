"""What is read of draws whose answers are known: what counts as met, and how far off the others are."""

from __future__ import annotations

import numpy as np
import pytest

from stress.formula import formula, uncertain
from tripleaim.plan import Plan
from tripleaim.stress.engine import Engine, engine
from tripleaim.stress.findings import movers, stress
from tripleaim.stress.headlines import INDICATOR, ORGANISATION, SHORT
from tripleaim.stress.ranges import named_ranges
from tripleaim.stress.readings import Readings
from tripleaim.stress.spreads import FirstBalance, Spreads
from tripleaim.stress.uncertainties import uncertainties


@pytest.fixture(scope="module")
def asked(plan: Plan) -> Engine:
    return engine(plan, uncertainties(plan), fast=False)


def read(asked: Engine, measure: str, who: str, answers: list[list[float]]) -> Readings:
    """Readings of draws that all answer nought, but for one amount as hoped: (year, draw), of the first years."""
    draws = np.zeros((len(asked.outputs), len(answers[0])))
    for year, row in zip(asked.plan.years, answers, strict=False):
        draws[asked.row(measure, who, year)] = row
    found = Readings(asked)
    found.tally.add(draws)
    return found


def spread(found: Readings, measure: str, who: str) -> Spreads:
    (told,) = [each for each in found.spreads(measure) if (each.who, each.case) == (who, "hoped")]
    return told


@pytest.mark.parametrize(("measure", "who"), [(SHORT, "both"), (SHORT, "nhs"), (ORGANISATION, "marsh_infirmary")])
def test_money_is_in_balance_to_half_a_penny_and_a_pound_more_is_short(asked: Engine, measure: str, who: str) -> None:
    told = spread(read(asked, measure, who, [[0.0, 0.004, 0.006, 1.0], [-9.0, 0.0, 0.0, 0.0]]), measure, who)
    assert told.met[:2] == (0.5, 1.0)
    assert told.when_missed[:2] == (pytest.approx((0.006 + 1.0) / 2, rel=1e-12), 0.0)


def test_balance_for_good_begins_in_the_first_year_after_which_none_is_short(asked: Engine) -> None:
    years = len(asked.plan.years)
    answers = [[4000.0, 0.0, 0.0], [0.004, 100.0, 0.0], *[[0.0, 0.0, 0.0]] * (years - 3), [0.0, 0.0, 1.0]]
    every = read(asked, SHORT, "both", answers).first_balance()
    (found,) = [each for each in every if (each.who, each.case) == ("both", "hoped")]
    third = pytest.approx(1 / 3)
    assert found == FirstBalance(who="both", case="hoped", by_year=(0, third, third, *[0] * (years - 3)), never=third)


@pytest.mark.parametrize(
    ("who", "off"),
    [
        ("cancer_62_days", [0.0, 0.01, -0.002, -0.004]),  # higher is better: above the standard is well
        ("falls", [0.0, -0.01, 0.002, 0.004]),
    ],
)
def test_an_indicator_at_its_very_standard_meets_it_and_others_are_told_by_how_far_they_are_off(
    asked: Engine, plan: Plan, who: str, off: list[float]
) -> None:
    standard = next(row.standard for row in plan.indicators if row.key == who)
    told = spread(read(asked, INDICATOR, who, [[standard + each for each in off]]), INDICATOR, who)
    assert told.met[0] == 0.5
    assert told.when_missed[0] == pytest.approx(0.003, abs=1e-6)


def test_a_control_total_is_reached_to_half_a_penny(asked: Engine, plan: Plan) -> None:
    row = plan.control_totals[0]
    year = plan.years.index(row.year)
    short = [[0.0] * 4] * year + [[-row.amount, -row.amount - 1, -row.amount + 0.004, -row.amount + 1]]
    found = read(asked, ORGANISATION, row.organisation, short).control_totals()
    assert next(met for total, case, met in found if (total, case) == (row, "hoped")) == 0.75


def test_a_stress_test_counts_every_range_and_a_judgement_written_on_several_rows_as_one_number(
    pressure: Plan,
) -> None:
    found = stress(pressure, 1)
    assert found.ranges == len(named_ranges(pressure))
    assert found.inputs == len(uncertainties(pressure)) < found.ranges


def test_a_number_that_moves_no_money_is_no_mover(plan: Plan) -> None:
    names = ("activity/care_home_week/release_share", "assumptions/all_allocations/value")
    two = [each for each in uncertainties(plan) if each.name in names]
    assert len(two) == 2
    assert [each.name for each in movers(engine(plan, two, fast=False))] == [names[1]]


def test_a_number_that_moves_less_than_half_a_penny_is_no_mover() -> None:
    three = [uncertain(name) for name in "abc"]
    found = movers(formula(three, lambda x: 0.002 * x[0] + 0.003 * x[1] + 1e6 * x[2]))
    assert [(each.name, each.at_high) for each in found] == [("c", 1e6), ("b", 0.003)]
