"""Which uncertain numbers two plans share: in the same range, in another, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.stress.draws import central
from tripleaim.stress.engine import Engine
from tripleaim.stress.headlines import SHORT, Output
from tripleaim.stress.response import Floats
from tripleaim.stress.tornado import tornado
from tripleaim.stress.uncertainty import Uncertainty


@dataclass(frozen=True, kw_only=True)
class OtherRange:
    """An uncertain number of both plans that is drawn otherwise in one than in the other, so that it differs by itself.

    In every draw it stands at the same share of its spread in both, and so takes another value in each. Where all six
    figures are alike, its shape or what moves it together with others differs.
    """

    name: str
    """Table, what it speaks of and field."""
    label: str
    """What it is, in a planner's words."""
    unit: str
    """Its unit."""
    low: float
    """Its low in the plan."""
    point: float
    """Its point in the plan."""
    high: float
    """Its high in the plan."""
    other_low: float
    """Its low in the other plan."""
    other_point: float
    """Its point in the other plan."""
    other_high: float
    """Its high in the other plan."""
    moves: float
    """What the last year's money as hoped moves by in the plan from this number's low to its high alone, GBP."""
    moves_other: float
    """The same in the other plan, GBP."""


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The uncertain numbers of two plans, by name."""

    same: int
    """How many both have and draw alike: they take the same value in both in every draw."""
    other_range: tuple[OtherRange, ...]
    """Those both have and draw otherwise, the one first that moves the last year's money most differently."""
    only_plan: int
    """How many only the plan has."""
    only_other: int
    """How many only the other has."""


def numbers_of_both(one: Engine, two: Engine, year: str) -> Numbers:
    """Lay the uncertain numbers of two plans side by side.

    one, two : the plan and the one it is held against, each as a function of its numbers
    year     : the year whose money says how much a number moves
    """
    ours, theirs = ({each.name: each for each in side.inputs} for side in (one, two))
    both = ours.keys() & theirs.keys()
    differ = [name for name in sorted(both) if not _alike(ours[name], theirs[name])]
    moves, moves_other = (_moves(side, year) if differ else {} for side in (one, two))
    found = [_other_range(ours[name], theirs[name], moves[name], moves_other[name]) for name in differ]
    return Numbers(
        same=len(both) - len(differ),
        other_range=tuple(sorted(found, key=lambda each: -abs(each.moves - each.moves_other))),
        only_plan=len(ours) - len(both),
        only_other=len(theirs) - len(both),
    )


def _alike(one: Uncertainty, two: Uncertainty) -> bool:
    """Whether a number takes the same value in both plans in every draw."""
    return (one.spread, one.pulls) == (two.spread, two.pulls)


def _moves(side: Engine, year: str) -> dict[str, float]:
    """What the money of a year moves by from each number's low to its high, the others at their points, GBP."""
    ranges = [each.spread.range for each in side.inputs]
    low, high = (np.array([getattr(each, end) for each in ranges]) for end in ("low", "high"))
    asked = side.only([Output(case="hoped", measure=SHORT, who="both", year=year)])
    swing: Floats = tornado(asked, central(side.inputs).values[:, 0], low, high).swing[:, 0]
    return {each.name: float(width) for each, width in zip(side.inputs, swing, strict=True)}


def _other_range(ours: Uncertainty, theirs: Uncertainty, moves: float, moves_other: float) -> OtherRange:
    here, there = ours.spread.range, theirs.spread.range
    return OtherRange(
        name=ours.name,
        label=ours.label,
        unit=ours.unit,
        low=here.low,
        point=here.point,
        high=here.high,
        other_low=there.low,
        other_point=there.point,
        other_high=there.high,
        moves=moves,
        moves_other=moves_other,
    )
