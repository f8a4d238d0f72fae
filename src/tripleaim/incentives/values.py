"""What every coalition is worth: the better position of its members where it carries out what it can (note 16)."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from tripleaim.incentives.amounts import Array
from tripleaim.incentives.blocs import Blocs
from tripleaim.incentives.games import Game, may_split

PENNIES = 0.5
"""GBP up to which nothing is at stake."""


def by_player(gained: Array, players: Blocs, members: tuple[str, ...]) -> Array:
    """(member, …) → (player, …)."""
    at = {body: n for n, body in enumerate(members)}
    return np.stack([gained[[at[body] for body in keys]].sum(axis=0) for keys in players.members.values()])


def inside(gained: Array) -> Array:
    """What each coalition's own members gain in its own world: (player, coalition, …) → (coalition, …)."""
    count = gained.shape[0]
    own = (np.arange(gained.shape[1])[:, None] >> np.arange(count) & 1).astype(np.float64)
    found: Array = np.einsum("cp,pc...->c...", own, gained)
    return found


def goes_ahead(expected: Array, whole: Collection[int] = ()) -> Array:
    """Whether a coalition carries out what it can, decided once, by what it expects: (coalition,), 1 or 0.

    expected : (coalition,), what its members gain together; all partners together go ahead in any case, for what they
               agree on is the plan
    whole    : further coalitions that are all together, as `everybody` has it
    """
    found: Array = (expected > 0).astype(np.float64)
    found[list(whole)] = 1.0
    found[0], found[-1] = 0.0, 1.0
    return found


def everybody(players: Blocs, idle: Collection[str]) -> frozenset[int]:
    """Positions of the coalitions of all partners who have anything at stake: with or without those who have nothing.

    idle : names of those who have nothing at stake (`bystanders`)
    """
    last = 2 ** len(players.players) - 1
    spare = sum(1 << n for n, name in enumerate(players.players) if name in idle)
    return frozenset(n for n in range(1, last + 1) if n | spare == last)


def game_of(players: Blocs, expected: Array, idle: Collection[str] = ()) -> Game:
    """The game of what coalitions expect, those outside doing nothing, GBP. A coalition may split into groups that each
    carry out what they can, or nothing.

    idle : names of those who have nothing at stake; they gain and lose nothing by any share that goes by what each adds
    """
    whole = everybody(players, idle)
    worth = expected * goes_ahead(expected, whole)
    return may_split(Game(players.players, tuple(float(each) for each in worth)), whole)


def bystanders(players: Blocs, worth: Collection[Array]) -> tuple[str, ...]:
    """Players that have nothing at stake and add nothing to any coalition, however care is paid for.

    worth : for each way of paying, (player, coalition), what players gain
    """
    found = []
    for n, name in enumerate(players.players):
        coalitions = np.arange(2 ** len(players.players))
        without = coalitions[coalitions >> n & 1 == 0]
        added = (inside(each)[without | 1 << n] - inside(each)[without] for each in worth)
        if all(np.abs(more).max() < PENNIES for more in added) and all(
            np.abs(each[n]).max() < PENNIES for each in worth
        ):
            found.append(name)
    return tuple(found)


def game_others_go_on(players: Blocs, gained: Array, apart: Array) -> Game:
    """The game in which those outside go on together with what they can run, GBP. A coalition that carries out nothing
    still has what their going on brings it, or costs it.

    gained : (player, coalition), what players gain where each coalition carries out what it can, and those outside too
    apart  : (player, coalition), the same where those outside do nothing: what all others do, a coalition standing by,
             is the world of the others
    """
    acting, standing_by = inside(gained), inside(apart[:, ::-1])
    worth = np.maximum(acting, standing_by)
    worth[-1] = acting[-1]  # all partners together go ahead in any case
    return Game(players.players, tuple(float(each) for each in worth))
