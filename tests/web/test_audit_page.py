"""The audit as its auditors read it: who did what, and whether anything was altered."""

from __future__ import annotations

import csv
import io

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tripleaim.web.workspace.actions import challenges
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.cells import cell_of
from tripleaim.web.workspace.models import AuditEvent
from web.altering import free_to_alter
from web.conftest import World, tiny_plan

ADDRESS = "/places/tinyshire/audit/"


def challenge(world: World, question: str = "Why 2%?") -> None:
    cell = cell_of(tiny_plan(), "activity", "emergency", "growth")
    assert cell is not None
    officer = world.person("officer", "council")
    challenges.ask(officer, world.partner("council"), world.place.versions.get(), cell, question)


def page(world: World, query: str = "") -> str:
    answer = world.as_(world.person("auditor")).get(f"{ADDRESS}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_event_is_told_with_names(world: World) -> None:
    challenge(world)
    text = page(world)
    assert "Officer of council" in text
    assert "for Tinyshire Council" in text
    assert "challenged a number" in text
    assert "activity, emergency, growth" in text
    assert "opened the place" in text


def test_it_can_be_narrowed_to_one_act(world: World) -> None:
    challenge(world)
    text = page(world, "?act=place.open")
    assert '<td data-label="Did">opened the place' in text
    assert '<td data-label="Did">challenged' not in text
    assert "Nothing of that kind" in page(world, "?act=nothing")


def test_a_chain_that_holds_is_said_to(world: World) -> None:
    assert "The chain of the audit holds" in page(world)


def test_a_chain_that_was_altered_is_told_with_every_place(world: World) -> None:
    challenge(world)
    free_to_alter()
    AuditEvent.objects.filter(number=1).update(act="other")
    AuditEvent.objects.filter(number=2).update(thing="other")
    text = page(world)
    assert "does not hold" in text
    assert "Event 1: what it says has been altered" in text
    assert "Event 2: what it says has been altered" in text


def test_events_of_other_places_are_not_told(world: World) -> None:
    with transaction.atomic():
        record(
            "secret.act",
            "thing of elsewhere",
            person=world.outsider,
            place=world.outsider.memberships.get().partner.place,
        )
    assert "thing of elsewhere" not in page(world)


def test_a_spreadsheet_gets_the_same_and_takes_nothing_for_a_formula(world: World) -> None:
    person = world.person("officer", "council")
    person.name = "=HYPERLINK(1)"
    person.save()
    challenge(world)
    answer = world.as_(world.person("auditor")).get("/places/tinyshire/audit.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode().lstrip("﻿"))))
    assert answer["Content-Disposition"].startswith("attachment")
    assert rows[0][:3] == ["Number", "When (UTC)", "Who"]
    assert rows[-1][2] == "'=HYPERLINK(1)"


def test_many_events_are_turned_in_pages_with_as_few_questions(world: World) -> None:
    browser = world.as_(world.person("auditor"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(ADDRESS).status_code == 200
        return len(asked)

    challenge(world)
    few = queries()
    for number in range(60):
        challenge(world, f"Why {number}?")
    assert queries() == few
    assert "Page 1 of 2" in page(world)
