"""What each coalition can carry out by itself, as worlds of the plan (method note 16).

A scheme runs where those it cannot do without take part: its lead, or without one those who bear its cost, or without
these those whose books it acts on. It has its whole effect where its partners and all who bear its cost take part too,
else the effect its authors state without partners. A scheme whose needed schemes do not run does not run either. A
body that stays out pays for nothing, saves nothing in its own budgets or by its own productivity, and is paid as the
rules of today have it. Partners without books of their own,
such as general practice, are taken to be willing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.incentives.blocs import Blocs
from tripleaim.plan import Plan
from tripleaim.plan.scheme import EffectKind, Scheme
from tripleaim.projection.axes import Axes, axes
from tripleaim.projection.worlds import Worlds

Truth = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Needed:
    """Whom one scheme needs, of the bodies with books of their own."""

    scheme: str
    """Its key."""
    to_run: frozenset[str]
    """Without any of these it does not run."""
    to_work: frozenset[str]
    """Without any of these it runs with `otherwise` of its effect."""
    otherwise: float
    """Share of its effect left without a partner, 0 to 1."""
    after: tuple[str, ...]
    """Schemes that must run for it to."""


def needed(plan: Plan) -> tuple[Needed, ...]:
    """Whom every scheme needs, in the order of the axes."""
    names = axes(plan)
    members = frozenset(names.nodes[: names.members])
    rows = {row.key: row for row in plan.schemes}
    return tuple(_needed(plan, rows[key], members) for key in names.schemes)


def coalition_worlds(
    plan: Plan, players: Blocs, *, schemes: Collection[str] | None = None, others_go_on: bool = False
) -> Worlds:
    """The world of every coalition, in the order of `games.Game.numbers`: bit n is set where player n is in it.

    schemes      : those that are asked about; the others run nowhere. All if left out
    others_go_on : False lets those outside do nothing; True lets them go on together with what they can run
    """
    return worlds_of(plan, _coalitions(players), players, schemes=schemes, others_go_on=others_go_on)


def worlds_of(
    plan: Plan,
    inside: Truth,
    players: Blocs,
    *,
    schemes: Collection[str] | None = None,
    others_go_on: bool = False,
) -> Worlds:
    """The worlds of some coalitions.

    inside : (coalition, player)
    """
    names = axes(plan)
    rules = needed(plan)
    asked = np.array([schemes is None or key in schemes for key in names.schemes])
    bodies = _bodies(inside, players, names)
    running, share = _carried_out(rules, bodies, names, asked)
    taking_part = np.repeat(bodies[:, None], len(rules), axis=1)
    if others_go_on:
        apart, theirs = _carried_out(rules, ~bodies, names, asked)
        taking_part = np.where(running[..., None], bodies[:, None], ~bodies[:, None])
        share = np.where(running, share, theirs)
        running = running | apart
    return Worlds(
        schemes=running.T.astype(np.float64),
        joined=share.T,
        bearing=np.moveaxis(_bearing(taking_part, names).astype(np.float64), 0, -1),
    )


def _coalitions(players: Blocs) -> Truth:
    """(coalition, player), every coalition from nobody to all."""
    count = len(players.players)
    found: Truth = (np.arange(2**count)[:, None] >> np.arange(count) & 1).astype(bool)
    return found


def _bodies(inside: Truth, players: Blocs, names: Axes) -> Truth:
    """(coalition, member)."""
    columns = [players.players.index(players.of(body)) for body in names.nodes[: names.members]]
    found: Truth = inside[:, columns]
    return found


def _carried_out(
    rules: Sequence[Needed], bodies: Truth, names: Axes, asked: Truth
) -> tuple[Truth, NDArray[np.float64]]:
    """What coalitions of bodies carry out: which schemes run and how fully, both (coalition, scheme)."""
    at = {body: n for n, body in enumerate(names.nodes[: names.members])}

    def all_in(keys: Collection[str]) -> Truth:
        found: Truth = np.logical_and.reduce(bodies[:, [at[key] for key in sorted(keys)]], axis=1)
        return found

    running = np.zeros((len(bodies), len(rules)), dtype=bool)
    for n, rule in enumerate(rules):
        if asked[n]:
            running[:, n] = all_in(rule.to_run)
            running[~bodies.any(axis=1), n] = False
    place = {rule.scheme: n for n, rule in enumerate(rules)}
    for _ in rules:  # a scheme that cannot run stops those that need it, and they others
        for n, rule in enumerate(rules):
            for before in rule.after:
                if asked[place[before]]:
                    running[:, n] &= running[:, place[before]]
    share = np.ones(running.shape)
    for n, rule in enumerate(rules):
        share[:, n] = np.where(all_in(rule.to_work), 1.0, rule.otherwise)
    return running, share


def _bearing(taking_part: Truth, names: Axes) -> Truth:
    """(coalition, scheme, node): bodies outside the place bear what they bear in any case."""
    outside = np.ones((*taking_part.shape[:2], len(names.nodes) - names.members), dtype=bool)
    return np.concatenate([taking_part, outside], axis=2)


def _needed(plan: Plan, row: Scheme, members: frozenset[str]) -> Needed:
    bearers = frozenset(cost.organisation for cost in plan.costs if cost.scheme == row.key) & members
    lead = frozenset((row.lead,)) & members
    to_run = lead or bearers or _acted_on(plan, row.key) & members
    return Needed(
        scheme=row.key,
        to_run=to_run,
        to_work=(frozenset(row.partners) & members) | bearers,
        otherwise=row.effect_without_partners,
        after=row.needs,
    )


def _acted_on(plan: Plan, scheme: str) -> frozenset[str]:
    """Bodies whose lines, heads, income or payments a scheme's effects change."""
    lines = {row.key: row.provider for row in plan.activity}
    heads = {row.key: row.organisation for row in plan.budgets}
    found = set()
    for effect in plan.effects:
        if effect.scheme != scheme:
            continue
        if effect.kind is EffectKind.SAVE:
            found.add(heads[effect.target])
        elif effect.kind is EffectKind.INCOME:
            found |= {effect.target, effect.counterparty}
        elif effect.target in lines:
            found.add(lines[effect.target])
    return frozenset(found)
