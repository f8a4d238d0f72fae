"""The overview of a place: how the plan stands, what is open, who is in, what is out of date, what is new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from tripleaim.reports.words import money, month, plural
from tripleaim.web.workspace.found import Beside, Found, address, as_hoped, beside, briefs_of, found_of
from tripleaim.web.workspace.models import Challenge, Draft
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.models.run import RunKind
from tripleaim.web.workspace.rights import AUDITOR, BOARD, CONVENOR, FINANCE, REVIEWER
from tripleaim.web.workspace.standings import Stands, joined, standings
from tripleaim.web.workspace.told.since import changes_since
from tripleaim.web.workspace.views.frame import Here, at_place

SHOWN = 12
"""Proposals and open points named one by one; the pages they are on have them all."""


@at_place("overview")
def overview(here: Here) -> HttpResponse:
    """How the plan stands."""
    found = found_of(here.place, here.version)
    stress = beside(here.place, here.version, RunKind.STRESS)
    rows = standings(here.place, found)
    return here.page(
        "overview/overview.html",
        found=found,
        told=found.told["place"] if found.told else None,
        index=found.told["index"] if found.told else None,
        stress=stress,
        rows=rows,
        joined=joined(rows),
        totals=_totals(found, rows),
        proposals=_proposals(here, found),
        asked=Challenge.objects.filter(place=here.place, state=ChallengeState.OPEN).count(),
        stale=_stale(here, found, stress),
        since=changes_since(here.person, here.place),
        steps=_steps(here, rows),
        address=address,
        shown=SHOWN,
    )


@dataclass(frozen=True, kw_only=True)
class Total:
    """The place as a whole, £m, as `Stands` has it; and who is short and who is ahead, in a sentence."""

    nothing: float
    hoped: float
    found: float
    words: str


def _totals(found: Found, rows: tuple[Stands, ...]) -> Total | None:
    """All organisations with accounts added up."""
    if found.told is None or found.told["system"] is None:
        return None
    pressure = found.told["place"]["is_pressure"]
    side = 1e-6 if pressure else -1e-6
    nothing, hoped, has = (
        found.told["system"][case][found.last] * side for case in ("do_nothing", "hoped", "resourced")
    )
    told = [row.hoped for row in rows if row.hoped is not None]
    short, ahead = -sum(each for each in told if each < 0), sum(each for each in told if each > 0)
    words = "" if pressure else "− is short, + is ahead."
    if short > 0 and ahead > 0 and not pressure:
        words += f" As hoped, those short add up to {money(short * 1e6)}, those ahead to {money(ahead * 1e6)}."
    return Total(nothing=nothing, hoped=hoped, found=has, words=words)


def _proposals(here: Here, found: Found) -> list[dict[str, Any]]:
    """Proposals nobody has decided on, and what each does to the money, where that is worked out."""
    open_ones = Draft.objects.filter(place=here.place, state=DraftState.PROPOSED).select_related(
        "partner__organisation", "base"
    )
    drafts = list(open_ones.order_by("proposed_at")[:SHOWN])
    contents = {each.content_id for each in drafts} | {each.base.content_id for each in drafts}
    briefs = briefs_of(contents, [here.place.pk])
    return [
        {
            "title": each.title,
            "to": address("draft", here.place.slug, each.pk),
            "who": each.partner.organisation.name,
            "since": each.proposed_at,
            "money": row.effect
            if (row := as_hoped(briefs.get(each.base.content_id), briefs.get(each.content_id)))
            else "not worked out yet",
        }
        for each in drafts
    ]


def _stale(here: Here, found: Found, stress: Beside | None) -> list[tuple[str, str, str, str]]:
    """What is old: its name, what is wrong with it, and what to do: words and address."""
    slug, said = here.place.slug, []
    if found.version is None or found.told is None:
        return []
    ask = address("run_ask", slug, "stress")
    if stress is None:
        said.append(
            ("The stress test", "has not been run, so nobody knows how wrong the plan could be.", "Run it", ask)
        )
    elif not stress.current:
        words = f"was run on version {stress.number}; the plan is now at version {found.version.number}."
        said.append(("The stress test", words, "Run it again", ask))
    weak = found.told["place"]["weak"]
    opening = found.told["place"]["opening_year"]
    for each in weak["oldest"][:4]:
        words = f"is about {_in_words(each['year'])}, before the plan’s opening year {opening}. "
        words += f"{plural(each['rows'], 'row')} of the plan {'rests' if each['rows'] == 1 else 'rest'} on it."
        said.append((each["title"], words, "", ""))
    if weak["older"] > 4:
        said.append((f"{plural(weak['older'] - 4, 'more source')}", f"are older than {opening}.", "", ""))
    if weak["illustrative"]:
        rows = sum(each["rows"] for each in weak["illustrative"])
        words = f"stand where nobody has a figure yet. {plural(rows, 'row')} of the plan rest on them."
        said.append(("Placeholders", words, "See the assumptions", address("assumptions", slug)))
    return said


def _in_words(year: str) -> str:
    """When a source is of: the month of a date in words, a year as it stands."""
    return month(year[:7]) if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", year) else year


def _steps(here: Here, rows: tuple[Stands, ...]) -> list[tuple[str, str]]:
    """What the reader may want to do next, the first as the page's one button: words and address."""
    slug, roles = here.place.slug, here.roles
    empty = sum(not row.people for row in rows if row.partner and row.key)
    own = next((partner for partner in here.partners if partner.key), None)
    steps = []
    if CONVENOR in roles and empty:
        steps.append(
            (
                f"Invite people: {plural(empty, 'organisation')} {'has' if empty == 1 else 'have'} nobody here yet",
                address("people", slug),
            )
        )
    if own is not None:
        steps.append((f"See the same numbers for {own.organisation.name}", address("organisation", slug, own.key)))
    if roles & {BOARD, FINANCE}:
        steps.append(("Say in private how sure you are of each scheme", address("schemes", slug)))
    if AUDITOR in roles:
        steps.append(("Read the audit of this place", address("audit", slug)))
    if REVIEWER in roles:
        steps.append(("Read the whole report", address("results", slug)))
    steps.append(("Challenge a number you doubt", address("assumptions", slug)))
    return [(words, to) for words, to in steps if to]


URLS: list[URLPattern] = [path("places/<slug:slug>/", overview, name="overview")]
