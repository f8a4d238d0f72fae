"""Who asks, as what a token allows; and every refusal as the same record that the command line gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from tripleaim.errors import PlanProblems, Problem, TripleAimError
from tripleaim.web.workspace.actions.tokens import person_of
from tripleaim.web.workspace.models import Person, Place
from tripleaim.web.workspace.rights import NotAllowed, may, require


class Token(HttpBearer):
    """A personal token with a scope: `Authorization: Bearer …`."""

    def __init__(self, scope: str = "read") -> None:
        self.scope = scope
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """The person whose token it is; nobody where it has ended, or lacks the scope."""
        person = person_of(token, self.scope)
        if person is not None:
            request.user = person
            if request.method == "POST" and any("\x00" in each for row in request.POST.lists() for each in row[1]):
                raise HttpError(400, "The request holds the sign for nothing (NUL), which no database keeps.")
        return person


def place_for(request: HttpRequest, slug: str, act: str = "place.see") -> Place:
    """A place that the person may see.

    raises : Http404, or NotAllowed where the act asks for more
    """
    place = Place.objects.filter(slug=slug).first()
    if place is None or not may(request.user, "place.see", place):
        raise Http404
    require(request.user, act, place)
    return place


def refusal(said: str, problems: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A refusal as one record: what is said, and every problem."""
    return {"kind": "refusal", "said": said, "problems": problems or []}


def told(problem: Problem) -> dict[str, Any]:
    """A problem as a record, with where it is in words."""
    return {**asdict(problem), "where": problem.where}


def asked_wrongly(field: str, found: str, expected: str, to_fix: str) -> Problem:
    """A problem of the request itself."""
    return Problem(file="request", field=field, found=found, expected=expected, to_fix=to_fix)


def tell_refusals(api: NinjaAPI) -> None:
    """Make an API tell what goes wrong as we do."""

    def answer(request: HttpRequest, status: int, record: dict[str, Any]) -> HttpResponse:
        return api.create_response(request, record, status=status)

    @api.exception_handler(PlanProblems)
    def problems(request: HttpRequest, error: PlanProblems) -> HttpResponse:
        return answer(request, 422, refusal(str(error), [told(each) for each in error.problems]))

    @api.exception_handler(NotAllowed)
    def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
        return answer(request, 403, refusal(str(error)))

    @api.exception_handler(TripleAimError)
    def not_now(request: HttpRequest, error: TripleAimError) -> HttpResponse:
        return answer(request, 409, refusal(str(error)))

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(request, 404, refusal("There is nothing here, or it is not shared with this person."))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        said = "No token that allows this: make one under “My account”, and send it as a Bearer token."
        return answer(request, 401, refusal(said))

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(request, error.status_code, refusal(str(error)))

    @api.exception_handler(ValidationError)
    def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return answer(
            request, 422, refusal("The request could not be understood.", [_of(each) for each in error.errors])
        )


def _of(error: dict[str, Any]) -> dict[str, Any]:
    """What the library found wrong with a request, as one of our problems."""
    *place, name = [str(part) for part in error["loc"]] or ["request"]
    problem = Problem(
        file="request " + (place[0] if place else ""),
        field=name,
        found=repr(error.get("input"))[:80] if "input" in error else "something else",
        expected=str(error["msg"]),
        to_fix="see /api/v1/docs for what it takes",
    )
    return told(problem)


def tagged(tag: Callable[..., str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give an answer that never changes its ETag, and none of its body to who has it already.

    tag : the arguments of the view → what names the content
    """

    def made(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def answered(request: HttpRequest, *parts: Any, **named: Any) -> Any:
            found = f'"{tag(request, *parts, **named)}"'
            seen = [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]
            if found in seen:
                response = HttpResponse(status=304)
            else:
                answer = view(request, *parts, **named)
                response = (
                    HttpResponse(answer.model_dump_json(), content_type="application/json")
                    if isinstance(answer, Schema)
                    else answer
                )
            response["ETag"] = found
            response["Cache-Control"] = "private, max-age=0, must-revalidate"
            return response

        return answered

    return made
