"""The menus that choosing is measured on are whole, and leave something to choose."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from choosing import SCENARIOS, made

from tripleaim.portfolio.solver import Effort, best, broken, check, conflict


def test_a_made_up_menu_is_whole_and_a_choice_from_it_keeps_to_everything() -> None:
    made_up = made(1, schemes=20)
    check(made_up.menu, made_up.money, made_up.health, made_up.money_by_scenario)
    assert (len(made_up.menu.options), made_up.money_by_scenario.scenarios) == (100, SCENARIOS)
    menu = replace(made_up.menu, floors=())
    found = best(menu, made_up.money, Effort(gap=0.05))
    assert found.chosen
    assert found.proven
    assert not broken(menu, found.chosen)


def test_with_few_schemes_what_cannot_be_had_together_is_named() -> None:
    """Twenty schemes are too few for a place to have its part from what capital allows in the first three years."""
    found = conflict(made(1, schemes=20).menu)
    assert found.necessary
    assert found.names == (*(f"capital in year {year}" for year in (1, 2, 3)), "place 2 has its part")


def test_the_same_seed_makes_the_same_menu() -> None:
    one, other = made(2, schemes=10), made(2, schemes=10)
    assert [rule.at_most for rule in one.menu.rules] == [rule.at_most for rule in other.menu.rules]
    assert one.money.overlaps == other.money.overlaps
