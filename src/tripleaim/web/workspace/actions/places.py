"""Places: opened with the first version of their plan and the organisations it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from tripleaim.errors import PlanProblems, Problem
from tripleaim.plan import Plan
from tripleaim.plan.organisation import Organisation as PlanOrganisation
from tripleaim.plan.organisation import Role as PlanRole
from tripleaim.web.workspace.actions.audit import record
from tripleaim.web.workspace.actions.contents import keep
from tripleaim.web.workspace.actions.refused import written
from tripleaim.web.workspace.models import Membership, Organisation, Partner, Person, Place, Role, Version
from tripleaim.web.workspace.models.organisation import Sector
from tripleaim.web.workspace.rights import NotAllowed, require

LONGEST_NAME = 160
OFFICE = "Programme office of {}"
"""The organisation that convenes a place until the partners name another."""


@transaction.atomic
def open_place(slug: str, plan: Plan, why: str, by: Person | None = None) -> Place:
    """A new place: version 1 of its plan, its organisations as partners, and a programme office.

    by     : who opens it, who convenes it from then on; None where the program does so by itself
    raises : NotAllowed where that person does not keep the workspace
    """
    if by is not None and not by.keeps_workspace:
        raise NotAllowed(
            "Only who keeps this workspace opens places in it. Ask them, or start a workspace of your own."
        )
    place = Place.objects.create(slug=slug, name=_called(_name_of(plan)), invented=plan.heading.invented)
    version = Version.objects.create(place=place, number=1, content=keep(plan), why=why, made_by=by)
    at_the_table = (each for each in plan.organisations if each.role is not PlanRole.SECTOR or _is_practice(each))
    for organisation in _named_anew(at_the_table, set()):
        _join(place, organisation)
    office = _join_named(place, _called(OFFICE.format(place.name)), Sector.OTHER, "")
    if by is not None:
        Membership.objects.create(person=by, partner=office, role=Role.CONVENOR)
    record(
        "place.open",
        f"version {version.number}",
        person=by,
        place=place,
        detail={"fingerprint": version.content_id, "partners": place.partners.count()},
    )
    return place


def join_new(place: Place, plan: Plan) -> list[Partner]:
    """Organisations that a new version of the plan names for the first time, as partners. Part of a larger write."""
    known = set(place.partners.values_list("key", "organisation__name"))
    keys, names = {key for key, _ in known}, {name for _, name in known}
    new = (each for each in plan.organisations if each.role is not PlanRole.SECTOR and each.key not in keys)
    return [_join(place, each) for each in _named_anew(new, names)]


def _named_anew(organisations: Iterable[PlanOrganisation], names: set[str]) -> Iterator[PlanOrganisation]:
    """Those whose name nobody has yet; of several with one name the first, as one body is one partner."""
    for each in organisations:
        if _called(each.name) not in names:
            names.add(_called(each.name))
            yield each


def _called(name: str) -> str:
    """A name as long as we keep one."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _name_of(plan: Plan) -> str:
    """What a place is called: the name of its footprint, or the plan's where that has none."""
    return next((row.name for row in plan.places if row.key == plan.heading.place), plan.heading.name)


def _is_practice(organisation: PlanOrganisation) -> bool:
    """General practice stands in a plan as one sector, but belongs at the table like every other body."""
    return "general_practice" in organisation.key or "general practice" in organisation.name.lower()


def _join(place: Place, organisation: PlanOrganisation) -> Partner:
    sector = Sector.PRACTICE if _is_practice(organisation) else Sector(organisation.role.value)
    return _join_named(place, _called(organisation.name), sector, organisation.key)


def _join_named(place: Place, name: str, sector: Sector, key: str) -> Partner:
    known, _ = Organisation.objects.get_or_create(name=name, defaults={"sector": sector})
    return Partner.objects.create(place=place, organisation=known, key=key)


@transaction.atomic
def add_partner(by: Person, place: Place, name: str, sector: str) -> Partner:
    """An organisation that the plan does not count joins the place, such as Healthwatch or a reviewer's.

    raises : NotAllowed; PlanProblems where the name is empty, too long or there already, or the sector is none of ours
    """
    require(by, "partner.add", place)
    name = " ".join(written(name).split())
    problems = list(_not_added(place, name, sector))
    if problems:
        raise PlanProblems(problems)
    partner = _join_named(place, name, Sector(sector), "")
    record("partner.add", f"partner {partner.pk}", person=by, place=place, partner=partner, detail={"sector": sector})
    return partner


def _not_added(place: Place, name: str, sector: str) -> Iterator[Problem]:
    if not name:
        yield _problem("name", "nothing", "the name it calls itself", "write it")
    elif len(name) > LONGEST_NAME:
        yield _problem("name", f"{len(name)} letters", f"at most {LONGEST_NAME}", "write it shorter")
    elif place.partners.filter(organisation__name__iexact=name).exists():
        yield _problem(
            "name", name, "an organisation that is not in the place yet", "invite people to the one there is"
        )
    if sector not in Sector.values:
        yield _problem("sector", sector or "nothing", "one of the kinds offered", "choose what comes nearest")


def _problem(field: str, found: str, expected: str, to_fix: str) -> Problem:
    return Problem(file="the organisation", field=field, found=found, expected=expected, to_fix=to_fix)


@transaction.atomic
def convene(place: Place, person: Person) -> None:
    """Make who keeps the workspace a convenor of a place, for its programme office; once they are, nothing changes."""
    if not person.keeps_workspace:
        raise NotAllowed("Only who keeps this workspace convenes its places. A convenor of the place can invite you.")
    office = place.partners.get(organisation__name=_called(OFFICE.format(place.name)))
    _, made = Membership.objects.get_or_create(person=person, partner=office, role=Role.CONVENOR, ended_at=None)
    if made:
        record(
            "people.join",
            f"person {person.pk}",
            person=person,
            place=place,
            partner=office,
            detail={"role": "convenor"},
        )
