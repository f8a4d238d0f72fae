"""Draws are tallied in their order, however slowly some of them come back, and few are made before they are wanted."""

from __future__ import annotations

import time
from threading import Barrier

import numpy as np
import pytest

from tripleaim.stress.response import Floats
from tripleaim.stress.tally import BLOCK, Tally
from tripleaim.stress.trial import trial

AMOUNTS = (1e20, 1.0, -1e20, 3.0, 1e20, 5.0, 7.0, -1e20, 9.0)
"""What the draws of each part answer: the sum of a large amount and a small one forgets the small one, so the order in
which these are added can be told from what they come to.
"""
PARTS = len(AMOUNTS)


@pytest.mark.parametrize("slow", [0, 2, PARTS - 1])
def test_parts_are_tallied_in_order_though_one_comes_late(slow: int) -> None:
    """Nine parts on two threads: more than may wait, so some are tallied while others are still to be begun."""

    def answer(first: int, number: int) -> Floats:
        part = first // BLOCK
        if part == slow:
            time.sleep(0.05)
        return np.full((1, number), AMOUNTS[part])

    tally, told = Tally(1), []
    trial(answer, PARTS * BLOCK, tally, chunk=BLOCK, threads=2, told=lambda done, of: told.append((done, of)))
    in_order = 0.0
    for amount in AMOUNTS:
        in_order += BLOCK * amount
    assert in_order != BLOCK * sum(sorted(AMOUNTS))
    assert tally.mean()[0] == in_order / (PARTS * BLOCK)
    assert told == [((part + 1) * BLOCK, PARTS * BLOCK) for part in range(PARTS)]


def test_no_more_parts_are_begun_ahead_than_there_are_threads() -> None:
    """So memory does not grow with the draws."""
    begun: list[int] = []

    def answer(first: int, number: int) -> Floats:
        begun.append(first)
        return np.zeros((1, number))

    def told(done: int, of: int) -> None:
        time.sleep(0.01)  # time enough for everything that may begin
        assert len(begun) <= done // BLOCK + 2

    trial(answer, PARTS * BLOCK, Tally(1), chunk=BLOCK, threads=2, told=told)
    assert sorted(begun) == [part * BLOCK for part in range(PARTS)]


def test_as_many_parts_run_side_by_side_as_there_are_threads() -> None:
    """Each waits for another: were they run one after the other, the first would wait in vain."""
    both = Barrier(2)

    def answer(first: int, number: int) -> Floats:
        both.wait(timeout=10)
        return np.zeros((1, number))

    tally = Tally(1)
    trial(answer, 4 * BLOCK, tally, chunk=BLOCK, threads=2)
    assert tally.draws == 4 * BLOCK
