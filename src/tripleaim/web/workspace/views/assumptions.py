"""The register of assumptions, and the challenges to any number of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from tripleaim.errors import PlanProblems, Problem
from tripleaim.web.workspace.actions import challenges as actions
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.cells import Cell, cell_of
from tripleaim.web.workspace.models import Challenge, Partner
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.movers import Moved, moved
from tripleaim.web.workspace.register import KINDS, Assumed, plan_at, register_of
from tripleaim.web.workspace.views.frame import Here, at_place

A_PAGE = 50
SHOWN = (
    ("", "All"),
    ("challenged", "Challenged"),
    ("weak", "Weak sources"),
    ("mine", "My organisation’s"),
)
"""Value of `show` in the address → its words."""
_WAITING_FIRST = Case(When(state=ChallengeState.OPEN, then=0), When(state=ChallengeState.ANSWERED, then=1), default=2)


@at_place("assumptions")
def assumptions(here: Here) -> HttpResponse:
    """Every number that rests on a judgement: the value, its range, who says so, what it moves, who doubts it."""
    show = here.request.GET.get("show", "")
    found = moved(here.place)
    every = register_of(here.version.content_id) if here.version else ()
    asked = _challenges_by_cell(here)
    kept = sorted(filter(_filter(here, show, asked), every), key=_order(found))
    page = Paginator(kept, A_PAGE).get_page(here.request.GET.get("page"))
    names = _partner_names(here)
    return here.page(
        "assumptions/assumptions.html",
        page=page,
        rows=[_row(each, asked, names, found) for each in page],
        count=len(every),
        weak=sum(each.is_weak for each in every),
        open_challenges=sum(each.state == ChallengeState.OPEN for own in asked.values() for each in own),
        show=show if show in dict(SHOWN) else "",
        shown=SHOWN,
        moved=found,
        moved_is_newest=bool(found and here.version and found.fingerprint == here.version.content_id),
        may_ask=here.may("challenge.ask"),
    )


def _challenges_by_cell(here: Here) -> dict[tuple[str, str], list[Challenge]]:
    """Table and row → the challenges of them that are not closed."""
    found: dict[tuple[str, str], list[Challenge]] = defaultdict(list)
    for each in Challenge.objects.filter(place=here.place).exclude(state=ChallengeState.CLOSED).order_by("at"):
        found[each.table, each.row].append(each)
    return found


def _filter(here: Here, show: str, asked: dict[tuple[str, str], list[Challenge]]) -> Callable[[Assumed], bool]:
    own = {partner.key for partner in here.partners if partner.key}
    filters: dict[str, Callable[[Assumed], bool]] = {
        "challenged": lambda each: bool(_of(each, asked)),
        "weak": lambda each: each.is_weak,
        "mine": lambda each: each.owner in own,
    }
    return filters.get(show, lambda _: True)


def _of(each: Assumed, asked: dict[tuple[str, str], list[Challenge]]) -> list[Challenge]:
    """Challenges of a number: those that name its field or an end of its range, or the row as a whole."""
    own = ("", each.field, f"{each.field}_low", f"{each.field}_high")
    return [one for one in asked.get(each.place, ()) if one.field in own]


def _order(found: Moved | None) -> Callable[[Assumed], tuple[float, bool, str]]:
    """What moves the money most comes first; where no stress test tells, what the whole plan shares."""
    swings = found.swings if found else {}
    return lambda each: (-swings.get(each.moved_by, 0.0), each.table != "assumptions", each.label)


def _row(
    each: Assumed, asked: dict[tuple[str, str], list[Challenge]], names: dict[str, str], found: Moved | None
) -> dict[str, Any]:
    swing = found.swings.get(each.moved_by) if found else None
    return {
        "it": each,
        "kind": KINDS[each.kind],
        "says": ", ".join(filter(None, (each.says, names.get(each.owner or "", "")))),
        "swing": swing,
        "challenges": _of(each, asked),
    }


def _partner_names(here: Here) -> dict[str, str]:
    rows = Partner.objects.filter(place=here.place).values_list("key", "organisation__name")
    return {key: name for key, name in rows if key}


@at_place("assumptions")
def challenges(here: Here) -> HttpResponse:
    """Every challenge in the place, those that wait first."""
    found = Challenge.objects.filter(place=here.place).select_related(
        "person", "partner__organisation", "asked_of__organisation"
    )
    waiting = here.request.GET.get("show") != "all"
    if waiting:
        found = found.exclude(state=ChallengeState.CLOSED)
    page = Paginator(found.order_by(_WAITING_FIRST, "-at"), A_PAGE).get_page(here.request.GET.get("page"))
    plan = plan_at(here.version.content_id) if here.version and page.object_list else None
    rows = [(each, _name(plan, each)) for each in page]
    return here.page("assumptions/challenges.html", page=page, rows=rows, waiting=waiting)


def _name(plan: Any, asked: Challenge) -> str:
    """What the row of a challenge is called now, or was."""
    cell = cell_of(plan, asked.table, asked.row, asked.field) if plan else None
    return cell.name if cell else asked.row.replace("_", " ")


@at_place("assumptions", "challenge.ask")
def challenge_new(here: Here) -> HttpResponse:
    """Challenge a number: the form, and what is sent with it."""
    asked = here.request.GET
    cell = _cell(here, asked.get("table", ""), asked.get("row", ""), asked.get("field", ""))
    if cell is None or here.version is None:
        raise Http404
    if here.request.method != "POST":
        return _ask_page(here, cell)
    typed = here.request.POST.get("question", "")
    try:
        made = actions.ask(here.person, _partner(here, "challenge.ask"), here.version, cell, typed)
    except PlanProblems as refused:
        return _ask_page(here, cell, typed=typed, problems=refused.problems, status=422)
    messages.success(
        here.request, "Your challenge is open to all partners. Who is asked finds it in their ten minutes."
    )
    return _see(here.url("challenge", number=made.pk))


def _ask_page(
    here: Here, cell: Cell, typed: str = "", problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    here.trail = [("Assumptions", here.url("assumptions"))]
    earlier = Challenge.objects.filter(place=here.place, table=cell.table, row=cell.row).order_by("-at")[:10]
    return here.page(
        "assumptions/challenge_new.html",
        status=status,
        cell=cell,
        asked_of=_partner_names(here).get(cell.owner or "", ""),
        speaks_for=_speaks_for(here, "challenge.ask"),
        earlier=earlier,
        typed=typed,
        problems=problems,
    )


@at_place("assumptions")
def challenge(here: Here, number: int) -> HttpResponse:
    """One challenge: the number as it was and as it is, who asked, what was answered."""
    return _challenge_page(here, _found(here, number))


def _challenge_page(
    here: Here, asked: Challenge, typed: str = "", problems: tuple[Problem, ...] = (), status: int = 200
) -> HttpResponse:
    here.trail = [("Assumptions", here.url("assumptions")), ("Challenges", here.url("challenges"))]
    now = _cell(here, asked.table, asked.row, asked.field)
    then = cell_of(plan_at(asked.version.content_id), asked.table, asked.row, asked.field)
    return here.page(
        "assumptions/challenge.html",
        status=status,
        asked=asked,
        cell=now or then,
        is_gone=now is None,
        now=now.text if now else "",
        answers=asked.answers.select_related("person", "partner__organisation"),
        is_closed=asked.state == ChallengeState.CLOSED,
        may_answer=asked.state != ChallengeState.CLOSED and here.may("challenge.answer", asked),
        may_close=asked.state != ChallengeState.CLOSED and here.may("challenge.close", asked),
        speaks_for=_speaks_for(here, "challenge.answer"),
        typed=typed,
        problems=problems,
    )


@at_place("assumptions")
def challenge_answer(here: Here, number: int) -> HttpResponse:
    """Take an answer in."""
    asked = _found(here, number)
    typed = here.request.POST.get("answer", "")
    try:
        actions.answer(here.person, _partner(here, "challenge.answer"), asked, typed)
    except PlanProblems as refused:
        return _challenge_page(here, asked, typed, refused.problems, status=422)
    except NotNow as refused:
        messages.warning(here.request, str(refused))
    else:
        messages.success(here.request, "Your answer is open to all partners.")
    return _see(here.url("challenge", number=number))


@at_place("assumptions")
def challenge_close(here: Here, number: int) -> HttpResponse:
    """Close a challenge."""
    try:
        actions.close(here.person, _found(here, number))
    except NotNow as refused:
        messages.warning(here.request, str(refused))
    else:
        messages.success(here.request, "The challenge is closed. It stays on record with its answers.")
    return _see(here.url("challenge", number=number))


def _found(here: Here, number: int) -> Challenge:
    return here.find(Challenge, pk=number)


def _cell(here: Here, table: str, row: str, field: str) -> Cell | None:
    return cell_of(plan_at(here.version.content_id), table, row, field) if here.version else None


def _speaks_for(here: Here, act: str) -> list[Partner]:
    return [each for each in here.partners if actions.speaks_for(here.person, each, act)]


def _partner(here: Here, act: str) -> Partner:
    """The organisation the form names, else the first the reader speaks for.

    raises : NotAllowed where they speak for none
    """
    here.require(act)
    own = _speaks_for(here, act)
    named = here.request.POST.get("partner", "")
    return next((each for each in own if str(each.pk) == named), own[0])


def _see(address: str) -> HttpResponse:
    """To the page that shows what came of a form."""
    return HttpResponseRedirect(address, status=303)


def _at(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(f"places/<slug:slug>/{route}", view, name=name)


URLS: list[URLPattern] = [
    _at("assumptions/", assumptions, "assumptions"),
    _at("challenges/", challenges, "challenges"),
    _at("challenges/new/", challenge_new, "challenge_new"),
    _at("challenges/<int:number>/", challenge, "challenge"),
    _at("challenges/<int:number>/answer/", require_POST(challenge_answer), "challenge_answer"),
    _at("challenges/<int:number>/close/", require_POST(challenge_close), "challenge_close"),
]
