"""How often a set loses an organisation more than a limit allows, over the draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tripleaim.plan import sort_rows
from tripleaim.plan.choice_limit import LimitKind
from tripleaim.portfolio.limit import is_kept
from tripleaim.portfolio.limits import AnyLimit
from tripleaim.portfolio.model import Model, answers
from tripleaim.portfolio.offered import LimitOverDraws
from tripleaim.projection.axes import Array
from tripleaim.projection.run import Run
from tripleaim.projection.worlds import HOPED
from tripleaim.stress.response import Floats
from tripleaim.stress.switched import switched


def broken_over_draws(
    model: Model, choice: Mapping[str, int], limits: Sequence[AnyLimit]
) -> tuple[LimitOverDraws, ...]:
    """Every limit on what an organisation may lose, and how often a set breaks it under the full model."""
    rows = sort_rows("choice_limits", model.plan.choice_limits)
    own = [each for each in limits if each.told.kind == LimitKind.ORGANISATION and each.row is not None]
    if not own:
        return ()
    axes, lost = model.whole.axes, _lost(model, choice)
    found = []
    for number in dict.fromkeys(each.row for each in own if each.row):
        row = rows[number - 2]
        member = axes.nodes[: axes.members].index(row.of)
        mine = [each.told for each in own if each.row == number]
        broken = [~is_kept(told, lost[member, model.plan.years.index(told.year)]) for told in mine]
        found.append(
            LimitOverDraws(
                key=row.key,
                name=row.name,
                years=tuple(told.year for told in mine),
                by_year=tuple(float(each.mean()) for each in broken),
                any_year=float(np.any(broken, axis=0).mean()),
            )
        )
    return tuple(found)


def _lost(model: Model, choice: Mapping[str, int]) -> Floats:
    """(member, year, draw): how much worse off than if nothing changed, one-off money counted, GBP."""
    axes = model.whole.axes
    members, years = axes.members, axes.last

    def read(run: Run) -> Array:
        position = (run.recurrent + run.one_off)[:members, 1 : years + 1]
        return position.reshape(members * years, -1)

    made = switched(model.whole.whole, model.whole.inputs, read, HOPED, fast=False)
    numbers = answers(made, model.whole.worlds([{}, choice]), model.drawn)
    return (numbers[:, 0] - numbers[:, 1]).reshape(members, years, -1)
