"""Each organisation's own view of the same numbers, alike for commissioner, provider and council."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path

from tripleaim.web.workspace.downloads import table_file
from tripleaim.web.workspace.found import address, beside, found_of
from tripleaim.web.workspace.models import Challenge, Draft, Membership, Partner
from tripleaim.web.workspace.models.challenge import ChallengeState
from tripleaim.web.workspace.models.draft import DraftState
from tripleaim.web.workspace.models.organisation import Sector
from tripleaim.web.workspace.models.run import RunKind
from tripleaim.web.workspace.organisation_tables import tables_of
from tripleaim.web.workspace.standings import joined, standings
from tripleaim.web.workspace.views.frame import Here, at_place

SHOWN = 20


@at_place("organisations")
def organisations(here: Here) -> HttpResponse:
    """Every organisation of the place, those the plan tells of and those it does not."""
    found = found_of(here.place, here.version)
    rows = standings(here.place, found)
    index = found.told["index"] if found.told else None
    there = {row.key for row in rows}
    return here.page(
        "organisations/organisations.html",
        found=found,
        told=found.told["place"] if found.told else None,
        rows=rows,
        joined=joined(rows),
        others=[each for each in index["organisations"] if each["key"] not in there] if index else [],
        areas=index["areas"] if index else [],
        own=frozenset(partner.pk for partner in here.partners),
        address=address,
    )


@at_place("organisations")
def organisation(here: Here, key: str) -> HttpResponse:
    """One organisation's own view."""
    found = found_of(here.place, here.version)
    partner = here.place.partners.filter(key=key).select_related("organisation").first()
    told = found.told["organisations"].get(key) if found.told else None
    if told is not None:
        name, kind = told["name"], told["role_words"]
    elif partner is not None:
        name, kind = partner.organisation.name, ""
    else:
        raise Http404
    kind = kind or (Sector(partner.organisation.sector).label if partner else "")
    here.trail = [("Organisations", here.url("organisations"))]
    stress, share = (beside(here.place, here.version, kind) for kind in (RunKind.STRESS, RunKind.SHARE))
    place_told = found.told["place"] if found.told else None
    return here.page(
        "organisations/organisation.html",
        found=found,
        told=told,
        name=name,
        kind=kind,
        place_told=place_told,
        system=_system(found.told) if found.told else "",
        tables=_tables(found.told, told) if found.told and told else {},
        partner=partner,
        is_own=partner is not None and partner in here.partners,
        members=_members(partner),
        drafts=_drafts(here, partner),
        challenges=_challenges(here, partner),
        share=share,
        shared=(share.told.get("organisations") or {}).get(key) if share else None,
        stress=stress,
        chance=(stress.told.get("organisations") or {}).get(key) if stress else None,
        address=address,
    )


@at_place("organisations")
def organisation_file(here: Here, key: str, table: str, kind: str) -> HttpResponse:
    """A table of an organisation's page as a file."""
    found = found_of(here.place, here.version)
    told = found.told["organisations"].get(key) if found.told else None
    made = _tables(found.told, told).get(table) if found.told and told else None
    if found.told is None or told is None or made is None:
        raise Http404
    title = f"{told['name']}: {made.caption}"
    return table_file(made, f"{key}_{table}", kind, title, found.told["place"]["status_words"])


def _tables(brief: Any, told: Any) -> Any:
    plugs = frozenset(key for key, each in brief["schemes"].items() if each["is_plug"])
    return tables_of(told, brief["system"], brief["years"], pressure=brief["place"]["is_pressure"], plugs=plugs)


def _system(brief: Any) -> str:
    """How the place as a whole ends up, in words."""
    return str(brief["place"]["verdict"]["words"])


def _members(partner: Partner | None) -> Sequence[Membership]:
    if partner is None:
        return ()
    return list(
        partner.memberships.filter(ended_at=None).select_related("person").order_by("person__name", "role")[:50]
    )


def _drafts(here: Here, partner: Partner | None) -> Sequence[tuple[Draft, str]]:
    if partner is None:
        return ()
    rows = Draft.objects.filter(place=here.place, partner=partner, state=DraftState.PROPOSED).order_by("proposed_at")
    return [(each, address("draft", here.place.slug, each.pk)) for each in rows[:SHOWN]]


def _challenges(here: Here, partner: Partner | None) -> Sequence[tuple[Challenge, str]]:
    if partner is None:
        return ()
    rows = Challenge.objects.filter(place=here.place, asked_of=partner, state=ChallengeState.OPEN)
    asked = rows.select_related("partner__organisation").order_by("at")[:SHOWN]
    return [(each, address("challenge", here.place.slug, each.pk)) for each in asked]


URLS: list[URLPattern] = [
    path("places/<slug:slug>/organisations/", organisations, name="organisations"),
    path("places/<slug:slug>/organisations/<str:key>/", organisation, name="organisation"),
    path(
        "places/<slug:slug>/organisations/<str:key>/<str:table>.<str:kind>", organisation_file, name="organisation_file"
    ),
]
