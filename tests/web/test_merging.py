"""Two people change the same draft, or the plan moves on under it: both changes are kept, or somebody is asked."""

from __future__ import annotations

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.loading.editing import Change
from tripleaim.loading.threeway import Written
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.actions.drafts import propose, start_draft, take_back
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.actions.revisions import Collision, bring_up, edit_draft
from tripleaim.web.workspace.actions.versions import accept
from tripleaim.web.workspace.models import AuditEvent, Draft, DraftEdit, Version
from tripleaim.web.workspace.rights import NotAllowed
from web.conftest import World


def growth(text: str, line: str = "emergency") -> Change:
    return Change(table="activity", key=(line,), field="growth", text=text)


def price(text: str) -> Change:
    return Change(table="activity", key=("emergency",), field="price", text=text)


@pytest.fixture
def draft(world: World) -> Draft:
    """A draft of the council, as it was started."""
    return start_draft(world.person("finance", "council"), world.partner("council"), first(world), "Slower growth")


def first(world: World) -> Version:
    return world.place.versions.get(number=1)


def line(draft: Draft, key: str = "emergency") -> object:
    draft.refresh_from_db()
    return next(each for each in plan_of(draft.content).activity if each.key == key)


def test_changes_of_different_fields_are_both_kept_and_whose_they_are_is_told(world: World, draft: Draft) -> None:
    one, two = world.person("finance", "council"), world.person("analyst", "council")
    edit_draft(one, draft, 1, [price("2700")], "A dearer price.")
    saved = edit_draft(two, draft, 1, [growth("0.025")], "Growth as last year.")
    assert (line(draft).price, line(draft).growth.point) == (2700, 0.025)
    assert [each.person for each in saved.joined] == [one]
    assert saved.revision == 3


def test_two_answers_to_one_question_are_told_and_nothing_is_saved(world: World, draft: Draft) -> None:
    one, two = world.person("finance", "council"), world.person("analyst", "council")
    edit_draft(one, draft, 1, [growth("0.025")], "Growth as last year.")
    with pytest.raises(Collision) as told:
        edit_draft(two, draft, 1, [growth("0.03"), price("2700")], "Growth as published.")
    (conflict,) = told.value.conflicts
    assert (conflict.field, conflict.ours, conflict.theirs) == ("growth", "0.03 (0.01 to 0.03)", "0.025 (0.01 to 0.03)")
    assert line(draft).growth.point == 0.025
    assert {each.text for each in told.value.changes} == {"0.03", "2700"}


@pytest.mark.parametrize(
    ("choice", "held"), [("ours", 0.03), ("theirs", 0.025), (Written("0.028 (0.01 to 0.04)"), 0.028)]
)
def test_what_is_chosen_holds_and_the_rest_of_both_is_kept(
    world: World, draft: Draft, choice: str | Written, held: float
) -> None:
    one, two = world.person("finance", "council"), world.person("analyst", "council")
    edit_draft(one, draft, 1, [growth("0.025")], "Growth as last year.")
    mine = [growth("0.03"), price("2700")]
    with pytest.raises(Collision) as told:
        edit_draft(two, draft, 1, mine, "Growth as published.")
    choices = {told.value.conflicts[0].id: choice}
    edit_draft(two, draft, 1, mine, "Growth as published.", choices=choices, against=told.value.against)
    assert (line(draft).growth.point, line(draft).price) == (held, 2700)


def test_a_choice_made_against_an_older_state_is_asked_again(world: World, draft: Draft) -> None:
    one, two = world.person("finance", "council"), world.person("analyst", "council")
    edit_draft(one, draft, 1, [growth("0.025")], "Growth as last year.")
    with pytest.raises(Collision) as told:
        edit_draft(two, draft, 1, [growth("0.03")], "Growth as published.")
    edit_draft(one, draft, 2, [growth("0.026")], "Corrected.")
    choices = {told.value.conflicts[0].id: "ours"}
    with pytest.raises(Collision) as again:
        edit_draft(two, draft, 1, [growth("0.03")], "Growth as published.", choices=choices, against=2)
    assert again.value.against == 3
    assert line(draft).growth.point == 0.026


def test_every_problem_of_an_edit_is_told_at_once_and_nothing_is_saved(world: World, draft: Draft) -> None:
    with pytest.raises(PlanProblems) as told:
        edit_draft(draft.made_by, draft, 1, [growth("lots"), price("-1"), growth("9", "casualty")], "Try.")
    assert len(told.value.problems) >= 3
    assert DraftEdit.objects.filter(draft=draft).count() == 1
    assert not AuditEvent.objects.filter(act="draft.edit").exists()


def test_an_edit_needs_a_reason_and_a_change(world: World, draft: Draft) -> None:
    with pytest.raises(NotNow, match="Say why"):
        edit_draft(draft.made_by, draft, 1, [price("2700")], "  ")
    with pytest.raises(NotNow, match="Nothing in this differs"):
        edit_draft(draft.made_by, draft, 1, [price("2600")], "The same.")


def test_others_cannot_change_it_and_a_proposal_is_not_changed(world: World, draft: Draft) -> None:
    for stranger in (world.person("finance", "hospital"), world.person("convenor"), world.person("board", "council")):
        with pytest.raises(NotAllowed):
            edit_draft(stranger, draft, 1, [price("2700")], "Mine.")
    edit_draft(draft.made_by, draft, 1, [price("2700")], "Dearer.")
    propose(draft.made_by, draft, 2, "It costs more.")
    with pytest.raises(NotNow, match="Take it back"):
        edit_draft(draft.made_by, draft, 2, [price("2800")], "Dearer still.")
    take_back(draft.made_by, draft)
    edit_draft(draft.made_by, draft, 2, [price("2800")], "Dearer still.")


def taken(world: World, change: Change, title: str = "Another") -> Version:
    """A change of the hospital's that becomes part of the plan."""
    person = world.person("finance", "hospital")
    newest = world.place.versions.first()
    made = start_draft(person, world.partner("hospital"), newest, title)
    edit_draft(person, made, 1, [change], "So it is.")
    propose(person, made, 2, "So it is.")
    return accept(world.person("convenor"), made, 2, newest.number)


def test_a_proposal_made_from_an_older_version_is_taken_in_beside_what_came_since(world: World, draft: Draft) -> None:
    taken(world, growth("0.025"))
    edit_draft(draft.made_by, draft, 1, [price("2700")], "Dearer.")
    propose(draft.made_by, draft, 2, "It costs more.")
    version = accept(world.person("convenor"), draft, 2, 2)
    plan = plan_of(version.content)
    emergency = next(each for each in plan.activity if each.key == "emergency")
    assert (version.number, emergency.price, emergency.growth.point) == (3, 2700, 0.025)


def test_a_proposal_that_collides_with_the_plan_is_brought_up_to_it_first(world: World, draft: Draft) -> None:
    taken(world, growth("0.025"))
    edit_draft(draft.made_by, draft, 1, [growth("0.03")], "Faster.")
    propose(draft.made_by, draft, 2, "It grows faster.")
    with pytest.raises(NotNow, match="Tinyshire Council has to bring the draft up"):
        accept(world.person("convenor"), draft, 2, 2)
    with pytest.raises(Collision) as told:
        bring_up(draft.made_by, draft, 2, 2)
    bring_up(draft.made_by, draft, 2, 2, {told.value.conflicts[0].id: "ours"})
    draft.refresh_from_db()
    assert (draft.base.number, draft.revision, draft.state) == (2, 3, "proposed")
    assert accept(world.person("convenor"), draft, 3, 2).number == 3


def test_of_two_who_accept_from_the_same_page_one_makes_the_version_and_the_other_is_told(world: World) -> None:
    person, council = world.person("finance", "council"), world.partner("council")
    two = [start_draft(person, council, first(world), title) for title in ("One", "Two")]
    for number, each in enumerate(two):
        edit_draft(person, each, 1, [price(f"27{number}0")], "Dearer.")
        propose(person, each, 2, "Dearer.")
    accept(world.person("convenor"), two[0], 2, 1)
    with pytest.raises(NotNow, match="moved on"):
        accept(world.person("convenor"), two[1], 2, 1)
    assert world.place.versions.count() == 2


def test_who_proposes_does_not_accept(world: World) -> None:
    convenor = world.person("convenor")
    made = start_draft(convenor, world.partner("office"), first(world), "My own")
    edit_draft(convenor, made, 1, [price("2700")], "Dearer.")
    propose(convenor, made, 2, "Dearer.")
    world.person("board", "council")
    with pytest.raises(NotAllowed):
        accept(convenor, made, 2, 1)
