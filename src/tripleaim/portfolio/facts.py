"""What sets of schemes use and do by year: what limits are held to.

All at the stated numbers, wards counted as fractions, so that what schemes use and do adds up as closely as it can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tripleaim.plan.scheme import CostKind
from tripleaim.portfolio.model import Model
from tripleaim.projection.axes import Array, node_of
from tripleaim.projection.finance import to_cash
from tripleaim.projection.run import Run
from tripleaim.projection.timing import running_share, start_month
from tripleaim.projection.workforce import spending_year
from tripleaim.projection.worlds import SMOOTH, worlds
from tripleaim.stress.response import Floats

SPENDING = ("scheme running cost", "set-up", "double running", "disruption")
"""What the ledger calls the revenue that schemes cost."""
ONCE = SPENDING[1:]
"""The part of it that is paid once."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Some sets of ways. Years are the plan's; money is GBP, cash."""

    bodies: tuple[str, ...]
    """Keys of those that pay for schemes or give leaders' hours."""
    revenue: Floats
    """(set, body, year): running cost, set-up, double running and disruption."""
    once: Floats
    """(set, body, year): the part of it that is paid once."""
    capital: Floats
    """(set, body, year)."""
    prevention: Floats
    """(set, year): the part of revenue that goes to prevention."""
    groups: tuple[tuple[str, str], ...]
    """Employer and staff group."""
    posts: Floats
    """(set, group, year): whole-time equivalents."""
    hours: Floats
    """(set, body, year): leadership hours."""
    members: tuple[str, ...]
    """Keys of the organisations whose position is followed."""
    better: Floats
    """(set, member, year): how much better off than if nothing changed, one-off money counted."""
    lines: tuple[str, ...]
    """Keys of lines of care."""
    units: Floats
    """(set, line, year): care given."""
    units_nothing: Floats
    """(line, year): care given if nothing changes."""
    benefit: Floats
    """(set, line): how much less the line's care costs in the last year than if nothing changed."""


@dataclass(frozen=True, kw_only=True)
class Used:
    """What every way uses by itself; made by `used`. The first axis is the way, the last the plan year."""

    keys: tuple[str, ...]
    revenue: Floats
    once: Floats
    capital: Floats
    posts: Floats
    hours: Floats
    prevention: Floats
    """(way,): 1 where its authors call the scheme prevention."""


def facts(model: Model, own: Used, sets: Sequence[Sequence[str]]) -> Facts:
    """What some sets of ways use and do.

    own : what every way uses
    """
    axes = model.whole.axes
    run = model.at_points(worlds(axes, [(), *sets]), SMOOTH)
    years = slice(1, axes.last + 1)
    taken = np.array([[float(key in chosen) for key in own.keys] for chosen in map(set, sets)])
    taken = taken.reshape(len(sets), len(own.keys))
    position = (run.recurrent + run.one_off)[: axes.members, years]
    units, cost = run.given.units[:, years], run.spent.modelled[:, axes.last]
    return Facts(
        bodies=_bodies(model),
        revenue=np.tensordot(taken, own.revenue, 1),
        once=np.tensordot(taken, own.once, 1),
        capital=np.tensordot(taken, own.capital, 1),
        prevention=np.tensordot(taken * own.prevention, own.revenue.sum(axis=1), 1),
        groups=axes.staff,
        posts=np.tensordot(taken, own.posts, 1),
        hours=np.tensordot(taken, own.hours, 1),
        members=axes.nodes[: axes.members],
        better=_by_set(position[..., 1:] - position[..., :1], len(sets)),
        lines=axes.lines,
        units=_by_set(units[..., 1:], len(sets)),
        units_nothing=units[..., 0],
        benefit=_by_set(cost[..., :1] - cost[..., 1:], len(sets)),
    )


def used(model: Model) -> Used:
    """What every way uses by itself."""
    keys = tuple(way.key for way in model.whole.ways)
    run = model.at_points(worlds(model.whole.axes, [(key,) for key in keys]), SMOOTH)
    prevention = {scheme.key: float(scheme.prevention) for scheme in model.plan.schemes}
    return Used(
        keys=keys,
        revenue=_spent(model, run, SPENDING),
        once=_spent(model, run, ONCE),
        capital=_capital(model, run),
        posts=_posts(model),
        hours=_hours(model),
        prevention=np.array([prevention[way.scheme] for way in model.whole.ways]),
    )


def _bodies(model: Model) -> tuple[str, ...]:
    return tuple(sorted(body.key for body in model.plan.organisations))


def _spent(model: Model, run: Run, kinds: Sequence[str]) -> Floats:
    """(way, body, year): what the ledger has of some kinds, a world for each way."""
    axes, bodies = model.whole.axes, _bodies(model)
    nodes = {node_of(body, axes.nodes[: axes.members]): n for n, body in enumerate(bodies)}
    found = np.zeros((len(model.whole.ways), len(bodies), axes.plan_years))
    for (kind, payer, _, _), amount in run.ledger.flows.items():
        if kind in kinds:
            found[:, nodes[payer]] += amount[1 : axes.last + 1].T
    return found


def _capital(model: Model, run: Run) -> Floats:
    axes, bodies = model.whole.axes, _bodies(model)
    found = np.zeros((len(model.whole.ways), len(bodies), axes.plan_years))
    schemes, at = {row.key: row for row in model.whole.whole.schemes}, _at(model)
    for row in model.whole.whole.costs:
        if row.kind is CostKind.CAPITAL:
            year = axes.years.index(row.year) if row.year else spending_year(model.plan, schemes[row.scheme])
            cash = row.amount * float(to_cash(run.inputs, row.index)[year, 0])
            found[at[row.scheme], bodies.index(row.organisation), year - 1] += cash
    return found


def _posts(model: Model) -> Floats:
    """(way, group, year): in full from the year a scheme starts."""
    axes, at = model.whole.axes, _at(model)
    schemes = {row.key: row for row in model.whole.whole.schemes}
    found = np.zeros((len(at), len(axes.staff), axes.plan_years))
    for row in model.whole.whole.posts:
        running = running_share(start_month(model.plan, schemes[row.scheme]), axes)[1 : axes.last + 1] > 0
        found[at[row.scheme], axes.staff.index((row.organisation, row.group))] += row.wte * running
    return found


def _hours(model: Model) -> Floats:
    """(way, body, year): every year from that of the start, or years that move with it."""
    axes, at, bodies = model.whole.axes, _at(model), _bodies(model)
    schemes = {row.key: row for row in model.whole.whole.schemes}
    found = np.zeros((len(at), len(bodies), axes.plan_years))
    for row in model.plan.leadership_hours:
        for way in (way for way in model.whole.ways if way.scheme == row.scheme):
            own = found[at[way.key], bodies.index(row.organisation)]
            if not row.year:
                own += row.hours * (running_share(start_month(model.plan, schemes[way.key]), axes)[1:-1] > 0)
            elif (year := model.plan.years.index(row.year) + way.later) < axes.plan_years:
                own[year] += row.hours
    return found


def _at(model: Model) -> dict[str, int]:
    return {way.key: n for n, way in enumerate(model.whole.ways)}


def _by_set(found: Array, count: int) -> Floats:
    """(…, set) → (set, …), where a run may have one case for all."""
    return np.moveaxis(np.broadcast_to(found, (*found.shape[:-1], count)), -1, 0)
