"""Two forms of one plan: the fast one answers what the reference answers, and the reference what `run` says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invariants.small_plans import small_plan
from stress.another import another
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.projection.gaps import CASES
from tripleaim.quantities import certain
from tripleaim.stress.draws import central, draw
from tripleaim.stress.engine import FAST, REFERENCE, Engine, engine
from tripleaim.stress.program import codes, traced
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties

ROOT = Path(__file__).resolve().parents[2]
WORKED = sorted(folder.parent for folder in (ROOT / "plans").glob("*/plan.toml"))


def differences(plan: Plan, draws: int) -> list[str]:
    """Outputs in which the two forms differ by more than a tenth of a penny and a part in a thousand million."""
    inputs = uncertainties(plan)
    fast, reference = engine(plan, inputs), engine(plan, inputs, fast=False)
    assert (fast.kernel, reference.kernel) == (FAST, REFERENCE)
    values = draw(inputs, Streams(11), 0, draws).values
    one, other = fast(values), reference(values)
    wrong = ~(np.abs(one - other) <= np.maximum(1e-3, 1e-9 * np.abs(other)))  # NaN is wrong too
    return [f"{fast.outputs[n]}: {one[n, d]} and {other[n, d]}" for n, d in np.argwhere(wrong)]


@pytest.mark.parametrize("folder", WORKED, ids=lambda folder: folder.name)
def test_the_fast_form_of_a_worked_plan_answers_what_the_reference_answers(folder: Path) -> None:
    assert differences(read_plan(folder), draws=130) == []


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_fast_form_of_a_random_plan_answers_what_the_reference_answers(seed: int) -> None:
    plan = small_plan(seed)
    if uncertainties(plan):
        assert differences(plan, draws=5) == []


def without(*tables: str) -> Plan:
    """The invented place with some tables empty."""
    plan = read_plan(ROOT / "plans" / "wealdshire_and_marsh")
    return Plan(**{name: () if name in tables else getattr(plan, name) for name in Plan.model_fields})


NO_SCHEMES = ("schemes", "effects", "costs", "posts", "shapes", "drivers")


@pytest.mark.parametrize(
    "tables",
    [
        NO_SCHEMES,
        (*NO_SCHEMES, "indicators"),
        (
            *NO_SCHEMES,
            "indicators",
            "workforce",
            "staffing",
            "posts_available",
            "activity",
            "planned_units",
            "capacity",
        ),
    ],
    ids=["schemes", "indicators", "lines, beds and staff"],
)
def test_a_plan_may_have_none_of_what_is_told(tables: tuple[str, ...]) -> None:
    assert differences(without(*tables), draws=3) == []


@pytest.mark.parametrize("fast", [True, False])
def test_a_plan_all_of_whose_numbers_are_certain_is_the_run_in_every_draw(fast: bool) -> None:
    plan = small_plan(3)
    asked = engine(plan, (), fast=fast)
    answer = asked(np.empty((0, 3)))
    told = project(plan).scope("both").hoped
    for n, year in enumerate(plan.years):
        assert answer[asked.row("short", "both", year)] == pytest.approx([told[n]] * 3, abs=1e-3)


@pytest.fixture(scope="module")
def both() -> tuple[Engine, Engine]:
    plan = read_plan(ROOT / "plans" / "wealdshire_and_marsh")
    inputs = uncertainties(plan)
    return engine(plan, inputs), engine(plan, inputs, fast=False)


@pytest.mark.parametrize("form", [0, 1])
def test_the_draw_of_every_point_is_the_run(both: tuple[Engine, Engine], form: int) -> None:
    found, run = both[form], project(both[form].plan)
    answer = found(central(found.inputs).values)[:, 0]
    for scope in ("nhs", "council", "both"):
        for case in ("do_nothing", "hoped", "resourced"):
            told = getattr(run.scope(scope), case)
            for n, year in enumerate(found.plan.years):
                assert answer[found.row("short", scope, year, case)] == pytest.approx(told[n], abs=1e-3)
    for n, year in enumerate(found.plan.years):
        for body in run.organisations:
            with_one_off = body.hoped[n] + body.one_off_hoped[n]
            assert answer[found.row("organisation", body.who, year)] == pytest.approx(with_one_off, abs=1e-3)
        for group in run.staff:
            told = answer[found.row("staff_short", f"{group.organisation}/{group.group}", year)]
            assert told == pytest.approx(group.short[n], abs=1e-6)
    assert any(body.one_off_hoped[0] for body in run.organisations)
    for pool in run.beds:
        assert answer[found.row("beds", pool.pool, found.plan.years[-1])] == pytest.approx(pool.open_last)
    for path in run.outcomes:
        for indicator in path.indicators:
            assert answer[found.row("indicator", indicator.key, found.plan.years[-1])] == pytest.approx(
                indicator.hoped[-1]
            )


@pytest.mark.parametrize("form", [0, 1])
def test_a_draw_answers_the_same_bits_whatever_stands_beside_it(both: tuple[Engine, Engine], form: int) -> None:
    values = draw(both[form].inputs, Streams(3), 0, 9).values
    whole = both[form](values)
    apart = np.concatenate([both[form](values[:, :4]), both[form](values[:, 4:])], axis=1)
    assert (whole == apart).all()


@pytest.mark.parametrize("form", [0, 1])
def test_an_engine_of_some_outputs_gives_those_of_the_whole(both: tuple[Engine, Engine], form: int) -> None:
    asked = [both[form].outputs[n] for n in (100, 3, 7)]
    values = draw(both[form].inputs, Streams(3), 0, 6).values
    assert both[form].only(asked)(values) == pytest.approx(both[form](values)[[100, 3, 7]], rel=1e-12)


def test_a_fast_engine_has_nothing_to_excuse_and_a_slow_one_says_why(both: tuple[Engine, Engine]) -> None:
    assert [each.why_slow for each in both] == ["", "The reference form was asked for."]
    assert [each.only(each.outputs[:1]).why_slow for each in both] == [each.why_slow for each in both]


def test_what_the_fast_form_cannot_record_the_reference_answers_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(traced._UFUNCS, np.floor)  # as if the projection had begun to use it
    plan = another(read_plan(ROOT / "plans" / "west_north_and_east_cumbria"), sources=())
    inputs = uncertainties(plan)
    found, reference = engine(plan, inputs), engine(plan, inputs, fast=False)
    assert found.kernel == REFERENCE
    assert "no recording of numpy.floor" in found.why_slow
    values = draw(inputs, Streams(5), 0, 2).values
    assert (found(values) == reference(values)).all()
    assert (found.only(found.outputs[:1])(values) == reference(values)[:1]).all()


def test_programs_that_are_kept_are_told_apart_by_plan_inputs_and_cases() -> None:
    """Each is asked for after another that differs in one of these only."""
    plan = small_plan(2, schemes=(3, 3))
    inputs = uncertainties(plan)
    heads = tuple(another(row, growth=certain(0.1)) for row in plan.budgets)
    other = Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | {"budgets": heads})
    values = draw(inputs, Streams(5), 0, 2).values
    for asked, case, number in (
        (plan, "hoped", len(inputs)),
        (plan, "do_nothing", len(inputs)),
        (other, "do_nothing", len(inputs)),
        (other, "do_nothing", len(inputs) - 1),
    ):
        cases = {"told": CASES[case]}
        fast, reference = (engine(asked, inputs[:number], cases, fast=fast) for fast in (True, False))
        assert fast(values[:number]) == pytest.approx(reference(values[:number]), abs=1e-3)


def test_a_fast_engine_of_one_output_works_out_less(both: tuple[Engine, Engine]) -> None:
    one = both[0].only(both[0].outputs[:1])
    assert one.program is not None
    assert both[0].program is not None
    assert one.program.operations < both[0].program.operations / 2


def test_no_step_fills_a_register_that_it_reads(both: tuple[Engine, Engine]) -> None:
    program = both[0].program
    assert program is not None
    works = program.code > codes.LAST_MOVE
    assert (program.operands[0] != program.to)[works].all()


STRESS = """
from rich.console import Console
from invariants.small_plans import small_plan
from tripleaim.projection import project
from tripleaim.reports.stress_summary import stress_summary
from tripleaim.stress.findings import stress
from tripleaim.stress.whole import Whole
plan = small_plan(1)
stress_summary(Whole(found=stress(plan, 20)), project(plan), Console(width=120))
"""
WITHOUT_NUMBA = 'import sys; sys.modules["numba"] = None' + STRESS
NOWHERE = {"NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator", "NUMBA_CACHE_DIR": "/dev/null/none"}


@pytest.mark.parametrize(
    ("script", "environment", "said"),
    [
        (WITHOUT_NUMBA, {}, "numba is not installed, so each draw takes some fifty times as long"),
        (STRESS, NOWHERE, "numba may write to none of its folders, or there is no room in it"),
    ],
    ids=["without numba", "where nothing can be kept"],
)
def test_without_what_makes_it_fast_everything_works_and_says_so(
    script: str, environment: dict[str, str], said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT / "tests", env=os.environ | environment
    )
    assert done.returncode == 0, done.stderr
    assert said in " ".join(done.stdout.split())
