"""Small valid plans of invented places, of every shape the nouns allow, for properties that must always hold.

Every number is one bounded whole number that is asked for, so a plan can be drawn by hypothesis, which then shrinks it
to the smallest that fails, or come from a seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from tripleaim.plan import Heading, Plan
from tripleaim.plan.activity import ActivityLine, BedPool, Care, PlannedUnits
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.indicator import Gap, Indicator, Scale
from tripleaim.plan.money import AfterGap, Allocation, BudgetHead, ControlTotal, CouncilMeasure, Index, Side, Tariff
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import AgeProfile, Place, PlaceKind, Population, Projection
from tripleaim.plan.regime import fund_rule
from tripleaim.plan.scheme import Category, CostKind, Effect, EffectKind, Posts, Scheme, SchemeCost
from tripleaim.plan.source import Source, SourceKind
from tripleaim.plan.variant import with_tables
from tripleaim.plan.workforce import PostsAvailable, Shortfall, StaffGroup, Staffing
from tripleaim.quantities import Range, certain, financial_year

REMOVES = (EffectKind.AVOID, EffectKind.STOP, EffectKind.SHIFT, EffectKind.MOVE)
ON_LINES = (*REMOVES, EffectKind.SHORTEN, EffectKind.PRODUCTIVITY)
REGIME = "stp-2016"
STEPS = 1000
"""A number between two bounds is one of so many steps; hypothesis shrinks it to the lower bound."""

OLDEST = 85
"""Open top age of people carried forward from estimates."""
PAYS = (Role.COMMISSIONER, Role.COUNCIL)

T = TypeVar("T")
Integer = Callable[[int, int], int]


def small_plan(seed: int, *, schemes: tuple[int, int] = (0, 6), only: tuple[EffectKind, ...] = ()) -> Plan:
    """One plan from one seed. `only` limits kinds of effect."""
    return _Builder(random.Random(seed).randint, schemes, only).plan()


@st.composite
def small_plans(
    draw: st.DrawFn,
    *,
    schemes: tuple[int, int] = (0, 6),
    only: tuple[EffectKind, ...] = (),
    where: Callable[[Plan], bool] = lambda plan: True,
) -> Plan:
    """Random small plans: 1 to 3 commissioners, up to 2 councils and 4 that give care, 1 to 8 lines, 1 to 10 years."""
    plan = _Builder(lambda low, high: draw(_integers(low, high)), schemes, only).plan()
    assume(where(plan))
    return plan


_integers = cache(st.integers)
"""Whole numbers from one to another: each plan draws hundreds, and making what they are drawn from takes longer."""


class _Builder:
    def __init__(self, integer: Integer, schemes: tuple[int, int], only: tuple[EffectKind, ...]) -> None:
        self.integer, self.only = integer, only
        self.years = integer(1, 10)
        self.n_lines, self.n_schemes = integer(1, 8), integer(*schemes)
        self.first = 2016 if self.maybe(0.3) else integer(1995, 2040)
        self.names = tuple(financial_year(self.first + n) for n in range(self.years))
        self.opening = financial_year(self.first - 1)
        self.base = self.first - 1 + self.choice((0, 0, -2, 1))
        self.by_sex, self.estimated = self.maybe(), self.maybe(0.4)
        self.is_pressure = self.maybe(0.1)

    def number(self, low: float, high: float) -> float:
        return round(low + (high - low) * self.integer(0, STEPS) / STEPS, 4)

    def maybe(self, chance: float = 0.5) -> bool:
        """True as often as said; hypothesis shrinks it to False."""
        return self.integer(1, 100) > 100 * (1 - chance)

    def choice(self, among: Sequence[T]) -> T:
        """One of some; hypothesis shrinks it to the first."""
        return among[self.integer(0, len(among) - 1)]

    def plan(self) -> Plan:
        heading = self._heading()
        places, bodies = self._places_and_bodies()
        pools = self._pools(bodies)
        contracts = self._contracts()
        lines = self._lines(bodies, pools, contracts)
        pools = [with_room(pool, lines) for pool in pools]
        groups = self._groups(bodies)
        planned = self._planned(lines)
        budgets = self._budgets(bodies, lines, pools)
        indicators = self._indicators(lines, bodies)
        schemes = self._schemes(bodies)
        made = Plan(
            heading=heading,
            sources=(Source(key="s", kind=SourceKind.ILLUSTRATIVE, title="Invented"),),
            places=places,
            organisations=tuple(bodies),
            **self._people(places),
            age_profiles=tuple(self._profiles()),
            activity=tuple(lines),
            planned_units=tuple(planned),
            contracts=contracts if any(line.contract for line in lines) else (),
            capacity=tuple(pools),
            budgets=tuple(budgets),
            allocations=tuple(self._allocations(bodies)),
            indices=tuple(self._indices()),
            control_totals=tuple(self._control_totals(bodies)),
            council_measures=tuple(self._measures(bodies)),
            tariffs=tuple(self._tariffs()),
            workforce=tuple(groups),
            posts_available=tuple(self._posts_available(groups)),
            staffing=tuple(self._staffing(groups, lines, pools)),
            schemes=tuple(schemes),
            effects=tuple(self._effects(schemes, lines, budgets, indicators, bodies)),
            costs=tuple(self._costs(schemes, bodies)),
            posts=tuple(self._posts(schemes, groups)),
            indicators=tuple(indicators),
        )
        return with_tables(made, costs=(*made.costs, *self._disruption(schemes, bodies)))

    def _heading(self) -> Heading:
        return Heading(
            format=1,
            name="Small place",
            place="area",
            first_year=self.names[0],
            years=self.years,
            price_base=financial_year(self.base),
            regime=REGIME,
            version="1",
            dated=f"{self.first - 1}-10-21",
            invented=True,
            safe_occupancy=self.maybe(0.3),
        )

    def _planned(self, lines: list[ActivityLine]) -> list[PlannedUnits]:
        return [
            PlannedUnits(line=line.key, year=year, units=round(line.baseline * self.number(0.8, 1.2), 4), source="s")
            for line in lines
            if line.contract
            for year in self.names
            if self.maybe(0.4)
        ]

    def _tariffs(self) -> list[Tariff]:
        return [
            Tariff(
                tariff="national",
                year=year,
                inflation=certain(self.number(0, 0.04)),
                efficiency=certain(self.number(0, 0.03)),
                source="s",
            )
            for year in self._index_years()
        ]

    def _posts_available(self, groups: list[StaffGroup]) -> list[PostsAvailable]:
        return [
            PostsAvailable(organisation=g.organisation, group=g.group, year=year, posts=self.number(0, 20), source="s")
            for g in groups
            for year in self.names
            if self.maybe(0.2)
        ]

    def _posts(self, schemes: list[Scheme], groups: list[StaffGroup]) -> list[Posts]:
        return [
            Posts(scheme=s.key, organisation=g.organisation, group=g.group, wte=self.number(0, 15), source="s")
            for s in schemes
            for g in groups
            if self.maybe(0.4)
        ]

    def _places_and_bodies(self) -> tuple[tuple[Place, ...], list[Organisation]]:
        """Who pays and who gives care. Several commissioners serve a part of the area each; a council may too."""
        places = [Place(key="area", name="Area", kind=PlaceKind.FOOTPRINT, source="s")]
        bodies: list[Organisation] = []

        def body(key: str, role: Role, serves: PlaceKind | None = None, **more: Any) -> None:
            place = f"part_{key}" if serves else "area"
            if serves:
                places.append(Place(key=place, name=place, kind=serves, source="s"))
            bodies.append(Organisation(key=key, name=key, role=role, place=place, source="s", **more))

        commissioners = ("ccg", "ccg_b", "ccg_c")[: self.choice((1, 1, 2, 3))]
        for key in commissioners:
            body(key, Role.COMMISSIONER, PlaceKind.COMMISSIONER if len(commissioners) > 1 else None)
        for key in ("council", "council_b")[: self.integer(0, 2)]:
            least = self.number(0, 2e6)
            reserves = round(least + self.number(0, 5e6), 4)
            own = PlaceKind.COUNCIL if self.maybe(0.4) else None
            body(key, Role.COUNCIL, own, reserves=reserves, least_reserves=least)
        for key in ("hospital", "hospital_b", "community")[: self.integer(0, 3)]:
            body(key, Role.PROVIDER, accounts=key == "hospital" or self.maybe(0.7))
        if self.maybe(0.3):
            body("practices", Role.SECTOR, accounts=False)
        return tuple(places), bodies

    def _pools(self, bodies: list[Organisation]) -> list[BedPool]:
        pools = []
        for owner in (b for b in bodies if b.role is Role.PROVIDER):
            for n in range(self.integer(0, 2)):
                pools.append(
                    BedPool(
                        key=f"{owner.key}_beds_{n}",
                        name="Beds",
                        provider=owner.key,
                        kind="general_acute" if n == 0 else "community",
                        open_beds=float(self.integer(20, 400)),
                        target_occupancy=certain(self.number(0.8, 0.95)),
                        ward_size=float(self.integer(24, 30)),
                        buffer=self.choice((None, 0.0, 5.0)),
                        most_closed_a_year=self.integer(0, 3),
                        ward_cost=self.choice((None, 70000.0)),
                        overflow_limit=self.choice((None, None, None, 0.05)),
                        claimed_closures=float(self.choice((0, 28))),
                        source="s",
                    )
                )
        return pools

    def _contracts(self) -> tuple[Contract, ...]:
        def contract(key: str, form: Payment, marginal: float | None = None, **more: Any) -> Contract:
            tariff = self.choice(("", "national"))
            return Contract(key=key, name=key, form=form, tariff=tariff, marginal=marginal, source="s", **more)

        kept = self.choice(("none", "outside:avoidance", "ccg"))
        return (
            contract("block", Payment.BLOCK),
            contract("activity", Payment.ACTIVITY),
            contract("blended", Payment.BLENDED, self.number(0, 1)),
            contract("marginal", Payment.MARGINAL, self.number(0, 1), threshold=self.number(0.9, 1.1), kept_for=kept),
        )

    def _lines(
        self, bodies: list[Organisation], pools: list[BedPool], contracts: tuple[Contract, ...]
    ) -> list[ActivityLine]:
        payers = [b for b in bodies if b.role in PAYS]
        givers = [b for b in bodies if b.role not in PAYS] or [bodies[0]]
        givers += [b for b in payers if b.role is Role.COUNCIL and self.maybe(0.3)]
        profiles = ("", "old", "shares", "women") if self.by_sex else ("", "old", "shares")
        lines = []
        for n in range(self.n_lines):
            giver, payer = self.choice(givers), self.choice(payers)
            own_pools = [p for p in pools if p.provider == giver.key]
            pool = self.choice(own_pools) if own_pools and self.maybe(0.6) else None
            paid = self.choice(("", *(c.key for c in contracts))) if giver.accounts and giver != payer else ""
            baseline = float(self.integer(100, 6000) if pool else self.integer(500, 90000))
            lines.append(
                ActivityLine(
                    key=f"line_{n}",
                    name=f"Line {n}",
                    care=Care.NON_ELECTIVE if pool else Care.OUTPATIENT,
                    population=self.choice((payer.place, "area")),
                    provider=giver.key,
                    commissioner=payer.key,
                    baseline=baseline,
                    unit="spell" if pool else "contact",
                    age_profile=self.choice(profiles),
                    growth=certain(self.number(-0.02, 0.04)),
                    length_of_stay=self.number(1, 12) if pool else None,
                    bed_pool=pool.key if pool else "",
                    unit_cost=self.number(500, 3000) if pool else self.number(20, 200),
                    variable_cost=self.number(100, 400) if pool and self.maybe() else None,
                    price=self.number(50, 3000) if paid and self.maybe() else None,
                    contract=paid,
                    growth_share=None if pool or self.maybe() else certain(self.number(0.6, 1)),
                    release_share=None if pool or self.maybe() else certain(self.number(0.15, 0.35)),
                    cost_index=self.choice(("", "pay", "drugs")),
                    source="s",
                )
            )
        return lines

    def _budgets(self, bodies: list[Organisation], lines: list[ActivityLine], pools: list[BedPool]) -> list[BudgetHead]:
        heads: list[BudgetHead] = []

        def head(body: str, name: str, side: Side, amount: float, **more: Any) -> None:
            heads.append(
                BudgetHead(
                    key=f"{body}.{name}",
                    organisation=body,
                    name=name,
                    side=side,
                    pool=name,
                    amount=round(amount, 2),
                    one_off=self.choice((0.0, 0.0, self.number(-1e6, 1e6))),
                    growth=certain(self.choice((0.0, self.number(-0.01, 0.02)))),
                    age_profile=self.choice(("", "", "old")),
                    source="s",
                    **more,
                )
            )

        for body in bodies:
            if body.role is Role.PROVIDER and body.accounts:
                care = sum(r.baseline * max(r.unit_cost, r.variable_cost or 0) for r in lines if r.provider == body.key)
                wards = sum(p.open_beds * (p.ward_cost or 80300) for p in pools if p.provider == body.key)
                whole = (care + wards) * self.number(1.3, 2) + 1e6
                head(body.key, "pay", Side.COST, whole * 0.65, index="pay")
                head(body.key, "drugs", Side.COST, whole * 0.1, index="drugs")
                head(body.key, "other", Side.COST, whole * 0.25, index=self.choice(("", "other")))
                head(body.key, "training", Side.INCOME, whole * 0.1, counterparty="outside:training_levy")
            elif body.role in PAYS:
                head(body.key, "running", Side.COST, self.number(1e6, 9e6), index="pay")
                if not self.is_pressure:
                    tax = self.number(1e6, 2e7)
                    head(body.key, "tax", Side.INCOME, tax, index="other", counterparty="outside:residents")
                if self.maybe():
                    head(
                        body.key, "duty", Side.COST, self.number(1e5, 2e6),
                        index="other", from_year=self.choice(self.names),
                    )  # fmt: skip
            self._shared_heads(head, body, [b.key for b in bodies if b.accounts and b != body])
        return heads

    def _shared_heads(self, head: Callable[..., None], body: Organisation, partners: list[str]) -> None:
        """Money between bodies of the place, and to and from others, both ways."""
        if not body.accounts:
            return
        amount = self.number(1e5, 2e6)
        if partners and self.maybe(0.3) and not self.is_pressure:
            head(body.key, "shared", Side.INCOME, amount, counterparty=self.choice(partners))
        if partners and self.maybe(0.3):
            head(body.key, "rent", Side.COST, amount, index="other", counterparty=self.choice(partners))
        if self.maybe(0.3):
            head(body.key, "elsewhere", Side.COST, amount, counterparty="outside:elsewhere")

    def _allocations(self, bodies: list[Organisation]) -> list[Allocation]:
        found: list[Allocation] = []
        if self.is_pressure:
            return found
        for body in (b.key for b in bodies if b.role in PAYS):
            amount, growth = self.number(1e7, 9e7), self.number(0, 0.03)
            pooled = body == "council" and self.maybe(0.3)
            for n, year in enumerate((self.opening, *self.names)):
                rows = [("core", amount * (1 + growth) ** n, True, "outside:treasury")]
                if pooled:
                    rows.append(("better_care_fund", 1e6 * (1 + growth) ** n, True, "ccg"))
                if self.maybe(0.1):
                    rows.append(("relief", self.number(1e5, 1e6), False, "outside:treasury"))
                found += [
                    Allocation(
                        organisation=body,
                        year=year,
                        kind=k,
                        amount=round(a, 2),
                        recurrent=r,
                        counterparty=g,
                        source="s",
                    )
                    for k, a, r, g in rows
                ]
        return found

    def _control_totals(self, bodies: list[Organisation]) -> list[ControlTotal]:
        found = []
        for body in (b for b in bodies if b.accounts and b.role is not Role.COUNCIL):
            for year in self.names[:2]:
                if not self.maybe(0.3):
                    continue
                fund = self.number(0, 5e6) if fund_rule(REGIME, year) else 0.0
                found.append(
                    ControlTotal(
                        organisation=body.key,
                        year=year,
                        amount=self.number(-2e7, 2e7),
                        fund=fund,
                        phasing=self.choice(("0.25;0.5;0.75;1", "0.1;0.3;0.6;1")),
                        ae_met=self.choice(("yes;yes;yes;yes", "yes;no;no;yes")),
                        source="s",
                    )
                )
        return found

    def _measures(self, bodies: list[Organisation]) -> list[CouncilMeasure]:
        found = []
        for body in (b for b in bodies if b.role is Role.COUNCIL):
            free = body.reserves - body.least_reserves
            for year in self.names[:3]:
                for kind in AfterGap:
                    if self.maybe(0.3):
                        amount = free / 3 if kind is AfterGap.RESERVES else self.number(0, 3e6)
                        amount = math.floor(amount * 100) / 100
                        found.append(
                            CouncilMeasure(organisation=body.key, year=year, kind=kind, amount=amount, source="s")
                        )
        return found

    def _index_years(self) -> list[str]:
        return [financial_year(y) for y in range(min(self.base + 1, self.first), self.first + self.years)]

    def _indices(self) -> list[Index]:
        return [
            Index(index=name, year=year, change=certain(self.number(-0.01, 0.05)), source="s")
            for name in ("pay", "drugs", "other")
            for year in self._index_years()
        ]

    def _people(self, places: tuple[Place, ...]) -> dict[str, Any]:
        """Two estimates to carry forward, or an estimate of the opening year and an official projection."""
        if not self.estimated:
            later = range(self.first, self.first + self.years)
            tables = {"population": (Population, (self.first - 1,)), "projections": (Projection, later)}
        else:
            last = self.first - 1 - self.integer(0, 1)
            tables = {"population": (Population, (last - self.integer(1, 3), last))}
        found: dict[str, list[Any]] = {name: [] for name in tables}
        for place in places:
            counts = [self.number(500, 5000) for _ in range(4)]
            for name, (noun, years) in tables.items():
                found[name] += [row for year in years for row in self._year(noun, place.key, year, counts)]
        return {name: tuple(rows) for name, rows in found.items()}

    def _year(self, noun: type[Any], place: str, year: int, counts: list[float]) -> list[Any]:
        oldest = OLDEST if self.estimated else len(counts) - 1
        found = []
        for sex, share in (("females", 0.55), ("males", 0.45)) if self.by_sex else (("persons", 1.0),):
            for age in range(oldest + 1):
                part = age * len(counts) // (oldest + 1)
                grown = share * counts[part] * (1 + 0.01 * (year - self.first + 1) * (part - 1))
                persons = round(max(10.0, grown), 2)
                found.append(noun(place=place, year=year, sex=sex, age=age, persons=persons, source="s"))
        return found

    def _profiles(self) -> list[AgeProfile]:
        share, rate = self.number(0.2, 0.5), self.number(0.5, 2)
        young = 64 if self.estimated else 1

        def band(profile: str, low: int, high: int, sex: str = "persons", **use: float) -> AgeProfile:
            return AgeProfile(profile=profile, sex=sex, age_from=low, age_to=high, source="s", **use)

        found = [
            band("old", 0, young, rate=rate),
            band("old", young + 1, 120, rate=self.number(3, 9)),
            band("shares", 0, young + 1, age_share=share),
            band("shares", young + 2, 120, age_share=round(1 - share, 6)),
        ]
        if self.by_sex:
            found += [
                band("women", 0, 120, sex="females", rate=2 * rate),
                band("women", 0, 120, sex="males", rate=rate),
            ]
        return found

    def _groups(self, bodies: list[Organisation]) -> list[StaffGroup]:
        return [
            StaffGroup(
                organisation=body.key,
                group=group,
                in_post=self.number(50, 300),
                leavers=certain(self.number(0.05, 0.15)),
                joiners=certain(self.number(5, 40)),
                growth=self.number(0, 5),
                cost=self.number(30000, 60000),
                shortfall=kind,
                source="s",
            )
            for body in bodies
            if body.role is Role.PROVIDER and body.accounts
            for group, kind in (("nurses", Shortfall.AGENCY), ("therapists", Shortfall.BENEFIT_LOST))
            if self.maybe(0.7)
        ]

    def _staffing(self, groups: list[StaffGroup], lines: list[ActivityLine], pools: list[BedPool]) -> list[Staffing]:
        found = []
        for group in groups:
            for pool in pools:
                if pool.provider == group.organisation and self.maybe():
                    wte = self.number(5, 30)
                    found.append(
                        Staffing(
                            organisation=group.organisation, group=group.group, bed_pool=pool.key, wte=wte, source="s"
                        )
                    )
            for line in lines:
                if line.provider == group.organisation and self.maybe(0.4):
                    wte = round(self.number(0, 40) / line.baseline, 8)
                    found.append(
                        Staffing(organisation=group.organisation, group=group.group, line=line.key, wte=wte, source="s")
                    )
        return found

    def _schemes(self, bodies: list[Organisation]) -> list[Scheme]:
        found: list[Scheme] = []
        for n in range(self.n_schemes):
            month = self.integer(0, 12 * self.years - 1)
            start = f"{self.first + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}"
            found.append(
                Scheme(
                    key=f"scheme_{n}",
                    name=f"Scheme {n}",
                    gaps=("money",),
                    category=Category.CARE_MODEL,
                    owner="Director",
                    lead="ccg",
                    partners=tuple(sorted(b.key for b in bodies)),
                    start=start,
                    delay=certain(float(self.choice((0, 0, 3, 7)))),
                    ramp=certain(float(self.choice((0, 1, 12, 24, 36)))),
                    decay=self.choice((0.0, 0.0, 0.1, 0.6)),
                    order=self.integer(1, 5),
                    needs=tuple(s.key for s in found if self.maybe(0.2)),
                    travel="Journeys stay within the place",
                    harm="Longer journeys for some",
                    source="s",
                )
            )
        return found

    def _effects(
        self,
        schemes: list[Scheme],
        lines: list[ActivityLine],
        heads: list[BudgetHead],
        indicators: list[Indicator],
        bodies: list[Organisation],
    ) -> list[Effect]:
        found = []
        pay_heads = [h for h in heads if h.side is Side.COST and h.counterparty.startswith("outside:")]
        for scheme in schemes:
            taken: set[tuple[EffectKind, str, str]] = set()
            for _ in range(self.integer(1, 3)):
                kind = self.choice(self.only or tuple(EffectKind))
                to = ""
                amount = self.number(0, 0.3)
                if kind is EffectKind.SAVE:
                    target = self.choice(pay_heads).key
                elif kind is EffectKind.INCOME:
                    target, amount = self.choice([b.key for b in bodies]), self.number(0, 1e6)
                elif kind is EffectKind.IMPROVE:
                    target = self.choice(indicators).key
                else:
                    at = self.integer(0, len(lines) - 1)
                    if kind is EffectKind.SHORTEN:
                        bedded = [n for n, line in enumerate(lines) if line.bed_pool]
                        if not bedded:
                            continue
                        at = self.choice(bedded)
                    target = lines[at].key
                    if kind in (EffectKind.SHIFT, EffectKind.MOVE):
                        if at == len(lines) - 1:
                            continue  # care moves on to a later line, so it never comes back
                        to = lines[self.integer(at + 1, len(lines) - 1)].key
                if (kind, target, to) in taken:
                    continue
                taken.add((kind, target, to))
                spread = Range(point=amount, low=amount * 0.8, high=amount * 1.2)
                giver = "ccg" if target != "ccg" and self.maybe() else "outside:payer"
                found.append(
                    Effect(
                        key=f"{scheme.key}.{len(found)}",
                        scheme=scheme.key,
                        kind=kind,
                        target=target,
                        effect=spread,
                        eligible=certain(self.number(0.5, 1)),
                        uptake=certain(self.number(0.5, 1)),
                        to_line=to,
                        ratio=certain(self.number(0, 2) if to else 1.0),
                        stay_ratio=self.choice((None, 0.6, 1.0)),
                        cost_ratio=self.choice((None, 0.7, 1.0)),
                        counterparty=giver if kind is EffectKind.INCOME else "outside:resources",
                        source="s",
                    )
                )
        return found

    def _costs(self, schemes: list[Scheme], bodies: list[Organisation]) -> list[SchemeCost]:
        found = []
        members = [b for b in bodies if b.accounts]
        for scheme in schemes:
            for kind in (each for each in CostKind if each is not CostKind.DISRUPTION):
                if not self.maybe(0.4):
                    continue
                dated = kind in (CostKind.SETUP, CostKind.CAPITAL) or (kind is CostKind.RUNNING and self.maybe(0.2))
                amount = self.number(1e4, 2e6)
                found.append(
                    SchemeCost(
                        key=f"{scheme.key}.{kind.value}",
                        scheme=scheme.key,
                        kind=kind,
                        organisation=self.choice(members).key,
                        year=self.choice(self.names) if dated else "",
                        amount=amount,
                        months=float(self.integer(1, 18)) if kind is CostKind.DOUBLE_RUNNING else 0.0,
                        index=self.choice(("", "pay", "other")),
                        funded=round(amount * self.choice((0, 0.5, 1)), 4) if kind is CostKind.CAPITAL else 0.0,
                        life=float(self.choice((3, 10, 25))),
                        source="s",
                    )
                )
        return found

    def _disruption(self, schemes: list[Scheme], bodies: list[Organisation]) -> list[SchemeCost]:
        """Drawn last, so that plans of one seed stay as they were before there was such a cost."""
        members = [body.key for body in bodies if body.accounts]
        return [
            SchemeCost(
                key=f"{scheme.key}.disruption", scheme=scheme.key, kind=CostKind.DISRUPTION,
                organisation=self.choice(members), year=self.choice(self.names), amount=self.number(1e4, 5e5),
                index=self.choice(("", "pay")), source="s",
            )
            for scheme in schemes
            if self.maybe(0.3)
        ]  # fmt: skip

    def _indicators(self, lines: list[ActivityLine], bodies: list[Organisation]) -> list[Indicator]:
        found = [
            Indicator(
                key="smoking", name="Smoking", gap=Gap.HEALTH, scale=Scale.PROPORTION, higher_is_better=False,
                baseline=0.18, trend=certain(-0.02), standard=0.12, source="s",
            ),
            Indicator(
                key="deaths", name="Early deaths", gap=Gap.HEALTH, scale=Scale.RATE, higher_is_better=False,
                baseline=350.0, trend=certain(-0.01), standard=300.0, source="s",
            ),
            Indicator(
                key="waiting", name="Waiting list", gap=Gap.CARE, scale=Scale.WAITING_LIST, higher_is_better=False,
                baseline=900.0, standard=800.0, line=lines[0].key, additions_ratio=self.number(0.98, 1.03), source="s",
            ),
        ]  # fmt: skip
        if any(b.key == "hospital" for b in bodies):
            found.append(
                Indicator(
                    key="ae", name="A&E within four hours", gap=Gap.CARE, scale=Scale.AE_RESPONSE,
                    higher_is_better=True, baseline=0.9, standard=0.95, provider="hospital", source="s",
                )
            )  # fmt: skip
        return found


def with_room(pool: BedPool, lines: list[ActivityLine]) -> BedPool:
    """The pool with at least the beds that its lines' bed days fill."""
    days = sum(line.baseline * (line.length_of_stay or 0.0) for line in lines if line.bed_pool == pool.key)
    return pool.model_copy(update={"open_beds": max(pool.open_beds, float(math.ceil(days / 365 / 0.98)))})
