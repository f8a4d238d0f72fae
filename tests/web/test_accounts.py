"""Signing in and out, passwords, the second step: what is open, what is told, what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tripleaim.web.workspace.actions import people
from tripleaim.web.workspace.models import Person, Role
from web.conftest import World, tiny_plan, world_of
from web.totp import code_of, second_step_of

PASSWORD = "three quiet otters swim"
OTHER = "seven lazy herons stand"
LOGIN = "account_login"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(world: World) -> Person:
    made = world.person("officer", "council")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(browser: Client, email: str, password: str = PASSWORD) -> object:
    return browser.post(reverse(LOGIN), {"login": email, "password": password})


def is_in(browser: Client) -> bool:
    return browser.get(reverse("account")).status_code == 200


def main_of(page: str) -> str:
    """The main part of a page without the marks that are new each time."""
    main = page.split("<main")[1].split("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)


# What is open without signing in

OPEN = {
    "start",
    "invitation",
    "health",
    "result_styles",  # a style sheet, the same for everybody
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "socialaccount_login_cancelled",
    "openid_connect_login",
    "openid_connect_callback",
}
"""Pages for people who are not signed in. Anything added here has to be safe for everybody on the network."""
GUARDED_BY_TOKEN = "api"
"""Addresses of the API ask for a token themselves, or for a signed-in reader; its own tests hold it to that."""


def every_address() -> Iterator[tuple[str, str, object]]:
    """Every address there is: its pattern, its name, what answers it."""

    def below(patterns: list[object], before: str, space: str) -> Iterator[tuple[str, str, object]]:
        for each in patterns:
            if isinstance(each, URLResolver):
                inner = ":".join(filter(None, [space, each.namespace or ""]))
                yield from below(each.url_patterns, before + str(each.pattern), inner)
            elif isinstance(each, URLPattern):
                yield before + str(each.pattern), ":".join(filter(None, [space, each.name or ""])), each.callback

    yield from below(get_resolver().url_patterns, "", "")


def test_only_these_pages_are_open_without_signing_in() -> None:
    found = {
        name
        for pattern, name, view in every_address()
        if not getattr(view, "login_required", True) and not pattern.startswith(GUARDED_BY_TOKEN)
    }
    assert found == OPEN


def test_every_other_page_leads_whoever_is_not_signed_in_to_the_entrance(world: World) -> None:
    reachable = {"slug": world.place.slug, "pk": "1", "number": "1", "token": "x", "provider_id": "organisation"}
    tried = 0
    for pattern, name, _ in every_address():
        if name in OPEN or pattern.startswith(GUARDED_BY_TOKEN):
            continue
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: reachable.get(part[1], "x"), pattern)
        answer = Client().get(address)
        if answer.status_code == 404:
            continue  # a made-up part that no such address has
        assert answer.status_code == 302, address
        assert answer["Location"].startswith(reverse(LOGIN)), address
        tried += 1
    assert tried > 10


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_email_verification_sent"])
def test_what_we_do_not_offer_is_not_there(world: World, person: Person, name: str) -> None:
    assert world.as_(person).get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", ["socialaccount_connections", "socialaccount_login_cancelled"])
def test_without_a_sign_in_of_an_organisation_its_pages_are_not_there(world: World, person: Person, name: str) -> None:
    assert world.as_(person).get(reverse(name)).status_code == 404
    assert "sign-in of" not in Client().get(reverse(LOGIN)).text


# Signing in and out


def test_an_address_in_any_case_and_its_password_lead_on(person: Person) -> None:
    browser = Client()
    answer = sign_in(browser, person.email.upper())
    assert answer["Location"] == reverse("home")
    assert is_in(browser)


def test_signing_in_leads_to_the_page_that_was_asked_for_and_to_no_other_site(person: Person) -> None:
    asked = Client().get(reverse("tokens"))
    told = {"login": person.email, "password": PASSWORD}
    assert Client().post(asked["Location"], told)["Location"] == reverse("tokens")
    away = Client().post(reverse(LOGIN), {**told, "next": "https://elsewhere.example.org/"})
    assert away["Location"] == reverse("home")


def test_a_session_is_a_new_one_after_signing_in(person: Person) -> None:
    browser = Client()
    session = browser.session
    session["before"] = True
    session.save()
    before = session.session_key
    browser.cookies["sessionid"] = before
    sign_in(browser, person.email)
    assert browser.session.session_key != before


def test_signing_out_takes_a_press_of_a_button(world: World, person: Person) -> None:
    browser = world.as_(person)
    assert "Sign out?" in browser.get(reverse("account_logout")).text
    assert is_in(browser)
    answer = browser.post(reverse("account_logout"))
    assert answer["Location"] == reverse(LOGIN)
    assert not is_in(browser)


def test_forms_without_our_mark_are_refused(person: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    for name in (LOGIN, "account_logout", "account_reset_password"):
        assert strict.post(reverse(name), {"login": person.email}).status_code == 403


def test_a_closed_account_is_told_to_be_closed_to_who_knows_its_password_alone(person: Person) -> None:
    Person.objects.update(is_active=False)
    right, wrong = Client(), Client()
    answer = sign_in(right, person.email)
    assert answer["Location"] == reverse("account_inactive")
    assert "This account is closed" in right.get(answer["Location"]).text
    assert sign_in(wrong, person.email, OTHER).status_code == 422


# Nobody learns who has an account


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(person: Person) -> None:
    known = sign_in(Client(), person.email, OTHER)
    unknown = sign_in(Client(), "nobody@example.org", OTHER)
    assert known.status_code == unknown.status_code == 422
    assert main_of(known.text).replace(person.email, "nobody@example.org") == main_of(unknown.text)
    assert "No account has this address with this password" in known.text


def test_an_unknown_address_costs_as_much_hashing_as_a_known_one(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self: hashers.MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    sign_in(Client(), person.email, OTHER)
    known = len(hashed)
    sign_in(Client(), "nobody@example.org", OTHER)
    assert known >= 1
    assert len(hashed) - known >= 1


@override_settings(SENDS_LETTERS=True)
def test_asking_for_a_new_password_tells_nobody_whether_an_address_has_an_account(person: Person) -> None:
    pages = []
    for email in (person.email, "nobody@example.org"):
        browser = Client()
        answer = browser.post(reverse("account_reset_password"), {"email": email})
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_reset_password_done"))
        pages.append(main_of(browser.get(answer["Location"]).text))
    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [[person.email], ["nobody@example.org"]], "each costs one letter"
    assert "/account/password/reset/key/" in mail.outbox[0].body
    assert "No account there has it" in mail.outbox[1].body


def test_without_letters_the_page_says_how_to_go_on() -> None:
    page = Client().get(reverse("account_reset_password"))
    assert "This workspace sends no letters" in page.text
    assert 'name="email"' not in page.text


# Guessing


def test_the_sixth_wrong_password_is_told_to_wait_and_so_is_the_right_one(person: Person) -> None:
    for _ in range(5):
        assert "No account has this address with this password" in sign_in(Client(), person.email, OTHER).text
    sixth = sign_in(Client(), person.email, OTHER)
    assert sixth.status_code == 422
    assert "Wait five minutes" in sixth.text
    browser = Client()
    assert "Wait five minutes" in sign_in(browser, person.email).text
    assert not is_in(browser)


def test_guessing_at_an_address_without_an_account_is_told_to_wait_just_so(db: None) -> None:
    for _ in range(5):
        sign_in(Client(), "nobody@example.org", OTHER)
    assert "Wait five minutes" in sign_in(Client(), "nobody@example.org", OTHER).text


def test_a_machine_that_tries_many_addresses_is_told_to_wait(db: None) -> None:
    told = [sign_in(Client(), f"{number}@example.org", OTHER) for number in range(11)]
    assert "No account has" in told[9].text
    assert "Wait five minutes" in told[10].text


def test_a_machine_that_does_not_stop_gets_a_page_of_its_own(db: None) -> None:
    answers = [sign_in(Client(), "", "") for _ in range(31)]
    assert answers[29].status_code == 422
    assert answers[30].status_code == 429
    assert "Too many tries" in answers[30].text


# Passwords


def test_changing_a_password_signs_out_everywhere_else(person: Person) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, person.email)
    sign_in(elsewhere, person.email)
    told = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    answer = here.post(reverse("account_change_password"), told)
    assert answer["Location"] == reverse("account")
    assert is_in(here)
    assert not is_in(elsewhere)
    assert sign_in(Client(), person.email).status_code == 422
    assert sign_in(Client(), person.email, OTHER).status_code == 302


def test_a_password_that_cannot_be_changed_says_everything_at_once(world: World, person: Person) -> None:
    told = {"oldpassword": "wrong", "password1": "short", "password2": "shorter"}
    page = world.as_(person).post(reverse("account_change_password"), told)
    assert page.status_code == 422
    assert "This is not your password as it is now" in page.text
    assert "at least 12" in page.text
    empty = world.as_(person).post(reverse("account_change_password"), {})
    for words in ("Type your password as it is now", "Choose a new password", "once more"):
        assert words in empty.text


def test_who_came_by_a_link_can_choose_a_password(world: World) -> None:
    person = world.person("analyst", "council")
    person.set_unusable_password()
    person.save()
    browser = world.as_(person)
    assert "None yet" in browser.get(reverse("account")).text
    assert browser.get(reverse("account_change_password"))["Location"] == reverse("account_set_password")
    assert "Choose a password" in browser.get(reverse("account_set_password")).text
    browser.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(Client(), person.email).status_code == 302


@override_settings(SENDS_LETTERS=True)
def test_a_letter_leads_to_a_new_password_once(person: Person) -> None:
    elsewhere = Client()
    sign_in(elsewhere, person.email)
    Client().post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link is not None
    browser = Client()
    form = browser.get(link[1])["Location"]
    assert "Choose a new password" in browser.get(form).text
    assert browser.post(form, {"password1": "short", "password2": "short"}).status_code == 422
    done = browser.post(form, {"password1": OTHER, "password2": OTHER})
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert "Your password is changed" in browser.get(done["Location"]).text
    assert not is_in(browser), "the letter sets a password; the password signs in"
    assert not is_in(elsewhere)
    assert sign_in(Client(), person.email, OTHER).status_code == 302
    assert "This link cannot be used" in Client().get(link[1]).text


# The second step


def test_the_second_step_from_turning_it_on_to_turning_it_off(person: Person) -> None:
    browser = Client()
    sign_in(browser, person.email)
    asked = browser.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith(reverse("account_reauthenticate")), "is it you?"
    wrong = browser.post(asked["Location"], {"password": OTHER})
    assert (wrong.status_code, "This is not your password" in wrong.text) == (422, True)
    browser.post(asked["Location"], {"password": PASSWORD, "next": reverse("mfa_activate_totp")})

    page = browser.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;base64,' in page.text
    secret = browser.session["mfa.totp.secret"]
    assert "".join(page.text.split("<code>")[1].split("</code>")[0].split()) == secret
    refused = browser.post(reverse("mfa_activate_totp"), {"code": "000000" if code_of(secret) != "000000" else "1"})
    assert (refused.status_code, "This code does not fit" in refused.text) == (422, True)
    assert browser.session["mfa.totp.secret"] == secret, "a slip does not ask for a new square"
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d+)</code>", browser.get(answer["Location"]).text)
    assert len(codes) == 10
    assert "10 recovery codes are left" in browser.get(reverse("mfa_index")).text
    kept = browser.get(reverse("mfa_download_recovery_codes"))
    assert all(code in kept.text for code in codes)
    browser.post(reverse("account_logout"))

    first = sign_in(browser, person.email)
    assert first["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_in(browser), "the password alone is half of it"
    assert "The second step" in browser.get(first["Location"]).text
    wrong = browser.post(reverse("mfa_authenticate"), {"code": "123"})
    assert (wrong.status_code, "This code does not fit" in wrong.text) == (422, True)
    browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_in(browser)

    again = Client()
    sign_in(again, person.email)
    assert again.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 422, "a code works once"
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_in(again), "a recovery code stands in"
    third = Client()
    sign_in(third, person.email)
    assert third.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 422, "and works once"

    asked = browser.get(reverse("mfa_deactivate_totp"))
    if asked.status_code == 302:
        browser.post(asked["Location"], {"password": PASSWORD, "next": reverse("mfa_deactivate_totp")})
    browser.post(reverse("mfa_deactivate_totp"))
    assert "It is off" in browser.get(reverse("mfa_index")).text
    plain = Client()
    sign_in(plain, person.email)
    assert is_in(plain)


def test_new_recovery_codes_end_the_old_ones(person: Person) -> None:
    second_step_of(person)
    browser = Client()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("account")})
    before = re.findall(r"<code>(\d+)</code>", browser.get(reverse("mfa_view_recovery_codes")).text)
    assert "will no longer work" in browser.get(reverse("mfa_generate_recovery_codes")).text
    browser.post(reverse("mfa_generate_recovery_codes"))
    after = re.findall(r"<code>(\d+)</code>", browser.get(reverse("mfa_view_recovery_codes")).text)
    assert len(before) == len(after) == 10
    assert not set(before) & set(after)


def test_guessing_codes_is_told_to_wait(person: Person) -> None:
    second_step_of(person)
    browser = Client()
    sign_in(browser, person.email)
    told = [browser.post(reverse("mfa_authenticate"), {"code": f"{number:06d}x"}).text for number in range(6)]
    assert "This code does not fit" in told[4]
    assert "Wait five minutes" in told[5]


def test_who_has_a_second_step_shows_who_they_are_by_it_as_well(world: World, person: Person) -> None:
    code = second_step_of(person)
    browser = world.as_(person)
    page = browser.get(reverse("mfa_reauthenticate"))
    assert "Use your password instead" in page.text
    assert browser.post(reverse("mfa_reauthenticate"), {"code": "12"}).status_code == 422
    answer = browser.post(reverse("mfa_reauthenticate"), {"code": code, "next": reverse("account")})
    assert answer["Location"] == reverse("account")


# On a screen


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_an_account_can_be_used_by_everyone_on_a_desk_and_on_a_phone(
    page: Any, live_server: Any, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    world = world_of(tiny_plan(), "tinyshire")
    convenor = world.person("convenor")
    convenor.set_password(PASSWORD)
    convenor.save()
    _, token = people.invite(convenor, world.partner("council"), Role.OFFICER, "rowan.ash@example.org")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})

    def seen(words: str) -> None:
        page.get_by_role("heading", level=1, name=words).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, words
        found = axe.run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], words

    def visited(address: str, words: str) -> None:
        page.goto(f"{live_server.url}{address}")
        seen(words)

    visited(reverse("invitation", args=[token]), "You are invited to")
    visited(reverse("account_reset_password"), "A new password")
    visited(reverse(LOGIN), "Sign in")
    page.get_by_label("Your address").fill(convenor.email)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").first.wait_for()
    visited(reverse("account"), "Your account")
    visited(reverse("account_change_password"), "Change your password")
    visited(reverse("people", args=["tinyshire"]), "People of")
    visited(reverse("invite", args=["tinyshire"]), "Invite somebody")
    visited(reverse("mfa_index"), "The second step")
    page.get_by_role("link", name="Turn it on").click()
    seen("Is it you?")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    seen("Turn the second step on")
    secret = "".join((page.locator("details code").text_content() or "").split())
    page.get_by_label("The six figures").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    seen("Recovery codes")
    visited(reverse("tokens"), "Your tokens")
    page.get_by_label("Its name").fill("spreadsheet")
    page.get_by_label("Read what I may see").check()
    page.get_by_role("button", name="Make the token").click()
    seen("Your new token")
    assert [line for line in said if "favicon" not in line and "404" not in line] == []
