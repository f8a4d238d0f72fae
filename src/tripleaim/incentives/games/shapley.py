"""The Shapley value: each player's mean marginal contribution over all orders in which players may join."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.incentives.games.game import Floats, Game, Number
from tripleaim.stress.streams import generator


def shapley(game: Game) -> dict[str, Number]:
    """The Shapley value of every player; adds up to what all bring about together.

    returns : player → value, in the unit of the game; fractions where the game is exact
    source  : Shapley 1953: Σ over coalitions S without i of |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S))

    >>> from tripleaim.incentives.games.game import game
    >>> shapley(game({"a": 0, "b": 0, "c": 0, ("a", "b"): 1, ("a", "c"): 1, ("b", "c"): 0, ("a", "b", "c"): 1}))
    {'a': Fraction(2, 3), 'b': Fraction(1, 6), 'c': Fraction(1, 6)}
    """
    players = len(game.players)
    coalitions = np.arange(2**players)
    sizes = np.bitwise_count(coalitions)
    found: dict[str, Number] = {}
    for n, name in enumerate(game.players):
        without = coalitions[coalitions >> n & 1 == 0]
        if game.is_exact:
            found[name] = _exact(game, without.tolist(), 1 << n)
        else:
            weights = np.array([1 / (players * comb(players - 1, size)) for size in range(players)])
            gains = game.values[without | 1 << n] - game.values[without]
            found[name] = float(weights[sizes[without]] @ gains)
    return found


def _exact(game: Game, without: list[int], player: int) -> Fraction:
    players = len(game.players)
    by_size = [Fraction(0)] * players
    for each in without:
        by_size[each.bit_count()] += Fraction(game.numbers[each | player]) - Fraction(game.numbers[each])
    return sum((gain / (players * comb(players - 1, size)) for size, gain in enumerate(by_size)), Fraction(0))


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """A Shapley value estimated from some orders of joining."""

    value: Mapping[str, float]
    """Player → estimate; they add up to what all bring about together."""
    error: Mapping[str, float]
    """Player → standard error of the estimate."""
    orders: int
    """How many orders were drawn."""


def shapley_sampled(
    players: Sequence[str], value: Callable[[frozenset[str]], float], orders: int = 1000, seed: int = 1
) -> Sampled:
    """The Shapley value of a game too large for every coalition, from random orders of joining.

    value  : what a coalition brings about; asked of nobody too
    orders : two or more; the standard error falls with their square root
    raises : Impossible for fewer than two orders, or no player
    source : Castro, Gómez and Tejada 2009 (Computers & Operations Research 36:1726)
    """
    if orders < 2 or not players:
        raise Impossible(f"{orders} orders of {len(players)} players; expected two orders and one player at least.")
    random = generator(seed, "shapley/orders")
    gains: Floats = np.empty((orders, len(players)))
    known: dict[frozenset[str], float] = {}

    def worth(coalition: frozenset[str]) -> float:
        if coalition not in known:
            known[coalition] = float(value(coalition))
        return known[coalition]

    for row in gains:
        joined: frozenset[str] = frozenset()
        for n in random.permutation(len(players)):
            larger = joined | {players[n]}
            row[n] = worth(larger) - worth(joined)
            joined = larger
    error = gains.std(axis=0, ddof=1) / np.sqrt(orders)
    return Sampled(
        value=dict(zip(players, gains.mean(axis=0).tolist(), strict=True)),
        error=dict(zip(players, error.tolist(), strict=True)),
        orders=orders,
    )
