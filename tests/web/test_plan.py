"""The plan is read table by table and row by row: every number with its meaning, unit, source and who changed it."""

from __future__ import annotations

import csv
import io
import zipfile
from html import unescape

import pytest

from tripleaim.loading.editing import Change
from tripleaim.plan.tables import TABLES
from tripleaim.web.workspace.actions.drafts import propose, start_draft
from tripleaim.web.workspace.actions.revisions import edit_draft
from tripleaim.web.workspace.actions.versions import accept
from tripleaim.web.workspace.models import Version
from tripleaim.web.workspace.told.changes import changes_told
from tripleaim.web.workspace.told.rows import GROUPS, HEADING, row_key, row_name
from tripleaim.web.workspace.views.plan.files import safe_csv
from web.conftest import World, invented_plan
from web.test_drafts import text

AT = "/places/tinyshire/plan/"


def dearer(world: World) -> Version:
    """A second version of the plan, in which the price of emergency stays is another."""
    person, newest = world.person("finance", "hospital"), world.place.versions.first()
    draft = start_draft(person, world.partner("hospital"), newest, "Dearer stays")
    edit_draft(person, draft, 1, [Change(table="activity", key=("emergency",), field="price", text="2700")], "So.")
    propose(person, draft, 2, "Stays have become dearer.")
    return accept(world.person("convenor"), draft, 2, newest.number)


def test_every_table_of_a_plan_is_found_under_one_question() -> None:
    named = [name for _, names in GROUPS for name in names]
    assert sorted(named) == sorted([HEADING, *(form.name for form in TABLES)])


@pytest.mark.parametrize(
    "key",
    [("a",), ("hospital", "nurses", "", "wards"), ("pay", "2016/17"), ("home_first", "2016-12", "Ask: 50% ~ é\n.")],
)
def test_a_row_is_named_in_an_address_and_found_by_that_name(key: tuple[str, ...]) -> None:
    name = row_name(key)
    assert row_key(name) == key
    assert name.isascii()
    assert "\n" not in name


def test_every_table_and_row_of_the_invented_plan_can_be_read(invented_world: World) -> None:
    client = invented_world.as_(invented_world.person("reviewer", "office"))
    at = "/places/wealdshire-and-marsh/plan/"
    count = {form.name: len(getattr(invented_plan(), form.name)) for form in TABLES}
    page = client.get(at).content.decode()
    for name in (name for name, rows in count.items() if rows):
        assert f'href="{at}{name}/"' in page
        shown = client.get(f"{at}{name}/").content.decode()
        address = shown.split('<tr><th scope="row"><a href="')[1].split('"')[0]
        assert client.get(unescape(address)).status_code == 200, address


def test_a_row_says_what_each_number_means_and_where_it_comes_from(world: World) -> None:
    page = text(world.as_(world.person("board", "council")).get(f"{AT}activity/emergency/"))
    assert "Emergency stays (emergency)" in page
    assert "0.02 (0.01 to 0.03) fraction a year" in page
    assert "A made-up figure" in page
    assert "as first loaded" in page


def test_a_row_leads_to_what_it_names(world: World) -> None:
    page = world.as_(world.person("board", "council")).get(f"{AT}activity/emergency/").content.decode()
    assert f'href="{AT}organisations/hospital/"' in page
    assert f'href="{AT}age_profiles/?words=older"' in page


def test_what_a_cell_names_is_told_by_its_name_and_not_by_its_key(invented_world: World) -> None:
    client = invented_world.as_(invented_world.person("officer", "marsh_council"))
    page = text(client.get("/places/wealdshire-and-marsh/plan/activity/"))
    assert "Marsh Infirmary" in page
    assert "marsh_infirmary" not in page
    page = text(client.get("/places/wealdshire-and-marsh/plan/control_totals/"))
    assert "Wealdshire Royal Hospitals, 2016/17" in page
    assert "wealdshire_royal" not in page


def test_who_changed_a_number_last_stands_beside_it(world: World) -> None:
    dearer(world)
    page = text(world.as_(world.person("board", "council")).get(f"{AT}activity/emergency/"))
    assert "2,700" in page
    assert "Finance of hospital , Tiny Hospital, in version 2 ; before, it said 2,600" in page or "in version 2" in page
    older = text(world.as_(world.person("board", "council")).get(f"{AT}activity/emergency/?version=1"))
    assert "2,600" in older
    assert "Not the newest" in older


def test_rows_are_found_by_their_words(world: World) -> None:
    client = world.as_(world.person("board", "council"))
    page = text(client.get(f"{AT}activity/?words=HOSPITAL+casualty"))
    assert "One row of 3 with “HOSPITAL casualty”" in page
    assert "Care at home" not in page


def test_long_tables_come_in_pages_of_fifty(invented_world: World) -> None:
    client = invented_world.as_(invented_world.person("board", "office"))
    page = client.get("/places/wealdshire-and-marsh/plan/population/?page=2").content.decode()
    assert page.split("What the columns mean")[0].count('<tr><th scope="row">') == 50
    assert "Page 2 of 22" in page


def test_a_table_is_taken_away_as_csv_and_as_a_spreadsheet(world: World) -> None:
    client = world.as_(world.person("reviewer", "council"))
    answer = client.get(f"{AT}files/activity.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["key"] for row in rows] == ["casualty", "emergency", "home_care"]
    assert answer["Content-Disposition"] == 'attachment; filename="tinyshire-version-1-activity.csv"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    book = client.get(f"{AT}files/activity.xlsx")
    assert zipfile.is_zipfile(io.BytesIO(book.content))


def test_a_text_that_a_spreadsheet_would_run_is_held_as_text_in_a_table() -> None:
    row = {"key": "k", "name": "=HYPERLINK(1)", "growth": "-0.5"}
    lines = safe_csv("activity", (row,)).split("\n")
    assert "'=HYPERLINK(1)" in lines[1]
    assert ",-0.5," in lines[1]


@pytest.mark.parametrize(
    "address", ["nothing/", "activity/nothing/", "activity/?version=9", "?version=x", "files/x.csv"]
)
def test_what_is_not_there_is_not_found(world: World, address: str) -> None:
    assert world.as_(world.person("board", "council")).get(AT + address).status_code == 404


def test_nobody_from_elsewhere_reads_it(world: World) -> None:
    for address in ("", "activity/", "activity/emergency/", "files/activity.csv"):
        assert world.as_(world.outsider).get(AT + address).status_code == 404


def test_pages_ask_the_database_as_often_whatever_the_rows(
    invented_world: World, django_assert_max_num_queries: object
) -> None:
    client = invented_world.as_(invented_world.person("board", "office"))
    at = "/places/wealdshire-and-marsh/plan/"
    for address in ("", "population/", "schemes/", "organisations/"):
        client.get(at + address)
        with django_assert_max_num_queries(10):
            client.get(at + address)


def test_what_changed_is_told_by_table_row_and_field(world: World) -> None:
    old = world.place.versions.first()
    new = dearer(world)
    (told,) = changes_told(bytes(old.content.packed), bytes(new.content.packed))
    assert told.sentence == "Emergency stays (emergency), price: 2,700, was 2,600."
