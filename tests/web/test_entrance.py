"""Links that sign in once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tripleaim.web.workspace.actions.entrance import end_second_step, make_keeper, make_sign_in_link
from tripleaim.web.workspace.models import AuditEvent, Person, SignInLink
from web.totp import second_step_of


@pytest.fixture
def keeper(db: None) -> Person:
    return make_keeper("Rowan.Ash@example.org", "Rowan Ash")


def link(token: str) -> str:
    return reverse("start", args=[token])


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_looking_at_a_link_uses_none_up(keeper: Person) -> None:
    token = make_sign_in_link(keeper)
    for _ in range(3):
        page = Client().get(link(token))
        assert page.status_code == 200
        assert "This link signs you in once." in page.text
    assert not SignInLink.objects.exclude(used_at=None).exists()


def test_a_link_signs_in_once_and_leads_to_choosing_a_password(keeper: Person) -> None:
    token = make_sign_in_link(keeper)
    browser = Client()
    answer = browser.post(link(token))
    assert is_in(browser)
    page = browser.get(answer["Location"])
    assert "Choose a password?" in page.text
    assert "Not now" in page.text

    second = Client()
    refused = second.post(link(token))
    assert refused.status_code == 410
    assert not is_in(second)
    assert "it is older than half an hour" in refused.text


def test_who_has_a_password_is_led_on_at_once(keeper: Person) -> None:
    keeper.set_password("three quiet otters swim")
    keeper.save()
    answer = Client().post(link(make_sign_in_link(keeper)))
    assert answer["Location"] == reverse("home")


def test_a_new_link_ends_the_one_before(keeper: Person) -> None:
    first, second = make_sign_in_link(keeper), make_sign_in_link(keeper)
    assert Client().post(link(first)).status_code == 410
    assert Client().post(link(second)).status_code == 302


def test_a_link_ends_after_half_an_hour(keeper: Person) -> None:
    token = make_sign_in_link(keeper)
    SignInLink.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert Client().post(link(token)).status_code == 410


def test_a_link_of_a_closed_account_lets_nobody_in(keeper: Person) -> None:
    token = make_sign_in_link(keeper)
    Person.objects.update(is_active=False)
    assert Client().post(link(token)).status_code == 410


def test_a_link_does_not_go_round_the_second_step(keeper: Person) -> None:
    code = second_step_of(keeper)
    browser = Client()
    answer = browser.post(link(make_sign_in_link(keeper)))
    assert not is_in(browser)
    assert answer["Location"] == reverse("mfa_authenticate")
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(browser)


def test_the_audit_knows_of_links_made_and_used_and_of_no_address(keeper: Person) -> None:
    Client().post(link(make_sign_in_link(keeper)))
    events = list(AuditEvent.objects.all())
    assert [event.act for event in events] == ["person.join", "link.make", "link.use"]
    assert not any("example.org" in f"{event.thing}{event.detail}" for event in events)


def test_a_session_is_a_new_one_after_signing_in(keeper: Person) -> None:
    browser = Client()
    browser.get(reverse("account_login"))
    session = browser.session
    session["before"] = True
    session.save()
    before = session.session_key
    browser.cookies["sessionid"] = before
    browser.post(link(make_sign_in_link(keeper)))
    assert browser.session.session_key != before


def test_who_keeps_the_machine_lets_somebody_in_who_lost_their_second_step(keeper: Person) -> None:
    Authenticator.objects.create(user=keeper, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert end_second_step(keeper)
    assert not Authenticator.objects.filter(user=keeper).exists()
    assert AuditEvent.objects.order_by("-number")[0].act == "second_step.end"
    assert not end_second_step(keeper)
