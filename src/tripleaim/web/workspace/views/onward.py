"""After a form that worked: on to a page that can be loaded again without doing it twice."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


def onward(name: str, *parts: Any) -> HttpResponse:
    """On to a page by its name, read afresh."""
    return HttpResponseRedirect(reverse(name, args=parts), status=303)
