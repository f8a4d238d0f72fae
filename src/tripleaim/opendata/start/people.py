"""Places and the people who live in them."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.opendata.council import COUNTY
from tripleaim.opendata.people import ENGLAND, people
from tripleaim.opendata.start.subject import Subject, slug
from tripleaim.plan.place import Place, PlaceKind, Population

ESTIMATES = (2017, 2019)
"""Middles of the years people are published for, by single year of age."""


def places(subject: Subject) -> Iterator[Place]:
    """The footprint, its commissioners' areas, each council's area as council and as board, and England to lean on."""
    here, england = sum(people(subject.code, 2017)), sum(people(ENGLAND, 2017))
    yield Place(
        key=subject.key,
        name=subject.name,
        kind=PlaceKind.FOOTPRINT,
        code=subject.code,
        share_of_footprint=1.0,
        source="ons_lookups",
    )
    yield Place(
        key="england",
        name="England",
        kind=PlaceKind.REFERENCE,
        code=ENGLAND,
        share_in_footprint=round(here / england, 6),
        source="ons_population",
    )
    for group in subject.groups:
        yield Place(
            key=f"area_{group.ods.lower()}",
            name=group.name,
            kind=PlaceKind.COMMISSIONER,
            code=group.code,
            share_in_footprint=group.share,
            share_of_footprint=round(group.people_2017 / here, 6),
            source="ons_lookups",
        )
    for council, overlap in subject.councils:
        area = f"{council.name} county" if council.kind == COUNTY else council.name
        for kind, name in (
            (PlaceKind.COUNCIL, area),
            (PlaceKind.BOARD, f"{council.name} Health and Wellbeing Board"),
        ):
            yield Place(
                key=f"{slug(council.name)}_{kind.value}",
                name=name,
                kind=kind,
                code=council.code,
                share_in_footprint=overlap.share_of_council,
                share_of_footprint=overlap.share_of_footprint,
                source="footprint_overlaps",
            )


def population(subject: Subject) -> Iterator[Population]:
    """Mid-2017 and mid-2019 by single year of age: the footprint, its commissioners' areas, England."""
    areas = {subject.key: subject.code, "england": ENGLAND}
    areas |= {f"area_{group.ods.lower()}": group.code for group in subject.groups}
    for year in ESTIMATES:
        for place, code in areas.items():
            for age, persons in enumerate(people(code, year)):
                yield Population(place=place, year=year, age=age, persons=persons, source="ons_population")
