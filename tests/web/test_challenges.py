"""Why this value? Asked by anybody of a partner, of whoever owns the number, before all partners."""

from __future__ import annotations

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.web.workspace.actions import challenges
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.cells import Cell, cell_of
from tripleaim.web.workspace.models import AuditEvent, Challenge, Version
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.rights import NotAllowed
from web.conftest import World


def newest(world: World) -> Version:
    return world.place.versions.get(number=1)


def cell(world: World, table: str = "activity", row: str = "emergency", field: str = "growth") -> Cell:
    found = cell_of(plan_of(newest(world).content), table, row, field)
    assert found is not None
    return found


def asked(world: World, question: str = "Why 2%? Ours grew by 1%.") -> Challenge:
    officer = world.person("officer", "council")
    return challenges.ask(officer, world.partner("council"), newest(world), cell(world), question)


def test_a_number_is_asked_of_the_organisation_whose_it_is(world: World) -> None:
    made = asked(world)
    assert (made.value, made.asked_of) == ("0.02", world.partner("hospital"))
    assert made.state == ChallengeState.OPEN


def test_a_number_that_is_nobodys_is_asked_of_the_convenor(world: World) -> None:
    finance, prices = world.person("finance", "council"), cell(world, "tariffs", "national/2016/17", "inflation")
    made = challenges.ask(finance, world.partner("council"), newest(world), prices, "Who says so?")
    assert made.asked_of is None


def test_a_whole_row_can_be_challenged(world: World) -> None:
    made = challenges.ask(
        world.person("board", "council"), world.partner("council"), newest(world), cell(world, field=""), "Why at all?"
    )
    assert (made.field, made.value) == ("", "")


def test_the_models_own_assumption_can_be_challenged_though_the_plan_does_not_state_it(world: World) -> None:
    found = cell(world, "assumptions", "growth_share", "value")
    assert (found.text, found.owner) == ("0.8", None)


def test_what_the_plan_does_not_have_is_no_number(world: World) -> None:
    plan = plan_of(newest(world).content)
    assert cell_of(plan, "activity", "emergency", "colour") is None
    assert cell_of(plan, "activity", "nothing", "growth") is None
    assert cell_of(plan, "nothing", "emergency", "growth") is None


def test_the_same_question_sent_twice_is_one_challenge(world: World) -> None:
    assert asked(world) == asked(world)
    assert AuditEvent.objects.filter(act="challenge.ask").count() == 1


@pytest.mark.parametrize("question", ["", "  \n ", "x" * 4001])
def test_a_question_says_something_and_not_too_much(world: World, question: str) -> None:
    with pytest.raises(PlanProblems, match="your question"):
        asked(world, question)
    assert not Challenge.objects.exists()
    assert not AuditEvent.objects.filter(act="challenge.ask").exists()


def test_nobody_asks_for_an_organisation_they_do_not_speak_for(world: World) -> None:
    officer = world.person("officer", "council")
    with pytest.raises(NotAllowed):
        challenges.ask(officer, world.partner("hospital"), newest(world), cell(world), "Why?")


def test_who_reads_only_does_not_ask(world: World) -> None:
    for role in ("reviewer", "auditor"):
        with pytest.raises(NotAllowed):
            challenges.ask(world.person(role), world.partner("office"), newest(world), cell(world), "Why?")


def test_an_answer_is_kept_with_who_gave_it(world: World) -> None:
    made, analyst = asked(world), world.person("analyst", "hospital")
    given = challenges.answer(analyst, world.partner("hospital"), made, "It is last year’s return.")
    made.refresh_from_db()
    assert (made.state, given.person) == (ChallengeState.ANSWERED, analyst)


def test_a_board_member_asks_and_does_not_answer(world: World) -> None:
    with pytest.raises(NotAllowed):
        challenges.answer(world.person("board", "council"), world.partner("council"), asked(world), "So.")


def test_only_who_asked_closes(world: World) -> None:
    made = asked(world)
    with pytest.raises(NotAllowed):
        challenges.close(world.person("convenor"), made)
    challenges.close(world.person("officer", "council"), made)
    made.refresh_from_db()
    assert made.state == ChallengeState.CLOSED


def test_what_is_closed_stays_closed(world: World) -> None:
    made = asked(world)
    challenges.close(made.person, made)
    with pytest.raises(NotNow, match="closed"):
        challenges.answer(world.person("analyst", "hospital"), world.partner("hospital"), made, "Late.")
    with pytest.raises(NotNow, match="closed"):
        challenges.close(made.person, made)


def test_each_step_is_one_event_of_the_audit_without_its_words(world: World) -> None:
    made = asked(world)
    challenges.answer(world.person("analyst", "hospital"), world.partner("hospital"), made, "It is last year’s return.")
    challenges.close(made.person, made)
    told = AuditEvent.objects.filter(act__startswith="challenge.").order_by("number")
    assert [each.act for each in told] == ["challenge.ask", "challenge.answer", "challenge.close"]
    assert told[0].detail == {"table": "activity", "row": "emergency", "field": "growth", "version": 1}
    assert "return" not in str([each.detail for each in told])


ASKING = "/places/tinyshire/challenges/new/?table=activity&row=emergency&field=growth"


def test_the_form_shows_the_number_and_whose_it_is(world: World) -> None:
    page = world.as_(world.person("officer", "council")).get(ASKING)
    text = page.content.decode()
    assert page.status_code == 200
    assert all(words in text for words in ("Emergency stays", "0.02", "Tiny Hospital", "Tinyshire Council"))


def test_a_challenge_goes_from_question_to_answer_to_closed_in_the_browser(world: World) -> None:
    officer, analyst = world.as_(world.person("officer", "council")), world.as_(world.person("analyst", "hospital"))
    made = officer.post(ASKING, {"question": "Why 2%?"})
    assert made.status_code == 303
    address = made["Location"]
    assert "It waits for an answer of Tiny Hospital" in analyst.get(address).content.decode()
    assert analyst.post(f"{address}answer/", {"answer": "It is last year’s return."}).status_code == 303
    assert "It is last year’s return." in officer.get(address).content.decode()
    assert officer.post(f"{address}close/").status_code == 303
    assert "Who asked has closed it" in analyst.get(address).content.decode()


def test_a_refused_form_keeps_what_was_typed(world: World) -> None:
    made = asked(world)
    page = world.as_(world.person("analyst", "hospital")).post(
        f"/places/tinyshire/challenges/{made.pk}/answer/", {"answer": " "}
    )
    assert page.status_code == 422
    long = world.as_(world.person("officer", "council")).post(ASKING, {"question": "y" * 4001})
    assert long.status_code == 422
    assert "y" * 4001 in long.content.decode()


def test_a_number_nobody_has_is_not_found(world: World) -> None:
    browser = world.as_(world.person("officer", "council"))
    assert browser.get("/places/tinyshire/challenges/new/?table=activity&row=none&field=growth").status_code == 404
    assert browser.get("/places/tinyshire/challenges/new/").status_code == 404
    assert browser.get("/places/tinyshire/challenges/99999/").status_code == 404


def test_what_people_wrote_is_text_and_never_markup(world: World) -> None:
    made = asked(world, "<script>alert(1)</script> & more")
    page = world.as_(made.person).get(f"/places/tinyshire/challenges/{made.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_number_that_has_changed_since_is_shown_as_it_was_and_as_it_is(world: World) -> None:
    from tripleaim.loading.editing import Change, edited
    from tripleaim.web.workspace.actions.contents import keep

    made = asked(world)
    changed = edited(
        plan_of(newest(world).content), [Change(table="activity", key=("emergency",), field="growth", text="0.015")]
    )
    Version.objects.create(place=world.place, number=2, content=keep(changed))
    page = world.as_(made.person).get(f"/places/tinyshire/challenges/{made.pk}/").content.decode()
    assert "0.02" in page
    assert "0.015" in page


def test_a_place_without_challenges_says_who_can_ask(world: World) -> None:
    page = world.as_(world.person("reviewer")).get("/places/tinyshire/challenges/").content.decode()
    assert "No challenge is open" in page
    assert "Anybody of a partner can challenge" in page
