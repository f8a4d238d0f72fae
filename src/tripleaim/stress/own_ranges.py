"""A plan on its own ranges alone: how much of what may come rests on ranges that no planner of the place wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tripleaim.plan import Plan
from tripleaim.projection.values import assumption_name
from tripleaim.stress.engine import engine
from tripleaim.stress.headlines import SHORT
from tripleaim.stress.readings import Readings
from tripleaim.stress.spreads import Spreads
from tripleaim.stress.streams import Sampler
from tripleaim.stress.trial import answers, trial
from tripleaim.stress.uncertainty import Uncertainty


@dataclass(frozen=True, kw_only=True)
class OwnRanges:
    """The same draws of what the plan states itself, while every range the model adds stands at its point."""

    stated: int
    """How many uncertain numbers the plan states."""
    added: tuple[str, ...]
    """Labels of those the model adds to every plan that does not state them."""
    money: Spreads
    """Recurrent shortfall of NHS and councils together, as hoped, GBP; of a pressure plan its pressure."""


def on_own_ranges(plan: Plan, inputs: Sequence[Uncertainty], sampler: Sampler, draws: int) -> OwnRanges | None:
    """Draw a plan with the model's own ranges held at their points.

    inputs  : what is drawn in the whole test
    sampler : whose draws they are; an input has the same draws here as there
    returns : None where the plan states every range itself, so that there is nothing to leave out
    """
    written = {assumption_name(row.key) for row in plan.assumptions}
    added = [each for each in inputs if each.name.startswith("assumptions/") and each.name not in written]
    if not added:
        return None
    stated = tuple(each for each in inputs if each not in added)
    asked = engine(plan, stated)
    readings = Readings(asked)
    trial(answers(asked, sampler), draws, readings.tally)
    (money,) = [each for each in readings.spreads(SHORT) if (each.who, each.case) == ("both", "hoped")]
    return OwnRanges(stated=len(stated), added=tuple(each.label for each in added), money=money)
