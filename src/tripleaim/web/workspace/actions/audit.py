"""One event a write, chained: who did what to which thing, with the hash of the event before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import timezone

from tripleaim.web.workspace.models import AuditEvent, AuditHead, Partner, Person, Place

NOTHING_BEFORE = "0" * 64


def record(
    act: str,
    thing: str,
    *,
    person: Person | None,
    place: Place | None = None,
    partner: Partner | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add one event to the chain. Called inside the transaction of the write it tells of, so both stand or neither.

    detail : texts, whole numbers, yes and no, lists and mappings of these; never a secret, an address or a score
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit event belongs into the transaction of its write")
    head = _locked_head()
    event = AuditEvent(
        number=head.number + 1,
        at=timezone.now().astimezone(UTC).isoformat(timespec="microseconds"),
        person=person.pk if person else None,
        partner=partner.pk if partner else None,
        place=place.slug if place else "",
        act=act,
        thing=thing,
        detail=_plain(detail or {}),
        before=head.hashed,
    )
    event.hashed = hash_of(event)
    event.save(force_insert=True)
    AuditHead.objects.filter(pk=head.pk).update(number=event.number, hashed=event.hashed)
    return event


def _locked_head() -> AuditHead:
    """The end of the chain, ours until the transaction ends."""
    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        AuditHead.objects.get_or_create(pk=1, defaults={"hashed": NOTHING_BEFORE})
        head = AuditHead.objects.select_for_update().get(pk=1)
    return head


def hash_of(event: AuditEvent) -> str:
    """SHA-256 over everything an event says, with the hash of the one before it."""
    said = [
        event.number,
        event.at,
        event.person,
        event.partner,
        event.place,
        event.act,
        event.thing,
        event.detail,
        event.before,
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A detail as every database gives it back: no fraction, which two databases might write in two ways."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"the audit takes no {type(value).__name__}: write it as text")


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold, and what is wrong there."""

    number: int
    what: str


def broken_links(events: Iterator[AuditEvent], head: AuditHead | None) -> Iterator[Broken]:
    """Everything in the chain that has been altered, left out or added beside it.

    events : all of them, in the order of their numbers
    """
    before, number = NOTHING_BEFORE, 0
    for event in events:
        if event.number != number + 1:
            yield Broken(number + 1, f"events {number + 1} to {event.number - 1} are missing")
        elif event.before != before:
            yield Broken(event.number, "it does not follow the event before it")
        if event.hashed != hash_of(event):
            yield Broken(event.number, "what it says has been altered")
        before, number = event.hashed, event.number
    if head is not None and (head.number, head.hashed) != (number, before):
        yield Broken(head.number, f"the chain ends at event {number}, but {head.number} had been written")
    if head is None and number:
        yield Broken(number, "the end of the chain is not on record")
