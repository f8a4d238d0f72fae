"""A draft begins: by hand, or from a file. A further file makes a further revision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from tripleaim.errors import PlanProblems
from tripleaim.loading.differences import Difference, differences
from tripleaim.plan import Plan
from tripleaim.reports.words import plural
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.actions.drafts import LONGEST_TITLE, start_draft
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.actions.revisions import Collision, newest_of, replace_draft
from tripleaim.web.workspace.models import Content, Draft, DraftEdit, Partner, Version
from tripleaim.web.workspace.rights import NotAllowed, refusal
from tripleaim.web.workspace.uploads import Received, nothing_chosen, receive
from tripleaim.web.workspace.views.drafts.found import below, draft_seen, problem_records, told_saved, whole
from tripleaim.web.workspace.views.drafts.merging import merge_page
from tripleaim.web.workspace.views.frame import Here, at_place

SAY_WHY = "Say why: other people will read the reason beside the change."
_REMARKS = 5
"""So many remarks on a file are told one by one."""


@at_place("proposals")
def draft_new(here: Here) -> HttpResponse:
    """The form that starts a draft."""
    here.trail = [("Proposals", here.url("drafts"))]
    partners = here.acts_for("draft.make")
    if not partners:
        raise NotAllowed(refusal("draft.make"))
    if here.request.method != "POST":
        return _form(here, partners)
    try:
        return _started(here, partners)
    except PlanProblems as refused:
        return _form(here, partners, 422, problems=problem_records(refused.problems))
    except NotNow as refused:
        return _form(here, partners, 422, sentences=[str(refused)])


def _form(here: Here, partners: tuple[Partner, ...], status: int = 200, **told: Any) -> HttpResponse:
    typed = here.request.POST
    refused = {"problems": told.get("problems", []), "sentences": told.get("sentences", [])}
    return here.page(
        "drafts/new.html",
        status,
        partners=partners,
        partner_options=[(each.pk, each.organisation.name) for each in partners],
        title=typed.get("title", ""),
        why=typed.get("why", ""),
        chosen=typed.get("partner", str(partners[0].pk)),
        longest=LONGEST_TITLE,
        had_file=bool(here.request.FILES),
        undoes=told.get("undoes", False),
        **refused,
    )


def _started(here: Here, partners: tuple[Partner, ...]) -> HttpResponse:
    partner = next((each for each in partners if str(each.pk) == here.request.POST.get("partner", "")), partners[0])
    title, why = here.request.POST.get("title", ""), here.request.POST.get("why", "")
    upload = here.request.FILES.get("file")
    newest = newest_of(here.place.pk)
    if not title.strip():
        raise NotNow("Give the draft a title, so that others know what it is about.")
    if upload is None:
        draft = start_draft(here.person, partner, newest, title, why)
        messages.success(here.request, f"“{draft.title}” is started. Choose a table and change what should change.")
        return HttpResponseRedirect(here.url("draft", pk=draft.pk), status=303)
    versions = {
        each.content_id: each
        for each in Version.objects.filter(place=here.place).select_related("content").order_by("number")
    }
    received = receive(upload, newest.content, {name: each.content for name, each in versions.items()})
    base = versions.get(received.made_from, newest)
    draft = start_draft(here.person, partner, base, title, why, received.plan)
    messages.success(here.request, f"The file was read and “{draft.title}” holds it. Look at what it changes.")
    if base.pk != newest.pk:
        messages.info(
            here.request,
            f"The file was made from version {base.number}. The newest is {newest.number}: bring the draft up to it.",
        )
    _tell_remarks(here, received)
    return HttpResponseRedirect(here.url("draft", pk=draft.pk), status=303)


@at_place("proposals")
def draft_upload(here: Here, pk: int) -> HttpResponse:
    """A further file into a draft: its next revision, joined with what was changed since the file was made."""
    draft = draft_seen(here, pk)
    here.require("draft.edit", draft)
    below(here, draft)
    if here.request.method != "POST":
        return _upload_form(here, draft)
    made_from, reason = whole(here, "made_from"), here.request.POST.get("reason", "")
    try:
        upload = here.request.FILES.get("file")
        if upload is None:
            raise nothing_chosen()
        known, revisions = _made_from(draft)
        received = receive(upload, draft.content, known)
        if not reason.strip():
            raise NotNow(SAY_WHY)
        made_from = revisions.get(received.made_from, made_from)
        undone = () if received.made_from or here.request.POST.get("replace") else _undone(draft, received.plan)
        if undone:
            return _upload_form(here, draft, 422, sentences=[_asked_first(undone)], undoes=True)
        saved = replace_draft(here.person, draft, made_from, received.plan, reason)
    except Collision as collision:
        return merge_page(here, draft, collision, reason)
    except PlanProblems as refused:
        missing = [] if reason.strip() else [SAY_WHY]
        return _upload_form(here, draft, 422, problems=problem_records(refused.problems), sentences=missing)
    except NotNow as refused:
        return _upload_form(here, draft, 422, sentences=[str(refused)])
    told_saved(here, saved)
    _tell_remarks(here, received)
    return HttpResponseRedirect(here.url("draft", pk=draft.pk), status=303)


def _undone(draft: Draft, plan: Plan) -> tuple[Difference, ...]:
    """Changes of a draft that a plan does not hold: what would be lost if it took the draft's place."""
    base, now = plan_of(draft.base.content), plan_of(draft.content)
    kept = {(each.file, each.row, each.field, each.new) for each in differences(base, plan)}
    return tuple(each for each in differences(base, now) if (each.file, each.row, each.field, each.new) not in kept)


def _asked_first(undone: Sequence[Difference]) -> str:
    told = "; ".join(str(each) for each in undone[:_REMARKS])
    more = f"; and {len(undone) - _REMARKS} more" if len(undone) > _REMARKS else ""
    return (
        f"The file does not say which plan it was made from, and it undoes {plural(len(undone), 'change')} of this "
        f"draft: {told}{more}. Choose the file again and tick the box if that is meant; or download the draft as a "
        "workbook and make your changes in that."
    )


def _made_from(draft: Draft) -> tuple[dict[str, Content], dict[str, int]]:
    """What a file for this draft may have been made from: contents of its revisions, and the revisions they are."""
    edits = DraftEdit.objects.filter(draft=draft).select_related("content").defer("changes").order_by("revision")
    return {each.content_id: each.content for each in edits}, {each.content_id: each.revision for each in edits}


def _upload_form(here: Here, draft: Draft, status: int = 200, **told: Any) -> HttpResponse:
    return here.page(
        "drafts/upload.html",
        status,
        draft=draft,
        reason=here.request.POST.get("reason", ""),
        problems=told.get("problems", []),
        sentences=told.get("sentences", []),
        had_file=bool(here.request.FILES),
        undoes=told.get("undoes", False),
    )


def _tell_remarks(here: Here, received: Received) -> None:
    if received.part_of:
        messages.info(here.request, "The workbook is one organisation’s part; it was taken into the whole plan.")
    for remark in received.remarks[:_REMARKS]:
        messages.warning(here.request, remark.told)
    if len(received.remarks) > _REMARKS:
        messages.warning(here.request, f"And {len(received.remarks) - _REMARKS} more remarks on the file.")


URLS: list[URLPattern] = [
    path("places/<slug:slug>/proposals/new/", draft_new, name="draft_new"),
    path("places/<slug:slug>/proposals/<int:pk>/upload/", draft_upload, name="draft_upload"),
]
"""Addresses of forms that take a file."""
