"""A cooperative game with transferable utility: players, and the value of every coalition of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tripleaim.errors import Impossible

Floats = NDArray[np.float64]
Number = int | float | Fraction
Coalition = str | Collection[str]
"""Names of its players; of one player the name will do."""

MOST_PLAYERS = 20
"""Players whose coalitions, a million and more, are all held."""
TOLD = 3
"""Coalitions named where many are missing."""


@dataclass(frozen=True, eq=False)
class Game:
    """Players and values; made by `game` or `game_by`."""

    players: tuple[str, ...]
    """Names, in the order of every answer."""
    numbers: tuple[Number, ...]
    """Value of each coalition: bit n of its position is set where player n is in it. The first, of nobody, is 0."""

    @cached_property
    def values(self) -> Floats:
        """The same as floating point, (coalition,)."""
        found = np.array([float(each) for each in self.numbers])
        found.setflags(write=False)
        return found

    @property
    def is_exact(self) -> bool:
        """True where every value is a whole number or a fraction: Shapley values are then fractions too."""
        return all(isinstance(each, int | Fraction) for each in self.numbers)

    @property
    def whole(self) -> float:
        """What all players bring about together."""
        return float(self.values[-1])

    def value(self, coalition: Coalition) -> Number:
        """Value of one coalition.

        raises : Impossible for a name that is no player's
        """
        return self.numbers[position(self.players, coalition)]

    def members(self, coalition: int) -> tuple[str, ...]:
        """Names of the players of a coalition, by its position."""
        return tuple(name for n, name in enumerate(self.players) if coalition >> n & 1)


def game(values: Mapping[Coalition, Number], players: Sequence[str] | None = None) -> Game:
    """A game from the value of every coalition.

    values  : coalition → value, in one unit; that of nobody may be left out, and is 0
    players : their order; as they first come in `values` if left out
    raises  : Impossible for a coalition that is missing or there twice, a value that is no number, a value of nobody
              that is not 0, no player, a name twice, or more than `MOST_PLAYERS`

    >>> from fractions import Fraction
    >>> glove = game({"left": 0, "right": 0, "other": 0, ("left", "right"): 1, ("left", "other"): 1,
    ...               ("right", "other"): 0, ("left", "right", "other"): Fraction(1)})
    >>> glove.players, glove.value(("right", "left"))
    (('left', 'right', 'other'), 1)
    """
    every = [(_names(each), value) for each, value in values.items()]
    names = tuple(dict.fromkeys(name for each, _ in every for name in each) if players is None else players)
    _check_players(names)
    found: dict[int, Number] = {}
    for each, value in every:
        where = position(names, each)
        if where in found:
            raise Impossible(f"The coalition {_told(each)} has two values; expected one.")
        found[where] = _number(each, value)
    if found.setdefault(0, 0) != 0:
        raise Impossible(f"Nobody together has the value {found[0]}; expected 0.")
    missing = [n for n in range(2 ** len(names)) if n not in found]
    if missing:
        some = "; ".join(_told([name for k, name in enumerate(names) if n >> k & 1]) for n in missing[:TOLD])
        raise Impossible(f"{len(missing):,} of {2 ** len(names) - 1:,} coalitions have no value: {some}.")
    return Game(names, tuple(found[n] for n in range(2 ** len(names))))


def game_by(players: Sequence[str], value: Callable[[frozenset[str]], Number]) -> Game:
    """A game from a function that values a coalition; it is asked once of each but nobody.

    raises : as `game`
    """
    _check_players(players)
    coalitions = [frozenset(name for k, name in enumerate(players) if n >> k & 1) for n in range(1, 2 ** len(players))]
    return Game(tuple(players), (0, *(_number(each, value(each)) for each in coalitions)))


def position(players: Sequence[str], coalition: Coalition) -> int:
    """Position of a coalition's value.

    raises : Impossible for a name that is no player's

    >>> position(["a", "b", "c"], ["c", "a"])
    5
    """
    where = 0
    for name in _names(coalition):
        if name not in players:
            raise Impossible(f"{name} is no player; the players are {', '.join(players)}.")
        where |= 1 << list(players).index(name)
    return where


def _names(coalition: Coalition) -> Collection[str]:
    return (coalition,) if isinstance(coalition, str) else coalition


def _number(coalition: Iterable[str], value: Number) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction) or not np.isfinite(float(value)):
        raise Impossible(f"The coalition {_told(coalition)} has the value {value}; expected a number.")
    return value


def _check_players(players: Sequence[str]) -> None:
    if not players or len(set(players)) < len(players):
        raise Impossible(f"The players are {', '.join(players) or 'nobody'}; expected one or more, each once.")
    if len(players) > MOST_PLAYERS:
        raise Impossible(
            f"There are {len(players)} players; at most {MOST_PLAYERS} can have every coalition valued. Group them, or "
            "ask for a sampled Shapley value."
        )


def _told(coalition: Iterable[str]) -> str:
    return " + ".join(coalition) or "nobody"
