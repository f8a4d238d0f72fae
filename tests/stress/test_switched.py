"""A plan as a function of its schemes and bodies: the fast form answers what the reference answers."""

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
from tripleaim.projection.axes import Array, axes
from tripleaim.projection.project import run_cases, run_worlds
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import FOUND, HOPED, Worlds, worlds
from tripleaim.stress.draws import draw
from tripleaim.stress.streams import Streams
from tripleaim.stress.switched import switched
from tripleaim.stress.uncertainties import uncertainties

ROOT = Path(__file__).resolve().parents[2]


def positions(run: Run) -> Array:
    """Every member's position in every year."""
    found = (run.recurrent + run.one_off)[: run.axes.members]
    return found.reshape(-1, found.shape[2])


def some_worlds(plan: Plan, seed: int, count: int) -> Worlds:
    """Worlds in which anything may be switched."""
    names, dice = axes(plan), np.random.default_rng(seed)
    sets = [[key for key in names.schemes if dice.random() < 0.6] for _ in range(count)]
    made = worlds(names, sets)
    schemes = len(names.schemes)
    return replace(
        made,
        joined=np.where(dice.random((schemes, count)) < 0.3, 0.4, 1.0),
        bearing=np.where(dice.random((schemes, len(names.nodes), count)) < 0.3, 0.0, 1.0),
    )


def assert_the_same(plan: Plan, *, draws: int, count: int, seed: int, base: str = HOPED) -> None:
    inputs, asked = uncertainties(plan), some_worlds(plan, seed, count)
    values = draw(inputs, Streams(seed), 0, draws).values
    fast, reference = (switched(plan, inputs, positions, base, partners=True, fast=choice) for choice in (True, False))
    assert (fast.program is None, reference.program is None) == (False, True)
    np.testing.assert_allclose(fast(asked, values), reference(asked, values), rtol=1e-9, atol=1e-3)


def test_the_invented_place_in_worlds_of_every_sort() -> None:
    assert_the_same(read_plan(ROOT / "plans" / "wealdshire_and_marsh"), draws=140, count=4, seed=3)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_random_plan_in_worlds_of_every_sort(seed: int) -> None:
    plan = small_plan(seed)
    if uncertainties(plan):
        assert_the_same(plan, draws=3, count=3, seed=seed)


@pytest.mark.parametrize("fast", [True, False])
def test_a_plan_at_its_stated_numbers_needs_no_draws(fast: bool) -> None:
    plan = small_plan(5, schemes=(2, 3))
    asked = worlds(axes(plan), [axes(plan).schemes, ()])
    found, again = (
        switched(plan, (), positions, partners=partners, fast=fast)(asked, np.zeros((0, 1)))
        for partners in (False, True)
    )
    assert found.shape[1:] == (2, 1)
    assert np.isfinite(found).all()
    np.testing.assert_array_equal(found, again)  # where nobody says who takes part, everybody does


def test_who_takes_part_is_not_asked_of_a_plan_that_was_made_ready_for_schemes_alone() -> None:
    plan = small_plan(5, schemes=(2, 3))
    with pytest.raises(ValueError, match="who takes part"):
        switched(plan, (), positions)(some_worlds(plan, 1, 2), np.zeros((0, 1)))


def test_only_the_posts_and_capital_found_go_to_the_schemes_that_run() -> None:
    plan = read_plan(ROOT / "plans" / "wealdshire_and_marsh")
    assert_the_same(plan, draws=20, count=2, seed=4, base=FOUND)
    keys = axes(plan).schemes
    found = run_worlds(plan, worlds(axes(plan), [keys, ["home_first"]]), base=FOUND)
    whole = run_cases(plan)
    np.testing.assert_allclose(
        found.recurrent[..., 0], whole.recurrent[..., whole.cases.at("resourced")], rtol=1e-12, atol=1e-6
    )
    at = keys.index("home_first")
    assert (found.found.scale[at, 2:, 1] >= found.found.scale[at, 2:, 0]).all()
    assert found.found.scale[at, 2:, 1].sum() > found.found.scale[at, 2:, 0].sum()
