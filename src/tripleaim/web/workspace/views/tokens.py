"""A person's own tokens for programs."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.actions.tokens import BEGINS, DAYS, SCOPES, end_token, make_token
from tripleaim.web.workspace.forms.accounts import NewToken
from tripleaim.web.workspace.models import ApiToken
from tripleaim.web.workspace.views.frame import own_page
from tripleaim.web.workspace.views.onward import onward, reader

MADE = "token made"
"""In a session: the number of a new token and the token itself, until its page has shown it once."""


@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def tokens(request: HttpRequest) -> HttpResponse:
    """The reader's tokens, and a form for a new one."""
    form = NewToken(request.POST) if request.method == "POST" else NewToken()
    if request.method == "GET" or not form.is_valid():
        return _listed(request, form)
    told = form.cleaned_data
    try:
        token, secret = make_token(reader(request), told["name"], told["scopes"], told["days"])
    except NotNow as refused:
        form.add_error("name", str(refused))
        return _listed(request, form)
    request.session[MADE] = [token.pk, secret]
    return onward("token_made")


def _listed(request: HttpRequest, form: NewToken) -> HttpResponse:
    held = reader(request).tokens.filter(ended_at=None)
    told = {"form": form, "held": held, "scopes": SCOPES, "days": DAYS, "begins": BEGINS, "now": timezone.now()}
    return own_page(request, "tokens/list.html", status=422 if form.errors else 200, **told)


@require_GET
def made(request: HttpRequest) -> HttpResponse:
    """A new token, shown once."""
    pk, secret = request.session.pop(MADE, (None, ""))
    token = ApiToken.objects.filter(pk=pk, person=reader(request)).first()
    if token is None:
        return onward("tokens")
    return own_page(request, "tokens/made.html", token=token, secret=secret, scopes=SCOPES)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the reader's tokens."""
    token = ApiToken.objects.filter(pk=pk, person=reader(request)).first()
    if token is None:
        raise Http404
    try:
        end_token(reader(request), token)
        messages.success(request, f"The token {token.name} has ended. Programs that use it are refused from now on.")
    except NotNow as refused:
        messages.info(request, str(refused))
    return onward("tokens")


URLS: list[URLPattern] = [
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/made/", made, name="token_made"),
    path("account/tokens/<int:pk>/end/", end, name="token_end"),
]
