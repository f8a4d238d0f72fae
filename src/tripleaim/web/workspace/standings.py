"""Who is in: each organisation of a place, whether its people have come, looked and spoken, and where it ends up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from tripleaim.reports.words import plural
from tripleaim.web.workspace.found import Found, address
from tripleaim.web.workspace.models import Answer, Challenge, Comment, Draft, Partner, Place, Visit
from tripleaim.web.workspace.models.organisation import Sector


@dataclass(frozen=True, kw_only=True)
class Stands:
    """One organisation in a list. Money is in £m: below nought is short, or, for a pressure, above the opening year."""

    partner: Partner
    name: str
    sector: str
    to: str
    """Its own page; empty for one the plan does not name."""
    people: int
    state: str
    tag: str
    nothing: float | None
    hoped: float | None
    found: float | None
    """None where the plan does not hold its accounts, or nothing is worked out yet."""


def standings(place: Place, found: Found) -> tuple[Stands, ...]:
    """Every organisation of a place in one question: those the plan tells money of first, the most short first."""
    told = {row["key"]: row for row in found.told["index"]["organisations"]} if found.told else {}
    order = {key: number for number, key in enumerate(told)}
    rows = [_stands(place, partner, found, told.get(partner.key)) for partner in _partners(place, found)]
    return tuple(sorted(rows, key=lambda row: (order.get(row.partner.key, len(order)), not row.partner.key, row.name)))


def _partners(place: Place, found: Found) -> Any:
    own = OuterRef("pk")
    still = Q(memberships__ended_at=None)
    looked = Visit.objects.filter(
        place=place, version=found.version, person__memberships__partner=own, person__memberships__ended_at=None
    )
    spoke = (
        Exists(Draft.objects.filter(partner=own, proposed_at__isnull=False))
        | Exists(Comment.objects.filter(partner=own))
        | Exists(Challenge.objects.filter(partner=own))
        | Exists(Answer.objects.filter(partner=own))
    )
    return place.partners.select_related("organisation").annotate(
        people=Count("memberships__person", filter=still, distinct=True), looked=Exists(looked), spoke=spoke
    )


def _stands(place: Place, partner: Any, found: Found, row: Mapping[str, Any] | None) -> Stands:
    state, tag = _state(partner, found)
    sums = (None, None, None)
    if row and row["has_accounts"] and found.told:
        side = 1e-6 if found.told["place"]["is_pressure"] else -1e-6
        sums = tuple(row[case][found.last] * side for case in ("do_nothing", "hoped", "resourced"))  # type: ignore[assignment]
    return Stands(
        partner=partner,
        name=partner.organisation.name,
        sector=Sector(partner.organisation.sector).label,
        to=address("organisation", place.slug, partner.key) if partner.key else "",
        people=partner.people,
        state=state,
        tag=tag,
        nothing=sums[0],
        hoped=sums[1],
        found=sums[2],
    )


def _state(partner: Any, found: Found) -> tuple[str, str]:
    """How far an organisation has come, in words, and the class of the tag that says it. Nobody's vote is guessed."""
    if not partner.people:
        return "Nobody has joined yet", "tag-open"
    if partner.spoke:
        return "Has proposed, asked or answered", "tag-good"
    if partner.looked and found.version:
        return f"Has looked at version {found.version.number}", "tag-good"
    return "Has joined, has not looked yet", "tag-wait"


def joined(rows: tuple[Stands, ...]) -> str:
    """How many have joined, in a sentence."""
    of = [row for row in rows if row.partner.key]
    there, people = sum(row.people > 0 for row in of), sum(row.people for row in of)
    if not there:
        return f"Nobody of the {plural(len(of), 'organisation')} has joined yet."
    return f"{plural(people, 'person', 'people')} from {there} of {plural(len(of), 'organisation')} have joined."
