"""What kind of benefit it is: computed from capacity and cost, never asked of the author, never added together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.projection.axes import Array, after_opening, node_of
from tripleaim.projection.capacity import DAYS
from tripleaim.projection.demand import head_volume
from tripleaim.projection.finance import care_cost, ward_cost
from tripleaim.projection.run import Run

TOGETHER = "outside:together"
"""Providers without accounts, told as one: no modelled money stands beside a body that published none."""


@dataclass(frozen=True, kw_only=True)
class BenefitClasses:
    """Change in one provider's cost of care against do nothing, by class and plan year; negative saves. GBP."""

    provider: str
    """Key of the provider; outside:together for all without accounts."""
    cash_releasing: tuple[float, ...]
    """Change that makes the bill smaller than in the opening year, by year, ending with the year after, as hoped. GBP,
    cash; negative saves.
    """
    cost_avoiding: tuple[float, ...]
    """Change in growth that would have been paid for, as above: the bill grows less."""
    arrivals: tuple[float, ...]
    """Cost of care that came from elsewhere, as above; positive = costs."""
    total: tuple[float, ...]
    """Change in the provider's cost: the three above added."""
    beds_freed: tuple[float, ...]
    """Capacity set free, never money: beds needed if nothing changes less beds needed as hoped, by year, ending with
    the year after.
    """


@dataclass(frozen=True, kw_only=True)
class Stranded:
    """Average cost of care no longer given against what is really set free, by plan year. GBP, positive."""

    provider: str
    """Key of the provider; outside:together for all without accounts."""
    no_longer_given: tuple[float, ...]
    """What care that schemes avoid, move away or shorten would have cost at average cost, by year, ending with the year
    after.
    """
    released: tuple[float, ...]
    """What its going really sets free, in wards and in variable cost, against doing nothing."""
    released_below_opening: tuple[float, ...]
    """The part of that which makes the bill smaller than in the opening year."""
    stranded: tuple[float, ...]
    """What stays behind: no_longer_given less released."""


@dataclass(frozen=True, kw_only=True)
class BedDayPrices:
    """Three prices of one avoided bed day, opening year, GBP."""

    pool: str
    """Key of the beds in capacity.csv; outside:together for all of providers without accounts."""
    average: float
    """Whole cost of the care in these beds, for one bed day."""
    staffed_bed: float
    """Cost of a staffed bed for one day, full or not."""
    marginal: float
    """What one bed day fewer saves while the ward stays open."""


def benefit_classes(run: Run, case: str = "hoped") -> tuple[BenefitClasses, ...]:
    """Split each provider's cost change: above the opening volume cost-avoiding, below it cash-releasing."""
    nothing, plan = run.cases.at("funding_growth"), run.cases.at(case)
    line_parts = _line_parts(run, nothing, plan)
    ward_parts = _ward_parts(run, nothing, plan)
    head_parts = _head_parts(run, nothing, plan)
    premium = run.spent.premium[:, :, plan] - run.spent.premium[:, :, nothing]
    members = run.axes.nodes[: run.axes.members]
    found = []
    for provider, nodes in _bodies(run).items():
        lines, pools = _own(run, nodes)
        staff = [n for n, (body, _) in enumerate(run.axes.staff) if node_of(body, members) in nodes]
        heads = [n for n, node in enumerate(run.inputs.heads.organisation) if run.axes.nodes[node] in nodes]
        releasing = line_parts[0][lines].sum(0) + ward_parts[0][pools].sum(0) + head_parts[0][heads].sum(0)
        releasing = releasing + np.minimum(0.0, _below(run.spent.premium, nothing, plan)[staff]).sum(0)
        avoiding = line_parts[1][lines].sum(0) + ward_parts[1][pools].sum(0) + head_parts[1][heads].sum(0)
        avoiding = (
            avoiding + premium[staff].sum(0) - np.minimum(0.0, _below(run.spent.premium, nothing, plan)[staff]).sum(0)
        )
        arriving = line_parts[2][lines].sum(0)
        freed = run.opened.needed[pools][:, :, nothing].sum(0) - run.opened.needed[pools][:, :, plan].sum(0)
        found.append(
            BenefitClasses(
                provider=provider,
                cash_releasing=after_opening(releasing),
                cost_avoiding=after_opening(avoiding),
                arrivals=after_opening(arriving),
                total=after_opening(releasing + avoiding + arriving),
                beds_freed=after_opening(freed),
            )
        )
    return tuple(found)


def stranded_costs(run: Run) -> tuple[Stranded, ...]:
    """Stranded = average cost of care no longer given − cost released, whatever the contract pays."""
    nothing, released = run.cases.at("funding_growth"), run.cases.at("released")
    lines = run.inputs.lines
    level = lines.cost_level[:, :, 0]
    given = run.given
    gone = given.needed[:, :, released] - (given.units - given.arrivals)[:, :, released]
    per_day = np.divide(lines.unit_cost, lines.stay, out=np.zeros_like(lines.stay), where=lines.stay > 0)[:, :, 0]
    average = (gone * lines.unit_cost[:, :, 0] + given.shortened_days[:, :, released] * per_day) * level
    before = run.spent.lines_before_productivity
    free_lines = before[:, :, nothing] - before[:, :, released]
    free_wards = run.spent.wards[:, :, nothing] - run.spent.wards[:, :, released]
    below = -_line_parts(run, nothing, released)[0], -_ward_parts(run, nothing, released)[0]
    found = []
    for provider, nodes in _bodies(run).items():
        own, pools = _own(run, nodes)
        not_given, free = average[own].sum(0), free_lines[own].sum(0) + free_wards[pools].sum(0)
        if not not_given.any() and not free.any():
            continue
        found.append(
            Stranded(
                provider=provider,
                no_longer_given=after_opening(not_given),
                released=after_opening(free),
                released_below_opening=after_opening(below[0][own].sum(0) + below[1][pools].sum(0)),
                stranded=after_opening(not_given - free),
            )
        )
    return tuple(found)


def bed_day_prices(run: Run) -> tuple[BedDayPrices, ...]:
    """Average, staffed-bed and marginal price of one bed day of every pool, side by side."""
    lines, pools = run.inputs.lines, run.inputs.pools
    groups: dict[str, list[int]] = {}
    for n, key in enumerate(run.axes.pools):
        groups.setdefault(key if pools.provider[n] < run.axes.members else TOGETHER, []).append(n)
    found = []
    for key, chosen in groups.items():
        own = np.isin(lines.pool, chosen)
        days = float((lines.baseline * lines.stay)[own].sum())
        beds = pools.open_beds[chosen]
        found.append(
            BedDayPrices(
                pool=key,
                average=float((lines.baseline * lines.unit_cost)[own].sum()) / days if days else 0.0,
                staffed_bed=float((pools.ward_cost[chosen] * beds).sum() / max(1e-9, beds.sum())) / DAYS,
                marginal=float((lines.baseline * lines.variable_cost)[own].sum()) / days if days else 0.0,
            )
        )
    return tuple(found)


def _line_parts(run: Run, nothing: int, plan: int) -> tuple[Array, Array, Array]:
    """(releasing, avoiding, arrivals), each (line, year): change in line cost, split at the opening volume."""
    inputs, pair = run.inputs, [nothing, plan]
    cases = run.cases.only(*pair)
    costed, arrivals = run.given.costed[:, :, pair], run.given.arrivals[:, :, pair]
    own = costed - arrivals
    opening = np.broadcast_to(inputs.lines.baseline, own.shape)
    kept = care_cost(inputs, cases, np.minimum(own, opening))
    whole = care_cost(inputs, cases, own)
    arriving = _change(care_cost(inputs, cases, costed) - whole)
    cut = (run.spent.lines - run.spent.lines_before_productivity)[:, :, plan]
    share = _opening_share(opening[:, :, 1], costed[:, :, 1])
    return _change(kept) + cut * share, _change(whole - kept) + cut * (1 - share), arriving


def _change(pair: Array) -> Array:
    """The plan less doing nothing, of two cases side by side."""
    return np.asarray(pair[:, :, 1] - pair[:, :, 0])


def _ward_parts(run: Run, nothing: int, plan: int) -> tuple[Array, Array]:
    pair = [nothing, plan]
    beds = run.opened.open[:, :, pair]
    opening = np.broadcast_to(run.inputs.pools.open_beds, beds.shape)
    below = _change(ward_cost(run.inputs, run.cases.only(*pair), np.minimum(beds, opening)))
    return below, _change(run.spent.wards[:, :, pair]) - below


def _head_parts(run: Run, nothing: int, plan: int) -> tuple[Array, Array]:
    """Saves on a head: split by opening over current volume, of a provider's care or of another body's head."""
    volume = head_volume(run.inputs.heads, run.cases)[:, :, plan]
    change = -(run.spent.saved[:, :, plan] - run.spent.saved[:, :, nothing])
    lines = run.inputs.lines
    weight = lines.unit_cost[:, :, 0] * run.given.costed[:, :, plan]
    base = (lines.unit_cost * lines.baseline)[:, :, 0]
    releasing = np.zeros_like(change)
    for n, node in enumerate(run.inputs.heads.organisation):
        own = lines.provider == node
        opening, now = (base[own].sum(0), weight[own].sum(0)) if own.any() else (np.ones(1), volume[n])
        releasing[n] = change[n] * _opening_share(np.broadcast_to(opening, now.shape), now)
    return releasing, change - releasing


def _below(premium: Array, nothing: int, plan: int) -> Array:
    """Premium saved below the opening year's: what falls under zero, against do nothing."""
    return np.asarray(np.minimum(0.0, premium[:, :, plan]) - np.minimum(0.0, premium[:, :, nothing]))


def _opening_share(opening: Array, now: Array) -> Array:
    return np.asarray(np.minimum(1.0, np.divide(opening, now, out=np.ones_like(now), where=now > 0)))


def _own(run: Run, nodes: frozenset[str]) -> tuple[list[int], list[int]]:
    """Lines and pools of a set of bodies."""
    at = {run.axes.nodes.index(node) for node in nodes}
    lines = [n for n, node in enumerate(run.inputs.lines.provider) if node in at]
    return lines, [n for n, node in enumerate(run.inputs.pools.provider) if node in at]


def _bodies(run: Run) -> dict[str, frozenset[str]]:
    """Providers and bodies that save, each member by itself; those without accounts together, never by name."""
    nodes = {run.axes.nodes[n] for n in (*run.inputs.lines.provider, *run.inputs.pools.provider)}
    saving = {run.axes.nodes[node] for n, node in enumerate(run.inputs.heads.organisation) if run.spent.saved[n].any()}
    members = {node: frozenset({node}) for node in sorted(nodes | saving) if node in run.axes.nodes[: run.axes.members]}
    others = frozenset(nodes - set(members))
    return {**members, TOGETHER: others} if others else members
