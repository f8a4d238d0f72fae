"""The choice that reaches a threshold in as many scenarios as it can."""

from __future__ import annotations

import math

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.portfolio.solver.aim import Aim, Outlook
from tripleaim.portfolio.solver.best import NORMAL, told
from tripleaim.portfolio.solver.found import Effort, Found
from tripleaim.portfolio.solver.menu import ROUNDING, Menu, check, largest, worths
from tripleaim.portfolio.solver.program import Program
from tripleaim.portfolio.solver.together import clique


def surest(menu: Menu, outlook: Outlook, threshold: float, effort: Effort = NORMAL) -> Found:
    """The choice that reaches a threshold in as large a share of the scenarios as it can.

    threshold : what is to be reached, in the unit of the outlook; itself enough
    returns   : the value is the share of scenarios that reach it, 0 to 1
    raises    : NothingFits where no choice keeps to everything; Impossible for a threshold that is no number, a menu or
                an outlook that is not whole

    Each scenario costs a yes or no of its own, so this is for some hundred scenarios, not for thousands.

    >>> outlook = Outlook(name="saving", value=((9, -3, 0), (2, 2, 1)))
    >>> menu = Menu(options=("bold", "safe"), one_of=(("bold", "safe"),))
    >>> found = surest(menu, outlook, threshold=2)
    >>> found.chosen, round(found.value, 4)
    (('safe',), 0.6667)
    """
    check(menu, outlook)
    if not math.isfinite(threshold):
        raise Impossible("The threshold is no number.")
    aims, count = outlook.aims(), outlook.scenarios
    program = Program(menu, aims)
    reached = program.more(count, 0.0, 1.0, whole=True)
    for n, aim in enumerate(aims):
        low, high = _range(menu, aim)
        slack = ROUNDING * largest(aim)
        if low >= threshold - slack:
            program.low[reached[n]] = 1.0
        elif high < threshold - slack:
            program.high[reached[n]] = 0.0
        else:  # at least the threshold where reached, at least the lowest there is where not
            columns = np.flatnonzero(program.forms[n])
            weights = [*program.forms[n][columns], low - threshold]
            program.row([*columns.tolist(), reached[n]], weights, low - aim.constant, math.inf)
    objective = np.zeros(program.columns)
    objective[list(reached)] = 1 / count
    slacks = ROUNDING * np.array([largest(aim) for aim in aims])

    def share(chosen: tuple[str, ...]) -> float:
        return float((worths(menu, outlook, chosen) >= threshold - slacks).mean())

    return told(menu, program.solve(objective, share(()), effort), share)


def _range(menu: Menu, aim: Aim) -> tuple[float, float]:
    """What an aim must lie between whatever is chosen: of each group, the worst option and the best."""
    value, groups = np.asarray(aim.value, float), np.array(clique(menu))
    ends = []
    for better in (np.minimum, np.maximum):
        own = np.zeros(int(groups.max()) + 1)
        better.at(own, groups, value)
        pairs = math.fsum(float(better(each, 0.0)) for each in aim.overlaps.values())
        ends.append(aim.constant + pairs + math.fsum(own.tolist()))
    return ends[0], ends[1]
