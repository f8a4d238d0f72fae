"""A plan as a function of what is chosen: one recording answers for any schemes, any starts and any draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tripleaim.plan import Plan
from tripleaim.portfolio.expanded import Expanded, every_start, expanded
from tripleaim.portfolio.reading import Reading, reading
from tripleaim.projection.project import run_worlds
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import FOUND, HOPED, SMOOTH, Worlds, worlds
from tripleaim.stress.draws import draw
from tripleaim.stress.response import Floats
from tripleaim.stress.streams import Streams
from tripleaim.stress.switched import Switched, switched

CHUNK = 512
"""Runs side by side where the reference does them."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """A plan, the cost of change counted, and what answers for its choices; made by `model`."""

    whole: Expanded
    """The plan and its expanded form."""
    reading: Reading
    """What is read of every run."""
    drawn: Floats
    """(input, draw): what every choice is judged with."""
    fast: bool
    """False runs the reference form."""

    @property
    def plan(self) -> Plan:
        """The plan, the cost of change counted."""
        return self.whole.plan

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.drawn.shape[1])

    @cached_property
    def hoped(self) -> Switched:
        """What answers with whole wards."""
        return self._switched(HOPED)

    @cached_property
    def smooth(self) -> Switched:
        """What answers with wards as fractions."""
        return self._switched(SMOOTH)

    @cached_property
    def nothing(self) -> Floats:
        """(number, draw): what is read where nothing is chosen."""
        return self.answers(worlds(self.whole.axes, [()]), self.drawn)[:, 0]

    def each(self, choices: Sequence[Mapping[str, int]], draws: int | None = None) -> Floats:
        """(number, choice, draw): what is read of some choices, whole wards, in the first draws."""
        return self.answers(self.whole.worlds(choices), self.drawn[:, : draws or self.draws])

    def answers(self, asked: Worlds, drawn: Floats, *, smooth: bool = False) -> Floats:
        """(number, world, draw): what is read of some worlds, whole wards or wards as fractions."""
        return answers(self.smooth if smooth else self.hoped, asked, drawn)

    def at_points(self, asked: Worlds, base: str = HOPED) -> Run:
        """Worlds at the stated numbers, with all there is to read.

        base : as `run_worlds` has it; FOUND for the posts and capital found
        """
        return run_worlds(self.whole.whole, asked, base=base)

    def found_at_points(self, choices: Sequence[Mapping[str, int]]) -> Floats:
        """(number, choice): what is read of choices at the stated numbers with only the posts and capital found."""
        return np.asarray(self.reading.read(self.at_points(self.whole.worlds(choices), FOUND)))

    def _switched(self, base: str) -> Switched:
        return switched(self.whole.whole, self.whole.inputs, self.reading.read, base, fast=self.fast)


def answers(asked_of: Switched, asked: Worlds, drawn: Floats) -> Floats:
    """(output, world, draw): what is read of every world at every draw; many at once where the reference works."""
    if asked_of.program is not None:
        return asked_of(asked, drawn)
    count, draws = len(asked), drawn.shape[1]
    at, values = np.repeat(np.arange(count), draws), np.tile(drawn, count)
    parts = [slice(n, n + CHUNK) for n in range(0, count * draws, CHUNK)]
    every = [asked_of.beside(asked.at(*at[part]), values[:, part]) for part in parts]
    return np.hstack(every).reshape(-1, count, draws)


def model(plan: Plan, draws: int, seed: int, *, fast: bool = True) -> Model:
    """What answers for the choices of a plan.

    plan : with the cost of change (`change.with_cost_of_change`)
    """
    whole = expanded(plan, every_start(plan))
    return Model(
        whole=whole,
        reading=reading(plan, whole.axes),
        drawn=draw(whole.inputs, Streams(seed), 0, draws).values,
        fast=fast,
    )
