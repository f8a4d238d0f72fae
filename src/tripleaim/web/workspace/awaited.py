"""What a person and their organisations wait for: an answer, a decision, a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tripleaim.web.workspace.desk import Desk, shortened
from tripleaim.web.workspace.found import address
from tripleaim.web.workspace.models import Place, Run
from tripleaim.web.workspace.models.run import RunState


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """One thing that somebody waits for."""

    place: Place
    who: str
    words: str
    to: str
    since: datetime


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
