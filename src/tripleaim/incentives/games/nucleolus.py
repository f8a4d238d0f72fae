"""The nucleolus: the one share that makes the worst-off coalition as content as can be, then the next, and so on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from tripleaim.errors import Impossible
from tripleaim.incentives.games.core import members, size
from tripleaim.incentives.games.game import Floats, Game

_BINDS = 1e-7
"""Price of a limit from which on it binds in every solution; the prices of a round add up to 1."""


def nucleolus(game: Game) -> dict[str, float]:
    """The prenucleolus: among shares of the whole the one whose excesses v(S) − x(S), sorted, are least.

    It lies in the core wherever there is one. Each round finds the least ε and the coalitions that have it in every
    solution (those whose limit has a price); what they fix stays fixed in the next round.

    returns : player → amount, in the unit of the game
    source  : Schmeidler 1969; rounds of linear programs after Maschler, Peleg and Shapley 1979

    >>> from tripleaim.incentives.games.game import game
    >>> bankrupt = game({"a": 0, "b": 0, "c": 0, ("a", "b"): 0, ("a", "c"): 0, ("b", "c"): 100, ("a", "b", "c"): 200})
    >>> {name: round(amount, 6) for name, amount in nucleolus(bankrupt).items()}
    {'a': 50.0, 'b': 75.0, 'c': 75.0}
    """
    players, unit = len(game.players), size(game)
    inside, values = members(game), game.values / unit
    fixed, worth = inside[-1:], values[-1:]
    left = np.arange(1, len(values) - 1)
    while len(fixed) < players:
        epsilon, prices = _round(inside[left], values[left], fixed, worth)
        before = len(fixed)
        for binding in left[prices > _BINDS]:
            if not _follow(fixed, inside[[binding]])[0]:  # else what is fixed says it already, but for rounding
                fixed, worth = np.vstack([fixed, inside[binding]]), np.append(worth, values[binding] - epsilon)
        if len(fixed) == before:
            raise Impossible("The nucleolus was not found: no coalition binds.")
        left = left[~_follow(fixed, inside[left])]
    return dict(zip(game.players, (unit * np.linalg.solve(fixed, worth)).tolist(), strict=True))


def _round(inside: Floats, values: Floats, fixed: Floats, worth: Floats) -> tuple[float, Floats]:
    """The least ε, and the price of each coalition's limit."""
    count, players = inside.shape
    solved = linprog(
        c=[*np.zeros(players), 1.0],
        A_ub=np.hstack([-inside, -np.ones((count, 1))]),
        b_ub=-values,
        A_eq=np.hstack([fixed, np.zeros((len(fixed), 1))]),
        b_eq=worth,
        bounds=(None, None),
        method="highs",
    )
    if not solved.success:
        raise Impossible(f"The nucleolus was not found: {solved.message}")
    return float(solved.fun), -np.asarray(solved.ineqlin.marginals)


def _follow(fixed: Floats, others: Floats) -> NDArray[np.bool_]:
    """(coalition,): True where what is fixed says what a coalition has."""
    basis, sizes, _ = np.linalg.svd(fixed.T, full_matrices=False)
    basis = basis[:, sizes > 1e-9]
    rest: Floats = others - (others @ basis) @ basis.T
    follows: NDArray[np.bool_] = np.abs(rest).max(axis=1) < 1e-9
    return follows
