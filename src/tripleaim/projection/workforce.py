"""Workforce: staff needed, staff there, and what of each scheme the posts and capital found allow (method notes
3 and 5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.scheme import CostKind, Scheme
from tripleaim.plan.workforce import Shortfall, StaffGroup
from tripleaim.projection.axes import Array, Axes, node_of
from tripleaim.projection.cases import Cases
from tripleaim.projection.effects import Care
from tripleaim.projection.inputs import Inputs
from tripleaim.projection.timing import running_share, start_month
from tripleaim.projection.values import POINTS, Value, Values, column


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Staff of every group, year and case, whole-time equivalents."""

    needed: Array
    """(staff group, year, case), scheme posts included."""
    supply: Array
    """(staff group, year, case), staff in post without agency."""
    short: Array
    """(staff group, year, case), needed less supply, never below 0."""
    agency: Array
    """(staff group, year, case), shortage met by agency, above the opening year's (which opening cost already
    holds).
    """


@dataclass(frozen=True, kw_only=True)
class Resourcing:
    """What is found of what schemes need."""

    scale: Array
    """(scheme, year, case), the smaller of capital funded and posts filled, over need; one case where all are alike."""
    capital_share: Array
    """(scheme, year, 1)."""
    posts_needed: Array
    """(scheme, staff group, year)."""
    posts_filled: Array
    """(scheme, staff group, year, case)."""


def supply(plan: Plan, axes: Axes, values: Values) -> Array:
    """(staff group, year, case): opening x (1 − leavers) + joiners + planned growth, year by year; the last year is
    held after.
    """
    groups = _groups(plan)
    leavers = column([values.of(groups[key], "leavers") for key in axes.staff])[:, 0]
    joiners = column([values.of(groups[key], "joiners") + groups[key].growth for key in axes.staff])[:, 0]
    there = [column([groups[key].in_post for key in axes.staff])[:, 0] + values.nought + 0.0 * (leavers + joiners)]
    for _ in axes.years[1:-1]:
        there.append(there[-1] * (1 - leavers) + joiners)
    return np.maximum(0.0, np.stack([*there, there[-1]], axis=1))


def resourcing(plan: Plan, axes: Axes, values: Values = POINTS, running: Array | None = None) -> Resourcing:
    """Share of each scheme that posts and capital found allow, from inputs alone: scarce staff go in the stated
    order.

    running : (scheme, case), 1 where a scheme runs and asks for posts; None where all do
    """
    needed = _wanted(plan, axes)
    asked = needed[..., None] if running is None else needed[..., None] * running[:, None, None]
    filled = _filled(plan, axes, values, asked)
    wanted = np.broadcast_to(asked, filled.shape)
    by_group = np.divide(filled, wanted, out=np.ones_like(filled), where=wanted > 0)
    posts = by_group.min(axis=1) if by_group.size else np.ones((len(axes.schemes), len(axes.years), 1))
    dearer = 1 + values.known(plan, "capital_optimism")
    capital = np.stack([_capital(plan, axes, key, dearer) for key in axes.schemes]) if axes.schemes else posts
    return Resourcing(
        scale=np.minimum(posts, capital),
        capital_share=capital,
        posts_needed=needed,
        posts_filled=filled,
    )


def staff(inputs: Inputs, cases: Cases, given: Care, wards: Array, scale: Array) -> Staff:
    """Staff needed for care, wards and schemes against supply.

    wards : (pool, year, case), wards open
    scale : (scheme, year, 1), share of posts filled where only what is found counts
    """
    plan, axes = inputs.plan, inputs.axes
    groups = _groups(plan)
    shape = given.units.shape[1:] if given.units.size else (len(axes.years), len(cases.names))
    care_need = np.zeros_like(given.units, shape=(len(axes.staff), *shape))
    stated = np.zeros(len(axes.staff), dtype=bool)
    for row in plan.staffing:
        n = axes.staff.index((row.organisation, row.group))
        stated[n] = True
        units = given.units[axes.lines.index(row.line)] if row.line else wards[axes.pools.index(row.bed_pool)]
        care_need[n] += units * row.wte
    opening = np.array([groups[key].in_post for key in axes.staff]).reshape(-1, 1, 1)
    care_need = np.where(stated[:, None, None], care_need, opening)
    there = np.where(cases.prices, supply(plan, axes, inputs.values), opening)
    by_agency = np.array([groups[key].shortfall is Shortfall.AGENCY for key in axes.staff], dtype=bool).reshape(
        -1, 1, 1
    )
    working = cases.schemes * np.where(cases.resourced, scale, 1.0)
    members = axes.nodes[: axes.members]
    employers = [axes.nodes.index(node_of(organisation, members)) for organisation, _ in axes.staff]
    wanted = _wanted(plan, axes)[..., None] * cases.bearing[:, employers]
    posts = (wanted * np.broadcast_to(working, (len(axes.schemes), *shape))[:, None]).sum(axis=0)
    with_posts = care_need + posts
    met = care_need + np.where(by_agency, posts, 0.0)
    short = np.maximum(0.0, met - there)
    return Staff(
        needed=with_posts,
        supply=there + np.zeros_like(with_posts),
        short=np.maximum(0.0, with_posts - there),
        agency=np.where(by_agency, short - short[:, :1], 0.0),
    )


def _groups(plan: Plan) -> dict[tuple[str, str], StaffGroup]:
    return {(row.organisation, row.group): row for row in plan.workforce}


def _wanted(plan: Plan, axes: Axes) -> Array:
    """(scheme, staff group, year): posts in full from the year a scheme starts."""
    wanted = np.zeros((len(axes.schemes), len(axes.staff), len(axes.years)))
    starts = {s.key: start_month(plan, s) for s in plan.schemes}
    for row in plan.posts:
        n, g = axes.schemes.index(row.scheme), axes.staff.index((row.organisation, row.group))
        wanted[n, g] += row.wte * (running_share(starts[row.scheme], axes) > 0)
    return wanted


def _filled(plan: Plan, axes: Axes, values: Values, asked: Array) -> Array:
    """(scheme, staff group, year, case): posts filled of those asked for."""
    groups = _groups(plan)
    there = supply(plan, axes, values)
    stated = {(row.organisation, row.group, row.year): row.posts for row in plan.posts_available}
    filled = np.zeros_like(there, shape=(*asked.shape[:3], max(asked.shape[3], there.shape[2]))) + asked
    for g, key in enumerate(axes.staff):
        if groups[key].shortfall is Shortfall.AGENCY:
            continue
        free = np.maximum(0.0, there[g] - groups[key].in_post)
        for y, year in enumerate(axes.years[:-1]):
            free[y] = stated.get((*key, year), free[y])
        free[-1] = free[-2]
        for scheme in _in_order(plan.schemes):
            n = axes.schemes.index(scheme.key)
            filled[n, g] = np.minimum(asked[n, g], free)
            free = free - filled[n, g]
    return filled


def _in_order(schemes: tuple[Scheme, ...]) -> list[Scheme]:
    return sorted(schemes, key=lambda scheme: (scheme.order, scheme.key))


def _capital(plan: Plan, axes: Axes, scheme: str, dearer: Value) -> Array:
    """(year, case): capital funded over capital needed, both cumulative; 1 where none is needed yet, never above 1.

    dearer : ratio of what is needed to what the plan says
    """
    needed, funded = np.zeros(len(axes.years)), np.zeros(len(axes.years))
    start = next(s for s in plan.schemes if s.key == scheme)
    for row in plan.costs:
        if row.scheme == scheme and row.kind is CostKind.CAPITAL:
            year = axes.years.index(row.year) if row.year else spending_year(plan, start)
            needed[year:] += row.amount
            funded[year:] += row.funded
    needed_then = needed[:, None] * dearer
    share = np.divide(funded[:, None], needed_then, out=np.ones_like(needed_then), where=needed_then > 0)
    return np.minimum(1.0, share)


def spending_year(plan: Plan, scheme: Scheme) -> int:
    """Position on the year axis of the year a scheme starts; the first plan year when it starts earlier."""
    return min(max(1, start_month(plan, scheme) // 12 + 1), plan.heading.years)
