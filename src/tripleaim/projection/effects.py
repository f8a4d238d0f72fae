"""Effects: what schemes leave of the care needed (method note 3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.plan.scheme import Effect, EffectKind
from tripleaim.projection.axes import Array
from tripleaim.projection.cases import Cases
from tripleaim.projection.inputs import Inputs
from tripleaim.projection.values import Value

REMOVES = (EffectKind.AVOID, EffectKind.STOP, EffectKind.SHIFT, EffectKind.MOVE)
ARRIVES = (EffectKind.SHIFT, EffectKind.MOVE)


@dataclass(frozen=True, kw_only=True)
class Care:
    """Care given in every case. Units are plain units; the weighted ones carry the patients' own cost and stay."""

    needed: Array
    """(line, year, case), units before schemes."""
    units: Array
    """(line, year, case), units given, arrivals included."""
    arrivals: Array
    """(line, year, case), units that came from other lines."""
    refused: Array
    """(line, year, case), units still needed that a stop no longer gives."""
    removed_days: Array
    """(line, year, case), bed days of the units removed."""
    shortened_days: Array
    """(line, year, case), bed days saved by shorter stays."""
    bed_days: Array
    """(line, year, case)."""
    costed: Array
    """(line, year, case), units weighted by the cost of those removed or shortened, arrivals included."""
    cost_left: Array
    """(line, year, case), share of cost left after productivity."""
    head_left: Array
    """(head, year, case), share of a budget head left after saves."""


def area_effect(inputs: Inputs, effect: Effect) -> Value:
    """Effect on the whole line: treated effect x eligible share x uptake x fidelity.

    How fully all schemes are carried out moves the fidelity, which stays between 0 and 1.
    """
    treated, eligible, uptake, fidelity = (
        inputs.values.of(effect, name) for name in ("effect", "eligible", "uptake", "fidelity")
    )
    fidelity = np.minimum(1.0, fidelity * inputs.fidelity)
    return treated * eligible * uptake * fidelity


def share_remaining(avoided: Array) -> Array:
    """Share of care left when several effects act on the same line: shares multiply, they never add.

    avoided : (effect, …), fraction avoided, −1 to 1; below 0 the scheme brings more care, as some evaluations found
    raises  : ValueError if any fraction falls outside −1 to 1
    source  : method note 3, overlap; [V] 8 %, 5 %, 10 % of 30,000 leave 23,598

    >>> round(30_000 * (1 - share_remaining(np.array([0.08, 0.05, 0.10])).item()))
    6402
    """
    if isinstance(avoided, np.ndarray) and (~((avoided >= -1) & (avoided <= 1))).any():
        raise ValueError("a fraction avoided lies outside −1 to 1")
    left: Array = (1.0 - avoided).prod(axis=0)
    return left


def strength(inputs: Inputs, cases: Cases, scale: Array) -> Array:
    """How strongly every scheme works: its ramp where it acts, less where partners stay out, and scaled where only what
    is found counts.

    scale   : (scheme, year, 1), share of posts and capital found
    returns : (scheme, year, case), 0 to 1
    """
    return inputs.ramp * cases.schemes * cases.joined * np.where(cases.resourced, scale, 1.0)


def care(inputs: Inputs, cases: Cases, needed: Array, working: Array) -> Care:
    """Apply every effect: avoid, stop, shift and move first, then shorten; arrivals are real load and not
    reduced again.
    """
    rows = sorted(inputs.plan.effects, key=lambda row: row.key)
    at = {name: n for n, name in enumerate(inputs.axes.lines)}
    scheme = {name: n for n, name in enumerate(inputs.axes.schemes)}
    removing = [(e, area_effect(inputs, e) * working[scheme[e.scheme]]) for e in rows if e.kind in REMOVES]
    kept, added, size = np.ones_like(needed), np.zeros_like(needed), np.zeros_like(needed)
    for effect, share in removing:
        kept[at[effect.target]] *= share_remaining(share[None])
        added[at[effect.target]] += share
        size[at[effect.target]] += np.abs(share)
    arrivals, fewer_days, less_cost, refused = (np.zeros_like(needed) for _ in range(4))
    stay = inputs.lines.stay
    for effect, share in removing:
        n = at[effect.target]
        gone = needed[n] * _part(share, added[n], size[n], 1 - kept[n])
        fewer_days[n] += gone * stay[n] * _ratio(effect.stay_ratio)
        less_cost[n] += gone * _ratio(effect.cost_ratio)
        if effect.kind is EffectKind.STOP:
            refused[n] += gone
        if effect.kind in ARRIVES:
            arrivals[at[effect.to_line]] += gone * inputs.values.of(effect, "ratio") * cases.arrivals
    days_left, cost_after = np.ones_like(needed), np.ones_like(needed)
    for effect in (e for e in rows if e.kind is EffectKind.SHORTEN):
        n, share = at[effect.target], area_effect(inputs, effect) * working[scheme[effect.scheme]]
        days_left[n] *= 1 - np.minimum(1.0, share * _ratio(effect.stay_ratio))
        cost_after[n] *= 1 - np.minimum(1.0, share * _ratio(effect.cost_ratio))
    staying = np.maximum(0.0, needed * stay - fewer_days)
    return Care(
        needed=needed,
        units=needed * kept + arrivals,
        arrivals=arrivals,
        refused=refused,
        removed_days=needed * stay - staying,
        shortened_days=staying * (1 - days_left),
        bed_days=staying * days_left + arrivals * stay,
        costed=np.maximum(0.0, needed - less_cost) * cost_after + arrivals,
        cost_left=_left(inputs, cases, EffectKind.PRODUCTIVITY, inputs.axes.lines, working),
        head_left=_left(inputs, cases, EffectKind.SAVE, inputs.axes.heads, working),
    )


def _part(share: Array, added: Array, size: Array, removed: Array) -> Array:
    """One effect's part of what all remove from a line: its own share, less the overlap in proportion to its size.

    For effects of one direction this is its share of their sum; effects that pull opposite ways stay finite.

    >>> e = np.array([0.1, 0.3])
    >>> [round(float(_part(x, e.sum(), np.abs(e).sum(), np.array(1 - 0.9 * 0.7))), 4) for x in e]
    [0.0925, 0.2775]
    """
    weight = np.divide(np.abs(share), size, out=np.zeros_like(share), where=size > 0)
    part: Array = share + (removed - added) * weight
    return part


def _left(inputs: Inputs, cases: Cases, kind: EffectKind, targets: tuple[str, ...], working: Array) -> Array:
    """(target, year, case): product of 1 − effect over the effects of one kind on each target. A body that stays out
    goes on working as it does.
    """
    owner = inputs.lines.provider if kind is EffectKind.PRODUCTIVITY else inputs.heads.organisation
    left = np.ones_like(working, shape=(len(targets), len(inputs.axes.years), len(cases.names)))
    for effect in sorted(inputs.plan.effects, key=lambda row: row.key):
        if effect.kind is kind:
            target = targets.index(effect.target)
            scheme = inputs.axes.schemes.index(effect.scheme)
            acting = working[scheme] * cases.efficiency * cases.bearing[scheme, owner[target]]
            share = area_effect(inputs, effect) * acting
            left[target] *= share_remaining(share[None])
    return left


def _ratio(stated: float | None) -> float:
    return 1.0 if stated is None else stated
