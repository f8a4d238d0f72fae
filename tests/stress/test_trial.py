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
from tripleaim.stress.draws import draw
from tripleaim.stress.engine import engine
from tripleaim.stress.findings import movers, stress
from tripleaim.stress.readings import Readings
from tripleaim.stress.spreads import Spreads
from tripleaim.stress.streams import Streams
from tripleaim.stress.tally import BLOCK
from tripleaim.stress.trial import answers, trial
from tripleaim.stress.uncertainties import independent, uncertainties
from tripleaim.stress.uncertainty import Uncertainty
from tripleaim.stress.whole import Whole

INVENTED = ROOT / "plans" / "wealdshire_and_marsh"
ALLOCATIONS = "assumptions/all_allocations/value"


def short(plan: Plan, inputs: tuple[Uncertainty, ...], draws: int, **how: int) -> tuple[Spreads, ...]:
    """Shortfalls of the nhs, councils and both, in every case."""
    asked = engine(plan, inputs)
    readings = Readings(asked)
    trial(answers(asked, Streams(3)), draws, readings.tally, **how)
    return readings.spreads("short")


def test_the_draws_are_the_same_bits_in_chunks_of_any_size_and_on_any_number_of_threads(plan: Plan) -> None:
    inputs, draws = uncertainties(plan), 3 * BLOCK + 7
    whole = short(plan, inputs, draws, chunk=4 * BLOCK, threads=1)
    assert short(plan, inputs, draws, chunk=BLOCK, threads=1) == whole
    assert short(plan, inputs, draws, chunk=2 * BLOCK, threads=3) == whole


def test_a_chunk_that_is_no_multiple_of_a_block_is_our_mistake(plan: Plan) -> None:
    with pytest.raises(ValueError, match="a multiple of 512"):
        short(plan, uncertainties(plan), 20, chunk=5)


def test_one_uncertain_number_alone_gives_the_runs_at_its_low_and_its_high(plan: Plan) -> None:
    """Money falls as allocations grow, so the 10th percentile of the one is the 90th of the other."""
    (alone,) = [each for each in independent(uncertainties(plan)) if each.name == ALLOCATIONS]
    found = next(each for each in short(plan, (alone,), 2000) if (each.who, each.case) == ("both", "hoped"))
    (mover,) = movers(engine(plan, (alone,)))
    half = (mover.at_low - mover.at_high) / 2
    assert found.low[-1] == pytest.approx(mover.at_high, abs=half / 8)
    assert found.high[-1] == pytest.approx(mover.at_low, abs=half / 8)
    assert found.middle[-1] == pytest.approx(project(plan).scope("both").hoped[len(plan.years) - 1], abs=half / 8)


def test_sobol_points_bring_the_mean_nearer_with_as_many_draws(pressure: Plan) -> None:
    """Over twelve seeds the mean strays less than a third as far from that of many draws."""
    many = stress(pressure, 8192, seed=99).of("both", "hoped").mean[-1]
    evenly, at_random = (
        [stress(pressure, 64, seed, sobol=sobol).of("both", "hoped").mean[-1] - many for seed in range(12)]
        for sobol in (True, False)
    )
    assert np.std(evenly) < np.std(at_random) / 3
    assert np.mean(evenly) == pytest.approx(0, abs=4 * np.std(at_random) / np.sqrt(12))


def test_what_is_moved_to_a_bound_is_told(plan: Plan) -> None:
    found = stress(plan, 5).clamped
    assert found
    assert all(each.share >= 0.001 for each in found)
    assert [each.share for each in found] == sorted((each.share for each in found), reverse=True)


def test_indicators_say_how_often_they_reach_their_standard(plan: Plan) -> None:
    found = [each for each in stress(plan, 40).indicators if each.met]
    assert found
    assert all(0 <= share <= 1 for each in found for share in each.met)
    for each in found:
        assert [share == 1 for share in each.met] == [missed == 0 for missed in each.when_missed]


def test_what_is_told_of_draws_is_what_the_draws_say(plan: Plan) -> None:
    """Balance, its lasting, control totals and standards, counted from the answers of each draw."""
    asked = engine(plan, uncertainties(plan))
    answer = asked(draw(asked.inputs, Streams(1), 0, 60).values)
    found, years = stress(plan, 60), plan.years
    short = np.array([answer[asked.row("short", "both", year)] for year in years])
    told = found.of("both", "hoped")
    assert told.met == pytest.approx((short < 0.005).mean(axis=1))
    assert told.when_missed == pytest.approx([row[row > 0.005].mean() if (row > 0.005).any() else 0 for row in short])
    assert len(found.first_balance) == 3 * (3 + len(found.organisations) // 3)
    for lasting in found.first_balance:
        measure = "short" if lasting.who in ("nhs", "council", "both") else "organisation"
        amounts = np.array([answer[asked.row(measure, lasting.who, year, lasting.case)] for year in years])
        holds = np.logical_and.accumulate(amounts[::-1] < 0.005, axis=0)[::-1].mean(axis=1)
        assert np.cumsum(lasting.by_year) == pytest.approx(holds)
        assert lasting.never == pytest.approx(1 - holds[-1])
    totals = {(row.organisation, row.year): row.amount for row in plan.control_totals}
    for each in found.control_totals:
        own = answer[asked.row("organisation", each.organisation, each.year, each.case)]
        assert each.met == pytest.approx((-own >= totals[each.organisation, each.year] - 0.005).mean())
    standards = {row.key: row for row in plan.indicators if row.standard is not None}
    for spread in (each for each in found.indicators if each.who in standards):
        row = standards[spread.who]
        for n, year in enumerate(years):
            missed = (row.standard - answer[asked.row("indicator", row.key, year, spread.case)]) * (
                1 if row.higher_is_better else -1
            )
            assert spread.met[n] == pytest.approx((missed <= 1e-9).mean())


def test_a_seed_gives_its_own_draws_and_the_same_again(plan: Plan) -> None:
    one, again, other = (stress(plan, 40, seed) for seed in (1, 1, 2))
    assert one == again
    assert one.of("both", "hoped").middle != other.of("both", "hoped").middle


def test_leaving_out_what_moves_numbers_together_narrows_the_result_and_is_told(plan: Plan) -> None:
    together, alone = (stress(plan, 4096, together=each) for each in (True, False))
    assert alone.correlation.startswith("Every uncertain number is drawn on its own")
    assert "The national pay award" in together.correlation
    widths = [found.high[-1] - found.low[-1] for found in (each.of("both", "hoped") for each in (together, alone))]
    assert widths[1] < 0.97 * widths[0]


def test_the_widest_movers_come_first_and_hold_the_point_between_them(plan: Plan) -> None:
    found = stress(plan, 5).movers
    swings = [abs(each.at_high - each.at_low) for each in found]
    assert len(found) == 10
    assert swings[0] > swings[-1] > 0
    assert found[0].name == ALLOCATIONS


def test_a_pressure_has_no_balance() -> None:
    found = stress(read_plan(ROOT / "plans" / "norfolk_and_waveney"), 30)
    assert found.first_balance == ()
    assert all(each.met == () for each in found.money)
    spread = found.of("both", "do_nothing")
    assert np.less(spread.low, spread.middle).all()
    assert np.less(spread.middle, spread.high).all()


@pytest.mark.parametrize(("draws", "said"), [(0, "at least one draw"), (-3, "at least one draw")])
def test_no_draws_are_refused(plan: Plan, draws: int, said: str) -> None:
    with pytest.raises(Impossible, match=said):
        stress(plan, draws)


def told(plan: Plan) -> str:
    """What a terminal prints, in one line."""
    text = io.StringIO()
    stress_summary(Whole(found=stress(plan, 20)), project(plan), Console(file=text, width=120))
    return " ".join(text.getvalue().split())


def test_a_stress_test_says_that_the_plan_is_a_draft_nobody_agreed_to(plan: Plan) -> None:
    assert "DRAFT version 0.3, Monday 20 February 2017. Not agreed by any organisation." in told(plan)


def test_a_plan_without_schemes_is_told_once_and_hopes_nothing() -> None:
    said = told(start("E54000038"))
    assert said.count("low (1 in 10 below)") == 1
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
    words = ("stress", INVENTED, "--draws", "100", "--quick")
    told = outside(*words)
    assert told.returncode == 0
    assert "As hoped, with all the posts and capital the schemes need, the place" in " ".join(told.stdout.split())
    found = json.loads(inside(*words, "--json").stdout)
    assert (found["kind"], found["result"]["draws"]) == ("stress", 100)
