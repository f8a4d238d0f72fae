"""From a draft to the plan: proposed after a look at what it does, taken back or withdrawn, accepted or declined."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from tripleaim.errors import PlanProblems
from tripleaim.loading.packed import packed
from tripleaim.web.workspace.actions.drafts import decline, propose, take_back, withdraw
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.actions.revisions import Collision, newest_of, together
from tripleaim.web.workspace.actions.versions import accept
from tripleaim.web.workspace.models import Draft, Version
from tripleaim.web.workspace.told.changes import Told, by_table, changes_told, in_short
from tripleaim.web.workspace.told.money import in_money
from tripleaim.web.workspace.told.texts import parcel
from tripleaim.web.workspace.views.drafts.found import back_to, below, draft_seen, whole
from tripleaim.web.workspace.views.drafts.page import SHOWN_EACH
from tripleaim.web.workspace.views.frame import Here, at_place


@at_place("proposals")
def draft_propose(here: Here, pk: int) -> HttpResponse:
    """What others will see, then the button that shows it to them."""
    draft = draft_seen(here, pk)
    here.require("draft.propose", draft)
    below(here, draft)
    if here.request.method != "POST":
        return _propose_page(here, draft)
    try:
        propose(here.person, draft, whole(here, "revision"), here.request.POST.get("why", ""))
    except NotNow as refused:
        return _propose_page(here, draft, 422, str(refused))
    return back_to(here, draft, "Proposed. Every partner of the place sees it now, and can comment on it.")


def _propose_page(here: Here, draft: Draft, status: int = 200, sentence: str = "") -> HttpResponse:
    told = changes_told(parcel(draft.base.content_id), bytes(draft.content.packed))
    return here.page(
        "drafts/propose.html",
        status,
        draft=draft,
        count=len(told),
        short=in_short(told),
        tables=by_table(told),
        shown_each=SHOWN_EACH,
        money=in_money(here.place, draft.base.content_id, draft.content_id, draft) if told else None,
        names=_names(draft),
        is_behind=bool(here.version and here.version.pk != draft.base_id),
        why=here.request.POST.get("why", draft.why),
        sentence=sentence,
        may_ask=here.may("run.ask", draft),
    )


@require_POST
@at_place("proposals")
def draft_take_back(here: Here, pk: int) -> HttpResponse:
    """Take a proposal back to work on it."""
    draft = draft_seen(here, pk)
    return _done(
        here,
        draft,
        lambda: take_back(here.person, draft),
        "Taken back. Only your organisation sees it until it is proposed again.",
    )


@require_POST
@at_place("proposals")
def draft_withdraw(here: Here, pk: int) -> HttpResponse:
    """End a draft."""
    draft, why = draft_seen(here, pk), here.request.POST.get("why", "")
    return _done(here, draft, lambda: withdraw(here.person, draft, why), "Withdrawn. Nothing of it is in the plan.")


@require_POST
@at_place("proposals")
def draft_decline(here: Here, pk: int) -> HttpResponse:
    """Do not take a proposal into the plan."""
    draft, why = draft_seen(here, pk), here.request.POST.get("why", "")
    revision = whole(here, "revision")
    said = "Declined. The reason stands on its page, and those who proposed it can start again from it."
    return _done(here, draft, lambda: decline(here.person, draft, revision, why), said, "draft_accept")


def _done(here: Here, draft: Draft, act: Callable[[], object], said: str, otherwise: str = "draft") -> HttpResponse:
    """Do it and say so, or say why not where the button was."""
    try:
        act()
    except NotNow as refused:
        messages.error(here.request, str(refused))
        return HttpResponseRedirect(here.url(otherwise, pk=draft.pk), status=303)
    return back_to(here, draft, said)


@at_place("proposals")
def draft_accept(here: Here, pk: int) -> HttpResponse:
    """What the plan would become, then the button that makes it so."""
    draft = draft_seen(here, pk)
    here.require("draft.accept", draft)
    below(here, draft)
    if here.request.method != "POST":
        return _accept_page(here, draft)
    try:
        why = here.request.POST.get("why", "")
        version = accept(here.person, draft, whole(here, "revision"), whole(here, "number"), why)
    except NotNow as refused:
        return _accept_page(here, draft, 422, str(refused))
    messages.success(here.request, f"Accepted: this is version {version.number} of the plan now.")
    return HttpResponseRedirect(here.url("version", number=version.number), status=303)


def _accept_page(here: Here, draft: Draft, status: int = 200, sentence: str = "") -> HttpResponse:
    newest = newest_of(here.place.pk)
    told, stuck = _becomes(draft, newest)
    return here.page(
        "drafts/accept.html",
        status,
        draft=draft,
        newest=newest,
        next=newest.number + 1,
        is_behind=newest.pk != draft.base_id,
        count=len(told),
        short=in_short(told),
        tables=by_table(told),
        shown_each=SHOWN_EACH,
        stuck=stuck,
        money=in_money(here.place, draft.base.content_id, draft.content_id, draft),
        names=_names(draft),
        why=here.request.POST.get("why", ""),
        sentence=sentence,
        may_ask=here.may("run.ask", draft),
    )


def _becomes(draft: Draft, newest: Version) -> tuple[tuple[Told, ...], str]:
    """What would change in the newest version, and what stands in the way."""
    if draft.base_id == newest.pk:
        return changes_told(bytes(newest.content.packed), bytes(draft.content.packed)), ""
    try:
        plan = together(draft, newest)
    except Collision as collision:
        many = len(collision.conflicts)
        what = "one thing" if many == 1 else f"{many} things"
        return (), f"The plan has changed {what} since, which this proposal changes too."
    except PlanProblems as refused:
        first = refused.problems[0]
        return (), f"Together with what the plan has become it does not hold: {first.where}, {first.found}."
    return changes_told(bytes(newest.content.packed), packed(plan)), ""


def _names(draft: Draft) -> dict[str, str]:
    return {
        draft.base.content_id: f"version {draft.base.number}",
        draft.content_id: "the draft",
    }


_AT = "places/<slug:slug>/proposals/<int:pk>/"
URLS: list[URLPattern] = [
    path(f"{_AT}propose/", draft_propose, name="draft_propose"),
    path(f"{_AT}take-back/", draft_take_back, name="draft_take_back"),
    path(f"{_AT}withdraw/", draft_withdraw, name="draft_withdraw"),
    path(f"{_AT}accept/", draft_accept, name="draft_accept"),
    path(f"{_AT}decline/", draft_decline, name="draft_decline"),
]
"""Addresses of decisions."""
