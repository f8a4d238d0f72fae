"""Versions of the plan: which there are, what changed between any two, and each as a file."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from tripleaim.loading.workbook.make import workbook_bytes
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.actions.versions import note_visit
from tripleaim.web.workspace.models import Content, Draft, Version
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.told.changes import by_table, changes_told, in_short
from tripleaim.web.workspace.told.money import in_money
from tripleaim.web.workspace.told.since import changes_since
from tripleaim.web.workspace.told.texts import counts, parcel
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.plan.files import WORKBOOK, attachment

A_PAGE = 50
SHOWN_EACH = 40
"""So many changes of one table are told on the page of all; the rest are counted."""


@at_place("plan")
def versions(here: Here) -> HttpResponse:
    """Every version of the plan, the newest first, and what is new to the reader."""
    here.trail = [("Plan", here.url("plan"))]
    every = Version.objects.filter(place=here.place).select_related("made_by", "partner__organisation", "came_from")
    page = Paginator(every.order_by("-number"), A_PAGE).get_page(here.request.GET.get("page"))
    return here.page(
        "versions/versions.html",
        page=page,
        since=changes_since(here.person, here.place),
        numbers=list(every.order_by("-number").values_list("number", flat=True)[:500]),
    )


@at_place("plan")
def version(here: Here, number: int) -> HttpResponse:
    """One version: where it comes from, what it changed, and how to take it away."""
    found = _version(here, number)
    here.trail = [("Plan", here.url("plan")), ("Versions", here.url("versions"))]
    before = Version.objects.filter(place=here.place, number__lt=number).order_by("-number").first()
    told = changes_told(parcel(before.content_id), parcel(found.content_id)) if before else ()
    proposal = Draft.objects.filter(became=found).select_related("partner__organisation", "proposed_by").first()
    return here.page(
        "versions/version.html",
        shown=found,
        is_newest=bool(here.version and here.version.pk == found.pk),
        before=before,
        short=in_short(told),
        proposal=proposal,
        rows=sum(counts(found.content_id).values()),
        made_from_it=Draft.objects.filter(
            place=here.place, base=found, proposed_at__isnull=False, state=DraftState.PROPOSED
        ),
    )


@at_place("plan")
def version_changes(here: Here, old: int, new: int) -> HttpResponse:
    """What changed between two versions: how much, in money, and word by word."""
    one, two = _version(here, old), _version(here, new)
    here.trail = [("Plan", here.url("plan")), ("Versions", here.url("versions"))]
    told = changes_told(parcel(one.content_id), parcel(two.content_id))
    since = changes_since(here.person, here.place)
    return here.page(
        "versions/changes.html",
        old=one,
        new=two,
        count=len(told),
        tables=by_table(told),
        shown_each=SHOWN_EACH,
        everything=here.request.GET.get("all") == "yes",
        short=in_short(told),
        money=in_money(here.place, one.content_id, two.content_id),
        numbers={one.content_id: one.number, two.content_id: two.number},
        may_note=since.count and since.newest is not None and since.newest.pk == two.pk,
    )


@at_place("plan")
def versions_compare(here: Here) -> HttpResponse:
    """Leads to the changes between the two versions that were chosen, the older first."""
    chosen = [here.request.GET.get(name, "") for name in ("old", "new")]
    if not all(each.isdecimal() and len(each) < 10 for each in chosen):
        return HttpResponseRedirect(here.url("versions"))
    old, new = sorted(map(int, chosen))
    return HttpResponseRedirect(here.url("version_changes", old=old, new=new))


@require_POST
@at_place("plan")
def version_read(here: Here, number: int) -> HttpResponse:
    """Note that the reader has read the plan up to this version."""
    found = _version(here, number)
    note_visit(here.person, found)
    messages.success(
        here.request, f"Noted: you have read the plan up to version {number}. What changes from now on is told to you."
    )
    return HttpResponseRedirect(here.url("versions"), status=303)


@at_place("plan", "version.download")
def download(here: Here, number: int, form: str) -> HttpResponse:
    """A version as a workbook or as a zip file of its folder; read again, either has the same fingerprint."""
    found = here.find(Version, number=number)
    return plan_file(found.content_id, f"{here.place.slug}-version-{number}", form)


def plan_file(fingerprint: str, name: str, form: str) -> HttpResponse:
    """A kept plan as a file.

    form   : "workbook" or "folder"
    raises : Http404 for any other
    """
    if form == "folder":
        return attachment(parcel(fingerprint), f"{name}.zip", "application/zip")
    if form != "workbook":
        raise Http404
    return attachment(workbook_bytes(plan_of(Content.objects.get(pk=fingerprint))), f"{name}.xlsx", WORKBOOK)


def _version(here: Here, number: int) -> Version:
    found = (
        Version.objects.filter(place=here.place, number=number)
        .select_related("made_by", "partner__organisation", "place")
        .first()
    )
    if found is None:
        raise Http404
    return found


URLS: list[URLPattern] = [
    path("places/<slug:slug>/versions/", versions, name="versions"),
    path("places/<slug:slug>/versions/compare/", versions_compare, name="versions_compare"),
    path("places/<slug:slug>/versions/<int:number>/", version, name="version"),
    path("places/<slug:slug>/versions/<int:number>/read/", version_read, name="version_read"),
    path("places/<slug:slug>/versions/<int:number>/as/<str:form>/", download, name="download"),
    path("places/<slug:slug>/versions/<int:old>/to/<int:new>/", version_changes, name="version_changes"),
]
"""Addresses of versions."""
