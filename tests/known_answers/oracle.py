"""A second, independent computation of a small place, written from the method notes alone.

Deliberately simple and slow: one number at a time, plain loops and dicts, no arrays, nothing imported from
`tripleaim.projection`. Tests compare it with the model to the penny. Readings where the method can be read twice are
marked READING.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine, BedPool
from tripleaim.plan.agreement import Payment
from tripleaim.plan.assumptions import assumption
from tripleaim.plan.money import BudgetHead, Side
from tripleaim.plan.organisation import Role
from tripleaim.plan.scheme import CostKind, Effect, EffectKind, Scheme
from tripleaim.plan.workforce import Shortfall, StaffGroup
from tripleaim.quantities import financial_year, first_calendar_year, months_since_april

REMOVING = (EffectKind.AVOID, EffectKind.STOP, EffectKind.SHIFT, EffectKind.MOVE)
ARRIVING = (EffectKind.SHIFT, EffectKind.MOVE)
RESOURCES, TREASURY = "outside:resources", "outside:treasury"
TINY = 1e-9


def remembered(work: Callable[..., Any]) -> Callable[..., Any]:
    """Ask each thing once: the same question of the same place has the same answer."""

    @wraps(work)
    def asked(self: Any, *about: Any) -> Any:
        question = (work.__name__, *(getattr(each, "key", each) for each in about))
        if question not in self.known:
            self.known[question] = work(self, *about)
        return self.known[question]

    return asked


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is switched on."""

    people: bool = True
    use: bool = True
    prices: bool = True
    duties: bool = True
    funding: bool = True
    schemes: frozenset[str] = frozenset()
    resourced: bool = False
    whole_wards: bool = True


@dataclass(kw_only=True)
class Answer:
    """Everything compared: each by key, then by year (opening, plan years, the year after)."""

    units: dict[str, list[float]]
    beds: dict[str, list[float]]
    beds_needed: dict[str, list[float]]
    recurrent: dict[str, list[float]]
    one_off: dict[str, list[float]]


class Place:
    """One plan, asked one number at a time. Year 0 is the opening year, T the plan's last, T + 1 the year after."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.known: dict[Any, Any] = {}
        self.last = plan.heading.years
        self.after = self.last + 1
        self.bodies = {row.key: row for row in plan.organisations}
        self.schemes = {row.key: row for row in plan.schemes}
        self.lines = {row.key: row for row in plan.activity}

    def name(self, year: int) -> str:
        return financial_year(first_calendar_year(self.plan.opening_year) + min(year, self.last))

    def node(self, body: str) -> str:
        """Members are bodies with accounts, and every payer; the others are outside."""
        if body.startswith("outside:"):
            return body
        row = self.bodies[body]
        member = row.accounts or row.role in (Role.COMMISSIONER, Role.COUNCIL)
        return body if member else f"outside:{body}"

    # --- people and prices ----------------------------------------------------------------------------------------

    @remembered
    def persons(self, place: str, year: int) -> dict[tuple[str, int], float]:
        calendar = first_calendar_year(self.plan.opening_year) + min(year, self.last)
        found = {(r.sex, r.age): r.persons for r in self.plan.projections if (r.place, r.year) == (place, calendar)}
        if not found:
            found = {(r.sex, r.age): r.persons for r in self.plan.population if (r.place, r.year) == (place, calendar)}
        return found or self.carried(place, calendar)

    @remembered
    def carried(self, place: str, calendar: int) -> dict[tuple[str, int], float]:
        """Hamilton-Perry from the last two estimates, a step at a time; a straight line over the years between.

        READING: no reference place, and no year before the first estimate; both have their own worked examples.
        """
        before, after = self.last_estimates(place)
        step = after - before
        below = before if calendar < after else calendar - (calendar - after) % step
        low, high = self.rolled(place, below), self.rolled(place, below + step)
        share = (calendar - below) / step
        return {cell: (1 - share) * low[cell] + share * high[cell] for cell in low}

    def last_estimates(self, place: str) -> tuple[int, int]:
        years = sorted({row.year for row in self.plan.population if row.place == place})
        return years[-2], years[-1]

    @remembered
    def rolled(self, place: str, calendar: int) -> dict[tuple[str, int], float]:
        before, after = self.last_estimates(place)

        def estimate(year: int) -> dict[tuple[str, int], float]:
            return {(r.sex, r.age): r.persons for r in self.plan.population if (r.place, r.year) == (place, year)}

        if calendar <= after:
            return estimate(calendar)
        step, first, second = after - before, estimate(before), estimate(after)
        now = self.rolled(place, calendar - step)
        oldest = max(age for _, age in now)
        later: dict[tuple[str, int], float] = {}
        for sex in {sex for sex, _ in now}:
            for age in range(step, oldest):
                later[sex, age] = now[sex, age - step] * second[sex, age] / first[sex, age - step]
            reach = range(oldest - step, oldest + 1)
            ratio = second[sex, oldest] / sum(first[sex, age] for age in reach)
            later[sex, oldest] = sum(now[sex, age] for age in reach) * ratio
        adults = sum(count for (_, age), count in later.items() if 20 <= age < 40)
        adults_then = sum(count for (_, age), count in second.items() if 20 <= age < 40)
        for sex in {sex for sex, _ in now}:
            for age in range(step):
                later[sex, age] = adults * second[sex, age] / adults_then
        return later

    @remembered
    def growth_with_people(self, place: str, profile: str, year: int) -> float:
        bands = [band for band in self.plan.age_profiles if band.profile == profile]
        opening = self.persons(place, 0)

        def use(people: dict[tuple[str, int], float]) -> float:
            if not bands:
                return sum(people.values())
            total = 0.0
            for band in bands:
                covered = [
                    cell
                    for cell in people
                    if band.age_from <= cell[1] <= band.age_to and band.sex in ("persons", cell[0])
                ]
                if band.rate is not None:
                    rate = band.rate
                else:
                    heads = sum(opening[cell] for cell in covered)
                    rate = (band.age_share or 0.0) / heads if heads else 0.0
                total += sum(people[cell] * rate for cell in covered)
            return total

        return use(self.persons(place, year)) / use(opening)

    @remembered
    def level(self, index: str, year: int) -> float:
        """Of an index, opening year = 1; the year after keeps the last year's."""
        found = 1.0
        for y in range(1, min(year, self.last) + 1):
            found *= 1 + sum(r.change.point for r in self.plan.indices if (r.index, r.year) == (index, self.name(y)))
        return found

    @remembered
    def from_base(self, index: str) -> float:
        """From the price base to the opening year."""
        base, opening = first_calendar_year(self.plan.heading.price_base), first_calendar_year(self.plan.opening_year)
        change = {first_calendar_year(r.year): r.change.point for r in self.plan.indices if r.index == index}
        found = 1.0
        for y in range(base + 1, opening + 1):
            found *= 1 + change.get(y, 0.0)
        for y in range(opening + 1, base + 1):
            found /= 1 + change.get(y, 0.0)
        return found

    def cost_heads(self, body: str) -> list[BudgetHead]:
        return [h for h in self.plan.budgets if h.organisation == body and h.side is Side.COST]

    @remembered
    def has_whole_cost(self, body: str) -> bool:
        """A provider whose cost heads are its whole opening cost."""
        heads = [h for h in self.cost_heads(body) if not h.from_year and h.amount > 0]
        return body in self.bodies and self.bodies[body].role is Role.PROVIDER and bool(heads)

    def mix(self, body: str, worth: dict[str, float]) -> float:
        heads = [h for h in self.cost_heads(body) if not h.from_year]
        total = sum(h.amount for h in heads)
        return sum(h.amount * worth[h.index] for h in heads) / total if total else 1.0

    @remembered
    def mix_level(self, body: str, year: int) -> float:
        if not self.has_whole_cost(body):
            return 1.0
        return self.mix(body, {h.index: self.level(h.index, year) for h in self.cost_heads(body)})

    @remembered
    def cost_level(self, line: ActivityLine, year: int) -> float:
        return self.level(line.cost_index, year) if line.cost_index else self.mix_level(line.provider, year)

    @remembered
    def line_base(self, line: ActivityLine) -> float:
        if line.cost_index:
            return self.from_base(line.cost_index)
        return self.mix(line.provider, {h.index: self.from_base(h.index) for h in self.cost_heads(line.provider)})

    def unit_cost(self, line: ActivityLine) -> float:
        return line.unit_cost * self.line_base(line)

    def variable_cost(self, line: ActivityLine) -> float:
        if line.variable_cost is not None:
            return line.variable_cost * self.line_base(line)
        return self.unit_cost(line) * assumption(self.plan, "variable_cost_share").point

    @remembered
    def bed_cost(self, pool: BedPool, year: int, prices: bool) -> float:
        stated = assumption(self.plan, "ward_cost").point if pool.ward_cost is None else pool.ward_cost
        base = self.mix(pool.provider, {h.index: self.from_base(h.index) for h in self.cost_heads(pool.provider)})
        if not prices:
            return stated * base
        if self.has_whole_cost(pool.provider):
            return stated * base * self.mix_level(pool.provider, year)
        # READING: without accounts the wards follow the cost indices of the pool's lines, each by its bed days: METHOD
        # asks that a line cut in two changes no total, so no one line may decide (decision 7).
        using = [line for line in self.plan.activity if line.bed_pool == pool.key]
        days = [line.baseline * (line.length_of_stay or 0.0) for line in using]
        if not sum(days):
            return stated * base * (self.cost_level(using[0], year) if len({r.cost_index for r in using}) == 1 else 1.0)
        levels = [self.cost_level(line, year) for line in using]
        return stated * base * sum(d * level for d, level in zip(days, levels, strict=True)) / sum(days)

    # --- when and how strongly schemes work -----------------------------------------------------------------------

    def start(self, scheme: Scheme) -> int:
        return months_since_april(scheme.start, self.plan.heading.first_year)

    @remembered
    def first_effect(self, scheme: Scheme) -> float:
        own = self.start(scheme) + scheme.delay.point
        return max([own, *(self.first_effect(self.schemes[key]) for key in scheme.needs)])

    def in_month(self, scheme: Scheme, month: int) -> float:
        """Month 0 is the first April. k is 1 in the first month."""
        k = month - self.first_effect(scheme) + 1
        ramp = scheme.ramp.point
        if ramp == 0:
            curve = 1.0 if k > 0 else 0.0
        else:
            x = min(1.0, max(0.0, (k - 0.5) / ramp))
            curve = 3 * x**2 - 2 * x**3
        # READING: full effect is reached n months after the first, and decay runs from there.
        months_since_full = max(0.0, k - ramp)
        return curve * (1 - scheme.decay) ** (months_since_full / 12)

    @remembered
    def ramp(self, scheme: Scheme, year: int) -> float:
        if year == 0:
            return 0.0
        if year == self.after:
            return self.in_month(scheme, 12 * self.last - 1)
        return sum(self.in_month(scheme, m) for m in range(12 * (year - 1), 12 * year)) / 12

    @remembered
    def part_of_year(self, scheme: Scheme, year: int) -> float:
        """Share of the year from the start month on."""
        if year == 0:
            return 0.0
        if year == self.after:
            return 1.0
        return sum(1 for m in range(12 * (year - 1), 12 * year) if m >= self.start(scheme)) / 12

    @remembered
    def supply(self, group: StaffGroup, year: int) -> float:
        there = group.in_post
        for _ in range(min(year, self.last)):
            there = there * (1 - group.leavers.point) + group.joiners.point + group.growth
        return max(0.0, there)

    @remembered
    def posts_wanted(self, scheme: Scheme, group: StaffGroup, year: int) -> float:
        # READING: posts are needed in full in every year in which the scheme has started.
        if self.part_of_year(scheme, year) == 0:
            return 0.0
        own = [
            p
            for p in self.plan.posts
            if (p.scheme, p.organisation, p.group) == (scheme.key, group.organisation, group.group)
        ]
        return sum(p.wte for p in own)

    @remembered
    def posts_filled(self, wanted_by: str, group: StaffGroup, year: int) -> float:
        if group.shortfall is Shortfall.AGENCY:
            return self.posts_wanted(self.schemes[wanted_by], group, year)
        free = max(0.0, self.supply(group, year) - group.in_post)
        for row in self.plan.posts_available:
            if (row.organisation, row.group, row.year) == (group.organisation, group.group, self.name(year)):
                free = row.posts
        for scheme in sorted(self.plan.schemes, key=lambda s: (s.order, s.key)):
            filled = min(free, self.posts_wanted(scheme, group, year))
            if scheme.key == wanted_by:
                return filled
            free -= filled
        raise AssertionError(wanted_by)

    def capital_by_now(self, scheme: str, year: int) -> tuple[float, float]:
        """Needed and funded so far."""
        needed = funded = 0.0
        for row in self.plan.costs:
            if row.scheme == scheme and row.kind is CostKind.CAPITAL and row.year <= self.name(year) and year > 0:
                needed += row.amount
                funded += row.funded
        return needed, funded

    @remembered
    def scale(self, scheme: Scheme, year: int) -> float:
        """The smaller of capital funded and posts filled, over what is needed."""
        needed, funded = self.capital_by_now(scheme.key, year)
        shares = [funded / needed if needed > 0 else 1.0]
        for group in self.plan.workforce:
            wanted = self.posts_wanted(scheme, group, year)
            if wanted > 0:
                shares.append(self.posts_filled(scheme.key, group, year) / wanted)
        return min(shares)

    def acting(self, key: str, year: int, case: Case) -> float:
        """Whether, and at what scale, a scheme runs in a case."""
        if key not in case.schemes:
            return 0.0
        return self.scale(self.schemes[key], year) if case.resourced else 1.0

    @remembered
    def strength(self, effect: Effect, year: int, case: Case) -> float:
        size = effect.effect.point * effect.eligible.point * effect.uptake.point * effect.fidelity.point
        return size * self.ramp(self.schemes[effect.scheme], year) * self.acting(effect.scheme, year, case)

    # --- care -----------------------------------------------------------------------------------------------------

    @remembered
    def needed(self, line: ActivityLine, year: int, case: Case) -> float:
        units = line.baseline
        if case.people:
            units *= self.growth_with_people(line.population, line.age_profile, year)
        if case.use:
            units *= (1 + line.growth.point) ** min(year, self.last)
        return units

    def effects_on(self, target: str, *kinds: EffectKind) -> list[Effect]:
        return [e for e in self.plan.effects if e.target == target and e.kind in kinds]

    @remembered
    def removed(self, line: ActivityLine, year: int, case: Case) -> dict[str, float]:
        """Units each effect takes away: what is left multiplies, and is shared in proportion to e."""
        effects = self.effects_on(line.key, *REMOVING)
        sizes = {e.key: self.strength(e, year, case) for e in effects}
        left = math.prod(1 - size for size in sizes.values())
        total = sum(sizes.values())
        if total == 0:
            return dict.fromkeys(sizes, 0.0)
        gone = self.needed(line, year, case) * (1 - left)
        return {key: gone * size / total for key, size in sizes.items()}

    @remembered
    def arrivals(self, line: ActivityLine, year: int, case: Case) -> float:
        found = 0.0
        for effect in self.plan.effects:
            if effect.kind in ARRIVING and effect.to_line == line.key:
                gone = self.removed(self.lines[effect.target], year, case)[effect.key]
                found += gone * effect.ratio.point
        return found

    @remembered
    def units(self, line: ActivityLine, year: int, case: Case) -> float:
        gone = sum(self.removed(line, year, case).values())
        return self.needed(line, year, case) - gone + self.arrivals(line, year, case)

    @remembered
    def bed_days(self, line: ActivityLine, year: int, case: Case) -> float:
        stay = line.length_of_stay or 0.0
        own = self.needed(line, year, case) * stay
        gone = self.removed(line, year, case)
        for effect in self.effects_on(line.key, *REMOVING):
            own -= gone[effect.key] * stay * _ratio(effect.stay_ratio)
        own = max(0.0, own)
        for effect in self.effects_on(line.key, EffectKind.SHORTEN):
            own *= 1 - min(1.0, self.strength(effect, year, case) * _ratio(effect.stay_ratio))
        return own + self.arrivals(line, year, case) * stay

    @remembered
    def costed_units(self, line: ActivityLine, year: int, case: Case) -> float:
        """Units weighted by the cost of the patients removed; arrivals carry this line's cost."""
        own = self.needed(line, year, case)
        gone = self.removed(line, year, case)
        for effect in self.effects_on(line.key, *REMOVING):
            own -= gone[effect.key] * _ratio(effect.cost_ratio)
        own = max(0.0, own)
        # READING: a shorter stay also saves e x cost ratio of the line's variable cost.
        for effect in self.effects_on(line.key, EffectKind.SHORTEN):
            own *= 1 - min(1.0, self.strength(effect, year, case) * _ratio(effect.cost_ratio))
        return own + self.arrivals(line, year, case)

    @remembered
    def line_cost(self, line: ActivityLine, year: int, case: Case) -> float:
        units = self.costed_units(line, year, case)
        if line.bed_pool:
            amount = self.variable_cost(line) * units
        else:
            growth = line.growth_share or assumption(self.plan, "growth_share")
            release = line.release_share or assumption(self.plan, "release_share")
            cost = self.unit_cost(line)
            amount = cost * line.baseline
            if units > line.baseline:
                amount += growth.point * cost * (units - line.baseline)
            else:
                amount -= release.point * cost * (line.baseline - units)
        if case.prices:
            amount *= self.cost_level(line, year)
        for effect in self.effects_on(line.key, EffectKind.PRODUCTIVITY):
            amount *= 1 - self.strength(effect, year, case)
        return amount

    # --- beds -----------------------------------------------------------------------------------------------------

    @remembered
    def pool_days(self, pool: BedPool, year: int, case: Case) -> float:
        return sum(self.bed_days(line, year, case) for line in self.plan.activity if line.bed_pool == pool.key)

    @remembered
    def today(self, pool: BedPool) -> float:
        """Today's occupancy."""
        return self.pool_days(pool, 0, Case()) / (365 * pool.open_beds) if pool.open_beds else 0.0

    @remembered
    def need_at_target(self, pool: BedPool, year: int, case: Case) -> float:
        days = self.pool_days(pool, year, case)
        if pool.overflow_limit is None:
            return days / (365 * pool.target_occupancy.point)
        beds = 0
        while _poisson_up_to(beds, days / 365) < 1 - pool.overflow_limit:
            beds += 1
        return float(beds)

    @remembered
    def need_to_open(self, pool: BedPool, year: int, case: Case) -> float:
        """Tested at the higher of today's and target occupancy; at target where the safe switch is on."""
        days, today = self.pool_days(pool, year, case), self.today(pool)
        at_target = self.need_at_target(pool, year, case)
        if self.plan.heading.safe_occupancy:
            return at_target
        if pool.overflow_limit is None:
            return days / (365 * max(today, pool.target_occupancy.point))
        return min(days / (365 * today), at_target) if today else 0.0

    def beds(self, pool: BedPool, case: Case) -> list[float]:
        years = range(self.after + 1)
        if not case.whole_wards:
            opening = self.need_to_open(pool, 0, case)
            return [pool.open_beds + self.need_to_open(pool, y, case) - opening for y in years]
        buffer = pool.ward_size / 2 if pool.buffer is None else pool.buffer
        found, decided = [pool.open_beds], 0
        for y in years[1:]:
            now = found[-1]
            closable = max(0, math.floor((now - self.need_at_target(pool, y, case) - buffer) / pool.ward_size + TINY))
            made = min(decided, closable)
            now -= made * pool.ward_size
            # READING: enough wards open that need is within a buffer of the beds open.
            short = self.need_to_open(pool, y, case) - now - buffer
            more = max(0, math.ceil(short / pool.ward_size - TINY))
            found.append(now + more * pool.ward_size)
            decided = 0 if more else min(pool.most_closed_a_year, closable - made)
        return found

    # --- money ----------------------------------------------------------------------------------------------------

    def planned(self, line: ActivityLine, year: int, case: Case) -> float:
        if case.funding and year > 0:
            for row in self.plan.planned_units:
                if (row.line, row.year) == (line.key, self.name(year)):
                    return row.units
        return line.baseline

    def head_amount(self, head: BudgetHead, year: int, case: Case) -> float:
        """Income follows funding; spending follows people, use and prices; duties begin when they begin."""
        income = head.side is Side.INCOME
        # READING: where no allocation is known, only pressure is told, and no income grows.
        grows = case.funding and bool(self.plan.allocations)
        if head.from_year and (not case.duties or year == 0 or self.name(year) < head.from_year):
            return 0.0
        amount = head.amount
        # READING: a budget grows with the people of the area its body serves, else of the footprint.
        if head.age_profile and (grows if income else case.people):
            served = self.bodies[head.organisation].place or self.plan.heading.place
            amount *= self.growth_with_people(served, head.age_profile, year)
        if grows if income else case.use:
            amount *= (1 + head.growth.point) ** min(year, self.last)
        if grows if income else case.prices:
            amount *= self.level(head.index, year)
        return amount

    def answer(self, case: Case) -> Answer:
        years = range(self.after + 1)
        return Answer(
            units={line.key: [self.units(line, y, case) for y in years] for line in self.plan.activity},
            beds={pool.key: self.beds(pool, case) for pool in self.plan.capacity},
            beds_needed={p.key: [self.need_at_target(p, y, case) for y in years] for p in self.plan.capacity},
            **Books(self, case).positions(),
        )


class Books:
    """Every flow of one case: what each body receives less what it pays."""

    def __init__(self, place: Place, case: Case) -> None:
        self.place, self.case, self.plan = place, case, place.plan
        self.lasting: dict[str, list[float]] = defaultdict(lambda: [0.0] * (place.after + 1))
        self.once: dict[str, list[float]] = defaultdict(lambda: [0.0] * (place.after + 1))

    @cached_property
    def open_beds(self) -> dict[str, list[float]]:
        return {pool.key: self.place.beds(pool, self.case) for pool in self.plan.capacity}

    def pay(self, payer: str, payee: str, year: int, amount: float, *, lasting: bool = True) -> None:
        books = self.lasting if lasting else self.once
        books[self.place.node(payer)][year] -= amount
        books[self.place.node(payee)][year] += amount

    def positions(self) -> dict[str, dict[str, list[float]]]:
        for year in range(self.place.after + 1):
            for line in self.plan.activity:
                self.care(line, year)
            for body in self.plan.organisations:
                if self.place.has_whole_cost(body.key):
                    self.provider(body.key, year)
            for head in self.plan.budgets:
                self.head(head, year)
            self.allocations(year)
            self.staff(year)
            self.schemes(year)
        return {"recurrent": dict(self.lasting), "one_off": dict(self.once)}

    def ward_cost(self, pool: BedPool, year: int) -> float:
        return self.open_beds[pool.key][year] * self.place.bed_cost(pool, year, self.case.prices)

    def modelled(self, line: ActivityLine, year: int) -> float:
        """Line cost and its share, by bed days, of its pool's wards."""
        cost = self.place.line_cost(line, year, self.case)
        for pool in self.plan.capacity:
            days = self.place.pool_days(pool, year, self.case)
            if pool.key == line.bed_pool and days > 0:
                cost += self.ward_cost(pool, year) * self.place.bed_days(line, year, self.case) / days
        return cost

    def care(self, line: ActivityLine, year: int) -> None:
        place, case = self.place, self.case
        contract = next((c for c in self.plan.contracts if c.key == line.contract), None)
        price = (line.unit_cost if line.price is None else line.price) * place.line_base(line)
        # READING: cost as it falls is the opening average cost, moved with its index, and the change in what is
        # modelled (line and wards).
        level = place.cost_level(line, year) if case.prices else 1.0
        as_it_falls = place.unit_cost(line) * line.baseline * level
        as_it_falls += self.modelled(line, year) - self.modelled(line, 0) * level
        if place.node(line.provider) == line.provider and not place.has_whole_cost(line.provider):
            self.pay(line.provider, RESOURCES, year, as_it_falls)  # a member whose budgets leave out this care's cost
        if contract is None:
            self.pay(line.commissioner, line.provider, year, as_it_falls)
            return
        if case.prices:
            for y in range(1, min(year, place.last) + 1):
                for row in self.plan.tariffs:
                    if (row.tariff, row.year) == (contract.tariff, place.name(y)):
                        price *= 1 + row.inflation.point - row.efficiency.point
        units, planned = place.units(line, year, case), place.planned(line, year, case)
        if contract.form is Payment.MARGINAL:
            limit = (contract.threshold or 0.0) * planned
            above = max(0.0, units - limit)
            rate = contract.marginal or 0.0
            amount = price * (units - above) + rate * price * above
            if contract.kept_for != "none":
                self.pay(line.commissioner, contract.kept_for, year, (1 - rate) * price * above)
                if not place.node(contract.kept_for).startswith("outside:"):
                    self.pay(contract.kept_for, RESOURCES, year, (1 - rate) * price * above)
        else:
            m = {Payment.BLOCK: 0.0, Payment.ACTIVITY: 1.0, Payment.BLENDED: contract.marginal or 0.0}[contract.form]
            amount = (1 - m) * price * planned + m * price * units
        self.pay(line.commissioner, line.provider, year, amount)

    def care_costs(self, body: str, year: int) -> float:
        lines = sum(self.place.line_cost(r, year, self.case) for r in self.plan.activity if r.provider == body)
        return lines + sum(self.ward_cost(pool, year) for pool in self.plan.capacity if pool.provider == body)

    def provider(self, body: str, year: int) -> None:
        """Whole cost = fixed + wards + lines; the fixed remainder moves with the mix, and its heads with their use."""
        place, case = self.place, self.case
        heads = place.cost_heads(body)
        opening = sum(h.amount for h in heads if not h.from_year)
        remainder = opening - self.care_costs(body, 0)
        amount = remainder * (place.mix_level(body, year) if case.prices else 1.0)
        for head in heads:
            level = place.level(head.index, year) if case.prices else 1.0
            amount += place.head_amount(head, year, case) - (0.0 if head.from_year else head.amount * level)
        self.pay(body, RESOURCES, year, amount + self.care_costs(body, year))
        whole = amount + self.care_costs(body, year)
        heads_now = sum(place.head_amount(h, year, case) for h in heads)
        for head in heads:
            # READING: a save cuts its head's share of the provider's whole cost after volumes and productivity.
            left = self.head_left(head, year)
            self.pay(
                head.counterparty, body, year, whole * place.head_amount(head, year, case) / heads_now * (1 - left)
            )
            # What it buys from a named body arrives there; the rest of its cost goes to resources.
            self.pay(RESOURCES, head.counterparty, year, place.head_amount(head, year, case))

    def head_left(self, head: BudgetHead, year: int) -> float:
        left = 1.0
        for effect in self.place.effects_on(head.key, EffectKind.SAVE):
            left *= 1 - self.place.strength(effect, year, self.case)
        return left

    def head(self, head: BudgetHead, year: int) -> None:
        amount = self.place.head_amount(head, year, self.case)
        if head.side is Side.INCOME:
            self.pay(head.counterparty, head.organisation, year, amount)
            if year == 0:
                self.pay(head.counterparty, head.organisation, year, head.one_off, lasting=False)
            return
        if year == 0:
            self.pay(head.organisation, head.counterparty, year, head.one_off, lasting=False)
        if not self.place.has_whole_cost(head.organisation):
            self.pay(head.organisation, head.counterparty, year, amount * self.head_left(head, year))

    def allocations(self, year: int) -> None:
        shown = year if self.case.funding else 0
        for row in self.plan.allocations:
            if row.year == self.place.name(shown) and row.recurrent:
                self.pay(row.counterparty, row.organisation, year, row.amount)
            in_year = row.year == self.place.name(year) and year <= self.place.last
            if not row.recurrent and in_year and (self.case.funding or year == 0):
                self.pay(row.counterparty, row.organisation, year, row.amount, lasting=False)

    def staff(self, year: int) -> None:
        if not self.case.prices:
            return  # leavers, joiners and agency premium sit in "pay and prices"
        for group in self.plan.workforce:
            if group.shortfall is Shortfall.AGENCY:
                extra = self.short(group, year) - self.short(group, 0)
                rate = group.cost * group.agency_premium * self.place.from_base("pay")
                self.pay(group.organisation, RESOURCES, year, extra * rate * self.place.level("pay", year))

    def short(self, group: StaffGroup, year: int) -> float:
        own = [r for r in self.plan.staffing if (r.organisation, r.group) == (group.organisation, group.group)]
        need = 0.0 if own else group.in_post
        for row in own:
            if row.line:
                need += row.wte * self.place.units(self.place.lines[row.line], year, self.case)
            else:
                pool = next(p for p in self.plan.capacity if p.key == row.bed_pool)
                need += row.wte * self.open_beds[row.bed_pool][year] / pool.ward_size
        for scheme in self.plan.schemes:
            share = self.place.acting(scheme.key, year, self.case)
            need += share * self.place.posts_wanted(scheme, group, year)
        return max(0.0, need - self.place.supply(group, year))

    def schemes(self, year: int) -> None:
        place = self.place
        for row in self.plan.costs:
            scheme = place.schemes[row.scheme]
            acting = place.acting(row.scheme, year, self.case)
            level = place.from_base(row.index) * place.level(row.index, year)
            if row.kind in (CostKind.RUNNING, CostKind.UNITARY_CHARGE):
                share = place.part_of_year(scheme, year) if not row.year else float(row.year == place.name(year))
                self.pay(row.organisation, RESOURCES, year, acting * row.amount * share * level if year else 0.0)
            elif row.kind is CostKind.DOUBLE_RUNNING and 0 < year <= place.last:
                begins = place.start(scheme)
                months = min(12 * year, begins + row.months) - max(12 * (year - 1), begins)
                amount = acting * row.amount * max(0.0, months) * level
                self.pay(row.organisation, RESOURCES, year, amount, lasting=False)
            elif (
                row.kind in (CostKind.SETUP, CostKind.DISRUPTION)
                and year <= place.last
                and row.year == place.name(year)
            ):
                if row.scheme in self.case.schemes:
                    self.pay(row.organisation, RESOURCES, year, row.amount * level, lasting=False)
            elif row.kind is CostKind.CAPITAL and row.scheme in self.case.schemes:
                self.capital(row, year)
        for effect in self.plan.effects:
            if effect.kind is EffectKind.INCOME:
                self.pay(effect.counterparty, effect.target, year, place.strength(effect, year, self.case))

    def capital(self, row, year: int) -> None:  # type: ignore[no-untyped-def]
        """3.5 % on average net assets and straight-line depreciation; councils repay and pay interest.

        READING: in use from the year it is spent, written down from the year after; the year after the plan is one
        more year of life.
        """
        place = self.place
        spent_in = first_calendar_year(row.year) - first_calendar_year(self.plan.opening_year)
        amount = row.funded if self.case.resourced else row.amount
        amount *= place.from_base(row.index) * place.level(row.index, spent_in)
        age = year - spent_in
        if age < 0:
            return
        net_end = max(0.0, amount - amount * age / row.life)
        net_start = max(0.0, amount - amount * (age - 1) / row.life) if age > 0 else 0.0
        written_off = net_start - net_end if age > 0 else 0.0
        role = place.bodies[row.organisation].role
        if role is Role.PROVIDER:
            rate = assumption(self.plan, "capital_charge").point
            self.pay(row.organisation, TREASURY, year, rate * (net_start + net_end) / 2)
            self.pay(row.organisation, RESOURCES, year, written_off)
        elif role is Role.COUNCIL:
            rate = assumption(self.plan, "council_interest").point
            self.pay(row.organisation, RESOURCES, year, written_off + rate * net_start)


def _ratio(stated: float | None) -> float:
    return 1.0 if stated is None else stated


def _poisson_up_to(most: int, mean: float) -> float:
    """Chance that a Poisson number with this mean is at most `most`."""
    return sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(most + 1)) if mean > 0 else 1.0
