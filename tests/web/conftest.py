"""A small real place in the workspace, and somebody in every role of every organisation when a test asks for them.

`world` is a tiny plan (tests/loading/tiny.py): two commissioners, a hospital, a council, two schemes. `invented_world`
is the invented worked plan, for pages that need all it has.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from loading.tiny import write_tiny
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.web.workspace.actions.places import open_place
from tripleaim.web.workspace.models import Membership, Organisation, Partner, Person, Place, Role

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # a browser driven from the same thread as the database
PLANS = Path(__file__).resolve().parents[2] / "plans"


@cache
def invented_plan() -> Plan:
    """The invented worked plan."""
    return read_plan(PLANS / "wealdshire_and_marsh")


@cache
def tiny_plan() -> Plan:
    """A plan of four organisations and two schemes."""
    with tempfile.TemporaryDirectory() as folder:
        return read_plan(write_tiny(Path(folder) / "tiny"))


@dataclass
class World:
    """A place as the workspace knows it, its people by organisation and role, and a browser for each."""

    place: Place
    outsider: Person
    """Belongs to another place."""

    def partner(self, key: str) -> Partner:
        """An organisation by its key in the plan; `office` for the programme office."""
        return self.place.partners.select_related("organisation").get(key="" if key == "office" else key)

    def person(self, role: str | Role, partner: str = "office") -> Person:
        """Somebody with one role in one organisation, made when first asked for."""
        email = f"{role}.{partner}@example.org"
        person, made = Person.objects.get_or_create(email=email, defaults={"name": f"{role.title()} of {partner}"})
        if made:
            Membership.objects.create(person=person, partner=self.partner(partner), role=role)
        return person

    @staticmethod
    def as_(person: Person | None) -> Client:
        """A browser in which somebody is signed in; nobody for None."""
        client = Client()
        if person is not None:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def world_of(plan: Plan, slug: str) -> World:
    """A world with one place that holds a plan, and another place beside it."""
    place = open_place(slug, plan, "The first version.")
    elsewhere = Place.objects.create(slug="elsewhere", name="Elsewhere", invented=True)
    organisation = Organisation.objects.create(name="A body elsewhere", sector="council")
    far = Partner.objects.create(place=elsewhere, organisation=organisation, key="far")
    outsider = Person.objects.create(email="outsider@example.org", name="Out Sider")
    Membership.objects.create(person=outsider, partner=far, role=Role.CONVENOR)
    return World(place, outsider)


@pytest.fixture
def world(db: None) -> World:
    """The tiny place. Organisations: east_ccg, west_ccg, hospital, council, office."""
    return world_of(tiny_plan(), "tinyshire")


@pytest.fixture
def invented_world(db: None) -> World:
    """The invented place of the worked plan."""
    return world_of(invented_plan(), "wealdshire-and-marsh")
