"""What somebody sends who means no good, or whose program is broken: refused in words, on every database."""

from __future__ import annotations

import errno
import json
import os
import threading
import zlib
from typing import Any

import pytest
from django.test import Client

from tripleaim.web.workspace import briefs
from tripleaim.web.workspace.actions.drafts import propose, start_draft
from tripleaim.web.workspace.actions.runs import ask, claim
from tripleaim.web.workspace.actions.tokens import make_token
from tripleaim.web.workspace.actions.versions import accept
from tripleaim.web.workspace.desk import Desk
from tripleaim.web.workspace.jobs import folders
from tripleaim.web.workspace.jobs.worker import Worker
from tripleaim.web.workspace.models import Challenge, Draft, Membership, Organisation, Role
from tripleaim.web.workspace.waiting import what_waits
from web.conftest import World, tiny_plan
from web.worked_out import altered, newest, page, work_out

PLACE = "/places/tinyshire/"
API = "/api/v1/places/tinyshire/"


def a_draft(world: World, role: str, partner: str, title: str = "A private thought", **parts: Any) -> Draft:
    plan = altered(tiny_plan(), **parts) if parts else None
    return start_draft(world.person(role, partner), world.partner(partner), newest(world), title, "Because.", plan)


def other_plan() -> dict[str, Any]:
    first, *others = tiny_plan().schemes
    return {"schemes": (type(first)(**{**first.__dict__, "name": "Another name"}), *others)}


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_no_request_without_a_form_ends_somebodys_part(world: World, method: str) -> None:
    member = Membership.objects.get(person=world.person("finance", "hospital"))
    getattr(world.as_(world.person("convenor")), method)(f"{PLACE}people/{member.pk}/end/")
    member.refresh_from_db()
    assert member.ended_at is None


NOTHING = (
    "audit/?act=%00",
    "audit.csv?act=a%00b",
    "search/?words=%00",
    "results/1/data/a%00b.csv",
    "schemes/%00/",
    "organisations/%00/",
    "people/invite/?partner=%00",
    "challenges/new/?table=schemes&row=%00&field=name",
)


@pytest.mark.parametrize("address", NOTHING)
def test_an_address_with_the_sign_for_nothing_is_refused(world: World, address: str) -> None:
    answer = world.as_(world.person("convenor")).get(f"{PLACE}{address}")
    assert answer.status_code == 400
    assert "could not be understood" in answer.content.decode()


def test_the_sign_for_nothing_is_left_out_of_what_is_written(world: World) -> None:
    browser = world.as_(world.person("convenor"))
    row = tiny_plan().schemes[0].key
    asked = browser.post(f"{PLACE}challenges/new/?table=schemes&row={row}&field=name", {"question": "Why\x00 so?"})
    assert (asked.status_code, Challenge.objects.get().question) == (303, "Why so?")
    added = browser.post(f"{PLACE}people/organisations/new/", {"name": "Health\x00watch", "sector": "other"})
    assert added.status_code == 303
    assert Organisation.objects.filter(name="Healthwatch").exists()


def test_a_comment_is_hung_on_no_row_that_cannot_be_named(world: World) -> None:
    draft = a_draft(world, "finance", "hospital", **other_plan())
    browser = world.as_(world.person("finance", "hospital"))
    said = browser.post(f"{PLACE}proposals/{draft.pk}/comment/", {"text": "Yes", "about": "schemes|a\x00b|name"})
    assert said.status_code == 422


def program(world: World, *scopes: str) -> Client:
    token = make_token(world.person("finance", "hospital"), "A program", scopes, 30)[1]
    return Client(headers={"authorization": f"Bearer {token}"})


@pytest.mark.parametrize("part", ["limit", "offset"])
@pytest.mark.parametrize("of", ["versions", "challenges", "runs", "drafts"])
def test_a_page_beyond_all_counting_is_refused_in_words(world: World, of: str, part: str) -> None:
    answer = program(world, "read").get(f"{API}{of}?{part}={'9' * 40}")
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["field"] == part


@pytest.mark.parametrize("schemes", [5, True, {"a": 1}, 1.5])
def test_schemes_that_are_no_list_are_refused_in_words(world: World, schemes: object) -> None:
    asked = json.dumps({"kind": "share", "version": 1, "options": {"schemes": schemes}})
    answer = program(world, "run").post(f"{API}runs", data=asked, content_type="application/json")
    assert answer.status_code == 422


def test_a_program_that_sends_the_sign_for_nothing_is_told(world: World) -> None:
    answer = program(world, "upload").post(f"{API}drafts", {"organisation": "a\x00b", "title": "x"})
    assert answer.status_code == 400
    assert "NUL" in answer.json()["said"]


def test_what_was_worked_out_of_a_private_draft_is_not_told_of_a_proposal_that_says_the_same(world: World) -> None:
    work_out(world)
    private = a_draft(world, "finance", "hospital", **other_plan())
    work_out(world, private.content, private)
    public = a_draft(world, "finance", "council", "The same thought", **other_plan())
    propose(world.person("finance", "council"), public, public.revision, "Because.")
    assert public.content_id == private.content_id
    assert "not worked out yet" in page(world, world.person("board", "east_ccg"))


def test_who_only_reviews_an_organisation_is_not_told_of_its_drafts(world: World) -> None:
    draft = a_draft(world, "finance", "hospital", **other_plan())
    both = world.person("analyst", "council")
    Membership.objects.create(person=both, partner=world.partner("hospital"), role=Role.REVIEWER)
    version = newest(world)
    type(version).objects.create(place=world.place, number=2, content=version.content)
    assert not [each for each in what_waits(Desk(both)) if draft.title in each.title]
    own = world.person("analyst", "hospital")
    assert [each for each in what_waits(Desk(own)) if draft.title in each.title]


@pytest.mark.parametrize(("names", "joined"), [(["N" * 300], ["N" * 159 + "…"]), (["Twin", "Twin"], ["Twin"])])
def test_organisations_with_names_too_long_or_alike_stop_no_version(
    world: World, names: list[str], joined: list[str]
) -> None:
    first, *_ = known = tiny_plan().organisations
    new = [first.model_copy(update={"key": f"new_{number}", "name": name}) for number, name in enumerate(names)]
    draft = a_draft(world, "finance", "council", organisations=(*known, *new))
    propose(world.person("finance", "council"), draft, 1, "Because.")
    assert accept(world.person("convenor"), draft, 1, 1).number == 2
    partners = world.place.partners.filter(key__startswith="new_")
    assert list(partners.values_list("organisation__name", flat=True)) == joined


def test_a_full_disk_ends_a_run_in_words_and_the_worker_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(folders, "new_folder", full)
    asked = ask(world.person("convenor"), world.place, newest(world).content, "run", {})
    worker = Worker(threading.Event())
    taken = claim(worker.name)
    assert taken == asked
    worker.try_to_answer(taken)
    asked.refresh_from_db()
    assert (asked.state, "No space left" in asked.fault, "safe" in asked.fault) == ("failed", True, True)


@pytest.mark.parametrize("kept", [b"not json", b"{}", b"[]", b'{"format": 0}'])
def test_a_brief_of_another_program_is_as_if_it_were_not_there(world: World, kept: bytes) -> None:
    run = work_out(world)
    run.files.filter(name="brief.json").update(packed=zlib.compress(kept))
    briefs.forget()
    reader = world.person("finance", "council")
    assert world.as_(reader).get("/").status_code == 200
    assert briefs.short.of([run]) == briefs.whole.of([run]) == {run.pk: None}
    assert "Tinyshire" in page(world, reader)
