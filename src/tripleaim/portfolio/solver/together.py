"""Overlaps as linear rows: how much of a pair of options is taken together.

Options that exclude each other, such as the start years of one scheme, are seen as one block: the share taken together
of two such groups is a coupling of their shares, which is the tightest linear form there is for two groups. Options
that overlap alike with all of the other group are merged, so an overlap that does not depend on the years costs one
column.
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Together:
    """Columns for what is taken together, from 0 to 1, and the rows that make them so.

    Columns of options come first, then these.
    """

    weights: Floats
    """(aim, column of these): what each adds to each aim."""
    rows: list[tuple[list[int], list[float], float]]
    """Columns, their coefficients, and the most they may sum to."""


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
    rows: list[tuple[list[int], list[float], float]] = []
    start = len(menu.options)
    for pairs in _blocks(menu, aims):
        left, right, block = _merged(pairs)
        found = _rows(left, right, block, start + len(weights))
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


def _merged(pairs: dict[tuple[int, int], Floats]) -> tuple[Classes, Classes, Floats]:
    """Classes of options on both sides that overlap alike, and (class, class, aim) what both add."""
    left, right = sorted({a for a, _ in pairs}), sorted({b for _, b in pairs})
    block = np.zeros((len(left), len(right), len(next(iter(pairs.values())))))
    for (a, b), each in pairs.items():
        block[left.index(a), right.index(b)] = each
    first, of_left = _alike(block)
    second, of_right = _alike(block[first].swapaxes(0, 1))
    return _sorted_in(left, of_left), _sorted_in(right, of_right), block[first][:, second]


def _alike(block: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First row of each kind, and the kind of each row."""
    _, first, kind = np.unique(block.reshape(len(block), -1), axis=0, return_index=True, return_inverse=True)
    return first, kind.reshape(-1)


def _sorted_in(options: list[int], kinds: NDArray[np.intp]) -> Classes:
    return [[options[n] for n in np.flatnonzero(kinds == kind)] for kind in range(int(kinds.max()) + 1)]


def _rows(
    left: Classes, right: Classes, block: Floats, start: int
) -> tuple[list[Floats], list[tuple[list[int], list[float], float]]]:
    loses = bool((block < 0).any())
    cells = [(i, j) for i in range(len(left)) for j in range(len(right)) if loses or block[i, j].any()]
    column = {cell: start + n for n, cell in enumerate(cells)}
    rows = []
    if loses:  # at least as much together as both sides cannot avoid
        sides = [*(n for each in left for n in each), *(n for each in right for n in each)]
        rows.append(([*sides, *column.values()], [*(1.0 for _ in sides), *(-1.0 for _ in cells)], 1.0))
    if len(cells) > 1 or not loses or (block > 0).any():
        rows += _no_more_than_taken(left, right, column)
    return [block[cell] for cell in cells], rows


def _no_more_than_taken(
    left: Classes, right: Classes, column: dict[tuple[int, int], int]
) -> Iterator[tuple[list[int], list[float], float]]:
    for side, classes in enumerate((left, right)):
        for n, options in enumerate(classes):
            own = [each for cell, each in column.items() if cell[side] == n]
            yield [*own, *options], [*(1.0 for _ in own), *(-1.0 for _ in options)], 0.0
