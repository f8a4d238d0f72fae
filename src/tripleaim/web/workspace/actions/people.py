"""Who belongs to a place: invited, joined, ended."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.entrance import hashed, new_token
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import Invitation, Membership, Partner, Person, Place, Role
from tripleaim.web.workspace.rights import NotAllowed, is_convenor, require

INVITATION_LASTS = timedelta(days=14)
FOR_THE_WHOLE_PLACE = frozenset({Role.CONVENOR, Role.REVIEWER, Role.AUDITOR})
"""Roles that reach beyond the organisation of who has them: a convenor alone gives and ends them."""
NOT_OPEN = (
    "This invitation cannot be used: it has been accepted or withdrawn, or it is older than 14 days. "
    "Ask whoever sent it for a new link."
)


def roles_to_give(person: Person, partner: Partner) -> tuple[Role, ...]:
    """The roles that a person who may invite for an organisation may give there."""
    if is_convenor(person, partner):
        return tuple(Role)
    return tuple(role for role in Role if role not in FOR_THE_WHOLE_PLACE)


def _require_role(person: Person, partner: Partner, role: str) -> None:
    """Refuse whoever may not invite for an organisation, or not into this role.

    raises : NotAllowed
    """
    require(person, "people.invite", partner)
    if Role(role) not in roles_to_give(person, partner):
        raise NotAllowed(
            f"A convenor of the place decides who is a {Role(role).label.lower()}: the role reaches beyond one "
            "organisation. Nothing was changed. Ask a convenor to do it."
        )


@transaction.atomic
def invite(by: Person, partner: Partner, role: Role, email: str) -> tuple[Invitation, str]:
    """Invite an address for one role in an organisation. An earlier invitation to the same stops working.

    returns : the invitation, and the token of its link, which nobody can be told again
    raises  : NotAllowed; NotNow where that person has the role already
    """
    _require_role(by, partner, role)
    email = email.strip().lower()
    if Membership.objects.filter(partner=partner, role=role, person__email=email, ended_at=None).exists():
        raise NotNow(f"{email} is {Role(role).label.lower()} of {partner.organisation} already. Nothing was changed.")
    now, token = timezone.now(), new_token()
    partner.invitations.filter(email=email, role=role, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        partner=partner, role=role, email=email, hashed=hashed(token), made_by=by, until=now + INVITATION_LASTS
    )
    _record("people.invite", invitation, by)
    return invitation, token


@transaction.atomic
def renew(by: Person, invitation: Invitation) -> str:
    """A new link for an invitation that nobody has accepted, for another 14 days; the old one stops working.

    raises : NotAllowed; NotNow where it was accepted or withdrawn
    """
    _require_role(by, invitation.partner, invitation.role)
    token = new_token()
    until = timezone.now() + INVITATION_LASTS
    if not _waiting(invitation).update(hashed=hashed(token), until=until):
        raise NotNow("This invitation has been accepted or withdrawn. Invite the person again if they still need it.")
    _record("people.renew", invitation, by)
    return token


@transaction.atomic
def withdraw(by: Person, invitation: Invitation) -> None:
    """Take an invitation back before anybody accepts it.

    raises : NotAllowed; NotNow where it was accepted or withdrawn
    """
    _require_role(by, invitation.partner, invitation.role)
    if not _waiting(invitation).update(withdrawn_at=timezone.now()):
        raise NotNow("This invitation has been accepted or withdrawn already. Nothing was changed.")
    _record("people.withdraw", invitation, by)


def open_invitation(token: str) -> Invitation | None:
    """The invitation that a link leads to; None where it was used or withdrawn, is too old or never was."""
    waiting = Invitation.objects.filter(used_at=None, withdrawn_at=None, until__gt=timezone.now())
    with_all = waiting.select_related("partner__place", "partner__organisation", "made_by")
    return with_all.filter(hashed=hashed(token)).first()


@transaction.atomic
def accept_with_new_account(token: str, name: str, password: str | None) -> Person:
    """Open the account of whoever holds the link, and let them in. Of two at once, one wins.

    password : None where their organisation's own sign-in vouches for them
    raises   : NotNow where the invitation is not open, or the address has an account by now
    """
    invitation = _claim(token)
    person = Person(email=invitation.email, name=name)
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise NotNow(
            "There is an account with this address by now. Sign in to it and open the link once more."
        ) from None
    _join(invitation, person, opened=True)
    return person


@transaction.atomic
def accept_as(token: str, person: Person) -> Membership:
    """Join with the account a person has, which has to be that of the address invited.

    raises : NotNow where the invitation is not open; NotAllowed where it is for somebody else
    """
    invitation = _claim(token)
    if person.email.lower() != invitation.email or not person.is_active:
        raise NotAllowed(
            f"This invitation is for {invitation.email}, and you are signed in as {person.email}. Nothing was changed. "
            "Sign out and open the link again, or ask for an invitation to the address you use here."
        )
    return _join(invitation, person, opened=False)


def _claim(token: str) -> Invitation:
    """The invitation, marked as used: whoever comes second finds it closed, also at the same moment."""
    now = timezone.now()
    waiting = Invitation.objects.filter(hashed=hashed(token), used_at=None, withdrawn_at=None, until__gt=now)
    if not waiting.update(used_at=now):
        raise NotNow(NOT_OPEN)
    return Invitation.objects.select_related("partner__place").get(hashed=hashed(token))


def _join(invitation: Invitation, person: Person, *, opened: bool) -> Membership:
    Invitation.objects.filter(pk=invitation.pk).update(used_by=person)
    membership, _ = Membership.objects.get_or_create(
        person=person, partner=invitation.partner, role=invitation.role, ended_at=None
    )
    person.__dict__.pop("_standing", None)  # what this object knows of its rights is out of date
    _record("people.join", invitation, person, opened=opened)
    return membership


@transaction.atomic
def end_membership(by: Person, membership: Membership) -> None:
    """End one role of a person; what they did stays theirs. A place is never left without a convenor.

    raises : NotAllowed; NotNow where it has ended, or it is the last convenor's
    """
    partner = membership.partner
    _require_role(by, partner, membership.role)
    place = Place.objects.select_for_update(no_key=True).get(
        pk=partner.place_id
    )  # two convenors may be ending each other
    if membership.role == Role.CONVENOR and not _convenors(place).exclude(pk=membership.pk).exists():
        raise NotNow(
            f"{membership.person} is the last convenor of {place}, and a place is never left without one. "
            "Invite another convenor first; once they have joined, this can end."
        )
    if not Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=timezone.now()):
        raise NotNow("This has ended already. Nothing was changed.")
    record(
        "people.end",
        f"person {membership.person_id}",
        person=by,
        place=place,
        partner=partner,
        detail={"role": membership.role},
    )


def _convenors(place: Place) -> QuerySet[Membership]:
    return Membership.objects.filter(partner__place=place, role=Role.CONVENOR, ended_at=None, person__is_active=True)


def _waiting(invitation: Invitation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)


def _record(act: str, invitation: Invitation, by: Person, **more: bool) -> None:
    record(
        act,
        f"invitation {invitation.pk}",
        person=by,
        place=invitation.partner.place,
        partner=invitation.partner,
        detail={"role": invitation.role, **more},
    )
