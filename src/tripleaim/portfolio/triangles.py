"""Schemes as triangles for use in a room: benefit for each use of care, times uses reached, against cost.

The form follows Airoldi and others, 2014, "STAR: people-powered prioritization" (Medical Decision Making 34:965).
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from tripleaim.plan.indicator import Gap
from tripleaim.plan.scheme import Effect, EffectKind
from tripleaim.portfolio.facts import ONCE, SPENDING
from tripleaim.portfolio.model import Model
from tripleaim.portfolio.record import Triangle
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import SMOOTH, worlds

CHARGES = ("return on capital", "depreciation", "repayment and interest")
"""What the ledger calls the yearly charge of capital."""
ON_CARE = frozenset(
    {EffectKind.AVOID, EffectKind.SHORTEN, EffectKind.SHIFT, EffectKind.STOP, EffectKind.MOVE, EffectKind.PRODUCTIVITY}
)
"""Kinds of effect on a line of care."""


def triangles(model: Model, chosen: Collection[str]) -> tuple[Triangle, ...]:
    """Every scheme as the plan times it, at the stated numbers, wards counted as fractions; the most benefit for its
    cost first.

    chosen : keys of the schemes of the chosen set
    """
    names = {scheme.key: scheme.name for scheme in model.plan.schemes}
    keys = sorted(names)
    everything = model.whole.keys(dict.fromkeys(keys, 0))
    run = model.at_points(worlds(model.whole.axes, [(), *((key,) for key in everything)]), SMOOTH)
    numbers = np.asarray(model.reading.read(run))
    found = []
    for n, key in enumerate(keys, 1):
        now, nothing = numbers[:, n], numbers[:, 0]
        cost = _cost(model, run, n)
        benefit = float(model.reading.closed(now, nothing)) + cost
        reached, units = _reached(model, run, key)
        found.append(
            Triangle(
                scheme=key,
                name=names[key],
                reached=reached,
                units=units,
                benefit=benefit,
                benefit_each=benefit / reached if reached > 0 else 0.0,
                cost=cost,
                health=float(model.reading.share(Gap.HEALTH, now, nothing)),
                care=float(model.reading.share(Gap.CARE, now, nothing)),
                is_chosen=key in chosen,
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.benefit / max(each.cost, 1.0), each.scheme)))


def _cost(model: Model, run: Run, n: int) -> float:
    """Yearly cost in the last year, one-off costs spread evenly over the plan's years, GBP."""
    years, last = slice(1, run.axes.last + 1), run.axes.last
    yearly = once = 0.0
    for (kind, _, _, _), amount in run.ledger.flows.items():
        if kind in ONCE:
            once += float(amount[years, n].sum() - amount[years, 0].sum())
        elif kind in (*SPENDING, *CHARGES):
            yearly += float(amount[last, n] - amount[last, 0])
    return yearly + once / len(model.plan.years)


def _reached(model: Model, run: Run, scheme: str) -> tuple[float, tuple[str, ...]]:
    """Uses of care a year by those a scheme is meant for and reaches, and what is counted."""
    lines = {line.key: line for line in model.plan.activity}
    own: list[Effect] = [each for each in model.plan.effects if each.scheme == scheme and each.kind in ON_CARE]
    volume = run.given.units[:, run.axes.last, 0]
    reached = sum(
        float(volume[run.axes.lines.index(each.target)]) * each.eligible.point * each.uptake.point for each in own
    )
    return reached, tuple(sorted({lines[each.target].unit for each in own}))
