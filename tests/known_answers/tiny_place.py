"""One small invented place with every feature a plan may have, for exact comparison."""

from __future__ import annotations

from tripleaim.plan import Heading, Plan
from tripleaim.plan.activity import ActivityLine, BedPool, Care, PlannedUnits
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.money import AfterGap, Allocation, BudgetHead, ControlTotal, CouncilMeasure, Index, Side, Tariff
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import AgeProfile, Place, PlaceKind, Population, Projection
from tripleaim.plan.scheme import Action, Category, CostKind, Effect, EffectKind, Posts, Scheme, SchemeCost
from tripleaim.plan.source import Assumption, Source, SourceKind
from tripleaim.plan.workforce import PostsAvailable, Shortfall, StaffGroup, Staffing
from tripleaim.quantities import Range, certain

YEARS = ("2016/17", "2017/18", "2018/19", "2019/20", "2020/21")
S = {"source": "invented"}


def tiny_place() -> Plan:
    """A commissioner, an acute trust, a community trust, a council, and general practice outside the accounts."""
    return Plan(
        heading=Heading(
            format=1,
            name="Tiny place",
            place="tiny",
            first_year=YEARS[0],
            years=5,
            price_base="2014/15",
            regime="stp-2016",
            version="1",
            dated="2016-10-21",
            invented=True,
        ),
        sources=(Source(key="invented", kind=SourceKind.ILLUSTRATIVE, title="Invented figures"),),
        places=(Place(key="tiny", name="Tiny", kind=PlaceKind.FOOTPRINT, **S),),
        organisations=(
            Organisation(key="ccg", name="Commissioner", role=Role.COMMISSIONER, place="tiny", **S),
            Organisation(key="royal", name="Royal", role=Role.PROVIDER, place="tiny", **S),
            Organisation(key="homecare", name="Community trust", role=Role.PROVIDER, place="tiny", **S),
            Organisation(
                key="council", name="Council", role=Role.COUNCIL, place="tiny", reserves=9e6, least_reserves=2e6, **S
            ),
            Organisation(key="practices", name="General practice", role=Role.SECTOR, accounts=False, **S),
            Organisation(key="hospice", name="Hospice", role=Role.PROVIDER, accounts=False, **S),
        ),
        population=_people(Population, 2015),
        projections=tuple(row for year in range(2016, 2021) for row in _people(Projection, year)),
        age_profiles=(
            AgeProfile(profile="old", sex="females", age_from=0, age_to=2, rate=1.0, **S),
            AgeProfile(profile="old", sex="females", age_from=3, age_to=120, rate=4.0, **S),
            AgeProfile(profile="old", sex="males", age_from=0, age_to=2, rate=1.5, **S),
            AgeProfile(profile="old", sex="males", age_from=3, age_to=120, rate=5.0, **S),
            AgeProfile(profile="shares", age_from=0, age_to=1, age_share=0.25, **S),
            AgeProfile(profile="shares", age_from=2, age_to=120, age_share=0.75, **S),
        ),
        activity=_lines(),
        planned_units=tuple(
            PlannedUnits(line=line, year=year, units=units + 50 * n, **S)
            for line, units in (("emergency", 9100.0), ("elective", 3000.0), ("contacts", 41000.0))
            for n, year in enumerate(YEARS[1:])
        ),
        contracts=(
            Contract(
                key="emergency_marginal",
                name="70 % above plan",
                form=Payment.MARGINAL,
                tariff="national",
                marginal=0.7,
                threshold=0.98,
                kept_for="homecare",
                **S,
            ),
            Contract(key="activity", name="Tariff", form=Payment.ACTIVITY, tariff="national", **S),
            Contract(key="blended", name="Blended", form=Payment.BLENDED, tariff="national", marginal=0.2, **S),
            Contract(key="block", name="Block", form=Payment.BLOCK, **S),
        ),
        capacity=(
            BedPool(key="acute", name="Acute beds", provider="royal", open_beds=196.0, **S),
            BedPool(
                key="day_ward",
                name="Short-stay beds",
                provider="royal",
                open_beds=40.0,
                overflow_limit=0.05,
                buffer=2.0,
                ward_size=24.0,
                **S,
            ),
            BedPool(
                key="community_beds",
                name="Community beds",
                provider="homecare",
                kind="community",
                open_beds=90.0,
                target_occupancy=certain(0.9),
                most_closed_a_year=2,
                ward_cost=60000.0,
                **S,
            ),
            BedPool(key="hospice_beds", name="Hospice beds", provider="hospice", kind="community", open_beds=30.0, **S),
        ),
        budgets=_budgets(),
        allocations=(
            *(_allocation("ccg", "core", n, 73e6 * 1.021**n) for n in range(6)),
            *(_allocation("ccg", "primary_medical", n, 6e6 * 1.03**n) for n in range(6)),
            *(_allocation("council", "grant", n, 11e6 * 0.97**n) for n in range(6)),
            *(
                Allocation(
                    organisation="council", year=y, kind="better_care_fund", amount=2.4e6, counterparty="ccg", **S
                )
                for y in ("2015/16", *YEARS)
            ),
            Allocation(organisation="ccg", year=YEARS[1], kind="relief", amount=4e5, recurrent=False, **S),
        ),
        indices=tuple(
            Index(index=name, year=f"{2015 + n}/{(16 + n):02d}", change=certain(change), **S)
            for name, changes in (
                ("pay", (0.011, 0.033, 0.02, 0.016, 0.016, 0.029)),
                ("drugs", (0.04, 0.045, 0.046, 0.036, 0.041, 0.041)),
                ("other", (0.01, 0.017, 0.018, 0.021, 0.019, 0.02)),
                ("care_fees", (0.02, 0.05, 0.04, 0.04, 0.04, 0.04)),
            )
            for n, change in enumerate(changes)
        ),
        tariffs=tuple(
            Tariff(tariff="national", year=year, inflation=certain(rise), efficiency=certain(0.02), **S)
            for year, rise in zip(("2015/16", *YEARS), (0.019, 0.038, 0.021, 0.021, 0.02, 0.029), strict=True)
        ),
        control_totals=(ControlTotal(organisation="royal", year=YEARS[0], amount=-2e6, fund=1.5e6, **S),),
        council_measures=(
            CouncilMeasure(organisation="council", year=YEARS[1], kind=AfterGap.NEW_PRECEPT, amount=5e5, **S),
            CouncilMeasure(organisation="council", year=YEARS[1], kind=AfterGap.RESERVES, amount=1e6, **S),
        ),
        workforce=(
            StaffGroup(
                organisation="royal",
                group="nurses",
                in_post=330.0,
                joiners=certain(30.0),
                cost=38000.0,
                shortfall=Shortfall.AGENCY,
                **S,
            ),
            StaffGroup(
                organisation="homecare", group="nurses", in_post=120.0, leavers=certain(0.08), joiners=certain(14.0),
                growth=1.0, cost=37000.0, **S,
            ),
        ),
        posts_available=(PostsAvailable(organisation="homecare", group="nurses", year=YEARS[2], posts=9.0, **S),),
        staffing=(
            Staffing(organisation="royal", group="nurses", bed_pool="acute", wte=40.0, **S),
            Staffing(organisation="royal", group="nurses", line="outpatient", wte=0.0008, **S),
            Staffing(organisation="homecare", group="nurses", line="contacts", wte=0.002, **S),
        ),
        schemes=_schemes(),
        effects=_effects(),
        costs=_costs(),
        posts=(
            Posts(scheme="urgent_community", organisation="homecare", group="nurses", wte=12.0, **S),
            Posts(scheme="recovery_at_home", organisation="homecare", group="nurses", wte=8.0, **S),
            Posts(scheme="recovery_at_home", organisation="royal", group="nurses", wte=5.0, **S),
        ),
        actions=(Action(scheme="urgent_community", action="Recruit", due="2016-09", **S),),
        assumptions=(
            Assumption(key="ward_cost", name="A staffed bed", value=certain(82000.0), unit="GBP a bed a year", **S),
        ),
    )  # fmt: skip


def _people(noun: type[Population], year: int) -> tuple[Population, ...]:
    base = (1400.0, 5200.0, 9100.0, 7300.0, 1900.0)
    growth = (0.99, 1.0, 1.005, 1.015, 1.035)
    return tuple(
        noun(place="tiny", year=year, sex=sex, age=age, persons=round(n * rise ** (year - 2015) * share, 3), **S)
        for sex, share in (("females", 1.04), ("males", 0.97))
        for age, (n, rise) in enumerate(zip(base, growth, strict=True))
    )


def _line(key: str, provider: str, payer: str, baseline: float, unit_cost: float, **more: object) -> ActivityLine:
    care = Care.NON_ELECTIVE if more.get("bed_pool") else Care.OUTPATIENT
    row = {"key": key, "name": key, "care": care, "population": "tiny", "provider": provider, "commissioner": payer}
    return ActivityLine.model_validate(
        {**row, "baseline": baseline, "unit": "unit", "unit_cost": unit_cost, **more, **S}
    )


def _lines() -> tuple[ActivityLine, ...]:
    return (
        _line(
            "emergency", "royal", "ccg", 9000.0, 1900.0, growth=certain(0.017), age_profile="old", length_of_stay=6.6,
            bed_pool="acute", contract="emergency_marginal", price=1750.0,
        ),
        _line(
            "elective", "royal", "ccg", 3000.0, 2800.0, growth=certain(0.01), length_of_stay=1.9, bed_pool="acute",
            variable_cost=900.0, contract="activity", cost_index="other",
        ),
        _line(
            "short_stay", "royal", "ccg", 5000.0, 700.0, length_of_stay=1.9, bed_pool="day_ward", contract="activity",
        ),
        _line(
            "outpatient", "royal", "ccg", 60000.0, 120.0, growth=certain(0.02), age_profile="shares",
            contract="blended", price=118.0, growth_share=certain(1.0),
        ),
        _line("contacts", "homecare", "ccg", 40000.0, 70.0, growth=certain(0.012), age_profile="old", contract="block"),
        _line(
            "rehabilitation", "homecare", "council", 1100.0, 7000.0, length_of_stay=19.0, bed_pool="community_beds",
            contract="block", cost_index="pay",
        ),
        _line(
            "consultations", "practices", "ccg", 150000.0, 38.0, growth=certain(0.005), age_profile="old",
            cost_index="other", release_share=certain(0.3),
        ),
        _line(
            "hospice_stays", "hospice", "ccg", 500.0, 4000.0, length_of_stay=16.0, bed_pool="hospice_beds",
            cost_index="pay",
        ),
        _line(
            "home_care", "council", "council", 90000.0, 16.0, growth=certain(0.01), age_profile="old",
            cost_index="care_fees",
        ),
    )  # fmt: skip


def _head(key: str, body: str, side: Side, amount: float, index: str = "", **more: object) -> BudgetHead:
    row = {"key": key, "organisation": body, "name": key, "side": side, "pool": "other", "amount": amount}
    return BudgetHead.model_validate({**row, "index": index, **more, **S})


def _budgets() -> tuple[BudgetHead, ...]:
    return (
        _head("royal.pay", "royal", Side.COST, 37e6, "pay", one_off=6e5),
        _head("royal.drugs", "royal", Side.COST, 5e6, "drugs", growth=certain(0.01)),
        _head("royal.other", "royal", Side.COST, 9e6, "other"),
        _head("royal.cyber", "royal", Side.COST, 3e5, "other", from_year=YEARS[1]),
        _head("royal.training", "royal", Side.INCOME, 2e6, counterparty="outside:training_levy"),
        _head("homecare.pay", "homecare", Side.COST, 11e6, "pay"),
        _head("homecare.other", "homecare", Side.COST, 2e6, "other"),
        _head("ccg.prescribing", "ccg", Side.COST, 8e6, "drugs", growth=certain(0.02), age_profile="old"),
        _head("ccg.running", "ccg", Side.COST, 1.1e6),
        _head("ccg.rent", "ccg", Side.COST, 4e5, "other", counterparty="royal"),
        _head(
            "council.tax", "council", Side.INCOME, 9e6, "other", growth=certain(0.005), counterparty="outside:residents"
        ),
        _head("council.grant_once", "council", Side.INCOME, 0.0, one_off=3e5, counterparty="outside:treasury"),
        _head("council.learning", "council", Side.COST, 6e6, "care_fees"),
        _head("council.care_act", "council", Side.COST, 5e5, "other", from_year=YEARS[2], age_profile="old"),
    )


def _allocation(body: str, kind: str, n: int, amount: float) -> Allocation:
    return Allocation(organisation=body, kind=kind, year=("2015/16", *YEARS)[n], amount=round(amount, 2), **S)


def _scheme(key: str, start: str, **more: object) -> Scheme:
    row = {"key": key, "name": key, "gaps": ("money",), "category": Category.CARE_MODEL, "start": start}
    words = {"owner": "Director", "travel": "Journeys rise by four minutes", "harm": "Longer journeys for some"}
    return Scheme.model_validate({**row, **words, **more, **S})


def _schemes() -> tuple[Scheme, ...]:
    return (
        _scheme("urgent_community", "2016-07", delay=certain(3.0), order=1, decay=0.1, ramp=certain(18.0)),
        _scheme("recovery_at_home", "2017-04", needs=("urgent_community",), order=2),
        _scheme("one_site", "2018-01", needs=("recovery_at_home",), delay=certain(6.0), ramp=certain(0.0)),
        _scheme("lean", "2016-04", ramp=certain(36.0)),
        _scheme("buying", "2017-01", ramp=certain(12.0)),
        _scheme("private_patients", "2016-10", ramp=certain(12.0)),
    )


def _effect(key: str, scheme: str, kind: EffectKind, target: str, point: float, **more: object) -> Effect:
    row = {"key": key, "scheme": scheme, "kind": kind, "target": target}
    spread = Range(point=point, low=point / 2, high=point * 1.5)
    return Effect.model_validate({**row, "effect": spread, **more, **S})


def _effects() -> tuple[Effect, ...]:
    kind = EffectKind
    return (
        _effect(
            "e1", "urgent_community", kind.AVOID, "emergency", 0.2, eligible=certain(0.5), uptake=certain(0.8),
            fidelity=certain(0.9), stay_ratio=0.6, cost_ratio=0.7,
        ),
        _effect("e2", "urgent_community", kind.SHIFT, "outpatient", 0.08, to_line="contacts", ratio=certain(1.2)),
        _effect("e3", "recovery_at_home", kind.SHORTEN, "emergency", 0.15, stay_ratio=1.4, cost_ratio=0.2),
        _effect("e4", "recovery_at_home", kind.AVOID, "emergency", 0.05),
        _effect("e5", "recovery_at_home", kind.SHIFT, "rehabilitation", 0.3, to_line="home_care", ratio=certain(12.0)),
        _effect("e6", "one_site", kind.MOVE, "elective", 0.2, to_line="short_stay"),
        _effect("e7", "one_site", kind.STOP, "outpatient", 0.03),
        _effect("e8", "lean", kind.PRODUCTIVITY, "outpatient", 0.06),
        _effect("e9", "lean", kind.PRODUCTIVITY, "emergency", 0.05),
        _effect("f1", "buying", kind.SAVE, "royal.drugs", 0.07),
        _effect("f2", "buying", kind.SAVE, "ccg.prescribing", 0.04),
        _effect("f3", "private_patients", kind.INCOME, "royal", 3e5, counterparty="outside:private_patients"),
        _effect("f4", "private_patients", kind.INCOME, "homecare", 1e5, counterparty="ccg"),
    )  # fmt: skip


def _cost(key: str, scheme: str, kind: CostKind, body: str, amount: float, **more: object) -> SchemeCost:
    row = {"key": key, "scheme": scheme, "kind": kind, "organisation": body, "amount": amount}
    return SchemeCost.model_validate({**row, **more, **S})


def _costs() -> tuple[SchemeCost, ...]:
    kind = CostKind
    return (
        _cost("k1", "urgent_community", kind.RUNNING, "homecare", 1.1e6, index="pay"),
        _cost("k2", "urgent_community", kind.SETUP, "ccg", 2e5, year=YEARS[0], index="other"),
        _cost("k3", "recovery_at_home", kind.DOUBLE_RUNNING, "royal", 90000.0, months=9.0, index="pay"),
        _cost("k4", "recovery_at_home", kind.RUNNING, "council", 4e5, year=YEARS[4]),
        _cost("k5", "one_site", kind.CAPITAL, "royal", 12e6, year=YEARS[1], funded=7e6, index="other", life=30.0),
        _cost("k6", "one_site", kind.CAPITAL, "royal", 2e6, year=YEARS[2], funded=2e6, life=2.0),
        _cost("k7", "recovery_at_home", kind.CAPITAL, "council", 1.5e6, year=YEARS[1], funded=1.2e6, life=10.0),
        _cost("k8", "one_site", kind.UNITARY_CHARGE, "royal", 2.5e5, index="other"),
    )
