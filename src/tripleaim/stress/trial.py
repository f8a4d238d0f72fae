"""Many draws, a chunk at a time, on as many threads as there are processors; their order is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from tripleaim.stress.draws import draw
from tripleaim.stress.engine import Engine
from tripleaim.stress.processors import processors
from tripleaim.stress.response import Floats
from tripleaim.stress.streams import Sampler, check_draws
from tripleaim.stress.tally import BLOCK, Tally

T = TypeVar("T")

CHUNK = 4 * BLOCK
"""Draws made, run and counted at a time."""

Answer = Callable[[int, int], Floats]
"""First draw and number of draws → (output, draw)."""
Told = Callable[[int, int], None]
"""Called with how many draws are done, and of how many."""


def silent(done: int, of: int) -> None:
    """Tell nobody how far the draws are."""


def answers(engine: Engine, sampler: Sampler) -> Answer:
    """What an engine answers to the draws of a sampler."""
    return lambda first, count: engine(draw(engine.inputs, sampler, first, count).values)


def trial(
    answer: Answer,
    draws: int,
    tally: Tally,
    *,
    chunk: int = CHUNK,
    threads: int | None = None,
    told: Told = silent,
) -> None:
    """Tally what is answered to draws 0 to `draws`; the same bits for any chunk, and any number of threads.

    answer  : an engine's (`answers`), or whatever answers draws by their number
    chunk   : draws at a time, a multiple of `tally.BLOCK`
    threads : how many work side by side; one a processor that this process may use unless said
    told    : called as draws are tallied, with how many are done and of how many
    raises  : Impossible for no draws, or more than the sampler has; ValueError for a chunk that is no multiple
    """
    if chunk < BLOCK or chunk % BLOCK:
        raise ValueError(f"a chunk of {chunk} draws; expected a multiple of {BLOCK}")
    for part in _in_order(lambda first, count: tally.part(answer(first, count)), draws, chunk, threads):
        tally.take(part)
        told(tally.draws, draws)


def every_answer(answer: Answer, draws: int) -> Floats:
    """What is answered to draws 0 to `draws`, (output, draw), where all of them are to be held.

    raises : as `trial`
    """
    return np.concatenate(list(_in_order(answer, draws, CHUNK, None)), axis=1)


def _in_order(work: Callable[[int, int], T], draws: int, chunk: int, threads: int | None) -> Iterator[T]:
    """What comes of each chunk, in their order, never more than a few waiting to be taken."""
    check_draws(0, draws, draws)
    starts = range(0, draws, chunk)
    workers = min(max(1, threads or processors()), len(starts))
    chunks = ((first, min(chunk, draws - first)) for first in starts)
    if workers == 1:
        yield from (work(*each) for each in chunks)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[T]] = deque()
        try:
            for each in chunks:
                waiting.append(pool.submit(work, *each))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()
