"""Candidates when things go otherwise, held to the changed plan with that choice."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.known_candidates import candidate, score
from portfolio.some_schemes import some_schemes
from tripleaim.portfolio.model import model
from tripleaim.portfolio.options import with_choice
from tripleaim.portfolio.otherwise import otherwise
from tripleaim.projection.gaps import CASES
from tripleaim.projection.project import run_values
from tripleaim.projection.values import Values
from tripleaim.stress.draws import draw
from tripleaim.stress.named.change import changed
from tripleaim.stress.named.named_test import standard_tests
from tripleaim.stress.streams import Streams
from tripleaim.stress.uncertainties import uncertainties

DRAWS = 2


def test_with_staff_not_found_a_set_closes_what_the_changed_plan_does_with_only_those_there() -> None:
    plan = some_schemes("home_first")
    sets = [candidate("nothing", score(0, 0, 0)), candidate("home", score(0, 0, 0), "home_first")]
    found = otherwise(model(plan, DRAWS, 1, fast=False), sets, DRAWS, 1)
    test = next(each for each in standard_tests() if each.key == "staff_not_found")
    after = with_choice(changed(plan, test).plan, {"home_first": 0})
    inputs = uncertainties(after)
    values = draw(inputs, Streams(1), 0, DRAWS).values
    drawn = {name: np.tile(row, 2) for each, row in zip(inputs, values, strict=True) for name in each.ranges}
    cases = [CASES["do_nothing"]] * DRAWS + [CASES["resourced"]] * DRAWS
    run = run_values(after, cases, Values(drawn=drawn))
    short, years = run.short_in_all()[run.axes.last], slice(1, run.axes.last + 1)
    once = -run.one_off[: run.axes.members, years].sum(axis=(0, 1)) / len(plan.years)
    closed = (short[:DRAWS] - short[DRAWS:] - (once[DRAWS:] - once[:DRAWS])).mean()
    own = {each.test: each.closed for each in found.tried if each.candidate == "home"}
    assert own["staff_not_found"] == pytest.approx(float(closed), abs=1.0)
    assert own["staff_not_found"] < own["as_it_is"]
