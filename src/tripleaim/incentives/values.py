"""What every coalition is worth: the better position of its members where it carries out what it can (note 16)."""

from __future__ import annotations

import numpy as np

from tripleaim.incentives.amounts import Array
from tripleaim.incentives.blocs import Blocs
from tripleaim.incentives.games import Game


def gains(positions: Array, nothing: Array) -> Array:
    """What each body gains against doing nothing, of any shape, body first."""
    found: Array = positions - nothing
    return found


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


def goes_ahead(expected: Array) -> Array:
    """Whether a coalition carries out what it can, decided once, by what it expects: (coalition,), 1 or 0.

    expected : (coalition,), what its members gain together; all partners together go ahead in any case, for what they
               agree on is the plan
    """
    found: Array = (expected > 0).astype(np.float64)
    found[0], found[-1] = 0.0, 1.0
    return found


def game_of(players: Blocs, expected: Array) -> Game:
    """The game of what coalitions expect, GBP."""
    worth = expected * goes_ahead(expected)
    return Game(players.players, tuple(float(each) for each in worth))
