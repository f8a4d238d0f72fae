"""Overlaps as linear rows: how much of a pair of options is taken together.

Options that exclude each other, such as the start years of one scheme, are seen as one block. Where what two schemes
add to or take from each other builds up from start to start, as a loss in every year in which both run does, it is a
sum over steps: both have begun by then, or not. Elsewhere the share taken together of two groups is a coupling of
their shares. Both are the tightest linear form there is for two groups; the first has fewer columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tripleaim.portfolio.solver.aim import Aim, Floats
from tripleaim.portfolio.solver.menu import Menu

Classes = list[list[int]]
"""Options, by position, that overlap alike."""
Row = tuple[list[int], list[float], float]
"""Columns, their coefficients, and the most they may sum to."""
Found = tuple[list[Floats], list[Row]]
"""(aim,) for each new column, and rows."""
NOTHING = 1e-12
"""Share of the largest overlap of a block up to which a step is rounding."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Together:
    """Columns for what is taken together, from 0 to 1, and the rows that make them so.

    Columns of options come first, then these.
    """

    weights: Floats
    """(aim, column of these): what each adds to each aim."""
    rows: list[Row]


def clique(menu: Menu) -> list[int]:
    """Position of each option → number of a group of which at most one may be taken; alone where it is in none.

    >>> clique(Menu(options=("a 2017", "a 2018", "b"), one_of=(("a 2017", "a 2018"),)))
    [0, 0, 3]
    """
    found: dict[str, int] = {}
    for number, group in enumerate(menu.one_of):
        for name in group:
            found.setdefault(name, number)
    return [found.get(name, len(menu.one_of) + n) for n, name in enumerate(menu.options)]


def together(menu: Menu, aims: Sequence[Aim]) -> Together:
    """Columns and rows for every overlap of some aims, each of which is to be large."""
    weights: list[Floats] = []
    rows: list[Row] = []
    start = len(menu.options)
    for pairs in _blocks(menu, aims):
        left, right, block = _filled(pairs)
        steps = _steps(block)
        place = start + len(weights)
        found = _coupled(left, right, block, place) if steps is None else _begun(left, right, steps, place)
        weights += found[0]
        rows += found[1]
    return Together(weights=np.array(weights).reshape(len(weights), len(aims)).T, rows=rows)


def _blocks(menu: Menu, aims: Sequence[Aim]) -> list[dict[tuple[int, int], Floats]]:
    """For each two groups that overlap: option of one, option of the other → (aim,) what both add."""
    at, groups = {name: n for n, name in enumerate(menu.options)}, clique(menu)
    blocks: dict[tuple[int, int], dict[tuple[int, int], Floats]] = defaultdict(dict)
    for k, aim in enumerate(aims):
        for (one, other), value in aim.overlaps.items():
            a, b = sorted((at[one], at[other]), key=lambda n: (groups[n], n))
            if value and groups[a] != groups[b]:
                blocks[groups[a], groups[b]].setdefault((a, b), np.zeros(len(aims)))[k] += value
    return [blocks[key] for key in sorted(blocks)]


def _filled(pairs: dict[tuple[int, int], Floats]) -> tuple[list[int], list[int], Floats]:
    """Options on both sides, and (option, option, aim) what both add."""
    left, right = sorted({a for a, _ in pairs}), sorted({b for _, b in pairs})
    block = np.zeros((len(left), len(right), len(next(iter(pairs.values())))))
    for (a, b), each in pairs.items():
        block[left.index(a), right.index(b)] = each
    return left, right, block


def _steps(block: Floats) -> Floats | None:
    """What each step adds, where a block is a sum over steps that all add or all lose; None where it is not.

    The step (i, j) counts where one side takes its option i or an earlier one, and the other its option j or an
    earlier one.
    """
    wide = np.pad(block, ((0, 1), (0, 1), (0, 0)))
    steps = wide[:-1, :-1] - wide[1:, :-1] - wide[:-1, 1:] + wide[1:, 1:]
    steps[np.abs(steps) <= NOTHING * np.abs(block).max(axis=(0, 1))] = 0.0
    one_way = (steps <= 0).all(axis=(0, 1)) | (steps >= 0).all(axis=(0, 1))
    few = np.count_nonzero(steps.any(axis=2)) <= np.count_nonzero(block.any(axis=2))
    return steps if one_way.all() and few else None


def _begun(left: list[int], right: list[int], steps: Floats, start: int) -> Found:
    """A column for each step: both sides have begun by then."""
    cells = [(int(i), int(j)) for i, j in np.argwhere(steps.any(axis=2))]
    rows: list[Row] = []
    for column, (i, j) in enumerate(cells, start):
        sides = (left[: i + 1], right[: j + 1])
        both = [*sides[0], *sides[1]]
        if (steps[i, j] < 0).any():  # at least as much together as both sides cannot avoid
            rows.append(([*both, column], [*(1.0 for _ in both), -1.0], 1.0))
        if (steps[i, j] > 0).any():
            rows += [([column, *side], [1.0, *(-1.0 for _ in side)], 0.0) for side in sides]
    return [steps[cell] for cell in cells], rows


def _alike(block: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First row of each kind, and the kind of each row."""
    _, first, kind = np.unique(block.reshape(len(block), -1), axis=0, return_index=True, return_inverse=True)
    return first, kind.reshape(-1)


def _sorted_in(options: list[int], kinds: NDArray[np.intp]) -> Classes:
    return [[options[n] for n in np.flatnonzero(kinds == kind)] for kind in range(int(kinds.max()) + 1)]


def _coupled(of_left: list[int], of_right: list[int], pairs: Floats, start: int) -> Found:
    """A column for each two classes of options: how much of both is taken together."""
    first, kinds = _alike(pairs)
    second, other_kinds = _alike(pairs[first].swapaxes(0, 1))
    left, right, block = _sorted_in(of_left, kinds), _sorted_in(of_right, other_kinds), pairs[first][:, second]
    loses = bool((block < 0).any())
    cells = [(i, j) for i in range(len(left)) for j in range(len(right)) if loses or block[i, j].any()]
    column = {cell: start + n for n, cell in enumerate(cells)}
    rows: list[Row] = []
    if loses:  # at least as much together as both sides cannot avoid
        sides = [*(n for each in left for n in each), *(n for each in right for n in each)]
        rows.append(([*sides, *column.values()], [*(1.0 for _ in sides), *(-1.0 for _ in cells)], 1.0))
    if len(cells) > 1 or not loses or (block > 0).any():
        rows += _no_more_than_taken(left, right, column)
    return [block[cell] for cell in cells], rows


def _no_more_than_taken(left: Classes, right: Classes, column: dict[tuple[int, int], int]) -> Iterator[Row]:
    for side, classes in enumerate((left, right)):
        for n, options in enumerate(classes):
            own = [each for cell, each in column.items() if cell[side] == n]
            yield [*own, *options], [*(1.0 for _ in own), *(-1.0 for _ in options)], 0.0
