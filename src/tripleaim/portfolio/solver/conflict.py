"""What cannot be had together, where nothing can be chosen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.portfolio.solver.best import NORMAL
from tripleaim.portfolio.solver.found import Effort, NothingFits
from tripleaim.portfolio.solver.menu import Menu, broken, check
from tripleaim.portfolio.solver.program import Program


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Rules, needs, exclusions and floors that cannot all be kept; without any one of them, the rest can."""

    names: tuple[str, ...]
    """Names of needs and exclusions, then of rules and floors; none where a choice, or nothing, can be made."""
    necessary: bool
    """True where each was shown to be necessary; False where a search was stopped, and there may be one too many."""


def conflict(menu: Menu, effort: Effort = NORMAL) -> Conflict:
    """A smallest set of what cannot be kept together: take any one of it away, and the rest can be kept.

    There may be several such sets; this is one. Groups of which one may be taken are always kept.

    effort : of each of the searches, of which there is about one for each name
    raises : Impossible for a menu that is not whole, or where the search is stopped before it knows of any conflict
    source : deletion filter, Chinneck 2008, "Feasibility and Infeasibility in Optimization", chapter 6

    >>> from tripleaim.portfolio.solver.rules import Rule
    >>> rules = (Rule(name="money", uses=(3, 5), at_most=2), Rule(name="posts", uses=(1, 1), at_most=2),
    ...          Rule(name="do something", uses=(1, 1), at_least=1))
    >>> conflict(Menu(options=("a", "b"), rules=rules)).names
    ('money', 'do something')
    """
    check(menu)
    every = _names(menu)
    can = _can_be_kept(menu, effort)
    if can is None:
        raise Impossible("The search was stopped before it knew whether anything can be chosen: give it more nodes.")
    if can:
        return Conflict(names=(), necessary=True)
    links = {*(need.name for need in menu.needs), *(each.name for each in menu.exclusions)}
    parts = [[name for name in every if name in links], [name for name in every if name not in links]]
    kept, necessary = set(every), True
    while parts:  # leave out whole parts while the rest still conflicts; halve a part that is needed
        part = parts.pop(0)
        answer = _can_be_kept(_only(menu, kept.difference(part)), effort) if part else True
        if answer is False:
            kept.difference_update(part)
        elif len(part) > 1:
            parts[:0] = [part[: len(part) // 2], part[len(part) // 2 :]]
        elif answer is None:
            necessary = False
    return Conflict(names=tuple(name for name in every if name in kept), necessary=necessary)


def _can_be_kept(menu: Menu, effort: Effort) -> bool | None:
    """Whether any choice keeps to a menu; None where the search was stopped before it knew."""
    if not broken(menu, ()):
        return True
    try:
        program = Program(menu, [])
        solved = program.solve(np.zeros(program.columns), 0.0, effort)
    except NothingFits:
        return False
    return None if solved.taken is None else True


def _names(menu: Menu) -> tuple[str, ...]:
    links = [*(need.name for need in menu.needs), *(each.name for each in menu.exclusions)]
    limits = [*(rule.name for rule in menu.rules), *(floor.name for floor in menu.floors)]
    return tuple(dict.fromkeys([*links, *limits]))


def _only(menu: Menu, names: Collection[str]) -> Menu:
    """The menu with nothing to keep to but what is named."""
    return replace(
        menu,
        rules=tuple(each for each in menu.rules if each.name in names),
        needs=tuple(each for each in menu.needs if each.name in names),
        exclusions=tuple(each for each in menu.exclusions if each.name in names),
        floors=tuple(each for each in menu.floors if each.name in names),
    )
