"""What cannot be had together: never more than it takes, and never less."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.menus import Case, cases, choices
from tripleaim.errors import Impossible
from tripleaim.portfolio.solver import Aim, Conflict, Effort, Exclusion, Floor, Menu, Need, Rule, conflict


def kept_to(menu: Menu, names: set[str]) -> Menu:
    """The menu with only some of what it must keep to."""
    return replace(
        menu,
        **{
            what: tuple(each for each in getattr(menu, what) if each.name in names)
            for what in ("rules", "needs", "exclusions", "floors")
        },
    )


@settings(max_examples=20, deadline=None)
@given(cases(floors=False), st.integers(5, 60), st.integers(1, 4))
def test_a_conflict_is_one_and_is_none_without_any_of_its_members(case: Case, least: int, most: int) -> None:
    menu = replace(
        case.menu,
        rules=(*case.menu.rules, Rule(name="few", uses=[1] * len(case.menu.options), at_most=most)),
        floors=(
            Floor(name="enough x", aim=case.aims[0], at_least=least),
            Floor(name="enough y", aim=case.aims[1], at_least=9),
        ),
    )
    found = conflict(menu)
    assert found.necessary
    assert bool(found.names) == (not choices(menu))
    if found.names:
        assert not choices(kept_to(menu, set(found.names)))
    for name in found.names:
        assert choices(kept_to(menu, {*found.names} - {name}))


def test_a_conflict_is_told_in_the_plans_words() -> None:
    menu = Menu(
        options=("ward 2017", "ward 2018", "beds at home"),
        one_of=(("ward 2017", "ward 2018"),),
        rules=(
            Rule(name="capital", uses=(4, 4, 0), at_most=5),
            Rule(name="nurses", uses=(1, 1, 3), at_most=3),
        ),
        needs=(
            Need(name="the ward needs beds at home", option="ward 2017", any_of=("beds at home",)),
            Need(name="the ward needs beds at home", option="ward 2018", any_of=("beds at home",)),
        ),
        exclusions=(Exclusion(name="ward in 2017 or beds", either=("ward 2017",), other=("beds at home",)),),
        floors=(Floor(name="a ward", aim=Aim(name="wards", value=(1, 1, 0)), at_least=1),),
    )
    assert conflict(menu) == Conflict(names=("the ward needs beds at home", "nurses", "a ward"), necessary=True)


def test_where_something_can_be_chosen_nothing_conflicts() -> None:
    assert conflict(Menu(options=("a",))).names == ()
    rule = Rule(name="do it", uses=(1,), at_least=1)
    assert conflict(Menu(options=("a",), rules=(rule,))).names == ()


@pytest.mark.parametrize("unit", [1e-6, 1e9])
def test_a_conflict_is_the_same_in_any_unit(unit: float) -> None:
    rules = (
        Rule(name="money", uses=(3 * unit, 5 * unit), at_most=2 * unit),
        Rule(name="do something", uses=(1, 1), at_least=1),
    )
    assert conflict(Menu(options=("a", "b"), rules=rules)).names == ("money", "do something")


def test_a_search_that_is_stopped_before_it_knows_says_so() -> None:
    rng = np.random.default_rng(1)
    sums = [
        Rule(name=f"sum {n}", uses=rng.integers(1_000, 9_000, size=40), at_most=100_100, at_least=100_000)
        for n in range(3)
    ]
    menu = Menu(options=tuple(f"option {n}" for n in range(40)), rules=tuple(sums))
    with pytest.raises(Impossible, match="give it more nodes"):
        conflict(menu, Effort(nodes=0))
