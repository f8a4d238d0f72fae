"""What is lost if one scheme of a set is cut, beside what that saves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tripleaim.plan import Plan
from tripleaim.plan.indicator import Gap
from tripleaim.portfolio.aftermath import Loss
from tripleaim.portfolio.facts import Used, facts
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.options import years_begun
from tripleaim.portfolio.scoring import in_balance, worst_tenth
from tripleaim.stress.response import Floats


def losses(model: Model, own: Used, choice: Mapping[str, int], *, is_pressure: bool) -> tuple[Loss, ...]:
    """Every scheme of a choice left out in turn, with those that need it; the costliest in money first.

    What years spend that had begun when the plan was dated is spent, and saved by no cut.

    own : what every way uses
    """
    if not choice:
        return ()
    names = {scheme.key: scheme.name for scheme in model.plan.schemes}
    keys = sorted(choice)
    sets = [choice, *(without(model.plan, choice, key) for key in keys)]
    numbers = model.each(sets)
    used = facts(model, own, [model.whole.keys(each) for each in sets])
    read, nothing = model.reading, np.broadcast_to(model.nothing[:, None], numbers.shape)
    left, years = years_begun(model.plan), len(model.plan.years)
    spent_once = used.once[..., :left].sum(axis=(1, 2)) / years
    money = _lost(read.closed(numbers, nothing)) + spent_once[0] - spent_once
    health, care = (_lost(read.share(gap, numbers, nothing)) for gap in (Gap.HEALTH, Gap.CARE))
    short = read.short(numbers)
    sure, worst = in_balance(short), worst_tenth(short)
    found = [
        Loss(
            scheme=key,
            name=names[key],
            along=tuple(sorted(names[other] for other in choice if other != key and other not in sets[n])),
            spending=(*(0.0,) * left, *map(float, (used.revenue[0] - used.revenue[n])[:, left:].sum(axis=0))),
            capital=float((used.capital[0] - used.capital[n])[:, left:].sum()),
            money=float(money[n]),
            health=float(health[n]),
            care=float(care[n]),
            chance=None if is_pressure else float(sure[0] - sure[n]),
            worst_tenth=float(worst[n] - worst[0]),
        )
        for n, key in enumerate(keys, 1)
    ]
    return tuple(sorted(found, key=lambda each: -each.money))


def without(plan: Plan, choice: Mapping[str, int], key: str) -> dict[str, int]:
    """A choice without one scheme and without those that need it."""
    needs = {scheme.key: scheme.needs for scheme in plan.schemes}
    left = {each: later for each, later in choice.items() if each != key}
    while gone := [each for each in left if any(need not in left for need in needs[each])]:
        left = {each: later for each, later in left.items() if each not in gone}
    return left


def _lost(values: Floats) -> Floats:
    """(set,): mean of the first set less each."""
    means = values.mean(axis=1)
    return np.asarray(means[0] - means)
