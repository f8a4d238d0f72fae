"""Ways in: the one-time link, an invitation."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tripleaim.web.workspace.actions.entrance import use_sign_in_link
from tripleaim.web.workspace.views.frame import own_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: a page with one button, so that a program which only looks at links uses none up."""
    if request.method == "GET":
        return own_page(request, "start.html", token=token)
    person = use_sign_in_link(token)
    if person is None:
        return own_page(request, "start.html", status=410, token="")
    login(request, person, backend=BACKEND)
    return redirect("home")


URLS: list[URLPattern] = [path("start/<str:token>/", start, name="start")]
