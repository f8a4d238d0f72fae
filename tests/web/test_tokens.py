"""Personal tokens: made, shown once, used by programs, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tripleaim.web.workspace.actions import tokens
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import ApiToken, AuditEvent, Person
from tripleaim.web.workspace.rights import NotAllowed
from web.conftest import World

PASSWORD = "three quiet otters swim"
FORM = {"name": "spreadsheet", "scopes": ["read", "run"], "days": "90"}


@pytest.fixture
def person(world: World) -> Person:
    made = world.person("analyst", "council")
    made.set_password(PASSWORD)
    made.save()
    return made


def sure(world: World, person: Person) -> Client:
    """A browser in which the person has just shown once more that it is them."""
    browser = world.as_(person)
    answer = browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("tokens")})
    assert answer["Location"] == reverse("tokens")
    return browser


def test_a_token_is_made_shown_once_and_listed_by_its_start(world: World, person: Person) -> None:
    browser = sure(world, person)
    answer = browser.post(reverse("tokens"), FORM)
    assert answer.status_code == 303
    page = browser.get(answer["Location"]).text
    secret = tokens.BEGINS + page.split(tokens.BEGINS)[1].split('"')[0]
    assert tokens.person_of(secret, "read") == person
    assert browser.get(answer["Location"]).status_code == 303, "shown once"
    listed = browser.get(reverse("tokens")).text
    assert secret not in listed
    assert secret[: len(tokens.BEGINS) + 4] in listed
    assert "spreadsheet" in listed
    token = ApiToken.objects.get()
    assert token.scopes == ["read", "run"]
    assert timedelta(days=89) < token.until - timezone.now() <= timedelta(days=90)
    assert secret not in str(ApiToken.objects.values().get())


def test_a_screen_that_was_left_makes_no_token(world: World, person: Person) -> None:
    browser = world.as_(person)
    answer = browser.post(reverse("tokens"), FORM)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not ApiToken.objects.exists()
    made = browser.post(answer["Location"], {"password": PASSWORD, "next": reverse("tokens")})
    assert made["Location"] == reverse("token_made"), "what was filled in goes on once it is them"
    assert ApiToken.objects.get().name == "spreadsheet"


def test_a_token_that_cannot_be_made_says_everything_at_once(world: World, person: Person) -> None:
    page = sure(world, person).post(reverse("tokens"), {"days": "3000"})
    assert page.status_code == 422
    for words in ("Name the token", "Choose at least one thing", "Choose one of the three"):
        assert words in page.text


def test_two_tokens_of_one_person_differ_in_name(world: World, person: Person) -> None:
    tokens.make_token(person, "spreadsheet", ["read"], 30)
    page = sure(world, person).post(reverse("tokens"), FORM)
    assert page.status_code == 422
    assert "You have a token called spreadsheet already" in page.text
    tokens.make_token(world.person("board", "council"), "spreadsheet", ["read"], 30)


def test_a_name_is_free_again_once_its_token_has_ended_or_is_too_old(person: Person) -> None:
    first, _ = tokens.make_token(person, "spreadsheet", ["read"], 30)
    tokens.end_token(person, first)
    tokens.make_token(person, "spreadsheet", ["read"], 30)
    ApiToken.objects.update(until=timezone.now() - timedelta(days=1))
    tokens.make_token(person, "spreadsheet", ["read"], 30)


def test_a_person_has_no_more_tokens_than_they_can_keep_an_eye_on(person: Person) -> None:
    for number in range(tokens.MOST):
        tokens.make_token(person, f"token {number}", ["read"], 30)
    with pytest.raises(NotNow, match="End one"):
        tokens.make_token(person, "one more", ["read"], 30)


@pytest.mark.parametrize(("scopes", "days"), [([], 30), (["read", "convene"], 30), (["read"], 31)])
def test_a_token_for_what_there_is_not_is_our_own_mistake(person: Person, scopes: list[str], days: int) -> None:
    with pytest.raises(ValueError, match="a token is for some of"):
        tokens.make_token(person, "spreadsheet", scopes, days)


def test_a_token_acts_for_its_person_within_its_scopes(person: Person) -> None:
    _, secret = tokens.make_token(person, "spreadsheet", ["read"], 30)
    assert tokens.person_of(secret, "read") == person
    with pytest.raises(NotAllowed, match="not for upload, only for read"):
        tokens.person_of(secret, "upload")


def test_tokens_that_are_unknown_ended_or_too_old_are_nobodys(person: Person) -> None:
    token, secret = tokens.make_token(person, "spreadsheet", ["read"], 30)
    assert tokens.person_of(secret + "x", "read") is None
    assert tokens.person_of("", "read") is None
    assert tokens.person_of(token.hashed, "read") is None, "what is kept opens nothing"
    ApiToken.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert tokens.person_of(secret, "read") is None
    ApiToken.objects.update(until=timezone.now() + timedelta(days=1))
    assert tokens.person_of(secret, "read") == person
    tokens.end_token(person, token)
    assert tokens.person_of(secret, "read") is None


def test_a_closed_account_has_no_programs(person: Person) -> None:
    _, secret = tokens.make_token(person, "spreadsheet", ["read"], 30)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert tokens.person_of(secret, "read") is None


def test_the_day_of_last_use_is_written_once_a_day(person: Person, django_assert_num_queries: object) -> None:
    _, secret = tokens.make_token(person, "spreadsheet", ["read"], 30)
    with django_assert_num_queries(2):  # type: ignore[operator]
        tokens.person_of(secret, "read")
    with django_assert_num_queries(1):  # type: ignore[operator]
        tokens.person_of(secret, "read")
    assert ApiToken.objects.get().last_used_on == timezone.localdate()
    ApiToken.objects.update(last_used_on=timezone.localdate() - timedelta(days=1))
    with django_assert_num_queries(2):  # type: ignore[operator]
        tokens.person_of(secret, "read")


def test_a_token_is_ended_by_its_person_alone(world: World, person: Person) -> None:
    token, secret = tokens.make_token(person, "spreadsheet", ["read"], 30)
    other = world.person("convenor")
    where = reverse("token_end", args=[token.pk])
    assert world.as_(other).post(where).status_code == 404
    with pytest.raises(NotAllowed):
        tokens.end_token(other, token)
    assert world.as_(person).get(where).status_code == 405
    assert tokens.person_of(secret, "read") == person
    browser = world.as_(person)
    assert browser.post(where).status_code == 303
    assert "has ended" in browser.get(reverse("tokens")).text
    assert tokens.person_of(secret, "read") is None
    assert browser.post(where).status_code == 303
    assert "ended already" in browser.get(reverse("tokens")).text


def test_the_page_lists_the_last_use_in_words_and_nobody_elses(world: World, person: Person) -> None:
    _, secret = tokens.make_token(person, "spreadsheet", ["read"], 30)
    tokens.make_token(world.person("board", "council"), "not mine", ["read"], 30)
    tokens.person_of(secret, "read")
    page = world.as_(person).get(reverse("tokens")).text
    assert timezone.localdate().strftime("%A") in page
    assert "not mine" not in page


def test_making_and_ending_are_each_one_event_of_the_audit(person: Person) -> None:
    before = AuditEvent.objects.count()
    token, _ = tokens.make_token(person, "name of a machine", ["read"], 30)
    tokens.end_token(person, token)
    events = list(AuditEvent.objects.order_by("number"))[before:]
    assert [event.act for event in events] == ["token.make", "token.end"]
    assert not any("machine" in str(event.detail) for event in events)
