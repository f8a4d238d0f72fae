"""The cases of one run: what is switched on in each, side by side on the last axis."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tripleaim.projection.axes import Array, Axes

WALK = ("opening", "demographic", "non_demographic", "pay_and_prices", "new_duties", "funding_growth")
"""The do-nothing walk in its printed order; each step keeps those before it."""

DO_NOTHING = "funding_growth"
"""The end of the walk is the do-nothing case."""


WITHOUT_PLUGS = ("hoped_without_plugs", "resourced_without_plugs")
"""The plan without the savings nobody has worked out."""


@dataclass(frozen=True, kw_only=True)
class Cases:
    """Switches by case. Every array has the case on its last axis; True switches the thing on."""

    names: tuple[str, ...]
    demographic: NDArray[np.bool_]
    non_demographic: NDArray[np.bool_]
    prices: NDArray[np.bool_]
    duties: NDArray[np.bool_]
    funding: NDArray[np.bool_]
    """Contracts plan their own units of each year."""
    income: NDArray[np.bool_]
    """Allocations and other income grow; never where only pressure is told."""
    schemes: Array
    """(scheme, 1, case): 1 where a scheme acts."""
    joined: Array
    """(scheme, 1, case): share of its effect that is there with the partners that take part; 1 where all do."""
    bearing: Array
    """(scheme, node, 1, case): 1 where a body takes part in a scheme: it bears what it asks of it, and works more
    productively if it says so; 0 where it stays out.
    """
    resourced: NDArray[np.bool_]
    """Benefits scaled to the posts and capital found."""
    stepped: NDArray[np.bool_]
    """Wards open and close whole; else beds follow need as a fraction."""
    arrivals: NDArray[np.bool_]
    """Care moved elsewhere is real load there."""
    efficiency: NDArray[np.bool_]
    """Productivity and save effects count."""
    safe: NDArray[np.bool_]
    """Beds also open to bring occupancy down to target."""

    def only(self, *positions: int) -> Cases:
        """Some of the cases, in the order given."""
        chosen = list(positions)
        parts = {f.name: getattr(self, f.name)[..., chosen] for f in fields(self) if f.name != "names"}
        return Cases(names=tuple(self.names[n] for n in chosen), **parts)

    def at(self, name: str) -> int:
        """Position of a named case."""
        return self.names.index(name)


def standard_cases(
    axes: Axes,
    *,
    safe_occupancy: bool,
    plugs: frozenset[str] = frozenset(),
    funded: bool = True,
    alone_in_wards: bool = False,
) -> Cases:
    """The cases `run` needs: the walk, the plan as hoped and as resourced, each scheme alone, and the checks
    beside them.

    alone_in_wards : also each scheme alone where only whole wards open and close, `in_wards:` and its key
    """
    others = ("nothing_smooth", "hoped", "hoped_smooth", "resourced", "released", "nothing_safe", *WITHOUT_PLUGS)
    alone = tuple(f"alone:{scheme}" for scheme in axes.schemes)
    if alone_in_wards:
        alone += tuple(f"in_wards:{scheme}" for scheme in axes.schemes)
    names = (*WALK, *others, *alone)
    step = np.array([WALK.index(name) if name in WALK else len(WALK) for name in names])
    acting = np.zeros((len(axes.schemes), 1, len(names)))
    for position, name in enumerate(names):
        if name in ("hoped", "hoped_smooth", "resourced", "released"):
            acting[:, 0, position] = 1.0
        elif name in WITHOUT_PLUGS:
            acting[:, 0, position] = [float(scheme not in plugs) for scheme in axes.schemes]
        elif name in alone:
            acting[axes.schemes.index(name.partition(":")[2]), 0, position] = 1.0
    smooth = np.array([name.endswith("_smooth") or name.startswith("alone:") for name in names])
    return Cases(
        names=names,
        demographic=step >= 1,
        non_demographic=step >= 2,
        prices=step >= 3,
        duties=step >= 4,
        funding=step >= 5,
        income=(step >= 5) & funded,
        schemes=acting,
        joined=np.ones((len(axes.schemes), 1, len(names))),
        bearing=np.ones((len(axes.schemes), len(axes.nodes), 1, len(names))),
        resourced=np.array([name.startswith("resourced") for name in names]),
        stepped=~smooth,
        arrivals=np.array([name != "released" for name in names]),
        efficiency=np.array([name != "released" for name in names]),
        safe=np.array([safe_occupancy or name == "nothing_safe" for name in names]),
    )
