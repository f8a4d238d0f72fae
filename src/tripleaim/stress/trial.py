"""Many draws, a chunk at a time, on as many threads as there are processors; their order is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from tripleaim.stress.draws import draw
from tripleaim.stress.engine import Engine
from tripleaim.stress.processors import processors
from tripleaim.stress.response import Floats
from tripleaim.stress.streams import Sampler, check_draws
from tripleaim.stress.tally import BLOCK, Part, Tally

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
    check_draws(0, draws, draws)
    if chunk < BLOCK or chunk % BLOCK:
        raise ValueError(f"a chunk of {chunk} draws; expected a multiple of {BLOCK}")
    starts = range(0, draws, chunk)
    parts = ((first, min(chunk, draws - first)) for first in starts)
    workers = min(max(1, threads or processors()), len(starts))
    for part in _in_order(lambda first, count: tally.part(answer(first, count)), parts, workers):
        tally.take(part)
        told(tally.draws, draws)


def _in_order(work: Callable[[int, int], Part], parts: Iterable[tuple[int, int]], workers: int) -> Iterator[Part]:
    """What comes of each part, in their order, never more than a few waiting to be taken."""
    if workers == 1:
        yield from (work(*part) for part in parts)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[Part]] = deque()
        try:
            for part in parts:
                waiting.append(pool.submit(work, *part))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()
