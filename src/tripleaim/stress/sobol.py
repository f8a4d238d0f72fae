"""Scrambled Sobol' points: draws spread more evenly than chance, so that means need fewer of them.

Each input has its own dimension, kept in a register, and its own scrambling, keyed by its name. An input that joins
later takes the next dimension and changes nothing of the others (method note 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tripleaim.errors import Impossible
from tripleaim.stress.streams import Floats, check_draws, words

BITS = 30
"""Binary digits of a point: up to 2^30 draws are told apart."""
MOST_DIMENSIONS = 21_201
"""Dimensions for which good Sobol' points are known: 21,201."""
REPLICATES = 8
"""Scramblings that give a fair error bar."""

_BYTES = (0, 8, 16, 24)
_BYTE = np.uint32(255)
_KEPT = np.uint64(2**BITS - 1)


@dataclass(frozen=True)
class Register:
    """Which dimension each input has: the order in which names first came, and those that come together by name.

    A register is kept with a result. Extended by the inputs of another plan, or of the same plan a month later, it
    leaves every dimension as it was.

    >>> before = Register().extended(["uptake", "pay"])
    >>> before.names, before.extended(["ageing", "pay"]).names
    (('pay', 'uptake'), ('pay', 'uptake', 'ageing'))
    """

    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse more inputs than there are dimensions, and a name that stands twice."""
        if len(self.names) > MOST_DIMENSIONS:
            raise Impossible(
                f"Draws can be spread evenly (Sobol' points) for {MOST_DIMENSIONS:,} uncertain numbers; there are "
                f"{len(self.names):,}. Ask without --sobol."
            )
        if len(set(self.names)) < len(self.names):
            raise ValueError("a name stands twice in the register")

    def extended(self, names: Iterable[str]) -> Register:
        """The register with the names it lacks added behind the others, in order of name."""
        return Register((*self.names, *sorted(set(names) - set(self.names))))

    @property
    def dimensions(self) -> Mapping[str, int]:
        """Name → dimension, from 0."""
        return MappingProxyType({name: place for place, name in enumerate(self.names)})


@dataclass(frozen=True)
class Sobol:
    """Scrambled Sobol' draws for one register; `replicate` counts independent scramblings of the same points.

    >>> sobol = Sobol(seed=7, draws=8, register=Register(("pay", "uptake")))
    >>> [int(cell) for cell in sorted(sobol.uniforms(["uptake"], 0, 8)[0] * 8)]  # one draw in every eighth
    [0, 1, 2, 3, 4, 5, 6, 7]
    """

    seed: int
    draws: int
    register: Register
    replicate: int = 0

    def __post_init__(self) -> None:
        """Refuse a number of draws that would spoil the evenness."""
        check_draws(0, self.draws, 2**BITS)
        if self.draws & (self.draws - 1):
            lower = 1 << (self.draws.bit_length() - 1)
            asked = f"{self.draws:,} were asked for. Ask for {lower:,} or {2 * lower:,}."
            raise Impossible(f"Evenly spread draws (Sobol' points) come in powers of two; {asked}")

    def uniforms(self, names: Sequence[str], first: int, count: int) -> Floats:
        """Uniform numbers of some of the draws; see `Sampler`. A name outside the register is a KeyError."""
        check_draws(first, count, self.draws)
        dimensions = self.register.dimensions
        columns = [dimensions[name] for name in names]
        plain = _points(max(columns, default=0) + 1, first, count)[columns]
        drawn = np.empty((len(names), count))
        for row, name, points in zip(drawn, names, plain, strict=True):
            np.add(self._scrambled(name, points), 0.5, out=row)
        drawn *= 2.0**-BITS
        return drawn

    def _scrambled(self, name: str, points: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """One dimension after a random linear scrambling and a digital shift (Matoušek 1998), keyed by its name."""
        columns, shift = _matrix(self.seed, f"sobol/{self.replicate}/{name}")
        changed = np.full_like(points, shift)
        for place in _BYTES:
            changed ^= _images(columns[place : place + 8])[(points >> np.uint32(place)) & _BYTE]
        return changed


def replicates(seed: int, draws: int, register: Register, count: int = REPLICATES) -> tuple[Sobol, ...]:
    """Independent scramblings of the same points.

    An estimate is the mean over them, and its standard error their standard deviation over the root of `count`.
    """
    return tuple(Sobol(seed, draws, register, replicate) for replicate in range(count))


def _points(dimensions: int, first: int, count: int) -> NDArray[np.uint32]:
    """Plain Sobol' points as whole numbers of 2^-30, (dimension, draw)."""
    from scipy.stats import qmc  # takes as long to load as all else; only those who ask for Sobol' points need it

    engine = qmc.Sobol(dimensions, scramble=False, bits=BITS)
    whole = count
    if first:
        engine.fast_forward(first)
    else:
        whole = 1 << (count - 1).bit_length()  # scipy warns of a start that is no power of two
    points: NDArray[np.uint32] = (engine.random(whole)[:count].T * 2.0**BITS).astype(np.uint32)
    return points


def _matrix(seed: int, name: str) -> tuple[NDArray[np.uint32], np.uint32]:
    """Where each binary digit goes, lowest digit first, (digit,), and the shift.

    A digit stays where it is and stirs lower ones only, so that points that were apart in their first digits still are.
    """
    drawn = (words(seed, name, 0, BITS + 1) & _KEPT).astype(np.uint32)
    digit = np.uint32(1) << np.arange(BITS, dtype=np.uint32)
    return (drawn[:BITS] & (digit - np.uint32(1))) | digit, drawn[BITS]


def _images(columns: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """What each value of a byte becomes when its digits go where `columns` say, (256,) or fewer at the top."""
    images = np.zeros(1, dtype=np.uint32)
    for column in columns:
        images = np.concatenate([images, images ^ column])
    return images
