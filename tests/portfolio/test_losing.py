"""How often a set breaks what an organisation may lose."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.some_schemes import limit, some_schemes
from tripleaim.plan.choice_limit import LimitKind
from tripleaim.plan.variant import with_tables
from tripleaim.portfolio.facts import facts, used
from tripleaim.portfolio.limits import limits
from tripleaim.portfolio.losing import broken_over_draws
from tripleaim.portfolio.model import model

DRAWS = 5
FALLS = {"falls_exercise": 0}
BODY = "marsh_infirmary"


def test_a_limit_is_broken_in_the_draws_in_which_the_organisation_loses_more() -> None:
    """Classes were set up years before the last one, so nothing is paid once in it."""
    plan = some_schemes("falls_exercise")
    made = model(plan, DRAWS, 1, fast=False)
    member = made.whole.axes.nodes.index(BODY)
    numbers = made.each([FALLS])
    lost = -made.reading.better(numbers, made.nothing[:, None])[member, 0]
    at = float(np.median(lost))
    row = limit("most", LimitKind.ORGANISATION, at, of=BODY)
    held = model(with_tables(plan, choice_limits=(row,)), DRAWS, 1, fast=False)
    own = used(held)
    (found,) = broken_over_draws(held, FALLS, limits(held, facts(held, own, [(key,) for key in own.keys])))
    assert (found.key, found.years) == ("most", plan.years)
    assert found.by_year[-1] == pytest.approx(np.mean(lost > at + 1e-6 * max(1.0, abs(at))))
    assert max(found.by_year) <= found.any_year <= min(1.0, sum(found.by_year))
    assert broken_over_draws(made, FALLS, ()) == ()
