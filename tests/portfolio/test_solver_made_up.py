"""The menus that choosing is measured on are whole, and leave something to choose."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from choosing import SCENARIOS, made

from tripleaim.portfolio.solver import best, broken, check


def test_a_made_up_menu_is_whole_and_a_choice_from_it_keeps_to_everything() -> None:
    made_up = made(1, schemes=20, years=5)
    check(made_up.menu, made_up.money, made_up.health, made_up.money_by_scenario)
    assert (len(made_up.menu.options), made_up.money_by_scenario.scenarios) == (100, SCENARIOS)
    found = best(made_up.menu, made_up.money)
    assert found.chosen
    assert found.proven
    assert not broken(made_up.menu, found.chosen)


def test_the_same_seed_makes_the_same_menu() -> None:
    one, other = made(2, schemes=10), made(2, schemes=10)
    assert [rule.at_most for rule in one.menu.rules] == [rule.at_most for rule in other.menu.rules]
    assert one.money.overlaps == other.money.overlaps
