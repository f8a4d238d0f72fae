"""My ten minutes, and the places a person belongs to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from tripleaim.web.workspace.models import Place
from tripleaim.web.workspace.rights import standing
from tripleaim.web.workspace.views.frame import own_page


def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, in the order of what it holds up."""
    places = Place.objects.filter(pk__in=standing(request.user)).order_by("name")
    return own_page(request, "home.html", places=places)


URLS: list[URLPattern] = [path("", home, name="home")]
