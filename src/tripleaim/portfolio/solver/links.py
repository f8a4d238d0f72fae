"""Needs and exclusions as linear rows, each as tight as the groups of which one may be taken allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tripleaim.portfolio.solver.menu import Menu
from tripleaim.portfolio.solver.together import clique

Row = tuple[tuple[int, ...], tuple[float, ...], float]
"""Columns, their coefficients, and the most they may sum to."""


def links(menu: Menu) -> list[Row]:
    """Rows of every need and exclusion, each once, in their order."""
    return list(dict.fromkeys([*_needs(menu), *_exclusions(menu)]))


def _needs(menu: Menu) -> Iterator[Row]:
    """At most one start of a scheme is taken, so all its starts that need something among the same share one row."""
    at, groups = {name: n for n, name in enumerate(menu.options)}, clique(menu)
    among: dict[int, list[tuple[int, frozenset[int]]]] = defaultdict(list)
    for need in menu.needs:
        among[groups[at[need.option]]].append((at[need.option], frozenset(at[name] for name in need.any_of)))
    for need in menu.needs:
        option, others = at[need.option], frozenset(at[name] for name in need.any_of)
        if option not in others:
            same = {each for each, own in among[groups[option]] if own <= others} - others
            columns = (*sorted(same), *sorted(others))
            yield columns, (*(1.0 for _ in same), *(-1.0 for _ in others)), 0.0


def _exclusions(menu: Menu) -> Iterator[Row]:
    at, groups = {name: n for n, name in enumerate(menu.options)}, clique(menu)
    for each in menu.exclusions:
        left = _parts((at[name] for name in each.either), groups)
        right = _parts((at[name] for name in each.other), groups)
        for group, own in left.items():
            for other, theirs in right.items():
                if group != other:  # of one group, only one may be taken anyway
                    columns = tuple(sorted({*own, *theirs}))
                    yield columns, (1.0,) * len(columns), 1.0


def _parts(options: Iterable[int], groups: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for option in options:
        found[groups[option]].append(option)
    return found
