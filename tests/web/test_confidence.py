"""Leaders' confidence: given in private; what all see rests on five people, and changes by five people at a time."""

from __future__ import annotations

import json

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.web.workspace.actions.confidence import give_confidence
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import (
    AuditEvent,
    Confidence,
    Membership,
    Person,
    PublishedConfidence,
    Role,
    Version,
)
from tripleaim.web.workspace.rights import NotAllowed
from web.conftest import World, tiny_plan

SCHEME = tiny_plan().schemes[0].key


def leaders(world: World, count: int) -> list[Person]:
    """Leaders of the place, from its organisations in turn."""
    found = []
    for number in range(count):
        person = Person.objects.create(email=f"leader{number}@example.org", name=f"Leader {number}")
        partner = world.partner(("council", "hospital", "east_ccg")[number % 3])
        Membership.objects.create(person=person, partner=partner, role=Role.BOARD)
        found.append(person)
    return found


def version_of(world: World) -> Version:
    return world.place.versions.select_related("place", "content").get()


def give(world: World, people: list[Person], *scores: int) -> None:
    for person, score in zip(people, scores, strict=True):
        give_confidence(person, version_of(world), SCHEME, str(score))


def published(world: World) -> list[tuple[int, float, str]]:
    rows = PublishedConfidence.objects.filter(place=world.place, scheme=SCHEME).order_by("pk")
    return [(row.answers, row.middle, row.spread) for row in rows]


def test_four_answers_are_published_to_nobody(world: World) -> None:
    give(world, leaders(world, 4), 1, 2, 3, 4)
    assert published(world) == []


def test_five_answers_are_published_as_their_middle_and_a_word_for_their_spread(world: World) -> None:
    give(world, leaders(world, 5), 6, 5, 7, 6, 1)
    assert published(world) == [(5, 6.0, "close")]


def test_answers_far_apart_are_said_to_be_so(world: World) -> None:
    give(world, leaders(world, 5), 0, 0, 5, 10, 10)
    assert published(world)[0][2] == "far"


@pytest.mark.parametrize("more", [1, 2, 3, 4])
def test_fewer_than_five_further_answers_change_nothing_so_that_none_can_be_worked_out(world: World, more: int) -> None:
    people = leaders(world, 9)
    give(world, people[:5], 5, 5, 5, 5, 5)
    give(world, people[5 : 5 + more], *[10] * more)
    assert published(world) == [(5, 5.0, "close")]


def test_five_further_answers_are_published_together(world: World) -> None:
    people = leaders(world, 10)
    give(world, people[:5], 5, 5, 5, 5, 5)
    give(world, people[5:], 9, 9, 9, 9, 9)
    assert [row[:2] for row in published(world)] == [(5, 5.0), (10, 7.0)]


def test_one_person_who_answers_over_and_over_counts_once(world: World) -> None:
    people = leaders(world, 5)
    give(world, people, 5, 5, 5, 5, 5)
    for score in (1, 2, 3, 4, 5, 6, 7):
        give(world, people[:1], score)
    assert len(published(world)) == 1


def test_five_people_who_answer_anew_are_published_anew(world: World) -> None:
    people = leaders(world, 5)
    give(world, people, 5, 5, 5, 5, 5)
    give(world, people, 8, 8, 8, 8, 8)
    assert [row[:2] for row in published(world)] == [(5, 5.0), (5, 8.0)]


def test_who_repeats_their_answer_has_given_no_new_one(world: World) -> None:
    people = leaders(world, 5)
    give(world, people, 5, 5, 5, 5, 5)
    give(world, people, 5, 5, 5, 5, 5)
    assert len(published(world)) == 1


def test_what_was_published_stays_when_somebody_leaves(world: World) -> None:
    people = leaders(world, 5)
    give(world, people, 5, 5, 5, 5, 9)
    Membership.objects.filter(person=people[4]).update(ended_at="2026-01-01T00:00:00Z")
    assert published(world) == [(5, 5.0, "close")]


def test_answers_of_people_who_have_left_are_not_counted(world: World) -> None:
    people = leaders(world, 5)
    give(world, people[:4], 5, 5, 5, 5)
    Membership.objects.filter(person=people[0]).update(ended_at="2026-01-01T00:00:00Z")
    give(world, people[4:], 5)
    assert published(world) == []


def test_the_last_answer_counts_and_the_one_before_is_gone(world: World) -> None:
    person = world.person("finance", "council")
    give(world, [person], 3)
    give(world, [person], 7)
    assert list(Confidence.objects.values_list("score", flat=True)) == [7]


def test_the_audit_says_that_an_answer_was_given_and_never_which(world: World) -> None:
    give(world, [world.person("board", "council")], 7)
    event = AuditEvent.objects.get(act="confidence.give")
    assert "7" not in json.dumps(event.detail)
    assert set(event.detail) == {"version"}


@pytest.mark.parametrize("role", ["analyst", "reviewer", "auditor"])
def test_only_leaders_are_asked(world: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        give_confidence(world.person(role, "council"), version_of(world), SCHEME, "5")


@pytest.mark.parametrize("typed", ["", "11", "-1", "5.5", "five", "٥"])
def test_anything_but_a_whole_number_from_0_to_10_is_refused_in_words(world: World, typed: str) -> None:
    with pytest.raises(PlanProblems, match="whole number from 0 to 10"):
        give_confidence(world.person("board", "council"), version_of(world), SCHEME, typed)
    assert not Confidence.objects.exists()
    assert not AuditEvent.objects.filter(act="confidence.give").exists()


def test_a_scheme_the_plan_does_not_have_is_refused(world: World) -> None:
    with pytest.raises(NotNow, match="no such scheme"):
        give_confidence(world.person("board", "council"), version_of(world), "nowhere", "5")
