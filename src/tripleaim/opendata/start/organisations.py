"""Who serves the place: real bodies without accounts, and sectors that carry what can be said about money."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.opendata.council import COUNTY, Council
from tripleaim.opendata.start.subject import COMMISSIONERS, COUNCIL_SERVICES, COUNCILS, Subject, slug
from tripleaim.opendata.trust import Trust
from tripleaim.plan.organisation import Organisation, Role


def organisations(subject: Subject) -> Iterator[Organisation]:
    """Sectors, commissioning groups of April 2017, councils, and NHS trusts placed here."""
    yield from sectors(subject)
    for group in subject.groups:
        yield Organisation(
            key=f"ccg_{group.ods.lower()}",
            name=group.name,
            role=Role.COMMISSIONER,
            kind="clinical commissioning group",
            code=group.ods,
            place=f"area_{group.ods.lower()}",
            accounts=False,
            source="ons_lookups",
        )
    for council, _ in subject.councils:
        yield Organisation(
            key=council_key(council),
            name=council_name(council),
            role=Role.COUNCIL,
            kind=COUNTY if council.kind == COUNTY else f"council, {council.kind}",
            code=council.code,
            place=f"{slug(council.name)}_council",
            accounts=False,
            source="footprint_overlaps",
        )
    for trust in subject.trusts:
        yield Organisation(
            key=f"trust_{trust.ods.lower()}",
            name=trust.name,
            role=Role.PROVIDER,
            kind=kind_of_trust(trust),
            code=trust.ods,
            place=subject.key,
            accounts=False,
            source="ods_trusts",
        )


def sectors(subject: Subject) -> Iterator[Organisation]:
    """Three sectors: whoever pays for hospital care, whoever pays for council services, and those services."""
    for key, name, role, kind, accounts in (
        (
            COMMISSIONERS,
            f"Commissioners of {subject.name}, together",
            Role.SECTOR,
            "payers of hospital care, as one",
            True,
        ),
        (COUNCILS, f"Councils of {subject.name}, together", Role.COUNCIL, "payers of council services, as one", True),
        (
            COUNCIL_SERVICES,
            f"Social care and public health services in {subject.name}",
            Role.SECTOR,
            "services",
            False,
        ),
    ):
        yield Organisation(
            key=key, name=name, role=role, kind=kind, place=subject.key, accounts=accounts, source="sectors"
        )


def kind_of_trust(trust: Trust) -> str:
    """What kind of NHS trust it is, in words."""
    legal = "NHS foundation trust" if "Foundation" in trust.name else "NHS trust"
    several = "; serves several footprints" if trust.kind == "ambulance" else ""
    return f"{legal}, {trust.kind}{several}"


def council_name(council: Council) -> str:
    """What a council calls itself, near enough."""
    if council.kind == COUNTY and "County" not in council.name:
        return f"{council.name} County Council"
    if council.name == "City of London":
        return "City of London Corporation"
    return f"Council of {council.name}" if "," in council.name else f"{council.name} Council"


def council_key(council: Council) -> str:
    """The key of a council as an organisation."""
    return slug(council_name(council))
