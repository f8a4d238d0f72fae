"""Social care and public health: what each council spends, by the share of its people who live in the footprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from tripleaim.opendata.council import Council, CouncilSpending, SocialCareByAge
from tripleaim.opendata.overlap import CouncilOverlap
from tripleaim.opendata.published import published
from tripleaim.opendata.start.subject import COUNCIL_SERVICES, COUNCILS, OPENING_YEAR, Subject, slug
from tripleaim.plan.activity import ActivityLine, Care
from tripleaim.plan.place import AgeProfile
from tripleaim.quantities import certain

WHOLE = 0.9995
"""A council with more than this share of its people here is taken as wholly here."""
FEW_NAMES = 2

SERVICES = (
    ("social_care", "Adult social care", Care.CARE_PACKAGE, "adult_social_care_k"),
    ("public_health", "Public health", Care.PUBLIC_HEALTH, "public_health_k"),
)
"""Key, name, kind of care, and field of the revenue outturn."""


@cache
def spending() -> Mapping[tuple[str, str], CouncilSpending]:
    """What councils spent, by council and year."""
    return {(each.council, each.year): each for each in published().council_spending}


@cache
def by_age() -> Mapping[str, SocialCareByAge]:
    """What councils spent on adult social care by age."""
    return {each.council: each for each in published().social_care_by_age}


def share_here(overlap: CouncilOverlap) -> float:
    """Share of a council's people who live in the footprint; 1 where it is wholly here."""
    return 1.0 if overlap.share_of_council > WHOLE else overlap.share_of_council


def where(subject: Subject, council: Council, overlap: CouncilOverlap) -> str:
    """The council's area, or the part of it that lies here."""
    if share_here(overlap) == 1:
        return council.name
    parts = [each for each in subject.districts if each.council == council.code]
    if len(parts) <= FEW_NAMES and all(each.share_of_district > WHOLE for each in parts):
        return f"{' and '.join(each.name for each in parts)} (its share of {council.name})"
    return f"{council.name} (the {overlap.share_of_council:.1%} of it that is here)"


def council_lines(subject: Subject) -> Iterator[ActivityLine]:
    """Net spending on adult social care and public health, a pound a unit, by the share of people here."""
    for council, overlap in subject.councils:
        spent = spending().get((council.code, OPENING_YEAR))
        for key, name, care, field in SERVICES:
            amount = getattr(spent, field) if spent else None
            if amount:
                profile = f"social_care_{slug(council.name)}"
                has_profile = care is Care.CARE_PACKAGE and council.code in by_age()
                yield ActivityLine(
                    key=f"{key}_{slug(council.name)}",
                    name=f"{name}, {where(subject, council, overlap)}",
                    care=care,
                    population=subject.key,
                    provider=COUNCIL_SERVICES,
                    commissioner=COUNCILS,
                    baseline=float(round(amount * 1000 * share_here(overlap))),
                    unit="GBP of net spending at 2015/16 prices",
                    age_profile=profile if has_profile else "",
                    unit_cost=1.0,
                    growth_share=certain(1.0),
                    cost_index="council_services",
                    source="council_spending",
                )


def social_care_profiles(subject: Subject) -> Iterator[AgeProfile]:
    """Share of gross adult social care spending on people 18 to 64 and 65 and over, 2016/17, by council."""
    for council, _ in subject.councils:
        if found := by_age().get(council.code):
            total = found.age_18_64_k + found.age_65_plus_k
            shares = {(0, 17): 0.0, (18, 64): found.age_18_64_k / total, (65, 120): found.age_65_plus_k / total}
            for (first, last), share in shares.items():
                yield AgeProfile(
                    profile=f"social_care_{slug(council.name)}",
                    age_from=first,
                    age_to=last,
                    age_share=round(share, 6),
                    source="profile_social_care",
                )


def without_spending(subject: Subject) -> tuple[str, ...]:
    """Councils here without published spending of the opening year."""
    return tuple(council.name for council, _ in subject.councils if (council.code, OPENING_YEAR) not in spending())
