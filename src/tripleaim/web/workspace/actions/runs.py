"""Runs: asked for, stopped, taken up by a worker, and ended with all their files or none.

The record of a run is the queue. A worker has it by a lease that it renews; once the lease has run out another may take
it up, so a worker that was killed holds nothing up for long and loses nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from tripleaim.errors import PlanProblems
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.refused import NotNow
from tripleaim.web.workspace.jobs.asked import Offered, cache_key, program, read_options
from tripleaim.web.workspace.models import Content, Draft, Person, Place, Run, RunFile, Version
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.models.run import RunKind, RunState
from tripleaim.web.workspace.rights import require

ATTEMPTS = 3
"""How often a run is begun before it is given up."""
UNDER_WAY = (RunState.WAITING, RunState.WORKING)
GIVEN_UP = (
    "The work was begun three times and broke off each time. Nothing was kept of it; the plan and everything else is "
    "safe. Ask for fewer draws, or tell whoever keeps this workspace."
)


def lease() -> timedelta:
    """How long a worker has a run without saying that it is alive."""
    return timedelta(seconds=getattr(settings, "RUN_LEASE", 30))


# ---- Asked, and stopped ----------------------------------------------------------------------------------------------


def ask(
    person: Person, place: Place, content: Content, kind: str, options: Mapping[str, Any], draft: Draft | None = None
) -> Run:
    """A run that answers this: the one there is already, done or under way, or a new one that waits for a worker.

    content : of a version of the place, or of the draft
    options : as typed or as JSON holds them; what is left out has its usual value
    raises  : NotAllowed; NotNow where the plan is not one of the place's; PlanProblems with every option that cannot be
    """
    require(person, "run.ask", draft or place)
    if not _belongs(place, content, draft):
        raise NotNow("This plan is no version of the place and no draft in it. Open the plan you mean, and ask there.")
    asked = read_options(kind, options, Offered(bytes(content.packed)))
    return _one(person, place, content.pk, kind, asked, draft)


def _belongs(place: Place, content: Content, draft: Draft | None) -> bool:
    if draft is None:
        return Version.objects.filter(place=place, content_id=content.pk).exists()
    own = draft.content_id == content.pk or draft.edits.filter(content_id=content.pk).exists()
    return draft.place_id == place.pk and own


@transaction.atomic
def _one(
    person: Person | None, place: Place, fingerprint: str, kind: str, options: dict[str, Any], draft: Draft | None
) -> Run:
    """The run of exactly this, found or made, one also where two ask at once."""
    Content.objects.select_for_update(no_key=True).values_list("pk").get(pk=fingerprint)
    key = cache_key(fingerprint, kind, options)
    known = seen_by(place, draft).filter(cache_key=key)
    same = known.filter(state=RunState.DONE).first() or known.filter(state__in=UNDER_WAY).first()
    if same is not None:
        return same
    run = Run.objects.create(
        place=place,
        content_id=fingerprint,
        draft=draft,
        kind=kind,
        options=options,
        cache_key=key,
        asked_by=person,
        doing="Waiting to begin",
        program=program(),
    )
    detail = {"kind": kind, "fingerprint": fingerprint, "options": {name: str(each) for name, each in options.items()}}
    record(
        "run.ask", f"run {run.pk}", person=person, place=place, partner=draft.partner if draft else None, detail=detail
    )
    return run


def seen_by(place: Place, draft: Draft | None = None) -> QuerySet[Run]:
    """Runs of a place that all in it may see, and those of one draft, which may be its people's alone as yet."""
    return Run.objects.filter(seen_by_all() | Q(draft=draft) if draft else seen_by_all(), place=place)


@transaction.atomic
def stop(person: Person, run: Run) -> Run:
    """Stop a run that waits or is being worked out. Whoever works on it notices within seconds, and can keep nothing.

    raises : NotAllowed; NotNow where it has ended already
    """
    require(person, "run.stop", run)
    stopped = Run.objects.filter(pk=run.pk, state__in=UNDER_WAY).update(
        state=RunState.CANCELLED, stop_asked=True, lease_until=None, ended_at=timezone.now(), doing=""
    )
    run.refresh_from_db()
    if not stopped:
        raise NotNow(f"There is nothing to stop: the work has ended ({run.get_state_display().lower()}).")
    record("run.stop", f"run {run.pk}", person=person, place=run.place)
    return run


def ask_missing(place: Place | None = None) -> int:
    """Ask, for nobody, what happens with and without the schemes, of every shared plan that has no answer yet.

    These are the newest version of each place (or of one) and the drafts that are proposed in it. Each is asked once by
    this version of the program, however it ends.

    returns : how many were asked
    """
    newer = Version.objects.filter(place=OuterRef("place"), number__gt=OuterRef("number"))
    versions = Version.objects.filter(~Exists(newer)).select_related("place")
    drafts = Draft.objects.filter(state=DraftState.PROPOSED).select_related("place", "partner")
    if place is not None:
        versions, drafts = versions.filter(place=place), drafts.filter(place=place)
    shared: list[tuple[Place, str, Draft | None]] = [(each.place, each.content_id, None) for each in versions]
    shared += [(each.place, each.content_id, each) for each in drafts]
    keys = {fingerprint: cache_key(fingerprint, "run", {}) for _, fingerprint, _ in shared}
    known = set(
        Run.objects.filter(cache_key__in=keys.values()).filter(seen_by_all()).values_list("place_id", "cache_key")
    )
    missing = {(at.pk, of): (at, of, draft) for at, of, draft in reversed(shared) if (at.pk, keys[of]) not in known}
    for at, of, draft in missing.values():
        _one(None, at, of, "run", {}, draft)
    return len(missing)


def seen_by_all() -> Q:
    """Runs that everybody in their place may see: of shared plans, and of drafts that have been proposed."""
    return Q(draft=None) | Q(draft__proposed_at__isnull=False)


# ---- Worked on -------------------------------------------------------------------------------------------------------


def _due() -> QuerySet[Run]:
    """What a worker may take up: what waits, and what another had when its lease ran out.

    What happens with and without the schemes comes first: it takes seconds, and every page of the place rests on it.
    """
    lapsed = Q(state=RunState.WORKING) & Q(lease_until__lt=timezone.now())
    due = Run.objects.filter(Q(state=RunState.WAITING) | lapsed)
    return due.order_by(Case(When(kind=RunKind.RUN, then=0), default=1), "asked_at", "pk")


def claim(worker: str) -> Run | None:
    """The run whose turn it is, now this worker's until its lease runs out; None where nothing waits.

    worker : a name no other worker has
    """
    while _due().exists():
        taken, run = _take(worker)
        if run is not None or not taken:
            return run
    return None


@transaction.atomic
def _take(worker: str) -> tuple[bool, Run | None]:
    """Whether there was one to take, and the run; one begun too often is given up instead."""
    run = _due().select_for_update(skip_locked=True, of=("self",)).first()
    if run is None:
        return False, None
    if run.attempts >= ATTEMPTS:
        _end(run, RunState.FAILED, fault=GIVEN_UP)
        return True, None
    now = timezone.now()
    run.state, run.worker, run.attempts = RunState.WORKING, worker, run.attempts + 1
    run.lease_until, run.beat_at, run.started_at = now + lease(), now, now
    run.share_done, run.doing = 0.0, "Beginning"
    run.save(
        update_fields=[
            "state",
            "worker",
            "attempts",
            "lease_until",
            "beat_at",
            "started_at",
            "share_done",
            "doing",
        ]
    )
    return True, run


def beat(run: Run, worker: str, share_done: float, doing: str) -> bool:
    """Say how far a run is, and have it for longer. False where it was stopped, or another has taken it up."""
    now = timezone.now()
    return bool(
        _held(run, worker).update(share_done=share_done, doing=doing[:200], beat_at=now, lease_until=now + lease())
    )


def give_back(run: Run, worker: str) -> None:
    """Leave a run to another worker, because this one is told to end; the attempt is not counted."""
    _held(run, worker).update(
        state=RunState.WAITING,
        worker="",
        lease_until=None,
        attempts=max(run.attempts - 1, 0),
        share_done=0.0,
        doing="Waiting to begin",
    )


@transaction.atomic
def finish(run: Run, worker: str, files: Mapping[str, bytes]) -> bool:
    """Keep all files of an answer. False, and nothing kept, where the worker no longer has the run."""
    held = _locked(run, worker)
    if held is None:
        return False
    RunFile.objects.bulk_create(
        RunFile(run=held, name=name, packed=zlib.compress(content, 6)) for name, content in sorted(files.items())
    )
    held.share_done, held.program = 1.0, program()
    _end(held, RunState.DONE)
    return True


@transaction.atomic
def fail(run: Run, worker: str, fault: str) -> bool:
    """Say in words why there is no answer, by our fault. False where the worker no longer has the run."""
    held = _locked(run, worker)
    if held is not None:
        _end(held, RunState.FAILED, fault=fault)
    return held is not None


@transaction.atomic
def refuse(run: Run, worker: str, problems: Iterable[Mapping[str, str]]) -> bool:
    """Say why the plan cannot be run: every problem as {where, found, expected, to_fix}."""
    held = _locked(run, worker)
    if held is not None:
        _end(held, RunState.FAILED, refusal=[dict(each) for each in problems])
    return held is not None


def records(refusal: PlanProblems) -> list[dict[str, str]]:
    """Problems as a run keeps them."""
    return [
        {"where": each.where, "found": each.found, "expected": each.expected, "to_fix": each.to_fix}
        for each in refusal.problems
    ]


def _held(run: Run, worker: str) -> QuerySet[Run]:
    return Run.objects.filter(pk=run.pk, worker=worker, state=RunState.WORKING)


def _locked(run: Run, worker: str) -> Run | None:
    """The run while this worker has it, ours alone until the transaction ends."""
    return _held(run, worker).select_for_update(of=("self",)).select_related("place").first()


def _end(run: Run, state: RunState, *, fault: str = "", refusal: list[dict[str, str]] | None = None) -> None:
    """End a run, and tell the audit. Part of a larger write."""
    run.state, run.fault, run.refusal = state, fault, refusal or []
    run.ended_at, run.lease_until, run.doing = timezone.now(), None, ""
    run.save()
    act = "run.finish" if state == RunState.DONE else "run.fail"
    record(act, f"run {run.pk}", person=None, place=run.place, detail={"kind": run.kind, "attempts": run.attempts})
