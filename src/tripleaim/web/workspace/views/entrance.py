"""Ways in: the one-time link, an invitation. And whether the workspace is there at all."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.socialaccount.adapter import get_adapter as sign_in_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from tripleaim.web.workspace.accounts import ACCEPTING
from tripleaim.web.workspace.actions.entrance import use_sign_in_link
from tripleaim.web.workspace.actions.people import accept_as, accept_with_new_account, open_invitation
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.forms.accounts import NewAccount
from tripleaim.web.workspace.models import Invitation, Person
from tripleaim.web.workspace.rights import NotAllowed
from tripleaim.web.workspace.views.frame import own_page
from tripleaim.web.workspace.views.onward import onward

GONE = 410


@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: a page with one button, so that a program which only looks at links uses none up."""
    if request.method == "GET":
        return own_page(request, "start.html", token=token)
    person = use_sign_in_link(token)
    if person is None:
        return own_page(request, "start.html", status=GONE, token="")
    onward = reverse("home") if person.has_usable_password() else f"{reverse('account')}?welcome=1"
    return _let_in(request, person, onward)


def _let_in(request: HttpRequest, person: Person, onward: str) -> HttpResponse:
    """Sign somebody in whom a link has vouched for: past their second step, if they have set one up, and no further."""
    return perform_login(request, Login(user=person, redirect_url=onward))


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites the holder of a link to what, and how they accept."""
    invited = open_invitation(token)
    if invited is None:
        return own_page(request, "people/closed.html", status=GONE)
    if request.method == "GET":
        return _shown(request, token, invited, NewAccount())
    try:
        return _accepted(request, token, invited)
    except NotAllowed as refused:
        return _shown(request, token, invited, NewAccount(), 403, str(refused))
    except NotNow as refused:
        return _shown(request, token, invited, NewAccount(), 409, str(refused))


def _accepted(request: HttpRequest, token: str, invited: Invitation) -> HttpResponse:
    """The holder joins: as who they are signed in as, by their organisation's sign-in, or with a new account."""
    place = reverse("overview", args=[invited.partner.place.slug])
    if request.user.is_authenticated:
        accept_as(token, request.user)
        messages.success(request, f"You have joined {invited.partner}.")
        return onward("overview", invited.partner.place.slug)
    if settings.SIGN_IN_WITH and "own" in request.POST:
        request.session[ACCEPTING] = token
        provider = sign_in_adapter().get_provider(request, "organisation")
        return provider.redirect(request, AuthProcess.LOGIN, next_url=place)
    form = NewAccount(request.POST, email=invited.email)
    if not form.is_valid() or _has_account(invited):
        return _shown(request, token, invited, form, 422)
    person = accept_with_new_account(token, form.cleaned_data["name"], form.cleaned_data["password"])
    return _let_in(request, person, place)


def _has_account(invited: Invitation) -> bool:
    """Whether the address invited has an account. Told to nobody but the holder of its link."""
    return Person.objects.filter(email__iexact=invited.email).exists()


def _shown(
    request: HttpRequest, token: str, invited: Invitation, form: NewAccount, status: int = 200, refused: str = ""
) -> HttpResponse:
    told = {
        "invited": invited,
        "form": form,
        "refused": refused,
        "here": reverse("invitation", args=[token]),
        "has_account": _has_account(invited),
        "sign_in_with": settings.SIGN_IN_WITH,
        "other": "other" in request.GET,
    }
    return own_page(request, "people/invitation.html", status=status, **told)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Says ok once the database has answered; whoever watches over the workspace asks for it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("the database does not answer", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


URLS: list[URLPattern] = [
    path("start/<str:token>/", start, name="start"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("health/", health, name="health"),
]
