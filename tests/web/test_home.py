"""My ten minutes: what waits for a person in all their places, in the order of what it holds up."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tripleaim.plan import Plan
from tripleaim.web.workspace.actions import contents
from tripleaim.web.workspace.actions.versions import note_visit
from tripleaim.web.workspace.briefs import forget
from tripleaim.web.workspace.models import (
    Challenge,
    Comment,
    Confidence,
    Draft,
    Invitation,
    Membership,
    Person,
    Run,
    Version,
)
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.waiting import minutes
from web.conftest import World, invented_plan, tiny_plan
from web.worked_out import altered, newest, queries, work_out

SCHEME = tiny_plan().schemes[0].key


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget()


def home(world: World, person: Person) -> str:
    got = world.as_(person).get("/")
    assert got.status_code == 200
    return got.content.decode()


def waits(told: str) -> list[str]:
    """What waits, in order."""
    queue = told.partition('<ol class="queue"')[2].partition("</ol>")[0]
    return [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r"<h3>(.*?)</h3>", queue)]


def awaited(told: str) -> str:
    return told.partition('id="awaits-h"')[2].partition("</section>")[0]


def dearer_plan() -> Plan:
    """The tiny plan with its costs doubled."""
    costs = tuple(row.model_copy(update={"amount": row.amount * 2}) for row in tiny_plan().costs)
    return altered(tiny_plan(), costs=costs)


def draft(world: World, partner: str, state: DraftState, title: str = "More beds", plan: bool = False) -> Draft:
    version, by = world.place.versions.order_by("number")[0], world.person("finance", partner)
    proposed = {"proposed_by": by, "proposed_at": timezone.now()} if state == DraftState.PROPOSED else {}
    return Draft.objects.create(
        place=world.place,
        partner=world.partner(partner),
        title=title,
        why="Wards are full every winter.",
        base=version,
        content=contents.keep(dearer_plan()) if plan else version.content,
        state=state,
        made_by=by,
        **proposed,
    )


def challenge(world: World, of: str = "", row: str = "costs", by: str = "council", **more: object) -> Challenge:
    return Challenge.objects.create(
        place=world.place,
        version=newest(world),
        table="schemes",
        row=row,
        field="summary",
        question="Why so much?",
        person=world.person("officer", by),
        partner=world.partner(by),
        asked_of=world.partner(of) if of else None,
        **more,
    )


def read_all(world: World, person: Person) -> None:
    note_visit(person, newest(world))


def test_how_long_it_takes_is_words_read_and_answers_given() -> None:
    assert (minutes(0), minutes(200), minutes(201), minutes(400, 0)) == (1, 2, 3, 2)


def test_who_belongs_to_no_place_is_told_how_to_come_into_one(world: World) -> None:
    stranger = Person.objects.create(email="new@example.org", name="New")
    told = home(world, stranger)
    assert "You belong to no place yet" in told
    assert "invited you" in told


def test_on_a_first_visit_the_overview_waits_to_be_read(world: World) -> None:
    told = home(world, world.person("officer", "council"))
    assert waits(told) == ["Read how the plan of Tinyshire stands"]
    assert "One thing waits for you, about 3 minutes in all." in told


def test_who_has_read_all_and_is_asked_nothing_has_nothing_waiting(world: World) -> None:
    reader = world.person("analyst", "council")
    read_all(world, reader)
    told = home(world, reader)
    assert "Nothing waits for you." in told
    assert "You wait for nobody." in told


def test_a_proposal_waits_for_every_other_organisation_until_it_has_spoken(world: World) -> None:
    reader = world.person("officer", "council")
    read_all(world, reader)
    proposal = draft(world, "hospital", DraftState.PROPOSED)
    assert waits(home(world, reader)) == ["Say what you think of a proposal: More beds"]
    Comment.objects.create(
        draft=proposal, text="Yes.", person=world.person("finance", "council"), partner=world.partner("council")
    )
    assert waits(home(world, reader)) == []


def test_who_proposed_it_waits_for_a_convenor_who_decides(world: World) -> None:
    draft(world, "hospital", DraftState.PROPOSED)
    owner, convenor = world.person("finance", "hospital"), world.person("convenor")
    read_all(world, owner)
    read_all(world, convenor)
    assert waits(home(world, owner)) == []
    assert "to take in or decline “More beds”" in awaited(home(world, owner))
    assert "Decide on a proposal: More beds" in waits(home(world, convenor))


def test_reviewers_and_auditors_are_asked_for_no_opinion(world: World) -> None:
    draft(world, "hospital", DraftState.PROPOSED)
    for role in ("reviewer", "auditor"):
        reader = world.person(role, "council")
        read_all(world, reader)
        assert waits(home(world, reader)) == []


def test_what_a_proposal_does_to_the_money_is_what_it_holds_up(world: World) -> None:
    proposal = draft(world, "hospital", DraftState.PROPOSED, plan=True)
    reader = world.person("officer", "council")
    read_all(world, reader)
    assert "What it does to the money is not worked out yet." in home(world, reader)
    work_out(world)
    work_out(world, proposal.content, proposal)
    told = home(world, reader)
    assert "As hoped, the place is £" in told
    assert "It holds up £" in told


def test_what_holds_up_most_money_comes_first_then_what_others_wait_for(world: World) -> None:
    work_out(world)
    reader = world.person("officer", "council")
    challenge(world, "council", row=SCHEME, by="hospital")
    challenge(world, "council", row="somewhere", by="hospital")
    assert [each.partition(":")[0] for each in waits(home(world, reader))] == [
        "Answer a challenge",
        "Answer a challenge",
        "Read how the plan of Tinyshire stands",
        "Say in private how sure you are of 2 schemes",
    ]
    assert tiny_plan().schemes[0].name in waits(home(world, reader))[0]


def test_a_challenge_waits_for_whom_it_was_asked_of_and_else_for_a_convenor(world: World) -> None:
    challenge(world, "hospital", by="council")
    challenge(world, "", by="council")
    asked = {who: world.person("officer" if who != "office" else "convenor", who) for who in ("hospital", "office")}
    for person in asked.values():
        read_all(world, person)
    assert len(waits(home(world, asked["hospital"]))) == 1
    assert len(waits(home(world, asked["office"]))) == 1
    assert awaited(home(world, world.person("officer", "council"))).count("to answer “Why so much?”") == 2


def test_a_draft_behind_the_newest_version_waits_to_be_brought_up(world: World) -> None:
    draft(world, "council", DraftState.WORKING, "Fewer beds")
    Version.objects.create(place=world.place, number=2, content=contents.keep(invented_plan()), why="Counted again.")
    reader = world.person("officer", "council")
    read_all(world, reader)
    assert waits(home(world, reader)) == ["Bring your draft up to version 2: Fewer beds"]
    other = world.person("officer", "hospital")
    read_all(world, other)
    assert waits(home(world, other)) == []


def test_versions_not_looked_at_wait_with_their_reasons(world: World) -> None:
    reader = world.person("analyst", "council")
    read_all(world, reader)
    for number in (2, 3):
        plan = invented_plan() if number == 2 else tiny_plan()
        Version.objects.create(place=world.place, number=number, content=contents.keep(plan), why=f"Why {number}.")
    told = home(world, reader)
    assert waits(told) == ["Look at what changed in versions 2 to 3"]
    assert "Why 2. Why 3." in told
    assert "You have read version 1." in told


def test_leaders_are_asked_how_sure_they_are_of_schemes_they_have_not_answered_for(world: World) -> None:
    work_out(world)
    leader, analyst = world.person("board", "council"), world.person("analyst", "council")
    for person in (leader, analyst):
        read_all(world, person)
    assert waits(home(world, leader)) == ["Say in private how sure you are of 2 schemes"]
    assert waits(home(world, analyst)) == []
    for scheme in tiny_plan().schemes:
        Confidence.objects.create(place=world.place, scheme=scheme.key, person=leader, score=5, version=newest(world))
    assert waits(home(world, leader)) == []


@pytest.mark.parametrize(("state", "title"), [("done", "Read the answer"), ("failed", "See why there is no answer")])
def test_an_answer_that_was_asked_for_waits_to_be_read_for_two_days(world: World, state: str, title: str) -> None:
    reader = world.person("analyst", "council")
    read_all(world, reader)
    run = Run.objects.create(
        place=world.place,
        content=newest(world).content,
        kind="stress",
        cache_key="k",
        state=state,
        asked_by=reader,
        ended_at=timezone.now(),
    )
    assert waits(home(world, reader)) == [f"{title}: How wrong could it be?"]
    Run.objects.filter(pk=run.pk).update(ended_at=timezone.now() - timedelta(days=3))
    assert waits(home(world, reader)) == []


def test_a_convenor_sees_invitations_nobody_has_answered(world: World) -> None:
    convenor = world.person("convenor")
    read_all(world, convenor)
    for number, days in ((1, 3), (2, -1)):
        Invitation.objects.create(
            partner=world.partner("hospital"),
            role="finance",
            email=f"{number}@example.org",
            hashed=str(number),
            made_by=convenor,
            until=timezone.now() + timedelta(days=days),
        )
    told = home(world, convenor)
    assert waits(told) == ["Two invitations are not answered"]
    assert "1 link no longer works" in told


def test_nothing_of_a_place_waits_for_somebody_of_another(world: World) -> None:
    work_out(world)
    draft(world, "hospital", DraftState.PROPOSED)
    challenge(world, "hospital")
    told = home(world, world.outsider)
    assert "More beds" not in told
    assert "Tinyshire" not in told


def test_it_asks_as_many_questions_of_the_database_for_many_things_as_for_one(world: World) -> None:
    work_out(world)
    reader = world.person("convenor", "council")
    Membership.objects.create(person=reader, partner=world.partner("hospital"), role="finance")

    def more(number: int) -> None:
        draft(world, "east_ccg", DraftState.PROPOSED, f"Change {number}")
        draft(world, "council", DraftState.WORKING, f"Draft {number}")
        challenge(world, "council", row=SCHEME, by="hospital")
        Invitation.objects.create(
            partner=world.partner("hospital"),
            role="finance",
            email=f"{number}@example.org",
            hashed=str(number),
            made_by=reader,
            until=timezone.now(),
        )
        for state in ("done", "working"):
            Run.objects.create(
                place=world.place,
                content=newest(world).content,
                kind="stress",
                cache_key=f"{state} {number}",
                state=state,
                asked_by=reader,
                ended_at=timezone.now(),
            )

    more(0)
    few = queries(world.as_(reader), "/")
    for number in range(1, 6):
        more(number)
    assert queries(world.as_(reader), "/") == few
