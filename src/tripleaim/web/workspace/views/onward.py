"""Who sent a form; and once it worked, on to a page that can be loaded again without doing it twice."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tripleaim.web.workspace.models import Person


def reader(request: HttpRequest) -> Person:
    """Who reads a page that is for signed-in readers alone."""
    return cast(Person, request.user)


def onward(name: str, *parts: Any) -> HttpResponse:
    """On to a page by its name, read afresh."""
    return HttpResponseRedirect(reverse(name, args=parts), status=303)
