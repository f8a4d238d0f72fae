"""The choice that is best where things go badly: by the mean of the worst scenarios, alone or with that of all."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from tripleaim.errors import Impossible
from tripleaim.portfolio.solver.aim import Floats, Outlook
from tripleaim.portfolio.solver.best import NORMAL, told
from tripleaim.portfolio.solver.found import Effort, Found
from tripleaim.portfolio.solver.menu import Menu, check, worths
from tripleaim.portfolio.solver.program import Program


def mean_of_worst(values: Sequence[float] | Floats, worst: float) -> float:
    """Mean of the lowest values, equally likely: conditional value at risk (expected shortfall) of a gain.

    worst : share of the values that counts, above 0 to 1; the value at its edge counts in part

    >>> mean_of_worst([1, 2, 3, 10], 0.5), round(mean_of_worst([1, 2, 3, 10], 0.3), 4)
    (1.5, 1.1667)
    """
    low = np.sort(np.asarray(values, float))
    weights = np.clip(worst * len(low) - np.arange(len(low)), 0, 1)
    return float(low @ weights / weights.sum())


def steadiest(
    menu: Menu,
    outlook: Outlook,
    *,
    worst: float = 0.1,
    average: float = 0.0,
    tail: float = 1.0,
    effort: Effort = NORMAL,
) -> Found:
    """The choice that makes `average` × mean + `tail` × mean of the worst scenarios as large as it can be.

    worst   : share of the scenarios that count as the worst, above 0 to 1
    average : weight of the mean of all scenarios, 0 or more
    tail    : weight of the mean of the worst, 0 or more
    raises  : NothingFits where no choice keeps to everything; Impossible for weights or a share out of range, a menu or
              an outlook that is not whole
    source  : Rockafellar and Uryasev 2000, "Optimization of conditional value-at-risk" (Journal of Risk 2:21)

    >>> outlook = Outlook(name="saving", value=((9, -3), (2, 2)))
    >>> menu = Menu(options=("bold", "safe"), one_of=(("bold", "safe"),))
    >>> steadiest(menu, outlook, worst=0.5).chosen, steadiest(menu, outlook, worst=1).chosen
    (('safe',), ('bold',))
    """
    check(menu, outlook)
    if not 0 < worst <= 1 or not (average >= 0 and tail >= 0 and 0 < average + tail < math.inf):
        raise Impossible("The worst share lies above 0 and up to 1; weights are 0 or more, and not both 0.")
    aims, count = outlook.aims(), outlook.scenarios
    program = Program(menu, aims)
    unit = float(np.abs(program.forms[:count]).max(initial=0.0)) or 1.0
    forms, constants = program.forms[:count] / unit, np.array([aim.constant for aim in aims])
    shift = float(constants.mean())
    constants = (constants - shift) / unit
    edge = program.more(1, -math.inf, math.inf, whole=False)[0]
    below = program.more(count, 0.0, math.inf, whole=False)
    for n, form in enumerate(forms):  # how far a scenario lies below the edge of the worst
        columns = np.flatnonzero(form)
        program.row([*columns.tolist(), below[n], edge], [*form[columns], 1.0, -1.0], -constants[n], math.inf)
    objective = np.zeros(program.columns)
    objective[: forms.shape[1]] = average * forms.mean(axis=0)
    objective[edge], objective[list(below)] = tail, -tail / (worst * count)

    def score(values: Floats) -> float:
        return average * float(values.mean()) + tail * mean_of_worst(values, worst)

    solved = program.solve(objective, score(constants) - average * float(constants.mean()), effort)
    return told(
        menu,
        solved,
        lambda chosen: score(worths(menu, outlook, chosen)),
        unit=unit,
        shift=average * float(np.mean([aim.constant for aim in aims])) + tail * shift,
    )
