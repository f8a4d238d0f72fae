"""Drafts and proposals: to read, and made from a file."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest
from ninja import File, Form, Router, Status, UploadedFile
from ninja.pagination import paginate

from tripleaim.errors import PlanProblems
from tripleaim.loading.uploaded import read_uploaded
from tripleaim.web.api.door import Token, asked_wrongly, place_for
from tripleaim.web.api.places import NOT_DONE, Pages, version_for
from tripleaim.web.api.records import DraftRecord, Refusal
from tripleaim.web.workspace.actions.drafts import start_draft
from tripleaim.web.workspace.models import Draft
from tripleaim.web.workspace.rights import may, require

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
    base: Form[int | None] = None,
) -> Status[DraftRecord]:
    """A draft of one of your organisations that holds the plan in the file; nothing is kept of a plan with problems.

    It is read as the command line reads it. Proposing it to the other partners is left to a person.
    """
    place = place_for(request, slug)
    partner = place.partners.filter(key=organisation).first()
    if partner is None:
        known = ", ".join(sorted(place.partners.exclude(key="").values_list("key", flat=True)))
        raise PlanProblems(
            [asked_wrongly("organisation", organisation, f"one of {known}", "write the key of your own")]
        )
    require(request.user, "draft.make", partner)
    newest = place.versions.first() if base is None else version_for(request, slug, base)
    if newest is None:
        raise Http404
    with TemporaryDirectory(prefix="tripleaim-upload-") as folder:
        kept = Path(folder) / ("upload" + Path(file.name or "").suffix[:6])
        with kept.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        plan = read_uploaded(kept, file.name or "the file")
    made = start_draft(request.user, partner, newest, title, why, plan)  # type: ignore[arg-type]
    return Status(201, DraftRecord.of(made))
