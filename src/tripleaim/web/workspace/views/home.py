"""My ten minutes: what waits for the reader in all their places."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from tripleaim.web.workspace.awaited import what_is_awaited
from tripleaim.web.workspace.desk import Desk
from tripleaim.web.workspace.models import Place
from tripleaim.web.workspace.rights import standing
from tripleaim.web.workspace.views.frame import own_page
from tripleaim.web.workspace.views.onward import reader
from tripleaim.web.workspace.waiting import A_MINUTE, what_waits

A_PAGE = 50
"""Things on one page."""


def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, in the order of what it holds up."""
    desk = Desk(reader(request))
    waits = what_waits(desk)
    page = Paginator(waits, A_PAGE).get_page(request.GET.get("page"))
    return own_page(
        request,
        "home.html",
        places=Place.objects.filter(pk__in=standing(request.user)).order_by("name"),
        page=page,
        count=len(waits),
        minutes=sum(each.minutes for each in waits),
        a_minute=A_MINUTE,
        awaits=what_is_awaited(desk),
    )


URLS: list[URLPattern] = [path("", home, name="home")]
