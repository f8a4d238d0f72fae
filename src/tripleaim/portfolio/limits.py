"""Limits that every choice must keep to: the plan's own, and where it states none, what follows from other tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from tripleaim.charts.measure import percent
from tripleaim.plan import Plan, sort_rows
from tripleaim.plan.choice_limit import LIMITS, Bound, ChoiceLimit, LimitKind
from tripleaim.plan.scheme import CostKind
from tripleaim.plan.workforce import Shortfall
from tripleaim.portfolio.facts import Facts
from tripleaim.portfolio.limit import FloorLimit, Limit, Part, ShareLimit, VolumeLimit
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.offered import LimitTold
from tripleaim.projection.finance import to_cash
from tripleaim.projection.values import POINTS
from tripleaim.projection.workforce import supply
from tripleaim.projection.worlds import worlds
from tripleaim.stress.named.telling import pounds
from tripleaim.stress.response import Floats

FLOORS = {LimitKind.MONEY: "money", LimitKind.HEALTH: "health", LimitKind.CARE: "care"}
"""Kinds that are held to what a choice brings → the aim."""
VOLUME = "volume"
"""Kind of a least volume."""

AnyLimit = Limit | FloorLimit


def limits(model: Model, alone: Facts) -> tuple[AnyLimit, ...]:
    """Every limit a choice must keep to, each with a name of its own.

    Of capital and of staff groups that no limit of the plan speaks of, what has been found is the limit; one that all
    schemes together could not go past is left out.

    alone : facts of every way by itself
    """
    found: list[AnyLimit] = [*_stated(model.plan), *_volumes(model.plan)]
    if not any(row.kind is LimitKind.CAPITAL for row in model.plan.choice_limits):
        found += _binding(_capital_found(model), alone)
    found += _binding(_posts_found(model), alone)
    times = Counter(each.told.name for each in found)
    return tuple(
        replace(each, told=replace(each.told, name=f"{each.told.name} ({each.told.key})"))
        if times[each.told.name] > 1
        else each
        for each in found
    )


def amount_in_words(amount: float, unit: str) -> str:
    """An amount of a limit.

    >>> amount_in_words(6e6, "GBP a year"), amount_in_words(0.2, "fraction"), amount_in_words(38, "hours a year")
    ('£6.0m', '20%', '38 hours a year')
    >>> amount_in_words(0.225, "fraction")
    '22.5%'
    """
    if unit == "fraction":
        whole = abs(100 * amount - round(100 * amount)) < 0.05 or abs(amount) < 0.01
        return percent(amount) if whole else f"{100 * amount:.1f}%"
    return pounds(amount) if unit.startswith("GBP") else f"{amount:,.5g} {'posts' if 'equiv' in unit else unit}"


def _stated(plan: Plan) -> Iterator[AnyLimit]:
    """Limits of choice_limits.csv, one for each year they hold in."""
    names = _names(plan)
    for number, row in enumerate(sort_rows("choice_limits", plan.choice_limits), 2):
        form = LIMITS[row.kind]
        for year in (row.year,) if row.year or not form.by_year else plan.years:
            told = LimitTold(
                key=f"{row.key}/{year}" if year else row.key,
                name=_name(row.name, year or plan.years[-1], form.bound, amount_in_words(row.amount, form.unit)),
                kind=row.kind.value,
                of=names.get(row.of, row.of),
                year=year,
                bound=form.bound.value,
                amount=row.amount,
                unit=form.unit,
                is_derived=False,
                rests_on=f"choice_limits.csv, {row.key}",
            )
            yield _limit(plan, row, told, number)


def _name(what: str, year: str, bound: Bound, amount: str) -> str:
    when = "" if year in what else f" in {year}"
    return f"{what}{when}: {bound.value} {amount}"


def _limit(plan: Plan, row: ChoiceLimit, told: LimitTold, number: int) -> AnyLimit:
    year = plan.years.index(told.year) if told.year else len(plan.years) - 1
    if row.kind in FLOORS:
        return FloorLimit(told=told, row=number, aim=FLOORS[row.kind])
    if row.kind is LimitKind.PREVENTION_SHARE:
        return ShareLimit(told=told, row=number, part=lambda f: f.prevention[:, year], whole=_of(_revenue, "", year))
    if row.kind is LimitKind.PLACE:
        own = {line.key for line in plan.activity if row.of in (line.population, plan.heading.place)}
        return ShareLimit(
            told=told, row=number, part=lambda f: benefit_of(f, own), whole=lambda f: benefit_of(f, set(f.lines))
        )
    if row.kind is LimitKind.ORGANISATION:
        return Limit(told=told, row=number, part=lambda f: -f.better[:, f.members.index(row.of), year])
    if row.kind is LimitKind.STAFF:
        return Limit(told=told, row=number, part=lambda f: _posts(f, row.of, year))
    table = {LimitKind.REVENUE: _revenue, LimitKind.CAPITAL: _capital, LimitKind.HOURS: _hours}[row.kind]
    return Limit(told=told, row=number, part=_of(table, row.of, year))


def benefit_of(found: Facts, lines: set[str]) -> Floats:
    """(set,): how much less some lines cost in the last year than if nothing changed, GBP."""
    return np.asarray(found.benefit[:, [n for n, key in enumerate(found.lines) if key in lines]].sum(axis=1))


def _revenue(found: Facts) -> Floats:
    return found.revenue


def _capital(found: Facts) -> Floats:
    return found.capital


def _hours(found: Facts) -> Floats:
    return found.hours


def _of(table: Callable[[Facts], Floats], body: str, year: int) -> Part:
    """What one body uses in a year, or all bodies do."""

    def part(found: Facts) -> Floats:
        own = table(found)[..., year]
        return np.asarray(own[:, found.bodies.index(body)] if body else own.sum(axis=1))

    return part


def _posts(found: Facts, of: str, year: int) -> Floats:
    """Posts of one group, of all employers or of one (organisation/group)."""
    meant = [n for n, (body, group) in enumerate(found.groups) if of in (group, f"{body}/{group}")]
    return np.asarray(found.posts[:, meant, year].sum(axis=1))


def _volumes(plan: Plan) -> Iterator[Limit]:
    """Least volumes, one for each year."""
    names = {line.key: line.name for line in plan.activity}
    for row in sort_rows("least_volumes", plan.least_volumes):
        for n, year in enumerate(plan.years):
            told = LimitTold(
                key=f"least_volumes/{row.line}/{year}",
                name=f"{names.get(row.line, row.line)} in {year}: at least {row.units:,.0f}, or none at all",
                kind=VOLUME,
                of=names.get(row.line, row.line),
                year=year,
                bound=Bound.AT_LEAST.value,
                amount=row.units,
                unit="units a year",
                is_derived=False,
                rests_on=f"least_volumes.csv, {row.line}: {row.why}",
            )
            yield VolumeLimit(told=told, part=_units(row.line, n), line=row.line, year=n)


def _units(line: str, year: int) -> Part:
    return lambda found: found.units[:, found.lines.index(line), year]


def _capital_found(model: Model) -> Iterator[Limit]:
    """By each year no more capital than the plan has found for all schemes together by then."""
    plan = model.plan
    run = model.at_points(worlds(model.whole.axes, [()]))
    found = np.zeros(len(plan.years))
    for row in plan.costs:
        if row.kind is CostKind.CAPITAL:
            n = plan.years.index(row.year) if row.year else 0
            found[n:] += row.funded * float(to_cash(run.inputs, row.index)[n + 1, 0])
    for n, year in enumerate(plan.years):
        yield _derived(
            key=f"capital found/{year}",
            name=f"Capital up to {year}: at most {pounds(found[n])}",
            kind=LimitKind.CAPITAL,
            of="",
            year=year,
            amount=float(found[n]),
            rests_on="costs.csv: what has been found for all schemes by then, whichever scheme it was found for",
            part=_capital_until(n),
        )


def _capital_until(n: int) -> Part:
    return lambda found: np.asarray(found.capital[..., : n + 1].sum(axis=(1, 2)))


def _posts_found(model: Model) -> Iterator[Limit]:
    """No more posts than can be filled, of groups that no agency covers and no limit of the plan speaks of."""
    plan, axes, names = model.plan, model.whole.axes, _names(model.plan)
    spoken = {row.of for row in plan.choice_limits if row.kind is LimitKind.STAFF}
    stated = {(row.organisation, row.group, row.year): row.posts for row in plan.posts_available}
    there = supply(plan, axes, POINTS)
    groups = {(row.organisation, row.group): row for row in plan.workforce}
    for g, (body, group) in enumerate(axes.staff):
        if groups[body, group].shortfall is Shortfall.AGENCY or {group, f"{body}/{group}"} & spoken:
            continue
        for n, year in enumerate(plan.years):
            free = max(0.0, float(there[g, n + 1, 0]) - groups[body, group].in_post)
            amount = stated.get((body, group, year), free)
            who = f"{group.replace('_', ' ').capitalize()} at {names.get(body, body)}"
            yield _derived(
                key=f"posts found/{body}/{group}/{year}",
                name=f"{who} in {year}: at most {amount_in_words(amount, LIMITS[LimitKind.STAFF].unit)}",
                kind=LimitKind.STAFF,
                of=who,
                year=year,
                amount=amount,
                rests_on="posts_available.csv"
                if (body, group, year) in stated
                else "workforce.csv: staff there in that year beyond those in post at the start",
                part=_posts_of(g, n),
            )


def _posts_of(group: int, year: int) -> Part:
    return lambda found: found.posts[:, group, year]


def _derived(
    *, key: str, name: str, kind: LimitKind, of: str, year: str, amount: float, rests_on: str, part: Part
) -> Limit:
    told = LimitTold(
        key=key,
        name=name,
        kind=kind.value,
        of=of,
        year=year,
        bound=Bound.AT_MOST.value,
        amount=amount,
        unit=LIMITS[kind].unit,
        is_derived=True,
        rests_on=rests_on,
    )
    return Limit(told=told, part=part)


def _binding(found: Iterator[Limit], alone: Facts) -> Sequence[Limit]:
    """Limits that all ways together could go past."""
    return [each for each in found if float(each.amounts(alone).sum()) > each.told.amount]


def _names(plan: Plan) -> Mapping[str, str]:
    return {row.key: row.name for table in (plan.places, plan.organisations) for row in table}
