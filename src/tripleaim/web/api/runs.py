"""Runs: asked for, watched, stopped, and what they made."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from tripleaim.errors import PlanProblems
from tripleaim.web.api.door import Token, asked_wrongly, place_for, tagged
from tripleaim.web.api.drafts import draft_for
from tripleaim.web.api.places import NOT_DONE, Pages, Told, version_for
from tripleaim.web.api.records import FileRecord, Refusal, RunRecord
from tripleaim.web.workspace.actions import runs as run_actions
from tripleaim.web.workspace.models import Run
from tripleaim.web.workspace.models.run import RunKind, RunState
from tripleaim.web.workspace.rights import may
from tripleaim.web.workspace.views.onward import reader

router = Router(auth=Token("read"))


class AskedRun(Schema):
    """A question to a version, or to a draft you may see."""

    kind: RunKind
    version: int | None = None
    draft: int | None = None
    options: dict[str, Any] = Field(default_factory=dict)


@router.get("/places/{slug}/runs", response={200: list[RunRecord], **NOT_DONE}, summary="Runs")
@paginate(Pages)
def runs(request: HttpRequest, slug: str) -> Told:
    """Runs of shared versions and of drafts you may see, newest first."""
    place = place_for(request, slug)
    hidden = [each.pk for each in place.drafts.all() if not may(request.user, "draft.see", each)]
    return Told(place.runs.exclude(draft__in=hidden), RunRecord.of)


@router.post(
    "/places/{slug}/runs",
    auth=Token("run"),
    response={202: RunRecord, 409: Refusal, **NOT_DONE},
    summary="Ask for a run, stress test, choice or sharing",
)
def ask(request: HttpRequest, slug: str, asked: AskedRun) -> Status[RunRecord]:
    """The run that answers this: one there is already, or a new one that waits. Ask again with GET until it is done."""
    place = place_for(request, slug)
    if (asked.version is None) == (asked.draft is None):
        raise PlanProblems(
            [asked_wrongly("version, draft", "both or neither", "one of the two", "name a version or a draft")]
        )
    draft = draft_for(request, slug, asked.draft) if asked.draft is not None else None
    content = draft.content if draft else version_for(request, slug, asked.version or 0).content
    found = run_actions.ask(reader(request), place, content, asked.kind, asked.options, draft)
    return Status(202, RunRecord.of(found))


@router.get("/places/{slug}/runs/{int:number}", response={200: RunRecord, **NOT_DONE}, summary="One run")
def run(request: HttpRequest, slug: str, number: int) -> RunRecord:
    """How far a run is, or why there is no answer."""
    return RunRecord.of(run_for(request, slug, number))


@router.post(
    "/places/{slug}/runs/{int:number}/stop",
    auth=Token("run"),
    response={200: RunRecord, 409: Refusal, **NOT_DONE},
    summary="Stop a run",
)
def stop(request: HttpRequest, slug: str, number: int) -> RunRecord:
    """Stop a run that waits or is being worked out."""
    return RunRecord.of(run_actions.stop(reader(request), run_for(request, slug, number)))


@router.get(
    "/places/{slug}/runs/{int:number}/files", response={200: list[FileRecord], **NOT_DONE}, summary="Files of a run"
)
def files(request: HttpRequest, slug: str, number: int) -> list[FileRecord]:
    """What a finished run made: its result.json, the table behind every picture as CSV, its workbook."""
    names = run_for(request, slug, number).files.order_by("name").values_list("name", flat=True)
    return [FileRecord(name=name) for name in names]


@router.get("/places/{slug}/runs/{int:number}/files/{path:name}", response=NOT_DONE, summary="One file of a run")
@tagged(lambda request, slug, number, name: f"run-{run_for(request, slug, number).pk}-{name}")
def file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """A file as it was made."""
    found = run_for(request, slug, number)
    kept = found.files.filter(name=name).first() if found.state == RunState.DONE else None
    if kept is None:
        raise Http404
    response = HttpResponse(zlib.decompress(kept.packed), content_type=_KINDS.get(Path(name).suffix, "text/plain"))
    response["Content-Disposition"] = f'attachment; filename="{Path(name).name}"'
    return response


_KINDS = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def run_for(request: HttpRequest, slug: str, number: int) -> Run:
    """A run that the person may see.

    raises : Http404
    """
    found = place_for(request, slug).runs.filter(pk=number).first()
    if found is None or not may(request.user, "run.see", found):
        raise Http404
    return found
