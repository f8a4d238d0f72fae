"""What every page may raise, told as a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tripleaim.web.workspace.rights import NotAllowed
from tripleaim.web.workspace.views.refusals import not_allowed, not_understood


class RefusalMiddleware:
    """Turns a refusal of the rights into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; to an address with the sign for nothing in it, which no database can look for, a refusal."""
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return not_understood(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; anything else goes its way."""
        return not_allowed(request, exception) if isinstance(exception, NotAllowed) else None
