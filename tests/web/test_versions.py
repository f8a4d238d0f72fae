"""Versions: numbered, never altered, told apart in words, taken away and read again as the same plan."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest

from tripleaim.loading.uploaded import read_uploaded
from tripleaim.projection import project
from tripleaim.reports.brief import brief_of
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.models import AuditEvent, Run, RunFile, Version, Visit
from tripleaim.web.workspace.told.money import in_money
from tripleaim.web.workspace.told.since import changes_since
from web.conftest import World
from web.test_drafts import text
from web.test_plan import dearer

AT = "/places/tinyshire/versions/"


@pytest.mark.parametrize(("form", "ending"), [("workbook", "xlsx"), ("folder", "zip")])
def test_a_version_that_was_taken_away_is_read_again_as_the_same_plan(
    world: World, tmp_path: Path, form: str, ending: str
) -> None:
    client = world.as_(world.person("reviewer", "council"))
    answer = client.get(f"{AT}1/as/{form}/")
    assert answer["Content-Disposition"] == f'attachment; filename="tinyshire-version-1.{ending}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    file = tmp_path / f"taken.{ending}"
    file.write_bytes(answer.content)
    assert read_uploaded(file, file.name).fingerprint == world.place.versions.get().content_id


def test_versions_are_listed_the_newest_first_with_their_fingerprints_in_fours(world: World) -> None:
    version = dearer(world)
    page = text(world.as_(world.person("board", "council")).get(AT))
    assert page.index("Version 2") < page.index("Version 1")
    assert version.content_id[:4] + " " + version.content_id[4:8] in page
    assert "Stays have become dearer." in page


def test_what_changed_between_two_is_told_in_words_and_what_is_not_known_of_the_money_too(world: World) -> None:
    dearer(world)
    client = world.as_(world.person("board", "council"))
    page = text(client.get(f"{AT}1/to/2/"))
    assert "1 change: activity (1 field changed)." in page
    assert "2,600" in page
    assert "2,700" in page
    assert "not been worked out yet" in page
    assert client.get(f"{AT}compare/?old=2&new=1")["Location"] == f"{AT}1/to/2/"


def worked_out(world: World, version: Version) -> None:
    """The run of a version, done, with what other pages read of it."""
    run = Run.objects.create(place=world.place, content=version.content, kind="run", cache_key="k", state="done")
    brief = json.dumps(brief_of(project(plan_of(version.content)), ())).encode()
    RunFile.objects.create(run=run, name="brief.json", packed=zlib.compress(brief))


def test_what_changed_is_told_in_money_once_both_are_worked_out(world: World) -> None:
    old, new = world.place.versions.get(), dearer(world)
    worked_out(world, old)
    assert "there is no result for version 2" in text(world.as_(world.person("board", "council")).get(f"{AT}1/to/2/"))
    worked_out(world, new)
    money = in_money(world.place, old.content_id, new.content_id)
    assert (money.missing, money.year) == ((), "2017/18")
    hospital = [row for row in money.organisations if row.who == "Tiny Hospital"]
    assert hospital
    assert all(row.is_better for row in hospital), "it is paid more for the same"
    page = text(world.as_(world.person("board", "council")).get(f"{AT}1/to/2/"))
    assert money.sentence in page
    told = dict(money.bodies)["Tiny Hospital"]
    assert (len(told), " ".join(("Tiny Hospital", *told)) in page) == (len(money.cases), True)


def test_a_version_says_where_it_comes_from(world: World) -> None:
    dearer(world)
    page = text(world.as_(world.person("board", "council")).get(f"{AT}2/"))
    assert "Finance of hospital, Tiny Hospital: Dearer stays" in page
    assert "Accepted by Convenor of office" in page


def test_what_changed_since_a_reader_last_looked_is_told_until_they_say_they_have_read_it(world: World) -> None:
    reader = world.person("board", "council")
    client = world.as_(reader)
    assert changes_since(reader, world.place).count is None
    client.post(f"{AT}1/read/")
    assert changes_since(reader, world.place).count == 0
    dearer(world)
    since = changes_since(reader, world.place)
    assert (since.count, since.is_new, since.url) == (1, True, f"{AT}1/to/2/")
    assert since.tables == (("Activity", "1 field changed"),)
    assert since.sentences == ("Emergency stays (emergency), price: 2,700, was 2,600.",)
    assert "I have read this" in text(client.get(since.url))
    client.post(f"{AT}2/read/")
    assert not changes_since(reader, world.place).is_new
    client.post(f"{AT}1/read/")
    assert Visit.objects.get(person=reader).version.number == 2, "an older one than was read changes nothing"
    assert AuditEvent.objects.filter(act="version.read").count() == 2


def test_what_is_new_costs_few_queries(world: World, django_assert_max_num_queries: object) -> None:
    reader = world.person("board", "council")
    world.as_(reader).post(f"{AT}1/read/")
    dearer(world)
    changes_since(reader, world.place)
    with django_assert_max_num_queries(2):
        changes_since(reader, world.place)


def test_nobody_from_elsewhere_reads_or_takes_a_version(world: World) -> None:
    client = world.as_(world.outsider)
    for address in ("", "1/", "1/to/1/", "compare/", "1/as/folder/"):
        assert client.get(AT + address).status_code == 404
    assert client.post(f"{AT}1/read/").status_code == 404


def test_a_version_there_is_not_is_not_found(world: World) -> None:
    client = world.as_(world.person("board", "council"))
    for address in ("7/", "1/to/7/", "7/as/folder/", "1/as/picture/"):
        assert client.get(AT + address).status_code == 404
