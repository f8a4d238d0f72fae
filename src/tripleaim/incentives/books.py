"""The books of every body in some worlds of a plan, with payment for care apart from all else (method note 16)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.incentives.amounts import Array
from tripleaim.incentives.forms.care import Care
from tripleaim.incentives.forms.timetable import Timetable, paid_over
from tripleaim.incentives.ways import TODAY, Way
from tripleaim.plan import Plan
from tripleaim.plan.activity import ActivityLine
from tripleaim.projection.axes import Axes
from tripleaim.projection.run import Run


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Who pays whom for care by contract, both with books of their own; all lines of a payer and provider together."""

    names: tuple[tuple[str, str], ...]
    """(payer, provider), each a member of the place."""
    lines: tuple[tuple[int, ...], ...]
    """Positions of each pair's lines."""


@dataclass(frozen=True, kw_only=True)
class Books:
    """What worlds come to, the opening year first and the year after the plan left out. GBP a year; the last axis is
    the world, or the world and its draw.
    """

    members: tuple[str, ...]
    """Bodies with books of their own."""
    pairs: tuple[tuple[str, str], ...]
    """(payer, provider)."""
    rest: Array
    """(member, year, …): position, one-off money counted, before what pairs pay for care."""
    today: Array
    """(pair, year, …): what is paid for care under the contracts of the plan."""
    kept: Array
    """(pair, year, …): what payers keep under a marginal rate, and spend on its stated use."""
    volume: Array
    """(pair, year, …): every unit given, at its price."""
    planned: Array
    """(pair, year, …): every unit the contracts plan for, at its price."""
    cost: Array
    """(pair, year, …): what the care costs its providers, wards with it."""
    people: Array
    """(pair, year, …): the opening year's care at its price, grown with people's number and age alone."""


def pairs(plan: Plan, names: Axes) -> Pairs:
    """Who pays whom for care by contract."""
    members = set(names.nodes[: names.members])
    found: dict[tuple[str, str], list[int]] = {}
    for n, row in enumerate(sorted(plan.activity, key=lambda row: row.key)):
        if row.contract and {row.commissioner, row.provider} <= members:
            found.setdefault((row.commissioner, row.provider), []).append(n)
    ordered = sorted(found)
    return Pairs(names=tuple(ordered), lines=tuple(tuple(found[pair]) for pair in ordered))


def books(run: Run) -> Books:
    """The books of every world of a run."""
    plan, lines, years = run.inputs.plan, run.inputs.lines, slice(0, run.axes.last + 1)
    between = pairs(plan, run.axes)
    contracts = {row.key: row for row in plan.contracts}
    rows = sorted(plan.activity, key=lambda row: row.key)
    price = lines.price * np.stack([_tariff(run, row) for row in rows])
    spent_on = [float(bool(row.contract) and contracts[row.contract].kept_for != "none") for row in rows]
    found = {
        "today": run.spent.paid,
        "kept": run.spent.kept * np.array(spent_on)[:, None, None],
        "volume": price * run.given.units,
        "planned": price * np.where(run.cases.funding, lines.planned, lines.baseline),
        "cost": run.spent.modelled,
        "people": price * lines.baseline * lines.demographic,
    }
    by_pair = {name: _by_pair(each + 0.0 * run.spent.paid, between)[:, years] for name, each in found.items()}
    members = run.axes.nodes[: run.axes.members]
    rest = _without(run, between, by_pair["today"], by_pair["kept"], years)
    return Books(members=members, pairs=between.names, rest=rest, **by_pair)


def positions(of: Books, nothing: Books, way: Way = TODAY) -> Array:
    """Position of every member, (member, year, …), GBP, one-off money counted.

    nothing : the same draws in the world in which no scheme runs: what benchmarks and expected costs are told from
    way     : how care is paid for; what a lead provider holds, and shares of savings, go to the provider a payer plans
              most care with
    """
    today = _positions(of, nothing, None)
    if way.from_year is None:
        return today
    changed = _positions(of, nothing, way.timetable)
    return np.concatenate([today[:, : way.from_year], changed[:, way.from_year :]], axis=1)


def _positions(of: Books, nothing: Books, timetable: Timetable | None) -> Array:
    total = of.rest.copy()
    for payer in dict.fromkeys(payer for payer, _ in of.pairs):
        own = [n for n, pair in enumerate(of.pairs) if pair[0] == payer]
        if timetable is None:
            received, held, out = of.today[own], None, (of.today + of.kept)[own]
        else:
            found = paid_over(timetable, _care(of, nothing, own))
            received, held, out = found.provider, found.holder.sum(axis=0), found.payer
        total[of.members.index(payer)] -= out.sum(axis=0)
        for n, row in zip(own, received, strict=True):
            total[of.members.index(of.pairs[n][1])] += row
        if held is not None:
            total[of.members.index(leading(nothing, payer))] += held
    return total


def leading(nothing: Books, payer: str) -> str:
    """The provider a payer's contracts plan most care with, by the opening year's value."""
    own = [n for n, pair in enumerate(nothing.pairs) if pair[0] == payer]
    opening = nothing.planned[:, 0].reshape(len(nothing.pairs), -1)[:, 0]
    return nothing.pairs[max(own, key=lambda n: (opening[n], nothing.pairs[n]))][1]


def _care(of: Books, nothing: Books, own: list[int]) -> Care:
    """Some pairs' care, each as one line whose unit is a pound at its price."""
    volume = of.volume[own]
    everywhere = volume.shape
    return Care(
        price=np.ones(everywhere),
        units=volume,
        planned=np.broadcast_to(of.planned[own], everywhere),
        units_if_nothing_done=np.broadcast_to(nothing.volume[own], everywhere),
        cost=of.cost[own],
        cost_if_nothing_done=np.broadcast_to(nothing.cost[own], everywhere),
        people=np.broadcast_to(of.people[own], everywhere),
    )


def _by_pair(by_line: Array, between: Pairs) -> Array:
    """(line, year, case) → (pair, year, case)."""
    if not between.names:
        return by_line[:0]
    return np.stack([by_line[list(lines)].sum(axis=0) for lines in between.lines])


def _without(run: Run, between: Pairs, today: Array, kept: Array, years: slice) -> Array:
    """(member, year, case): positions without what pairs pay for care, or keep."""
    members = run.axes.nodes[: run.axes.members]
    every = [(run.recurrent + run.one_off)[n, years] for n in range(len(members))]
    for n, (payer, provider) in enumerate(between.names):
        at, to = members.index(payer), members.index(provider)
        every[at] = every[at] + today[n] + kept[n]
        every[to] = every[to] - today[n]
    return np.stack(every)


def _tariff(run: Run, row: ActivityLine) -> Array:
    """(year, case): level of a line's price list, opening = 1."""
    held = np.ones((len(run.axes.years), 1))
    contract = next((each for each in run.inputs.plan.contracts if each.key == row.contract), None)
    level = run.inputs.tariff_level.get(contract.tariff, held) if contract else held
    return np.where(run.cases.prices, level, 1.0)
