"""What is worked out for a place: each question with its state, and the form that asks one."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from tripleaim.errors import PlanProblems
from tripleaim.web.workspace.actions import runs
from tripleaim.web.workspace.jobs.asked import LABELS, QUESTIONS, RULES, Offered, Question, read_options
from tripleaim.web.workspace.jobs.made import CONTENTS
from tripleaim.web.workspace.models import Content, Draft, Run, RunFile, Version
from tripleaim.web.workspace.models.run import RunState
from tripleaim.web.workspace.rights import BY_NAME, standing
from tripleaim.web.workspace.views import run as one_run
from tripleaim.web.workspace.views import run_files
from tripleaim.web.workspace.views.frame import Here, at_place
from tripleaim.web.workspace.views.run_told import NAMES, UNDER_WAY, RunTold, told

A_PAGE = 50


@dataclass(kw_only=True)
class Card:
    """One question of the newest version: what there is, and what to do next."""

    question: Question
    name: str
    now: RunTold | None
    """The run on the newest version: under way, done, or the last that ended otherwise."""
    before: RunTold | None
    """The last answer on an older version, where there is none on the newest."""
    headline: str = ""
    """What the newest of these answers, in a sentence."""

    @property
    def answer(self) -> RunTold | None:
        """The newest answer."""
        return self.now if self.now and self.now.is_done else self.before

    @property
    def tag(self) -> tuple[str, str]:
        """Its state in words, and the class of the tag."""
        if self.now:
            return self.now.tag
        return ("Out of date", "tag tag-open") if self.before else ("Not asked yet", "tag")


@require_safe
@at_place("results")
def results(here: Here) -> HttpResponse:
    """Every question of the newest version, and everything worked out before."""
    numbers = dict(here.place.versions.order_by("number").values_list("content_id", "number"))
    every = _seen(here)
    page = Paginator(every.order_by("-asked_at", "-pk"), A_PAGE).get_page(here.request.GET.get("page"))
    return here.page(
        "results/results.html",
        cards=_cards(here, every, numbers),
        rows=[_told(here, run, numbers) for run in page],
        page=page,
        may_ask=here.may("run.ask"),
    )


def _seen(here: Here) -> QuerySet[Run]:
    """Runs of this place that the reader may see: those of shared plans, and of drafts of their own organisations."""
    may_see = BY_NAME["draft.see"].roles
    own = [partner for partner, roles in standing(here.person).get(here.place.pk, {}).items() if roles & may_see]
    of_own = Run.objects.filter(place=here.place, draft__partner__in=own)
    return (runs.seen_by(here.place) | of_own).select_related("asked_by", "draft")


def _told(here: Here, run: Run, numbers: dict[str, int]) -> RunTold:
    return told(run, numbers.get(run.content_id), here.version)


def _cards(here: Here, every: QuerySet[Run], numbers: dict[str, int]) -> list[Card]:
    if here.version is None:
        return []
    newest = list(runs.seen_by(here.place).filter(content_id=here.version.content_id).select_related("asked_by"))
    last = runs.seen_by(here.place).filter(state=RunState.DONE, content_id__in=numbers).order_by()
    older = Run.objects.filter(pk__in=last.values("kind").annotate(last=Max("pk")).values("last"))
    before = {run.kind: _told(here, run, numbers) for run in older.select_related("asked_by", "draft")}
    cards = [
        Card(question=question, name=NAMES[kind], now=_now(here, newest, kind, numbers), before=before.get(kind))
        for kind, question in QUESTIONS.items()
    ]
    _with_headlines(cards)
    return cards


def _with_headlines(cards: list[Card]) -> None:
    """Give each card the sentence of its answer, asked of the database at once."""
    shown = {card.answer.run.pk: card for card in cards if card.answer}
    files = RunFile.objects.filter(run__in=list(shown), name=CONTENTS).values_list("run_id", "packed")
    for run, packed in files:
        shown[run].headline = json.loads(zlib.decompress(packed)).get("headline", "")


def _now(here: Here, newest: list[Run], kind: str, numbers: dict[str, int]) -> RunTold | None:
    """Of the runs on the newest version the one to tell: under way, then done, then the last."""
    own = sorted((run for run in newest if run.kind == kind), key=lambda run: run.pk, reverse=True)
    for states in (UNDER_WAY, (RunState.DONE,), tuple(RunState)):
        for run in own:
            if run.state in states:
                return _told(here, run, numbers)
    return None


# ---- The form --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@at_place("results")
def ask(here: Here, kind: str) -> HttpResponse:
    """The form that asks one question of the newest version, an older one, or a draft."""
    question = QUESTIONS.get(kind)
    if question is None:
        raise Http404
    asked = here.request.POST if here.request.method == "POST" else here.request.GET
    draft, version = _which(here, asked)
    here.require("run.ask", draft or here.place)
    content = _content(draft, version)
    if here.request.method != "POST":
        return _form(here, question, draft, version, content, {})
    typed = _typed(asked, question)
    try:
        run = runs.ask(here.person, here.place, content, kind, typed, draft)
    except PlanProblems as refusal:
        return _form(here, question, draft, version, content, typed, refusal)
    if run.state == RunState.DONE:
        messages.info(here.request, "This had been worked out already, with the same options. Here it is.")
    return one_run.see_other(here.url("run", pk=run.pk))


def _which(here: Here, asked: QueryDict) -> tuple[Draft | None, Version | None]:
    """The draft or version that is meant: the newest version where none is named.

    raises : Http404 where there is none such, or none for this reader
    """
    if draft := asked.get("draft"):
        return here.find(Draft, "draft.see", pk=_number(str(draft))), None
    if version := asked.get("version"):
        return None, here.find(Version, number=_number(str(version)))
    if here.version is None:
        raise Http404
    return None, here.version


def _number(words: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) < 10):
        raise Http404
    return int(words)


def _content(draft: Draft | None, version: Version | None) -> Content:
    """The plan that is asked about."""
    thing = draft or version
    assert thing is not None
    return thing.content


def _typed(asked: QueryDict, question: Question) -> dict[str, Any]:
    """What was typed, by option; several schemes are a list."""
    return {
        name: asked.getlist(name) if name == "schemes" else asked.get(name, "")
        for name in question.takes
        if name in asked
    }


def _form(
    here: Here,
    question: Question,
    draft: Draft | None,
    version: Version | None,
    content: Content,
    typed: dict[str, Any],
    refusal: PlanProblems | None = None,
) -> HttpResponse:
    here.trail = [("Results", here.url("results"))]
    offered = Offered(bytes(content.packed))
    problems = refusal.problems if refusal else ()
    names = {words: name for name, words in LABELS.items()}
    return here.page(
        "results/ask.html",
        status=422 if refusal else 200,
        question=question,
        labels=LABELS,
        usual=read_options(question.kind, {}, offered),
        typed=typed,
        aims=offered.aims if "aim" in question.takes else {},
        rules=RULES if "rule" in question.takes else {},
        forms=offered.forms if "form" in question.takes else {},
        schemes=offered.schemes if "schemes" in question.takes else {},
        problems=problems,
        wrong={names[each.file]: each for each in problems if each.file in names},
        draft=draft,
        asked_version=version,
        of=f"Version {version.number}" if version else f"Draft “{draft.title if draft else ''}”",
    )


URLS: list[URLPattern] = [
    path("places/<slug:slug>/results/", results, name="results"),
    path("places/<slug:slug>/results/ask/<str:kind>/", ask, name="run_ask"),
    *one_run.URLS,
    *run_files.URLS,
]
