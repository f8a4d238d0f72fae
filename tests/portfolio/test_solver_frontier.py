"""Frontiers, held to looking at every choice."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings

from portfolio.menus import EXACT, Case, cases, choices
from tripleaim.errors import Impossible
from tripleaim.portfolio.solver import Aim, Menu, NothingFits, broken, frontier, worth

LOOKED = settings(max_examples=15, deadline=None)
Values = tuple[float, ...]


def efficient(every: set[Values]) -> set[Values]:
    """What nothing else equals or betters in every aim."""

    def covers(one: Values, other: Values) -> bool:
        return one != other and all(a >= b for a, b in zip(one, other, strict=True))

    return {value for value in every if not any(covers(other, value) for other in every)}


def asked_for(every: set[Values], points: int) -> set[Values]:
    """What the method asks for, by looking: the ends, and the most of the first aim at each level of the others."""
    size = len(next(iter(every)))
    orders = [(k, *(n for n in range(size) if n != k)) for k in range(size)]
    found = {max(every, key=lambda v, order=order: [v[k] for k in order]) for order in orders}
    own = [np.linspace(min(v[k] for v in found), max(v[k] for v in found), points).tolist() for k in range(1, size)]
    for level in itertools.product(*own):
        enough = [v for v in every if all(a >= b - 1e-5 for a, b in zip(v[1:], level, strict=True))]
        found |= {max(enough)} if enough else set()
    return efficient(found)


@LOOKED
@given(cases())
def test_a_frontier_of_two_aims_is_exact_at_its_levels(case: Case) -> None:
    every = {tuple(worth(case.menu, aim, each) for aim in case.aims[:2]) for each in choices(case.menu)}
    if not every:
        with pytest.raises(NothingFits):
            frontier(case.menu, case.aims[:2], 4, EXACT)
        return
    found = frontier(case.menu, case.aims[:2], 4, EXACT)
    assert {point.values for point in found.points} == asked_for(every, 4) <= efficient(every)
    assert found.missed == 0
    assert all(not broken(case.menu, point.chosen) for point in found.points)
    assert all(point.gap == pytest.approx(0, abs=1e-5) for point in found.points)


@settings(max_examples=6, deadline=None)
@given(cases(floors=False))
def test_a_frontier_of_three_aims_is_exact_at_its_levels(case: Case) -> None:
    every = {tuple(worth(case.menu, aim, each) for aim in case.aims) for each in choices(case.menu)}
    found = frontier(case.menu, case.aims, 3, EXACT)
    assert {point.values for point in found.points} == asked_for(every, 3) <= efficient(every)


@settings(max_examples=6, deadline=None)
@given(cases(floors=False))
def test_with_levels_enough_the_whole_frontier_of_whole_numbers_is_found(case: Case) -> None:
    every = efficient({tuple(worth(case.menu, aim, each) for aim in case.aims[:2]) for each in choices(case.menu)})
    apart = int(max(v[1] for v in every) - min(v[1] for v in every))
    found = frontier(case.menu, case.aims[:2], apart + 2, EXACT)
    assert {point.values for point in found.points} == every


THREE = Menu(options=("a", "b", "c"), one_of=(("a", "b", "c"),))
MONEY, HEALTH = Aim(name="money", value=(5, 4, 1)), Aim(name="health", value=(1, 3, 4))


def test_progress_is_told_to_its_end() -> None:
    told: list[tuple[int, int]] = []
    frontier(THREE, (MONEY, HEALTH), 3, EXACT, lambda done, of: told.append((done, of)))
    assert told == [(n, 5) for n in range(1, 6)]


def test_where_all_is_had_at_once_there_is_one_point() -> None:
    found = frontier(THREE, (MONEY, Aim(name="as much", value=(5, 4, 1))), 4)
    assert [point.chosen for point in found.points] == [("a",)]


@pytest.mark.parametrize(("aims", "points"), [((MONEY,), 3), ((MONEY, HEALTH, MONEY, HEALTH), 3), ((MONEY, HEALTH), 1)])
def test_a_frontier_of_too_few_or_too_many_aims_is_refused(aims: tuple[Aim, ...], points: int) -> None:
    with pytest.raises(Impossible, match="two or three aims"):
        frontier(THREE, aims, points)
