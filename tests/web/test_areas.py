"""The plan as a Health and Wellbeing Board sees it."""

from __future__ import annotations

import pytest

from tripleaim.web.workspace.briefs import forget
from web.conftest import World
from web.worked_out import page, work_out


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget()


def test_an_area_tells_its_people_its_measures_its_councils_money_and_what_acts_there(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "areas/marsh_board/")
    assert "350,000 people of Wealdshire and Marsh live here" in told
    assert "of the whole place, from the most to the least deprived" in told
    assert "Marsh Council is short by £20.7m in 2020/21" in told
    assert "£2.7m from more council tax and £0.8m from new charges are planned; £17.2m is still to find." in told
    assert "Home First" in told
    assert "Marsh commissioner" in told


def test_it_says_which_measures_are_its_own_and_which_are_of_the_whole_place(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "areas/marsh_board/")
    assert 'A&amp;E within four hours, Marsh Infirmary <span class="tag">this area</span>' in told
    assert told.count(">this area<") == 1


def test_only_groups_by_deprivation_are_said_to_stand_in_its_order(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "areas/marsh_board/")
    assert "70.1% in Marsh, 73.5% in Wealdshire." in told
    assert "73.5% in Wealdshire: of the whole place" not in told


def test_a_place_of_several_boards_names_them_all(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "areas/marsh_board/")
    assert "The plan spans 2 Health and Wellbeing Boards." in told
    assert "/areas/wealdshire_board/" in told


def test_it_says_what_is_not_known(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "areas/marsh_board/")
    assert "86.0% of its people live in Wealdshire and Marsh; nothing is told of the others." in told


def test_an_area_the_plan_does_not_have_is_not_there_and_none_is_for_outsiders(invented_world: World) -> None:
    work_out(invented_world)
    page(invented_world, invented_world.person("officer", "marsh_council"), "areas/nowhere/", status=404)
    page(invented_world, invented_world.outsider, "areas/marsh_board/", status=404)


def test_until_there_are_figures_it_says_so(invented_world: World) -> None:
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "areas/marsh_board/")
    assert "have not been worked out yet" in told
