"""When does it fail? Conditions on the numbers that matter under which most failures lie (PRIM, and a tree beside)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tripleaim.stress.discovery import BoxLimit, boxes, reproducibility, tree
from tripleaim.stress.discovery.bins import Flags
from tripleaim.stress.draws import draw
from tripleaim.stress.engine import Engine
from tripleaim.stress.factors import Factor
from tripleaim.stress.readings import BALANCED
from tripleaim.stress.response import Floats, respond
from tripleaim.stress.streams import Streams
from tripleaim.stress.why.figures import as_written

DRAWS = 10_000
"""The first ones of the headline, which takes as many unless others are asked for: so the shares are the same."""
SEARCHED = 30
"""Numbers the search may set a limit on."""
BOXES = 2
CONDITIONS = 4
"""Conditions of one box, at most: more cannot be kept in mind."""
ENDS = 6
TIMES = 6
"""Searches in random halves of the draws, which say how solid a condition is."""
RARE = 0.05
"""Fewer draws than this share on one side are too few to say what they have in common."""
LUCK = 0.5
"""A condition found again in fewer searches than this share is luck, and let go."""
WIDE = 0.85
"""A condition that more than this share of all draws keeps to says little, and is let go."""
WORST = 0.8
"""The worst fifth lies above this quantile."""
FINER = 10
"""A limit is written to a tenth of what a value of its number is: a box is looked for to a hundredth of a range."""


class Sought(StrEnum):
    """Which draws are searched for."""

    SHORT = "short"
    """Those that are short, where up to half of them are."""
    BALANCE = "balance"
    """Those in balance, where more than half are short."""
    WORST = "worst fifth"
    """The fifth with the largest figure, of a pressure, or where nearly all draws are on one side of balance."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What one number has to be."""

    name: str
    """Name of the input; driver/ and its key for a shared driver."""
    label: str
    """What it is, in a planner's words."""
    unit: str
    """Unit of the limits; empty for a driver, whose limits are shares: 0.3 has three in ten of what is likely below it.
    """
    width: float
    """From the low to the high of the plan's own range; 0 for a driver."""
    lowest: float
    """The low of the plan's own range; 0 for a driver."""
    at_least: float | None
    """It is this or more; None where it may be as small as it can be."""
    below: float | None
    """It is less than this; None where it may be as large as it can be."""
    quasi_p: float
    """How likely chance alone would make the draws inside so alike if this did not matter."""
    found_again: float | None
    """Share of searches in random halves of the draws that set a limit on it too: near 1 is solid. None for the second
    view, which is not searched again."""

    @property
    def fineness(self) -> float:
        """The width to whose decimals a limit is written, in words and pictures alike."""
        return self.width / FINER


Teller = Callable[[BoxLimit, float | None], Condition]
"""A limit of a search, and how often it was found again, in the plan's own words and units."""
Rounder = Callable[[BoxLimit], BoxLimit]
"""A limit of a search, as it is written."""


@dataclass(frozen=True, kw_only=True)
class Where:
    """Conditions that hold at once, and what lies inside them as they are written: the printed box is the box."""

    conditions: tuple[Condition, ...]
    """What all of them ask, one number each."""
    coverage: float
    """Share of all draws sought that lie inside."""
    density: float
    """Share of the draws inside that are sought."""
    mass: float
    """Share of all draws that lie inside."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Where the draws sought lie."""

    sought: Sought
    """Which draws are searched for: short, balance or worst fifth."""
    above: float
    """The figure parts at this amount, GBP: nought, or where the worst fifth begins."""
    share: float
    """Share of all draws that are sought."""
    draws: int
    """How many were searched."""
    boxes: tuple[Where, ...]
    """The second counts only draws outside the first. A box that is hardly denser than all draws is left out, so there
    is none where no few numbers tell the draws sought from the rest."""
    ends: tuple[Where, ...]
    """The second view: all draws parted by a few yes-or-no questions, the densest first."""


def failure(engine: Engine, factors: Sequence[Factor], seed: int, *, is_pressure: bool, draws: int = DRAWS) -> Failure:
    """Search the draws for what failures have in common.

    engine  : with one output, the shortfall or pressure
    factors : those that matter, the strongest first; up to 30 are searched. An input is searched by its value, a driver
              by how far up what is likely it stands
    """
    sampler = Streams(seed)
    searched = factors[:SEARCHED]
    values = draw(engine.inputs, sampler, 0, draws).values
    figures = respond(engine, values)[0]
    sought, above, hit = what_is_sought(figures, is_pressure=is_pressure)
    share = float(hit.mean())
    if not searched or not hit.any():
        return Failure(sought=sought, above=above, share=share, draws=draws, boxes=(), ends=())
    chances = sampler.uniforms([factor.name for factor in searched if factor.is_driver] or ["none"], 0, draws)
    drivers = iter(chances)
    table = np.stack([next(drivers) if factor.is_driver else values[factor.rows[0]] for factor in searched])
    told, rounded = _teller(engine, searched), _rounder(engine, searched)
    return Failure(
        sought=sought,
        above=above,
        share=share,
        draws=draws,
        boxes=tuple(_boxes(table, hit, told, rounded, seed)),
        ends=tuple(_ends(table, hit, told, rounded)),
    )


def _boxes(table: Floats, hit: Flags, told: Teller, rounded: Rounder, seed: int) -> Iterator[Where]:
    """One box after another, each among the draws the earlier ones left, with the few conditions that are no luck.

    table : (number, draw)    hit : (draw,), True for draws that are sought
    """
    rest = np.ones(len(hit), dtype=np.bool_)
    for _ in range(BOXES):
        some, some_hit = table[:, rest], hit[rest]
        found = boxes(some, some_hit)
        if not found:
            return
        again = reproducibility(some, some_hit, seed=seed, times=TIMES)
        holds = {limit: limit.holds(table[limit.input]) for limit in map(rounded, found[0].limits)}
        limits = [limit for limit, held in holds.items() if again[limit.input] >= LUCK and held.mean() <= WIDE]
        inside = rest.copy()
        for limit in limits[:CONDITIONS]:
            inside &= holds[limit]
        density = float(hit[inside].mean()) if inside.any() else 0.0
        if not limits or not _tells(density, float(hit.mean())):
            return
        conditions = tuple(told(limit, float(again[limit.input])) for limit in limits[:CONDITIONS])
        yield _where(conditions, inside, hit)
        rest &= ~inside
        if not hit[rest].any() or hit[rest].all():
            return


def _ends(table: Floats, hit: Flags, told: Teller, rounded: Rounder) -> list[Where]:
    """The ends of the tree, the densest first."""
    found = []
    for box in tree(table, hit, ends=ENDS):
        limits = [rounded(limit) for limit in box.limits]
        inside = np.ones(len(hit), dtype=np.bool_)
        for limit in limits:
            inside &= limit.holds(table[limit.input])
        if inside.any():
            conditions = tuple(told(limit, None) for limit in limits)
            found.append(_where(conditions, inside, hit))
    return sorted(found, key=lambda end: -end.density)


def _where(conditions: tuple[Condition, ...], inside: Flags, hit: Flags) -> Where:
    """What lies inside. inside, hit : (draw,)"""
    return Where(
        conditions=conditions,
        coverage=float(hit[inside].sum() / hit.sum()),
        density=float(hit[inside].mean()),
        mass=float(inside.mean()),
    )


def _tells(density: float, share: float) -> bool:
    """Whether the draws inside are clearly denser than all: half as dense again, or half the way to all of them."""
    return density >= min(1.5 * share, (1 + share) / 2)


def what_is_sought(figures: Floats, *, is_pressure: bool) -> tuple[Sought, float, Flags]:
    """Which draws to search for, the figure at which they part from the rest, and (draw,) True for each.

    figures : (draw,), GBP, positive = short, or above the opening year

    >>> what_is_sought(np.array([-1.0, 2.0, -1.0, -1.0]), is_pressure=False)[0].value
    'short'
    >>> what_is_sought(np.array([1.0, 2.0, 3.0, -1.0]), is_pressure=False)[0].value
    'balance'
    >>> what_is_sought(np.array([1.0, 2.0, 3.0, -1.0]), is_pressure=True)[2].tolist()
    [False, False, True, False]
    """
    is_short = figures > BALANCED
    share = float(is_short.mean())
    if is_pressure or not RARE <= share <= 1 - RARE:
        above = float(np.quantile(figures, WORST))
        return Sought.WORST, above, figures > above
    return (Sought.SHORT, 0.0, is_short) if share <= 0.5 else (Sought.BALANCE, 0.0, ~is_short)


def _teller(engine: Engine, searched: Sequence[Factor]) -> Teller:
    def condition(limit: BoxLimit, found_again: float | None) -> Condition:
        factor = searched[limit.input]
        each = None if factor.is_driver else engine.inputs[factor.rows[0]]
        return Condition(
            name=factor.name,
            label=factor.label if each is None else each.label,
            unit="" if each is None else each.unit,
            width=0.0 if each is None else each.spread.range.width,
            lowest=0.0 if each is None else each.spread.range.low,
            at_least=limit.at_least,
            below=limit.below,
            quasi_p=limit.quasi_p,
            found_again=found_again,
        )

    return condition


def _rounder(engine: Engine, searched: Sequence[Factor]) -> Rounder:
    """Limits to the decimals they are written with; those of a driver to whole shares of a hundred."""

    def written_as(factor: Factor, value: float) -> float:
        if factor.is_driver:
            share = round(value, 2)
            return share if 0 < share < 1 else value
        each = engine.inputs[factor.rows[0]]
        return as_written(each.name, each.unit, value, width=each.spread.range.width / FINER)

    def rounded(limit: BoxLimit) -> BoxLimit:
        factor = searched[limit.input]
        at_least, below = (None if end is None else written_as(factor, end) for end in (limit.at_least, limit.below))
        return replace(limit, at_least=at_least, below=below)

    return rounded
