"""Leaders' confidence: given in private, published only as the middle of five or more, in steps of five answers.

Who watches a published figure change from one answer to the next could work out what the last person said. So what is
published is kept as it was, and made anew only once five people have answered, or answered anew, since. Two figures
that follow each other then differ by the answers of five people at least, as the first one rests on five.
"""

from __future__ import annotations

from statistics import median, quantiles

from django.db import transaction

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.packed import packed_table
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.models import Confidence, Membership, Person, PublishedConfidence, Version
from tripleaim.web.workspace.models.confidence import Spread
from tripleaim.web.workspace.rights import LEADERS, require

FEWEST = 5
"""Answers that a published figure rests on, and by which two that follow each other differ."""
MOST = 10
"""The highest score: quite sure. 0 is not sure at all."""


@transaction.atomic
def give_confidence(person: Person, version: Version, scheme: str, score: str) -> Confidence:
    """Keep how sure a leader is of a scheme, in place of what they said before; publish if it is time.

    score  : as typed; a whole number from 0 to 10
    raises : NotAllowed; NotNow where the plan has no such scheme; PlanProblems where it is no such number
    """
    require(person, "confidence.give", version)
    if scheme not in schemes_of(version):
        raise NotNow("The plan as it stands has no such scheme. Open the list of schemes and choose one there.")
    value = _score(score)
    known = Confidence.objects.filter(place_id=version.place_id, scheme=scheme, person=person).first()
    if known is not None and known.score == value:
        return known
    record(
        "confidence.give",
        f"scheme {scheme}",
        person=person,
        place=version.place,
        detail={"version": version.number},
    )
    given, _ = Confidence.objects.update_or_create(
        place_id=version.place_id, scheme=scheme, person=person, defaults={"score": value, "version": version}
    )
    _publish(version, scheme)
    return given


def schemes_of(version: Version) -> dict[str, str]:
    """Key → name of the schemes of a version, read without the rest of its plan."""
    return {row["key"]: row["name"] for row in packed_table(bytes(version.content.packed), "schemes")}


def _score(typed: str) -> int:
    said = typed.strip()
    if said.isascii() and said.isdigit() and int(said) <= MOST:
        return int(said)
    raise PlanProblems(
        [
            Problem(
                file="How sure you are",
                found=said[:20] or "nothing",
                expected=f"a whole number from 0 to {MOST}",
                to_fix="choose one of the numbers offered",
            )
        ]
    )


def _publish(version: Version, scheme: str) -> None:
    """Publish anew where five leaders at least have answered, and five of them since the last time."""
    place = version.place_id
    leaders = Membership.objects.filter(partner__place_id=place, role__in=LEADERS, ended_at=None).values("person_id")
    answers = Confidence.objects.filter(place_id=place, scheme=scheme, person_id__in=leaders)
    before = PublishedConfidence.objects.filter(place_id=place, scheme=scheme).order_by("-pk").first()
    fresh = answers.filter(at__gt=before.at) if before else answers
    if fresh.count() < FEWEST:
        return
    scores = sorted(answers.values_list("score", flat=True))
    low, _, high = quantiles(scores, n=4, method="inclusive")
    PublishedConfidence.objects.create(
        place_id=place,
        scheme=scheme,
        version=version,
        answers=len(scores),
        middle=median(scores),
        spread=_spread(high - low),
    )


def _spread(width: float) -> Spread:
    """How far apart the middle half of the answers lies, in a word: an end of it would be somebody's own answer."""
    return Spread.CLOSE if width <= 2 else Spread.APART if width <= 4 else Spread.FAR
