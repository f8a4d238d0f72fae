"""Who belongs to a place: invitations, joining, ending."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from tripleaim.web.workspace.actions import people
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import AuditEvent, Invitation, Membership, Person, Role
from tripleaim.web.workspace.rights import NotAllowed
from web.conftest import World

NEW = "rowan.ash@example.org"
PASSWORD = "three quiet otters swim"
FORM = {"name": "Rowan Ash", "password": PASSWORD, "again": PASSWORD}


def address(name: str, world: World, **parts: object) -> str:
    return reverse(name, kwargs={"slug": world.place.slug, **parts})


def invited(world: World, role: Role = Role.OFFICER, partner: str = "council", email: str = NEW) -> str:
    """The link of an invitation by a convenor."""
    _, token = people.invite(world.person("convenor"), world.partner(partner), role, email)
    return reverse("invitation", args=[token])


# Inviting


def test_a_finance_lead_invites_for_their_own_organisation_and_sees_the_link_once(world: World) -> None:
    lead = world.person("finance", "council")
    browser = world.as_(lead)
    told = {"email": "Rowan.Ash@Example.org", "partner": world.partner("council").pk, "role": "officer"}
    answer = browser.post(address("invite", world), told)
    assert answer.status_code == 303
    page = browser.get(answer["Location"])
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.made_by) == (NEW, "officer", lead)
    assert timedelta(days=13) < invitation.until - timezone.now() <= timedelta(days=14)
    link = "http://testserver/invitation/" + page.text.split("http://testserver/invitation/")[1].split('"')[0]
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    assert browser.get(answer["Location"]).status_code == 303, "shown once"
    assert link.split("/")[-2] not in str(Invitation.objects.values().get())


def test_an_invitation_is_mailed_where_letters_go_out(world: World) -> None:
    told = {"email": NEW, "partner": world.partner("council").pk, "role": "officer"}
    with override_settings(SENDS_LETTERS=True):
        world.as_(world.person("convenor")).post(address("invite", world), told)
    letter = mail.outbox[0]
    assert letter.to == [NEW]
    assert "Officer or clinician".lower() in letter.body
    assert "http://testserver/invitation/" in letter.body


def test_a_convenor_invites_for_every_organisation_and_for_every_role(world: World) -> None:
    page = world.as_(world.person("convenor")).get(address("invite", world)).text
    assert all(partner.organisation.name in page for partner in world.place.partners.select_related("organisation"))
    assert all(f'value="{role.value}"' in page for role in Role)


@pytest.mark.parametrize("role", ["analyst", "officer", "board", "reviewer", "auditor"])
def test_nobody_else_invites(world: World, role: str) -> None:
    person = world.person(role, "council")
    told = {"email": NEW, "partner": world.partner("council").pk, "role": "officer"}
    assert world.as_(person).get(address("invite", world)).status_code == 403
    assert world.as_(person).post(address("invite", world), told).status_code == 403
    with pytest.raises(NotAllowed):
        people.invite(person, world.partner("council"), Role.OFFICER, NEW)
    assert not Invitation.objects.exists()


def test_a_finance_lead_invites_nobody_for_another_organisation(world: World) -> None:
    lead = world.person("finance", "council")
    told = {"email": NEW, "partner": world.partner("hospital").pk, "role": "officer"}
    assert world.as_(lead).post(address("invite", world), told).status_code == 422
    with pytest.raises(NotAllowed):
        people.invite(lead, world.partner("hospital"), Role.OFFICER, NEW)


@pytest.mark.parametrize("role", [Role.CONVENOR, Role.REVIEWER, Role.AUDITOR])
def test_a_finance_lead_gives_no_role_that_reaches_beyond_their_organisation(world: World, role: Role) -> None:
    lead = world.person("finance", "council")
    with pytest.raises(NotAllowed, match="A convenor of the place decides"):
        people.invite(lead, world.partner("council"), role, NEW)
    told = {"email": NEW, "partner": world.partner("council").pk, "role": role.value}
    page = world.as_(lead).post(address("invite", world), told)
    assert page.status_code == 422
    assert "A convenor of the place decides" in page.text
    assert f'value="{role.value}"' not in page.text


def test_an_invitation_that_cannot_be_made_says_everything_at_once_and_keeps_what_was_typed(world: World) -> None:
    page = world.as_(world.person("convenor")).post(address("invite", world), {"email": "rowan ash"})
    assert page.status_code == 422
    for words in ("An address looks like", "Choose the organisation", "Choose what they will do"):
        assert words in page.text
    assert 'value="rowan ash"' in page.text


def test_who_has_the_role_already_is_not_invited_again(world: World) -> None:
    known = world.person("officer", "council")
    with pytest.raises(NotNow, match="already"):
        people.invite(world.person("convenor"), world.partner("council"), Role.OFFICER, known.email.upper())


def test_inviting_again_ends_the_link_before(world: World) -> None:
    first, second = invited(world), invited(world)
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_a_new_link_ends_the_old_one_and_lasts_14_days_more(world: World) -> None:
    old = invited(world)
    invitation = Invitation.objects.get()
    Invitation.objects.update(until=timezone.now() - timedelta(days=1))
    browser = world.as_(world.person("convenor"))
    assert "Link too old" in browser.get(address("people", world)).text
    answer = browser.post(address("invitation_renew", world, pk=invitation.pk))
    assert browser.get(answer["Location"]).status_code == 200
    invitation.refresh_from_db()
    assert invitation.until > timezone.now() + timedelta(days=13)
    assert Client().get(old).status_code == 410


def test_an_invitation_withdrawn_lets_nobody_in(world: World) -> None:
    link = invited(world)
    pk = Invitation.objects.get().pk
    browser = world.as_(world.person("finance", "council"))
    page = browser.post(address("invitation_withdraw", world, pk=pk), follow=True)
    assert page.status_code == 200
    assert Client().get(link).status_code == 410
    assert Client().post(link, FORM).status_code == 410
    browser.post(address("invitation_withdraw", world, pk=pk))
    assert AuditEvent.objects.filter(act="people.withdraw").count() == 1


@pytest.mark.parametrize("name", ["invitation_withdraw", "invitation_renew"])
def test_invitations_of_others_are_not_there(world: World, name: str) -> None:
    invited(world)
    where = address(name, world, pk=Invitation.objects.get().pk)
    for person in (world.person("finance", "hospital"), world.person("analyst", "council"), world.outsider):
        assert world.as_(person).post(where).status_code == 404
    assert world.as_(world.person("convenor")).get(where).status_code == 405
    assert Invitation.objects.filter(withdrawn_at=None).exists()


# Accepting


def test_the_link_says_who_invites_to_what(world: World) -> None:
    page = Client().get(invited(world)).text
    assert world.place.name in page
    assert world.partner("council").organisation.name in page
    assert "officer or clinician" in page
    assert world.person("convenor").name in page


def test_the_holder_of_a_link_opens_an_account_and_is_in(world: World) -> None:
    browser = Client()
    answer = browser.post(invited(world), FORM)
    person = Person.objects.get(email=NEW)
    assert answer["Location"] == reverse("overview", args=[world.place.slug])
    assert browser.session["_auth_user_id"] == str(person.pk)
    assert person.name == "Rowan Ash"
    assert person.check_password(PASSWORD)
    membership = Membership.objects.get(person=person)
    assert (membership.partner, membership.role) == (world.partner("council"), "officer")
    invitation = Invitation.objects.get()
    assert invitation.used_by == person
    assert invitation.used_at is not None


def test_a_link_is_used_once(world: World) -> None:
    link = invited(world)
    Client().post(link, FORM)
    again = Client().post(link, {**FORM, "name": "Somebody Else"})
    assert again.status_code == 410
    assert Membership.objects.filter(person__email=NEW).count() == 1
    assert Client().get(link).status_code == 410


def test_a_link_ends_after_14_days(world: World) -> None:
    link = invited(world)
    Invitation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 410
    assert Client().post(link, FORM).status_code == 410
    assert not Person.objects.filter(email=NEW).exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Write your name"),
        ({"password": "", "again": ""}, "Choose a password"),
        ({"password": "otters", "again": "otters"}, "at least 12"),
        ({"password": "password1234", "again": "password1234"}, "too common"),
        ({"password": "rowan.ash@example", "again": "rowan.ash@example"}, "too similar"),
        ({"again": "three quiet badgers"}, "The two passwords differ"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why_and_uses_nothing_up(
    world: World, typed: dict[str, str], told: str
) -> None:
    link = invited(world)
    page = Client().post(link, {**FORM, **typed})
    assert page.status_code == 422
    assert told in page.text
    assert PASSWORD not in page.text
    assert not Person.objects.filter(email=NEW).exists()
    assert Client().post(link, FORM).status_code == 302


def test_who_has_an_account_signs_in_and_joins_with_it(world: World) -> None:
    known = world.person("analyst", "hospital")
    known.set_password(PASSWORD)
    known.save()
    link = invited(world, email=known.email)
    browser = Client()
    page = browser.get(link).text
    assert "has an account here already" in page
    assert 'name="password"' not in page
    refused = browser.post(link, FORM)
    assert refused.status_code == 422, "a link opens no account that is there"
    known.refresh_from_db()
    assert known.check_password(PASSWORD)

    back = browser.post(reverse("account_login"), {"login": known.email, "password": PASSWORD, "next": link})
    assert back["Location"] == link
    assert f"You are signed in as {known.name}" in browser.get(link).text
    assert browser.post(link).status_code == 303
    assert {each.partner for each in known.memberships.all()} == {world.partner("hospital"), world.partner("council")}


def test_somebody_else_who_is_signed_in_does_not_join_in_their_place(world: World) -> None:
    other = world.person("analyst", "hospital")
    browser = world.as_(other)
    link = invited(world)
    assert "The invitation is for" in browser.get(link).text
    refused = browser.post(link)
    assert refused.status_code == 403
    assert "you are signed in as" in refused.text
    assert not other.memberships.filter(partner=world.partner("council")).exists()
    assert Invitation.objects.get().used_at is None


def test_of_two_who_accept_at_once_one_wins(world: World) -> None:
    """Both looked before either wrote; the second write finds the invitation taken."""
    token = invited(world).split("/")[-2]
    assert people.open_invitation(token) is not None
    people.accept_with_new_account(token, "Rowan Ash", PASSWORD)
    with pytest.raises(NotNow, match="cannot be used"):
        people.accept_with_new_account(token, "Somebody Else", PASSWORD)
    with pytest.raises(NotNow, match="cannot be used"):
        people.accept_as(token, Person.objects.get(email=NEW))
    assert Person.objects.filter(email=NEW).count() == 1


def test_two_invitations_of_one_address_open_one_account(world: World) -> None:
    first, second = (invited(world, role).split("/")[-2] for role in (Role.OFFICER, Role.ANALYST))
    person = people.accept_with_new_account(first, "Rowan Ash", PASSWORD)
    with pytest.raises(NotNow, match="There is an account"):
        people.accept_with_new_account(second, "Rowan Ash", PASSWORD)
    assert people.accept_as(second, person).role == Role.ANALYST, "the refusal left the invitation open"


def test_nobody_without_the_link_learns_whether_an_address_has_an_account(world: World) -> None:
    known = world.person("officer", "hospital")
    inviting = world.as_(world.person("convenor"))
    for email in (known.email, NEW):
        told = {"email": email, "partner": world.partner("council").pk, "role": "officer"}
        answer = inviting.post(address("invite", world), told)
        page = inviting.get(answer["Location"])
        assert (answer.status_code, page.status_code) == (303, 200)
        assert "account" not in page.text.split("<main")[1].split("</main>")[0]


# The page, and ending


def test_the_page_names_who_is_there_and_who_is_missing(world: World) -> None:
    world.person("finance", "council")
    page = world.as_(world.person("analyst", "hospital")).get(address("people", world)).text
    assert "Finance of council" in page
    assert "Finance lead" in page
    east = world.partner("east_ccg").organisation.name
    assert f"Nobody from <strong>{east}</strong> has joined yet" in page
    assert "2 of 5 organisations have somebody here" in page
    assert "a convenor invites for every organisation" in page
    assert "example.org" not in page.split("<main")[1], "addresses are for who may invite"


def test_who_may_invite_sees_how_for_each_organisation_that_is_missing(world: World) -> None:
    page = world.as_(world.person("convenor")).get(address("people", world)).text
    assert f"?partner={world.partner('east_ccg').pk}" in page


def test_people_elsewhere_find_no_page(world: World) -> None:
    assert world.as_(world.outsider).get(address("people", world)).status_code == 404


def test_a_page_of_many_people_asks_the_database_no_more_than_one_of_few(
    world: World, django_assert_max_num_queries: object
) -> None:
    convenor = world.person("convenor")
    for number in range(12):
        person = Person.objects.create(email=f"{number}@example.org", name=f"Person {number}")
        Membership.objects.create(person=person, partner=world.partner("hospital"), role=Role.ANALYST)
        invited(world, email=f"new.{number}@example.org")
    browser = world.as_(convenor)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert browser.get(address("people", world)).text.count("Withdraw") == 12


def test_ending_asks_once_more_and_then_ends(world: World) -> None:
    gone = world.person("officer", "council")
    membership = gone.memberships.get()
    browser = world.as_(world.person("finance", "council"))
    where = address("membership_end", world, pk=membership.pk)
    assert f"End the part of {gone.name}?" in browser.get(where).text
    assert browser.post(where).status_code == 303
    membership.refresh_from_db()
    assert membership.ended_at is not None
    assert world.as_(gone).get(address("people", world)).status_code == 404
    assert browser.post(where).status_code == 404


def test_the_last_convenor_of_a_place_stays(world: World) -> None:
    last = world.person("convenor")
    where = address("membership_end", world, pk=last.memberships.get().pk)
    page = world.as_(last).post(where, follow=True)
    assert last.memberships.get().ended_at is None
    assert any("last convenor" in str(message) for message in page.context["messages"]) if page.context else True
    with pytest.raises(NotNow, match="last convenor"):
        people.end_membership(last, last.memberships.get())
    second = world.person("convenor", "hospital")
    people.end_membership(second, last.memberships.get())
    with pytest.raises(NotNow, match="last convenor"):
        people.end_membership(second, second.memberships.get())


def test_a_convenor_whose_account_is_closed_keeps_no_place(world: World) -> None:
    closed, last = world.person("convenor"), world.person("convenor", "hospital")
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(NotNow, match="last convenor"):
        people.end_membership(last, last.memberships.get())


def test_a_finance_lead_ends_no_convenor_and_nobody_of_another_organisation(world: World) -> None:
    lead = world.person("finance", "council")
    for membership in (world.person("convenor", "council"), world.person("officer", "hospital")):
        with pytest.raises(NotAllowed):
            people.end_membership(lead, membership.memberships.get())
        where = address("membership_end", world, pk=membership.memberships.get().pk)
        assert world.as_(lead).post(where).status_code == 403


def test_every_write_is_one_event_of_the_audit_without_an_address(world: World) -> None:
    convenor = world.person("convenor")
    invitation, _ = people.invite(convenor, world.partner("council"), Role.OFFICER, NEW)
    token = people.renew(convenor, invitation)
    person = people.accept_with_new_account(token, "Rowan Ash", PASSWORD)
    people.end_membership(convenor, person.memberships.get())
    other, _ = people.invite(convenor, world.partner("council"), Role.BOARD, NEW)
    people.withdraw(convenor, other)
    events = list(AuditEvent.objects.order_by("number"))[-6:]
    acts = ["people.invite", "people.renew", "people.join", "people.end", "people.invite", "people.withdraw"]
    assert [event.act for event in events] == acts
    assert all(event.place == world.place.slug and event.partner == world.partner("council").pk for event in events)
    assert not any("example.org" in f"{event.thing}{event.detail}" for event in events)
    assert not any("Rowan" in f"{event.thing}{event.detail}" for event in events)


def test_two_at_once_on_a_database_of_many_hands_open_one_account(transactional_db: None) -> None:
    """Two holders of one link at the same moment, each with a connection of their own."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connection

    from web.conftest import tiny_plan, world_of

    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection: on PostgreSQL this is two")
    world = world_of(tiny_plan(), "tinyshire")
    token = invited(world).split("/")[-2]
    both = Barrier(2)

    def accept(name: str) -> str:
        both.wait()
        try:
            return people.accept_with_new_account(token, name, PASSWORD).name
        except NotNow:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        names = list(pool.map(accept, ["Rowan Ash", "Alder Birch"]))
    assert sorted(map(bool, names)) == [False, True]
    assert Person.objects.filter(email=NEW).count() == 1


def test_a_convenor_adds_an_organisation_and_is_led_to_invite_its_people(world: World) -> None:
    browser = World.as_(world.person("convenor"))
    address = f"/places/{world.place.slug}/people/organisations/new/"
    wrong = browser.post(address, {"name": "Tiny Hospital", "sector": ""})
    assert (wrong.status_code, wrong.content.count(b"id_sector") > 1) == (422, True)
    done = browser.post(address, {"name": "Healthwatch Tinyshire", "sector": "residents"})
    assert done.url.endswith("/people/invite/")
    assert b"Healthwatch Tinyshire" in browser.get(done.url).content
