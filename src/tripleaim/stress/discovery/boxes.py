"""Boxes that hold most failures: found by peeling, freed of limits that chance could explain, and grown again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtrc

from tripleaim.stress.discovery.bins import Binned, Flags, binned, inside
from tripleaim.stress.discovery.paste import in_box, paste
from tripleaim.stress.discovery.peel import Gain, Step, peel
from tripleaim.stress.response import Floats
from tripleaim.stress.streams import generator


@dataclass(frozen=True, kw_only=True)
class BoxLimit:
    """What a box asks of one input: at least, below, or one of some categories. In the input's own unit."""

    input: int
    at_least: float | None = None
    below: float | None = None
    among: tuple[int, ...] | None = None
    """Allowed categories; None for a numeric input."""
    quasi_p: float
    """How likely chance alone would make the box this dense if this input did not matter (one-sided binomial test).
    "Quasi", since the same draws chose the limit (Bryant and Lempert 2010)."""

    def holds(self, values: Floats) -> Flags:
        """True where values of this input keep to the limit; the shape of `values`."""
        held = np.ones(np.shape(values), dtype=np.bool_)
        if self.at_least is not None:
            held &= values >= self.at_least
        if self.below is not None:
            held &= values < self.below
        if self.among is not None:
            held &= np.isin(values, self.among)
        return held


@dataclass(frozen=True, kw_only=True)
class Box:
    """Conditions that together mark out where the plan tends to fail. All its limits hold at once.

    A second or later box counts only draws that no earlier box holds.
    """

    limits: tuple[BoxLimit, ...]
    """The surest first."""
    coverage: float
    """Share of all failures that lie in the box."""
    density: float
    """Share of the draws in the box that fail."""
    mass: float
    """Share of all draws that lie in the box."""
    failures: int
    draws: int

    def holds(self, inputs: Floats) -> Flags:
        """(draw,): True for draws inside the box. inputs : (input, draw), as they were given to the search."""
        held = np.ones(inputs.shape[1], dtype=np.bool_)
        for limit in self.limits:
            held &= limit.holds(inputs[limit.input])
        return held


def boxes(
    inputs: Floats,
    fails: Flags,
    *,
    most: int = 1,
    categorical: Sequence[int] = (),
    dense: float | None = None,
    share: float = 0.05,
    smallest: float = 0.05,
    gain: Gain = "per draw",
    chance: float = 0.05,
) -> tuple[Box, ...]:
    """Where the plan fails, as up to `most` boxes; each next one is sought among the draws the earlier ones left.

    Of all boxes on the way of the peeling, the one kept has the best balance of coverage and density (their harmonic
    mean), or, with `dense`, the widest that is at least so dense (the densest where none is). Then limits whose
    quasi-p-value is above `chance` are let go, the weakest first, and the box is pasted.

    inputs      : (input, draw); a categorical input holds its category's position
    fails       : (draw,), True where the plan fails
    share, smallest, gain : of the peeling; `smallest` is a share of the draws searched
    returns     : no box where no draw fails, all do, or nothing tells failures from the rest
    raises      : ValueError for tables that do not fit together
    source      : Bryant and Lempert 2010 (Technological Forecasting and Social Change 77:34); [V] prim_toy_corner

    >>> x = np.random.default_rng(1).random((3, 2000))
    >>> found = boxes(x, (x[0] > 0.7) & (x[1] < 0.5))[0]
    >>> [limit.input for limit in found.limits], round(found.coverage, 1), round(found.density, 1)
    ([0, 1], 1.0, 1.0)
    """
    bins = binned(inputs, categorical)
    flags = np.asarray(fails, dtype=np.bool_)
    if flags.shape != (bins.draws,):
        raise ValueError(f"expected a flag for each of {bins.draws} draws, found the shape {flags.shape}")
    all_failures, all_draws = int(flags.sum()), bins.draws
    found: list[Box] = []
    while len(found) < most and flags.any() and not flags.all():
        step = best_box(bins, flags, dense=dense, share=share, smallest=smallest, gain=gain, chance=chance)
        box = described(bins, flags, step, all_failures=all_failures, all_draws=all_draws)
        if not box.limits:
            break
        found.append(box)
        rest = ~inside(bins.codes, step.allowed)
        bins, flags = bins.only(rest), flags[rest]
    return tuple(found)


def best_box(
    bins: Binned, fails: Flags, *, dense: float | None, share: float, smallest: float, gain: Gain, chance: float
) -> Step:
    """One search: peel, choose, let go of limits that chance could explain, paste."""
    steps = peel(bins, fails, share=share, smallest=smallest, gain=gain)
    box = _chosen(steps, dense)
    box = _without_chance(bins, fails, box, chance)
    return paste(bins, fails, box, share=share)


def _chosen(steps: Sequence[Step], dense: float | None) -> Step:
    """The best balance of coverage and density, or the widest that is dense enough."""
    if dense is not None:
        enough = [step for step in steps if step.density >= dense]
        if enough:
            return max(enough, key=lambda step: (step.failures, step.density))
        return max(steps, key=lambda step: step.density)
    everything = steps[0].failures
    return max(steps, key=lambda step: 2 * step.failures / (everything + step.draws))


def _restricted(bins: Binned, allowed: Flags) -> list[int]:
    return [int(position) for position in np.flatnonzero((bins.everything() & ~allowed).any(axis=1))]


def _without_chance(bins: Binned, fails: Flags, box: Step, chance: float) -> Step:
    everything = bins.everything()
    while True:
        likely = {position: quasi_p(bins, fails, box, position) for position in _restricted(bins, box.allowed)}
        weakest = max(likely, key=lambda position: likely[position], default=None)
        if weakest is None or likely[weakest] <= chance:
            return box
        allowed = box.allowed.copy()
        allowed[weakest] = everything[weakest]
        box = in_box(bins, fails, allowed)


def quasi_p(bins: Binned, fails: Flags, box: Step, position: int) -> float:
    """How likely a box this dense is by chance, if one input's limits did nothing.

    P(X ≥ failures in the box), X binomial with the box's draws and the density the box has without these limits
    """
    allowed = box.allowed.copy()
    allowed[position] = bins.everything()[position]
    wider = in_box(bins, fails, allowed)
    return float(bdtrc(box.failures - 1, box.draws, wider.density)) if box.failures else 1.0


def described(bins: Binned, fails: Flags, step: Step, *, all_failures: int, all_draws: int) -> Box:
    """A box in the inputs' own units, with how much it holds of all failures and all draws there are."""
    limits = (_limit(bins, fails, step, position) for position in _restricted(bins, step.allowed))
    return Box(
        limits=tuple(sorted(limits, key=lambda limit: limit.quasi_p)),
        coverage=step.failures / max(all_failures, 1),
        density=step.density,
        mass=step.draws / all_draws,
        failures=step.failures,
        draws=step.draws,
    )


def _limit(bins: Binned, fails: Flags, step: Step, position: int) -> BoxLimit:
    allowed = step.allowed[position]
    surely = quasi_p(bins, fails, step, position)
    held = np.flatnonzero(allowed)
    if bins.categorical[position]:
        return BoxLimit(input=position, among=tuple(int(each) for each in held), quasi_p=surely)
    edges = bins.edges[position]
    return BoxLimit(
        input=position,
        at_least=float(edges[held[0] - 1]) if held[0] > 0 else None,
        below=float(edges[held[-1]]) if held[-1] < len(edges) else None,
        quasi_p=surely,
    )


def reproducibility(
    inputs: Floats,
    fails: Flags,
    *,
    seed: int,
    times: int = 10,
    part: float = 0.5,
    categorical: Sequence[int] = (),
    dense: float | None = None,
    share: float = 0.05,
    smallest: float = 0.05,
    gain: Gain = "per draw",
    chance: float = 0.05,
) -> Floats:
    """How often the first box limits each input when it is sought again in random parts of the draws.

    times, part : how many searches, and the share of the draws each is given, without replacement
    returns     : (input,), share of the searches, 0 to 1: near one is solid, near a half is luck
    source      : Bryant and Lempert 2010, "resampling test"

    >>> x = np.random.default_rng(1).random((3, 2000))
    >>> reproducibility(x, x[1] < 0.3, seed=1)
    array([0., 1., 0.])
    """
    bins = binned(inputs, categorical)
    flags = np.asarray(fails, dtype=np.bool_)
    random = generator(seed, "boxes/parts")
    limited = np.zeros(bins.inputs)
    for _ in range(times):
        rows = random.permutation(bins.draws)[: max(2, round(part * bins.draws))]
        some, some_fail = bins.only(rows), flags[rows]
        if some_fail.any() and not some_fail.all():
            step = best_box(some, some_fail, dense=dense, share=share, smallest=smallest, gain=gain, chance=chance)
            limited[_restricted(some, step.allowed)] += 1
    return limited / times
