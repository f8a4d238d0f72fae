"""A trial of the invented place: the same bits however it is cut, the run at its points, and one input by itself."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from commands import ROOT, inside, outside
from tripleaim.errors import Impossible
from tripleaim.loading import read_plan
from tripleaim.opendata.start import start
from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.reports.stress_summary import stress_summary
from tripleaim.stress.draws import central
from tripleaim.stress.findings import movers, spread_of, stress
from tripleaim.stress.streams import Streams
from tripleaim.stress.trial import one_chunk, trial
from tripleaim.stress.uncertainties import independent, uncertainties

INVENTED = ROOT / "plans" / "wealdshire_and_marsh"
ALLOCATIONS = "assumptions/all_allocations/value"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(INVENTED)


def test_the_draws_are_the_same_bits_in_chunks_of_any_size(plan: Plan) -> None:
    inputs = uncertainties(plan)
    whole, cut = (trial(plan, inputs, Streams(3), 12, chunk) for chunk in (12, 5))
    for case, short in whole.short.items():
        assert (short == cut.short[case]).all()
        assert (whole.position[case] == cut.position[case]).all()
        assert (whole.beds[case] == cut.beds[case]).all()


def test_the_draw_of_every_point_is_the_run(plan: Plan) -> None:
    found, run = one_chunk(plan, central(uncertainties(plan))), project(plan)
    for case, short in found.short.items():
        for n, scope in enumerate(("nhs", "council", "both")):
            assert short[n, :, 0] == pytest.approx(getattr(run.scope(scope), case)[: len(plan.years)], abs=1e-3)


def test_organisations_add_up_to_the_system_in_every_draw(plan: Plan) -> None:
    found = trial(plan, uncertainties(plan), Streams(1), 8)
    for short in found.short.values():
        assert short[2] == pytest.approx(short[0] + short[1], abs=1e-3)


def test_one_uncertain_number_alone_gives_the_runs_at_its_low_and_its_high(plan: Plan) -> None:
    """Money falls as allocations grow, so the 10th percentile of the one is the 90th of the other."""
    (alone,) = [each for each in independent(uncertainties(plan)) if each.name == ALLOCATIONS]
    found = spread_of("both", "hoped", trial(plan, (alone,), Streams(1), 2000).short["hoped"][2], has_balance=True)
    (mover,) = movers(plan, (alone,))
    half = (mover.at_low - mover.at_high) / 2
    assert found.low[-1] == pytest.approx(mover.at_high, abs=half / 8)
    assert found.high[-1] == pytest.approx(mover.at_low, abs=half / 8)
    assert found.middle[-1] == pytest.approx(project(plan).scope("both").hoped[len(plan.years) - 1], abs=half / 8)


def test_a_seed_gives_its_own_draws_and_the_same_again(plan: Plan) -> None:
    one, again, other = (stress(plan, 40, seed) for seed in (1, 1, 2))
    assert one == again
    assert one.of("both", "hoped").middle != other.of("both", "hoped").middle


def test_leaving_out_what_moves_numbers_together_is_told(plan: Plan) -> None:
    assert stress(plan, 5, together=False).correlation.startswith("Every uncertain number is drawn on its own")
    assert "The national pay award" in stress(plan, 5).correlation


def test_the_widest_movers_come_first_and_hold_the_point_between_them(plan: Plan) -> None:
    found = stress(plan, 5).movers
    swings = [abs(each.at_high - each.at_low) for each in found]
    assert len(found) == 10
    assert swings[0] > swings[-1] > 0
    assert found[0].name == ALLOCATIONS


def test_a_pressure_has_no_balance() -> None:
    found = stress(read_plan(ROOT / "plans" / "norfolk_and_waveney"), 30)
    assert found.first_balance == ()
    assert all(each.balanced == () for each in found.money)
    spread = found.of("both", "do_nothing")
    assert np.less(spread.low, spread.middle).all()
    assert np.less(spread.middle, spread.high).all()


@pytest.mark.parametrize(("draws", "said"), [(0, "at least one draw"), (10**9, "At most 100,000 draws")])
def test_no_draws_and_more_than_can_be_kept_are_refused(plan: Plan, draws: int, said: str) -> None:
    with pytest.raises(Impossible, match=said):
        stress(plan, draws)


def told(plan: Plan) -> str:
    """What a terminal prints, in one line."""
    text = io.StringIO()
    stress_summary(stress(plan, 20), project(plan), Console(file=text, width=120))
    return " ".join(text.getvalue().split())


def test_a_stress_test_says_that_the_plan_is_a_draft_nobody_agreed_to(plan: Plan) -> None:
    assert "DRAFT version 0.3, Monday 20 February 2017. Not agreed by any organisation." in told(plan)


def test_a_plan_without_schemes_is_told_once_and_hopes_nothing() -> None:
    said = told(start("E54000038"))
    assert said.count("middle") == 1
    assert "As hoped" not in said
    assert "as hoped" not in said


def test_what_stress_would_refuse_is_no_plan_that_check_calls_ready(tmp_path: Path) -> None:
    shutil.copytree(INVENTED, tmp_path / "plan")
    rows = "driver,inputs,share,moves,name,source\npay_award,indices/paid/*/change,0.7,up,,clinical_leads\n"
    (tmp_path / "plan" / "drivers.csv").write_text(rows, encoding="utf-8")
    done = inside("check", tmp_path / "plan")
    assert done.returncode == 2
    assert "indices/paid/*/change, which no uncertain number of the plan is called" in done.stdout


def test_the_command_tells_it_to_a_board_and_to_a_program() -> None:
    words = ("stress", INVENTED, "--draws", "50")
    told = outside(*words)
    assert told.returncode == 0
    assert "of draws balance in 2020/21 as hoped" in " ".join(told.stdout.split())
    found = json.loads(inside(*words, "--json").stdout)
    assert (found["kind"], found["result"]["draws"]) == ("stress", 50)
