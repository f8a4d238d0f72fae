"""The draft a page is about, and what every page of it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from tripleaim.errors import Problem
from tripleaim.loading.row_problems import RowProblem
from tripleaim.web.workspace.actions.revisions import Saved
from tripleaim.web.workspace.models import Draft
from tripleaim.web.workspace.rights import may
from tripleaim.web.workspace.told.rows import row_name
from tripleaim.web.workspace.views.frame import Here

TAGS = {"working": "tag", "proposed": "tag tag-wait", "accepted": "tag tag-good", "declined": "tag tag-stop"}
_MOST_NAMED = 3


def draft_seen(here: Here, pk: int) -> Draft:
    """The draft, for whoever may see it.

    raises : Http404
    """
    found = (
        Draft.objects.filter(place=here.place, pk=pk)
        .select_related("partner__organisation", "made_by", "proposed_by", "ended_by", "base", "became", "place")
        .first()
    )
    if found is None or not may(here.person, "draft.see", found):
        raise Http404
    here.trail = [("Proposals", here.url("drafts"))]
    return found


def below(here: Here, draft: Draft) -> None:
    """Note that the page is one below the draft's own."""
    here.trail = [("Proposals", here.url("drafts")), (draft.title, here.url("draft", pk=draft.pk))]


def whole(here: Here, name: str, least: int = 1) -> int:
    """A whole number that a form of ours carries.

    raises : Http404 for a form that is not ours
    """
    text = here.request.POST.get(name, "")
    if not text.isdecimal() or len(text) > 9 or int(text) < least:
        raise Http404
    return int(text)


def back_to(here: Here, draft: Draft, said: str) -> HttpResponse:
    """To the draft's page, with a message there."""
    messages.success(here.request, said)
    return HttpResponseRedirect(here.url("draft", pk=draft.pk), status=303)


def told_saved(here: Here, saved: Saved, *, settled: bool = False) -> None:
    """Say that a change was saved, and with whose it was joined, or that the answers to what collided hold."""
    messages.success(here.request, f"Saved in “{saved.draft.title}”.")
    if settled:
        messages.info(here.request, "Where two had changed the same, what you answered holds. Everything else is kept.")
    elif saved.joined:
        who = list(dict.fromkeys(str(each.person) for each in saved.joined if each.person_id != here.person.pk))
        names = ", ".join(who[:_MOST_NAMED]) or "you in another window"
        messages.info(
            here.request, f"Meanwhile {names} saved changes to the same draft. Nothing collided: it now holds both."
        )


def problem_records(
    problems: Iterable[Problem], ids: Mapping[tuple[str, str], str] | None = None
) -> list[dict[str, Any]]:
    """Problems as a page tells them, each with the id of the field on the page that it is about, if it is there.

    ids : (name of a row, column) → id of the field
    """
    told = []
    for each in problems:
        name = row_name(each.key) if isinstance(each, RowProblem) else ""
        place = (ids or {}).get((name, each.field or ""), "")
        told.append(
            {"where": each.where, "found": each.found, "expected": each.expected, "to_fix": each.to_fix, "id": place}
        )
    return told
