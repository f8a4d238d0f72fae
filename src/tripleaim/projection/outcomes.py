"""Outcomes: the health gap and the care gap (method note 7)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.indicator import Indicator, IndicatorGroup, Scale
from tripleaim.plan.scheme import EffectKind
from tripleaim.projection.axes import Array, node_of
from tripleaim.projection.capacity import DAYS, Beds
from tripleaim.projection.cases import Cases
from tripleaim.projection.effects import Care, area_effect
from tripleaim.projection.inputs import Inputs
from tripleaim.projection.values import Value, stack

MET = 1e-9
"""A value this close to its standard meets it."""


@dataclass(frozen=True, kw_only=True)
class Inequality:
    """How unequal an indicator is between groups ranked by deprivation."""

    indicator: str
    """Key of the indicator."""
    kind: str
    """What the groups are, such as fifths of neighbourhoods by deprivation."""
    groups: tuple[str, ...]
    """Names of the groups, the most deprived first."""
    values: tuple[float, ...]
    """Value of each group in the opening year, in the indicator's unit."""
    slope: float
    """Slope index: the fitted value at the most deprived end less that at the least deprived end, in the indicator's
    unit.
    """
    relative: float
    """The slope as a share of the mean of all people."""


def indicators(inputs: Inputs, cases: Cases, given: Care, opened: Beds, working: Array) -> Array:
    """(indicator, year, case): every indicator; effects act on the odds of proportions and on the log of rates."""
    rows = sorted(inputs.plan.indicators, key=lambda row: row.key)
    steps = np.minimum(np.arange(len(inputs.axes.years)), inputs.axes.last)[:, None]
    values = []
    for row in rows:
        drift = inputs.values.of(row, "trend") * steps
        push = drift + _push(inputs, row, working)
        if row.scale is Scale.WAITING_LIST:
            value = _waiting(inputs, row, given) * np.exp(_push(inputs, row, working) + drift)
        elif row.scale is Scale.RATE:
            value = row.baseline * np.exp(push)
        else:
            value = on_odds(row.baseline, push)
        if row.scale is Scale.AE_RESPONSE:
            value = np.clip(value + _response(inputs, row, opened), 0.0, 1.0)
        values.append(np.broadcast_to(value, (len(steps), len(cases.names))))
    return stack(values, len(steps))


def on_odds(baseline: float, push: Array) -> Array:
    """Move a proportion on the odds scale.

    >>> on_odds(0.5, np.array([0.0, np.log(3)])).round(6).tolist()
    [0.5, 0.75]
    """
    if baseline <= 0.0 or baseline >= 1.0:
        return np.full_like(push, baseline)
    odds = baseline / (1 - baseline) * np.exp(push)
    moved: Array = odds / (1 + odds)
    return moved


def response_loss(occupancy: Array, to_92: Value, to_100: Value) -> Array:
    """Points of A&E response lost at an occupancy: straight lines over 88 to 92 % and 92 to 100 %.

    >>> response_loss(np.array([0.89, 0.90, 0.92, 1.0]), -3, -5).round(6).tolist()
    [-0.75, -1.5, -3.0, -8.0]
    """
    first = np.clip((occupancy - 0.88) / 0.04, 0.0, 1.0) * to_92
    loss: Array = first + np.clip((occupancy - 0.92) / 0.08, 0.0, 1.0) * to_100
    return loss


def at_standard(row: Indicator, value: Array) -> Array:
    """True where the standard is met; false where there is none."""
    if row.standard is None:
        return np.zeros_like(value, dtype=bool)
    return np.asarray(value >= row.standard - MET if row.higher_is_better else value <= row.standard + MET)


def distance(row: Indicator, value: Array) -> Array:
    """Gap to the standard in the indicator's own unit, 0 where it is met."""
    if row.standard is None:
        return np.zeros_like(value)
    short = row.standard - value if row.higher_is_better else value - row.standard
    return np.asarray(np.maximum(0.0, short))


def inequality(plan: Plan) -> tuple[Inequality, ...]:
    """Slope and relative index of every indicator that has groups; only where the data has it."""
    found = {(row.indicator, row.kind) for row in plan.indicator_groups}
    return tuple(_slope(key, kind, plan.indicator_groups) for key, kind in sorted(found))


def _slope(indicator: str, kind: str, rows: tuple[IndicatorGroup, ...]) -> Inequality:
    """Weighted straight line through group values at the middle of each group's share of people, least to most
    deprived.
    """
    own = sorted((r for r in rows if r.indicator == indicator and r.kind == kind), key=lambda r: r.rank)
    weight = np.array([row.population for row in own])
    value = np.array([row.value for row in own])
    share = weight / weight.sum()
    middle = np.cumsum(share) - share / 2
    mean = float((share * value).sum())
    spread = float((share * (middle - 0.5) ** 2).sum())
    slope = -float((share * (middle - 0.5) * (value - mean)).sum()) / spread if spread > 0 else 0.0
    return Inequality(
        indicator=indicator,
        kind=kind,
        groups=tuple(row.group for row in own),
        values=tuple(row.value for row in own),
        slope=slope,
        relative=slope / mean if mean else 0.0,
    )


def _push(inputs: Inputs, row: Indicator, working: Array) -> Array:
    """(year, case): sum of improvements in the good direction, log odds or log ratio."""
    total: Array = np.zeros((len(inputs.axes.years), 1))
    for effect in sorted(inputs.plan.effects, key=lambda e: e.key):
        if effect.kind is EffectKind.IMPROVE and effect.target == row.key:
            total = total + area_effect(inputs, effect) * working[inputs.axes.schemes.index(effect.scheme)]
    return total if row.higher_is_better else -total


def _waiting(inputs: Inputs, row: Indicator, given: Care) -> Array:
    """(year, case): list + additions − removals; removals are the treatment given, additions a ratio to that needed.

    Care avoided is no longer needed; care a stop no longer gives still is, so those people stay on the list.
    """
    line = inputs.axes.lines.index(row.line)
    units, needed = given.units[line], given.units[line] + given.refused[line]
    ratio = 1.0 if row.additions_ratio is None else row.additions_ratio
    waiting: Array = np.empty_like(units)
    waiting[0] = row.baseline
    for year in range(1, len(units)):
        waiting[year] = np.maximum(0.0, waiting[year - 1] + ratio * needed[year] - units[year])
    return waiting


def _response(inputs: Inputs, row: Indicator, opened: Beds) -> Array:
    """(year, case): change in A&E response with how full a provider's general and acute beds are, as a fraction."""
    members = inputs.axes.nodes[: inputs.axes.members]
    kinds = {pool.key: pool.kind for pool in inputs.plan.capacity}
    node = inputs.axes.nodes.index(node_of(row.provider, members)) if row.provider else -1
    own = [
        n
        for n, key in enumerate(inputs.axes.pools)
        if kinds[key] == "general_acute" and inputs.pools.provider[n] == node
    ]
    if not own:
        return np.zeros(opened.days.shape[1:] or (1, 1))
    full = opened.days[own].sum(axis=0) / (DAYS * np.maximum(1e-9, opened.open[own].sum(axis=0)))
    names = ("ae_response_88_92", "ae_response_92_100")
    low, high = (inputs.values.known(inputs.plan, name) for name in names)
    loss = response_loss(full, low, high)
    change: Array = (loss - loss[:1]) / 100.0
    return change
