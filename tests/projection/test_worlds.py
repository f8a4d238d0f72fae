"""Worlds: what runs, how fully, and who bears it, side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invariants.small_plans import small_plan
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.projection.axes import axes
from tripleaim.projection.project import run_cases, run_worlds
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import worlds

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def invented() -> Plan:
    return read_plan(ROOT / "plans" / "wealdshire_and_marsh")


def position(run: Run, body: str, world: int) -> list[float]:
    """Position of one body by year, one-off money with it, GBP."""
    node = run.axes.nodes.index(body)
    found: list[float] = (run.recurrent + run.one_off)[node, :, world].tolist()
    return found


def test_every_scheme_with_everybody_is_the_plan_as_hoped(invented: Plan) -> None:
    names, known = axes(invented), run_cases(invented)
    run = run_worlds(invented, worlds(names, [names.schemes]))
    hoped = known.cases.at("hoped")
    np.testing.assert_array_equal(run.recurrent[..., 0], known.recurrent[..., hoped])
    np.testing.assert_array_equal(run.indicators[..., 0], known.indicators[..., hoped])


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_scheme_at_all_is_doing_nothing(seed: int) -> None:
    plan = small_plan(seed)
    known = run_cases(plan)
    run = run_worlds(plan, worlds(axes(plan), [()]))
    np.testing.assert_allclose(run.recurrent[..., 0], known.recurrent[..., known.cases.at("funding_growth")], atol=1e-3)


def test_a_world_is_the_same_beside_any_other(invented: Plan) -> None:
    names = axes(invented)
    together = run_worlds(invented, worlds(names, [("home_first",), ("reablement", "home_first"), ()]))
    alone = run_worlds(invented, worlds(names, [("reablement", "home_first")]))
    np.testing.assert_array_equal(together.recurrent[..., 1], alone.recurrent[..., 0])


def test_a_body_that_stays_out_bears_none_of_a_schemes_cost(invented: Plan) -> None:
    names = axes(invented)
    both = worlds(names, [("falls_exercise",), ("falls_exercise",)])
    out = np.ones((len(names.schemes), len(names.nodes), 2))
    out[names.schemes.index("falls_exercise"), names.nodes.index("marsh_council"), 1] = 0.0
    run = run_worlds(invented, replace(both, bearing=out))
    with_it, without = position(run, "marsh_council", 0), position(run, "marsh_council", 1)
    assert with_it[-2] < without[-2]
    assert without[-2] - with_it[-2] == pytest.approx(170_000, rel=1e-9)  # falls_exercise.run.marsh, held in cash


def test_a_share_of_the_effect_is_what_is_left_without_partners(invented: Plan) -> None:
    names = axes(invented)
    both = worlds(names, [("home_first",), ("home_first",), ()])
    joined = np.ones((len(names.schemes), 3))
    joined[names.schemes.index("home_first"), 1] = 0.6
    run = run_worlds(invented, replace(both, joined=joined))
    days = run.given.bed_days.sum(axis=0)[run.axes.last]
    full, part, none = (none_less - days[2] for none_less in days)
    assert none == 0
    assert part == pytest.approx(0.6 * full, rel=1e-3)
    home = names.nodes.index("weald_marsh_community")
    assert run.ledger.flows  # its costs are whole: only the effect is less
    assert run.recurrent[home, -2, 0] == pytest.approx(run.recurrent[home, -2, 1])


def test_a_scheme_nobody_knows_is_refused(invented: Plan) -> None:
    with pytest.raises(ValueError, match="no scheme has the key nothing_such"):
        worlds(axes(invented), [("nothing_such",)])


def test_a_body_that_stays_out_of_a_scheme_saves_nothing_by_it_of_its_own(invented: Plan) -> None:
    names = axes(invented)
    both = worlds(names, [("back_office",), ("back_office",), ()])
    out = np.ones((len(names.schemes), len(names.nodes), 3))
    out[names.schemes.index("back_office"), names.nodes.index("weald_mental_health"), 1] = 0.0
    run = run_worlds(invented, replace(both, bearing=out))
    with_it, without, nothing = (position(run, "weald_mental_health", n)[-2] for n in range(3))
    assert with_it > without
    assert without == pytest.approx(nothing)
    assert position(run, "marsh_infirmary", 0) == pytest.approx(position(run, "marsh_infirmary", 1))
