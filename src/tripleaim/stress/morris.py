"""Which inputs matter at all, cheaply: Morris's elementary effects, for many inputs and many outputs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.stress.response import Floats, Model, respond
from tripleaim.stress.streams import generator

Integers = NDArray[np.intp]
Groups = Sequence[Sequence[int]]
_TRAJECTORIES_AT_ONCE = 32


@dataclass(frozen=True)
class Trajectories:
    """Walks through the unit cube; each step moves one input (or one group of inputs) by `step`, up or down."""

    points: Floats
    """(trajectory, point, input), every value among the levels 0, 1/(levels−1), … 1."""
    moved: Integers
    """(trajectory, step): position of the group that this step moves."""
    groups: tuple[tuple[int, ...], ...]
    """The inputs of each group; one each where nothing is grouped."""
    step: float
    """How far a step goes, as a share of the range: levels / (2 (levels − 1))."""


@dataclass(frozen=True)
class Effects:
    """How each output changes when one input goes from its low to its high, over many places in the input space.

    Every table is (group, output), in the output's unit; a group is one input where nothing was grouped.
    """

    mean: Floats
    """mu: the mean effect, with its sign; effects up and down cancel. NaN for a group of several inputs."""
    size: Floats
    """mu*: the mean size of the effect, signs left aside (Campolongo, Cariboni and Saltelli 2007)."""
    size_low: Floats
    """Lower end of the bootstrap interval of mu*, over whole trajectories."""
    size_high: Floats
    """Upper end of the same."""
    spread: Floats
    """sigma: standard deviation of the effects. Large beside mu*: the input bends the answer, or acts with others."""

    def order(self, output: int = 0) -> Integers:
        """Positions of the groups, the largest mu* of one output first; equal ones keep their order."""
        return np.argsort(-self.size[:, output], kind="stable")


def trajectories(inputs: int, count: int, *, seed: int, levels: int = 4, groups: Groups | None = None) -> Trajectories:
    """Random walks that visit every group once: Morris's design, the same for the same seed.

    A walk starts at a random place of the grid; groups move in random order, and each input in a random direction.

    inputs, count : how many inputs, how many walks; the model will be asked count × (groups + 1) times
    levels  : how many values each input takes, an even number, so that every level is equally likely
    groups  : which inputs move together; every input in exactly one group
    raises  : ValueError for anything else
    source  : Morris 1991 (Technometrics 33:161); groups after Campolongo, Cariboni and Saltelli 2007

    >>> walk = trajectories(2, 1, seed=1)
    >>> walk.points.shape, round(walk.step, 4)
    ((1, 3, 2), 0.6667)
    """
    if inputs < 1 or count < 1 or levels < 2 or levels % 2:
        raise ValueError(f"expected inputs and walks, and an even number of levels, found {inputs}, {count}, {levels}")
    named = tuple(tuple(group) for group in groups) if groups is not None else tuple((one,) for one in range(inputs))
    if sorted(one for group in named for one in group) != list(range(inputs)) or not all(named):
        raise ValueError(f"expected every one of {inputs} inputs in exactly one group, found {named}")
    random = generator(seed, "morris/walks")
    step = levels / (2 * (levels - 1))
    start = random.integers(0, levels // 2, (count, inputs)) / (levels - 1)
    upwards = random.integers(0, 2, (count, inputs)).astype(bool)
    order = np.argsort(random.random((count, len(named))), axis=1)
    group_of = np.empty(inputs, np.intp)
    for position, group in enumerate(named):
        group_of[list(group)] = position
    turn = np.argsort(order, axis=1)[:, group_of]  # (trajectory, input): the step at which the input moves
    has_moved = turn[:, None, :] < np.arange(len(named) + 1)[None, :, None]
    points = start[:, None, :] + step * (has_moved == upwards[:, None, :])
    return Trajectories(points, order, named, step)


def elementary_effects(
    model: Model,
    walks: Trajectories,
    *,
    low: Floats | None = None,
    high: Floats | None = None,
    resamples: int = 200,
    level: float = 0.95,
    seed: int = 0,
) -> Effects:
    """Mean, mean size and spread of each input's elementary effects.

    effect = (answer after the step − answer before) / step, with its sign turned where the step went down

    model   : (input, draw) → (output, draw); asked in pieces, so that memory does not grow with all walks × inputs
    low, high : (input,), what 0 and 1 of the unit cube stand for; the cube itself if left out. With inputs given as
              probabilities, choose ends inside 0 to 1 (0.1 and 0.9), where every value is finite.
    resamples, level, seed : of the bootstrap interval of mu*; no interval is honest below about ten walks
    returns : `Effects`, in the output's unit for the whole way from low to high
    source  : Morris 1991; mu* of Campolongo, Cariboni and Saltelli 2007; checked against SALib

    >>> walks = trajectories(2, 10, seed=1)
    >>> effects = elementary_effects(lambda x: 3 * x[0] - x[1], walks)
    >>> effects.mean[:, 0].round(9), effects.size[:, 0].round(9), effects.spread[:, 0].round(9)
    (array([ 3., -1.]), array([3., 1.]), array([0., 0.]))
    """
    count, points, inputs = walks.points.shape
    bottom = np.zeros(inputs) if low is None else np.asarray(low, dtype=np.float64)
    top = np.ones(inputs) if high is None else np.asarray(high, dtype=np.float64)
    if bottom.shape != (inputs,) or top.shape != (inputs,) or not (bottom < top).all():
        raise ValueError(f"expected low below high for each of {inputs} inputs")
    effects = []
    for first in range(0, count, _TRAJECTORIES_AT_ONCE):
        some = slice(first, first + _TRAJECTORIES_AT_ONCE)
        cube = walks.points[some].reshape(-1, inputs).T
        answer = respond(model, np.ascontiguousarray(bottom[:, None] + (top - bottom)[:, None] * cube))
        effects.append(_effects(answer.reshape(len(answer), -1, points), walks, some))
    return _summary(np.concatenate(effects, axis=1), walks, resamples, level, seed)


def _effects(answer: Floats, walks: Trajectories, some: slice) -> Floats:
    """(output, trajectory, point) → (group, trajectory, output), each in the order of the groups."""
    moved = walks.moved[some]
    change = np.diff(answer, axis=2) / walks.step
    first_member = np.array([group[0] for group in walks.groups])[moved]
    direction = np.sign(
        np.take_along_axis(np.diff(walks.points[some], axis=1), first_member[:, :, None], axis=2)[:, :, 0]
    )
    by_group = np.argsort(moved, axis=1)
    return np.take_along_axis(change * direction, by_group[None], axis=2).transpose(2, 1, 0)


def _summary(effects: Floats, walks: Trajectories, resamples: int, level: float, seed: int) -> Effects:
    count = effects.shape[1]
    alone = np.array([len(group) == 1 for group in walks.groups])[:, None]
    sizes = np.abs(effects)
    random = generator(seed, "morris/resamples")
    shares = random.multinomial(count, np.full(count, 1 / count), resamples) / count
    ends = [(1 - level) / 2, (1 + level) / 2]
    intervals = np.array([np.quantile(shares @ size, ends, axis=0) for size in sizes])
    spread = effects.std(axis=1, ddof=1) if count > 1 else np.full(alone.shape[:1] + effects.shape[2:], np.nan)
    return Effects(
        mean=np.where(alone, effects.mean(axis=1), np.nan),
        size=sizes.mean(axis=1),
        size_low=intervals[:, 0],
        size_high=intervals[:, 1],
        spread=np.where(alone, spread, np.nan),
    )
