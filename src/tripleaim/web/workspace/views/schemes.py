"""The schemes of a place: all beside each other, each on its own page, and leaders' confidence in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST
from markupsafe import Markup

from tripleaim.errors import PlanProblems, Problem
from tripleaim.reports.sections.moves import SCARCEST
from tripleaim.web.workspace.actions.confidence import FEWEST, MOST, give_confidence
from tripleaim.web.workspace.desk import about
from tripleaim.web.workspace.downloads import table_file
from tripleaim.web.workspace.found import Found, address, beside, found_of
from tripleaim.web.workspace.models import Challenge, Confidence, PublishedConfidence
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.models.run import RunKind
from tripleaim.web.workspace.scheme_tables import (
    SORTS,
    all_schemes,
    pictures_of,
    rows_of,
    sums_of,
    tables_of,
    together,
    worst_claim,
)
from tripleaim.web.workspace.views.frame import Here, at_place

A_PAGE = 50


@at_place("schemes")
def schemes(here: Here) -> HttpResponse:
    """Every scheme of the plan, sorted as asked."""
    found = found_of(here.place, here.version)
    sort, backwards = _sort(here)
    rows = rows_of(found.told, found.last, _own(here), sort, backwards=backwards) if found.told else []
    given = set(_answers(here).values_list("scheme", flat=True)) if here.may("confidence.give") else None
    left = None if given is None else sum(row.key not in given and not row.is_plug for row in rows)
    return here.page(
        "schemes/schemes.html",
        found=found,
        told=found.told["place"] if found.told else None,
        page=Paginator(rows, A_PAGE).get_page(here.request.GET.get("page")),
        sums=sums_of(rows),
        together=together(found.told, found.last) if found.told else None,
        sorts={key: words for key, (words, _) in SORTS.items()},
        sort=sort,
        backwards=backwards,
        left=left,
        own=_own(here),
        address=address,
    )


@at_place("schemes")
def schemes_file(here: Here, kind: str) -> HttpResponse:
    """The same list as a file."""
    found = _told(here)
    assert found.told is not None
    sort, backwards = _sort(here)
    rows = rows_of(found.told, found.last, _own(here), sort, backwards=backwards)
    about_it = found.told["place"]
    title = f"Schemes of {here.place.name}, version {found.version.number if found.version else ''}"
    return table_file(all_schemes(rows, about_it["last_year"]), "schemes", kind, title, about_it["status_words"])


@at_place("schemes")
def scheme(here: Here, key: str) -> HttpResponse:
    """One scheme."""
    return _scheme(here, key)


def _scheme(here: Here, key: str, problems: tuple[Problem, ...] = (), typed: str = "") -> HttpResponse:
    found = found_of(here.place, here.version)
    if found.told is not None and key not in found.told["schemes"]:
        raise Http404
    here.trail = [("Schemes", here.url("schemes"))]
    if found.told is None:
        return here.page("schemes/not_yet.html", found=found, address=address)
    told, years = found.told["schemes"][key], found.told["years"]
    stress = beside(here.place, here.version, RunKind.STRESS)
    own = _answers(here).filter(scheme=key).first() if here.may("confidence.give") else None
    names = list(found.told["schemes"])
    return here.page(
        "schemes/scheme.html",
        422 if problems else 200,
        found=found,
        told=told,
        place_told=found.told["place"],
        number=names.index(key) + 1,
        count=len(names),
        tables=tables_of(told, years),
        pictures=[Markup(each) for each in pictures_of(told)],
        verdict=worst_claim(told),
        published=PublishedConfidence.objects.filter(place=here.place, scheme=key).select_related("version").first(),
        own=own,
        scores=range(MOST + 1),
        fewest=FEWEST,
        typed=typed,
        problems=problems,
        stress=stress,
        chance=(stress.told.get("schemes") or {}).get(key) if stress else None,
        challenges=_challenges(here, found, told),
        scarcest=SCARCEST if told["posts_needed"] - told["posts_found"] >= 0.5 else "",
        address=address,
    )


@at_place("schemes")
def scheme_file(here: Here, key: str, table: str, kind: str) -> HttpResponse:
    """A table of a scheme's page as a file."""
    found = _told(here)
    assert found.told is not None
    told = found.told["schemes"].get(key)
    made = tables_of(told, found.told["years"]).get(table) if told else None
    if told is None or made is None:
        raise Http404
    title = f"{told['name']}: {made.caption}"
    return table_file(made, f"{key}_{table}", kind, title, found.told["place"]["status_words"])


@at_place("schemes", "confidence.give")
def confidence(here: Here, key: str) -> HttpResponse:
    """Keep what a leader says of a scheme, in private."""
    version = here.version
    if version is None or (found := found_of(here.place, version)).told is None or key not in found.told["schemes"]:
        raise Http404
    typed = here.request.POST.get("score", "")
    try:
        give_confidence(here.person, version, key, typed)
    except PlanProblems as refusal:
        return _scheme(here, key, tuple(refusal.problems), typed)
    messages.success(here.request, "Your answer is kept. Nobody else can see it.")
    return HttpResponseRedirect(f"{here.url('scheme', key=key)}#believed", status=303)


def _told(here: Here) -> Found:
    """What has been worked out, for a file of it.

    raises : Http404 where nothing is
    """
    found = found_of(here.place, here.version)
    if found.told is None:
        raise Http404
    return found


def _sort(here: Here) -> tuple[str, bool]:
    asked = here.request.GET.get("sort", "saving")
    return (asked if asked in SORTS else "saving"), here.request.GET.get("order") == "down"


def _own(here: Here) -> frozenset[str]:
    return frozenset(partner.key for partner in here.partners if partner.key)


def _answers(here: Here) -> Any:
    return Confidence.objects.filter(place=here.place, person=here.person)


def _challenges(here: Here, found: Found, told: Any) -> list[dict[str, Any]]:
    """Challenges on rows of a scheme that nobody has answered."""
    open_ones = Challenge.objects.filter(place=here.place, state=ChallengeState.OPEN)
    key = told["key"]
    rows = open_ones.filter(row__startswith=key).select_related("partner__organisation").order_by("at")
    return [
        {
            "about": about(each, told),
            "question": each.question,
            "who": each.partner.organisation.name,
            "at": each.at,
            "to": address("challenge", here.place.slug, each.pk),
        }
        for each in rows[:20]
        if each.row == key or each.row[len(key) : len(key) + 1] in (".", "/")
    ]


URLS: list[URLPattern] = [
    path("places/<slug:slug>/schemes/", schemes, name="schemes"),
    path("places/<slug:slug>/schemes/schemes.<str:kind>", schemes_file, name="schemes_file"),
    path("places/<slug:slug>/schemes/<str:key>/", scheme, name="scheme"),
    path("places/<slug:slug>/schemes/<str:key>/confidence/", require_POST(confidence), name="confidence"),
    path("places/<slug:slug>/schemes/<str:key>/<str:table>.<str:kind>", scheme_file, name="scheme_file"),
]
