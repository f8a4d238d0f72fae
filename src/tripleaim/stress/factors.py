"""What draws are made of: numbers independent of each other, the shared drivers and what each input has to itself.

Shares of the uncertainty can only be told of independent numbers. So the national pay award is one of them, and what
moves one year's pay by itself is another (method note 12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from tripleaim.stress.draws import at_scores, factors, register
from tripleaim.stress.engine import Engine
from tripleaim.stress.response import Floats
from tripleaim.stress.sobol import Register, Sobol
from tripleaim.stress.uncertainties import drivers_of
from tripleaim.stress.uncertainty import Uncertainty

OWN_PART = " (its own part)"
_AGAIN = "again/"
"""Before the names of the second of two independent tables, in the register."""


@dataclass(frozen=True, kw_only=True)
class Factor:
    """One of the independent numbers."""

    name: str
    """driver/ and its key, or the name of the input it belongs to."""
    label: str
    """What it is, in a planner's words."""
    rows: tuple[int, ...]
    """Positions of the inputs it moves: those of a driver, else one."""
    is_driver: bool


def factors_of(inputs: Sequence[Uncertainty]) -> tuple[Factor, ...]:
    """The independent numbers of some inputs, in the order of `draws.factors`."""
    drivers = [
        Factor(
            name=f"driver/{driver.key}",
            label=driver.name[0].lower() + driver.name[1:],
            rows=tuple(n for n, each in enumerate(inputs) if any(pull.driver == driver for pull in each.pulls)),
            is_driver=True,
        )
        for driver in drivers_of(inputs)
    ]
    own = [
        Factor(name=each.name, label=each.label + (OWN_PART if each.pulls else ""), rows=(n,), is_driver=False)
        for n, each in enumerate(inputs)
    ]
    return (*drivers, *own)


def of_chances(inputs: Sequence[Uncertainty], model: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    """A model of the inputs as a model of the independent numbers, each given as a probability.

    model   : (input, draw) → (output, draw)
    returns : (factor, draw), above 0 and below 1 → (output, draw)
    """
    return lambda chances: model(at_scores(inputs, ndtri(chances)))


def two_tables(inputs: Sequence[Uncertainty], draws: int, seed: int) -> tuple[Floats, Floats]:
    """Two independent tables of scores, (factor, draw): two halves of one set of scrambled Sobol' points.

    raises : Impossible unless `draws` is a power of two, or for more inputs than there are dimensions
    """
    names = factors(inputs)
    again = [_AGAIN + name for name in names]
    both: Register = register(inputs).extended(again)
    points = Sobol(seed, draws, both).uniforms([*names, *again], 0, draws)
    return ndtri(points[: len(names)]), ndtri(points[len(names) :])


def answers_swapped(engine: Engine, a: Floats, b: Floats, groups: Sequence[Sequence[int]]) -> Iterator[Floats]:
    """Answers to table A with one group of factors after another taken from B; only A, B and A's values are kept.

    a, b    : (factor, draw), scores
    groups  : positions of factors
    returns : (output, draw) for each group
    """
    inputs = engine.inputs
    moved = [factor.rows for factor in factors_of(inputs)]
    place = {name: n for n, name in enumerate(factors(inputs))}
    values = at_scores(inputs, a)
    for group in groups:
        rows = sorted({row for factor in group for row in moved[factor]})
        some = [inputs[row] for row in rows]
        made_of = [place[name] for name in factors(some)]
        from_b = np.isin(made_of, group)
        kept = values[rows]
        values[rows] = at_scores(some, np.where(from_b[:, None], b[made_of], a[made_of]))
        yield engine(values)
        values[rows] = kept
