"""The expanded plan runs any choice as the plan with that choice runs."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from invariants.small_plans import small_plan
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.portfolio.change import with_cost_of_change
from tripleaim.portfolio.expanded import MOST_WAYS, Expanded, every_start, expanded
from tripleaim.portfolio.options import options, with_choice
from tripleaim.projection.axes import Array
from tripleaim.projection.project import run_values, run_worlds
from tripleaim.projection.run import Run
from tripleaim.projection.values import Values
from tripleaim.projection.worlds import HOPED
from tripleaim.stress.draws import draw
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties

ROOT = Path(__file__).resolve().parents[2]


def some_choice(plan: Plan, dice: random.Random) -> dict[str, int]:
    """Some schemes with all they need, each in one of its years."""
    known = every_start(plan)
    needs = {scheme.key: scheme.needs for scheme in plan.schemes}
    chosen: set[str] = set()
    waiting = [key for key in known if dice.random() < 0.5]
    while waiting:
        key = waiting.pop()
        chosen.add(key)
        waiting += [need for need in needs[key] if need not in chosen]
    return {key: dice.choice(known[key]) for key in sorted(chosen)}


def told(run: Run) -> Array:
    """Positions of members and indicators, (number, case)."""
    members = run.axes.members
    found = [(run.recurrent + run.one_off)[:members], run.recurrent[:members], run.indicators, run.given.units]
    width = max(each.shape[2] for each in found)
    return np.concatenate([np.broadcast_to(each, (*each.shape[:2], width)).reshape(-1, width) for each in found])


def assert_alike(plan: Plan, choice: dict[str, int], whole: Expanded, draws: int, seed: int) -> None:
    alone = with_choice(plan, choice)
    cases = [HOPED] * draws
    values = draw(whole.inputs, Streams(seed), 0, draws).values
    drawn = {name: row for each, row in zip(whole.inputs, values, strict=True) for name in each.ranges}
    in_world = run_worlds(whole.whole, whole.worlds([choice] * draws), Values(drawn=drawn))
    own = {each.name: row for each, row in zip(whole.inputs, values, strict=True)}
    by_range = {name: own[each.name] for each in uncertainties(plan) for name in each.ranges}
    by_itself = run_values(alone, cases, Values(drawn=by_range))
    np.testing.assert_allclose(told(in_world), told(by_itself), rtol=1e-9, atol=1e-3)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_world_of_the_expanded_plan_is_the_plan_with_that_choice_draw_by_draw(seed: int) -> None:
    dice = random.Random(seed)
    plan = with_cost_of_change(small_plan(seed, schemes=(1, 4)))
    choice = some_choice(plan, dice)
    starts = {key: tuple({later, dice.choice(every_start(plan)[key])}) for key, later in choice.items()}
    whole = expanded(plan, starts)
    if whole.inputs:
        assert_alike(plan, choice, whole, 2, seed % 1000)


def test_the_invented_place_with_every_start_runs_a_choice_as_the_plan_does() -> None:
    plan = with_cost_of_change(read_plan(ROOT / "plans" / "wealdshire_and_marsh"))
    whole = expanded(plan, every_start(plan))
    assert len(whole.ways) == len(options(plan))
    assert_alike(plan, {"shared_record": 0, "gp_hubs": 1, "home_first": 2, "reablement": 0}, whole, 3, 7)
    assert whole.choice(whole.keys({"shared_record": 0, "gp_hubs": 1})) == {"shared_record": 0, "gp_hubs": 1}


def test_a_scheme_stands_once_for_each_start_of_what_it_needs() -> None:
    plan = small_plan(3, schemes=(2, 2))
    first, second = (scheme.key for scheme in plan.schemes)
    linked = [type(row)(**{**dict(row), "needs": (first,) if row.key == second else ()}) for row in plan.schemes]
    plan = type(plan)(**{**dict(plan), "schemes": tuple(linked)})
    starts = {key: own[:2] for key, own in every_start(plan).items()}
    whole = expanded(plan, starts)
    assert sum(way.scheme == second for way in whole.ways) == len(starts[first]) * len(starts[second]) <= MOST_WAYS
    assert not any(way.scheme == second for way in expanded(plan, {second: starts[second]}).ways)
