"""Small valid plans of invented places, of every shape the nouns allow, for properties that must always hold."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tripleaim.plan import Heading, Plan
from tripleaim.plan.activity import ActivityLine, BedPool, Care, PlannedUnits
from tripleaim.plan.agreement import Contract, Payment
from tripleaim.plan.indicator import Gap, Indicator, Scale
from tripleaim.plan.money import Allocation, BudgetHead, Index, Side, Tariff
from tripleaim.plan.organisation import Organisation, Role
from tripleaim.plan.place import AgeProfile, Place, PlaceKind, Population, Projection
from tripleaim.plan.scheme import Category, CostKind, Effect, EffectKind, Posts, Scheme, SchemeCost
from tripleaim.plan.source import Source, SourceKind
from tripleaim.plan.workforce import PostsAvailable, Shortfall, StaffGroup, Staffing
from tripleaim.quantities import Range, certain, financial_year

REMOVES = (EffectKind.AVOID, EffectKind.STOP, EffectKind.SHIFT, EffectKind.MOVE)
ON_LINES = (*REMOVES, EffectKind.SHORTEN, EffectKind.PRODUCTIVITY)


def small_plan(
    seed: int, *, years: int = 5, lines: int = 4, schemes: int = 3, bodies: int = 4, only: tuple[EffectKind, ...] = ()
) -> Plan:
    """One plan from one seed: the sizes are given, every number comes from the seed. `only` limits kinds of effect."""
    return _Builder(random.Random(seed), years, lines, schemes, bodies, only).plan()


def small_plans(
    *,
    schemes: tuple[int, int] = (0, 6),
    only: tuple[EffectKind, ...] = (),
    where: Callable[[Plan], bool] = lambda plan: True,
) -> st.SearchStrategy[Plan]:
    """Random small plans: 1 to 4 organisations, 1 to 8 lines, 1 to 10 years, any base year."""
    return st.builds(
        small_plan,
        st.integers(0, 2**32 - 1),
        years=st.integers(1, 10),
        lines=st.integers(1, 8),
        schemes=st.integers(*schemes),
        bodies=st.integers(1, 4),
        only=st.just(only),
    ).filter(where)


class _Builder:
    def __init__(
        self, draw: random.Random, years: int, lines: int, schemes: int, bodies: int, only: tuple[EffectKind, ...]
    ) -> None:
        self.draw, self.years, self.only = draw, years, only
        self.first = draw.randint(1995, 2040)
        self.names = tuple(financial_year(self.first + n) for n in range(years))
        self.opening = financial_year(self.first - 1)
        self.base = self.first - 1 + draw.choice((0, 0, -2, 1))
        self.n_lines, self.n_schemes, self.n_bodies = lines, schemes, bodies

    def number(self, low: float, high: float) -> float:
        return round(self.draw.uniform(low, high), 4)

    def maybe(self, chance: float = 0.5) -> bool:
        return self.draw.random() < chance

    def plan(self) -> Plan:
        heading = Heading(
            format=1,
            name="Small place",
            place="area",
            first_year=self.names[0],
            years=self.years,
            price_base=financial_year(self.base),
            regime="stp-2016",
            version="1",
            dated=f"{self.first - 1}-10-21",
            invented=True,
            safe_occupancy=self.maybe(0.3),
        )
        bodies, pools = self._bodies()
        contracts = self._contracts()
        lines = self._lines(bodies, pools, contracts)
        pools = [with_room(pool, lines) for pool in pools]
        groups = self._groups(bodies)
        planned = tuple(
            PlannedUnits(line=line.key, year=year, units=round(line.baseline * self.number(0.8, 1.2), 4), source="s")
            for line in lines
            if line.contract
            for year in self.names
            if self.maybe(0.4)
        )
        budgets = self._budgets(bodies, lines, pools)
        indicators = self._indicators(lines, bodies)
        schemes = self._schemes(bodies)
        return Plan(
            heading=heading,
            sources=(Source(key="s", kind=SourceKind.ILLUSTRATIVE, title="Invented"),),
            places=(Place(key="area", name="Area", kind=PlaceKind.FOOTPRINT, source="s"),),
            organisations=tuple(bodies),
            population=tuple(self._people(Population, (self.first - 1,))),
            projections=tuple(self._people(Projection, range(self.first, self.first + self.years))),
            age_profiles=tuple(self._profiles()),
            activity=tuple(lines),
            planned_units=planned,
            contracts=contracts if any(line.contract for line in lines) else (),
            capacity=tuple(pools),
            budgets=tuple(budgets),
            allocations=tuple(self._allocations(bodies)),
            indices=tuple(self._indices()),
            tariffs=tuple(
                Tariff(
                    tariff="national",
                    year=year,
                    inflation=certain(self.number(0, 0.04)),
                    efficiency=certain(self.number(0, 0.03)),
                    source="s",
                )
                for year in self._index_years()
            ),
            workforce=tuple(groups),
            posts_available=tuple(
                PostsAvailable(
                    organisation=g.organisation, group=g.group, year=year, posts=self.number(0, 20), source="s"
                )
                for g in groups
                for year in self.names
                if self.maybe(0.2)
            ),
            staffing=tuple(self._staffing(groups, lines, pools)),
            schemes=tuple(schemes),
            effects=tuple(self._effects(schemes, lines, budgets, indicators, bodies)),
            costs=tuple(self._costs(schemes, bodies)),
            posts=tuple(
                Posts(scheme=s.key, organisation=g.organisation, group=g.group, wte=self.number(0, 15), source="s")
                for s in schemes
                for g in groups
                if self.maybe(0.4)
            ),
            indicators=tuple(indicators),
        )

    def _bodies(self) -> tuple[list[Organisation], list[BedPool]]:
        def body(key: str, role: Role, accounts: bool = True) -> Organisation:
            return Organisation(key=key, name=key, role=role, place="area", accounts=accounts, source="s")

        bodies = [
            body("ccg", Role.COMMISSIONER),
            body("hospital", Role.PROVIDER),
            body("council", Role.COUNCIL),
            body("community", Role.PROVIDER, accounts=self.maybe()),
        ][: self.n_bodies]
        pools = []
        for owner in (b for b in bodies if b.role is Role.PROVIDER):
            for n in range(self.draw.randint(0, 2)):
                pools.append(
                    BedPool(
                        key=f"{owner.key}_beds_{n}",
                        name="Beds",
                        provider=owner.key,
                        kind="general_acute" if n == 0 else "community",
                        open_beds=float(self.draw.randint(20, 400)),
                        target_occupancy=certain(self.number(0.8, 0.95)),
                        ward_size=float(self.draw.randint(24, 30)),
                        buffer=self.draw.choice((None, 0.0, 5.0)),
                        most_closed_a_year=self.draw.randint(0, 3),
                        ward_cost=self.draw.choice((None, 70000.0)),
                        overflow_limit=self.draw.choice((None, None, None, 0.05)),
                        claimed_closures=float(self.draw.choice((0, 28))),
                        source="s",
                    )
                )
        return bodies, pools

    def _contracts(self) -> tuple[Contract, ...]:
        def contract(key: str, form: Payment, marginal: float | None = None, **more: Any) -> Contract:
            tariff = self.draw.choice(("", "national"))
            return Contract(key=key, name=key, form=form, tariff=tariff, marginal=marginal, source="s", **more)

        kept = self.draw.choice(("none", "outside:avoidance", "ccg"))
        return (
            contract("block", Payment.BLOCK),
            contract("activity", Payment.ACTIVITY),
            contract("blended", Payment.BLENDED, self.number(0, 1)),
            contract("marginal", Payment.MARGINAL, self.number(0, 1), threshold=self.number(0.9, 1.1), kept_for=kept),
        )

    def _lines(
        self, bodies: list[Organisation], pools: list[BedPool], contracts: tuple[Contract, ...]
    ) -> list[ActivityLine]:
        payers = [b.key for b in bodies if b.role is not Role.PROVIDER]
        givers = [b for b in bodies if b.role is Role.PROVIDER] or [bodies[0]]
        if "council" in payers and self.maybe(0.3):
            givers = [*givers, next(b for b in bodies if b.key == "council")]
        lines = []
        for n in range(self.n_lines):
            giver, payer = self.draw.choice(givers), self.draw.choice(payers)
            own_pools = [p for p in pools if p.provider == giver.key]
            pool = self.draw.choice(own_pools) if own_pools and self.maybe(0.6) else None
            paid = self.draw.choice(("", *(c.key for c in contracts))) if giver.accounts and giver.key != payer else ""
            baseline = float(self.draw.randint(100, 6000) if pool else self.draw.randint(500, 90000))
            lines.append(
                ActivityLine(
                    key=f"line_{n}",
                    name=f"Line {n}",
                    care=Care.NON_ELECTIVE if pool else Care.OUTPATIENT,
                    population="area",
                    provider=giver.key,
                    commissioner=payer,
                    baseline=baseline,
                    unit="spell" if pool else "contact",
                    age_profile=self.draw.choice(("", "old", "shares")),
                    growth=certain(self.number(-0.02, 0.04)),
                    length_of_stay=self.number(1, 12) if pool else None,
                    bed_pool=pool.key if pool else "",
                    unit_cost=self.number(500, 3000) if pool else self.number(20, 200),
                    variable_cost=self.number(100, 400) if pool and self.maybe() else None,
                    price=self.number(50, 3000) if paid and self.maybe() else None,
                    contract=paid,
                    growth_share=None if pool or self.maybe() else certain(self.number(0.6, 1)),
                    release_share=None if pool or self.maybe() else certain(self.number(0.15, 0.35)),
                    cost_index=self.draw.choice(("", "pay", "drugs")),
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
                    one_off=self.draw.choice((0.0, 0.0, self.number(-1e6, 1e6))),
                    growth=certain(self.draw.choice((0.0, self.number(-0.01, 0.02)))),
                    age_profile=self.draw.choice(("", "", "old")),
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
                head(body.key, "other", Side.COST, whole * 0.25, index=self.draw.choice(("", "other")))
                head(body.key, "training", Side.INCOME, whole * 0.1, counterparty="outside:training_levy")
            elif body.role is not Role.PROVIDER:
                head(body.key, "running", Side.COST, self.number(1e6, 9e6), index="pay")
                head(
                    body.key, "tax", Side.INCOME, self.number(1e6, 2e7), index="other", counterparty="outside:residents"
                )
                if self.maybe():
                    head(
                        body.key, "duty", Side.COST, self.number(1e5, 2e6),
                        index="other", from_year=self.draw.choice(self.names),
                    )  # fmt: skip
            if body.accounts and body.key != "ccg" and self.maybe(0.4):
                head(body.key, "shared", Side.INCOME, self.number(1e5, 2e6), counterparty="ccg")
        return heads

    def _allocations(self, bodies: list[Organisation]) -> list[Allocation]:
        found = []
        for body in (b.key for b in bodies if b.role is not Role.PROVIDER):
            amount = self.number(1e7, 9e7)
            for n, year in enumerate((self.opening, *self.names)):
                giver = "ccg" if body == "council" and self.maybe(0.1) else "outside:treasury"
                rows = [("core", amount * (1 + self.number(0, 0.03)) ** n, True, giver)]
                if self.maybe(0.2):
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

    def _index_years(self) -> list[str]:
        return [financial_year(y) for y in range(min(self.base + 1, self.first), self.first + self.years)]

    def _indices(self) -> list[Index]:
        return [
            Index(index=name, year=year, change=certain(self.number(-0.01, 0.05)), source="s")
            for name in ("pay", "drugs", "other")
            for year in self._index_years()
        ]

    def _people(self, noun: type[Any], years: Any) -> list[Any]:
        counts = getattr(self, "_counts", None)
        if counts is None:
            counts = self._counts = [self.number(500, 5000) for _ in range(4)]
        found = []
        for year in years:
            for age in range(4):
                grown = counts[age] * (1 + 0.01 * (year - self.first + 1) * (age - 1))
                found.append(noun(place="area", year=year, age=age, persons=round(max(10.0, grown), 2), source="s"))
        return found

    def _profiles(self) -> list[AgeProfile]:
        share = self.number(0.2, 0.5)
        return [
            AgeProfile(profile="old", age_from=0, age_to=1, rate=self.number(0.5, 2), source="s"),
            AgeProfile(profile="old", age_from=2, age_to=120, rate=self.number(3, 9), source="s"),
            AgeProfile(profile="shares", age_from=0, age_to=2, age_share=share, source="s"),
            AgeProfile(profile="shares", age_from=3, age_to=120, age_share=round(1 - share, 6), source="s"),
        ]

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
            month = self.draw.randrange(12 * self.years)
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
                    delay=certain(float(self.draw.choice((0, 0, 3, 7)))),
                    ramp=certain(float(self.draw.choice((0, 1, 12, 24, 36)))),
                    decay=self.draw.choice((0.0, 0.0, 0.1)),
                    order=self.draw.randint(1, 5),
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
        pay_heads = [h for h in heads if h.side is Side.COST and h.counterparty == "outside:resources"]
        for scheme in schemes:
            taken: set[tuple[EffectKind, str, str]] = set()
            for _ in range(self.draw.randint(1, 3)):
                kind = self.draw.choice(self.only or tuple(EffectKind))
                to = ""
                amount = self.number(0, 0.3)
                if kind is EffectKind.SAVE:
                    target = self.draw.choice(pay_heads).key
                elif kind is EffectKind.INCOME:
                    target, amount = self.draw.choice([b.key for b in bodies if b.accounts]), self.number(0, 1e6)
                elif kind is EffectKind.IMPROVE:
                    target = self.draw.choice(indicators).key
                else:
                    at = self.draw.randrange(len(lines))
                    if kind is EffectKind.SHORTEN:
                        bedded = [n for n, line in enumerate(lines) if line.bed_pool]
                        if not bedded:
                            continue
                        at = self.draw.choice(bedded)
                    target = lines[at].key
                    if kind in (EffectKind.SHIFT, EffectKind.MOVE):
                        if at == len(lines) - 1:
                            continue  # care moves on to a later line, so it never comes back
                        to = lines[self.draw.randrange(at + 1, len(lines))].key
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
                        stay_ratio=self.draw.choice((None, 0.6, 1.0)),
                        cost_ratio=self.draw.choice((None, 0.7, 1.0)),
                        counterparty=giver if kind is EffectKind.INCOME else "outside:resources",
                        source="s",
                    )
                )
        return found

    def _costs(self, schemes: list[Scheme], bodies: list[Organisation]) -> list[SchemeCost]:
        found = []
        members = [b for b in bodies if b.accounts]
        for scheme in schemes:
            for kind in CostKind:
                if not self.maybe(0.4):
                    continue
                dated = kind in (CostKind.SETUP, CostKind.CAPITAL) or (kind is CostKind.RUNNING and self.maybe(0.2))
                amount = self.number(1e4, 2e6)
                found.append(
                    SchemeCost(
                        key=f"{scheme.key}.{kind.value}",
                        scheme=scheme.key,
                        kind=kind,
                        organisation=self.draw.choice(members).key,
                        year=self.draw.choice(self.names) if dated else "",
                        amount=amount,
                        months=float(self.draw.randint(1, 18)) if kind is CostKind.DOUBLE_RUNNING else 0.0,
                        index=self.draw.choice(("", "pay", "other")),
                        funded=round(amount * self.draw.choice((0, 0.5, 1)), 4) if kind is CostKind.CAPITAL else 0.0,
                        life=float(self.draw.choice((3, 10, 25))),
                        source="s",
                    )
                )
        return found

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
