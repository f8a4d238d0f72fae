"""The draws that are asked for on the command line are those the figures rest on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from commands import ROOT, inside
from tripleaim.loading import read_plan
from tripleaim.stress.findings import Stress, stress

PLAN = ROOT / "plans" / "west_north_and_east_cumbria"
DRAWS = ("--draws", "8")
HOW = {
    "as usual": ((), {}),
    "seed 5": (("--seed", "5"), {"seed": 5}),
    "alone": (("--alone",), {"together": False}),
    "sobol": (("--sobol",), {"sobol": True}),
    "all three": (("--seed", "5", "--alone", "--sobol"), {"seed": 5, "together": False, "sobol": True}),
}
"""What is typed, and how `stress` is then asked."""


def expected(**how: int) -> Stress:
    return stress(read_plan(PLAN), 8, **how)


def assert_told(money: list[dict[str, Any]], own: Stress) -> None:
    """The money of a report is that of a stress test, for everybody in every case."""
    told = {(each["who"], each["case"]): [each["low"], each["middle"], each["high"]] for each in money}
    for who, case in told:
        spread = own.of(who, case)
        assert told[who, case] == [list(spread.low), list(spread.middle), list(spread.high)]
    assert ("both", "hoped") in told


@pytest.mark.parametrize("typed", HOW)
def test_stress_tells_the_figures_of_the_draws_that_were_asked_for(typed: str) -> None:
    words, how = HOW[typed]
    result = json.loads(inside("stress", PLAN, *DRAWS, *words, "--quick", "--json").stdout)["result"]
    own = expected(**how)
    assert (result["seed"], result["draws"], result["sampler"]) == (own.seed, own.draws, own.sampler)
    assert_told(result["money"], own)


@pytest.mark.parametrize("typed", HOW)
def test_two_plans_are_run_on_the_draws_that_were_asked_for(typed: str) -> None:
    words, how = HOW[typed]
    result = json.loads(inside("stress", PLAN, *DRAWS, *words, "--against", PLAN, "--json").stdout)["result"]
    for side in ("plan", "other"):
        assert_told([{**each, **each[side]} for each in result["side_by_side"]], expected(**how))


@pytest.mark.parametrize("typed", ["as usual", "seed 5", "alone"])
def test_stress_many_tells_of_a_plan_what_stress_tells_of_it(typed: str) -> None:
    words, how = HOW[typed]
    (found,) = json.loads(inside("stress-many", PLAN, *DRAWS, *words, "--json").stdout)["plans"]
    assert_told(found["money"], expected(**how))


def test_each_way_to_draw_has_figures_of_its_own() -> None:
    assert len({expected(**how).of("both", "hoped").middle for _, how in HOW.values()}) == len(HOW)
