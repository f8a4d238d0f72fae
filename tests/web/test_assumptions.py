"""Every number of the plan that rests on a judgement: its range, its source, who says so, who doubts it."""

from __future__ import annotations

import json
import zlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tripleaim.loading.editing import Change, edited
from tripleaim.web.workspace.actions import challenges
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.cells import cell_of
from tripleaim.web.workspace.models import Run, RunFile
from tripleaim.web.workspace.register import Assumed, register
from web.conftest import World, invented_plan, tiny_plan

ADDRESS = "/places/tinyshire/assumptions/"


def entry(name: str) -> Assumed:
    return next(each for each in register(tiny_plan()) if each.name == name)


def test_a_number_says_its_value_and_range_in_words() -> None:
    growth = entry("activity/emergency/growth")
    assert (growth.value, growth.low, growth.high) == ("2% a year", "1% a year", "3% a year")


def test_a_number_is_of_the_organisation_whose_row_it_is() -> None:
    assert entry("activity/emergency/growth").owner == "hospital"
    assert entry("indices/pay/2016-17/change").owner is None


def test_an_assumption_is_of_the_organisation_its_owner_is_said_to_be_at() -> None:
    own = {each.row: each for each in register(invented_plan()) if each.table == "assumptions"}
    assert own["council_interest"].owner == "wealdshire_council"
    assert own["ward_cost"].owner is None
    assert own["ward_cost"].says == "Chief nurses of the two hospitals"


def test_a_stated_assumption_without_a_range_is_in_the_register_too() -> None:
    own = {each.row: each for each in register(invented_plan()) if each.table == "assumptions"}
    assert (own["deadband"].low, own["deadband"].high) == ("", "")


def test_what_the_plan_leaves_to_the_model_is_told_as_weak() -> None:
    default = entry("assumptions/growth_share/value")
    assert default.is_weak
    assert default.source == "illustrative; method note 4"


def test_every_number_of_the_register_can_be_looked_up() -> None:
    plan = invented_plan()
    assert all(cell_of(plan, each.table, each.row, each.field) for each in register(plan)[::7])


@pytest.mark.parametrize("role", ["analyst", "reviewer"])
def test_everybody_in_the_place_reads_the_register(world: World, role: str) -> None:
    page = world.as_(world.person(role)).get(ADDRESS)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Growth of Emergency stays" in text
    assert "Nobody has run a stress test" in text
    assert ("challenges/new/?table=" in text) == (role == "analyst")


def test_the_list_is_turned_in_pages(invented_world: World) -> None:
    browser = invented_world.as_(invented_world.person("analyst"))
    address = "/places/wealdshire-and-marsh/assumptions/"
    first, second = browser.get(address).content.decode(), browser.get(f"{address}?page=2").content.decode()
    assert "Page 1 of 13" in first
    assert "Page 2 of 13" in second


def test_one_can_look_at_what_is_ones_own_weak_or_challenged(world: World) -> None:
    version = world.place.versions.get()
    cell = cell_of(plan_of(version.content), "activity", "emergency", "growth")
    assert cell is not None
    officer = world.person("officer", "council")
    challenges.ask(officer, world.partner("council"), version, cell, "Why 2%?")
    hospital = world.as_(world.person("analyst", "hospital"))
    mine, weak, challenged = (
        hospital.get(f"{ADDRESS}?show={show}").content.decode() for show in ("mine", "weak", "challenged")
    )
    assert "Growth of Emergency stays" in mine
    assert "Change of pay prices" not in mine
    assert "Change of pay prices" in weak
    assert "Growth of Emergency stays" in challenged
    assert "Not answered" in challenged
    assert "Change of pay prices" not in challenged


def test_an_empty_view_says_so(world: World) -> None:
    page = world.as_(world.person("analyst")).get(f"{ADDRESS}?show=challenged").content.decode()
    assert "No number of the plan is challenged." in page


def stress_run(world: World, record: bytes) -> None:
    version = world.place.versions.first()
    assert version is not None
    run = Run.objects.create(place=world.place, content=version.content, kind="stress", state="done", cache_key="x")
    RunFile.objects.create(run=run, name="result.json", packed=zlib.compress(record))


def test_what_a_number_moves_is_told_from_the_newest_stress_test(world: World) -> None:
    movers = [
        {"name": "activity/non_elective_spell/growth", "at_low": 1e6, "at_point": 2e6, "at_high": 5.5e6},
        {"name": "indices/pay/2016-17/change", "at_low": 1e6, "at_point": 1e6, "at_high": 1.2e6},
    ]
    stress_run(world, json.dumps({"result": {"years": ["2016/17", "2017/18"], "movers": movers}}).encode())
    page = world.as_(world.person("analyst")).get(ADDRESS).content.decode()
    assert "It moves 2017/18 by" in page
    assert page.index("£4.5m") < page.index("£0.2m") < page.index("not tried")
    assert "from the newest stress test" in page


def test_a_stress_test_of_an_earlier_version_says_so(world: World) -> None:
    from tripleaim.web.workspace.actions.contents import keep
    from tripleaim.web.workspace.models import Version

    stress_run(world, json.dumps({"result": {"years": ["2017/18"], "movers": []}}).encode())
    changed = edited(tiny_plan(), [Change(table="activity", key=("emergency",), field="growth", text="0.015")])
    Version.objects.create(place=world.place, number=2, content=keep(changed))
    page = world.as_(world.person("analyst")).get(ADDRESS).content.decode()
    assert "a stress test of an earlier version" in page


@pytest.mark.parametrize("record", [b"not json", b"{}", b'{"result": {"years": [], "movers": []}}'])
def test_a_record_that_cannot_be_read_leaves_the_page_as_without_one(world: World, record: bytes) -> None:
    stress_run(world, record)
    page = world.as_(world.person("analyst")).get(ADDRESS)
    assert page.status_code == 200
    assert "Nobody has run a stress test" in page.content.decode()


def test_a_page_asks_the_database_as_often_for_a_few_challenges_as_for_many(world: World) -> None:
    version = world.place.versions.get()
    plan, officer = plan_of(version.content), world.person("officer", "council")
    browser = world.as_(officer)

    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)

    def challenge(question: str) -> None:
        cell = cell_of(plan, "activity", "emergency", "growth")
        assert cell is not None
        challenges.ask(officer, world.partner("council"), version, cell, question)

    challenge("One?")
    pages = (ADDRESS, "/places/tinyshire/challenges/")
    few = [queries(page) for page in pages]
    for number in range(12):
        challenge(f"Number {number}?")
    assert [queries(page) for page in pages] == few
