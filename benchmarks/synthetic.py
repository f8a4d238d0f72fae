"""Made-up plans of any size, for measuring only: nothing in them means anything."""

from __future__ import annotations

from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, BedPool, Care, PlannedUnits
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.indicator import Gap, Indicator, Scale
from tripleaim.plan.money import Allocation, BudgetHead, Index, Side, Tariff
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import AgeProfile, Place, PlaceKind, Population
from tripleaim.plan.plan import Heading, sort_rows
from tripleaim.plan.scheme import Category, Change, CostKind, Effect, EffectKind, Scheme, SchemeCost, Stage
from tripleaim.plan.source import Source, SourceKind
from tripleaim.plan.tables import TABLES
from tripleaim.plan.workforce import StaffGroup, Staffing
from tripleaim.quantities import certain, financial_year

SERVED = ("north", "south")
CONTRACTS = ("tariff", "blend", "", "tariff", "blend")
STAY = 5.0
KINDS = (
    (Care.NON_ELECTIVE, "spell", STAY, 1800.0),
    (Care.OUTPATIENT, "attendance", None, 120.0),
    (Care.COMMUNITY, "contact", None, 60.0),
)
"""Kinds of care in turn: what is counted, days of a stay, pounds a unit."""


def synthetic_plan(
    *,
    lines: int = 400,
    years: int = 5,
    organisations: int = 30,
    schemes: int = 0,
    places: int = 3,
    planned: bool = False,
) -> Plan:
    """A plan with so many activity lines, years, organisations, schemes and places; a third of the lines use beds.

    planned : also one row of planned units for each line and year
    raises  : ValueError below 1 line, 1 year, 3 organisations or 3 places
    """
    for name, size, least in (("lines", lines, 1), ("years", years, 1), ("organisations", organisations, 3)):
        if size < least:
            raise ValueError(f"{name} = {size}; expected at least {least}")
    if places < len(SERVED) + 1:
        raise ValueError(f"places = {places}; expected at least {len(SERVED) + 1}")
    rows: dict[str, list[object]] = {form.name: [] for form in TABLES}
    rows["sources"].append(Source(key="made_up", kind=SourceKind.ILLUSTRATIVE, title="Made up for measuring"))
    commissioners, councils, providers = _organisations(rows, organisations)
    plan_years = [financial_year(2016 + n) for n in range(years)]
    _people(rows, places)
    _money(rows, commissioners, councils, providers, plan_years)
    _care(rows, lines, commissioners, providers)
    _schemes(rows, schemes, lines, providers)
    if planned:
        rows["planned_units"] += [
            PlannedUnits(line=f"line_{n:05d}", year=year, units=6000.0, source="made_up")
            for n in range(lines)
            if CONTRACTS[n % len(CONTRACTS)]
            for year in plan_years
        ]
    heading = Heading(
        format=1,
        name="Synthetic",
        place="footprint",
        first_year="2016/17",
        years=years,
        price_base="2015/16",
        regime="stp-2016",
        version="1",
        dated="2016-10-21",
        invented=True,
    )
    return Plan(heading=heading, **{name: sort_rows(name, tuple(table)) for name, table in rows.items()})


def _organisations(rows: dict[str, list[object]], count: int) -> tuple[list[str], list[str], list[str]]:
    kinds = [Role.COMMISSIONER, Role.COUNCIL, *[Role.PROVIDER] * 4]
    keys: dict[Role, list[str]] = {role: [] for role in Role}
    for n in range(count):
        role = kinds[n % len(kinds)]
        key = f"{role.value}_{n:03d}"
        keys[role].append(key)
        rows["organisations"].append(Organisation(key=key, name=key, role=role, source="made_up"))
    return keys[Role.COMMISSIONER], keys[Role.COUNCIL], keys[Role.PROVIDER]


def _people(rows: dict[str, list[object]], places: int) -> None:
    for place in ("footprint", *SERVED, *(f"place_{n:03d}" for n in range(places - 3))):
        kind = PlaceKind.FOOTPRINT if place == "footprint" else PlaceKind.COMMISSIONER
        rows["places"].append(Place(key=place, name=place, kind=kind, source="made_up"))
        for year in (2013, 2015):
            for age in range(91):
                persons = 9000.0 - 80 * age + 13 * (year - 2013) + len(place)
                rows["population"].append(
                    Population(place=place, year=year, age=age, persons=persons, source="made_up")
                )
    for low, high, rate in ((0, 17, 0.4), (18, 64, 0.3), (65, 79, 0.8), (80, 120, 1.6)):
        rows["age_profiles"].append(AgeProfile(profile="older", age_from=low, age_to=high, rate=rate, source="made_up"))


def _money(
    rows: dict[str, list[object]], payers: list[str], councils: list[str], providers: list[str], years: list[str]
) -> None:
    for year in years:
        for index in ("pay", "drugs", "other"):
            rows["indices"].append(Index(index=index, year=year, change=certain(0.02), source="made_up"))
        rows["tariffs"].append(
            Tariff(tariff="national", year=year, inflation=certain(0.025), efficiency=certain(0.02), source="made_up")
        )
    for n, body in enumerate((*payers, *councils)):
        for step, year in enumerate(("2015/16", *years)):
            amount = 4e8 * (1 + n / 100) * 1.015**step
            rows["allocations"].append(
                Allocation(organisation=body, year=year, kind="core", amount=amount, source="made_up")
            )
    for body in (*payers, *councils, *providers):
        for index in ("pay", "drugs", "other"):
            rows["budgets"].append(
                BudgetHead(
                    key=f"{body}.{index}",
                    organisation=body,
                    name=index,
                    side=Side.COST,
                    pool=index,
                    amount=5e8 if body in providers else 5e7,
                    index=index,
                    source="made_up",
                )
            )


def _care(rows: dict[str, list[object]], lines: int, commissioners: list[str], providers: list[str]) -> None:
    _contracts(rows)
    for provider in providers:
        stays = [6000.0 + n for n in range(lines) if n % 3 == 0 and providers[n % len(providers)] == provider]
        _beds_and_nurses(rows, provider, open_beds=max(1.0, round(sum(stays) * STAY / 365 / 0.95)))
    for n in range(lines):
        _line(rows, n, commissioners[n % len(commissioners)], providers[n % len(providers)])
    rows["indicators"] += [
        Indicator(
            key=f"measure_{n}",
            name="measure",
            gap=Gap.HEALTH,
            scale=Scale.PROPORTION,
            higher_is_better=True,
            baseline=0.5,
            standard=0.6,
            source="made_up",
        )
        for n in range(10)
    ]


def _contracts(rows: dict[str, list[object]]) -> None:
    rows["contracts"] += [
        Contract(key="tariff", name="tariff", form=Payment.ACTIVITY, tariff="national", source="made_up"),
        Contract(key="blend", name="blend", form=Payment.BLENDED, tariff="national", marginal=0.2, source="made_up"),
    ]


def _beds_and_nurses(rows: dict[str, list[object]], provider: str, open_beds: float) -> None:
    pool = f"beds_{provider}"
    rows["capacity"].append(BedPool(key=pool, name="beds", provider=provider, open_beds=open_beds, source="made_up"))
    rows["workforce"].append(
        StaffGroup(
            organisation=provider,
            group="nurses",
            in_post=1000.0,
            joiners=certain(100.0),
            cost=40000.0,
            source="made_up",
        )
    )
    rows["staffing"].append(Staffing(organisation=provider, group="nurses", bed_pool=pool, wte=40.0, source="made_up"))


def _line(rows: dict[str, list[object]], n: int, commissioner: str, provider: str) -> None:
    care, unit, stay, cost = KINDS[n % len(KINDS)]
    rows["activity"].append(
        ActivityLine(
            key=f"line_{n:05d}",
            name=f"line {n}",
            care=care,
            population=SERVED[n % 2],
            provider=provider,
            commissioner=commissioner,
            baseline=6000.0 + n,
            unit=unit,
            age_profile="older" if n % 4 else "",
            growth=certain(0.01),
            length_of_stay=stay,
            bed_pool=f"beds_{provider}" if stay else "",
            unit_cost=cost,
            contract=CONTRACTS[n % len(CONTRACTS)],
            source="made_up",
        )
    )


def _schemes(rows: dict[str, list[object]], schemes: int, lines: int, providers: list[str]) -> None:
    keys = [f"line_{n:05d}" for n in range(lines)]
    for n in range(schemes):
        key = f"scheme_{n:03d}"
        rows["schemes"].append(
            Scheme(
                key=key,
                name=key,
                change=Change.CHANGES,
                gaps=("money",),
                category=Category.CARE_MODEL,
                stage=Stage.CASE,
                start="2016-10",
                ramp=certain(24.0),
                source="made_up",
            )
        )
        targets = dict.fromkeys(keys[(n * 17 + part * 5) % len(keys)] for part in range(4))
        for part, target in enumerate(targets):
            rows["effects"].append(
                Effect(
                    key=f"{key}.{part}",
                    scheme=key,
                    kind=EffectKind.AVOID,
                    target=target,
                    effect=certain(0.05),
                    source="made_up",
                )
            )
        rows["costs"].append(
            SchemeCost(
                key=f"{key}.run",
                scheme=key,
                kind=CostKind.RUNNING,
                organisation=providers[n % len(providers)],
                amount=2e5,
                index="pay",
                source="made_up",
            )
        )
