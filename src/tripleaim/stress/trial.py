"""Many draws of a plan, a chunk at a time, on as many threads as there are processors; their order is kept."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from tripleaim.stress.draws import draw
from tripleaim.stress.engine import Engine
from tripleaim.stress.response import Floats
from tripleaim.stress.streams import Sampler, check_draws
from tripleaim.stress.tally import BLOCK, Tally
from tripleaim.stress.uncertainty import Uncertainty

CHUNK = 4 * BLOCK
"""Draws made, run and counted at a time."""

Answer = Callable[[int, int], Floats]
"""First draw and number of draws → (output, draw)."""
Told = Callable[[int, int], None]
"""Called with how many draws are done, and of how many."""


def silent(done: int, of: int) -> None:
    """Tell nobody how far the draws are."""


def trial(
    engine: Engine,
    sampler: Sampler,
    draws: int,
    tally: Tally,
    *,
    chunk: int = CHUNK,
    threads: int | None = None,
    told: Told = silent,
) -> None:
    """Run draws and count them; the same bits for any chunk, and any number of threads.

    chunk   : draws at a time, a multiple of `tally.BLOCK`
    threads : how many work side by side; one a processor unless said
    told    : called as draws are counted, with how many are done and of how many
    raises  : Impossible for no draws, or more than the sampler has; ValueError for a chunk that is no multiple
    """
    count(answers(engine, sampler), draws, tally, chunk=chunk, threads=threads, told=told)


def answers(engine: Engine, sampler: Sampler) -> Answer:
    """What an engine answers to the draws of a sampler."""
    return lambda first, count: engine(values(engine.inputs, sampler, first, count))


def values(inputs: Sequence[Uncertainty], sampler: Sampler, first: int, count: int) -> Floats:
    """Values of some draws, (input, draw)."""
    return draw(inputs, sampler, first, count).values


def count(
    answer: Answer,
    draws: int,
    tally: Tally,
    *,
    chunk: int = CHUNK,
    threads: int | None = None,
    told: Told = silent,
) -> None:
    """Count what is answered to draws 0 to `draws`; see `trial`."""
    check_draws(0, draws, draws)
    if chunk < BLOCK or chunk % BLOCK:
        raise ValueError(f"a chunk of {chunk} draws; expected a multiple of {BLOCK}")
    starts = range(0, draws, chunk)
    parts = ((first, min(chunk, draws - first)) for first in starts)
    for found in _in_order(answer, parts, min(threads or os.cpu_count() or 1, len(starts))):
        tally.add(found)
        told(tally.draws, draws)


def _in_order(answer: Answer, parts: Iterable[tuple[int, int]], workers: int) -> Iterator[Floats]:
    """Answers in the order of the parts, never more than a few waiting to be taken."""
    if workers == 1:
        yield from (answer(*part) for part in parts)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Floats]] = deque()
        try:
            for part in parts:
                waiting.append(pool.submit(answer, *part))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()
