"""A draft's own page: what it changes in words and in money, why, who said what, and what can be done with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from tripleaim.errors import PlanProblems
from tripleaim.web.workspace.actions import runs
from tripleaim.web.workspace.actions.comments import comment
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import Comment, Draft, DraftEdit, Partner
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.rights import PARTNERS, roles_in
from tripleaim.web.workspace.told.changes import Told, by_table, changes_told, in_short
from tripleaim.web.workspace.told.money import in_money
from tripleaim.web.workspace.told.rows import field_words, row_key, row_words, table_words
from tripleaim.web.workspace.told.texts import parcel
from tripleaim.web.workspace.views.drafts.found import TAGS, back_to, draft_seen
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.versions import plan_file
from tripleaim.web.workspace.wording import cut

SHOWN_EACH = 40
"""So many changes of a table stand on the page; all of them on request."""
MOST_SAID = 200
BEHIND_MATTERS = (DraftState.WORKING, DraftState.PROPOSED)
MOST_EDITS = 100


@at_place("proposals")
def draft(here: Here, pk: int) -> HttpResponse:
    """A draft, whole."""
    return draft_page(here, draft_seen(here, pk))


def draft_page(here: Here, shown: Draft, status: int = 200, said: str = "", sentence: str = "") -> HttpResponse:
    """The page of a draft; with what was typed as a comment, where that was refused."""
    told = changes_told(parcel(shown.base.content_id), parcel(shown.content_id))
    edits = DraftEdit.objects.filter(draft=shown).select_related("person").defer("changes").order_by("-revision")
    comments = Comment.objects.filter(draft=shown).select_related("person", "partner__organisation")
    newest = here.version
    may_edit = here.may("draft.edit", shown)
    is_working = shown.state == DraftState.WORKING
    partners = speaks_for(here)
    about = here.request.POST.get("about") or here.request.GET.get("about", "")
    return here.page(
        "drafts/draft.html",
        status,
        draft=shown,
        tag=TAGS.get(shown.state, "tag"),
        count=len(told),
        short=in_short(told),
        tables=by_table(told),
        everything=here.request.GET.get("all") == "yes",
        shown_each=SHOWN_EACH,
        money=in_money(here.place, shown.base.content_id, shown.content_id, shown) if told else None,
        names={
            shown.base.content_id: f"version {shown.base.number}",
            shown.content_id: "this draft",
        },
        edits=list(edits[:MOST_EDITS]),
        comments=[(each, _about_words(each)) for each in comments[:MOST_SAID]],
        abouts=[(_about(each), cut(_sentence_start(each), 90)) for each in told[:MOST_SAID]],
        about=about,
        said=said,
        sentence=sentence,
        speaks_for=partners,
        partner_options=[(each.pk, each.organisation.name) for each in partners],
        is_working=is_working,
        is_proposed=shown.state == DraftState.PROPOSED,
        is_behind=bool(newest and newest.pk != shown.base_id and shown.state in BEHIND_MATTERS),
        may_edit=may_edit and is_working,
        may_bring_up=may_edit,
        may_propose=here.may("draft.propose", shown),
        may_accept=here.may("draft.accept", shown) and shown.state == DraftState.PROPOSED,
        may_comment=here.may("draft.comment", shown),
        may_ask=here.may("run.ask", shown),
        row_url=_row_url(here, shown, may_edit and is_working),
    )


def speaks_for(here: Here) -> tuple[Partner, ...]:
    """The organisations the reader may comment for."""
    return tuple(each for each in here.partners if PARTNERS & roles_in(here.person, here.place.pk, each.pk))


def _about(told: Told) -> str:
    return f"{told.table}|{told.row}|{told.field}"


def _sentence_start(told: Told) -> str:
    return f"{told.table_words}: {told.words}" + (f", {told.label.lower()}" if told.field else "")


def _about_words(said: Comment) -> str:
    if not said.table:
        return ""
    row = row_words(said.table, row_key(said.row))
    return f"{table_words(said.table)}: {row}" + (f", {field_words(said.field).lower()}" if said.field else "")


def _row_url(here: Here, shown: Draft, editable: bool) -> object:
    """Answers for a change where its row can be changed; None where it cannot."""
    if not editable:
        return None
    return lambda each: here.url("draft_row", pk=shown.pk, table=each.table, key=each.row)


@require_POST
@at_place("proposals")
def draft_comment(here: Here, pk: int) -> HttpResponse:
    """Say something of a draft."""
    shown = draft_seen(here, pk)
    here.require("draft.comment", shown)
    text, about = here.request.POST.get("text", ""), here.request.POST.get("about", "")
    partners = speaks_for(here)
    chosen = here.request.POST.get("partner", "")
    partner = next((each for each in partners if str(each.pk) == chosen), partners[0] if partners else None)
    table, row, field = [*about.split("|"), "", "", ""][:3] if about else ("", "", "")
    try:
        if partner is None:
            raise NotNow("You can comment only for an organisation you belong to here.")
        comment(here.person, partner, shown, text, table=table, row=row, field=field)
    except NotNow as refused:
        return draft_page(here, shown, 422, text, str(refused))
    messages.success(here.request, "Your comment is there for everybody who sees this draft.")
    return HttpResponseRedirect(here.url("draft", pk=shown.pk) + "#said", status=303)


@require_POST
@at_place("proposals")
def draft_work_out(here: Here, pk: int) -> HttpResponse:
    """Have what the draft does to the money worked out: both plans, where there is no result yet."""
    shown = draft_seen(here, pk)
    here.require("run.ask", shown)
    try:
        runs.ask(here.person, here.place, shown.base.content, "run", {})
        runs.ask(here.person, here.place, shown.content, "run", {}, shown)
    except PlanProblems as refused:
        return draft_page(here, shown, 422, sentence=str(refused))
    except NotNow as refused:
        return draft_page(here, shown, 422, sentence=str(refused))
    return back_to(here, shown, "It is being worked out. Come back in about a minute.")


@at_place("proposals")
def draft_download(here: Here, pk: int, form: str) -> HttpResponse:
    """The plan as the draft has it, as a file that can be filled in and given back."""
    shown = draft_seen(here, pk)
    return plan_file(shown.content_id, f"{here.place.slug}-draft-{shown.pk}-revision-{shown.revision}", form)


_AT = "places/<slug:slug>/proposals/<int:pk>/"
URLS: list[URLPattern] = [
    path(_AT, draft, name="draft"),
    path(f"{_AT}comment/", draft_comment, name="draft_comment"),
    path(f"{_AT}work-out/", draft_work_out, name="draft_work_out"),
    path(f"{_AT}as/<str:form>/", draft_download, name="draft_download"),
]
"""Addresses of a draft."""
