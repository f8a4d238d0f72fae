"""The health gap and the care gap: where the place stands, what the standard is, and how its areas differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tripleaim.opendata.health import HealthYear
from tripleaim.opendata.overlap import DistrictOverlap
from tripleaim.opendata.people import ENGLAND
from tripleaim.opendata.published import published
from tripleaim.opendata.start.subject import Hospital, Subject
from tripleaim.plan.indicator import Gap, Indicator, IndicatorGroup, Scale

HEALTH_YEAR = 2015
LONG_STAY_WINTER = "2017/18"
FOUR_HOURS = 0.95
"""Share of attendances to be seen within four hours, NHS constitution."""
SLIVER = 0.01
"""A district with less than this share of its people here is not shown as an area of its own."""

LARGER = {
    "E06000058": "Bournemouth, Christchurch and Poole",
    "E06000059": "Dorset",
    "E06000060": "Buckinghamshire",
    "E06000061": "North Northamptonshire",
    "E06000062": "West Northamptonshire",
    "E07000244": "East Suffolk",
    "E07000245": "West Suffolk",
    "E07000246": "Somerset West and Taunton",
}
"""Districts of 2021 that took in districts of 2017: only their value is published."""


@dataclass(frozen=True, slots=True)
class Health:
    """A health indicator: its name in the open data, and how the plan says it."""

    key: str
    column: str
    name: str
    scale: Scale
    higher_is_better: bool
    unit: str
    why: str

    @property
    def divide(self) -> float:
        """Percentages become fractions."""
        return 100.0 if self.scale is Scale.PROPORTION else 1.0


HEALTH = (
    Health(
        "avoidable_mortality",
        "avoidable_mortality",
        "Deaths that good care or prevention could have avoided",
        Scale.RATE,
        False,
        "age-standardised deaths per 100,000",
        "These are deaths that need not have happened so early.",
    ),
    Health(
        "life_expectancy",
        "life_expectancy",
        "Life expectancy at birth",
        Scale.RATE,
        True,
        "years",
        "How long a child born today could expect to live.",
    ),
    Health(
        "smoking",
        "smoking",
        "Adults who smoke",
        Scale.PROPORTION,
        False,
        "share of adults",
        "Smoking is the largest cause of early death that can be prevented.",
    ),
    Health(
        "overweight_adults",
        "overweight_and_obesity_in_adults",
        "Adults who are overweight or obese",
        Scale.PROPORTION,
        False,
        "share of adults",
        "Weight drives diabetes, heart disease and joint pain.",
    ),
    Health(
        "overweight_children",
        "overweight_and_obesity_in_children",
        "Children who are overweight or obese",
        Scale.PROPORTION,
        False,
        "share of children measured",
        "Weight gained in childhood tends to stay.",
    ),
    Health(
        "physical_activity",
        "physical_activity",
        "Adults who are physically active",
        Scale.PROPORTION,
        True,
        "share of adults",
        "Being active protects heart, mood and balance.",
    ),
    Health(
        "child_poverty",
        "child_poverty",
        "Children in poverty",
        Scale.PROPORTION,
        False,
        "share of children",
        "Poverty in childhood shapes health for life.",
    ),
    Health(
        "self_harm",
        "self_harm",
        "Hospital admissions for self-harm",
        Scale.RATE,
        False,
        "age-standardised admissions per 100,000",
        "It shows distress that care in the community could meet sooner.",
    ),
)


@dataclass(frozen=True, slots=True)
class Area:
    """A district, or districts that share one published value: people here, deprivation score, values of 2015."""

    name: str
    people: float
    score: float
    values: Mapping[str, float]


@cache
def health_by_district() -> Mapping[str, HealthYear]:
    """The Health Index of 2015 by district and for England."""
    return {
        each.area: each
        for each in published().health
        if each.year == HEALTH_YEAR and (each.kind in ("district", "england") or not each.area.startswith("E10"))
    }


@cache
def deprivation() -> Mapping[str, float]:
    """Mean deprivation score of 2015 by area."""
    return {each.area: each.imd2015_score for each in published().deprivation}


def areas(subject: Subject) -> list[Area]:
    """The council areas with published values, the most deprived first; those of one published value stand as one."""
    together: dict[str, list[DistrictOverlap]] = defaultdict(list)
    for each in subject.districts:
        if each.district in health_by_district() and each.share_of_district >= SLIVER:
            together[larger(each.district) or each.district].append(each)
    found = []
    for code, parts in together.items():
        people = sum(each.people_2017 for each in parts)
        score = sum(deprivation()[each.district] * each.people_2017 for each in parts) / people
        name = parts[0].name
        if code in LARGER:
            name = LARGER[code] if len(parts) > 1 else f"{name} ({LARGER[code]}'s value)"
        found.append(Area(name, people, score, health_by_district()[parts[0].district].values))
    return sorted(found, key=lambda each: -each.score)


def larger(district: str) -> str:
    """The district of 2021 whose value stands for this one, where it is another."""
    flag = health_by_district()[district].flag
    code = flag.removeprefix("value of ")[:9]
    return code if flag.startswith("value of ") else ""


def without_health(subject: Subject) -> tuple[str, ...]:
    """Districts here for which no Health Index is published."""
    return tuple(each.name for each in subject.districts if each.district not in health_by_district())


def indicators(subject: Subject, pools: frozenset[str]) -> Iterator[Indicator]:
    """Health from the Health Index of 2015; care from A&E in 2016/17 and long stays of winter 2017/18.

    pools : keys of the beds that stand in the plan; A&E follows the beds of its provider where it has some
    """
    here, england = areas(subject), health_by_district()[ENGLAND].values
    people = sum(each.people for each in here)
    for about in HEALTH if here else ():
        value = sum(each.values[about.column] * each.people for each in here) / people
        yield _indicator(
            subject,
            key=about.key,
            name=about.name,
            gap=Gap.HEALTH,
            scale=about.scale,
            higher_is_better=about.higher_is_better,
            unit=about.unit,
            baseline=value / about.divide,
            standard=england[about.column] / about.divide,
            standard_name="England, mean of districts 2015",
            source="health_index_2015",
            why=about.why,
        )
    for hospital in subject.hospitals:
        yield from four_hours(subject, hospital, pools)
        yield from long_stays(subject, hospital)


def four_hours(subject: Subject, hospital: Hospital, pools: frozenset[str]) -> Iterator[Indicator]:
    """A&E seen within four hours at one trust, all types; it follows the trust's beds where they are known."""
    departments = hospital.emergency().values()
    seen = sum(each.attendances for each in departments)
    if seen:
        in_beds = f"beds_{hospital.code}" in pools
        yield _indicator(
            subject,
            key=f"ae_four_hours_{hospital.code}",
            name=f"A&E seen within four hours, {hospital.short}",
            gap=Gap.CARE,
            scale=Scale.AE_RESPONSE if in_beds else Scale.PROPORTION,
            higher_is_better=True,
            unit="share of attendances",
            baseline=1 - sum(each.breaches for each in departments) / seen,
            standard=FOUR_HOURS,
            standard_name="NHS constitution standard, 95 %",
            source="ae_response_2016_17",
            why="Long waits in A&E are unsafe and a sign that beds are full.",
            provider=f"trust_{hospital.code}" if in_beds else "",
        )


def long_stays(subject: Subject, hospital: Hospital) -> Iterator[Indicator]:
    """Beds held by people in hospital over 21 days, winter 2017/18, as a share of beds occupied on those days."""
    winter = hospital.winter(LONG_STAY_WINTER)
    england = next(each for each in published().england_beds if each.winter == LONG_STAY_WINTER)
    assert england.stays_over_21
    assert england.occupied_on_stay_days
    if winter and winter.stays_over_21 is not None and winter.occupied_on_stay_days:
        yield _indicator(
            subject,
            key=f"long_stays_{hospital.code}",
            name=f"Beds held by people in hospital over 21 days, {hospital.short}",
            gap=Gap.CARE,
            scale=Scale.PROPORTION,
            higher_is_better=False,
            unit="share of general and acute beds occupied",
            baseline=winter.stays_over_21 / winter.occupied_on_stay_days,
            standard=england.stays_over_21 / england.occupied_on_stay_days,
            standard_name="England, winter 2017/18",
            source="long_stays_2017_18",
            why="A long stay that is not needed takes strength from older people.",
        )


def _indicator(
    subject: Subject,
    *,
    key: str,
    name: str,
    gap: Gap,
    scale: Scale,
    higher_is_better: bool,
    unit: str,
    baseline: float,
    standard: float,
    standard_name: str,
    source: str,
    why: str,
    provider: str = "",
) -> Indicator:
    """One indicator; no trend is assumed."""
    return Indicator(
        key=key,
        name=name,
        gap=gap,
        place=subject.key,
        scale=scale,
        higher_is_better=higher_is_better,
        unit=unit,
        baseline=round(baseline, 4),
        standard=round(standard, 4),
        standard_name=standard_name,
        why_it_matters=why,
        provider=provider,
        source=source,
    )


def indicator_groups(subject: Subject) -> Iterator[IndicatorGroup]:
    """Each health indicator by council area, ordered by deprivation 2015; nothing where there is only one area."""
    here = areas(subject)
    for about in HEALTH if len(here) > 1 else ():
        for rank, area in enumerate(here, 1):
            yield IndicatorGroup(
                indicator=about.key,
                kind="council_area",
                group=area.name,
                rank=rank,
                population=area.people,
                value=round(area.values[about.column] / about.divide, 4),
                source="health_index_2015",
            )
