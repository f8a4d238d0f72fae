"""A quick look first: which of hundreds of numbers are worth a close one (Morris's elementary effects)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.stress.engine import Engine
from tripleaim.stress.factors import Factor, factors_of, of_chances
from tripleaim.stress.morris import Effects, elementary_effects, trajectories
from tripleaim.stress.response import Floats

WALKS = 20
"""Times each number is moved, from as many random places."""
MOST = 60
"""Numbers that a close look takes; with fewer there is nothing to screen."""
HELD = 0.99
"""Share of all mean square effects that the numbers kept hold, for each output."""
_ENDS = (0.1, 0.9)


@dataclass(frozen=True, kw_only=True)
class Screened:
    """What the quick look found."""

    factors: tuple[Factor, ...]
    """All of them."""
    size: Floats
    """(factor, output): mean size of the effect of a number on its way from its 10th to its 90th percentile, in the
    output's unit, the others anywhere in theirs."""
    bends: Floats
    """(factor, output): standard deviation of the effect. Large beside its size: it acts together with others, or more
    of it does not go on doing the same."""
    kept: tuple[int, ...]
    """Positions of those worth a close look, the strongest first."""

    @property
    def left_out(self) -> tuple[int, ...]:
        """Positions of the others."""
        return tuple(sorted(set(range(len(self.factors))) - set(self.kept)))


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What the quick look found of one number, for one output."""

    name: str
    """driver/ and its key, or the name of the input it belongs to."""
    label: str
    """What it is, in a planner's words."""
    size: float
    """Mean size of its effect from its 10th to its 90th percentile, the others anywhere, in the output's unit."""
    bends: float
    """Standard deviation of that effect."""
    is_kept: bool
    """Whether it was worth a close look."""


def looked(found: Screened, output: int = 0) -> tuple[Looked, ...]:
    """The quick look at every number for one output, the largest effect first."""
    kept = set(found.kept)
    every = [
        Looked(
            name=factor.name,
            label=factor.label,
            size=float(found.size[n, output]),
            bends=float(found.bends[n, output]),
            is_kept=n in kept,
        )
        for n, factor in enumerate(found.factors)
    ]
    return tuple(sorted(every, key=lambda each: (-each.size, each.name)))


def screened(engine: Engine, seed: int, *, walks: int = WALKS, most: int = MOST) -> Screened:
    """A quick look at every independent number.

    The numbers are put in order of their mean square effects on the output they move most, as a share of all such
    effects; the fewest that hold 99 % of them for every output are kept, and no more than `most`. The mean square
    effect stands for a bound of the total share (Sobol' and Kucherenko 2009); how much was really left out is measured
    afterwards, as one group (`variance`).

    engine : with the outputs that are asked about; it is run walks × (factors + 1) times
    """
    factors = factors_of(engine.inputs)
    walked = trajectories(len(factors), walks, seed=seed)
    low, high = (np.full(len(factors), end) for end in _ENDS)
    model = of_chances(engine.inputs, engine)
    effects = elementary_effects(model, walked, low=low, high=high, resamples=1, seed=seed)  # its interval is not used
    return Screened(factors=factors, size=effects.size, bends=effects.spread, kept=_worth(effects, most))


def _worth(effects: Effects, most: int) -> tuple[int, ...]:
    """Positions of the numbers to keep, the strongest first."""
    square = effects.mean**2 + effects.spread**2
    whole = square.sum(axis=0)
    share = np.divide(square, whole, out=np.zeros_like(square), where=whole > 0)
    strongest = share.max(axis=1)
    order = np.argsort(-strongest, kind="stable")
    order = order[strongest[order] > 0]
    held = np.cumsum(share[order], axis=0)[:, whole > 0]
    enough = int((held < HELD).any(axis=1).sum()) + 1 if len(share) > most else len(order)
    return tuple(int(each) for each in order[: min(enough, most)])
