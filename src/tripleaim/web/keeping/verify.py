"""The proof that nothing in a workspace was altered behind its back: the audit's chain, contents and versions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from tripleaim.errors import TripleAimError
from tripleaim.loading.packed import unpacked
from tripleaim.web.keeping.refused import NotKept
from tripleaim.web.workspace.actions.audit import NOTHING_BEFORE, broken_links
from tripleaim.web.workspace.models import AuditEvent, AuditHead, Content, Version

NOTED = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was found when a workspace was proved."""

    events: int
    hashed: str
    """Hash of the last event: who wrote it down elsewhere can tell later that the whole chain is still the same."""
    contents: int
    versions: int
    broken: tuple[str, ...]
    """Everything that does not hold, one sentence each; empty where all does."""

    @property
    def noted(self) -> str:
        """What to write down: the number of the last event and its hash."""
        return f"{self.events}:{self.hashed}"


@transaction.atomic
def verified(noted: str = "") -> Verified:
    """Prove the workspace as it stands at one moment.

    noted  : what an earlier proof said to write down; the chain must still hold that event
    raises : NotKept where `noted` is not in that form
    """
    head = AuditHead.objects.filter(pk=1).first()
    broken = [
        *(f"Event {each.number} of the audit: {each.what}." for each in broken_links(_events(), head)),
        *_broken_notes(noted),
        *_broken_contents(),
        *_broken_versions(),
    ]
    return Verified(
        events=head.number if head else 0,
        hashed=head.hashed if head else NOTHING_BEFORE,
        contents=Content.objects.count(),
        versions=Version.objects.count(),
        broken=tuple(broken),
    )


def _events() -> Iterator[AuditEvent]:
    return AuditEvent.objects.order_by("number").iterator(chunk_size=2000)


def _broken_notes(noted: str) -> Iterator[str]:
    if not noted:
        return
    read = NOTED.fullmatch(noted.strip())
    if read is None:
        raise NotKept("What was written down is the number of an event and 64 letters and digits, such as 12:9f3c….")
    if not AuditEvent.objects.filter(number=int(read[1]), hashed=read[2]).exists():
        yield f"Event {read[1]} of the audit: it is not the one that was written down."


def _broken_contents() -> Iterator[str]:
    for content in Content.objects.order_by("pk").iterator(chunk_size=20):
        try:
            found = unpacked(bytes(content.packed)).fingerprint
        except TripleAimError:
            yield f"Plan {content}: its bytes can no longer be read as a plan."
            continue
        if found != content.pk:
            yield f"Plan {content}: its bytes are another plan, {found[:16]}."


def _broken_versions() -> Iterator[str]:
    """Versions that are missing, without a plan, or with another than the audit says."""
    kept = set(Content.objects.values_list("pk", flat=True))
    told = _told_by_audit()
    numbers: dict[str, int] = defaultdict(int)
    rows = Version.objects.order_by("place__slug", "number").values_list("place__slug", "number", "content_id")
    for place, number, content in rows:
        where = f"Version {number} of {place}"
        if number != numbers[place] + 1:
            yield f"{where}: the one before it is missing."
        numbers[place] = number
        if content not in kept:
            yield f"{where}: its plan is not there."
        said = told.get((place, number))
        if said is not None and said != content:
            yield f"{where}: it holds plan {content[:16]}, but the audit says {said[:16]}."
        if said is None:
            yield f"{where}: the audit knows of no such version."


_VERSION = re.compile(r"version (\d+)")


def _told_by_audit() -> dict[tuple[str, int], str]:
    """Place and version → the fingerprint that the event of its making names."""
    told: dict[tuple[str, int], str] = {}
    for event in AuditEvent.objects.filter(act__in=MAKING).order_by("number").iterator(chunk_size=2000):
        named = _VERSION.fullmatch(event.thing)
        number = int(named[1]) if named else event.detail.get("version")
        fingerprint = event.detail.get("fingerprint")
        if isinstance(number, int) and isinstance(fingerprint, str):
            told.setdefault((event.place, number), fingerprint)
    return told


MAKING = ("place.open", "draft.accept")
"""Acts that make a version."""
