"""What stories need beforehand, done in a process that has the database of the open workspace at hand.

The process which runs the tests never opens that database: it sends these functions to one that does. Everything is
written by the workspace's own actions, and read by people through pages.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from loading.tiny import write_tiny
from tripleaim.loading import read_plan
from tripleaim.loading.editing import Change
from tripleaim.web.workspace.actions import drafts, people, revisions, runs, tokens
from tripleaim.web.workspace.actions.entrance import make_sign_in_link
from tripleaim.web.workspace.actions.places import open_place
from tripleaim.web.workspace.models import (
    Draft,
    Partner,
    Person,
    Place,
    Role,
    Run,
)
from web.totp import second_step_of


def tiny_place(slug: str) -> None:
    """A place of two commissioners, a hospital and a council, which the keeper convenes."""
    with tempfile.TemporaryDirectory() as folder:
        plan = read_plan(write_tiny(Path(folder) / "tiny"))
    open_place(slug, plan, "The first version.", _keeper())


def _keeper() -> Person:
    return Person.objects.get(keeps_workspace=True)


def _partner(slug: str, key: str) -> Partner:
    return Partner.objects.get(place__slug=slug, key="" if key == "office" else key)


def address_of(role: str, key: str, slug: str) -> str:
    """The address of whoever has a role in an organisation of a place; invited and joined when first asked for."""
    address = f"{role}.{key}.{slug}@example.org".replace("_", "-")
    if not Person.objects.filter(email=address).exists():
        _, token = people.invite(_keeper(), _partner(slug, key), Role(role), address)
        people.accept_with_new_account(token, f"{role} of {key}".replace("_", " ").title(), None)
    return address


def way_in(address: str) -> str:
    """Where a person signs in once, without a password."""
    return f"/start/{make_sign_in_link(Person.objects.get(email=address))}/"


def invitation(role: str, key: str, slug: str, address: str) -> str:
    """The path of a link by which somebody opens an account and joins."""
    return f"/invitation/{people.invite(_keeper(), _partner(slug, key), Role(role), address)[1]}/"


def draft(address: str, key: str, slug: str, title: str) -> int:
    """A draft of an organisation, with one change; its number."""
    person, partner = Person.objects.get(email=address), _partner(slug, key)
    made = drafts.start_draft(person, partner, partner.place.versions.get(), title)
    growth = Change(table="activity", key=("emergency",), field="growth", text="0.021")
    revisions.edit_draft(person, made, made.revision, [growth], "As last year.")
    return made.pk


def run_of_draft(address: str, pk: int) -> int:
    """A run of a draft is asked for; its number."""
    asked = Draft.objects.select_related("place", "content").get(pk=pk)
    return runs.ask(Person.objects.get(email=address), asked.place, asked.content, "run", {}, asked).pk


def one_of_everything(slug: str, address: str, password: str) -> dict[str, object]:
    """A convenor of a place with a password, and there one of everything that an address may name; their numbers."""
    place = Place.objects.get(slug=slug)
    person = _with_password(slug, "convenor", "office", address, password)
    office, version = _partner(slug, "office"), place.versions.get(number=1)
    draft = drafts.start_draft(person, office, version, "What beds cost")
    dearer = Change(table="assumptions", key=("ward_cost",), field="value", text="83000")
    revisions.edit_draft(person, draft, draft.revision, [dearer], "As counted.")
    analyst = _with_password(slug, "analyst", "marsh_council", f"second.{address}", password)
    invited, token = people.invite(person, office, Role.ANALYST, f"new.{address}")
    ended = runs.ask(person, place, version.content, "choose", {})
    runs.stop(person, ended)
    api, _ = tokens.make_token(person, "My spreadsheet", ["read"], 30)
    return {
        "draft": draft.pk,
        "proposed": place.drafts.get(proposed_at__isnull=False).pk,
        "challenge": place.challenges.order_by("pk")[0].pk,
        "ended": ended.pk,
        "member": analyst.memberships.get().pk,
        "invitation": token,
        "invited": invited.pk,
        "token": api.pk,
    }


def _with_password(slug: str, role: str, key: str, address: str, password: str) -> Person:
    _, token = people.invite(_keeper(), _partner(slug, key), Role(role), address)
    return people.accept_with_new_account(token, address.partition("@")[0].title(), password)


def run_that_is_done(slug: str) -> int | None:
    """The number of the run of the newest version, once it is done."""
    newest = Place.objects.get(slug=slug).versions.order_by("-number")[0]
    found = Run.objects.filter(place__slug=slug, kind="run", content=newest.content, state="done").first()
    return found.pk if found else None


def turn_on_second_step(address: str) -> None:
    """A person is asked for a code of their telephone from now on."""
    second_step_of(Person.objects.get(email=address))
