"""Proposals that wait, the reader's own drafts, and what has become of others."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path

from tripleaim.web.workspace.models import Draft
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.rights import BY_NAME, roles_in
from tripleaim.web.workspace.views.frame import Here, at_place

A_PAGE = 50
MOST_OPEN = 200
"""So many that wait, or are worked on, stand on the page; nobody reads more."""
ENDED = (DraftState.ACCEPTED, DraftState.DECLINED, DraftState.WITHDRAWN)


@at_place("proposals")
def drafts(here: Here) -> HttpResponse:
    """What is proposed, what the reader's organisations work on, what has ended."""
    seen = drafts_seen(here)
    ended = seen.filter(state__in=ENDED).order_by("-ended_at")
    return here.page(
        "drafts/drafts.html",
        waiting=list(seen.filter(state=DraftState.PROPOSED).order_by("proposed_at")[:MOST_OPEN]),
        own=list(seen.filter(state=DraftState.WORKING)[:MOST_OPEN]),
        page=Paginator(ended, A_PAGE).get_page(here.request.GET.get("page")),
        may_start=bool(here.acts_for("draft.make")),
        may_accept="convenor" in here.roles,
    )


def drafts_seen(here: Here) -> QuerySet[Draft]:
    """The drafts the reader may see: those that were proposed, and their own organisations'."""
    roles = BY_NAME["draft.see"].roles
    own = [each for each in here.partners if roles & roles_in(here.person, here.place.pk, each.pk)]
    shared = Q(proposed_at__isnull=False)
    found = Draft.objects.filter(shared | Q(partner__in=own), place=here.place)
    return found.select_related("partner__organisation", "made_by", "proposed_by", "base", "became").annotate(
        said=Count("comments")
    )


URLS: list[URLPattern] = [path("places/<slug:slug>/proposals/", drafts, name="drafts")]
"""Address of the list."""
