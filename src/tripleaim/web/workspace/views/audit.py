"""The audit of a place, for its auditors: who did what, when, and whether the chain holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from tripleaim.charts import Table
from tripleaim.web.workspace.actions.audit import Broken, broken_links
from tripleaim.web.workspace.models import AuditEvent, AuditHead, Partner, Person, Role
from tripleaim.web.workspace.views.frame import Here, at_place

A_PAGE = 50
PROVED_AT_ONCE = 5_000
"""So many events are proved while the page is made; more when the reader asks."""
ACTS = {
    "challenge.answer": "answered a challenge",
    "challenge.ask": "challenged a number",
    "challenge.close": "closed a challenge",
    "confidence.give": "said in private how sure they are of a scheme",
    "draft.accept": "took a proposal into the plan",
    "draft.bring_up": "brought a draft up to the newest version",
    "draft.comment": "commented on a proposal",
    "draft.decline": "declined a proposal",
    "draft.edit": "changed a draft",
    "draft.propose": "proposed a draft to all partners",
    "draft.start": "started a draft",
    "draft.take_back": "took a proposal back to work on it",
    "draft.withdraw": "withdrew a draft",
    "partner.add": "added an organisation to the place",
    "people.end": "ended somebody’s part in the place",
    "people.invite": "invited somebody",
    "people.join": "joined the place",
    "people.renew": "renewed an invitation",
    "people.withdraw": "withdrew an invitation",
    "place.open": "opened the place with the first version of its plan",
    "run.ask": "asked for a result",
    "run.fail": "could not work a result out",
    "run.finish": "worked a result out",
    "run.refuse": "refused to work a result out",
    "run.stop": "stopped a run",
    "version.read": "marked a version as read",
}
"""Act → what its doer did, in words; an act that is not here is told by its name."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One event as a reader is told it."""

    number: int
    at: datetime
    who: str
    partner: str
    did: str
    thing: str
    more: str
    hashed: str


@at_place("", "audit.see")
def audit(here: Here) -> HttpResponse:
    """Events of the place in words, the newest first."""
    act = here.request.GET.get("act", "")
    page = Paginator(_events(here, act), A_PAGE).get_page(here.request.GET.get("page"))
    head = AuditHead.objects.filter(pk=1).first()
    prove = here.request.GET.get("prove") == "yes" or head is None or head.number <= PROVED_AT_ONCE
    acts = AuditEvent.objects.filter(place=here.place.slug).order_by("act").values_list("act", flat=True).distinct()
    return here.page(
        "audit/audit.html",
        page=page,
        rows=list(_told(page)),
        act=act,
        acts=[(each, did(each)) for each in acts],
        head=head,
        proved=prove,
        broken=_broken(head) if prove else [],
        now=timezone.now(),
    )


@at_place("", "audit.see")
def audit_csv(here: Here) -> HttpResponse:
    """The same as a table for a spreadsheet, the oldest first, whole."""
    events = _events(here, here.request.GET.get("act", "")).order_by("number")
    rows = [
        (str(each.number), each.at.isoformat(), each.who, each.partner, each.did, each.thing, each.more, each.hashed)
        for each in _told(events)
    ]
    header = ("Number", "When (UTC)", "Who", "For", "Did", "What", "More", "Hash")
    table = Table(caption="Audit", header=header, rows=tuple(rows), numeric=())
    answer = HttpResponse(table.csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{here.place.slug}.csv"'
    return answer


def _events(here: Here, act: str) -> QuerySet[AuditEvent]:
    found = AuditEvent.objects.filter(place=here.place.slug).order_by("-number")
    return found.filter(act=act) if act else found


def _broken(head: AuditHead | None) -> list[Broken]:
    return list(broken_links(AuditEvent.objects.order_by("number").iterator(chunk_size=2000), head))


def _told(events: Iterable[AuditEvent]) -> Iterator[Told]:
    """Events with the names of people and organisations, which two questions to the database find for all of them."""
    every = list(events)
    meant = {number for event in every if (number := _person_meant(event)) is not None}
    doers = {each.person for each in every if each.person is not None}
    bodies = {each.partner for each in every if each.partner is not None}
    people = dict(Person.objects.filter(pk__in=doers | meant).values_list("pk", "name"))
    partners = dict(Partner.objects.filter(pk__in=bodies).values_list("pk", "organisation__name"))
    for event in every:
        person = _person_meant(event)
        yield Told(
            number=event.number,
            at=datetime.fromisoformat(event.at),
            who=people.get(event.person or 0, "The program"),
            partner=partners.get(event.partner or 0, ""),
            did=did(event.act),
            thing=event.thing if person is None else people.get(person, event.thing),
            more=_more(event),
            hashed=event.hashed,
        )


def did(act: str) -> str:
    """An act in words."""
    return ACTS.get(act, act)


_PERSON = re.compile(r"person (\d+)")


def _person_meant(event: AuditEvent) -> int | None:
    named = _PERSON.fullmatch(event.thing)
    return int(named[1]) if named else None


def _more(event: AuditEvent) -> str:
    """What an event says beside its thing, as far as a reader makes use of it."""
    said = event.detail
    parts = []
    if isinstance(said.get("version"), int):
        parts.append(f"version {said['version']}")
    if said.get("role") in Role.values:
        parts.append(f"as {Role(said['role']).label.lower()}")
    if isinstance(said.get("table"), str):
        parts.append(", ".join(str(said[name]) for name in ("table", "row", "field") if said.get(name)))
    if isinstance(said.get("kind"), str):
        parts.append(said["kind"])
    return "; ".join(parts)


URLS: list[URLPattern] = [
    path("places/<slug:slug>/audit/", audit, name="audit"),
    path("places/<slug:slug>/audit.csv", audit_csv, name="audit_csv"),
]
