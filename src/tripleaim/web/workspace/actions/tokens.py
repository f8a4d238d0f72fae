"""Personal tokens: a program acts for one person, no further than the token's scopes and that person's own rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.entrance import hashed, new_token
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import ApiToken, Person
from tripleaim.web.workspace.rights import NotAllowed

SCOPES = {
    "read": "Read what I may see: plans, versions, results, organisations",
    "upload": "Put in a plan as a draft of mine",
    "run": "Ask for runs, stress tests, choices and sharing",
}
"""What a token may be for → its words."""
DAYS = (30, 90, 365)
"""How long a token may last."""
MOST = 20
"""How many a person may have at once."""
BEGINS = "tripleaim_"
"""How every token starts, so that a token which got into a public file can be found and told as one."""


@transaction.atomic
def make_token(person: Person, name: str, scopes: Iterable[str], days: int) -> tuple[ApiToken, str]:
    """A token for one person's programs.

    returns : the token's record, and the token itself, which nobody can be told again
    raises  : NotNow where the person has one of that name, or too many; ValueError for unknown scopes or days
    """
    wanted = sorted(set(scopes))
    if not wanted or set(wanted) - set(SCOPES) or days not in DAYS:
        raise ValueError(f"a token is for some of {', '.join(SCOPES)}, and for one of {DAYS} days")
    now = timezone.now()
    Person.objects.select_for_update(no_key=True).get(
        pk=person.pk
    )  # one token of a name, also when two are asked for at once
    person.tokens.filter(until__lte=now, ended_at=None).update(ended_at=now)
    held = set(person.tokens.filter(ended_at=None).values_list("name", flat=True))
    if name in held:
        raise NotNow(f"You have a token called {name} already. Choose another name, or end that one first.")
    if len(held) >= MOST:
        raise NotNow(f"You have {MOST} tokens, and more would be hard to keep an eye on. End one you no longer need.")
    secret = BEGINS + new_token()
    token = ApiToken.objects.create(
        person=person,
        name=name,
        start=secret[len(BEGINS) : len(BEGINS) + 4],
        hashed=hashed(secret),
        scopes=wanted,
        until=now + timedelta(days=days),
    )
    record("token.make", f"token {token.pk}", person=person, detail={"scopes": wanted, "days": days})
    return token, secret


@transaction.atomic
def end_token(person: Person, token: ApiToken) -> None:
    """End a token of one's own, at once.

    raises : NotAllowed where it is somebody else's; NotNow where it has ended
    """
    if token.person_id != person.pk:
        raise NotAllowed("A token is ended by the person whose it is. Nothing was changed.")
    if not ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now()):
        raise NotNow("This token has ended already. Nothing was changed.")
    record("token.end", f"token {token.pk}", person=person)


def person_of(token: str, scope: str) -> Person | None:
    """For whom a program acts; None where the token is unknown, has ended or is out of date.

    Found by its hash, so that how long the search takes says nothing about the tokens there are. The day of its last
    use is written at most once a day.
    raises : NotAllowed where the token is good, but not for this scope
    """
    today, now = timezone.localdate(), timezone.now()
    good = ApiToken.objects.filter(hashed=hashed(token), ended_at=None, until__gt=now, person__is_active=True)
    found = good.select_related("person").first()
    if found is None:
        return None
    if scope not in found.scopes:
        raise NotAllowed(
            f"This token is not for {scope}, only for {' and '.join(found.scopes)}. Make one on your account's page "
            "that is."
        )
    if found.last_used_on != today:
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today)
    return found.person
