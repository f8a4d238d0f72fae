"""Named streams of random numbers: a number depends on the seed, the input's name and the draw, and on nothing else.

So the same draws come out for any chunk size and any number of workers, two plans share the draws of the inputs they
share, and a new scheme changes no other input (method note 9).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tripleaim.errors import Impossible

Floats = NDArray[np.float64]

MOST_DRAWS = 2**53
"""Draws of one stream that are told apart."""
_WORDS = 4
"""Words a Philox counter gives at each step."""
_SPARE_BITS = np.uint64(12)
_STEP = 2.0**-52


class Sampler(Protocol):
    """Where uniform numbers come from: named streams, or Sobol' points with a dimension for each name."""

    def uniforms(self, names: Sequence[str], first: int, count: int) -> Floats:
        """Uniform numbers of some draws.

        names   : inputs, in the order of the rows
        first   : position of the first draw, from 0
        count   : how many draws
        returns : (name, draw), above 0 and below 1
        raises  : Impossible for no draws, or draws beyond those the sampler has
        """
        ...


@dataclass(frozen=True)
class Streams:
    """Independent uniforms, one stream a name.

    >>> streams = Streams(seed=7)
    >>> whole = streams.uniforms(["pay", "uptake"], 0, 1000)
    >>> bool((streams.uniforms(["uptake"], 600, 400) == whole[1:, 600:]).all())
    True
    """

    seed: int

    def uniforms(self, names: Sequence[str], first: int, count: int) -> Floats:
        """Uniform numbers of some draws; see `Sampler`."""
        check_draws(first, count, MOST_DRAWS)
        drawn = np.empty((len(names), count))
        for row, name in zip(drawn, names, strict=True):
            np.add(words(self.seed, name, first, count) >> _SPARE_BITS, 0.5, out=row)
        drawn *= _STEP
        return drawn


def words(seed: int, name: str, first: int, count: int) -> NDArray[np.uint64]:
    """Words `first` to `first + count` of one named stream: Philox 4x64 with the name's key, (count,)."""
    stream = np.random.Philox(key=key(seed, name))
    stream.advance(first // _WORDS)
    return stream.random_raw(first % _WORDS + count)[first % _WORDS :]


def generator(seed: int, name: str) -> np.random.Generator:
    """Random numbers of any kind from a stream of that name, for procedures that draw no inputs: walks, resamples."""
    return np.random.Generator(np.random.Philox(key=key(seed, name)))


def key(seed: int, name: str) -> NDArray[np.uint64]:
    """The two words that name a stream: BLAKE2b of the seed, a slash and the name."""
    return np.frombuffer(hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=16).digest(), "<u8").astype(np.uint64)


def check_draws(first: int, count: int, most: int) -> None:
    """Refuse no draws, and draws that lie outside those there are.

    raises : Impossible
    """
    if count < 1:
        raise Impossible(f"A stress test needs at least one draw; {count:,} were asked for. Ask for 1 or more.")
    if first < 0 or first + count > most:
        asked = f"{first:,} to {first + count - 1:,}, counted from 0, were asked for"
        raise Impossible(f"There are {most:,} draws; {asked}.")
