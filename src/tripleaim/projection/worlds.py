"""Worlds: which schemes run, how fully, and who bears what they cost, side by side on the case axis."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.projection.axes import Array, Axes
from tripleaim.projection.cases import Cases

HOPED, SMOOTH, FOUND = "hoped", "hoped_smooth", "resourced"
"""The case every world is a kind of: care moved is real load and every effect counts; wards whole, or as fractions, or
whole with only the posts and capital found, where scarce staff go to the schemes that run."""


@dataclass(frozen=True, kw_only=True)
class Worlds:
    """Some worlds of one plan, each as hoped but for what is switched here. Draws may lie beside them, one a world."""

    schemes: Array
    """(scheme, world): 1 where a scheme runs, 0 where it does not."""
    joined: Array | None = None
    """(scheme, world): share of its effect that is there with the partners that take part; None = with everybody."""
    bearing: Array | None = None
    """(scheme, node, world): 1 where a body takes part in a scheme, 0 where it stays out: it bears nothing of what the
    scheme asks, and saves nothing by working otherwise than it does. None = everybody takes part.
    """

    def __len__(self) -> int:
        return int(self.schemes.shape[1])

    def at(self, *positions: int) -> Worlds:
        """Some of the worlds, in the order given."""
        chosen = list(positions)
        return Worlds(
            schemes=self.schemes[:, chosen],
            joined=None if self.joined is None else self.joined[:, chosen],
            bearing=None if self.bearing is None else self.bearing[..., chosen],
        )


def worlds(axes: Axes, chosen: Sequence[Collection[str]]) -> Worlds:
    """A world for each set of schemes, in which everybody takes part.

    chosen : keys of the schemes that run, world by world
    raises : ValueError for a key that is no scheme's
    """
    unknown = {key for each in chosen for key in each} - set(axes.schemes)
    if unknown:
        raise ValueError(f"no scheme has the key {', '.join(sorted(unknown))}")
    running = np.array([[float(key in each) for each in chosen] for key in axes.schemes])
    return Worlds(schemes=running.reshape(len(axes.schemes), len(chosen)))


def world_cases(standard: Cases, switched: Worlds, base: str = HOPED) -> Cases:
    """The cases in which worlds are run, one each, all of one kind."""
    hoped = standard.only(*([standard.at(base)] * len(switched)))
    return replace(
        hoped,
        schemes=switched.schemes[:, None, :],
        joined=hoped.joined if switched.joined is None else switched.joined[:, None, :],
        bearing=hoped.bearing if switched.bearing is None else switched.bearing[:, :, None, :],
    )
