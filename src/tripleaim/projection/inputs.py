"""A plan's numbers as read-only arrays: compiled once, in the order of `axes.py`, stated points only."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine
from tripleaim.projection.axes import Array, Axes, node_of
from tripleaim.projection.people import People, demographic_growth, people
from tripleaim.projection.prices import from_price_base, index_levels, tariff_levels
from tripleaim.projection.timing import yearly_effect
from tripleaim.projection.values import POINTS, Value, Values, column, stack

Index = NDArray[np.intp]
NONE = -1
"""Marks 'no such entity' in an index array."""


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Activity lines. Costs are at opening-year prices; (line, 1, 1) unless said."""

    baseline: Array
    demographic: Array
    """(line, year, 1), growth with people, opening = 1."""
    growth: Array
    """(line, year, 1), growth beyond people, opening = 1."""
    stay: Array
    pool: Index
    bedded: NDArray[np.bool_]
    unit_cost: Array
    variable_cost: Array
    price: Array
    growth_share: Array
    release_share: Array
    provider: Index
    """Node of the provider, by line."""
    commissioner: Index
    cost_level: Array
    """(line, year, 1), level of its cost index, opening = 1."""
    planned: Array
    """(line, year, 1), units its contract plans."""


@dataclass(frozen=True, kw_only=True)
class Pools:
    """Bed pools; (pool, 1, 1) unless said."""

    open_beds: Array
    target: Array
    ward: Array
    buffer: Array
    most_closed: Array
    ward_cost: Array
    provider: Index
    cost_level: Array
    overflow: Array
    """Limit on the share of days that overflow; NaN where beds are sized by occupancy."""


@dataclass(frozen=True, kw_only=True)
class Heads:
    """Budget heads; (head, year, 1) unless said."""

    amount: Array
    """(head, 1, 1), recurrent, opening year."""
    level: Array
    demographic: Array
    growth: Array
    begun: Array
    """1 from the year a duty starts; 1 always for heads already in the opening year."""
    is_duty: NDArray[np.bool_]
    is_income: NDArray[np.bool_]
    organisation: Index
    counterparty: Index
    one_off: Array
    """(head, 1, 1), part of the opening year that does not recur."""


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything the arithmetic needs, compiled from one plan."""

    plan: Plan
    axes: Axes
    lines: Lines
    pools: Pools
    heads: Heads
    values: Values
    """What every range is worth here."""
    fidelity: Value
    """How fully all schemes are carried out, against what each says."""
    ramp: Array
    """(scheme, year, case), share of full effect."""
    provider_level: dict[str, Array]
    """(year, case), cost level of each provider's own mix."""
    index_level: dict[str, Array]
    """(year, case)."""
    tariff_level: dict[str, Array]
    """(year, case)."""
    price_base: dict[str, Value]
    people: dict[str, People]


def compile_plan(plan: Plan, axes: Axes, values: Values = POINTS) -> Inputs:
    """Compile a checked plan into arrays; every array is made read-only.

    values : what each range is worth; where one is drawn, its draws lie along the case axis
    """
    found = {place: people(plan, place) for place in sorted({line.population for line in plan.activity})}
    for place in sorted({served(plan, row.organisation) for row in plan.budgets if row.age_profile} - set(found)):
        found[place] = people(plan, place)
    indices, base = index_levels(plan, axes, values), from_price_base(plan, values)
    providers = _provider_levels(plan, axes, indices)
    inputs = Inputs(
        plan=plan,
        axes=axes,
        lines=_lines(plan, axes, values, found, providers, indices, base),
        pools=_pools(plan, axes, values, providers, indices, base),
        heads=_heads(plan, axes, values, found, indices),
        values=values,
        fidelity=values.known(plan, "all_fidelity"),
        ramp=yearly_effect(plan, axes, values),
        provider_level=providers,
        index_level=indices,
        tariff_level=tariff_levels(plan, axes, values),
        price_base=base,
        people=found,
    )
    for part in (inputs.lines, inputs.pools, inputs.heads):
        for field in fields(part):
            getattr(part, field.name).setflags(write=False)
    return inputs


def served(plan: Plan, organisation: str) -> str:
    """The place whose people an organisation's spending follows: the area it serves, else the footprint."""
    return next((row.place for row in plan.organisations if row.key == organisation and row.place), plan.heading.place)


def cost_index(line: ActivityLine, providers: dict[str, Array], indices: dict[str, Array], years: int) -> Array:
    """(year, case), the level a line's cost follows: its own index, else its provider's mix, else held."""
    if line.cost_index:
        return indices[line.cost_index]
    return providers.get(line.provider, np.ones((years, 1)))


def _lines(
    plan: Plan,
    axes: Axes,
    values: Values,
    found: dict[str, People],
    providers: dict[str, Array],
    indices: dict[str, Array],
    base: dict[str, Value],
) -> Lines:
    rows = sorted(plan.activity, key=lambda row: row.key)
    profiles = {
        key: tuple(b for b in plan.age_profiles if b.profile == key) for key in {b.profile for b in plan.age_profiles}
    }
    growing = {(r.population, r.age_profile) for r in rows}
    ratio = {pair: demographic_growth(found[pair[0]], profiles.get(pair[1], ())) for pair in growing}
    mix = {provider: _mix_base(plan, provider, base) for provider in {row.provider for row in rows}}
    factor = [base.get(row.cost_index, 1.0) if row.cost_index else mix[row.provider] for row in rows]
    unit_cost = [row.unit_cost * f for row, f in zip(rows, factor, strict=True)]
    share, more = values.known(plan, "variable_cost_share"), values.known(plan, "all_demand")
    planned = {(row.line, row.year): row.units for row in plan.planned_units}
    return Lines(
        baseline=column([row.baseline for row in rows]) + values.nought,
        demographic=_stack([ratio[row.population, row.age_profile] for row in rows], axes),
        growth=_stack([_compounded(values.of(row, "growth") + more, axes) for row in rows], axes),
        stay=column([row.length_of_stay or 0.0 for row in rows]),
        pool=np.array([axes.pools.index(row.bed_pool) if row.bed_pool else NONE for row in rows], dtype=np.intp),
        bedded=np.array([bool(row.bed_pool) for row in rows], dtype=bool),
        unit_cost=column(unit_cost),
        variable_cost=column(
            [
                c * share if r.variable_cost is None else r.variable_cost * f
                for r, c, f in zip(rows, unit_cost, factor, strict=True)
            ]
        ),
        price=column([c if r.price is None else r.price * f for r, c, f in zip(rows, unit_cost, factor, strict=True)]),
        growth_share=column([_own_or_known(plan, values, row, "growth_share") for row in rows]),
        release_share=column([_own_or_known(plan, values, row, "release_share") for row in rows]),
        provider=_nodes([row.provider for row in rows], axes),
        commissioner=_nodes([row.commissioner for row in rows], axes),
        cost_level=stack([cost_index(row, providers, indices, len(axes.years)) for row in rows], len(axes.years)),
        planned=_stack(
            [
                np.array([row.baseline, *(planned.get((row.key, year), row.baseline) for year in axes.years[1:-1])])
                for row in rows
            ],
            axes,
        ),
    )


def _pools(
    plan: Plan,
    axes: Axes,
    values: Values,
    providers: dict[str, Array],
    indices: dict[str, Array],
    base: dict[str, Value],
) -> Pools:
    rows = sorted(plan.capacity, key=lambda row: row.key)
    cost, fuller = values.known(plan, "ward_cost"), values.known(plan, "all_occupancy")
    return Pools(
        open_beds=column([row.open_beds for row in rows]) + values.nought,
        target=np.clip(column([values.of(row, "target_occupancy") + fuller for row in rows]), 0.01, 1.0),
        ward=column([row.ward_size for row in rows]),
        buffer=column([row.ward_size / 2 if row.buffer is None else row.buffer for row in rows]),
        most_closed=column([float(row.most_closed_a_year) for row in rows]),
        ward_cost=column(
            [(cost if row.ward_cost is None else row.ward_cost) * _mix_base(plan, row.provider, base) for row in rows]
        ),
        provider=_nodes([row.provider for row in rows], axes),
        cost_level=stack(
            [_pool_level(plan, row.key, row.provider, providers, indices, axes) for row in rows], len(axes.years)
        ),
        overflow=column([np.nan if row.overflow_limit is None else row.overflow_limit for row in rows]),
    )


def _pool_level(
    plan: Plan, pool: str, provider: str, providers: dict[str, Array], indices: dict[str, Array], axes: Axes
) -> Array:
    """(year, case), the level a pool's ward cost follows: its provider's mix, else that of its lines by bed days."""
    if provider in providers:
        return providers[provider]
    levels: dict[tuple[str, str], Array] = {}
    days: dict[tuple[str, str], float] = {}
    for line in sorted((line for line in plan.activity if line.bed_pool == pool), key=lambda line: line.key):
        index = (line.cost_index, "" if line.cost_index else line.provider)
        levels[index] = cost_index(line, providers, indices, len(axes.years))
        days[index] = days.get(index, 0.0) + line.baseline * (line.length_of_stay or 0.0)
    total = sum(days.values())
    if len(levels) == 1:
        return next(iter(levels.values()))
    if not total:
        return np.ones((len(axes.years), 1))
    parts = [levels[index] * (days[index] / total) for index in levels]
    return sum(parts[1:], start=parts[0])


def _heads(plan: Plan, axes: Axes, values: Values, found: dict[str, People], indices: dict[str, Array]) -> Heads:
    rows = sorted(plan.budgets, key=lambda row: row.key)
    flat, held = np.ones(len(axes.years) - 1), np.ones((len(axes.years), 1))
    profiles = {
        key: tuple(b for b in plan.age_profiles if b.profile == key) for key in {row.age_profile for row in rows} - {""}
    }
    place = {row.key: served(plan, row.organisation) for row in rows if row.age_profile}
    ratio = {
        row.key: demographic_growth(found[place[row.key]], profiles[row.age_profile]) for row in rows if row.age_profile
    }
    begun = [
        flat if not row.from_year else np.array([0.0, *(float(year >= row.from_year) for year in plan.years)])
        for row in rows
    ]
    return Heads(
        amount=column([row.amount for row in rows]) + values.nought,
        level=stack([indices.get(row.index, held) for row in rows], len(axes.years)),
        demographic=_stack([ratio.get(row.key, flat) for row in rows], axes),
        growth=_stack([_compounded(values.of(row, "growth"), axes) for row in rows], axes),
        begun=_stack(begun, axes),
        is_duty=np.array([bool(row.from_year) for row in rows], dtype=bool),
        is_income=np.array([row.side.value == "income" for row in rows], dtype=bool),
        organisation=_nodes([row.organisation for row in rows], axes),
        counterparty=_nodes([row.counterparty for row in rows], axes),
        one_off=column([row.one_off for row in rows]),
    )


def _provider_levels(plan: Plan, axes: Axes, indices: dict[str, Array]) -> dict[str, Array]:
    levels = {}
    for body in plan.organisations:
        heads = [h for h in plan.budgets if h.organisation == body.key and h.side.value == "cost" and not h.from_year]
        total = sum(h.amount for h in heads)
        if body.role.value == "provider" and total > 0:
            held = np.ones((len(axes.years), 1))
            levels[body.key] = sum((h.amount * indices.get(h.index, held) for h in heads), 0.0 * held) / total
    return levels


def _mix_base(plan: Plan, provider: str, base: dict[str, Value]) -> Value:
    heads = [h for h in plan.budgets if h.organisation == provider and h.side.value == "cost" and not h.from_year]
    total = sum(h.amount for h in heads)
    return sum(h.amount * base.get(h.index, 1.0) for h in heads) / total if total > 0 else 1.0


def _nodes(bodies: list[str], axes: Axes) -> Index:
    members = axes.nodes[: axes.members]
    return np.array([axes.nodes.index(node_of(body, members)) for body in bodies], dtype=np.intp)


def _own_or_known(plan: Plan, values: Values, line: ActivityLine, name: str) -> Value:
    """A line's own share where it states one, else the assumption of the same name."""
    return values.known(plan, name) if getattr(line, name) is None else values.of(line, name)


def _compounded(growth: Value, axes: Axes) -> Array:
    """(year, case): growth a year compounded from the opening year to the plan's last."""
    steps = np.arange(len(axes.years) - 1, dtype=np.float64)[:, None]
    grown: Array = np.power(1 + growth, steps)
    return grown


def _stack(rows: list[Array], axes: Axes) -> Array:
    """Rows of (year,) or (year, case) from the opening year on → (entity, year, case), the year after as the last."""
    flat = stack([row if row.ndim == 2 else row[:, None] for row in rows], len(axes.years) - 1)
    return np.concatenate([flat, flat[:, -1:]], axis=1)
