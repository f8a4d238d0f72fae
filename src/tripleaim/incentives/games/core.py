"""The core: shares that no coalition could better by going its own way; how far off it is, and what would mend that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from tripleaim.errors import Impossible
from tripleaim.incentives.games.game import Floats, Game

NOTHING = 1e-9
"""Share of the largest value up to which a shortfall is rounding."""


@dataclass(frozen=True, kw_only=True)
class LeastCore:
    """The least that every coalition must be content to go without, so that a share of the whole exists."""

    epsilon: float
    """ε*, in the unit of the game: at most 0 where the core is not empty."""
    share: Mapping[str, float]
    """Player → one share at which no coalition lacks more than ε*."""
    is_empty: bool
    """True where the core itself is empty."""


def least_core(game: Game) -> LeastCore:
    """The least core: min ε so that x(S) ≥ v(S) − ε for every coalition but nobody and all, and x(N) = v(N).

    raises : Impossible for one player alone
    source : Maschler, Peleg and Shapley 1979 (Mathematics of Operations Research 4:303)

    >>> from tripleaim.incentives.games.game import game
    >>> most = game({"a": 0, "b": 0, "c": 0, ("a", "b"): 1, ("a", "c"): 1, ("b", "c"): 1, ("a", "b", "c"): 1})
    >>> found = least_core(most)
    >>> found.is_empty, round(found.epsilon, 6)
    (True, 0.333333)
    """
    if len(game.players) < 2:
        raise Impossible("One player alone shares with nobody.")
    inside, unit = members(game)[1:-1], size(game)
    solved = linprog(
        c=[*(0.0 for _ in game.players), 1.0],
        A_ub=np.hstack([-inside, -np.ones((len(inside), 1))]),
        b_ub=-game.values[1:-1] / unit,
        A_eq=[[*(1.0 for _ in game.players), 0.0]],
        b_eq=[game.whole / unit],
        bounds=(None, None),
        method="highs",
    )
    if not solved.success:
        raise Impossible(f"The least core was not found: {solved.message}")
    return LeastCore(
        epsilon=unit * float(solved.fun),
        share=dict(zip(game.players, (unit * solved.x[:-1]).tolist(), strict=True)),
        is_empty=bool(solved.fun > NOTHING),
    )


def blocking(game: Game, share: Mapping[str, float]) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Coalitions that could better a share by going their own way, and by how much together, the most first.

    share  : player → amount
    raises : Impossible where a player has no amount

    >>> from tripleaim.incentives.games.game import game
    >>> blocking(game({"a": 1, "b": 1, ("a", "b"): 4}), {"a": 0.25, "b": 3.75})
    ((('a',), 0.75),)
    """
    missing = [name for name in game.players if name not in share]
    if missing:
        raise Impossible(f"The share says nothing of {', '.join(missing)}.")
    amounts = np.array([float(share[name]) for name in game.players])
    lacking = game.values - members(game) @ amounts
    found = [n for n in range(1, len(lacking) - 1) if lacking[n] > rounding(game)]
    steps = np.rint(
        lacking / rounding(game)
    )  # two that lack the same but for rounding come in the order of their names
    return tuple(
        (game.members(n), float(lacking[n])) for n in sorted(found, key=lambda n: (-steps[n], n.bit_count(), n))
    )


def cost_of_stability(game: Game) -> float:
    """The least that must be added from outside so that some share of it all leaves no coalition better on its own.

    returns : 0 or more, in the unit of the game: 0 where the core is not empty
    source  : Bachrach et al. 2009, "The cost of stability in coalitional games"
    """
    inside, unit = members(game)[1:], size(game)
    solved = linprog(
        c=np.ones(len(game.players)), A_ub=-inside, b_ub=-game.values[1:] / unit, bounds=(None, None), method="highs"
    )
    if not solved.success:
        raise Impossible(f"The cost of stability was not found: {solved.message}")
    return max(0.0, unit * float(solved.fun) - game.whole)


def is_convex(game: Game) -> bool:
    """True where a player adds no less to a larger coalition: the Shapley value then lies in the core."""
    values, players = game.values, len(game.players)
    every = np.arange(len(values))
    for one in range(players):
        for other in range(one):
            low = every[(every >> one & 1 == 0) & (every >> other & 1 == 0)]
            a, b = low | 1 << one, low | 1 << other
            if (values[a | b] - values[a] - values[b] + values[low] < -rounding(game)).any():
                return False
    return True


def members(game: Game) -> Floats:
    """(coalition, player): 1 where the player is in it."""
    every: NDArray[np.int64] = np.arange(len(game.values))
    found: Floats = (every[:, None] >> np.arange(len(game.players)) & 1).astype(np.float64)
    return found


def size(game: Game) -> float:
    """The largest value, positive or negative; 1 where all are 0. Programs are solved in this unit, because the solver
    takes small numbers, such as pence in a game of billions, for nothing.
    """
    return float(np.abs(game.values).max()) or 1.0


def rounding(game: Game) -> float:
    """Up to what a difference is rounding, in the unit of the game."""
    return NOTHING * size(game)
