"""Who belongs to a place: its organisations with their people, who is missing, and invitations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from tripleaim.errors import PlanProblems
from tripleaim.web.workspace.actions import people as actions
from tripleaim.web.workspace.actions.places import add_partner
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.forms.accounts import NewInvitation
from tripleaim.web.workspace.models import Invitation, Membership, Partner, Role
from tripleaim.web.workspace.models.organisation import Sector
from tripleaim.web.workspace.rights import NotAllowed, require
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.onward import onward

ON_A_PAGE = 50
LINK = "invitation made"
"""In a session: the number of an invitation and the token of its link, until its page has shown it once."""
DOES = {
    Role.ANALYST: "Works on the organisation’s numbers: makes drafts, runs and tests plans.",
    Role.FINANCE: "Does the same, and proposes changes to all partners. Invites colleagues.",
    Role.OFFICER: "Leads care or services: changes and proposes what concerns them, says how sure they are.",
    Role.BOARD: "Sits on a board or cabinet: reads, questions numbers, says how sure they are.",
    Role.CONVENOR: "Keeps the plan together: takes proposals into it, and invites for every organisation.",
    Role.REVIEWER: "Looks at the plan from outside, such as a national body: reads.",
    Role.AUDITOR: "Reads, and sees the record of everything that was done.",
}
"""What each role is for, to whoever invites somebody into it."""


@dataclass
class Group:
    """An organisation, its people and whom it waits for."""

    partner: Partner
    may_invite: bool
    may_end: frozenset[str]
    """The roles that the reader may end here."""
    members: list[Membership] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)


@at_place("organisations", "people.see")
def people(here: Here) -> HttpResponse:
    """The organisations of the place with their people, those without anybody first named above."""
    everyone = here.place.partners.select_related("organisation").order_by("organisation__name")
    page = Paginator(everyone, ON_A_PAGE).get_page(here.request.GET.get("page"))
    groups = _groups(here, page)
    missing = [group for group in groups if not group.members]
    told: dict[str, Any] = {"groups": groups, "missing": missing, "there": len(groups) - len(missing), "page": page}
    here.trail = [("Organisations", here.url("organisations"))]
    may_invite = any(group.may_invite for group in groups)
    return here.page("people/list.html", may_invite=may_invite, now=timezone.now(), **told)


def _groups(here: Here, page: Page[Partner]) -> list[Group]:
    """The organisations of one page, with everything the reader may see of them, in three questions to the database."""
    members: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(partner__in=list(page), ended_at=None).select_related("person")
    for member in rows.order_by("person__name", "role"):
        members[member.partner_id].append(member)
    allowed = {each.pk for each in page if here.may("people.invite", each)}
    waiting: dict[int, list[Invitation]] = defaultdict(list)
    pending = Invitation.objects.filter(partner__in=allowed, used_at=None, withdrawn_at=None)
    for invitation in pending.select_related("made_by").order_by("made_at"):
        waiting[invitation.partner_id].append(invitation)
    return [
        Group(
            partner=each,
            may_invite=each.pk in allowed,
            may_end=frozenset(actions.roles_to_give(here.person, each) if each.pk in allowed else ()),
            members=members[each.pk],
            invitations=waiting[each.pk],
        )
        for each in page
    ]


@at_place("organisations", "people.see")
def invite(here: Here) -> HttpResponse:
    """Invite somebody: an address, an organisation, a role."""
    partners = [each for each in here.place.partners.all() if here.may("people.invite", each)]
    if not partners:
        here.require("people.invite")
    queryset = here.place.partners.filter(pk__in=[each.pk for each in partners]).select_related("organisation")
    if here.request.method != "POST":
        asked = here.request.GET.get("partner", str(partners[0].pk) if len(partners) == 1 else "")
        return _asked(here, NewInvitation(partners=queryset, initial={"partner": asked}))
    form = NewInvitation(here.request.POST, partners=queryset)
    if not form.is_valid():
        return _asked(here, form)
    told = form.cleaned_data
    try:
        invitation, token = actions.invite(here.person, told["partner"], Role(told["role"]), told["email"])
    except (NotNow, NotAllowed) as refused:
        form.add_error("role" if isinstance(refused, NotAllowed) else "email", str(refused))
        return _asked(here, form)
    return _link_made(here, invitation, token)


def _asked(here: Here, form: NewInvitation) -> HttpResponse:
    chosen: Any = form.fields["partner"]
    partners = list(chosen.queryset.order_by("organisation__name"))
    given = {role for each in partners for role in actions.roles_to_give(here.person, each)}
    roles = [(role, DOES[role]) for role in Role if role in given]
    here.trail = [("Organisations", here.url("organisations")), ("People", here.url("people"))]
    told: dict[str, Any] = {"form": form, "partners": partners, "roles": roles, "sends_letters": settings.SENDS_LETTERS}
    return here.page("people/invite.html", status=422 if form.errors else 200, **told)


def _link_made(here: Here, invitation: Invitation, token: str) -> HttpResponse:
    """On to the page that shows the link once; mailed too, where letters go out."""
    if settings.SENDS_LETTERS:
        _write(here, invitation, _address(here, token))
    here.request.session[LINK] = [invitation.pk, token]
    return onward("invited", here.place.slug)


def _write(here: Here, invitation: Invitation, link: str) -> None:
    """The letter that brings somebody their link. One that cannot be sent stops nothing: the page shows the link."""
    told = {"invitation": invitation, "link": link, "by": here.person}
    text = render_to_string("people/letter.txt", told, using="jinja2")
    sent = send_mail(
        " ".join(f"You are invited to {invitation.partner.place}".split()),
        text,
        None,
        [invitation.email],
        fail_silently=True,
    )
    if not sent:
        messages.warning(here.request, "The letter could not be sent. Give them the link yourself.")


def _address(here: Here, token: str) -> str:
    return here.request.build_absolute_uri(reverse("invitation", args=[token]))


@at_place("organisations", "people.see")
def invited(here: Here) -> HttpResponse:
    """The link of a new invitation, shown once."""
    pk, token = here.request.session.pop(LINK, (None, ""))
    mine = Invitation.objects.filter(pk=pk, partner__place=here.place).select_related("partner__organisation")
    invitation = mine.first()
    if invitation is None:
        return onward("people", here.place.slug)
    here.trail = [("Organisations", here.url("organisations")), ("People", here.url("people"))]
    told: dict[str, Any] = {
        "invitation": invitation,
        "link": _address(here, token),
        "sends_letters": settings.SENDS_LETTERS,
    }
    return here.page("people/invited.html", **told)


@at_place("organisations", "people.see")
def renew(here: Here, pk: int) -> HttpResponse:
    """A new link for an invitation."""
    invitation = _pending(here, pk)
    if here.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return _done(here, lambda: _link_made(here, invitation, actions.renew(here.person, invitation)))


@at_place("organisations", "people.see")
def withdraw(here: Here, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _pending(here, pk)
    if here.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])

    def done() -> HttpResponse:
        actions.withdraw(here.person, invitation)
        messages.success(here.request, f"The invitation to {invitation.email} is withdrawn. Its link no longer works.")
        return onward("people", here.place.slug)

    return _done(here, done)


def _pending(here: Here, pk: int) -> Invitation:
    """An invitation of this place; for whoever may not invite there, it is not there.

    raises : Http404
    """
    found = Invitation.objects.filter(pk=pk, partner__place=here.place).select_related("partner__place").first()
    if found is None or not here.may("people.invite", found.partner):
        raise Http404
    return found


@at_place("organisations", "people.see")
def end(here: Here, pk: int) -> HttpResponse:
    """End one role of a person, after asking once more."""
    of_place = Membership.objects.filter(pk=pk, partner__place=here.place, ended_at=None)
    membership = of_place.select_related("person", "partner__organisation", "partner__place").first()
    if membership is None:
        raise Http404
    require(here.person, "people.invite", membership.partner)
    if here.request.method != "POST":
        here.trail = [("Organisations", here.url("organisations")), ("People", here.url("people"))]
        return here.page("people/end.html", membership=membership)

    def done() -> HttpResponse:
        actions.end_membership(here.person, membership)
        told = f"{membership.person} is no longer {membership.get_role_display().lower()}"
        messages.success(here.request, f"{told} of {membership.partner.organisation}. What they did stays on record.")
        return onward("people", here.place.slug)

    return _done(here, done)


def _done(here: Here, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Do an act; where the state of things does not let it, say so on the page of people."""
    try:
        return act()
    except NotNow as refused:
        messages.error(here.request, str(refused))
        return onward("people", here.place.slug)


@at_place("organisations", "partner.add")
def new_partner(here: Here) -> HttpResponse:
    """An organisation that the plan does not count joins the place."""
    here.trail = [("Organisations", here.url("organisations")), ("People", here.url("people"))]
    typed = {name: here.request.POST.get(name, "").strip() for name in ("name", "sector")}
    if here.request.method != "POST":
        return here.page("people/partner.html", typed=typed, wrong={}, sectors=Sector.choices)
    try:
        partner = add_partner(here.person, here.place, **typed)
    except PlanProblems as refused:
        wrong = {
            each.field: f"Found {each.found}; expected {each.expected}: {each.to_fix}." for each in refused.problems
        }
        return here.page("people/partner.html", 422, typed=typed, wrong=wrong, sectors=Sector.choices)
    messages.success(here.request, f"{partner.organisation.name} is in the place now. Invite its first person.")
    return onward("invite", here.place.slug)


URLS: list[URLPattern] = [
    path("places/<slug:slug>/people/organisations/new/", new_partner, name="partner_new"),
    path("places/<slug:slug>/people/", people, name="people"),
    path("places/<slug:slug>/people/invite/", invite, name="invite"),
    path("places/<slug:slug>/people/invited/", invited, name="invited"),
    path("places/<slug:slug>/people/invitations/<int:pk>/link/", renew, name="invitation_renew"),
    path("places/<slug:slug>/people/invitations/<int:pk>/withdraw/", withdraw, name="invitation_withdraw"),
    path("places/<slug:slug>/people/<int:pk>/end/", end, name="membership_end"),
]
