"""The overview of a place: what a reader learns on one page, and what it says until there are figures."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tripleaim.plan import Plan
from tripleaim.web.workspace.actions import contents
from tripleaim.web.workspace.actions.versions import note_visit
from tripleaim.web.workspace.briefs import forget
from tripleaim.web.workspace.models import Challenge, Comment, Draft, Place, Run, Version
from tripleaim.web.workspace.models.draft import DraftState
from web.altering import free_to_alter
from web.conftest import World, tiny_plan
from web.worked_out import altered, keep, newest, page, queries, work_out


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget()


def propose(world: World, partner: str, title: str = "More beds") -> Draft:
    version = newest(world)
    return Draft.objects.create(
        place=world.place,
        partner=world.partner(partner),
        title=title,
        base=version,
        content=version.content,
        state=DraftState.PROPOSED,
        made_by=world.person("finance", partner),
        proposed_by=world.person("finance", partner),
        proposed_at=timezone.now(),
    )


def changed_plan() -> Plan:
    """The tiny plan with another heading."""
    return altered(tiny_plan(), heading=tiny_plan().heading.model_copy(update={"version": "0.9"}))


def challenge(world: World, row: str = "home_first") -> Challenge:
    return Challenge.objects.create(
        place=world.place,
        version=newest(world),
        table="schemes",
        row=row,
        question="Why so much?",
        person=world.person("officer", "council"),
        partner=world.partner("council"),
    )


def test_it_opens_with_the_answer_and_three_gaps_of_equal_size(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"))
    assert "How the plan stands" in told
    assert told.count('<div class="gap">') == 3
    assert "short by £67.9m in 2020/21" in told


def test_every_figure_of_the_answer_leads_to_where_it_is_worked_out(invented_world: World) -> None:
    run = work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"))
    assert f"/places/{invented_world.place.slug}/results/{run.pk}/index.html#" in told
    assert 'href="index.html' not in told


def test_what_is_open_is_told_with_the_money_that_hangs_on_it(invented_world: World) -> None:
    work_out(invented_world)
    told = page(invented_world, invented_world.person("officer", "marsh_council"))
    assert "is a plug: nobody has worked out" in told
    assert "closed by no scheme" in told


def test_it_says_who_has_come_and_claims_nobodys_vote(invented_world: World) -> None:
    work_out(invented_world)
    reader = invented_world.person("officer", "marsh_council")
    told = page(invented_world, reader)
    assert "1 person from 1 of 10 organisations have joined" in told
    assert told.count("Nobody has joined yet") >= 9
    assert "nobody’s vote" in told
    note_visit(reader, newest(invented_world))
    assert "Has read version 1" in page(invented_world, reader)
    propose(invented_world, "marsh_council")
    assert "Has proposed, asked or answered" in page(invented_world, reader)


def test_bodies_told_as_one_stand_in_the_list_so_that_it_adds_up(world: World) -> None:
    work_out(world)
    assert "All, net" in page(world, world.person("board", "council"))


def test_until_there_are_figures_it_says_so_and_what_to_do(world: World) -> None:
    told = page(world, world.person("officer", "council"))
    assert "have not been worked out yet" in told
    assert "You may leave this page" in told


def test_while_they_are_worked_out_the_page_looks_again_by_itself_and_by_a_link(world: World) -> None:
    Run.objects.create(place=world.place, content=newest(world).content, kind="run", cache_key="k", state="working")
    told = page(world, world.person("officer", "council"))
    assert "are being worked out" in told
    assert 'hx-trigger="every 3s"' in told
    assert "Look again</a>" in told


def test_a_plan_that_cannot_be_run_says_why(world: World) -> None:
    problem = {"where": "costs.csv", "found": "x", "expected": "a number", "to_fix": "write one"}
    Run.objects.create(
        place=world.place, content=newest(world).content, kind="run", cache_key="k", state="failed", refusal=[problem]
    )
    told = page(world, world.person("officer", "council"))
    assert "could not be worked out" in told
    assert "costs.csv: found x; expected a number. To fix it, write one." in told


def test_a_run_of_a_draft_nobody_proposed_is_not_told(world: World) -> None:
    draft = propose(world, "hospital")
    Draft.objects.filter(pk=draft.pk).update(state=DraftState.WORKING, proposed_at=None)
    work_out(world, draft=draft)
    assert "have not been worked out yet" in page(world, world.person("officer", "council"))


def test_an_answer_of_another_form_is_asked_for_again(world: World) -> None:
    keep(world, newest(world).content, "run", {"format": 0})
    assert "older version of this program" in page(world, world.person("officer", "council"))


def test_a_stress_test_of_an_older_version_is_out_of_date(world: World) -> None:
    work_out(world)
    first = newest(world)
    reader = world.person("officer", "council")
    assert "has not been run" in page(world, reader)
    keep(world, first.content, "stress", {"headline": "As likely as not it is short.", "draws": 100, "schemes": {}})
    assert "As likely as not it is short." in page(world, reader)
    Version.objects.create(place=world.place, number=2, content=contents.keep(changed_plan()), why="Counted again.")
    work_out(world)
    assert "was run on version 1; the plan is now at version 2" in page(world, reader)


def test_what_changed_since_the_reader_said_they_had_read_it_is_told(world: World) -> None:
    reader = world.person("officer", "council")
    note_visit(reader, newest(world))
    Version.objects.create(place=world.place, number=2, content=contents.keep(changed_plan()), why="Counted again.")
    told = page(world, reader)
    assert "when you had read version 1" in told
    assert "I have read the plan up to version 2" in told


@pytest.mark.parametrize(
    ("role", "step"),
    [
        ("convenor", "Invite people"),
        ("board", "Say in private how sure you are"),
        ("officer", "See the same numbers for"),
        ("auditor", "Read the audit"),
        ("reviewer", "Read the whole report"),
    ],
)
def test_each_role_is_told_what_to_do_next(world: World, role: str, step: str) -> None:
    work_out(world)
    assert step in page(world, world.person(role, "council"))


def test_what_partners_write_is_shown_as_text(world: World) -> None:
    work_out(world)
    propose(world, "hospital", title="<script>alert(1)</script>")
    told = page(world, world.person("officer", "council"))
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert" in told


def test_nobody_from_elsewhere_sees_it(world: World) -> None:
    page(world, world.outsider, status=404)


def test_it_asks_as_many_questions_of_the_database_for_many_rows_as_for_one(world: World) -> None:
    work_out(world)
    client, address = world.as_(world.person("officer", "council")), f"/places/{world.place.slug}/"
    propose(world, "hospital")
    challenge(world)
    few = queries(client, address)
    for number in range(5):
        draft = propose(world, "hospital", f"Change {number}")
        Comment.objects.create(
            draft=draft, text="Yes", person=world.person("finance", "council"), partner=world.partner("council")
        )
        challenge(world)
        world.person("board", ("hospital", "east_ccg", "west_ccg", "council", "office")[number])
    assert queries(client, address) == few


def test_a_place_without_a_plan_says_so(world: World) -> None:
    place = Place.objects.get(slug="elsewhere")
    answer = world.as_(world.outsider).get(f"/places/{place.slug}/")
    assert answer.status_code == 200
    assert "This place has no plan yet" in answer.content.decode()


def test_a_real_place_that_came_with_the_program_is_not_said_to_be_shared_by_its_organisations(world: World) -> None:
    free_to_alter()
    Place.objects.filter(pk=world.place.pk).update(invented=False)
    Version.objects.filter(place=world.place).update(made_by=None, partner=None)
    told = page(world, world.person("officer", "council"))
    assert "An example that came with Triple Aim. None of the organisations it names made it or agreed it." in told
    assert "shared by all partners" not in told
    Version.objects.filter(place=world.place).update(made_by=world.person("convenor", "office"))
    assert "Version 1, shared by all partners" in page(world, world.person("officer", "council"))
