"""Drafts and proposals: to read, and made from a file."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Router, Status, UploadedFile
from ninja.pagination import paginate

from tripleaim.errors import PlanProblems
from tripleaim.loading.differences import differences
from tripleaim.web.api.door import Token, asked_wrongly, place_for, tagged
from tripleaim.web.api.places import NOT_DONE, Pages, Told
from tripleaim.web.api.records import CommentRecord, DraftRecord, Refusal
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.actions.drafts import start_draft
from tripleaim.web.workspace.actions.revisions import newest_of
from tripleaim.web.workspace.models import Draft
from tripleaim.web.workspace.rights import may, require
from tripleaim.web.workspace.uploads import receive
from tripleaim.web.workspace.views.onward import reader

router = Router(auth=Token("read"))


@router.get("/places/{slug}/drafts", response={200: list[DraftRecord], **NOT_DONE}, summary="Drafts and proposals")
@paginate(Pages)
def drafts(request: HttpRequest, slug: str) -> list[DraftRecord]:
    """Proposals of all organisations, and drafts of your own."""
    there = place_for(request, slug).drafts.select_related("partner__organisation", "base")
    return [DraftRecord.of(each) for each in there if may(request.user, "draft.see", each)]


@router.get("/places/{slug}/drafts/{int:number}", response={200: DraftRecord, **NOT_DONE}, summary="One draft")
def draft(request: HttpRequest, slug: str, number: int) -> DraftRecord:
    """A draft you may see."""
    return DraftRecord.of(draft_for(request, slug, number))


@router.get("/places/{slug}/drafts/{int:number}/plan.zip", response=NOT_DONE, summary="The plan of a draft, as zip")
@tagged(lambda request, slug, number: draft_for(request, slug, number).content_id)
def draft_plan(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The whole plan as the draft would have it."""
    response = HttpResponse(bytes(draft_for(request, slug, number).content.packed), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{slug}-draft-{number}.zip"'
    return response


@router.get(
    "/places/{slug}/drafts/{int:number}/changes",
    response={200: list[dict[str, Any]], **NOT_DONE},
    summary="What a draft changes",
)
def draft_changes(request: HttpRequest, slug: str, number: int) -> list[dict[str, Any]]:
    """Every change against the version it was made from: file, row, field, old, new."""
    found = draft_for(request, slug, number)
    changes = differences(plan_of(found.base.content), plan_of(found.content))
    return [{"file": d.file, "row": d.row, "field": d.field, "old": d.old, "new": d.new} for d in changes]


@router.get(
    "/places/{slug}/drafts/{int:number}/comments",
    response={200: list[CommentRecord], **NOT_DONE},
    summary="What is said of a draft",
)
@paginate(Pages)
def comments(request: HttpRequest, slug: str, number: int) -> Told:
    """Comments, of the whole or of one field, oldest first."""
    there = draft_for(request, slug, number).comments.select_related("person", "partner__organisation")
    return Told(there, CommentRecord.of)


def draft_for(request: HttpRequest, slug: str, number: int) -> Draft:
    """A draft that the person may see.

    raises : Http404
    """
    found = place_for(request, slug).drafts.select_related("partner__organisation", "base").filter(pk=number).first()
    if found is None or not may(request.user, "draft.see", found):
        raise Http404
    return found


@router.post(
    "/places/{slug}/drafts",
    auth=Token("upload"),
    response={201: DraftRecord, 409: Refusal, **NOT_DONE},
    summary="Make a draft from a workbook or a zip file",
)
def upload(
    request: HttpRequest,
    slug: str,
    organisation: Form[str],
    title: Form[str],
    file: File[UploadedFile],
    why: Form[str] = "",
) -> Status[DraftRecord]:
    """A draft of one of your organisations that holds the plan in the file; nothing is kept of a plan with problems.

    It is read as the command line reads it. A workbook of one organisation's part is taken into the version it was made
    from. Proposing the draft to the other partners is left to a person.
    """
    place = place_for(request, slug)
    named = place.partners.filter(Q(key=organisation) | Q(organisation__name=organisation))
    partner = named.first() if organisation else None
    if partner is None:
        known = ", ".join(sorted(place.partners.exclude(key="").values_list("key", flat=True)))
        problem = asked_wrongly("organisation", organisation, f"one of {known}", "write the key or name of your own")
        raise PlanProblems([problem])
    require(request.user, "draft.make", partner)
    versions = {each.content_id: each for each in place.versions.select_related("content").order_by("number")}
    newest = newest_of(place.pk)
    received = receive(file, newest.content, {name: each.content for name, each in versions.items()})
    base = versions.get(received.made_from, newest)
    made = start_draft(reader(request), partner, base, title, why, received.plan)
    return Status(201, DraftRecord.of(made))
