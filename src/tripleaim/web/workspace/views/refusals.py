"""Pages for what cannot be shown: not there, not allowed, not understood, our fault. None says more than it may."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tripleaim.web.workspace.rights import NotAllowed


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Nothing here, or nothing for this reader: the two look the same."""
    return _page(
        request,
        404,
        "There is nothing here for you",
        "The address may be mistyped, or what it leads to is not shared with you. Ask whoever sent it to you.",
    )


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The reader may see the place, but not do this."""
    words = str(exception) if isinstance(exception, NotAllowed) else "You may not do this here. Nothing was changed."
    return _page(request, 403, "This is not yours to do", words)


def not_understood(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """A request that no page of ours sends."""
    return _page(request, 400, "This request could not be understood", "Go back and try it again. Nothing was changed.")


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark that our pages put into it."""
    return _page(
        request,
        403,
        "This form has been open too long",
        "Nothing was changed. Go back, load the page again and send it once more; cookies have to be allowed.",
    )


def our_fault(request: HttpRequest) -> HttpResponse:
    """Something that is ours to mend."""
    return _page(
        request,
        500,
        "Something went wrong that is our fault",
        "What you had saved is safe; what you were doing was not saved. It has been written down for whoever keeps "
        "this workspace.",
    )


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"kind": "refusal", "said": f"{title}. {words}", "problems": []}, status=status)
    person = getattr(request, "user", None)
    told: dict[str, Any] = {"title": title, "words": words, "nav": [], "trail": [], "person": person}
    return render(request, "refusal.html", told, status=status, using="jinja2")
