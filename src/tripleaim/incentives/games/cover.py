"""What a coalition can have where it may split into groups that each go their own way."""

from __future__ import annotations

import numpy as np

from tripleaim.incentives.games.game import Floats, Game


def may_split(game: Game, whole: frozenset[int] = frozenset()) -> Game:
    """The game in which every coalition but all players together may split: v̂(S) = max over its partitions of Σ v(T).

    All together keep their value, for they are asked about as they stand. The core is the same; a Shapley value or a
    nucleolus no longer rests on a coalition that is held to do worse than its own parts. It takes 3ⁿ sums: at once for
    12 players.

    whole  : positions of further coalitions that are asked about as they stand: all but players who add nothing
    source : superadditive cover, Aumann and Dreze 1974 (International Journal of Game Theory 3:217)

    >>> from tripleaim.incentives.games.game import game
    >>> apart = game({"a": 3, "b": 0, "c": 0, ("a", "b"): 1, ("a", "c"): 3, ("b", "c"): 0, ("a", "b", "c"): 2})
    >>> may_split(apart).value(("a", "b")), may_split(apart).whole
    (3.0, 2.0)
    """
    values: Floats = game.values.copy()
    for coalition in range(1, len(values) - 1):
        if coalition in whole:
            continue
        parts = _parts(coalition)
        values[coalition] = max(values[coalition], (values[parts] + values[coalition ^ parts]).max())
    return Game(game.players, tuple(values.tolist()))


def _parts(coalition: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Every part of a coalition, nobody and itself among them; smaller ones have smaller numbers."""
    found = np.zeros(1, dtype=np.int64)
    while coalition:
        lowest = coalition & -coalition
        found = np.concatenate([found, found | lowest])
        coalition ^= lowest
    return found
