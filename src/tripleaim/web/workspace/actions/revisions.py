"""Revisions of a draft: every saved change is one, and none is ever written over another.

A change is made from a revision that somebody looked at. Where the draft has moved on since, both are joined field by
field; what both changed differently is a collision, told and never decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from tripleaim.errors import PlanProblems, TripleAimError
from tripleaim.loading.editing import Change, changes_between, edited
from tripleaim.loading.threeway import Choice, Conflict, Merged, merged, settled
from tripleaim.plan import Plan
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.contents import keep_ready, plan_of, ready
from tripleaim.web.workspace.actions.refused import NotNow, written
from tripleaim.web.workspace.models import Content, Draft, DraftEdit, Person, Version
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.rights import require
from tripleaim.web.workspace.told.changes import changes_told

_TRIES = 5
"""So often a change is joined anew with what others saved in the very moment it was being saved."""


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A change that was saved: the revision it made, and the edits of others it was joined with."""

    draft: Draft
    revision: int
    joined: tuple[DraftEdit, ...] = ()


class Collision(TripleAimError):
    """A change, and what others have saved since, disagree; nothing was saved, and nothing is lost.

    changes   : what was to be changed, from the revision `made_from`
    against   : the revision of the draft it collides with
    conflicts : what has to be settled
    """

    exit_code = 2

    def __init__(self, conflicts: Sequence[Conflict], changes: Sequence[Change], made_from: int, against: int) -> None:
        super().__init__("Somebody else changed the same in the meantime. Say what is to hold; nothing was lost.")
        self.conflicts, self.changes = tuple(conflicts), tuple(changes)
        self.made_from, self.against = made_from, against


def edit_draft(
    person: Person,
    draft: Draft,
    made_from: int,
    changes: Sequence[Change],
    reason: str,
    *,
    choices: Mapping[str, Choice] | None = None,
    against: int = 0,
) -> Saved:
    """Save changes of a draft as its next revision.

    made_from : the revision the person looked at
    choices   : how collisions with the revision `against` are settled
    raises    : PlanProblems with every problem at once, Collision, NotNow, NotAllowed; then nothing is saved
    """
    require(person, "draft.edit", draft)
    _stated(reason)
    mine = edited(plan_of(revision_content(draft, made_from)), changes)
    return _save(person, draft, made_from, mine, reason, choices or {}, against)


def replace_draft(person: Person, draft: Draft, made_from: int, plan: Plan, reason: str) -> Saved:
    """Save a whole plan as the next revision of a draft, such as one that was uploaded; joined as single changes are.

    raises : as `edit_draft`
    """
    require(person, "draft.edit", draft)
    _stated(reason)
    return _save(person, draft, made_from, plan, reason, {}, 0)


def look(draft: Draft, made_from: int, changes: Sequence[Change]) -> None:
    """See what a change would collide with, and save nothing.

    raises : Collision; PlanProblems, NotNow
    """
    base = plan_of(revision_content(draft, made_from))
    mine = edited(base, changes)
    _whole(merged(base, mine, plan_of(draft.content)), base, mine, made_from, draft.revision)


def first_revision(draft: Draft, changes: Sequence[dict[str, str | None]], person: Person) -> DraftEdit:
    """The revision a draft begins with. Part of the write that starts it."""
    return DraftEdit.objects.create(
        draft=draft, revision=1, content_id=draft.content_id, reason=draft.why, changes=list(changes), person=person
    )


def revision_content(draft: Draft, revision: int) -> Content:
    """The plan as it was after a revision.

    raises : NotNow for a revision there never was
    """
    edit = DraftEdit.objects.filter(draft=draft, revision=revision).select_related("content").first()
    if edit is None:
        raise NotNow("This form was made from a state of the draft that is not known. Open the draft again.")
    return edit.content


def require_working(draft: Draft) -> None:
    """Refuse a change of a draft that is not being worked on.

    raises : NotNow
    """
    if draft.state == DraftState.PROPOSED:
        raise NotNow(
            "This draft has been proposed to all partners. Take it back first, and propose it again when it is ready."
        )
    if draft.state != DraftState.WORKING:
        raise NotNow(
            f"This draft has ended ({draft.get_state_display().lower()}). Start a new one for further changes."
        )


def _stated(reason: str) -> None:
    if not written(reason):
        raise NotNow("Say why: other people will read the reason beside the change.")


def _save(
    person: Person,
    draft: Draft,
    made_from: int,
    mine: Plan,
    reason: str,
    choices: Mapping[str, Choice],
    against: int,
) -> Saved:
    """Join with what is there now, then save if nobody was quicker; else again. The lock is short: plans are compared
    before it."""
    for _ in range(_TRIES):
        now = Draft.objects.select_related("content").get(pk=draft.pk)
        require_working(now)
        plan = _joined(now, made_from, mine, choices, against)
        saved = _save_if_still(person, now, made_from, plan, reason)
        if saved is not None:
            return saved
    raise NotNow("Several people are saving this draft at this very moment. Your change was not saved: send it again.")


def _joined(now: Draft, made_from: int, mine: Plan, choices: Mapping[str, Choice], against: int) -> Plan:
    """The plan of a person's change and what the draft has become since."""
    if now.revision == made_from:
        return mine
    base = plan_of(revision_content(now, made_from))
    theirs = plan_of(now.content)
    if choices and against == now.revision:
        return settled(base, mine, theirs, choices)
    return _whole(merged(base, mine, theirs), base, mine, made_from, now.revision)


def _whole(both: Merged, base: Plan, mine: Plan, made_from: int, against: int) -> Plan:
    if both.conflicts:
        raise Collision(both.conflicts, changes_between(base, mine), made_from, against)
    if both.plan is None:
        raise PlanProblems(both.problems)
    return both.plan


def _save_if_still(person: Person, now: Draft, made_from: int, plan: Plan, reason: str) -> Saved | None:
    """Save the plan as the next revision; None where the draft has moved on since it was looked at."""
    if plan.fingerprint == now.content_id:
        raise NotNow("Nothing in this differs from the draft as it stands, so nothing was saved.")
    content = ready(plan)
    told = [each.record for each in changes_told(bytes(now.content.packed), bytes(content.packed))]
    joined = tuple(_since(now, made_from))
    with transaction.atomic():
        locked = Draft.objects.select_for_update(no_key=True).get(pk=now.pk)
        require(person, "draft.edit", locked)
        require_working(locked)
        if locked.revision != now.revision:
            return None
        add_revision(locked, keep_ready(content), reason, told, person)
        record(
            "draft.edit",
            f"draft {locked.pk}",
            person=person,
            place=locked.place,
            partner=locked.partner,
            detail={"revision": locked.revision, "fingerprint": content.fingerprint, "changes": len(told)},
        )
    return Saved(draft=locked, revision=locked.revision, joined=joined)


def _since(draft: Draft, revision: int) -> Sequence[DraftEdit]:
    edits = DraftEdit.objects.filter(draft=draft, revision__gt=revision).select_related("person").defer("changes")
    return list(edits)


def add_revision(
    draft: Draft, content: Content, reason: str, told: list[dict[str, str | None]], person: Person
) -> DraftEdit:
    """One more revision of a draft that is locked. Part of a larger write."""
    draft.revision += 1
    draft.content = content
    draft.save(update_fields=["revision", "content"])
    return DraftEdit.objects.create(
        draft=draft, revision=draft.revision, content=content, reason=written(reason), changes=told, person=person
    )


def bring_up(
    person: Person, draft: Draft, revision: int, number: int, choices: Mapping[str, Choice] | None = None
) -> Saved:
    """Bring a draft up to the newest version of the plan: what others have had taken in since, joined with its own.

    revision, number : the revision of the draft and the version of the plan that the person looked at
    raises           : Collision with what has to be settled, PlanProblems, NotNow, NotAllowed
    """
    require(person, "draft.edit", draft)
    now = Draft.objects.select_related("content", "base__content").get(pk=draft.pk)
    newest = newest_of(now.place_id)
    require_open(now)
    if (now.revision, newest.number) != (revision, number):
        raise NotNow("The draft or the plan has moved on since you opened this page. Look at it again, then go on.")
    if now.base_id == newest.pk:
        raise NotNow(f"The draft is made from version {newest.number} already, the newest there is.")
    plan, _ = _with_newest(now, newest, choices)
    content = ready(plan)
    with transaction.atomic():
        locked = Draft.objects.select_for_update(no_key=True).get(pk=now.pk)
        require(person, "draft.edit", locked)
        require_open(locked)
        if locked.revision != revision:
            raise NotNow("Somebody saved this draft at this very moment. Look at it again, then go on.")
        locked.base = newest
        locked.save(update_fields=["base"])
        add_revision(locked, keep_ready(content), f"Brought up to version {newest.number} of the plan.", [], person)
        record(
            "draft.bring_up",
            f"draft {locked.pk}",
            person=person,
            place=locked.place,
            partner=locked.partner,
            detail={"revision": locked.revision, "version": newest.number, "fingerprint": content.fingerprint},
        )
    return Saved(draft=locked, revision=locked.revision)


def _with_newest(now: Draft, newest: Version, choices: Mapping[str, Choice] | None) -> tuple[Plan, Plan]:
    """A draft joined with the newest version, and that version."""
    base, ours, theirs = plan_of(now.base.content), plan_of(now.content), plan_of(newest.content)
    if choices:
        return settled(base, ours, theirs, choices), theirs
    return _whole(merged(base, ours, theirs), base, ours, now.revision, now.revision), theirs


def together(draft: Draft, newest: Version) -> Plan:
    """The plan that a draft and the newest version make together.

    raises : Collision, PlanProblems
    """
    if draft.base_id == newest.pk:
        return plan_of(draft.content)
    return _with_newest(draft, newest, None)[0]


def newest_of(place: int) -> Version:
    """The newest version of a place's plan, with its content.

    raises : NotNow where there is none yet
    """
    newest = Version.objects.filter(place_id=place).select_related("content").order_by("-number").first()
    if newest is None:
        raise NotNow("This place has no plan yet. A convenor opens it with one.")
    return newest


def require_open(draft: Draft) -> None:
    """Refuse what can only be done while a draft is being worked on or waits for an answer.

    raises : NotNow
    """
    if draft.state not in (DraftState.WORKING, DraftState.PROPOSED):
        raise NotNow(f"This draft has ended ({draft.get_state_display().lower()}). Nothing more can be done with it.")
