"""The parts of a whole stress test rest on the same draws, so that one quantity has one figure wherever it is told."""

from __future__ import annotations

import pytest

from tripleaim.plan import Plan
from tripleaim.stress.findings import stress
from tripleaim.stress.outside.chances import chances


@pytest.mark.parametrize("how", [{"together": False}, {"sobol": True}, {}], ids=["alone", "sobol", "as usual"])
def test_believing_the_authors_is_the_headline_however_it_is_drawn(pressure: Plan, how: dict[str, bool]) -> None:
    claimed = next(each for each in chances(pressure, 64, 7, **how) if each.case == "hoped")
    headline = stress(pressure, 64, 7, **how).of("both", "hoped")
    assert claimed.belief == "as claimed"
    assert (claimed.low, claimed.middle, claimed.high) == (headline.low[-1], headline.middle[-1], headline.high[-1])
