"""Places, their organisations, versions, challenges and audit, to read."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router
from ninja.pagination import LimitOffsetPagination, paginate

from tripleaim.loading.differences import differences
from tripleaim.loading.packed import packed_table
from tripleaim.loading.workbook.make import workbook_bytes
from tripleaim.plan.tables import TABLES
from tripleaim.web.api.door import Token, place_for, tagged
from tripleaim.web.api.records import (
    AuditRecord,
    ChallengeRecord,
    PartnerRecord,
    PlaceRecord,
    Refusal,
    TableRecord,
    VersionRecord,
)
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.models import AuditEvent, Place, Version
from tripleaim.web.workspace.rights import standing

router = Router(auth=Token("read"))
NOT_DONE = {401: Refusal, 403: Refusal, 404: Refusal, 422: Refusal}
"""What every answer may be instead."""
ROWS = 1000
"""Rows of a table in one answer at most."""


def version_for(request: HttpRequest, slug: str, number: int) -> Version:
    """A version of a place that the person may see.

    raises : Http404
    """
    found = place_for(request, slug, "version.download").versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _mark(request: HttpRequest, slug: str, number: int, **_: Any) -> str:
    return version_for(request, slug, number).content_id


@router.get("/places", response={200: list[PlaceRecord], **NOT_DONE}, summary="The places you belong to")
def places(request: HttpRequest) -> list[PlaceRecord]:
    """Every place in which you have a role, by name."""
    mine = Place.objects.filter(pk__in=standing(request.user)).annotate(newest=Max("versions__number"))
    return [PlaceRecord.of(each, each.newest) for each in mine.order_by("name")]


@router.get("/places/{slug}", response={200: PlaceRecord, **NOT_DONE}, summary="One place")
def place(request: HttpRequest, slug: str) -> PlaceRecord:
    """A place and the number of its newest version."""
    found = place_for(request, slug)
    return PlaceRecord.of(found, found.versions.aggregate(newest=Max("number"))["newest"])


@router.get(
    "/places/{slug}/organisations", response={200: list[PartnerRecord], **NOT_DONE}, summary="Its organisations"
)
def organisations(request: HttpRequest, slug: str) -> list[PartnerRecord]:
    """The organisations of a place, by name."""
    partners = place_for(request, slug).partners.select_related("organisation").order_by("organisation__name")
    return [PartnerRecord.of(each) for each in partners]


class Told:
    """Rows of a query told as records, only those of the page that is asked for."""

    def __init__(self, rows: QuerySet[Any], tell: Any) -> None:
        self.rows, self.tell = rows, tell

    def __getitem__(self, part: slice) -> list[Any]:
        return [self.tell(each) for each in self.rows[part]]

    def count(self) -> int:
        """Rows in all."""
        return self.rows.count()

    def all(self) -> Told:
        """Itself: the pagination asks for it."""
        return self


class Pages(LimitOffsetPagination):
    """`limit` and `offset`; the answer has `items` and `count`."""

    class Input(LimitOffsetPagination.Input):
        """No more than a database can count."""

        limit: int = Field(100, ge=1, le=10**9)
        offset: int = Field(0, ge=0, le=10**9)


@router.get("/places/{slug}/versions", response={200: list[VersionRecord], **NOT_DONE}, summary="Its versions")
@paginate(Pages)
def versions(request: HttpRequest, slug: str) -> Told:
    """Shared versions, newest first."""
    return Told(place_for(request, slug).versions.select_related("partner__organisation"), VersionRecord.of)


@router.get("/places/{slug}/versions/{int:number}", response={200: VersionRecord, **NOT_DONE}, summary="One version")
def version(request: HttpRequest, slug: str, number: int) -> VersionRecord:
    """What is known of a version beside its content."""
    return VersionRecord.of(version_for(request, slug, number))


@router.get(
    "/places/{slug}/versions/{int:number}/tables/{table}",
    response={200: TableRecord, **NOT_DONE},
    summary="A table of a version",
)
@tagged(lambda request, slug, number, table, limit, offset: f"{_mark(request, slug, number)}-{table}-{limit}-{offset}")
def table(request: HttpRequest, slug: str, number: int, table: str, limit: int = ROWS, offset: int = 0) -> Any:
    """Rows of one table as its file has them: texts, by column. docs/tables says what each column means."""
    if table not in {form.name for form in TABLES}:
        raise Http404
    rows = packed_table(bytes(version_for(request, slug, number).content.packed), table)
    some = rows[max(offset, 0) : max(offset, 0) + min(max(limit, 0), ROWS)]
    columns = list(rows[0]) if rows else []
    return TableRecord(name=table, columns=columns, rows=[dict(row) for row in some], count=len(rows))


@router.get(
    "/places/{slug}/versions/{int:number}/plan.{form}", response=NOT_DONE, summary="A whole version, as zip or xlsx"
)
@tagged(lambda request, slug, number, form: f"{_mark(request, slug, number)}-{form}")
def whole(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """The plan folder in a zip file, or the workbook: both read back with the same fingerprint."""
    found = version_for(request, slug, number)
    if form == "zip":
        response = HttpResponse(bytes(found.content.packed), content_type="application/zip")
    elif form == "xlsx":
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(workbook_bytes(plan_of(found.content)), content_type=kind)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{slug}-version-{number}.{form}"'
    return response


@router.get(
    "/places/{slug}/versions/{int:older}/to/{int:newer}",
    response={200: list[dict[str, Any]], **NOT_DONE},
    summary="What changed between two versions",
)
def changes(request: HttpRequest, slug: str, older: int, newer: int) -> list[dict[str, Any]]:
    """Every change: file, row, field, old, new. A row added or removed has no field."""
    old, new = version_for(request, slug, older), version_for(request, slug, newer)
    found = differences(plan_of(old.content), plan_of(new.content))
    return [{"file": d.file, "row": d.row, "field": d.field, "old": d.old, "new": d.new} for d in found]


@router.get("/places/{slug}/challenges", response={200: list[ChallengeRecord], **NOT_DONE}, summary="Challenges")
@paginate(Pages)
def challenges(request: HttpRequest, slug: str) -> Told:
    """Challenges to numbers of the plan, with their answers, newest first."""
    there = place_for(request, slug).challenges.select_related("person", "partner__organisation")
    return Told(there.prefetch_related("answers__person", "answers__partner__organisation"), ChallengeRecord.of)


@router.get("/places/{slug}/audit", response={200: list[AuditRecord], **NOT_DONE}, summary="The audit of a place")
@paginate(Pages)
def audit(request: HttpRequest, slug: str) -> QuerySet[AuditEvent]:
    """Every write, oldest first; for auditors and convenors."""
    found = place_for(request, slug, "audit.see")
    return AuditEvent.objects.filter(place=found.slug).order_by("number")
