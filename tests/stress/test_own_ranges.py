"""A plan on its own ranges alone is the plan that states the model's own numbers as certain."""

from __future__ import annotations

import pytest

from tripleaim.plan import Plan
from tripleaim.plan.assumptions import KNOWN, WIDE
from tripleaim.plan.source import Assumption
from tripleaim.plan.variant import with_tables
from tripleaim.projection import project
from tripleaim.quantities import certain
from tripleaim.stress.findings import stress
from tripleaim.stress.own_ranges import on_own_ranges
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties

DRAWS = 300


def with_every_assumption_stated(plan: Plan) -> Plan:
    """The plan with each number the model would add, as certain."""
    written = {row.key for row in plan.assumptions}
    added = tuple(
        Assumption(
            key=known.key,
            name=known.name,
            value=certain(known.default.point),
            unit=known.unit,
            source=plan.assumptions[0].source,
        )
        for known in (*KNOWN, *WIDE)
        if known.key not in written
    )
    return with_tables(plan, assumptions=plan.assumptions + added)


def test_it_is_the_plan_with_the_models_own_numbers_certain(plan: Plan) -> None:
    found = on_own_ranges(plan, uncertainties(plan), Streams(4), DRAWS)
    whole, stated = stress(plan, DRAWS, 4), stress(with_every_assumption_stated(plan), DRAWS, 4)
    assert found is not None
    assert found.money == stated.of("both", "hoped")
    assert found.stated == stated.inputs
    assert found.stated + len(found.added) == whole.inputs
    assert "allocations" in " ".join(found.added)


def test_a_plan_that_states_every_range_has_nothing_to_leave_out(plan: Plan) -> None:
    stated = with_every_assumption_stated(plan)
    assert on_own_ranges(stated, uncertainties(stated), Streams(4), DRAWS) is None


def test_a_plan_that_states_no_range_is_its_own_figure_in_every_draw(pressure: Plan) -> None:
    added = [each for each in uncertainties(pressure) if each.name.startswith("assumptions/")]
    found = on_own_ranges(pressure, added, Streams(4), 3)
    assert found is not None
    assert found.stated == 0
    assert found.money.low == found.money.high
    assert found.money.middle[-1] == pytest.approx(
        project(pressure).scope("both").hoped[len(pressure.years) - 1], abs=1e-3
    )
