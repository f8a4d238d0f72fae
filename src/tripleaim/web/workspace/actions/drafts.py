"""Drafts: started by an organisation, proposed to all, taken back, withdrawn or declined."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from tripleaim.plan import Plan
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.contents import keep_ready, ready
from tripleaim.web.workspace.actions.refused import NotNow, written
from tripleaim.web.workspace.actions.revisions import first_revision, require_open
from tripleaim.web.workspace.models import Draft, Partner, Person, Version
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.rights import require
from tripleaim.web.workspace.told.changes import changes_told

LONGEST_TITLE = 160


def start_draft(
    person: Person, partner: Partner, base: Version, title: str, why: str = "", plan: Plan | None = None
) -> Draft:
    """A new draft of an organisation, made from a version of the plan.

    plan   : what it begins with, such as a plan that was uploaded; the version itself where none is given
    raises : NotAllowed, NotNow
    """
    require(person, "draft.make", partner)
    if base.place_id != partner.place_id:
        raise NotNow("The version belongs to another place. Start the draft from a version of this place's plan.")
    if not written(title) or len(written(title)) > LONGEST_TITLE:
        raise NotNow(f"Give the draft a title of at most {LONGEST_TITLE} letters.")
    content = base.content if plan is None else ready(plan)
    told = [] if plan is None else changes_told(bytes(base.content.packed), bytes(content.packed))
    if plan is not None and not told:
        raise NotNow(f"The file says what version {base.number} of the plan says, so there is nothing to propose.")
    with transaction.atomic():
        draft = Draft.objects.create(
            place_id=partner.place_id,
            partner=partner,
            title=written(title),
            why=written(why),
            base=base,
            content=keep_ready(content),
            made_by=person,
        )
        first_revision(draft, [each.record for each in told], person)
        _note("draft.start", draft, person, fingerprint=content.fingerprint, base=base.number, changes=len(told))
    return draft


def propose(person: Person, draft: Draft, revision: int, why: str) -> Draft:
    """Show a draft to all partners and ask for it to be taken into the plan.

    revision : the one the person looked at; another is not proposed unseen
    """
    with transaction.atomic():
        locked = _locked(draft, person, "draft.propose")
        if not written(why):
            raise NotNow("Say why the plan should be changed: it is the first thing other organisations read.")
        if locked.state != DraftState.WORKING:
            raise NotNow(f"This draft is not being worked on any more ({locked.get_state_display().lower()}).")
        _require_seen(locked, revision)
        if locked.content_id == locked.base.content_id:
            raise NotNow("The draft changes nothing yet. Change something in it, then propose it.")
        locked.state, locked.why = DraftState.PROPOSED, written(why)
        locked.proposed_by, locked.proposed_at = person, timezone.now()
        locked.save(update_fields=["state", "why", "proposed_by", "proposed_at"])
        _note("draft.propose", locked, person, revision=locked.revision, fingerprint=locked.content_id)
    return locked


def take_back(person: Person, draft: Draft) -> Draft:
    """Take a proposal back to work on it: until it is proposed again, only its own organisation sees it."""
    with transaction.atomic():
        locked = _locked(draft, person, "draft.propose")
        _require_proposed(locked)
        locked.state, locked.proposed_by, locked.proposed_at = DraftState.WORKING, None, None
        locked.save(update_fields=["state", "proposed_by", "proposed_at"])
        _note("draft.take_back", locked, person, revision=locked.revision)
    return locked


def withdraw(person: Person, draft: Draft, why: str) -> Draft:
    """End a draft for good. What was seen of it stays to be seen."""
    return _end(person, draft, DraftState.WITHDRAWN, why, "draft.propose")


def decline(person: Person, draft: Draft, revision: int, why: str) -> Draft:
    """Do not take a proposal into the plan, and say why."""
    return _end(person, draft, DraftState.DECLINED, why, "draft.accept", revision)


def _end(person: Person, draft: Draft, state: DraftState, why: str, act: str, revision: int | None = None) -> Draft:
    with transaction.atomic():
        locked = _locked(draft, person, act)
        if not written(why):
            raise NotNow("Say why: whoever worked on it will read the reason.")
        if state == DraftState.DECLINED:
            _require_proposed(locked)
        require_open(locked)
        if revision is not None:
            _require_seen(locked, revision)
        locked.state, locked.ended_by, locked.ended_at, locked.ended_why = state, person, timezone.now(), written(why)
        locked.save(update_fields=["state", "ended_by", "ended_at", "ended_why"])
        done = "draft.decline" if state == DraftState.DECLINED else "draft.withdraw"
        _note(done, locked, person, revision=locked.revision)
    return locked


def _locked(draft: Draft, person: Person, act: str) -> Draft:
    """The draft as it is now, ours until the transaction ends; refused to who may not do the act with it."""
    locked = Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    require(person, act, locked)
    return locked


def _require_proposed(draft: Draft) -> None:
    if draft.state != DraftState.PROPOSED:
        raise NotNow(f"This draft does not wait for an answer any more ({draft.get_state_display().lower()}).")


def _require_seen(draft: Draft, revision: int) -> None:
    if draft.revision != revision:
        raise NotNow("The draft has been changed since you opened this page. Look at it as it is now, then go on.")


def _note(act: str, draft: Draft, person: Person, **detail: Any) -> None:
    record(act, f"draft {draft.pk}", person=person, place=draft.place, partner=draft.partner, detail=detail)
