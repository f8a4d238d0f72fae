"""Would an agreement hold? Fixed transfers tested against what every coalition could have, draw by draw."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.incentives.agreement.mistakes import Mistakes
from tripleaim.incentives.games.core import NOTHING
from tripleaim.incentives.games.game import Floats
from tripleaim.stress.error import Z, error_of_chance

AT_ONCE = 64_000
"""Figures looked at together: half a megabyte stays in the processor's own memory, which is several times as fast."""
TOLD = 12
"""Coalitions told, the most frequent first."""


@dataclass(frozen=True, kw_only=True)
class Chance:
    """A share of draws, and how far it may be out because there are only so many."""

    share: float
    """Share of the draws, 0 to 1."""
    error: float
    """Standard error of it, √(p (1 − p) / n): 0 where none or all of the draws have it; `between` tells more there."""
    between: tuple[float, float]
    """What endless draws would give lies between these, 19 times in 20 (Wilson 1927); of some width even at 0 and 1."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """How an agreement treats one player over the draws."""

    player: str
    """Who."""
    than_alone: Chance
    """It has no less than it would by going its own way: individually rational."""
    than_today: Chance
    """It has no less than if nothing were agreed or done."""
    than_left_out: Chance | None
    """It has no less than if the others went ahead without it; None where that was not given."""
    mean: float
    """Its position after transfers, mean over the draws, in the unit given."""
    short_by: float
    """Mean of what it lacks against going its own way, over the draws in which it lacks any; 0 where there are none."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A coalition that in some draws would have more by going its own way."""

    coalition: tuple[str, ...]
    """Its players; all of them where they would have more by another course together."""
    chance: Chance
    """Draws in which it would."""
    lacks: float
    """How much more it would have, together: mean over those draws, in the unit given."""
    error: float
    """Standard error of that mean; 0 where there is one such draw."""


@dataclass(frozen=True, kw_only=True)
class Stability:
    """Whether an agreement of fixed transfers holds, over the draws."""

    draws: int
    """How many."""
    players: tuple[Held, ...]
    """Each player, in order."""
    in_core: Chance
    """No coalition would have more by going its own way."""
    rational: Chance
    """No player would have more by itself."""
    walks: tuple[Walk, ...]
    """Coalitions that would, the most frequent first; at most `TOLD`."""
    walking: int
    """How many coalitions would in one draw or more."""


def stability(
    players: Sequence[str],
    before: Floats,
    transfers: Mapping[str, float],
    values: Floats,
    left_out: Floats | None = None,
    tolerance: float = 0.0,
    bystanders: Collection[str] = (),
) -> Stability:
    """Whether an agreement of fixed transfers holds in each draw.

    The transfers are agreed once and stay what they are; what each player has before them is uncertain. In draw d
    player i has yᵢ(d) + tᵢ, a coalition S has their sum, and it walks away where v(S, d) is more than that.

    players   : names, player n being bit n of a coalition's position
    before    : (player, draw), y: positions under today's rules with everybody taking part
    transfers : player → t, the same in every draw; positive receives. They may add up to more than 0 where an outside
                fund pays
    values    : (coalition, draw), v in the order of `games.Game.numbers`; the first, of nobody, 0
    left_out  : (player, draw), what each has if the others go ahead without it
    tolerance : what anybody, alone or in a coalition, may lack and still stay, in the unit given; 0 or more
    bystanders: players that add nothing to any coalition and have nothing at stake: coalitions with them are not told
    raises    : PlanProblems for a player without a transfer or a transfer without a player; ValueError for shapes that
                do not fit, no draw, or figures that are no numbers
    source    : method note 16

    >>> values = np.array([[0.0, 0.0], [0.0, 2.0], [0.0, 0.0], [4.0, 4.0]])
    >>> found = stability(["a", "b"], np.array([[3.0, 3.0], [1.0, 1.0]]), {"a": -2.0, "b": 2.0}, values)
    >>> found.in_core.share, found.walks[0].coalition, found.walks[0].lacks
    (0.5, ('a',), 1.0)
    """
    _check(players, before, transfers, values, left_out)
    after = before + np.array([[float(transfers[name])] for name in players])
    draws = after.shape[1]
    nothing = max(tolerance, NOTHING * max(_size(values), _size(after)))
    idle = sum(1 << n for n, name in enumerate(players) if name in bystanders)
    walks, walking, holds, alone = _walks(players, after, values, nothing, idle)
    return Stability(
        draws=draws,
        players=tuple(
            _held(name, after[n], values[1 << n], None if left_out is None else left_out[n], nothing)
            for n, name in enumerate(players)
        ),
        in_core=_chance(int(np.count_nonzero(holds)), draws),
        rational=_chance(int(np.count_nonzero(alone)), draws),
        walks=walks,
        walking=walking,
    )


def _size(figures: Floats) -> float:
    """The largest, positive or negative."""
    return float(max(figures.max(), -figures.min()))


def _walks(
    players: Sequence[str], after: Floats, values: Floats, nothing: float, idle: int
) -> tuple[tuple[Walk, ...], int, Floats, Floats]:
    """The coalitions that walk away most often; how many do; by draw, 1 where none does, and where no single one does.

    nothing : up to what a lack is none
    idle    : position of the coalition of those with whom no coalition is told
    """
    count, draws = values.shape
    holds, alone = np.ones(draws), np.ones(draws)
    times, lacking, squares = np.zeros(count), np.zeros(count), np.zeros(count)
    step = max(1, AT_ONCE // draws)
    for first in range(1, count, step):
        these = slice(first, min(first + step, count))
        lacks = values[these] - _members(np.arange(count)[these], len(players)) @ after
        walk = lacks > nothing
        lacks *= walk
        times[these], lacking[these] = walk.sum(axis=1), lacks.sum(axis=1)
        squares[these] = np.einsum("cd,cd->c", lacks, lacks)
        holds[walk.any(axis=0)] = 0
        singles = [each - first for each in (1 << n for n in range(len(players))) if these.start <= each < these.stop]
        alone[walk[singles].any(axis=0)] = 0
    times[(np.arange(count) & idle) != 0] = 0
    mean = lacking / np.maximum(times, 1)
    spread = np.sqrt(np.maximum(squares - times * mean**2, 0) / np.maximum(times - 1, 1))
    steps = np.rint(mean / nothing) if nothing else mean  # two that differ by rounding come in the order of their names
    order = np.lexsort((np.arange(count), np.bitwise_count(np.arange(count)), -steps, -times))
    walks = tuple(
        Walk(
            coalition=tuple(name for n, name in enumerate(players) if each >> n & 1),
            chance=_chance(int(times[each]), draws),
            lacks=float(mean[each]),
            error=float(spread[each] / math.sqrt(times[each])),
        )
        for each in order[:TOLD].tolist()
        if times[each]
    )
    return walks, int(np.count_nonzero(times)), holds, alone


def _members(coalitions: NDArray[np.int64], players: int) -> Floats:
    """(coalition, player): 1 where the player is in it."""
    found: Floats = (coalitions[:, None] >> np.arange(players) & 1).astype(np.float64)
    return found


def _held(name: str, has: Floats, alone: Floats, left_out: Floats | None, nothing: float) -> Held:
    lacks, draws = alone - has, len(has)
    short = lacks[lacks > nothing]
    return Held(
        player=name,
        than_alone=_chance(draws - len(short), draws),
        than_today=_chance(int(np.count_nonzero(has >= -nothing)), draws),
        than_left_out=None if left_out is None else _chance(int(np.count_nonzero(left_out - has <= nothing)), draws),
        mean=float(has.mean()),
        short_by=float(short.mean()) if len(short) else 0.0,
    )


def _chance(times: int, draws: int) -> Chance:
    share = times / draws
    middle = (share + Z**2 / (2 * draws)) / (1 + Z**2 / draws)
    half = Z / (1 + Z**2 / draws) * math.sqrt(share * (1 - share) / draws + Z**2 / (4 * draws**2))
    return Chance(
        share=share,
        error=error_of_chance(share, draws),
        between=(max(0.0, middle - half), min(1.0, middle + half)),
    )


def _check(
    players: Sequence[str], before: Floats, transfers: Mapping[str, float], values: Floats, left_out: Floats | None
) -> None:
    shapes = {"before": before.shape, **({} if left_out is None else {"left out": left_out.shape})}
    draws = values.shape[-1]
    for name, shape in shapes.items():
        if shape != (len(players), draws):
            raise ValueError(f"{name} has the shape {shape}; expected {(len(players), draws)}")
    if values.shape != (2 ** len(players), draws) or draws == 0:
        raise ValueError(f"values has the shape {values.shape}; expected {2 ** len(players)} coalitions, some draws")
    if not all(np.isfinite(each).all() for each in (before, values) + (() if left_out is None else (left_out,))):
        raise ValueError("some figures are no numbers")
    wrong = Mistakes()
    wrong.same_names("transfers", transfers, players)
    wrong.numbers("transfers", transfers, least=None)
    if values[0].any():
        wrong.add("coalition values", "nobody together has a value", "0 in every draw", "set it to 0")
    wrong.refuse()
