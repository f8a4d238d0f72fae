"""One limit, as it is told, as it is held against sets of schemes, and as a rule of the menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.plan.choice_limit import Bound
from tripleaim.portfolio.facts import Facts
from tripleaim.portfolio.offered import LimitTold
from tripleaim.portfolio.solver import Aim, Floor, Rule
from tripleaim.stress.response import Floats

NONE_LEFT = 0.5
"""Units a year. A line with less than this left has ended, and is not below its least volume."""
OUT_BY = 1e-6
"""Share of a limit up to which going past it is rounding."""

Flags = NDArray[np.bool_]

Part = Callable[[Facts], Floats]
"""Facts of some sets → (set,)."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A most or a least of something that sets of schemes use, add by add."""

    told: LimitTold
    """What is told of it."""
    row: int | None = None
    """Row of choice_limits.csv; None where it stands in no row of it."""
    part: Part
    """What is limited, in the limit's unit."""

    def amounts(self, found: Facts) -> Floats:
        """(set,): what some sets use or reach, in the limit's unit."""
        return self.part(found)

    def kept(self, found: Facts) -> Flags:
        """(set,): whether some sets keep it."""
        return is_kept(self.told, self.amounts(found))

    def rule(self, alone: Facts) -> Rule:
        """The limit for the solver.

        alone : facts of the options of the menu, each by itself
        """
        if self.told.bound == Bound.AT_MOST:
            return Rule(name=self.told.name, uses=self.part(alone), at_most=self.told.amount)
        return Rule(name=self.told.name, uses=self.part(alone), at_least=self.told.amount)


@dataclass(frozen=True, kw_only=True)
class ShareLimit(Limit):
    """The least share of something. A set that has nothing to share keeps it."""

    whole: Part
    """What it is a share of."""

    def amounts(self, found: Facts) -> Floats:
        """(set,): the share, 0 where there is nothing to share."""
        part, whole = self.part(found), self.whole(found)
        return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)

    def kept(self, found: Facts) -> Flags:
        """(set,): whether some sets keep it."""
        return np.asarray(is_kept(self.told, self.amounts(found)) | (self.whole(found) <= 0))

    def rule(self, alone: Facts) -> Rule:
        """The share as a sum: the part less so much of the whole is 0 or more."""
        uses = self.part(alone) - self.told.amount * self.whole(alone)
        return Rule(name=self.told.name, uses=uses, at_least=0.0)


@dataclass(frozen=True, kw_only=True)
class VolumeLimit(Limit):
    """The least of one line of care in one year, unless a set ends the line altogether."""

    line: str
    """Key of the line."""
    year: int
    """Position of the year among the plan's."""

    def kept(self, found: Facts) -> Flags:
        """(set,): whether some sets keep it."""
        return np.asarray(is_kept(self.told, self.amounts(found)) | self._ends(found))

    def rule(self, alone: Facts) -> Rule:
        """Together no more may go than lies above the least, unless something ends the line."""
        nothing = float(alone.units_nothing[alone.lines.index(self.line), self.year])
        fewer = nothing - self.part(alone)
        enough = float(np.maximum(fewer, 0.0).sum())
        uses = np.where(self._ends(alone), -enough, fewer)
        return Rule(name=self.told.name, uses=uses, at_most=max(0.0, nothing - self.told.amount))

    def _ends(self, found: Facts) -> Flags:
        return np.asarray(found.units[:, found.lines.index(self.line), -1] < NONE_LEFT)


@dataclass(frozen=True, kw_only=True)
class FloorLimit:
    """The least that a set must bring of an aim; held to its score."""

    told: LimitTold
    """What is told of it."""
    row: int | None = None
    """Row of choice_limits.csv; None where it stands in no row of it."""
    aim: str
    """Key of the aim."""

    def floor(self, aim: Aim) -> Floor:
        """The floor for the solver, by the estimates of its aim."""
        return Floor(name=self.told.name, aim=aim, at_least=self.told.amount)


def is_kept(told: LimitTold, amounts: Floats) -> Flags:
    """Whether amounts keep to a limit, rounding aside."""
    room = OUT_BY * max(1.0, abs(told.amount))
    return np.asarray(amounts <= told.amount + room if told.bound == Bound.AT_MOST else amounts >= told.amount - room)


def missed(told: LimitTold, amounts: Floats) -> Floats:
    """How far amounts are from keeping to a limit, as a share of it; 0 where they keep to it."""
    by = np.abs(amounts - told.amount) / max(abs(told.amount), OUT_BY)
    return np.where(is_kept(told, amounts), 0.0, by)
