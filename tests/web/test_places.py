"""Places: opened with the organisations of their plan, joined by others, and one with invented people at work."""

from __future__ import annotations

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.web.example import CONFIDENCE, people_at_work
from tripleaim.web.workspace.actions.audit import broken_links
from tripleaim.web.workspace.actions.places import add_partner, open_place
from tripleaim.web.workspace.models import AuditEvent, AuditHead, Challenge, Confidence, Draft, Person, Role
from tripleaim.web.workspace.rights import NotAllowed
from web.conftest import World, invented_plan


def test_councils_trusts_commissioners_and_general_practice_are_partners_alike(invented_world: World) -> None:
    keys = set(invented_world.place.partners.values_list("key", flat=True))
    assert {"marsh_council", "marsh_infirmary", "marsh_commissioner", "general_practice", ""} <= keys
    assert "other_hospitals" not in keys


def test_only_who_keeps_the_workspace_opens_a_place(world: World) -> None:
    with pytest.raises(NotAllowed):
        open_place("another", invented_plan(), "Why not", world.person(Role.CONVENOR))


def test_a_convenor_adds_an_organisation_the_plan_does_not_count(world: World) -> None:
    added = add_partner(world.person(Role.CONVENOR), world.place, "  Healthwatch   Tinyshire ", "residents")
    assert (added.organisation.name, added.key) == ("Healthwatch Tinyshire", "")
    with pytest.raises(NotAllowed):
        add_partner(world.person(Role.FINANCE, "council"), world.place, "Another", "other")


def test_every_problem_of_an_organisation_is_told_at_once(world: World) -> None:
    with pytest.raises(PlanProblems) as refused:
        add_partner(world.person(Role.CONVENOR), world.place, "tiny hospital", "something")
    assert [each.field for each in refused.value.problems] == ["name", "sector"]


def test_the_invented_place_has_invented_people_at_work(invented_world: World) -> None:
    people_at_work(invented_world.place)
    states = sorted(Challenge.objects.values_list("state", flat=True))
    assert states == ["answered", "open"]
    assert Draft.objects.get().state == "proposed"
    assert Confidence.objects.count() == len(CONFIDENCE)
    assert list(broken_links(AuditEvent.objects.order_by("number").iterator(), AuditHead.objects.first())) == []


def test_nobody_invented_can_sign_in(invented_world: World) -> None:
    people_at_work(invented_world.place)
    invented = Person.objects.filter(email__endswith="@example.org").exclude(pk=invented_world.outsider.pk)
    assert not any(person.has_usable_password() for person in invented)


def test_a_real_place_gets_no_invented_people(world: World) -> None:
    world.place.invented = False
    with pytest.raises(ValueError, match="invented"):
        people_at_work(world.place)
