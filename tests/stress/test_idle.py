"""Every number that is drawn can move a figure of its plan; what cannot is not counted among them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stress.another import another
from tripleaim.loading import read_plan
from tripleaim.plan import Plan
from tripleaim.plan.variant import with_tables
from tripleaim.stress.draws import draw
from tripleaim.stress.engine import FAST, engine
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties

PLANS = Path(__file__).resolve().parents[2] / "plans"


@pytest.mark.parametrize(
    "name", ["wealdshire_and_marsh", "norfolk_and_waveney", "greater_manchester", "west_north_and_east_cumbria"]
)
def test_every_number_drawn_moves_a_figure(name: str) -> None:
    """Each takes the values of other draws, all others staying: some headline of some draw then changes."""
    plan = read_plan(PLANS / name)
    inputs = uncertainties(plan)
    found = engine(plan, inputs)
    if found.kernel != FAST:
        pytest.skip("the reference would take a minute")
    values = draw(inputs, Streams(3), 0, 24).values
    as_drawn, idle = found(values), []
    for row, each in enumerate(inputs):
        changed = values.copy()
        changed[row] = np.roll(values[row], 1)
        if np.array_equal(found(changed), as_drawn):
            idle.append(each.name)
    assert idle == []


def test_the_cost_of_a_bed_is_drawn_where_a_pool_does_not_state_its_own(plan: Plan) -> None:
    name = "assumptions/ward_cost/value"
    assert name not in {each.name for each in uncertainties(plan)}
    first, *others = plan.capacity
    leaves_it_to_the_model = with_tables(plan, capacity=(another(first, ward_cost=None), *others))
    assert name in {each.name for each in uncertainties(leaves_it_to_the_model)}
