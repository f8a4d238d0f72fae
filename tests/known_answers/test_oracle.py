"""The model against a second computation written from the method notes alone: equal to the penny."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from invariants.small_plans import small_plan
from known_answers.oracle import Answer, Case, Place
from known_answers.tiny_place import tiny_place
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.plan import Plan
from tripleaim.plan.agreement import Payment
from tripleaim.plan.money import AfterGap
from tripleaim.plan.organisation import Role
from tripleaim.plan.scheme import CostKind, EffectKind
from tripleaim.projection import run_cases
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.projection.run import Run

RANDOM_PLACES = 30


def cases_of(plan: Plan) -> Iterator[tuple[str, Case]]:
    """The model's own cases, as the oracle understands them."""
    every = frozenset(scheme.key for scheme in plan.schemes)
    walk = ("people", "use", "prices", "duties", "funding")
    names = ("opening", "demographic", "non_demographic", "pay_and_prices", "new_duties", "funding_growth")
    for n, name in enumerate(names):
        yield name, Case(**{step: k < n for k, step in enumerate(walk)})
    yield "nothing_smooth", Case(whole_wards=False)
    yield "hoped", Case(schemes=every)
    yield "hoped_smooth", Case(schemes=every, whole_wards=False)
    yield "resourced", Case(schemes=every, resourced=True)
    for scheme in sorted(every):
        yield f"alone:{scheme}", Case(schemes=frozenset({scheme}), whole_wards=False)


def differences(plan: Plan, run: Run) -> list[str]:
    """Every figure in which the model and the oracle differ by more than a penny (beds and units: a millionth)."""
    place, found = Place(plan), []
    for name, case in cases_of(plan):
        answer, at = place.answer(case), run.cases.at(name)
        parts: list[tuple[str, dict[str, list[float]], tuple[str, ...], np.ndarray, float]] = [
            ("units", answer.units, run.axes.lines, run.given.units, 1e-6),
            ("beds", answer.beds, run.axes.pools, run.opened.open, 1e-6),
            ("beds needed", answer.beds_needed, run.axes.pools, run.opened.needed, 1e-6),
            ("recurrent", answer.recurrent, run.axes.nodes, run.recurrent, 0.01),
            ("one-off", answer.one_off, run.axes.nodes, run.one_off, 0.01),
        ]
        for what, expected, keys, values, most in parts:
            for n, key in enumerate(keys):
                oracle = np.array(expected.get(key, [0.0] * len(run.axes.years)))
                apart = np.abs(oracle - values[n, :, at])
                if (apart > most).any():
                    year = int(np.argmax(apart))
                    found.append(
                        f"{name}: {what} of {key} in {run.axes.years[year]}: method {oracle[year]:,.2f}, "
                        f"model {values[n, year, at]:,.2f}"
                    )
    return found


def test_the_tiny_place_has_every_feature_and_every_figure_agrees() -> None:
    plan = tiny_place()
    crosscheck_plan(plan)
    assert not differences(plan, run_cases(plan))


@pytest.mark.parametrize("number", range(RANDOM_PLACES))
def test_thirty_random_places_agree_to_the_penny(number: int) -> None:
    plan = small_plan(number)
    crosscheck_plan(plan)
    assert not differences(plan, run_cases(plan))


def test_the_thirty_places_hold_between_them_what_real_systems_have() -> None:
    plans = [small_plan(number) for number in range(RANDOM_PLACES)]

    def largest(role: Role) -> int:
        return max(sum(body.role is role for body in plan.organisations) for plan in plans)

    assert (largest(Role.COMMISSIONER), largest(Role.COUNCIL), largest(Role.PROVIDER)) == (3, 2, 3)
    assert {len(plan.years) for plan in plans} >= {1, 5, 10}
    assert {row.sex for plan in plans for row in plan.population} == {"persons", "females", "males"}
    assert {bool(plan.projections) for plan in plans} == {True, False}
    assert {effect.kind for plan in plans for effect in plan.effects} == set(EffectKind)
    assert {contract.form for plan in plans for contract in plan.contracts} == set(Payment)
    assert {cost.kind for plan in plans for cost in plan.costs} == set(CostKind)
    assert {row.kind for plan in plans for row in plan.council_measures} == set(AfterGap)
    assert any(total.fund for plan in plans for total in plan.control_totals)
    assert any(is_pressure(plan, axes(plan)) for plan in plans)


def test_the_oracle_itself_balances_every_flow() -> None:
    answer: Answer = Place(tiny_place()).answer(Case(schemes=frozenset({"urgent_community"})))
    for books in (answer.recurrent, answer.one_off):
        for year in range(len(next(iter(books.values())))):
            assert sum(values[year] for values in books.values()) == pytest.approx(0, abs=0.01)
