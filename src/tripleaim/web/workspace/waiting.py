"""What waits for a person in all their places, in the order of what it holds up, with the time it takes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from tripleaim.reports.words import NOTHING, counted, money, plural
from tripleaim.web.workspace.desk import Desk, about, shortened
from tripleaim.web.workspace.found import address, as_hoped
from tripleaim.web.workspace.models import (
    Challenge,
    Confidence,
    Draft,
    Invitation,
    Membership,
    Place,
    Run,
    Version,
)
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.models.run import RunState
from tripleaim.web.workspace.rights import AUTHORS, CONVENOR, LEADERS, PARTNERS, may

A_MINUTE = 200
"""Words that are read in a minute."""
A_CHANGE = 12
"""Words that one changed field is told in."""
TOLD_FOR = timedelta(days=2)
"""How long an answer that has come is told."""


def minutes(words: int, answers: float = 1.0) -> int:
    """How long something takes: 200 words are read in a minute, and an answer takes one.

    >>> minutes(90), minutes(430, 2)
    (2, 5)
    """
    return max(1, math.ceil(words / A_MINUTE + answers))


@dataclass(frozen=True, kw_only=True)
class Waits:
    """One thing that waits for somebody."""

    place: Place
    title: str
    to: str
    """The address where it is done; empty where there is no page for it yet."""
    words: str
    since: datetime
    minutes: int
    money: float = 0.0
    """What it holds up, GBP a year in the plan's last year; 0 where it holds up no sum."""
    soft: str = ""
    asked: bool = False
    """Whether somebody else waits for it."""


def what_waits(desk: Desk) -> tuple[Waits, ...]:
    """Everything that waits for the person: what holds up most money first, then what others wait for, then by age."""
    tells = (_proposals, _challenges, _answered, _behind, _unseen, _confidence, _answers, _invitations)
    every = [each for tell in tells for each in tell(desk)]
    return tuple(sorted(every, key=lambda each: (-round(each.money), not each.asked, each.since)))


def _proposals(desk: Desk) -> Iterator[Waits]:
    speaking, convened = desk.places_as(PARTNERS), desk.places_as(frozenset({CONVENOR}))
    alone = _alone(desk, convened) if any(each.place_id in convened for each in desk.proposals) else frozenset()
    for draft in desk.proposals:
        decides = draft.place_id in convened and (draft.proposed_by_id != desk.person.pk or draft.place_id in alone)
        others = draft.place_id in speaking and draft.partner_id not in desk.own
        speaks = others and not draft.spoke  # type: ignore[attr-defined]
        if not (decides or speaks):
            continue
        edits = list(draft.edits.all())
        changes = [change for edit in edits for change in edit.changes]
        read = len(f"{draft.title} {draft.why} {' '.join(edit.reason for edit in edits)}".split())
        held, words = _worth(desk, draft, changes)
        yield Waits(
            place=draft.place,
            title=f"{'Decide on a proposal' if decides else 'Say what you think of a proposal'}: {draft.title}",
            to=address("draft", draft.place.slug, draft.pk),
            words=f"{draft.partner.organisation.name} proposes {plural(len(changes), 'change')}. {words}",
            since=draft.proposed_at or draft.made_at,
            minutes=minutes(read + A_CHANGE * len(changes), 2 if decides else 1),
            money=held,
            asked=True,
            soft="It becomes part of the plan only when a convenor takes it in." if not decides else "",
        )


def _alone(desk: Desk, places: frozenset[int]) -> frozenset[int]:
    """Places in which nobody else is."""
    others = Membership.objects.filter(partner__place_id__in=places, ended_at=None).exclude(person=desk.person)
    return places - set(others.values_list("partner__place_id", flat=True))


def _worth(desk: Desk, draft: Draft, changes: list[Any]) -> tuple[float, str]:
    """What a proposal changes in the plan's last year, and the same in words; where not known, what it touches."""
    row = as_hoped(desk.drafts_told.get(draft.base.content_id), desk.drafts_told.get(draft.content_id))
    if row is not None:
        if abs(row.change) < NOTHING:
            return 0.0, "It changes no sum of the plan’s last year, as hoped."
        return abs(row.change), f"As hoped, the place is {row.effect} off by it in the plan’s last year."
    touched = {
        each["key"]: each["saving"]
        for change in changes
        if (each := desk.touched(draft.place_id, change.get("table", ""), change.get("row", "")))
    }
    held = sum(max(0.0, saving) for saving in touched.values())
    rests = f"It touches {plural(len(touched), 'scheme')}, of which {money(held)} a year is hoped. " if held else ""
    return held, f"{rests}What it does to the money is not worked out yet."


def _challenges(desk: Desk) -> Iterator[Waits]:
    answering, convened = desk.places_as(AUTHORS), desk.places_as(frozenset({CONVENOR}))
    for each in desk.challenges:
        ours = each.asked_of_id in desk.own if each.asked_of_id else each.place_id in convened
        if not ours or each.place_id not in answering:
            continue
        scheme = desk.touched(each.place_id, each.table, each.row)
        held = abs(scheme["saving"]) if scheme else 0.0
        rests = f" {money(held)} a year is hoped of this scheme." if held >= NOTHING else ""
        yield Waits(
            place=each.place,
            title=f"Answer a challenge: {about(each, scheme)}",
            to=address("challenge", each.place.slug, each.pk),
            words=f"{each.person.name}, {each.partner.organisation.name}, asks: “{shortened(each.question)}”{rests}",
            since=each.at,
            minutes=minutes(len(each.question.split()), 2),
            money=held,
            asked=True,
            soft="The answer is public to all partners.",
        )


def _answered(desk: Desk) -> Iterator[Waits]:
    asked = Challenge.objects.filter(person=desk.person, state=ChallengeState.ANSWERED, place_id__in=desk.standing)
    for each in asked.select_related("place").annotate(answered_at=Max("answers__at")).order_by("-answered_at")[:20]:
        scheme = desk.touched(each.place_id, each.table, each.row)
        yield Waits(
            place=each.place,
            title=f"Read the answer to your challenge: {about(each, scheme)}",
            to=address("challenge", each.place.slug, each.pk),
            words=f"You asked: “{shortened(each.question)}”",
            since=each.answered_at,
            minutes=minutes(100),
            soft="Close it once you know what you wanted to know.",
        )


def _behind(desk: Desk) -> Iterator[Waits]:
    drafts = Draft.objects.filter(state=DraftState.WORKING, partner_id__in=desk.own)
    for draft in drafts.select_related("place", "base", "partner__organisation"):
        newest = desk.versions.get(draft.place_id)
        if newest is None or draft.base.number >= newest.number or not may(desk.person, "draft.edit", draft):
            continue
        yield Waits(
            place=draft.place,
            title=f"Bring your draft up to version {newest.number}: {draft.title}",
            to=address("draft", draft.place.slug, draft.pk),
            words=f"{draft.partner.organisation.name} started it from version {draft.base.number}. "
            "Nothing of it is lost: where both changed the same thing, you choose.",
            since=newest.made_at,
            minutes=minutes(0, 3),
        )


def _unseen(desk: Desk) -> Iterator[Waits]:
    seen = {place: visit.version.number for place, visit in desk.visits.items()}
    late = {place: number for place, number in seen.items() if desk.versions[place].number > number}
    since: dict[int, list[Version]] = {place: [] for place in late}
    if late:
        wanted = Q()
        for place, number in late.items():
            wanted |= Q(place_id=place, number__gt=number)
        for version in Version.objects.filter(wanted).order_by("number"):
            since[version.place_id].append(version)
    for place, newest in desk.versions.items():
        if place not in seen:
            yield Waits(
                place=newest.place,
                title=f"Read how the plan of {newest.place.name} stands",
                to=address("overview", newest.place.slug),
                words="You have not said yet that you have read it. One page tells the gaps, what is open, who is in.",
                since=newest.made_at,
                minutes=minutes(600, 0),
            )
        elif place in late:
            whys = [version.why for version in since[place] if version.why]
            first = since[place][0].number
            which = f"version {newest.number}" if first == newest.number else f"versions {first} to {newest.number}"
            yield Waits(
                place=newest.place,
                title=f"Look at what changed in {which}",
                to=f"{address('overview', newest.place.slug)}#changed",
                words=" ".join(shortened(why) for why in whys[-3:]) or "No reason was given.",
                since=since[place][0].made_at,
                minutes=minutes(sum(len(why.split()) for why in whys) + 60 * len(since[place]), 0),
                soft=f"You have read version {seen[place]}.",
            )


def _confidence(desk: Desk) -> Iterator[Waits]:
    leading = desk.places_as(LEADERS)
    if not leading:
        return
    given = set(Confidence.objects.filter(person=desk.person, place_id__in=leading).values_list("place_id", "scheme"))
    for place in leading:
        found = desk.found.get(place)
        if found is None or found.told is None or found.version is None:
            continue
        rows = [each for each in found.told["index"]["schemes"] if not each["is_plug"]]
        left = [each for each in rows if (place, each["key"]) not in given]
        if left:
            yield Waits(
                place=found.place,
                title=f"Say in private how sure you are of {plural(len(left), 'scheme')}",
                to=address("schemes", found.place.slug),
                words="Nobody sees your answer. Once five leaders have answered, all see the middle.",
                since=found.version.made_at,
                minutes=minutes(0, len(left) / 2),
            )


def _answers(desk: Desk) -> Iterator[Waits]:
    ended = (RunState.DONE, RunState.FAILED)
    runs = Run.objects.filter(
        asked_by=desk.person, state__in=ended, ended_at__gt=timezone.now() - TOLD_FOR, place_id__in=desk.standing
    )
    for run in runs.select_related("place").order_by("-ended_at")[:5]:
        done = run.state == RunState.DONE
        yield Waits(
            place=run.place,
            title=f"{'Read the answer' if done else 'See why there is no answer'}: {run.get_kind_display()}",
            to=address("run", run.place.slug, run.pk),
            words="You asked for it, and it is there." if done else "You asked for it, and it could not be worked out.",
            since=run.ended_at or run.asked_at,
            minutes=minutes(400 if done else 80, 0),
        )


def _invitations(desk: Desk) -> Iterator[Waits]:
    convened = desk.places_as(frozenset({CONVENOR}))
    if not convened:
        return
    open_ones = Invitation.objects.filter(partner__place_id__in=convened, used_at=None, withdrawn_at=None)
    by: dict[int, list[Invitation]] = {}
    for each in open_ones.select_related("partner__place").order_by("made_at"):
        by.setdefault(each.partner.place_id, []).append(each)
    now = timezone.now()
    for every in by.values():
        late = sum(each.until <= now for each in every)
        yield Waits(
            place=every[0].partner.place,
            title=f"{counted(len(every), 'invitation')} {'is' if len(every) == 1 else 'are'} not answered",
            to=address("people", every[0].partner.place.slug),
            words=f"{plural(late, 'link')} no longer {'works' if late == 1 else 'work'}: make a new one or withdraw it."
            if late
            else "Remind them, or send the link again.",
            since=every[0].made_at,
            minutes=minutes(40 * len(every), 1),
        )
