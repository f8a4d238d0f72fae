"""Changing a set one scheme at a time, held to looking at every set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from portfolio.some_schemes import some_schemes, with_scheme
from tripleaim.plan.indicator import Gap
from tripleaim.portfolio.candidates import named
from tripleaim.portfolio.estimates import HEALTH, MONEY
from tripleaim.portfolio.expanded import MOST_WAYS
from tripleaim.portfolio.facts import used
from tripleaim.portfolio.limit import FloorLimit
from tripleaim.portfolio.model import Model, model
from tripleaim.portfolio.offered import LimitTold
from tripleaim.portfolio.polish import polished
from tripleaim.portfolio.search import Find
from tripleaim.portfolio.solver import Aim, Found, Menu, Rule
from tripleaim.stress.response import Floats

DRAWS = 2


@pytest.fixture(scope="module")
def made() -> Model:
    return model(some_schemes("home_first", "falls_exercise", "hospital_tobacco"), DRAWS, 1, fast=False)


def money(made: Model) -> Callable[[Floats], Floats]:
    """Money gap closed, mean over the draws."""

    def of(numbers: Floats) -> Floats:
        nothing = np.broadcast_to(made.nothing[:, None], numbers.shape)
        return made.reading.closed(numbers, nothing).mean(axis=1)

    return of


def counted(made: Model, *, least: int, most: int) -> Menu:
    """Every way of every scheme, of which so many may be taken."""
    ways = tuple(way.key for way in made.whole.ways)
    return Menu(options=ways, rules=(Rule(name="How many", uses=[1.0] * len(ways), at_least=least, at_most=most),))


def test_a_set_that_must_be_one_scheme_becomes_the_best_one_in_its_best_year(made: Model) -> None:
    singles = [{way.scheme: way.later} for way in made.whole.ways]
    values = money(made)(made.each(singles))
    found = polished(made, counted(made, least=1, most=1), {"falls_exercise": 0}, money(made), DRAWS)
    assert singles[int(values.argmax())].keys() != {"falls_exercise"}
    assert found.choice == singles[int(values.argmax())]
    assert 1 <= len(found.steps) <= 3


def test_what_costs_more_than_it_saves_is_left_out_and_what_was_done_is_said(made: Model) -> None:
    assert money(made)(made.each([{"falls_exercise": 0}]))[0] < 0 < money(made)(made.each([{"home_first": 0}]))[0]
    found = polished(made, counted(made, least=0, most=1), {"falls_exercise": 0}, money(made), DRAWS)
    assert found.steps[0] == "without Strength and balance classes"
    assert found.steps[1].startswith("with Home First")
    assert set(found.choice) == {"home_first"}


def test_a_set_that_breaks_a_limit_is_left_for_one_that_does_not(made: Model) -> None:
    menu = counted(made, least=0, most=1)
    found = polished(made, menu, {"home_first": 0, "falls_exercise": 0}, money(made), DRAWS)
    assert len(found.choice) <= 1


def test_starts_that_are_not_there_beside_each_other_are_never_tried() -> None:
    """Four starts beside four and four are 64 ways, more than one scheme may have: only those moved alike stand."""
    plan = some_schemes("home_first", "falls_exercise", "hospital_tobacco")
    made = model(with_scheme(plan, "hospital_tobacco", needs=("home_first", "falls_exercise")), DRAWS, 1, fast=False)
    assert MOST_WAYS < 4 * 4 * 4
    assert made.whole.holds({"home_first": 1, "falls_exercise": 1, "hospital_tobacco": 1})
    assert not made.whole.holds({"home_first": 0, "falls_exercise": 1, "hospital_tobacco": 1})

    def health(numbers: Floats) -> Floats:
        nothing = np.broadcast_to(made.nothing[:, None], numbers.shape)
        return made.reading.share(Gap.HEALTH, numbers, nothing).mean(axis=1)

    every = {"home_first": 1, "falls_exercise": 1, "hospital_tobacco": 1}
    found = polished(made, counted(made, least=0, most=3), every, health, DRAWS)
    assert made.whole.holds(found.choice)


def test_what_the_plan_asks_of_health_is_held_to_the_full_model_while_a_set_is_changed(made: Model) -> None:
    """Falls classes cost more than they save, and stay where nothing else brings as much health."""
    ways = tuple(way.key for way in made.whole.ways)
    found = Found(chosen=("falls_exercise",), value=0.0, bound=0.0, gap=0.0, nodes=1)
    finds = [Find(key=MONEY, aim=MONEY, found=found)]
    numbers = made.each([{"falls_exercise": 0}])
    nothing = np.broadcast_to(made.nothing[:, None], numbers.shape)
    least = float(made.reading.share(Gap.HEALTH, numbers, nothing).mean())
    told = LimitTold(
        key="own",
        name="Some health",
        kind="health",
        of="",
        year="",
        bound="at least",
        amount=least,
        unit="fraction",
        is_derived=False,
        rests_on="",
    )
    floor = FloorLimit(told=told, aim=HEALTH)
    sure = Aim(name="health", value=np.zeros(len(ways)), constant=1.0)

    def left(menu: Menu, *limits: FloorLimit) -> dict[str, int]:
        every = named(made, used(made), menu, finds, limits, {}, DRAWS)
        return dict(next(each.choice for each in every if each.key == MONEY))

    one = counted(made, least=0, most=1)
    assert "falls_exercise" not in left(one)
    for menu in (one, replace(one, floors=(floor.floor(sure),))):
        numbers = made.each([left(menu, floor)])
        assert float(made.reading.share(Gap.HEALTH, numbers, nothing).mean()) >= least - 1e-6


def test_a_set_that_reaches_too_little_is_changed_until_it_reaches_what_is_asked(made: Model) -> None:
    """Whatever that costs: nearer to the least comes before what is made large."""

    def health(numbers: Floats) -> Floats:
        nothing = np.broadcast_to(made.nothing[:, None, :DRAWS], numbers.shape)
        return made.reading.share(Gap.HEALTH, numbers, nothing).mean(axis=1)

    best = float(health(made.each([{way.scheme: way.later} for way in made.whole.ways])).max())

    def short(choices: Sequence[Mapping[str, int]], numbers: Floats) -> Floats:
        return np.maximum(0.0, best - 1e-9 - health(numbers))

    found = polished(made, counted(made, least=0, most=1), {}, money(made), DRAWS, short)
    assert health(made.each([found.choice]))[0] >= best - 1e-8
