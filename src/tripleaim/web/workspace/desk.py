"""What has to be known of a person's places to say what waits for them: asked for once, for all places together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tripleaim.web.workspace.briefs import Told
from tripleaim.web.workspace.found import Found, briefs_of, found_in
from tripleaim.web.workspace.models import Challenge, Comment, Draft, Person, Version, Visit
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.rights import CONVENOR, standing


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


def about(challenge: Challenge, scheme: Mapping[str, Any] | None) -> str:
    """What a challenge is about, in words."""
    name = scheme["name"] if scheme else challenge.name or challenge.row.replace("_", " ").replace("/", ", ")
    field = "" if challenge.field == "value" else challenge.field.replace("_", " ")
    return f"{name}, {field}" if field else name


def shortened(text: str, most: int = 160) -> str:
    """The start of a text, cut between words."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
