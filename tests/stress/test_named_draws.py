"""What a plan comes to under a named test rests on the draws that were asked for, and is read of them to the penny."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stress.another import another
from stress.named_by_hand import a_test, number, tried
from tripleaim.plan import Plan
from tripleaim.plan.own_test import Operation, Rule
from tripleaim.quantities import Range, certain
from tripleaim.stress.draws import draw, draw_beside, register
from tripleaim.stress.engine import engine
from tripleaim.stress.named.contingency import contingency
from tripleaim.stress.named.named_stress import named_stress
from tripleaim.stress.named.outcomes import HowDrawn, Outcomes, outcomes
from tripleaim.stress.named.trying import in_case
from tripleaim.stress.sobol import Sobol
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import independent, uncertainties

DRAWS = 6


def by_hand(organisations: np.ndarray, points: np.ndarray | None = None) -> Outcomes:
    """Outcomes worked by hand: shortfalls, (member, year, draw), and at the points, (member, year), else noughts."""
    members, years, _ = organisations.shape
    at_points = np.zeros((members, years)) if points is None else points
    return Outcomes(
        years=tuple(f"20{16 + n}/{17 + n}" for n in range(years)),
        members=tuple(f"body_{n}" for n in range(members)),
        is_pressure=False,
        short={"hoped": organisations.sum(axis=0)},
        point={"hoped": at_points.sum(axis=0)},
        organisations={"hoped": organisations},
        organisations_point={"hoped": at_points},
    )


@pytest.mark.parametrize("together", [True, False], ids=["together", "alone"])
@pytest.mark.parametrize("seed", [1, 3])
def test_what_a_plan_comes_to_are_the_answers_to_the_draws_of_its_seed(plan: Plan, seed: int, together: bool) -> None:
    inputs = uncertainties(plan) if together else independent(uncertainties(plan))
    asked = engine(plan, inputs, fast=False)
    answer = asked(draw(inputs, Streams(seed), 0, DRAWS).values)
    found = outcomes(plan, HowDrawn(draws=DRAWS, seed=seed, together=together))
    for case in ("hoped", "resourced"):
        for n, year in enumerate(plan.years):
            assert found.short[case][n] == pytest.approx(answer[asked.row("short", "both", year, case)])
            for m, who in enumerate(found.members):
                own = answer[asked.row("organisation", who, year, case)]
                assert found.organisations[case][m, n] == pytest.approx(own)


def test_a_number_that_only_the_changed_plan_has_takes_a_sobol_dimension_behind_those_of_the_plan(plan: Plan) -> None:
    asked = HowDrawn(draws=8, seed=3, sobol=True)
    wide = next(row for row in plan.assumptions if row.value.width)
    stated = tuple(another(row, value=certain(row.value.point)) if row is wide else row for row in plan.assumptions)
    certain_of_it = another(plan, assumptions=stated)
    before, inputs = uncertainties(certain_of_it), uncertainties(plan)
    assert len(before) == len(inputs) - 1
    evenly = Sobol(3, 8, register(inputs, register(before)))
    model = engine(plan, inputs, fast=False)
    answer = model(draw(inputs, evenly, 0, 8).values)
    found = outcomes(plan, asked, outcomes(certain_of_it, asked))
    for n, year in enumerate(plan.years):
        assert found.short["hoped"][n] == pytest.approx(answer[model.row("short", "both", year)])


@pytest.mark.parametrize("how", [{"seed": 3}, {"seed": 4, "together": False}], ids=["seed 3", "seed 4, alone"])
def test_tests_contingency_and_speed_all_rest_on_the_draws_that_were_asked_for(
    pressure: Plan, how: dict[str, int]
) -> None:
    asked = HowDrawn(draws=DRAWS, **how)
    found, own = named_stress(pressure, asked), outcomes(pressure, asked)
    assert found.asked == asked
    assert found.contingency == tuple(contingency(pressure, case=case, base=own) for case in ("hoped", "resourced"))
    assert found.contingency[0].of(0.8).amount != contingency(pressure, HowDrawn(draws=DRAWS)).of(0.8).amount


def test_a_place_short_by_less_than_half_a_penny_is_in_balance() -> None:
    found = by_hand(np.array([[[-3.0, 0.0, 0.004, 0.006]]]))
    assert found.chance("hoped") == 0.75


def test_what_is_lost_in_the_meantime_leaves_the_last_year_out() -> None:
    before = by_hand(np.zeros((2, 3, 1)))
    after = by_hand(np.zeros((2, 3, 1)), np.array([[1.0, 20.0, 400.0], [-3.0, 50.0, 700.0]]))
    found = in_case(before, after, "hoped")
    assert found.meantime == 1 + 20 - 3 + 50
    assert found.lost == 400 + 700


def test_what_one_body_has_over_is_set_against_what_another_is_short_of_in_the_planned_shortfall(plan: Plan) -> None:
    found = contingency(plan, base=by_hand(np.zeros((2, 2, 1)), np.array([[5.0, 1.0], [-2.0, -4.0]])))
    assert found.planned == (3.0, 0.0)


@pytest.mark.parametrize(
    ("spare", "lost", "is_missed"),
    [
        (0.0, 0.001, False),  # met to the penny before, and after
        (0.0, 100.0, True),
        (100.0, 99.0, False),
        (100.0, 101.0, True),
        (-100.0, 1e6, False),  # missed before the test, so not for its sake
    ],
)
def test_a_control_total_is_met_to_the_penny(plan: Plan, spare: float, lost: float, is_missed: bool) -> None:
    total = next(row for row in plan.control_totals if row.organisation == "marsh_commissioner")
    base = outcomes(plan, HowDrawn(draws=1))
    who, year = base.members.index(total.organisation), plan.years.index(total.year)
    position = -float(base.organisations_point["hoped"][who, year])
    held = another(plan, control_totals=(another(total, amount=position - spare),))
    of_the_year = f"organisation={total.organisation}; kind=core; year={total.year}"
    less = number("allocations", "amount", Operation.ADD, -lost, where=of_the_year)
    found = tried(held, a_test(less, rule=Rule.CONTROL_TOTALS))
    assert found.done.rows == 1
    assert found.missed == (((total.organisation, total.year),) if is_missed else ())


@pytest.mark.parametrize("sobol", [False, True], ids=["streams", "sobol"])
def test_what_a_changed_plan_shares_is_not_drawn_again_and_all_of_it_has_the_bits_it_has_alone(
    plan: Plan, sobol: bool
) -> None:
    inputs = uncertainties(plan)
    wider = replace(inputs[5].spread, range=Range(point=0.0, low=-1.0, high=2.0), at_least=-9.0, at_most=9.0)
    other = (replace(inputs[5], spread=wider), *inputs[7:3:-1], inputs[2])
    sampler = Sobol(3, 16, register(inputs)) if sobol else Streams(3)
    found = draw_beside(draw(inputs, sampler, 0, 16), other, sampler)
    assert found.inputs == other
    assert found.values.tobytes() == draw(other, sampler, 0, 16).values.tobytes()


def test_draws_of_another_seed_are_not_taken_over(pressure: Plan) -> None:
    one, other = HowDrawn(draws=8, seed=1), HowDrawn(draws=8, seed=2)
    beside = outcomes(pressure, other, outcomes(pressure, one))
    assert np.array_equal(beside.short["hoped"], outcomes(pressure, other).short["hoped"])
