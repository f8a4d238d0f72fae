"""One run: how far it is, why there is no answer, or the answer itself in our frame."""

from __future__ import annotations

import json
import zlib
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh
from markupsafe import Markup

from tripleaim.reports.embedded import embedded_styles
from tripleaim.web.workspace.actions import runs
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.jobs.made import CONTENTS, PAGE, SHEET
from tripleaim.web.workspace.models import Run
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.run_told import RunTold, is_nobody_working, number_of, told, waiting_before


def see_other(address: str) -> HttpResponseRedirect:
    """A redirect after a post that worked."""
    answer = HttpResponseRedirect(address)
    answer.status_code = 303
    return answer


def find(here: Here, pk: int) -> RunTold:
    """A run of the place that the reader may see.

    raises : Http404
    """
    run = here.find(Run, "run.see", pk=pk)
    return told(run, number_of(here.place, run.content_id), here.version)


@require_safe
@at_place("results")
def run(here: Here, pk: int) -> HttpResponse:
    """A run: its answer once it is done, before that how far it is, else why there is none."""
    it = find(here, pk)
    here.trail = [("Results", here.url("results"))]
    if it.is_done:
        return _answer(here, it, PAGE, CONTENTS)
    return here.page("results/run.html", it=it, **_waiting(here, it))


@require_safe
@at_place("results")
def sheet(here: Here, pk: int) -> HttpResponse:
    """The place on a page, from a run that is done."""
    it = find(here, pk)
    here.trail = [("Results", here.url("results")), (it.question.title, here.url("run", pk=pk))]
    return _answer(here, it, SHEET, SHEET.replace(".html", ".json"))


@require_safe
@at_place("results")
def report(here: Here, pk: int) -> HttpResponse:
    """Where links of a report lead to its first page: the run."""
    return HttpResponseRedirect(here.url("run", pk=find(here, pk).run.pk))


@require_safe
@at_place("results")
def progress(here: Here, pk: int) -> HttpResponse:
    """How far a run is, to be put in place of what a page said before; the whole page anew once it has ended."""
    it = find(here, pk)
    if not it.is_under_way:
        return HttpResponseClientRefresh()
    return here.page("results/progress.html", it=it, **_waiting(here, it))


@require_POST
@at_place("results")
def stop(here: Here, pk: int) -> HttpResponse:
    """Stop a run."""
    it = find(here, pk)
    try:
        runs.stop(here.person, it.run)
        messages.success(here.request, "Stopped. Nothing was kept of the work; it can be asked for again.")
    except NotNow as refusal:
        messages.warning(here.request, str(refusal))
    return see_other(here.url("run", pk=pk))


@require_safe
@login_not_required
def styles(request: HttpRequest, mark: str) -> HttpResponse:
    """The style sheet of answers, for as long as it stays the same."""
    if mark != styles_mark():
        raise Http404
    answer = HttpResponse(embedded_styles(), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def styles_mark() -> str:
    """Names the style sheet of answers by what it says."""
    return sha256(embedded_styles().encode()).hexdigest()[:12]


def _waiting(here: Here, it: RunTold) -> dict[str, Any]:
    return {
        "before": waiting_before(it.run),
        "nobody": is_nobody_working(it.run),
        "may_stop": it.is_under_way and here.may("run.stop", it.run),
        "may_ask": here.may("run.ask", it.run),
        "again": _again(here, it),
        "run_url": here.url("run", pk=it.run.pk),
    }


def _answer(here: Here, it: RunTold, page: str, about: str) -> HttpResponse:
    kept = dict(it.run.files.filter(name__in=[page, about]).values_list("name", "packed"))
    if set(kept) != {page, about}:
        raise Http404
    part = json.loads(zlib.decompress(kept[about]))
    return here.page(
        "results/answer.html",
        it=it,
        title=part["title"],
        contents=part["contents"],
        answer=Markup(zlib.decompress(kept[page]).decode()),
        style_mark=styles_mark(),
        may_ask=here.may("run.ask", it.run),
        again=_again(here, it),
        run_url=here.url("run", pk=it.run.pk),
        is_sheet=page == SHEET,
    )


def _again(here: Here, it: RunTold) -> str:
    """Where the same question is asked again: of the newest version, or of the same draft."""
    address = here.url("run_ask", kind=it.run.kind)
    return f"{address}?draft={it.run.draft_id}" if it.number is None and it.run.draft_id else address


URLS: list[URLPattern] = [
    path("places/<slug:slug>/results/<int:pk>/", run, name="run"),
    path("places/<slug:slug>/results/<int:pk>/progress/", progress, name="run_progress"),
    path("places/<slug:slug>/results/<int:pk>/stop/", stop, name="run_stop"),
    path("places/<slug:slug>/results/<int:pk>/on_a_page.html", sheet, name="run_sheet"),
    path("places/<slug:slug>/results/<int:pk>/index.html", report, name="run_report"),
    path("styles/results-<str:mark>.css", styles, name="result_styles"),
]
