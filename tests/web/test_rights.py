"""The table of rights, cell by cell: every act, every role, for what is one's own and for what is another's.

The table here was written by hand from what the partners agreed, not made from the module it checks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tripleaim.web.workspace.models import Challenge, Draft, Membership, Person, Role, Run
from tripleaim.web.workspace.rights import ACTS, NotAllowed, may, require
from tripleaim.web.workspace.rights_page import rights_page
from web.conftest import World

AGREED = """
                  analyst  finance  officer  board  convenor  reviewer  auditor
place.see            yy       yy       yy      yy      yy        yy       yy
version.download     yy       yy       yy      yy      yy        yy       yy
draft.see            y-       y-       y-      y-      y-        --       --
draft.make           y-       y-       y-      --      y-        --       --
draft.edit           y-       y-       y-      --      y-        --       --
draft.propose        --       y-       y-      --      y-        --       --
draft.comment        y-       y-       y-      y-      y-        --       --
draft.accept         --       --       --      --      yy        --       --
challenge.ask        yy       yy       yy      yy      yy        --       --
challenge.answer     yy       yy       yy      --      yy        --       --
challenge.close      y-       y-       y-      y-      y-        --       --
confidence.give      --       yy       yy      yy      yy        --       --
run.see              y-       y-       y-      y-      y-        --       --
run.ask              y-       y-       y-      y-      y-        --       --
run.stop             y-       y-       y-      y-      yy        --       --
people.see           yy       yy       yy      yy      yy        yy       yy
people.invite        --       y-       --      --      yy        --       --
partner.add          --       --       --      --      yy        --       --
audit.see            --       --       --      --      yy        --       yy
"""
"""Two marks a cell: for one's own, and for another's. A draft here has not been proposed; a challenge and a run to be
stopped are the asker's own; a result to be seen or asked for is of a draft."""

HEAD, *ROWS = [line.split() for line in AGREED.strip().splitlines()]
CELLS = [(row[0], role, *marks) for row in ROWS for role, marks in zip(HEAD, row[1:], strict=True)]


def test_every_act_and_every_role_is_agreed() -> None:
    assert [row[0] for row in ROWS] == [act.name for act in ACTS]
    assert list(Role.values) == HEAD


def place(world: World, person: Person, partner: str) -> object:
    return world.place


def organisation(world: World, person: Person, partner: str) -> object:
    return world.partner(partner)


def draft(world: World, person: Person, partner: str) -> Draft:
    version = world.place.versions.get()
    return Draft.objects.create(
        place=world.place,
        partner=world.partner(partner),
        title="A change",
        base=version,
        content=version.content,
        made_by=world.person("analyst", partner),
    )


def run_of_draft(world: World, person: Person, partner: str) -> Run:
    own = draft(world, person, partner)
    return Run.objects.create(place=world.place, content=own.content, draft=own, kind="run", cache_key="x")


def asker(world: World, person: Person, partner: str) -> Person:
    return person if partner == "council" else world.person("officer", partner)


def run_to_stop(world: World, person: Person, partner: str) -> Run:
    content = world.place.versions.get().content
    by = asker(world, person, partner)
    return Run.objects.create(place=world.place, content=content, kind="run", cache_key="x", asked_by=by)


def challenge(world: World, person: Person, partner: str) -> Challenge:
    return Challenge.objects.create(
        place=world.place,
        version=world.place.versions.get(),
        table="activity",
        row="emergency",
        question="Why?",
        person=asker(world, person, partner),
        partner=world.partner(partner),
    )


THINGS: dict[str, Callable[[World, Person, str], object]] = {
    "draft.see": draft,
    "draft.make": organisation,
    "draft.edit": draft,
    "draft.propose": draft,
    "draft.comment": draft,
    "draft.accept": draft,
    "challenge.answer": challenge,
    "challenge.close": challenge,
    "run.see": run_of_draft,
    "run.ask": draft,
    "run.stop": run_to_stop,
    "people.invite": organisation,
}
"""Act → the thing it is tried with; the others concern the place as a whole."""


@pytest.mark.parametrize(("act", "role", "own", "other"), CELLS, ids=[f"{act}-{role}" for act, role, *_ in CELLS])
def test_a_cell_is_as_agreed(world: World, act: str, role: str, own: str, other: str) -> None:
    person, made = world.person(role, "council"), THINGS.get(act, place)
    mine, theirs = made(world, person, "council"), made(world, person, "hospital")
    assert (may(person, act, mine), may(person, act, theirs)) == (own == "y", other == "y")


@pytest.mark.parametrize("act", [row[0] for row in ROWS])
@pytest.mark.parametrize("partner", ["council", "hospital"])
def test_nobody_else_may_do_anything(world: World, act: str, partner: str) -> None:
    thing = THINGS.get(act, place)(world, world.outsider, partner)
    if isinstance(thing, Challenge | Run):
        type(thing).objects.filter(pk=thing.pk).update(
            **{"person" if isinstance(thing, Challenge) else "asked_by": world.person("officer", partner)}
        )
        thing.refresh_from_db()
    keeper = Person.objects.create(email="keeper@example.org", name="Keeper", keeps_workspace=True)
    for nobody in (world.outsider, AnonymousUser(), keeper):
        assert not may(nobody, act, thing)


@pytest.mark.parametrize("act", [row[0] for row in ROWS])
def test_whose_part_has_ended_may_do_nothing_any_more(world: World, act: str) -> None:
    person = world.person("convenor", "council")
    thing = THINGS.get(act, place)(world, person, "council")
    Membership.objects.filter(person=person).update(ended_at=timezone.now())
    assert not may(Person.objects.get(pk=person.pk), act, thing)


@pytest.mark.parametrize("role", Role.values)
def test_a_proposal_is_seen_by_everybody_in_the_place_and_by_nobody_else(world: World, role: str) -> None:
    proposed = draft(world, world.outsider, "hospital")
    proposed.proposed_at, proposed.proposed_by = timezone.now(), world.person("finance", "hospital")
    proposed.save()
    person = world.person(role, "council")
    reads_only = role in ("reviewer", "auditor")
    assert may(person, "draft.see", proposed)
    assert may(person, "draft.comment", proposed) is not reads_only
    assert may(person, "run.ask", proposed) is not reads_only
    assert not may(person, "draft.edit", proposed)
    assert not may(world.outsider, "draft.see", proposed)


def test_who_proposed_does_not_accept_unless_nobody_else_is_there(world: World) -> None:
    convenor = world.person("convenor")
    proposed = draft(world, convenor, "office")
    Membership.objects.filter(person__email="analyst.office@example.org").delete()
    proposed.proposed_at, proposed.proposed_by = timezone.now(), convenor
    proposed.save()
    assert may(convenor, "draft.accept", proposed)
    world.person("board", "council")
    assert not may(convenor, "draft.accept", proposed)


@pytest.mark.parametrize("role", Role.values)
def test_a_result_of_the_shared_plan_is_everybodys(world: World, role: str) -> None:
    shared = run_to_stop(world, world.person("officer", "hospital"), "hospital")
    assert may(world.person(role, "council"), "run.see", shared)


def test_one_role_in_each_of_two_organisations_is_not_both_in_either(world: World) -> None:
    person = world.person("board", "council")
    Membership.objects.create(person=person, partner=world.partner("hospital"), role=Role.ANALYST)
    assert may(person, "draft.edit", draft(world, person, "hospital"))
    assert not may(person, "draft.edit", draft(world, person, "council"))


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("act", [act for act in ACTS if act.own], ids=lambda act: act.name)
def test_what_kind_of_body_an_organisation_is_changes_nothing(world: World, role: str, act: object) -> None:
    name = str(getattr(act, "name", ""))
    made = THINGS[name]
    answers = {
        may(world.person(role, partner), name, made(world, world.person(role, partner), partner))
        for partner in ("council", "hospital", "east_ccg")
    }
    assert len(answers) == 1


def test_a_refusal_says_who_may(world: World) -> None:
    with pytest.raises(NotAllowed, match="needs the role of convenor or auditor in this place"):
        require(world.person("analyst"), "audit.see", world.place)


def test_the_page_of_rights_is_the_one_the_program_writes(root: Path) -> None:
    assert (root / "docs" / "workspace" / "rights.md").read_text(encoding="utf-8") == rights_page()
