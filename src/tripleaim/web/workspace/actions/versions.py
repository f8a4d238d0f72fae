"""Versions: a proposal taken into the plan makes the next one. Also what a reader has seen of them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from tripleaim.errors import PlanProblems
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.contents import keep_ready, ready
from tripleaim.web.workspace.actions.places import join_new
from tripleaim.web.workspace.actions.refused import NotNow, written
from tripleaim.web.workspace.actions.revisions import Collision, newest_of, together
from tripleaim.web.workspace.models import Draft, Person, Place, Version, Visit
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.rights import require

_MOVED_ON = "The plan or the proposal has moved on since you opened this page. Look at both again, then decide."


def accept(person: Person, draft: Draft, revision: int, number: int, why: str = "") -> Version:
    """Take a proposal into the plan: its next version, seen by all.

    Where the plan has moved on since the draft was made, what both changed stands in the version; what they changed
    differently is for those who proposed it to settle first.

    revision, number : the revision of the draft and the version of the plan that the person looked at
    raises           : NotAllowed, NotNow; two who accept at the same moment make one version, and the other is told
    """
    now = Draft.objects.select_related("content", "base__content", "partner__organisation").get(pk=draft.pk)
    require(person, "draft.accept", now)
    newest = newest_of(now.place_id)
    _still(now, newest, revision, number)
    try:
        plan = together(now, newest)
    except Collision as collision:
        count = len(collision.conflicts)
        what = "one thing" if count == 1 else f"{count} things"
        raise NotNow(
            f"The plan has changed {what} that this proposal changes too. {now.partner.organisation.name} has to bring "
            "the draft up to the newest version first. Nothing was taken into the plan."
        ) from None
    except PlanProblems as refusal:
        raise NotNow(
            "The proposal and the plan as it has become do not go together: "
            f"{refusal.problems[0].where} holds {refusal.problems[0].found}, expected {refusal.problems[0].expected}. "
            f"{now.partner.organisation.name} has to bring the draft up to the newest version first."
        ) from None
    if plan.fingerprint == newest.content_id:
        raise NotNow("The plan says all of this already, so there is nothing to take in. Decline it and say so.")
    content = ready(plan)
    try:
        with transaction.atomic():
            place = Place.objects.select_for_update(no_key=True).get(pk=now.place_id)
            locked = Draft.objects.select_for_update(no_key=True).get(pk=now.pk)
            require(person, "draft.accept", locked)
            _still(locked, newest_of(place.pk), revision, number)
            version = Version.objects.create(
                place=place,
                number=number + 1,
                content=keep_ready(content),
                why=written(why) or locked.why,
                made_by=person,
                partner=now.partner,
            )
            locked.state, locked.became = DraftState.ACCEPTED, version
            locked.ended_by, locked.ended_at, locked.ended_why = person, timezone.now(), written(why)
            locked.save(update_fields=["state", "became", "ended_by", "ended_at", "ended_why"])
            joined = join_new(place, plan)
            record(
                "draft.accept",
                f"draft {locked.pk}",
                person=person,
                place=place,
                partner=now.partner,
                detail={"version": version.number, "fingerprint": content.fingerprint, "new_partners": len(joined)},
            )
    except IntegrityError:
        raise NotNow(_MOVED_ON) from None
    return version


def _still(draft: Draft, newest: Version, revision: int, number: int) -> None:
    """Refuse to decide on what the person has not seen."""
    if draft.state != DraftState.PROPOSED:
        raise NotNow(f"This draft does not wait for an answer any more ({draft.get_state_display().lower()}).")
    if (draft.revision, newest.number) != (revision, number):
        raise NotNow(_MOVED_ON)


@transaction.atomic
def note_visit(person: Person, version: Version) -> Visit:
    """Note that somebody has read the plan up to a version; an older one than they have read changes nothing."""
    require(person, "place.see", version.place)
    seen = Visit.objects.select_for_update().filter(person=person, place=version.place).first()
    if seen is not None and seen.version.number >= version.number:
        return seen
    visit, _ = Visit.objects.update_or_create(
        person=person, place=version.place, defaults={"version": version, "at": timezone.now()}
    )
    record(
        "version.read",
        f"version {version.number}",
        person=person,
        place=version.place,
        detail={"fingerprint": version.content_id},
    )
    return visit
