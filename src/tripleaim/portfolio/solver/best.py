"""The choice that makes one aim as large as it can be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tripleaim.portfolio.solver.aim import Aim
from tripleaim.portfolio.solver.found import Effort, Found, gap
from tripleaim.portfolio.solver.menu import Menu, broken, check, worth
from tripleaim.portfolio.solver.program import Program, Solved

NORMAL = Effort()


def best(menu: Menu, aim: Aim, effort: Effort = NORMAL) -> Found:
    """The choice that makes an aim as large as it can be, while it keeps to everything on the menu.

    To choose nothing competes wherever no rule refuses it.

    raises : NothingFits where no choice keeps to everything; Impossible for a menu or an aim that is not whole
    source : method note 9, "Choosing"; solved by HiGHS, Huangfu and Hall 2018 (Mathematical Programming Computation
             10:119)

    >>> from tripleaim.portfolio.solver.rules import Rule
    >>> menu = Menu(options=("day unit", "home visits", "new ward"),
    ...             rules=(Rule(name="money", uses=(3, 2, 4), at_most=6),))
    >>> aim = Aim(name="bed days", value=(5, 4, 6), overlaps={("home visits", "new ward"): -3})
    >>> found = best(menu, aim)
    >>> found.chosen, found.value, found.proven
    (('day unit', 'home visits'), 9.0, True)
    """
    check(menu, aim)
    return best_of_sound(menu, aim, effort)


def best_of_sound(menu: Menu, aim: Aim, effort: Effort) -> Found:
    """The same for a menu and an aim that were checked."""
    program = Program(menu, [aim])
    solved = program.solve(program.forms[0], 0.0, effort)
    return told(menu, solved, lambda chosen: worth(menu, aim, chosen), shift=aim.constant)


def told(
    menu: Menu,
    solved: Solved,
    worth_of: Callable[[tuple[str, ...]], float],
    *,
    unit: float = 1.0,
    shift: float = 0.0,
) -> Found:
    """What the solver found, in names, valued anew from them.

    worth_of : what a choice is worth
    unit     : of the solver's objective
    shift    : what then lies between it and what a choice is worth
    """
    nothing = worth_of(())
    chosen = None if solved.taken is None else tuple(np.array(menu.options, object)[solved.taken].tolist())
    if chosen is None and not broken(menu, ()):
        chosen = ()  # the search was stopped before it found anything, and nothing may be chosen
    value = float("-inf") if chosen is None else worth_of(chosen)
    bound = max(value, unit * solved.bound + shift)
    return Found(
        chosen=chosen,
        value=value,
        bound=bound,
        gap=gap(value, bound, nothing),
        nodes=solved.nodes,
        stopped=solved.stopped,
    )
