"""Ways in without a password: a link that signs one person in once, within minutes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.models import Person, SignInLink

LINK_LASTS = timedelta(minutes=30)


def hashed(token: str) -> str:
    """What is kept of a link or token: who reads the database can use none. They are long and random, so no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """43 letters nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


@transaction.atomic
def make_keeper(email: str, name: str) -> Person:
    """The person who keeps this installation; made once, without any password."""
    person, made = Person.objects.get_or_create(email=email.lower(), defaults={"name": name, "keeps_workspace": True})
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        record("person.join", f"person {person.pk}", person=None, detail={"keeps": True})
    return person


@transaction.atomic
def make_sign_in_link(person: Person) -> str:
    """A token that signs this person in once, for half an hour; earlier ones stop working."""
    token = new_token()
    now = timezone.now()
    SignInLink.objects.filter(person=person, used_at=None).update(used_at=now)
    SignInLink.objects.create(person=person, hashed=hashed(token), until=now + LINK_LASTS)
    record("link.make", f"person {person.pk}", person=None)
    return token


@transaction.atomic
def use_sign_in_link(token: str) -> Person | None:
    """The person a link is for, and the link used up; None where it was used, is too old or never was."""
    now = timezone.now()
    used = SignInLink.objects.filter(hashed=hashed(token), used_at=None, until__gt=now, person__is_active=True)
    link = used.select_related("person").first()
    if link is None or not used.update(used_at=now):
        return None
    record("link.use", f"person {link.person_id}", person=link.person)
    return link.person


@transaction.atomic
def end_second_step(person: Person) -> bool:
    """Let somebody sign in without the second step, who can no longer take it. False where they had none.

    Done by whoever keeps the machine, never from a page: it is as good as a password.
    """
    from allauth.mfa.models import Authenticator

    ended, _ = Authenticator.objects.filter(user=person).delete()
    if ended:
        record("second_step.end", f"person {person.pk}", person=None)
    return bool(ended)
