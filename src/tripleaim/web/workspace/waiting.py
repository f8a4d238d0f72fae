"""What waits for a person in all their places, in the order of what it holds up, with the time it takes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from tripleaim.reports.words import NOTHING, counted, money, plural
from tripleaim.web.workspace.found import Found, Told, address, as_hoped, briefs_of, found_in
from tripleaim.web.workspace.models import (
    Challenge,
    Comment,
    Confidence,
    Draft,
    Invitation,
    Membership,
    Person,
    Place,
    Run,
    Version,
    Visit,
)
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.models.run import RunState
from tripleaim.web.workspace.rights import AUTHORS, CONVENOR, LEADERS, PARTNERS, standing

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


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """One thing that somebody waits for."""

    place: Place
    who: str
    words: str
    to: str
    since: datetime


class Desk:
    """What has to be known of a person's places, asked for once for all of them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.standing = standing(person)
        newer = Version.objects.filter(place=OuterRef("place"), number__gt=OuterRef("number"))
        newest = Version.objects.filter(~Exists(newer), place_id__in=self.standing).select_related("place")
        self.versions = {each.place_id: each for each in newest}
        self.visits = {
            each.place_id: each
            for each in Visit.objects.filter(person=person, place_id__in=self.standing).select_related("version")
        }

    @cached_property
    def found(self) -> dict[int, Found]:
        """What has been worked out of each place's plan."""
        return found_in(self.versions.values())

    @cached_property
    def own(self) -> frozenset[int]:
        """The organisations the person belongs to, in all places."""
        return frozenset(partner for partners in self.standing.values() for partner in partners)

    def places_as(self, roles: frozenset[str]) -> frozenset[int]:
        """Places in which the person has one of some roles."""
        return frozenset(place for place, own in self.standing.items() if any(held & roles for held in own.values()))

    @cached_property
    def proposals(self) -> tuple[Draft, ...]:
        """Proposals that wait for an answer, with what was changed and whether own people have spoken."""
        spoke = Comment.objects.filter(draft=OuterRef("pk"), partner_id__in=self.own)
        found = Draft.objects.filter(state=DraftState.PROPOSED, place_id__in=self.standing)
        return tuple(
            found.annotate(spoke=Exists(spoke))
            .select_related("place", "partner__organisation", "base")
            .prefetch_related("edits")
            .order_by("proposed_at")
        )

    @cached_property
    def drafts_told(self) -> Mapping[str, Told]:
        """Briefs of the proposals and of what they were made from."""
        contents = {each.content_id for each in self.proposals} | {each.base.content_id for each in self.proposals}
        return briefs_of(contents, self.standing)

    @cached_property
    def challenges(self) -> tuple[Challenge, ...]:
        """Challenges that nobody has answered, those asked by or of the person's organisations."""
        mine = Q(asked_of_id__in=self.own) | Q(partner_id__in=self.own)
        unasked = Q(asked_of=None, place_id__in=self.places_as(frozenset({CONVENOR})))
        found = Challenge.objects.filter(mine | unasked, state=ChallengeState.OPEN, place_id__in=self.standing)
        return tuple(found.select_related("place", "person", "partner__organisation", "asked_of__organisation"))

    def touched(self, place: int, table: str, row: str) -> Mapping[str, Any] | None:
        """The scheme that a row of a plan belongs to, as the brief lists it; None for a row of no scheme."""
        found = self.found.get(place)
        told = found.told if found else None
        key = row.split("/")[0].split(".")[0] if table != "schemes" else row
        rows = told["index"]["schemes"] if told else ()
        return next((each for each in rows if each["key"] == key), None)


def what_waits(desk: Desk) -> tuple[Waits, ...]:
    """Everything that waits for the person: what holds up most money first, then what others wait for, then by age."""
    tells = (_proposals, _challenges, _behind, _unseen, _confidence, _answers, _invitations)
    every = [each for tell in tells for each in tell(desk)]
    return tuple(sorted(every, key=lambda each: (-round(each.money), not each.asked, each.since)))


def _proposals(desk: Desk) -> Iterator[Waits]:
    speaking, convened = desk.places_as(PARTNERS), desk.places_as(frozenset({CONVENOR}))
    alone = _alone(desk, convened) if any(each.place_id in convened for each in desk.proposals) else frozenset()
    for draft in desk.proposals:
        decides = draft.place_id in convened and (draft.proposed_by_id != desk.person.pk or draft.place_id in alone)
        speaks = draft.place_id in speaking and draft.partner_id not in desk.own and not draft.spoke  # type: ignore[attr-defined]
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


def about(challenge: Challenge, scheme: Mapping[str, Any] | None) -> str:
    """What a challenge is about, in words."""
    field = challenge.field.replace("_", " ")
    name = scheme["name"] if scheme else challenge.row.replace("_", " ").replace("/", ", ").replace(".", ", ")
    return f"{name}, {field}" if field else name


def shortened(text: str, most: int = 160) -> str:
    """The start of a text, cut between words."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _behind(desk: Desk) -> Iterator[Waits]:
    drafts = Draft.objects.filter(state=DraftState.WORKING, partner_id__in=desk.own)
    may = desk.places_as(AUTHORS)
    for draft in drafts.select_related("place", "base", "partner__organisation"):
        newest = desk.versions.get(draft.place_id)
        if newest is None or draft.base.number >= newest.number or draft.place_id not in may:
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
                words="You have not looked at it yet. One page says how big the gaps are, what is open and who is in.",
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
                soft=f"You last looked at version {seen[place]}.",
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


# ---- What the person waits for ---------------------------------------------------------------------------------------


def what_is_awaited(desk: Desk) -> tuple[Awaited, ...]:
    """What the person and their organisations wait for, the longest first."""
    every = [each for tell in (_decisions, _asked, _under_way) for each in tell(desk)]
    return tuple(sorted(every, key=lambda each: each.since))


def _decisions(desk: Desk) -> Iterator[Awaited]:
    for draft in desk.proposals:
        if draft.partner_id in desk.own:
            yield Awaited(
                place=draft.place,
                who="A convenor",
                words=f"to take in or decline “{draft.title}”, which {draft.partner.organisation.name} proposed",
                to=address("draft", draft.place.slug, draft.pk),
                since=draft.proposed_at or draft.made_at,
            )


def _asked(desk: Desk) -> Iterator[Awaited]:
    for each in desk.challenges:
        if each.partner_id in desk.own:
            yield Awaited(
                place=each.place,
                who=each.asked_of.organisation.name if each.asked_of else "A convenor",
                words=f"to answer “{shortened(each.question, 80)}”",
                to=address("challenge", each.place.slug, each.pk),
                since=each.at,
            )


def _under_way(desk: Desk) -> Iterator[Awaited]:
    runs = Run.objects.filter(
        asked_by=desk.person, state__in=(RunState.WAITING, RunState.WORKING), place_id__in=desk.standing
    )
    for run in runs.select_related("place").order_by("asked_at")[:10]:
        yield Awaited(
            place=run.place,
            who="The workspace",
            words=f"to work out “{run.get_kind_display()}” ({run.get_state_display().lower()})",
            to=address("run", run.place.slug, run.pk),
            since=run.asked_at,
        )
