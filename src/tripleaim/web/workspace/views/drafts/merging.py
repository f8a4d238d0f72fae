"""Two changes of the same field: both are shown, and somebody says which holds. Nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from tripleaim.errors import PlanProblems
from tripleaim.loading.editing import Change
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.actions.revisions import Collision, bring_up, edit_draft, look, newest_of, together
from tripleaim.web.workspace.models import Draft, Version
from tripleaim.web.workspace.told.changes import by_table, changes_told, in_short
from tripleaim.web.workspace.told.texts import parcel
from tripleaim.web.workspace.views.drafts.conflicts import (
    RowNames,
    authors_since,
    carried_by,
    choices_of,
    conflict_told,
    plain,
)
from tripleaim.web.workspace.views.drafts.found import below, draft_seen, problem_records, told_saved, whole
from tripleaim.web.workspace.views.frame import Here, at_place


def merge_page(
    here: Here,
    draft: Draft,
    collision: Collision,
    reason: str,
    problems: Iterable[Mapping[str, Any]] = (),
    sentences: Iterable[str] = (),
) -> HttpResponse:
    """The page that asks which of two changes holds; it carries everything that was to be saved."""
    below(here, draft)
    authors, names = authors_since(draft, collision.made_from), RowNames(bytes(draft.content.packed))
    return here.page(
        "drafts/merge.html",
        409 if not problems and not sentences else 422,
        draft=draft,
        conflicts=[
            conflict_told(here, each, number, names, authors) for number, each in enumerate(collision.conflicts)
        ],
        count=len(collision.changes),
        carried=json.dumps([plain(each) for each in collision.changes], ensure_ascii=False),
        made_from=collision.made_from,
        against=collision.against,
        reason=reason,
        action=here.url("draft_settle", pk=draft.pk),
        hidden={"made_from": collision.made_from, "against": collision.against},
        title="Somebody else changed the same",
        lede="Your change is not saved yet, and nothing is lost. Say what is to hold, then save.",
        problems=list(problems),
        sentences=list(sentences),
        button="Save with these answers",
    )


@require_POST
@at_place("proposals")
def draft_settle(here: Here, pk: int) -> HttpResponse:
    """Save a change whose collisions have been settled."""
    draft = draft_seen(here, pk)
    here.require("draft.edit", draft)
    made_from, against = whole(here, "made_from"), whole(here, "against")
    reason, changes = here.request.POST.get("reason", ""), carried_by(here)
    try:
        saved = edit_draft(here.person, draft, made_from, changes, reason, choices=choices_of(here), against=against)
    except Collision as collision:
        return merge_page(here, draft, collision, reason, sentences=[_unsettled(against, collision)])
    except (PlanProblems, NotNow) as refused:
        return _asked_again(here, draft, made_from, changes, reason, refused)
    told_saved(here, saved, settled=True)
    return HttpResponseRedirect(here.url("draft", pk=draft.pk), status=303)


def _unsettled(against: int, collision: Collision) -> str:
    if against != collision.against:
        return "The draft has moved on once more. Here is what collides now."
    return "Nothing is saved yet: choose an answer to each question."


def _asked_again(
    here: Here, draft: Draft, made_from: int, changes: list[Change], reason: str, refused: PlanProblems | NotNow
) -> HttpResponse:
    """The same page with what stands in the way of the answers."""
    problems = problem_records(refused.problems) if isinstance(refused, PlanProblems) else []
    sentences = [] if problems else [str(refused)]
    try:
        look(draft, made_from, changes)
    except Collision as collision:
        return merge_page(here, draft, collision, reason, problems, sentences)
    except (PlanProblems, NotNow):
        pass
    empty = Collision((), changes, made_from, draft.revision)
    return merge_page(here, draft, empty, reason, problems, sentences)


@at_place("proposals")
def draft_newest(here: Here, pk: int) -> HttpResponse:
    """Bring a draft up to the newest version: what that changes, what collides, and the button."""
    draft = draft_seen(here, pk)
    here.require("draft.edit", draft)
    below(here, draft)
    newest = newest_of(here.place.pk)
    if here.request.method != "POST":
        return _newest_page(here, draft, newest)
    try:
        saved = bring_up(here.person, draft, whole(here, "revision"), whole(here, "number"), choices_of(here))
    except Collision as collision:
        return _newest_page(here, draft, newest, 409, collision)
    except PlanProblems as refused:
        return _newest_page(here, draft, newest, 422, problems=problem_records(refused.problems))
    except NotNow as refused:
        return _newest_page(here, draft, newest, 422, sentences=[str(refused)])
    told_saved(here, saved)
    return HttpResponseRedirect(here.url("draft", pk=draft.pk), status=303)


def _newest_page(
    here: Here,
    draft: Draft,
    newest: Version,
    status: int = 200,
    collision: Collision | None = None,
    problems: Iterable[Mapping[str, Any]] = (),
    sentences: Iterable[str] = (),
) -> HttpResponse:
    """What has changed in the plan since the draft was made, and what it collides with."""
    problems = list(problems)
    if collision is None and draft.base_id != newest.pk:
        try:
            together(draft, newest)
        except Collision as found:
            collision = found
        except PlanProblems as refused:
            problems = problems or problem_records(refused.problems)
    told = changes_told(parcel(draft.base.content_id), parcel(newest.content_id))
    names = RowNames(bytes(draft.content.packed))
    author = {"": ("the plan", "since version " + str(draft.base.number))}
    conflicts = collision.conflicts if collision else ()
    return here.page(
        "drafts/newest.html",
        status,
        draft=draft,
        newest=newest,
        is_newest=draft.base_id == newest.pk,
        short=in_short(told),
        tables=by_table(told),
        conflicts=[conflict_told(here, each, number, names, {}, author) for number, each in enumerate(conflicts)],
        hidden={"revision": draft.revision, "number": newest.number},
        action=here.url("draft_newest", pk=draft.pk),
        problems=problems,
        sentences=list(sentences),
    )


URLS: list[URLPattern] = [
    path("places/<slug:slug>/proposals/<int:pk>/settle/", draft_settle, name="draft_settle"),
    path("places/<slug:slug>/proposals/<int:pk>/newest/", draft_newest, name="draft_newest"),
]
"""Addresses of merging."""
