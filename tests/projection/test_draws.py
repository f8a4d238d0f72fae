"""Draws lie along the case axis: each is the run of the plan whose ranges have that draw as their point."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.assumptions import KNOWN, WIDE
from tripleaim.plan.source import Assumption
from tripleaim.plan.tables import TABLES
from tripleaim.projection.project import run_cases, run_draws
from tripleaim.projection.values import input_name
from tripleaim.quantities import Noun, Range

INVENTED = Path(__file__).resolve().parents[2] / "plans" / "wealdshire_and_marsh"
CASES = ("funding_growth", "hoped", "resourced")
DRAWS = 4


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(INVENTED)


def ranges(plan: Plan) -> Iterator[tuple[str, Noun, str, Range]]:
    """Every range of every table that is not certain: its table, its row, its field and itself."""
    for form in TABLES:
        for row in getattr(plan, form.name):
            for name in type(row).model_fields:
                value = getattr(row, name)
                if isinstance(value, Range) and value.low < value.high:
                    yield form.name, row, name, value


def changed(row: Noun, **parts: object) -> Noun:
    return type(row)(**{**{name: getattr(row, name) for name in type(row).model_fields}, **parts})


def drawn(plan: Plan, random: np.random.Generator) -> dict[str, np.ndarray]:
    """A few values between low and high for every range, and for the model's own assumptions."""
    found = {
        input_name(row, name): random.uniform(value.low, value.high, DRAWS) for _, row, name, value in ranges(plan)
    }
    stated = {row.key for row in plan.assumptions}
    for known in (*KNOWN, *WIDE):
        if known.key not in stated and known.default.low < known.default.high:
            found[f"assumptions/{known.key}/value"] = random.uniform(known.default.low, known.default.high, DRAWS)
    return found


def as_points(plan: Plan, drawn: dict[str, np.ndarray], draw: int) -> Plan:
    """The plan in which every range is its value in one draw."""
    tables = {form.name: list(getattr(plan, form.name)) for form in TABLES}
    for name, rows in tables.items():
        for n, row in enumerate(rows):
            parts = {}
            for field in type(row).model_fields:
                value = getattr(row, field)
                if isinstance(value, Range) and (key := input_name(row, field)) in drawn:
                    point = float(drawn[key][draw])
                    parts[field] = Range(point=point, low=point, high=point)
            if parts:
                tables[name][n] = changed(row, **parts)
    for known in (*KNOWN, *WIDE):
        key = f"assumptions/{known.key}/value"
        if key in drawn and known.key not in {row.key for row in plan.assumptions}:
            point = float(drawn[key][draw])
            tables["assumptions"].append(
                Assumption(
                    key=known.key,
                    name=known.name,
                    value=Range(point=point, low=point, high=point),
                    unit=known.unit,
                    source=plan.sources[0].key,
                )
            )
    return Plan(heading=plan.heading, **{name: tuple(rows) for name, rows in tables.items()})


@pytest.mark.parametrize("case", CASES)
def test_each_draw_is_the_run_of_the_plan_that_has_it_as_its_points(plan: Plan, case: str) -> None:
    values = drawn(plan, np.random.default_rng(1))
    together = run_draws(plan, case, values)
    for draw in range(DRAWS):
        alone = run_cases(as_points(plan, values, draw))
        at = alone.cases.at(case)
        assert together.recurrent[:, :, draw] == pytest.approx(alone.recurrent[:, :, at], rel=1e-9, abs=1e-3)
        assert together.one_off[:, :, draw] == pytest.approx(alone.one_off[:, :, at], rel=1e-9, abs=1e-3)
        assert together.opened.open[:, :, draw] == pytest.approx(alone.opened.open[:, :, at])
        assert together.people.short[:, :, draw] == pytest.approx(alone.people.short[:, :, at], abs=1e-9)
        assert together.indicators[:, :, draw] == pytest.approx(alone.indicators[:, :, at])


@pytest.mark.parametrize("case", CASES)
def test_a_draw_of_every_point_is_the_run(plan: Plan, case: str) -> None:
    points = {input_name(row, name): np.full(2, value.point) for _, row, name, value in ranges(plan)}
    run, draws = run_cases(plan), run_draws(plan, case, points)
    at = run.cases.at(case)
    for draw in range(2):
        assert (draws.recurrent[:, :, draw] == run.recurrent[:, :, at]).all()
        assert (draws.opened.open[:, :, draw] == run.opened.open[:, :, at]).all()


def test_a_range_that_is_not_drawn_keeps_its_point(plan: Plan) -> None:
    row = next(row for row in plan.indices if row.index == "pay")
    draws = run_draws(plan, "hoped", {input_name(row, "change"): np.array([row.change.point, row.change.high])})
    short = -draws.recurrent[draws.scope("both")].sum(axis=0)[draws.axes.last]
    assert short[0] == pytest.approx(run_cases(plan).short("hoped")[draws.axes.last], abs=1e-3)
    assert short[1] > short[0]
