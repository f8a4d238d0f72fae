"""The frame of every page: where the reader is, as whom, and where they can go from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tripleaim.errors import TripleAimError
from tripleaim.web.workspace.models import Partner, Person, Place, Version
from tripleaim.web.workspace.rights import NotAllowed, may, refusal, roles_in, standing
from tripleaim.web.workspace.views.onward import reader

M = TypeVar("M", bound=Model)

NAV = (
    ("overview", "Overview", "overview"),
    ("plan", "Plan", "plan"),
    ("schemes", "Schemes", "schemes"),
    ("assumptions", "Assumptions", "assumptions"),
    ("proposals", "Proposals", "drafts"),
    ("results", "Results", "results"),
    ("organisations", "Organisations", "organisations"),
)
"""Part of a place → its words, and the name of its page."""


@dataclass
class Here:
    """A person in a place, on one page of it."""

    request: HttpRequest
    place: Place
    part: str = ""
    """The part of the place the page belongs to, a key of NAV."""
    trail: list[tuple[str, str]] = field(default_factory=list)
    """The way up from this page: words and address."""

    @property
    def person(self) -> Person:
        """Who reads."""
        return reader(self.request)

    @cached_property
    def version(self) -> Version | None:
        """The plan as all partners share it now, without its content; None before the first."""
        return self.place.versions.order_by("-number").first()

    @cached_property
    def partners(self) -> tuple[Partner, ...]:
        """The organisations the reader belongs to here, by name."""
        own = standing(self.person).get(self.place.pk, {})
        return tuple(Partner.objects.filter(pk__in=own).select_related("organisation").order_by("organisation__name"))

    @property
    def partner(self) -> Partner | None:
        """The organisation the reader acts for; of several the first by name."""
        return self.partners[0] if self.partners else None

    @property
    def roles(self) -> frozenset[str]:
        """Everything the reader is in this place."""
        return roles_in(self.person, self.place.pk)

    def may(self, act: str, thing: Any = None) -> bool:
        """Whether the reader may do an act, with this thing or with the place."""
        return may(self.person, act, self.place if thing is None else thing)

    def acts_for(self, act: str) -> tuple[Partner, ...]:
        """The organisations for which the reader may do an act."""
        return tuple(partner for partner in self.partners if may(self.person, act, partner))

    def require(self, act: str, thing: Any = None) -> None:
        """Refuse in words.

        raises : NotAllowed
        """
        if not self.may(act, thing):
            raise NotAllowed(refusal(act))

    def find(self, kind: type[M], see: str = "", **by: Any) -> M:
        """A thing of this place that the reader may see; for everybody else it is not there.

        raises : Http404
        """
        found = kind._default_manager.filter(place=self.place, **by).first()
        if found is None or (see and not may(self.person, see, found)):
            raise Http404
        return found

    def url(self, name: str, **parts: Any) -> str:
        """The address of a page of this place."""
        return reverse(name, kwargs={"slug": self.place.slug, **parts})

    def page(self, template: str, status: int = 200, **told: Any) -> HttpResponse:
        """A page of this place."""
        frame: dict[str, Any] = {
            "here": self,
            "place": self.place,
            "person": self.person,
            "version": self.version,
            "nav": [(words, self.url(name), key == self.part) for key, words, name in NAV],
            "trail": self.trail,
        }
        return render(self.request, template, {**frame, **told}, status=status, using="jinja2")


Page = Callable[..., HttpResponse]


def at_place(part: str = "", act: str = "place.see") -> Callable[[Page], Page]:
    """A page under /places/<slug>/: given `Here` in place of the request; not found for whoever is not in the place."""

    def made(view: Page) -> Page:
        @wraps(view)
        def shown(request: HttpRequest, slug: str, **parts: Any) -> HttpResponse:
            place = Place.objects.filter(slug=slug).first()
            if place is None or not may(request.user, "place.see", place):
                raise Http404
            here = Here(request, place, part)
            if act != "place.see":
                here.require(act)
            return view(here, **parts)

        shown.access = act  # type: ignore[attr-defined]
        return shown

    return made


def own_page(request: HttpRequest, template: str, status: int = 200, **told: Any) -> HttpResponse:
    """A page outside any place."""
    frame: dict[str, Any] = {"person": request.user, "nav": [], "trail": []}
    return render(request, template, {**frame, **told}, status=status, using="jinja2")


def said(refused: TripleAimError) -> str:
    """A refusal as one line for a reader."""
    return str(refused)
