"""Who is in: each organisation of a place, whether its people have come, read and spoken, and where it ends up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tripleaim.reports.words import plural
from tripleaim.web.workspace.found import Found, address
from tripleaim.web.workspace.models import Answer, Challenge, Comment, Draft, Membership, Partner, Place, Version, Visit
from tripleaim.web.workspace.models.organisation import Sector


@dataclass(frozen=True, kw_only=True)
class Stands:
    """One organisation in a list. Money is in £m: below nought is short, or, for a pressure, above the opening year."""

    partner: Partner | None
    """None for several bodies that the plan tells of together: nobody joins for those."""
    key: str
    """Its key in the plan; empty for one the plan does not name."""
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
    """Every organisation of a place, in as many questions for many as for one: the most short first."""
    told = {row["key"]: row for row in found.told["index"]["organisations"]} if found.told else {}
    order = {key: number for number, key in enumerate(told)}
    here = _Here(place, found.version)
    partners = place.partners.select_related("organisation")
    rows = [_stands(place, partner, found, told.get(partner.key), here) for partner in partners]
    there = {row.key for row in rows}
    rows += [_together(place, found, row) for row in told.values() if row["has_accounts"] and row["key"] not in there]
    return tuple(sorted(rows, key=lambda row: (order.get(row.key, len(order)), not row.key, row.name)))


class _Here:
    """Who of a place has joined, said that they read a version, and spoken."""

    def __init__(self, place: Place, version: Version | None) -> None:
        self.people: dict[int, set[int]] = defaultdict(set)
        members = Membership.objects.filter(partner__place=place, ended_at=None)
        for partner, person in members.values_list("partner_id", "person_id"):
            self.people[partner].add(person)
        visits = Visit.objects.filter(place=place, version=version).values_list("person_id", flat=True)
        self.looked = set(visits) if version else set()
        asked = Challenge.objects.filter(place=place).order_by().values_list("partner_id")
        answered = Answer.objects.filter(challenge__place=place).order_by().values_list("partner_id")
        proposed = Draft.objects.filter(place=place, proposed_at__isnull=False).order_by().values_list("partner_id")
        said = Comment.objects.filter(draft__place=place).order_by().values_list("partner_id")
        self.spoke = {partner for (partner,) in asked.union(answered, proposed, said)}


def _stands(place: Place, partner: Partner, found: Found, row: Mapping[str, Any] | None, here: _Here) -> Stands:
    state, tag = _state(partner, found, here)
    nothing, hoped, has = _sums(found, row)
    return Stands(
        partner=partner,
        key=partner.key,
        name=partner.organisation.name,
        sector=Sector(partner.organisation.sector).label,
        to=address("organisation", place.slug, partner.key) if partner.key else "",
        people=len(here.people[partner.pk]),
        state=state,
        tag=tag,
        nothing=nothing,
        hoped=hoped,
        found=has,
    )


def _together(place: Place, found: Found, row: Mapping[str, Any]) -> Stands:
    """Several bodies whose accounts the plan holds as one."""
    nothing, hoped, has = _sums(found, row)
    return Stands(
        partner=None,
        key=row["key"],
        name=row["name"],
        sector="Several bodies, told as one",
        to=address("organisation", place.slug, row["key"]),
        people=0,
        state="Nobody joins for it",
        tag="",
        nothing=nothing,
        hoped=hoped,
        found=has,
    )


def _sums(found: Found, row: Mapping[str, Any] | None) -> tuple[float | None, float | None, float | None]:
    """Where an organisation ends up in the last year, £m."""
    if row is None or found.told is None or not row["has_accounts"]:
        return None, None, None
    side = 1e-6 if found.told["place"]["is_pressure"] else -1e-6
    nothing, hoped, has = (row[case][found.last] * side for case in ("do_nothing", "hoped", "resourced"))
    return nothing, hoped, has


def _state(partner: Partner, found: Found, here: _Here) -> tuple[str, str]:
    """How far an organisation has come, in words, and the class of the tag that says it. Nobody's vote is guessed."""
    people = here.people[partner.pk]
    if not people:
        return "Nobody has joined yet", "tag-open"
    if partner.pk in here.spoke:
        return "Has proposed, asked or answered", "tag-good"
    if people & here.looked and found.version:
        return f"Has read version {found.version.number}", "tag-good"
    return "Has joined", "tag-wait"


def joined(rows: tuple[Stands, ...]) -> str:
    """How many have joined, in a sentence."""
    of = [row for row in rows if row.partner and row.key]
    there, people = sum(row.people > 0 for row in of), sum(row.people for row in of)
    if not there:
        return f"Nobody of the {plural(len(of), 'organisation')} has joined yet."
    return f"{plural(people, 'person', 'people')} from {there} of {plural(len(of), 'organisation')} have joined."
