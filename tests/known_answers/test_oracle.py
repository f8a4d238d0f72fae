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
from tripleaim.projection import run_cases
from tripleaim.projection.run import Run

SIZES = [(1 + n % 10, 1 + n % 8, n % 7, 1 + n % 4) for n in range(30)]
"""Years, lines, schemes and bodies of thirty random plans."""


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


@pytest.mark.parametrize("number", range(len(SIZES)))
def test_thirty_random_places_agree_to_the_penny(number: int) -> None:
    years, lines, schemes, bodies = SIZES[number]
    plan = small_plan(number, years=years, lines=lines, schemes=schemes, bodies=bodies)
    crosscheck_plan(plan)
    assert not differences(plan, run_cases(plan))


def test_the_oracle_itself_balances_every_flow() -> None:
    answer: Answer = Place(tiny_place()).answer(Case(schemes=frozenset({"urgent_community"})))
    for books in (answer.recurrent, answer.one_off):
        for year in range(len(next(iter(books.values())))):
            assert sum(values[year] for values in books.values()) == pytest.approx(0, abs=0.01)
