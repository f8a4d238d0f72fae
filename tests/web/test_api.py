"""The workspace for programs: the same things, the same refusals, under a person's own token."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tripleaim.loading.editing import Change, edited
from tripleaim.loading.packed import packed, unpacked
from tripleaim.web.workspace.actions.comments import comment
from tripleaim.web.workspace.actions.drafts import propose, start_draft
from tripleaim.web.workspace.actions.entrance import hashed, new_token
from tripleaim.web.workspace.models import ApiToken, Draft, Person, Role
from web.conftest import World, tiny_plan

HERE = "/api/v1/places/tinyshire"


class Program:
    """A program that acts for a person."""

    def __init__(self, person: Person, *scopes: str) -> None:
        token = new_token()
        later = timezone.now() + timedelta(days=30)
        ApiToken.objects.filter(person=person, name="test", ended_at=None).delete()
        self.kept = ApiToken.objects.create(
            person=person,
            name="test",
            start=token[:6],
            hashed=hashed(token),
            scopes=list(scopes or ["read"]),
            until=later,
        )
        self.client = Client(headers={"authorization": f"Bearer {token}"})

    def get(self, address: str, **headers: str) -> Any:
        return self.client.get(address, headers=headers)

    def post(self, address: str, content: Any = None, **parts: Any) -> Any:
        if parts:
            return self.client.post(address, data=parts)
        return self.client.post(address, data=json.dumps(content), content_type="application/json")


@pytest.fixture
def analyst(world: World) -> Program:
    return Program(world.person(Role.ANALYST, "council"), "read", "upload", "run")


def test_a_program_reads_what_its_person_may(analyst: Program) -> None:
    assert [each["slug"] for each in analyst.get("/api/v1/places").json()] == ["tinyshire"]
    names = {each["key"] for each in analyst.get(f"{HERE}/organisations").json()}
    assert names == {"east_ccg", "west_ccg", "hospital", "council", ""}


def test_without_a_token_nothing_is_told(world: World) -> None:
    answer = Client().get("/api/v1/places")
    assert answer.status_code == 401
    assert answer.json()["kind"] == "refusal"


def test_an_ended_or_expired_token_opens_nothing(world: World) -> None:
    for change in ({"ended_at": timezone.now()}, {"until": timezone.now()}):
        program = Program(world.person(Role.ANALYST, "council"))
        ApiToken.objects.filter(pk=program.kept.pk).update(**change)
        assert program.get("/api/v1/places").status_code == 401


def test_a_token_for_reading_does_not_write(world: World) -> None:
    reader = Program(world.person(Role.ANALYST, "council"), "read")
    answer = reader.post(f"{HERE}/runs", {"version": 1, "kind": "run"})
    assert answer.status_code == 403
    assert "scope" in answer.json()["said"] or "run" in answer.json()["said"]


def test_another_places_people_find_nothing(world: World) -> None:
    outsider = Program(world.outsider)
    for rest in ("", "/organisations", "/versions", "/versions/1", "/drafts", "/challenges", "/audit", "/runs"):
        assert outsider.get(HERE + rest).status_code == 404, rest


def test_a_version_comes_back_with_its_fingerprint(analyst: Program) -> None:
    told = analyst.get(f"{HERE}/versions/1").json()
    assert told["fingerprint"] == tiny_plan().fingerprint
    whole = analyst.get(f"{HERE}/versions/1/plan.zip")
    assert unpacked(whole.content).fingerprint == tiny_plan().fingerprint


def test_what_never_changes_is_not_sent_twice(analyst: Program) -> None:
    for address in (f"{HERE}/versions/1/plan.zip", f"{HERE}/versions/1/tables/schemes"):
        first = analyst.get(address)
        again = analyst.get(address, if_none_match=first["ETag"])
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_a_table_is_read_by_pages(analyst: Program) -> None:
    people = analyst.get(f"{HERE}/versions/1/tables/population?limit=3&offset=1").json()
    assert (len(people["rows"]), people["count"]) == (3, len(tiny_plan().population))
    assert analyst.get(f"{HERE}/versions/1/tables/nothing").status_code == 404


def test_lists_come_in_pages_with_their_count(analyst: Program) -> None:
    told = analyst.get(f"{HERE}/versions?limit=1").json()
    assert (len(told["items"]), told["count"]) == (1, 1)


def test_a_plan_that_cannot_be_read_is_refused_with_every_problem(analyst: Program) -> None:
    broken = io.BytesIO(b"no plan at all")
    broken.name = "plan.xlsx"
    answer = analyst.post(f"{HERE}/drafts", organisation="council", title="A try", why="To see", file=broken)
    assert answer.status_code == 422
    assert {"where", "found", "expected", "to_fix"} <= set(answer.json()["problems"][0])
    assert not Draft.objects.exists()


def test_an_uploaded_plan_becomes_a_draft(analyst: Program) -> None:
    renamed = edited(tiny_plan(), [Change(table="", key=(), field="name", text="Tiny plan, again")])
    file = io.BytesIO(packed(renamed))
    file.name = "plan.zip"
    answer = analyst.post(f"{HERE}/drafts", organisation="council", title="A name", why="To see", file=file)
    assert answer.status_code == 201, answer.content
    assert analyst.get(f"{HERE}/drafts/{answer.json()['id']}").json()["fingerprint"] == renamed.fingerprint


def test_a_draft_of_another_organisation_is_not_there(world: World, analyst: Program) -> None:
    hospital = world.person(Role.ANALYST, "hospital")
    draft = start_draft(hospital, world.partner("hospital"), world.place.versions.get(), "Our own")
    assert analyst.get(f"{HERE}/drafts/{draft.pk}").status_code == 404
    assert analyst.get(f"{HERE}/drafts").json() == {"items": [], "count": 0}
    assert analyst.post(f"{HERE}/runs", {"draft": draft.pk, "kind": "run"}).status_code == 404


def test_a_run_is_asked_for_and_found_again(analyst: Program) -> None:
    asked = analyst.post(f"{HERE}/runs", {"version": 1, "kind": "run"})
    assert asked.status_code == 202, asked.content
    number = asked.json()["id"]
    assert analyst.get(f"{HERE}/runs/{number}").json()["state"] == "waiting"
    assert analyst.post(f"{HERE}/runs", {"version": 1, "kind": "run"}).json()["id"] == number
    assert analyst.post(f"{HERE}/runs/{number}/stop").status_code == 200


def test_what_a_run_cannot_take_is_told(analyst: Program) -> None:
    answer = analyst.post(f"{HERE}/runs", {"version": 1, "kind": "stress", "options": {"draws": -1}})
    assert answer.status_code == 422
    assert answer.json()["problems"]


def test_the_documentation_is_served_from_here(world: World) -> None:
    page = World.as_(world.person(Role.ANALYST, "council")).get("/api/v1/docs")
    assert page.status_code == 200
    assert b"cdn" not in page.content
    paths = World.as_(world.person(Role.ANALYST, "council")).get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/places/{slug}/runs" in paths


def test_a_proposal_is_read_whole_with_what_is_said_of_it(world: World, analyst: Program) -> None:
    hospital = world.person(Role.FINANCE, "hospital")
    renamed = edited(tiny_plan(), [Change(table="", key=(), field="name", text="Another name")])
    draft = start_draft(hospital, world.partner("hospital"), world.place.versions.get(), "A name", "To see", renamed)
    draft = propose(hospital, draft, draft.revision, "Because")
    comment(
        world.person(Role.OFFICER, "council"),
        world.partner("council"),
        draft,
        "Why?",
        table="schemes",
        row="home_care",
        field="name",
    )
    here = f"{HERE}/drafts/{draft.pk}"
    assert unpacked(analyst.get(f"{here}/plan.zip").content).fingerprint == renamed.fingerprint
    assert [each["new"] for each in analyst.get(f"{here}/changes").json()] == ["Another name"]
    assert [each["text"] for each in analyst.get(f"{here}/comments").json()["items"]] == ["Why?"]
    for rest in ("", "/plan.zip", "/changes", "/comments"):
        assert Program(world.outsider).get(here + rest).status_code == 404
