"""Tables and figures of an answer, to take away: as they were kept, with the spreadsheet of a table made when asked."""

from __future__ import annotations

import json
import zlib
from pathlib import PurePosixPath

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from tripleaim.reports.one_table import workbook_of_csv
from tripleaim.web.workspace.jobs.made import BOOK, CONTENTS, RESULT
from tripleaim.web.workspace.models import Run
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.run import find
from tripleaim.web.workspace.views.run_told import RunTold

KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Ending → type of the file."""
OTHER_NAMES = {f"{kind}.json": RESULT for kind in ("stress", "choose", "share")}
"""Names that pages of the reports give a file → the name it is kept under."""


@require_safe
@at_place("results")
def run_file(here: Here, pk: int, name: str) -> HttpResponse:
    """One file of an answer."""
    it = find(here, pk)
    if not it.is_done or it.run.ended_at is None:
        raise Http404
    kept = OTHER_NAMES.get(name, name)
    ending = PurePosixPath(kept).suffix
    if ending not in KINDS or not (kept.startswith("data/") or kept in (BOOK, RESULT)):
        raise Http404
    return _unless_known(here.request, it.run, kept) or _sent(here, it, kept, ending)


def _unless_known(request: HttpRequest, run: Run, name: str) -> HttpResponse | None:
    """The short answer to a browser that has it already, where it may still have it."""
    assert run.ended_at is not None
    answer = get_conditional_response(request, etag=_mark(run, name), last_modified=int(run.ended_at.timestamp()))
    return answer


def _mark(run: Run, name: str) -> str:
    """Names the bytes of a file: those of a run never change."""
    return f'"{run.cache_key[:24]}-{run.pk}-{zlib.crc32(name.encode()):08x}"'


def _sent(here: Here, it: RunTold, name: str, ending: str) -> HttpResponse:
    content = _content(it, name)
    answer = HttpResponse(content, content_type=KINDS[ending])
    shown = f"{here.place.slug}-{it.run.kind}-{it.run.content_id[:8]}-{PurePosixPath(name).name}"
    answer["Content-Disposition"] = f'attachment; filename="{shown}"'
    answer["ETag"] = _mark(it.run, name)
    assert it.run.ended_at is not None
    answer["Last-Modified"] = http_date(it.run.ended_at.timestamp())
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _content(it: RunTold, name: str) -> bytes:
    """A file as it was kept; of a table also as a spreadsheet.

    raises : Http404
    """
    kept = it.run.files.filter(name=name).first()
    if kept is not None:
        return zlib.decompress(kept.packed)
    table = it.run.files.filter(name=name.removesuffix(".xlsx") + ".csv").first() if name.endswith(".xlsx") else None
    if table is None:
        raise Http404
    text = zlib.decompress(table.packed).decode()
    return workbook_of_csv(PurePosixPath(name).stem, text, _title(it, PurePosixPath(name).stem), _notes(it))


def _title(it: RunTold, table: str) -> str:
    return f"{it.run.place.name}: {table.replace('_', ' ')}"


def _notes(it: RunTold) -> list[str]:
    about = it.run.files.filter(name=CONTENTS).first()
    page = json.loads(zlib.decompress(about.packed))["title"] if about else it.question.title
    drawn = [f"{words}: {value}." for words, value in it.options]
    return [
        f"From “{page}”, {it.of.lower() if it.number else it.of}, fingerprint {it.run.content_id}.",
        *drawn,
        f"Worked out by Triple Aim {it.run.program}.",
    ]


URLS: list[URLPattern] = [path("places/<slug:slug>/results/<int:pk>/<path:name>", run_file, name="run_file")]
