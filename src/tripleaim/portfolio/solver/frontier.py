"""Choices of which none is better in every way: what more of one aim costs in another."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.portfolio.solver.aim import Aim
from tripleaim.portfolio.solver.best import NORMAL, best_of_sound
from tripleaim.portfolio.solver.found import Effort, Found, NothingFits, gap
from tripleaim.portfolio.solver.menu import ROUNDING, Menu, check, largest, worth
from tripleaim.portfolio.solver.rules import Floor

Told = Callable[[int, int], None]
"""Called with how many searches are done, and of how many at most."""
Values = tuple[float, ...]


def silent(done: int, of: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One choice on the frontier."""

    chosen: tuple[str, ...]
    """Options taken, in the order of the menu."""
    values: Values
    """(aim,): what it brings of each."""
    bound: float
    """What no choice that brings as much of the other aims as was asked can exceed in the first."""
    gap: float
    """How far that lies above, as a share of what the choice adds to choosing nothing."""
    stopped: str = ""
    """Why a search stopped short of the gap asked for; empty where none did."""


@dataclass(frozen=True, kw_only=True)
class Frontier:
    """Choices of which none is better in every way, by falling value of the first aim."""

    aims: tuple[str, ...]
    points: tuple[Point, ...]
    missed: int
    """Levels at which the search was stopped before it found any choice."""


def frontier(
    menu: Menu, aims: Sequence[Aim], points: int = 5, effort: Effort = NORMAL, told: Told = silent
) -> Frontier:
    """Choices that trade two or three aims: the most of the first while the others reach levels evenly spaced.

    Levels run from what the other aims come to where they are looked at last to the most that they can reach; of equal
    choices, the one with more of the other aims is taken. Levels that give the same choice give one point, and a choice
    that another equals or betters in every aim is left out, so there may be fewer points than levels. With three aims
    there are levels² of them, and the lowest level is that of the three best choices, which can lie above the lowest on
    the whole frontier.

    aims   : two or three, each to be large
    points : levels of each aim but the first, 2 or more
    effort : of each search
    told   : called as searches are done
    raises : NothingFits where no choice keeps to everything; Impossible for another number of aims or levels, a menu or
             aims that are not whole
    source : ε-constraint with lexicographic optima, Mavrotas 2009 (Applied Mathematics and Computation 213:455)

    >>> menu = Menu(options=("a", "b", "c"), one_of=(("a", "b", "c"),))
    >>> money, health = Aim(name="money", value=(5, 4, 1)), Aim(name="health", value=(1, 3, 4))
    >>> [(point.chosen, point.values) for point in frontier(menu, (money, health), points=3).points]
    [(('a',), (5.0, 1.0)), (('b',), (4.0, 3.0)), (('c',), (1.0, 4.0))]
    """
    check(menu, *aims)
    if len(aims) not in (2, 3) or points < 2:
        raise Impossible("A frontier is of two or three aims, at two levels or more.")
    of, done = len(aims) + points ** (len(aims) - 1), itertools.count(1)
    search = _Search(menu=menu, aims=tuple(aims), effort=effort)
    ends: list[Point | None] = []
    for first in range(len(aims)):
        order = (first, *(k for k in range(len(aims)) if k != first))
        ends.append(search.lexicographic(menu, order))
        told(next(done), of)
    found = [each for each in ends if each is not None]
    missed = len(ends) - len(found)
    for level in search.levels(found, points):
        try:
            point = search.known_at(level) or search.at_least(level)
        except NothingFits:
            point = None
        else:
            missed += point is None
        if point is not None:
            found.append(point)
        told(next(done), of)
    return Frontier(aims=tuple(aim.name for aim in aims), points=search.efficient(found), missed=missed)


@dataclass(kw_only=True, eq=False)
class _Search:
    """Searches for points, and what they have shown so far."""

    menu: Menu
    aims: tuple[Aim, ...]
    effort: Effort
    known: list[tuple[Values, Point | None]] = field(default_factory=list)
    """Levels of the other aims, and the best of the first that reaches them; None where nothing does."""
    highest: float = math.inf
    """What no choice on the menu can exceed in the first aim."""

    def levels(self, ends: Sequence[Point], points: int) -> Iterator[Values]:
        """Levels of every aim but the first; what the ends already show is remembered."""
        if not ends:
            return iter(())
        others = range(1, len(self.aims))
        table = np.array([point.values for point in ends])
        own = [np.linspace(table[:, k].min(), table[:, k].max(), points).tolist() for k in others]
        top = max(ends, key=lambda point: point.values)
        self.known.append(((-math.inf,) * len(others), top))
        if len(self.aims) == 2:  # the most of the second aim, and then of the first
            self.known.append(((own[0][-1],), ends[-1]))
        return itertools.product(*own)

    def known_at(self, level: Values) -> Point | None:
        """The best point at some levels, where an easier level has shown it already.

        raises : NothingFits where an easier level has shown that there is none
        """
        for easier, point in self.known:
            if all(low <= high for low, high in zip(easier, level, strict=True)):
                if point is None:
                    raise NothingFits("An easier level is out of reach.")
                if all(self._reaches(k + 1, point.values[k + 1], least) for k, least in enumerate(level)):
                    return point
        return None

    def at_least(self, level: Values) -> Point | None:
        """The most of the first aim, then of the others, while the others reach their levels."""
        floors = [_floor(aim, least) for aim, least in zip(self.aims[1:], level, strict=True)]
        menu = replace(self.menu, floors=(*self.menu.floors, *floors))
        try:
            point = self.lexicographic(menu, tuple(range(len(self.aims))))
        except NothingFits:
            self.known.append((level, None))
            raise
        if point is not None:
            self.known.append((level, point))
        return point

    def lexicographic(self, menu: Menu, order: Sequence[int]) -> Point | None:
        """The most of one aim, then of the next without less of those before (but for `_room`); None where the search
        was stopped.

        raises : NothingFits where no choice keeps to the menu
        """
        chosen: tuple[str, ...] | None = None
        bound, stopped = math.inf, ""
        for k in order:
            found = self._better(menu, self.aims[k], chosen)
            if found.chosen is None:
                return None
            chosen, stopped = found.chosen, stopped or found.stopped
            if k == 0:
                bound = min(found.bound, self.highest)
                self.highest = bound if menu is self.menu else self.highest
            menu = replace(menu, floors=(*menu.floors, _floor(self.aims[k], found.value - self._room(k, found.value))))
        assert chosen is not None
        values = tuple(worth(self.menu, aim, chosen) for aim in self.aims)
        return Point(
            chosen=chosen,
            values=values,
            bound=max(bound, values[0]),
            gap=gap(values[0], bound, self.aims[0].constant),
            stopped=stopped,
        )

    def _room(self, k: int, value: float) -> float:
        """How much of an aim may be given for the next: none of the first; of the others what the search leaves open in
        any case, because right at their most there is hardly another choice to be found.
        """
        return self.effort.gap * max(0.0, value - self.aims[k].constant) if k else 0.0

    def _better(self, menu: Menu, aim: Aim, before: tuple[str, ...] | None) -> Found:
        """The best of one aim, which is no worse than a choice already known to keep to the menu."""
        if before is None:
            return best_of_sound(menu, aim, self.effort)
        value = worth(menu, aim, before)
        try:
            found = best_of_sound(menu, aim, self.effort)
        except NothingFits:  # the choice before reaches its own level but for rounding
            return Found(chosen=before, value=value, bound=value, gap=0.0, nodes=0)
        if found.value >= value:
            return found
        return replace(found, chosen=before, value=value, gap=gap(value, found.bound, aim.constant))

    def efficient(self, found: Sequence[Point]) -> tuple[Point, ...]:
        """Each choice once, without those that another equals in every aim and betters in one."""
        different = list({point.chosen: point for point in found}.values())
        kept: list[Point] = []
        for point in sorted(different, key=lambda point: point.values, reverse=True):
            covered = any(self._covers(other, point) for other in different if other is not point)
            if not covered and not any(self._equals(other, point) for other in kept):
                kept.append(point)
        return tuple(kept)

    def _covers(self, one: Point, other: Point) -> bool:
        pairs = list(enumerate(zip(one.values, other.values, strict=True)))
        more = any(a > b + ROUNDING * largest(self.aims[k]) for k, (a, b) in pairs)
        return more and all(self._reaches(k, a, b) for k, (a, b) in pairs)

    def _equals(self, one: Point, other: Point) -> bool:
        return all(self._reaches(k, a, b) for k, (a, b) in enumerate(zip(one.values, other.values, strict=True)))

    def _reaches(self, k: int, value: float, least: float) -> bool:
        return value >= least - ROUNDING * largest(self.aims[k])


def _floor(aim: Aim, least: float) -> Floor:
    return Floor(name=f"at least {least:g} of {aim.name}", aim=aim, at_least=least)
