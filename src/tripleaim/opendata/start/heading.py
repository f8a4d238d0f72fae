"""What stands at the head of a started plan: what it is, where its boundary comes from, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from tripleaim.opendata.start.councils import without_spending
from tripleaim.opendata.start.flows import patients_here, stay_here, whose_catchment
from tripleaim.opendata.start.growth import MOST, Growth
from tripleaim.opendata.start.indicators import without_health
from tripleaim.opendata.start.lines import HospitalLine
from tripleaim.opendata.start.sources import cut_councils
from tripleaim.opendata.start.stated import UNITS, about_the_plan, without_allocation
from tripleaim.opendata.start.subject import (
    HOSPITAL_KINDS,
    OPENING_YEAR,
    PLAN_DATE,
    PLAN_YEARS,
    Subject,
    emergency_departments,
    joined_later,
    listed,
    per_cent,
    returns,
)
from tripleaim.plan.plan import FORMAT, Heading


def heading(subject: Subject, care: list[HospitalLine], found: dict[str, Growth]) -> Heading:
    """The heading of a started plan."""
    return Heading(
        format=FORMAT,
        name=f"{subject.name} {PLAN_YEARS[0]} to {PLAN_YEARS[-1]}, a start from public data",
        place=subject.key,
        first_year=PLAN_YEARS[0],
        years=len(PLAN_YEARS),
        price_base=OPENING_YEAR,
        regime="stp-2016",
        version="1",
        dated=PLAN_DATE,
        summary=summary(subject),
        not_known=tuple(not_known(subject, care, found)),
        use_hindsight=True,
    )


def summary(subject: Subject) -> str:
    """One paragraph for a resident."""
    return (
        f"A start, made from public data alone, for a plan of {subject.name}: what people, hospital "
        "care, social care and "
        "public health would look like over five years if nothing changes. It is not the partners' "
        "plan. It is dated as of the October 2016 submission. The area is the footprint of April "
        "2017, put together from "
        f"its small areas. {cut_councils(subject)} {successors(subject)} Hospital care is counted at "
        "the trusts that sit "
        "here, not where patients live; it grows with the people of this footprint, wherever the patients come "
        "from. Money is shown as pressure on sectors of the place, not as a "
        "gap: no accounts are "
        "in the open data. Unit costs are national averages. Printed figures stand beside it as "
        "stated, and drive nothing."
    )


def successors(subject: Subject) -> str:
    """Where the people of the footprint now belong."""
    names = (each.name.removeprefix("NHS ").removesuffix(" Integrated Care Board") for each in subject.boards)
    if len(subject.boards) == 1:
        (board,) = subject.boards
        part = "" if board.share_of_icb > 0.9995 else f", {per_cent(board.share_of_icb, 0)} of whose people they are"
        return f"Since July 2022 its people belong to the integrated care board of {next(names)}{part}."
    parts = listed(
        f"{name} ({per_cent(each.share_of_footprint)} of the people here)"
        for name, each in zip(names, subject.boards, strict=True)
    )
    return f"Since July 2022 its people belong to the integrated care boards of {parts}."


def not_known(subject: Subject, care: list[HospitalLine], found: dict[str, Growth]) -> Iterator[str]:
    """What a reader must not expect of a started plan; first what holds for this place, then what holds for all."""
    yield where_patients_live(subject)
    yield from held_growth(found)
    yield from odd_hospitals(subject, care)
    yield from odd_growth(found)
    yield from other_providers(subject)
    if names := without_spending(subject):
        yield f"Social care and public health spending of {listed(names)}: not published for {OPENING_YEAR}; no line."
    if names := without_health(subject):
        yield f"Health of {listed(names)}: the Health Index is not published for so few people."
    if names := without_allocation(subject):
        yield f"Core allocation of {listed(names)}: missing in the copy."
    if not about_the_plan(subject):
        yield "The figures of the partners' own plan: no printed figure of it is in the open data."
    if others := [each for each in about_the_plan(subject) if each.unit not in UNITS]:
        yield (
            "Printed too, but neither money nor beds, so not in stated.csv: "
            + "; ".join(f"{each.measure.replace('_', ' ')} {each.value:,.10g} {each.unit}" for each in others)
            + "."
        )
    yield from EVERYWHERE


def where_patients_live(subject: Subject) -> str:
    """Flows over the boundary, in a sentence."""
    shares = [(hospital, patients_here(subject, hospital)) for hospital in subject.hospitals]
    known = [
        f"{hospital.short} {per_cent(share, 0)}{whose_catchment(hospital)}"
        for hospital, share in shares
        if share is not None
    ]
    unknown = [hospital.short for hospital, share in shares if share is None]
    stay = stay_here(subject)
    return (
        "Where patients live: hospital activity is counted where the trust sits. Share of each "
        "trust's patients who live "
        f"here (catchments, edition of 2022): {'; '.join(known) or 'none is published'}."
        + (f" Not published for {listed(unknown)}." if unknown else "")
        + (
            ""
            if stay is None
            else f" About {per_cent(stay, 0)} of residents' unplanned admissions are at these trusts."
        )
    )


def odd_hospitals(subject: Subject, care: list[HospitalLine]) -> Iterator[str]:
    """Trusts without counts, lines without beds, lines that rest on something odd, and trusts that merged."""
    for trust in subject.without_counts:
        yield f"The care of {trust.name} ({trust.ods}): no return of {OPENING_YEAR}, so no line; another may have it."
    if flagged := sorted({each.line.name.rpartition(", ")[2] for each in care if each.flags}):
        yield (
            f"What stands behind flagged counts and stays: lines of {listed(flagged)} rest on "
            "something odd (a jump, months "
            "missing, stays of others, stays shortened to the beds). The source of each such line says what."
        )
    merged = [
        f"{hospital.short} ({hospital.trust.ods}) was joined by {listed(f'{each.name} ({each.ods})' for each in later)}"
        for hospital in subject.hospitals
        if (later := joined_later(hospital.trust.ods))
    ]
    if merged:
        yield f"Mergers after the opening year are not in the lines: {'; '.join(merged)}. Later figures are of both."


def held_growth(found: dict[str, Growth]) -> Iterator[str]:
    """Kinds of care whose past trend was faster than it is carried on."""
    held = [
        f"{NAMES[kind]} ({per_cent(each.rest)} a year, used as {per_cent(each.value.point)})"
        for kind, each in found.items()
        if each.how == "held"
    ]
    if held:
        yield (
            f"Whether the past trend of {listed(held)} goes on: beyond what people's number and age explain, the "
            f"trend of 2012/13 to 2015/16 is held to {per_cent(MOST, 0)} a year, up or down, by our opinion. Money "
            "and beds of later years rest on it."
        )


NAMES = {
    "elective": "planned overnight stays",
    "day_case": "day cases",
    "non_elective": "unplanned admissions",
    "outpatient": "first outpatients",
}
"""Kinds of care in a sentence."""


def odd_growth(found: dict[str, Growth]) -> Iterator[str]:
    """Kinds of care for which the place's own series tell nothing."""
    borrowed = [NAMES[kind] for kind, each in found.items() if each.how == "england"]
    if borrowed:
        yield f"How {listed(borrowed)} grew here: no trust has an unbroken series, so England's growth stands in."


def other_providers(subject: Subject) -> Iterator[str]:
    """What trusts that are not hospitals returned: told, not modelled."""
    parts = []
    for trust in subject.trusts:
        if trust.kind not in HOSPITAL_KINDS:
            year = returns().get((trust.ods, OPENING_YEAR))
            counts = [
                ("planned overnight stays", year.elective_overnight if year else 0),
                ("unplanned admissions", year.non_elective if year else 0),
                (
                    "A&E attendances",
                    sum(each.attendances for each in emergency_departments().get(trust.ods, {}).values()),
                ),
            ]
            if told := [f"{count:,.0f} {name}" for name, count in counts if count]:
                parts.append(f"{trust.name}: {', '.join(told)}")
    if parts:
        yield (
            "Hospital care of trusts that are mainly community or mental health has no line, because "
            "its stays do not fit "
            f"acute beds ({OPENING_YEAR}; A&E 2016/17): {'; '.join(parts)}."
        )


EVERYWHERE = (
    "Councils' prices: assumed to rise 3 % a year because no published index is in the data. A large "
    "part of the pressure "
    "rests on it.",
    "Accounts of each organisation on one basis, and allocations of the opening year: the model "
    "shows pressure, not a gap.",
    "Specialised care, prescribing, general practice, community and mental health care, ambulances, dentistry and "
    "continuing care: no activity or spending by place is in the open data, so they have no line.",
    "Follow-up outpatients, maternity and critical care: not in the activity returns used.",
    "The split of planned and unplanned stay: one mean stay a trust and age is published, of 2017/18, with babies and "
    "mothers in it.",
    "The cost of an unplanned spell: the published figure is for an episode, and a spell has more than one.",
    f"A&E attendances of {OPENING_YEAR} (2016/17 stands in) and their age; A&E of independent providers.",
    "Population before mid-2017 by the same method, and any official projection: both estimates used "
    "are later than the "
    "plan (hindsight).",
    "Staff pay, joiners and leavers by organisation: staff in post stands only as printed figures.",
    "A full year of public health services for under-fives: councils took them on half-way through "
    "2015/16, so the opening "
    "year holds half of them and later years are too low.",
    "Social care need within the over-65s, and self-funders, are not known.",
    "Health by deprivation fifth: only council areas are published.",
    "How far hospitals will become more efficient: no provider efficiency is assumed.",
)
"""What is not known of any place."""
