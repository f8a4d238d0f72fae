"""The sign-in of an organisation, against a provider that runs here: who it lets in, and whom it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from tripleaim.web.environment import environment
from tripleaim.web.settings import own_sign_in
from tripleaim.web.workspace.actions import people
from tripleaim.web.workspace.models import Invitation, Membership, Person, Role
from web.conftest import World
from web.provider import CLIENT, SECRET, Provider, provider
from web.totp import second_step_of

ROWAN = {"sub": "rowan-1", "email": "Rowan.Ash@example.org", "email_verified": True, "name": "Rowan Ash"}
PASSWORD = "three quiet otters swim"


@pytest.fixture
def council() -> Iterator[Provider]:
    """The sign-in of a council, set up as an installation sets it up: by the environment."""
    cache.clear()
    with provider() as here:
        read = environment(
            {
                "TRIPLEAIM_OIDC_NAME": "Marsh Council",
                "TRIPLEAIM_OIDC_SERVER": here.address,
                "TRIPLEAIM_OIDC_CLIENT": CLIENT,
                "TRIPLEAIM_OIDC_SECRET": SECRET,
            }
        )
        here.visitor = dict(ROWAN)
        with override_settings(SOCIALACCOUNT_PROVIDERS=own_sign_in(read), SIGN_IN_WITH=read.oidc_name):
            yield here


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nothing: the test's own browser does."""


def visit(address: str) -> str:
    """Where the provider sends a visitor on to."""
    try:
        build_opener(_Stay).open(address, timeout=10)
    except HTTPError as led_on:
        with led_on:
            return str(led_on.headers["Location"])
    raise AssertionError("the provider led nowhere")


def through(browser: Client, answer: HttpResponse, council: Provider) -> HttpResponse:
    """The reader's way through the provider and back."""
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{council.address}/authorize?")
    return browser.get(visit(answer["Location"]).removeprefix("http://testserver"))


def sign_in(browser: Client, council: Provider) -> HttpResponse:
    return through(browser, browser.post(reverse("openid_connect_login", args=["organisation"])), council)


def invited(world: World, email: str = "rowan.ash@example.org") -> str:
    _, token = people.invite(world.person("convenor"), world.partner("council"), Role.OFFICER, email)
    return reverse("invitation", args=[token])


def accept(browser: Client, link: str, council: Provider) -> HttpResponse:
    return through(browser, browser.post(link, {"own": "yes"}), council)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_who_was_invited_joins_by_it_without_any_password(world: World, council: Provider) -> None:
    link = invited(world)
    browser = Client()
    assert "Go on to Marsh Council" in browser.get(link).text
    answer = accept(browser, link, council)
    assert answer["Location"] == reverse("overview", args=[world.place.slug])
    person = Person.objects.get(email="rowan.ash@example.org")
    assert browser.session["_auth_user_id"] == str(person.pk)
    assert (person.name, person.has_usable_password()) == ("Rowan Ash", False)
    assert Membership.objects.get(person=person).partner == world.partner("council")
    assert Invitation.objects.get().used_by == person
    assert Client().get(link).status_code == 410


def test_from_then_on_it_signs_them_in(world: World, council: Provider) -> None:
    accept(Client(), invited(world), council)
    browser = Client()
    assert "Sign in with Marsh Council" in browser.get(reverse("account_login")).text
    answer = sign_in(browser, council)
    assert answer["Location"] == reverse("home")
    assert is_in(browser)
    assert Person.objects.filter(email="rowan.ash@example.org").count() == 1


def test_somebody_not_invited_gets_no_account(world: World, council: Provider) -> None:
    browser = Client()
    page = sign_in(browser, council)
    assert "No account here is tied to this sign-in" in page.text
    assert not is_in(browser)
    assert not Person.objects.filter(email__iexact=ROWAN["email"]).exists()
    assert not SocialAccount.objects.exists()


def test_an_invitation_of_another_address_is_not_accepted(world: World, council: Provider) -> None:
    link = invited(world, "alder.birch@example.org")
    browser = Client()
    answer = accept(browser, link, council)
    page = browser.get(answer["Location"]).text
    assert "Marsh Council does not say that alder.birch@example.org is your address" in page
    assert not is_in(browser)
    assert not SocialAccount.objects.exists()
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize("verified", [False, None, "false", "true"])
def test_an_address_that_the_provider_has_not_verified_counts_for_nothing(
    world: World, council: Provider, verified: object
) -> None:
    council.visitor["email_verified"] = verified
    accept(Client(), invited(world), council)
    assert not Person.objects.filter(email="rowan.ash@example.org").exists()
    assert Invitation.objects.get().used_at is None


def test_an_address_alone_opens_nobodys_account(world: World, council: Provider) -> None:
    """Its provider says she is a person of another organisation: that is not enough to be her here."""
    known = world.person("finance", "hospital")
    council.visitor["email"] = known.email
    browser = Client()
    assert "tied to this sign-in" in sign_in(browser, council).text
    assert not is_in(browser)
    link = invited(world, known.email)
    assert "has an account here already" in browser.get(link).text
    accept(browser, link, council)
    assert not is_in(browser)
    assert Invitation.objects.get().used_at is None


def test_a_person_ties_it_to_their_account_and_unties_it(world: World, council: Provider) -> None:
    known = world.person("finance", "hospital")
    known.set_password(PASSWORD)
    known.save()
    browser = world.as_(known)
    connections = reverse("socialaccount_connections")
    assert "It is not tied to your account" in browser.get(connections).text
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": connections})
    asked = browser.post(reverse("openid_connect_login", args=["organisation"]), {"process": "connect"})
    answer = through(browser, asked, council)
    assert answer["Location"] == reverse("account")
    assert "Tied to this account" in browser.get(reverse("account")).text

    other = Client()
    sign_in(other, council)
    assert other.session["_auth_user_id"] == str(known.pk)

    tied = SocialAccount.objects.get()
    assert browser.post(connections, {"account": tied.pk}).status_code == 302
    assert not SocialAccount.objects.exists()
    assert "tied to this sign-in" in sign_in(Client(), council).text


def test_a_screen_that_was_left_ties_nothing(world: World, council: Provider) -> None:
    known = world.person("finance", "hospital")
    known.set_password(PASSWORD)
    known.save()
    browser = world.as_(known)
    asked = browser.post(reverse("openid_connect_login", args=["organisation"]), {"process": "connect"})
    if asked["Location"].startswith(council.address):
        asked = through(browser, asked, council)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not SocialAccount.objects.exists()


def test_the_last_way_in_is_not_untied(world: World, council: Provider) -> None:
    browser = Client()
    accept(browser, invited(world), council)
    tied = SocialAccount.objects.get()
    page = browser.post(reverse("socialaccount_connections"), {"account": tied.pk})
    assert page.status_code == 422
    assert "choose a password first" in page.text.lower()
    assert SocialAccount.objects.exists()


def test_the_second_step_is_asked_after_it_as_well(world: World, council: Provider) -> None:
    accept(Client(), invited(world), council)
    code = second_step_of(Person.objects.get(email="rowan.ash@example.org"))
    browser = Client()
    answer = sign_in(browser, council)
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(browser)


def test_a_closed_account_stays_closed(world: World, council: Provider) -> None:
    accept(Client(), invited(world), council)
    Person.objects.update(is_active=False)
    browser = Client()
    assert sign_in(browser, council)["Location"] == reverse("account_inactive")
    assert not is_in(browser)


@pytest.mark.parametrize(
    "wrong", [{"aud": "another-client"}, {"iss": "https://elsewhere.example.org"}, {"exp": 1_000_000_000}]
)
def test_a_token_for_somebody_else_or_from_somewhere_else_or_too_old_is_not_trusted(
    world: World, council: Provider, wrong: dict[str, Any]
) -> None:
    council.says_in_token = wrong
    browser = Client()
    page = accept(browser, invited(world), council)
    assert "gave no answer we can trust" in page.text
    assert not is_in(browser)
    assert Invitation.objects.get().used_at is None


def test_an_answer_that_nobody_here_asked_for_is_not_trusted(world: World, council: Provider) -> None:
    accept(Client(), invited(world), council)
    start = Client().post(reverse("openid_connect_login", args=["organisation"]))
    other_browser = Client()
    page = other_browser.get(visit(start["Location"]).removeprefix("http://testserver"))
    assert "gave no answer we can trust" in page.text
    assert not is_in(other_browser)


def test_who_stops_on_the_other_side_is_told_so(world: World, council: Provider) -> None:
    council.refuses = "access_denied"
    browser = Client()
    answer = sign_in(browser, council)
    assert "You did not go on" in (browser.get(answer["Location"]) if answer.status_code == 302 else answer).text


def test_a_link_to_the_sign_in_only_asks(council: Provider, db: None) -> None:
    page = Client().get(reverse("openid_connect_login", args=["organisation"]))
    assert page.status_code == 200
    assert "You go on to the page of Marsh Council" in page.text


def test_a_provider_nobody_set_up_is_not_there(council: Provider, db: None) -> None:
    assert Client().post(reverse("openid_connect_login", args=["elsewhere"])).status_code == 404
