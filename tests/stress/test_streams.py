"""A random number depends on the seed, the name and the draw, and on nothing else."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from stress.philox import philox
from tripleaim.errors import Impossible
from tripleaim.stress.streams import MOST_DRAWS, Streams, generator, words

NAMES = [f"effects/scheme_{number}/uptake" for number in range(40)]
WHOLE = Streams(seed=7).uniforms(NAMES, 0, 5_000)


def expected(seed: int, name: str, draw: int) -> float:
    named = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=16).digest()
    key = (int.from_bytes(named[:8], "little"), int.from_bytes(named[8:], "little"))
    word = philox(draw // 4 + 1, key)[draw % 4]  # a stream's first counter is 1
    return ((word >> 12) + 0.5) / 2**52


def test_the_oracle_gives_the_published_answers() -> None:
    """Known answers of the authors' own library for a counter and key of noughts, and of ones."""
    assert philox(0, (0, 0)) == (0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B)
    assert philox(2**256 - 1, (2**64 - 1, 2**64 - 1)) == (
        0x87B092C3013FE90B,
        0x438C3C67BE8D0224,
        0x9CC7D7C69CD777B6,
        0xA09CAEBF594F0BA0,
    )


@pytest.mark.parametrize("draw", [0, 1, 3, 4, 4_999, 10**9 + 1, MOST_DRAWS - 1])
def test_every_number_is_that_of_its_own_counter(draw: int) -> None:
    for seed, name in ((7, NAMES[0]), (2016, "driver/winter")):
        assert Streams(seed).uniforms([name], draw, 1).item() == expected(seed, name, draw)


@given(st.integers(0, 4_990), st.integers(1, 400))
def test_any_part_is_the_same_part_of_the_whole(first: int, count: int) -> None:
    count = min(count, 5_000 - first)
    assert np.array_equal(Streams(seed=7).uniforms(NAMES[:5], first, count), WHOLE[:5, first : first + count])


@pytest.mark.parametrize("size", [1, 7, 1_024, 4_999])
def test_the_size_of_the_parts_changes_no_bit(size: int) -> None:
    rows = NAMES[:3]
    parts = [Streams(seed=7).uniforms(rows, first, min(size, 5_000 - first)) for first in range(0, 5_000, size)]
    assert np.concatenate(parts, axis=1).tobytes() == WHOLE[:3].tobytes()


def test_the_number_of_workers_changes_no_bit() -> None:
    streams = Streams(seed=7)
    with ThreadPoolExecutor(4) as workers:
        parts = list(workers.map(lambda first: streams.uniforms(NAMES, first, 500), range(0, 5_000, 500)))
    assert np.concatenate(parts, axis=1).tobytes() == WHOLE.tobytes()


def test_other_names_beside_it_and_their_order_change_nothing_of_a_stream() -> None:
    again = Streams(seed=7).uniforms(["a new scheme", *reversed(NAMES)], 0, 5_000)
    assert np.array_equal(again[1:][::-1], WHOLE)


def test_another_seed_and_another_name_are_other_numbers() -> None:
    assert not (Streams(seed=8).uniforms(NAMES, 0, 5_000) == WHOLE).any()
    assert len({row.tobytes() for row in WHOLE}) == len(NAMES)
    assert not np.array_equal(words(1, "1/x", 0, 4), words(11, "/x", 0, 4))


def test_numbers_lie_inside_0_to_1_and_never_on_it() -> None:
    assert ((WHOLE > 0) & (WHOLE < 1)).all()
    assert WHOLE.min() < 1e-4
    assert WHOLE.max() > 1 - 1e-4
    least, most = (np.add(np.array([word], np.uint64) >> np.uint64(12), 0.5) * 2.0**-52 for word in (0, 2**64 - 1))
    assert least > 0
    assert most < 1


def test_numbers_are_even_and_streams_do_not_know_each_other() -> None:
    assert stats.kstest(WHOLE.ravel(), "uniform").pvalue > 0.001
    together = np.corrcoef(WHOLE)[np.triu_indices(len(NAMES), 1)]
    assert abs(together).max() < 4.5 / np.sqrt(5_000)
    assert together.std() == pytest.approx(1 / np.sqrt(5_000), rel=0.1)


@pytest.mark.parametrize(
    ("first", "count", "said"),
    [
        (0, 0, "at least one draw; 0 were"),
        (0, -5, "at least one draw"),
        (-1, 5, "-1 to 3"),
        (MOST_DRAWS, 1, "There are"),
    ],
)
def test_no_draws_and_draws_that_are_not_there_are_refused(first: int, count: int, said: str) -> None:
    with pytest.raises(Impossible, match=said):
        Streams(seed=7).uniforms(NAMES, first, count)


def test_no_names_are_no_rows() -> None:
    assert Streams(seed=7).uniforms([], 0, 3).shape == (0, 3)


@pytest.mark.parametrize("seed", [-1, 0, 2**64, 2**130])
def test_procedures_that_draw_no_inputs_have_streams_of_their_own_for_any_seed(seed: int) -> None:
    walks, again = (generator(seed, "morris/walks").random(3) for _ in range(2))
    assert walks.tolist() == again.tolist()
    assert walks.tolist() != generator(seed, "morris/resamples").random(3).tolist()
    assert walks.tolist() != generator(seed + 1, "morris/walks").random(3).tolist()
