"""Each organisation's own view of the same numbers, with the place's beside it, alike for every kind of body."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tripleaim.web.workspace.briefs import forget
from web.conftest import World
from web.worked_out import keep, newest, page, queries, work_out


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget()


def sections(told: str) -> list[str]:
    return re.findall(r'<h2 id="([a-z]+)-h">', told)


def file_of(world: World, key: str, table: str) -> list[dict[str, str]]:
    """A table of an organisation's page as its file has it; none where the plan does not hold its accounts."""
    client = world.as_(world.person("analyst", key))
    got = client.get(f"/places/{world.place.slug}/organisations/{key}/{table}.csv")
    return list(csv.DictReader(io.StringIO(got.content.decode()))) if got.status_code == 200 else []


def test_the_list_has_every_organisation_with_where_it_ends_up(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "organisations/")
    assert "−20.7" in told
    assert "yours" in told
    assert "Ambulance service" in told
    assert "Marsh and Saltmere Health and Wellbeing Board" in told


def test_a_council_and_a_commissioner_have_the_same_page(invented_world: World) -> None:
    work_out(invented_world)
    reader = invented_world.person("officer", "marsh_council")
    council = page(invented_world, reader, "organisations/marsh_council/")
    commissioner = page(invented_world, reader, "organisations/marsh_commissioner/")
    assert sections(council) == sections(commissioner)


def test_it_is_told_by_year_with_the_place_beside_it(invented_world: World) -> None:
    work_out(invented_world)
    rows = file_of(invented_world, "marsh_council", "position")
    last = next(row for row in rows if row["Year"] == "2020/21")
    assert float(last["As hoped, £m"]) == pytest.approx(-20.731595)
    assert float(last["Place, as hoped, £m"]) == pytest.approx(-67.885811)


def test_what_all_put_in_and_get_adds_up_to_the_place(invented_world: World) -> None:
    work_out(invented_world)
    keys = [p.key for p in invented_world.place.partners.exclude(key="")]
    nets = [
        float(row["Net a year, £m"])
        for key in keys
        for row in file_of(invented_world, key, "share")
        if row["Year"] == "2020/21"
    ]
    place = next(
        float(row["Place, net a year, £m"])
        for row in file_of(invented_world, "marsh_council", "share")
        if row["Year"] == "2020/21"
    )
    assert sum(nets) == pytest.approx(place, abs=1e-4)


def test_it_says_what_the_organisation_may_lose_by_and_has_promised(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"), "organisations/marsh_council/")
    assert "still has £17.2m to find in 2020/21 for a lawful budget" in told
    assert "Train ward staff" in told
    assert "Where do we end up?" in told


def test_what_a_sharing_found_for_it_is_told(invented_world: World) -> None:
    work_out(invented_world)
    reader = invented_world.person("officer", "marsh_council")
    assert "has not been worked out" in page(invented_world, reader, "organisations/marsh_council/")
    told = {"organisations": {"marsh_council": {"words": "Marsh Council loses £5.9m over five years."}}}
    keep(invented_world, newest(invented_world).content, "share", told)
    assert "Marsh Council loses £5.9m over five years." in page(invented_world, reader, "organisations/marsh_council/")


def test_its_people_are_named(world: World) -> None:
    work_out(world)
    assert "Officer of council, officer or clinician" in page(
        world, world.person("officer", "council"), "organisations/council/"
    )


@pytest.mark.parametrize("path", ["organisations/nowhere/", "organisations/council/nothing.csv"])
def test_what_is_not_there_is_not_found(world: World, path: str) -> None:
    work_out(world)
    page(world, world.person("officer", "council"), path, status=404)


def test_nobody_from_elsewhere_sees_any(world: World) -> None:
    page(world, world.outsider, "organisations/", status=404)
    page(world, world.outsider, "organisations/council/", status=404)


def test_until_there_are_figures_the_pages_say_so(world: World) -> None:
    reader = world.person("officer", "council")
    assert "have not been worked out yet" in page(world, reader, "organisations/")
    assert "have not been worked out yet" in page(world, reader, "organisations/council/")


def test_the_list_asks_as_many_questions_of_the_database_for_many_people_as_for_one(world: World) -> None:
    work_out(world)
    client, address = world.as_(world.person("officer", "council")), f"/places/{world.place.slug}/organisations/"
    few = queries(client, address)
    for role in ("board", "finance", "analyst"):
        for partner in ("hospital", "east_ccg", "west_ccg", "council"):
            world.person(role, partner)
    assert queries(client, address) == few
    one = queries(client, f"{address}council/")
    world.person("reviewer", "council")
    assert queries(client, f"{address}council/") == one
