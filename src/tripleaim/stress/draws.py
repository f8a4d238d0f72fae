"""Draws of the uncertain inputs: scores from a sampler, moved together by their drivers, turned into values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from tripleaim.stress.families import Floats
from tripleaim.stress.sobol import Register
from tripleaim.stress.streams import Sampler
from tripleaim.stress.uncertainties import drivers_of
from tripleaim.stress.uncertainty import Uncertainty


@dataclass(frozen=True, kw_only=True)
class Draws:
    """Values of some draws."""

    inputs: tuple[Uncertainty, ...]
    """What was drawn, in the order of the rows."""
    values: Floats
    """(input, draw), in the unit of each input, inside its bounds."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the inputs."""
        return tuple(each.name for each in self.inputs)

    def of(self, name: str) -> Floats:
        """Values of one input, (draw,)."""
        row: Floats = self.values[self.names.index(name)]
        return row


def draw(inputs: Sequence[Uncertainty], sampler: Sampler, first: int, count: int) -> Draws:
    """Values of the draws `first` to `first + count`.

    Each value depends on the sampler, its own name and its drivers' names, so any chunking gives the same bits, and
    two plans have the same draws of every input that says the same in both.

    raises : Impossible for no draws, or draws beyond those the sampler has
    """
    scores = ndtri(sampler.uniforms(factors(inputs), first, count))
    return Draws(inputs=tuple(inputs), values=at_scores(inputs, scores))


def draw_beside(before: Draws, inputs: Sequence[Uncertainty], sampler: Sampler) -> Draws:
    """The first draws of another plan, as many as there were of one: what says the same in both is not drawn again.

    before  : draws from 0 on of the same sampler
    returns : the bits that `draw` would give
    """
    known = {_says(each): row for each, row in zip(before.inputs, before.values, strict=True)}
    new = draw([each for each in inputs if _says(each) not in known], sampler, 0, before.values.shape[1])
    known |= {_says(each): row for each, row in zip(new.inputs, new.values, strict=True)}
    values = np.array([known[_says(each)] for each in inputs]).reshape(len(inputs), before.values.shape[1])
    return Draws(inputs=tuple(inputs), values=values)


def _says(each: Uncertainty) -> tuple[object, ...]:
    """All of an input that its draws depend on."""
    return each.name, each.spread, each.pulls


def factors(inputs: Sequence[Uncertainty]) -> tuple[str, ...]:
    """Names of the independent numbers that draws are made of: every driver's, then what each input has to itself."""
    return (*(f"driver/{driver.key}" for driver in drivers_of(inputs)), *(each.name for each in inputs))


def at_scores(inputs: Sequence[Uncertainty], scores: Floats) -> Floats:
    """Values of the inputs at standard normal scores of what they are made of.

    scores  : (factor, draw), in the order of `factors`; 0 is the median
    returns : (input, draw), in the unit of each input, inside its bounds
    """
    of_factor = dict(zip(factors(inputs), scores, strict=True))
    values = np.empty((len(inputs), scores.shape[1]))
    for row, each, own in zip(values, inputs, scores[len(scores) - len(inputs) :], strict=True):
        row[:] = each.spread.at_score(_moved(each, own, of_factor))
    return values


def central(inputs: Sequence[Uncertainty]) -> Draws:
    """The one draw in which every input takes its stated point, as `run` does."""
    points = np.array([[each.spread.range.point] for each in inputs]).reshape(len(inputs), 1)
    return Draws(inputs=tuple(inputs), values=points)


def register(inputs: Sequence[Uncertainty], before: Register | None = None) -> Register:
    """Dimensions for Sobol' draws of the inputs, behind those of a register there was before.

    The first dimensions are the most even, so drivers come first, then the model-wide inputs, then the others.
    """
    names = [each.name for each in inputs]
    drivers = [f"driver/{driver.key}" for driver in drivers_of(inputs)]
    wide = [name for name in names if name.startswith("assumptions/")]
    return (before or Register()).extended(drivers).extended(wide).extended(names)


def _moved(each: Uncertainty, own: Floats, of_driver: dict[str, Floats]) -> Floats:
    """The input's score: a part of each driver's and the rest its own, a standard normal again; (draw,)."""
    if not each.pulls:
        return own
    score: Floats = np.sqrt(each.own_share) * own
    for pull in each.pulls:
        score += pull.direction * np.sqrt(pull.share) * of_driver[f"driver/{pull.driver.key}"]
    return score
