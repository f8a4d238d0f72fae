"""Hospital care by trust and point of delivery: what was counted, who uses it, how it grew, what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tripleaim.opendata.start.ages import GP_VISITS, OUTPATIENT, admission_rates, index_by_age
from tripleaim.opendata.start.beds import Care, care_in_beds, shortened_in_words
from tripleaim.opendata.start.growth import BREAK, MEASURES, Growth, ae_growth, counted
from tripleaim.opendata.start.money import unit_cost
from tripleaim.opendata.start.stays import PARTS, Band, own_stays
from tripleaim.opendata.start.subject import (
    COMMISSIONERS,
    FULL_YEAR,
    OPENING_YEAR,
    Hospital,
    Subject,
    listed,
    per_cent,
    returns,
)
from tripleaim.plan.activity import ActivityLine, GrowthKind
from tripleaim.plan.activity import Care as CareKind
from tripleaim.plan.place import AgeProfile
from tripleaim.quantities import Range

AE_TYPES = {
    "1": ("ae_type1", "A&E type 1"),
    "2": ("ae_type2", "A&E of one specialty (type 2)"),
    "other": ("ae_other", "A&E other types"),
}
"""Type as published → key and name of the line."""
AGES = {"younger": "under 70", "older": "70 and over"}


@dataclass(frozen=True, slots=True)
class PlannedCare:
    """One kind of planned care: how the returns count it, who uses it, and what its growth and cost are called."""

    key: str
    name: str
    care: CareKind
    unit: str
    profile: str
    kind: str
    source: str


PLANNED = (
    PlannedCare(
        key="elective",
        name="Planned overnight stays",
        care=CareKind.ELECTIVE,
        unit="spell",
        profile="planned_admissions",
        kind="elective",
        source="line_planned_overnight",
    ),
    PlannedCare(
        key="day_case",
        name="Day cases",
        care=CareKind.DAY_CASE,
        unit="spell",
        profile="planned_admissions",
        kind="day_case",
        source="line_day_cases",
    ),
    PlannedCare(
        key="outpatient_first",
        name="First outpatient attendances",
        care=CareKind.OUTPATIENT,
        unit="attendance",
        profile="outpatients",
        kind="outpatient",
        source="line_outpatients",
    ),
)


@dataclass(frozen=True, slots=True)
class HospitalLine:
    """A line, the source its kind of care rests on, and what is odd about this one, in words."""

    line: ActivityLine
    base: str
    flags: tuple[str, ...]
    stand_in: bool


def hospital_lines(subject: Subject, found: dict[str, Growth]) -> list[HospitalLine]:
    """Every line of every hospital here; care that a hospital does not give makes no line."""
    lines: list[HospitalLine] = []
    for hospital in subject.hospitals:
        care = care_in_beds(hospital)
        lines += front_door(subject, hospital)
        lines += planned(subject, hospital, care, found)
        lines += unplanned(subject, hospital, care, found["non_elective"])
    return [each for each in lines if each.line.baseline > 0]


def front_door(subject: Subject, hospital: Hospital) -> Iterator[HospitalLine]:
    """A&E attendances at one trust by type of department."""
    departments = hospital.emergency()
    for kind, (key, name) in AE_TYPES.items():
        if kind in departments:
            flag = departments[kind].flag
            yield _line(
                subject,
                hospital,
                key=f"{key}_{hospital.code}",
                name=f"{name}, {hospital.short}",
                care=CareKind.AE,
                baseline=departments[kind].attendances,
                unit="attendance",
                profile=profile_of(hospital, "front_door"),
                growth=ae_growth(subject),
                cost="ae",
                base="line_ae",
                flags=(flag + ", taken as returned",) if flag else (),
            )


def planned(subject: Subject, hospital: Hospital, care: Care, found: dict[str, Growth]) -> Iterator[HospitalLine]:
    """Planned overnight stays, day cases and first outpatient attendances at one trust; only the first use beds."""
    for kind in PLANNED:
        in_beds = kind.key == "elective"
        yield _line(
            subject,
            hospital,
            key=f"{kind.key}_{hospital.code}",
            name=f"{kind.name}, {hospital.short}",
            care=kind.care,
            baseline=hospital.count(MEASURES[kind.kind]),
            unit=kind.unit,
            profile=profile_of(hospital, kind.profile),
            growth=found[kind.kind].value,
            cost=kind.kind,
            base=kind.source,
            flags=(*count_flags(hospital, kind.kind), *(stay_flags(care) if in_beds else ())),
            stand_in=in_beds and bool(care.stays.stand_in or care.scale < 1),
            stay=care.stay("all") if in_beds and care.beds else None,
        )


def unplanned(subject: Subject, hospital: Hospital, care: Care, growth: Growth) -> Iterator[HospitalLine]:
    """Unplanned admissions at one trust, younger and older, split as its episodes are."""
    for part in PARTS:
        if care.counts[part]:
            yield _line(
                subject,
                hospital,
                key=f"unplanned_{part}_{hospital.code}",
                name=f"Unplanned admissions, people {AGES[part]}, {hospital.short}",
                care=CareKind.NON_ELECTIVE,
                baseline=care.counts[part],
                unit="spell",
                profile=f"unplanned_{part}_{hospital.code}",
                growth=growth.value,
                cost="non_elective",
                base="line_unplanned",
                flags=(*count_flags(hospital, "non_elective"), *stay_flags(care)),
                stand_in=bool(care.stays.stand_in or care.scale < 1),
                stay=care.stay(part) if care.beds else None,
            )


def _line(
    subject: Subject,
    hospital: Hospital,
    *,
    key: str,
    name: str,
    care: CareKind,
    baseline: float,
    unit: str,
    profile: str,
    growth: Range,
    cost: str,
    base: str,
    flags: tuple[str, ...],
    stand_in: bool = False,
    stay: float | None = None,
) -> HospitalLine:
    """One hospital line, paid by the commissioners together; price = cost, no contract known."""
    own = f"line_{key}" if cost == "ae" else f"{base}_{hospital.code}"
    line = ActivityLine(
        key=key,
        name=name,
        care=care,
        population=subject.key,
        provider=f"trust_{hospital.code}",
        commissioner=COMMISSIONERS,
        baseline=baseline,
        unit=unit,
        age_profile=profile,
        growth=growth,
        growth_kind=GrowthKind.GROSS if cost == "ae" else GrowthKind.NET,
        length_of_stay=stay,
        bed_pool="" if stay is None else f"beds_{hospital.code}",
        unit_cost=unit_cost(cost),
        cost_index="provider_costs",
        source=own if flags else base,
    )
    return HospitalLine(line, base, flags, stand_in)


def count_flags(hospital: Hospital, kind: str) -> tuple[str, ...]:
    """What is odd about the count of the opening year, in words."""
    found = []
    if joined := [each for each in hospital.joined if (each.ods, OPENING_YEAR) in returns()]:
        parts = listed(f"{each.name} ({each.ods}, closed {each.closed})" for each in joined)
        found.append(f"the counts of {parts}, which became part of it, are added to its own")
    months = sum(each.months_reported for each in hospital.returns(OPENING_YEAR))
    if months < FULL_YEAR:
        found.append(f"only {months} of 12 months were returned, taken as returned")
    before, now = counted(hospital, kind)[-2:]
    if before and abs(now / before - 1) > BREAK:
        change = per_cent(now / before - 1, 0)
        sign = "" if change.startswith("−") else "+"
        found.append(f"the count differs by {sign}{change} from 2014/15, perhaps a change in counting")
    elif not before and now:
        found.append("no whole year 2014/15 was returned to compare with")
    return tuple(found)


def stay_flags(care: Care) -> tuple[str, ...]:
    """What is odd about the stays, in words."""
    stays = care.stays
    found = []
    if stays.stand_in:
        found.append(f"ages and stays are those of {stays.stand_in}, because none are published under its own code")
    if stays.suppressed:
        found.append(f"age band {listed(stays.suppressed)} is too small to be published and left out")
    if shortened := shortened_in_words(care):
        found.append(shortened)
    if not care.beds:
        found.append(f"no beds: {care.why}")
    return tuple(found)


def profile_of(hospital: Hospital, national: str) -> str:
    """The national age profile; a specialist hospital's own, where its patients are of an age of their own."""
    own = hospital.trust.kind == "specialist" and own_stays(hospital.trust.ods)
    return f"all_ages_{hospital.code}" if own else national


def age_profiles(subject: Subject, lines: list[HospitalLine]) -> Iterator[AgeProfile]:
    """How use depends on age, for each profile a hospital line uses."""
    used = {each.line.age_profile for each in lines}
    national = {
        "planned_admissions": (admission_rates(), "profile_england_admissions"),
        "outpatients": (index_by_age(OUTPATIENT), "profile_outpatients"),
        "front_door": (index_by_age(GP_VISITS), "profile_front_door"),
    }
    for name, (rates, source) in national.items():
        if name in used:
            yield from _profile(name, rates, source, shares=False)
    for hospital in subject.hospitals:
        stays = care_in_beds(hospital).stays
        for part, name in (
            ("all", f"all_ages_{hospital.code}"),
            *((part, f"unplanned_{part}_{hospital.code}") for part in PARTS),
        ):
            if name in used:
                yield from _profile(name, stays.age_shares(part), "profile_trust_episodes", shares=True)


def _profile(name: str, bands: Mapping[Band, float], source: str, *, shares: bool) -> Iterator[AgeProfile]:
    for (first, last), value in bands.items():
        yield AgeProfile(
            profile=name,
            age_from=first,
            age_to=last,
            rate=None if shares else round(value, 6),
            age_share=value if shares else None,
            source=source,
        )
