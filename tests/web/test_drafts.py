"""A draft from its first change to the plan: seen by its own people, proposed to all, talked about, decided on."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.actions.drafts import start_draft
from tripleaim.web.workspace.models import AuditEvent, Comment, Draft, DraftEdit
from web.conftest import World

AT = "/places/tinyshire/proposals/"


def text(response: object) -> str:
    """A page as it reads: no marks, no line breaks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def council(world: World) -> Client:
    """The council's finance lead."""
    return world.as_(world.person("finance", "council"))


@pytest.fixture
def draft(world: World) -> Draft:
    """A draft of the council that changes nothing yet."""
    newest = world.place.versions.get(number=1)
    return start_draft(world.person("finance", "council"), world.partner("council"), newest, "Slower growth")


def cells(draft: Draft, **typed: str) -> dict[str, str]:
    return {"made_from": str(draft.revision), "reason": "As last year.", **typed}


def save_growth(client: Client, draft: Draft, value: str = "0.025", made_from: int = 1) -> object:
    form = {"made_from": made_from, "reason": "As last year.", "f-growth": value}
    return client.post(f"{AT}{draft.pk}/plan/activity/emergency/", form)


def test_a_draft_is_started_changed_proposed_and_accepted(world: World, council: Client) -> None:
    council.post(f"{AT}new/", {"title": "Slower growth", "why": "Last year it was slower."})
    draft = Draft.objects.get()
    assert save_growth(council, draft).status_code == 303
    page = text(council.get(f"{AT}{draft.pk}/"))
    assert "1 change: activity (1 field changed)" in page
    assert "0.02 (0.01 to 0.03)" in page
    assert "0.025 (0.01 to 0.03)" in page
    assert council.get(f"{AT}{draft.pk}/propose/").status_code == 200
    council.post(f"{AT}{draft.pk}/propose/", {"revision": 2, "why": "Last year it was slower."})
    convenor = world.as_(world.person("convenor"))
    assert "If you accept it, it becomes version 2" in text(convenor.get(f"{AT}{draft.pk}/accept/"))
    accepted = convenor.post(f"{AT}{draft.pk}/accept/", {"revision": 2, "number": 1})
    assert accepted["Location"] == "/places/tinyshire/versions/2/"
    draft.refresh_from_db()
    assert (draft.state, draft.became.number) == ("accepted", 2)
    acts = list(AuditEvent.objects.filter(place="tinyshire").values_list("act", flat=True))
    assert acts == ["place.open", "draft.start", "draft.edit", "draft.propose", "draft.accept"]


def test_until_it_is_proposed_nobody_else_knows_of_it(world: World, council: Client, draft: Draft) -> None:
    save_growth(council, draft)
    others = [world.person("convenor"), world.person("finance", "hospital"), world.person("reviewer", "council")]
    for other in others:
        client = world.as_(other)
        assert client.get(f"{AT}{draft.pk}/").status_code == 404
        assert "Slower growth" not in text(client.get(AT))
    council.post(f"{AT}{draft.pk}/propose/", {"revision": 2, "why": "Slower."})
    for other in others:
        client = world.as_(other)
        assert client.get(f"{AT}{draft.pk}/").status_code == 200
        assert "Slower growth" in text(client.get(AT))
        assert client.get(f"{AT}{draft.pk}/plan/").status_code == 403
    council.post(f"{AT}{draft.pk}/take-back/")
    assert world.as_(others[0]).get(f"{AT}{draft.pk}/").status_code == 404


def test_every_field_of_a_row_says_what_it_means_in_the_words_of_its_statement(council: Client, draft: Draft) -> None:
    page = text(council.get(f"{AT}{draft.pk}/plan/activity/emergency/"))
    assert "Emergency stays (emergency)" in page
    assert "A number from -0.25 to 0.25" in page
    assert "Tiny Hospital (hospital)" in page, "keys of other tables are offered by name"


def test_problems_are_all_told_beside_their_fields_and_what_was_typed_stays(council: Client, draft: Draft) -> None:
    form = {"made_from": 1, "reason": "Try.", "f-growth": "lots", "f-price": "-4"}
    refused = council.post(f"{AT}{draft.pk}/plan/activity/emergency/", form)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="lots"' in page
    assert 'value="-4"' in page
    assert 'href="#f-growth"' in page
    assert 'href="#f-price"' in page
    assert page.count('aria-invalid="true"') == 2
    assert DraftEdit.objects.filter(draft=draft).count() == 1


def test_a_missing_reason_hides_no_other_problem(council: Client, draft: Draft) -> None:
    form = {"made_from": 1, "reason": "", "f-growth": "12%"}
    refused = council.post(f"{AT}{draft.pk}/plan/activity/emergency/", form)
    assert "Say why" in text(refused)
    assert 'href="#f-growth"' in refused.content.decode()


def test_a_save_without_a_reason_keeps_what_was_typed(council: Client, draft: Draft) -> None:
    refused = council.post(
        f"{AT}{draft.pk}/plan/activity/emergency/", {"made_from": 1, "reason": " ", "f-growth": "0.025"}
    )
    assert refused.status_code == 422
    assert 'value="0.025"' in refused.content.decode()
    assert "Say why" in text(refused)


def test_a_row_is_added_and_taken_out_again(council: Client, draft: Draft) -> None:
    form = {"made_from": 1, "reason": "New.", "f-key": "survey", "f-kind": "published", "f-title": "Survey of homes"}
    added = council.post(f"{AT}{draft.pk}/add/sources/", form)
    assert added.status_code == 303, text(added)
    draft.refresh_from_db()
    assert "survey" in [each.key for each in plan_of(draft.content).sources]
    gone = council.post(f"{AT}{draft.pk}/remove/sources/survey/", {"made_from": 2, "reason": "Not needed."})
    assert gone.status_code == 303
    draft.refresh_from_db()
    assert draft.content_id == draft.base.content_id


def test_a_row_that_others_rest_on_is_not_taken_out(council: Client, draft: Draft) -> None:
    refused = council.post(f"{AT}{draft.pk}/remove/capacity/wards/", {"made_from": 1, "reason": "Try."})
    assert refused.status_code == 422
    assert "This stands in the way" in text(refused)


def test_many_cells_are_saved_at_once_and_only_those_that_changed(council: Client, draft: Draft) -> None:
    page = council.get(f"{AT}{draft.pk}/plan/population/?rows=most").content.decode()
    names = dict(re.findall(r'<input name="(c-\d+-persons)"[^>]*? value="([^"]*)"', page))
    assert len(names) > 300
    changed = {name: str(float(value) + 1) for name, value in list(names.items())[:40]}
    saved = council.post(f"{AT}{draft.pk}/plan/population/", cells(draft, **{**names, **changed}))
    assert saved.status_code == 303
    edit = DraftEdit.objects.get(draft=draft, revision=2)
    assert len(edit.changes) == 40
    assert {each["field"] for each in edit.changes} == {"persons"}


def test_a_wrong_cell_among_many_is_named_and_none_is_saved(council: Client, draft: Draft) -> None:
    form = cells(draft, **{"c-0-persons": "many", "c-1-persons": "700"})
    refused = council.post(f"{AT}{draft.pk}/plan/population/", form)
    assert refused.status_code == 422
    assert 'href="#c-0-persons"' in refused.content.decode()
    assert 'value="700"' in refused.content.decode()
    draft.refresh_from_db()
    assert draft.revision == 1


def test_the_heading_is_changed_like_any_row(council: Client, draft: Draft) -> None:
    assert council.get(f"{AT}{draft.pk}/plan/heading/").status_code == 302
    page = f"{AT}{draft.pk}/plan/heading/~/"
    assert council.get(page).status_code == 200
    saved = council.post(page, {"made_from": 1, "reason": "Said.", "f-not_known": "Prescribing.\r\nDentists."})
    assert saved.status_code == 303, text(saved)
    draft.refresh_from_db()
    assert plan_of(draft.content).heading.not_known == ("Prescribing.", "Dentists.")


def test_two_who_change_one_field_are_asked_which_holds_and_nothing_typed_is_lost(
    world: World, council: Client, draft: Draft
) -> None:
    ann = world.person("analyst", "council")
    ann.name = "Ann Field"
    ann.save()
    save_growth(world.as_(ann), draft, "0.025")
    form = {"made_from": 1, "reason": "As published.", "f-growth": "0.03", "f-price": "2700"}
    asked = council.post(f"{AT}{draft.pk}/plan/activity/emergency/", form)
    said = text(asked)
    assert asked.status_code == 409
    assert "You wrote 0.03 (0.01 to 0.03) ; Ann Field wrote 0.025 (0.01 to 0.03) just now." in said
    assert "Before, it was 0.02 (0.01 to 0.03)" in said
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asked.content.decode()))
    answers = {name: unescape(value) for name, value in carried.items()} | {"reason": "As published."}
    nothing = council.post(f"{AT}{draft.pk}/settle/", answers)
    assert "choose an answer" in text(nothing)
    settled = council.post(f"{AT}{draft.pk}/settle/", answers | {"choice-0": "ours"})
    assert settled.status_code == 303
    draft.refresh_from_db()
    emergency = next(each for each in plan_of(draft.content).activity if each.key == "emergency")
    assert (emergency.growth.point, emergency.price) == (0.03, 2700)


def test_edits_that_do_not_collide_are_joined_and_it_is_said_whose(world: World, council: Client, draft: Draft) -> None:
    ann = world.person("analyst", "council")
    save_growth(world.as_(ann), draft)
    form = {"made_from": 1, "reason": "Dearer.", "f-price": "2700"}
    saved = council.post(f"{AT}{draft.pk}/plan/activity/emergency/", form, follow=True)
    assert "Meanwhile Analyst of council saved changes to the same draft" in text(saved)
    draft.refresh_from_db()
    assert draft.revision == 3


def test_partners_comment_on_a_field_and_on_the_whole(world: World, council: Client, draft: Draft) -> None:
    save_growth(council, draft)
    council.post(f"{AT}{draft.pk}/propose/", {"revision": 2, "why": "Slower."})
    hospital = world.as_(world.person("board", "hospital"))
    about = "activity|emergency|growth"
    hospital.post(f"{AT}{draft.pk}/comment/", {"text": "Two winters were worse.", "about": about})
    hospital.post(f"{AT}{draft.pk}/comment/", {"text": "We can live with it."})
    page = text(council.get(f"{AT}{draft.pk}/"))
    assert "Activity: emergency, growth. Two winters were worse." in page
    assert "We can live with it." in page
    assert (
        world.as_(world.person("reviewer", "council")).post(f"{AT}{draft.pk}/comment/", {"text": "Hello."}).status_code
        == 403
    )
    assert hospital.post(f"{AT}{draft.pk}/comment/", {"text": " "}).status_code == 422
    for about in ("nothing|x|y", "activity|emergency|nothing", "|x|", "a" * 500):
        assert hospital.post(f"{AT}{draft.pk}/comment/", {"text": "Hm.", "about": about}).status_code == 422
    assert Comment.objects.count() == 2


def test_signs_that_no_database_keeps_are_left_out_of_words_and_refused_in_cells(council: Client, draft: Draft) -> None:
    at = f"{AT}{draft.pk}/plan/activity/emergency/"
    assert council.post(at, {"made_from": 1, "reason": "So\x00.", "f-name": "Stays\x00"}).status_code == 422
    assert council.post(at, {"made_from": 1, "reason": "So\x00.", "f-name": "Stays"}).status_code == 303
    assert DraftEdit.objects.get(draft=draft, revision=2).reason == "So."


def test_a_draft_that_was_changed_since_is_not_proposed_or_accepted_unseen(
    world: World, council: Client, draft: Draft
) -> None:
    save_growth(council, draft)
    unseen = council.post(f"{AT}{draft.pk}/propose/", {"revision": 1, "why": "Slower."})
    assert unseen.status_code == 422
    assert "changed since you opened this page" in text(unseen)


def test_a_proposal_is_declined_with_a_reason_that_stays(world: World, council: Client, draft: Draft) -> None:
    save_growth(council, draft)
    council.post(f"{AT}{draft.pk}/propose/", {"revision": 2, "why": "Slower."})
    convenor = world.as_(world.person("convenor"))
    convenor.post(f"{AT}{draft.pk}/decline/", {"revision": 2, "why": ""})
    draft.refresh_from_db()
    assert draft.state == "proposed"
    convenor.post(f"{AT}{draft.pk}/decline/", {"revision": 2, "why": "The boards asked for another figure."})
    assert "The boards asked for another figure." in text(council.get(f"{AT}{draft.pk}/"))


def test_a_draft_is_withdrawn_by_its_own_people_alone(world: World, council: Client, draft: Draft) -> None:
    analyst = world.as_(world.person("analyst", "council"))
    assert analyst.post(f"{AT}{draft.pk}/withdraw/", {"why": "No."}).status_code == 403
    council.post(f"{AT}{draft.pk}/withdraw/", {"why": "It rested on a wrong table."})
    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    assert save_growth(council, draft).status_code == 422


def test_what_it_does_to_the_money_is_asked_for_where_it_is_missing(council: Client, draft: Draft) -> None:
    save_growth(council, draft)
    assert "has not been worked out yet" in text(council.get(f"{AT}{draft.pk}/propose/"))
    council.post(f"{AT}{draft.pk}/work-out/")
    assert "being worked out now" in text(council.get(f"{AT}{draft.pk}/propose/"))


def test_the_number_of_queries_does_not_grow_with_the_drafts(
    world: World, council: Client, django_assert_max_num_queries: object
) -> None:
    newest = world.place.versions.get(number=1)
    for number in range(30):
        start_draft(world.person("finance", "council"), world.partner("council"), newest, f"Draft {number}")
    council.get(AT)
    with django_assert_max_num_queries(16):
        assert council.get(AT).status_code == 200
