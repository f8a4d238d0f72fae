"""A workbook or a folder that somebody uploads: taken in whole, or refused with every problem and nothing kept."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loading.workbook.made import save, sheets_of
from tripleaim.loading.editing import Change, edited
from tripleaim.loading.packed import packed
from tripleaim.loading.workbook.make import workbook_bytes
from tripleaim.plan import Plan
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.models import AuditEvent, Content, Draft, DraftEdit
from web.conftest import World, tiny_plan
from web.test_drafts import text
from web.test_plan import dearer

AT = "/places/tinyshire/proposals/"
GROWTH = Change(table="activity", key=("emergency",), field="growth", text="0.025")
PRICE = Change(table="activity", key=("emergency",), field="price", text="2750")


def workbook(*changes: Change) -> bytes:
    return workbook_bytes(edited(tiny_plan(), changes))


def filled_in(plan: Plan, cells: Mapping[tuple[str, str, str], object], organisation: str = "") -> bytes:
    """A workbook made from a plan, in which somebody typed into cells: {(sheet, key of the row, column): value}."""
    sheets = sheets_of(plan, organisation)
    for (sheet, key, column), value in cells.items():
        header, *rows = sheets[sheet]
        next(row for row in rows if row[0] == key)[header.index(column)] = value
    with tempfile.TemporaryDirectory() as folder:
        file = save(Path(folder) / "book.xlsx", sheets, fingerprint=plan.fingerprint, organisation=organisation)
        return file.read_bytes()


@pytest.fixture
def council(world: World) -> Client:
    return world.as_(world.person("finance", "council"))


def start(client: Client, content: bytes, name: str = "plan.xlsx") -> object:
    form = {"title": "From a file", "why": "Filled in.", "file": SimpleUploadedFile(name, content)}
    return client.post(f"{AT}new/", form)


def left_behind() -> set[str]:
    """What lies in the system's temporary folder that an upload makes there."""
    marks = (".upload", "received", "workbook", ".plan")
    return {each.name for each in Path(tempfile.gettempdir()).iterdir() if any(mark in each.name for mark in marks)}


@pytest.mark.parametrize(
    ("name", "content"), [("plan.xlsx", workbook(GROWTH)), ("plan.zip", packed(edited(tiny_plan(), [GROWTH])))]
)
def test_a_draft_begins_with_a_file(council: Client, name: str, content: bytes) -> None:
    before = left_behind()
    started = start(council, content, name)
    assert started.status_code == 303, text(started)
    draft = Draft.objects.get()
    assert [(each["field"], each["new"]) for each in draft.edits.get().changes] == [("growth", "0.025 (0.01 to 0.03)")]
    assert left_behind() <= before


def test_a_broken_file_is_refused_with_every_problem_where_it_is_and_nothing_is_kept(council: Client) -> None:
    before, kept = left_behind(), Content.objects.count()
    book = filled_in(
        tiny_plan(), {("activity", "emergency", "growth"): "lots", ("capacity", "wards", "open_beds"): -3.0}
    )
    refused = start(council, book, "council figures.xlsx")
    page = text(refused)
    assert refused.status_code == 422
    assert "council figures.xlsx, sheet activity" in page
    assert "council figures.xlsx, sheet capacity" in page
    assert "Choose the file again" in page
    assert 'value="From a file"' in refused.content.decode()
    assert (Draft.objects.count(), Content.objects.count()) == (0, kept)
    assert not AuditEvent.objects.filter(act="draft.start").exists()
    assert left_behind() <= before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.xlsm", b"PK", "a workbook with macros"),
        ("plan.xlsx", b"not a workbook", "plan.xlsx"),
        ("plan.xlsx", b"", "plan.xlsx"),
        ("../../etc/plan.zip", b"PK\x03\x04 broken", "plan.zip"),
        ("plan.svg", b"<svg/>", "a file of another kind"),
    ],
)
def test_what_is_no_plan_is_refused_in_words(council: Client, name: str, content: bytes, said: str) -> None:
    refused = start(council, content, name)
    assert refused.status_code == 422
    assert said in text(refused)
    assert tempfile.gettempdir() not in refused.content.decode()


def test_a_zip_that_reaches_outside_its_folder_writes_nothing_there(council: Client) -> None:
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w") as archive:
        archive.writestr("../../outside.txt", "here")
    assert start(council, parcel.getvalue(), "plan.zip").status_code == 422
    assert not (Path(tempfile.gettempdir()).parent / "outside.txt").exists()


def test_the_plan_as_it_is_makes_no_draft(council: Client) -> None:
    refused = start(council, workbook())
    assert refused.status_code == 422
    assert "there is nothing to propose" in text(refused)


def test_a_workbook_made_from_an_older_version_makes_a_draft_of_that_version(world: World, council: Client) -> None:
    book = filled_in(tiny_plan(), {("activity", "emergency", "growth"): 0.025})
    dearer(world)
    start(council, book)
    draft = Draft.objects.get(title="From a file")
    assert draft.base.number == 1
    assert "Bring the draft up" in text(council.get(f"{AT}{draft.pk}/"))


def test_one_organisations_part_is_taken_into_the_whole_plan(council: Client) -> None:
    book = filled_in(tiny_plan(), {("activity", "home_care", "baseline"): 91000.0}, "council")
    started = start(council, book)
    assert started.status_code == 303, text(started)
    plan = plan_of(Draft.objects.get().content)
    assert next(each for each in plan.activity if each.key == "home_care").baseline == 91000
    assert len(plan.activity) == 3


def test_a_further_file_is_a_further_revision_joined_with_what_was_saved_since_it_was_made(council: Client) -> None:
    start(council, workbook(GROWTH))
    draft = Draft.objects.get()
    book = filled_in(plan_of(draft.content), {("activity", "emergency", "price"): 2750.0})
    council.post(f"{AT}{draft.pk}/plan/activity/casualty/", {"made_from": 1, "reason": "So.", "f-price": "151"})
    form = {
        "made_from": 2,
        "reason": "Filled in.",
        "file": SimpleUploadedFile("p.xlsx", book),
    }
    sent = council.post(f"{AT}{draft.pk}/upload/", form)
    assert sent.status_code == 303, text(sent)
    draft.refresh_from_db()
    prices = {each.key: each.price for each in plan_of(draft.content).activity}
    assert (prices["emergency"], prices["casualty"], draft.revision) == (2750, 151, 3)


def test_a_file_that_collides_asks_which_holds(council: Client) -> None:
    start(council, workbook(GROWTH))
    draft = Draft.objects.get()
    book = filled_in(plan_of(draft.content), {("activity", "emergency", "price"): 2750.0})
    council.post(f"{AT}{draft.pk}/plan/activity/emergency/", {"made_from": 1, "reason": "So.", "f-price": "2700"})
    form = {
        "made_from": 2,
        "reason": "Filled in.",
        "file": SimpleUploadedFile("p.xlsx", book),
    }
    asked = council.post(f"{AT}{draft.pk}/upload/", form)
    assert asked.status_code == 409
    assert "You wrote 2,750" in text(asked)
    assert DraftEdit.objects.filter(draft=draft).count() == 2


def test_a_form_without_a_file_says_so(council: Client) -> None:
    start(council, workbook(GROWTH))
    refused = council.post(f"{AT}{Draft.objects.get().pk}/upload/", {"made_from": 1, "reason": "So."})
    assert refused.status_code == 422
    assert "no file" in text(refused)


def test_a_file_that_would_undo_what_the_draft_changed_asks_first(council: Client) -> None:
    start(council, workbook(GROWTH))
    draft = Draft.objects.get()
    before = draft.content_id
    form = {"made_from": draft.revision, "reason": "The price, too.", "file": SimpleUploadedFile("p.zip", elsewhere())}
    asked = council.post(f"{AT}{draft.pk}/upload/", form)
    assert asked.status_code == 422
    assert "undoes 1 change" in text(asked)
    draft.refresh_from_db()
    assert draft.content_id == before
    meant = {**form, "file": SimpleUploadedFile("p.zip", elsewhere()), "replace": "yes"}
    assert council.post(f"{AT}{draft.pk}/upload/", meant).status_code == 303
    draft.refresh_from_db()
    assert plan_of(draft.content).activity == edited(tiny_plan(), [PRICE]).activity


def elsewhere() -> bytes:
    """A plan made outside the workspace, from the first version: it knows nothing of the draft."""
    return packed(edited(tiny_plan(), [PRICE]))


def test_a_file_and_a_reason_that_lack_something_are_told_together(council: Client) -> None:
    start(council, workbook(GROWTH))
    draft = Draft.objects.get()
    broken = filled_in(tiny_plan(), {("activity", "emergency", "growth"): "12%"})
    form = {"made_from": draft.revision, "reason": "", "file": SimpleUploadedFile("b.xlsx", broken)}
    refused = text(council.post(f"{AT}{draft.pk}/upload/", form))
    assert "Say why" in refused
    assert "growth" in refused
