"""What we measure with must itself be sound: made-up plans that are whole, and figures that say what they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from bench import ASKED_FOR, PARTS, busy, machine, power
from kept import TITLES, Part, keep, kept, page
from making import without_network
from measuring import Measured, figure, memory, process
from synthetic import synthetic_plan

from tripleaim.loading import read_plan, write_plan
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.projection import run_cases


def test_a_made_up_plan_is_as_large_as_asked() -> None:
    plan = synthetic_plan(lines=40, years=3, organisations=9, schemes=5)
    assert (len(plan.activity), len(plan.years), len(plan.organisations), len(plan.schemes)) == (40, 3, 9, 5)


def test_a_made_up_plan_has_no_problems_and_reads_back_the_same(tmp_path: Path) -> None:
    plan = synthetic_plan(lines=30, organisations=6, schemes=3, planned=True)
    write_plan(plan, tmp_path / "plan")
    assert read_plan(tmp_path / "plan").fingerprint == plan.fingerprint


@pytest.mark.parametrize(("lines", "organisations", "schemes"), [(1, 3, 9), (10, 6, 3), (12, 20, 40), (40, 3, 2)])
def test_a_made_up_plan_of_any_size_has_no_problems(lines: int, organisations: int, schemes: int) -> None:
    crosscheck_plan(synthetic_plan(lines=lines, organisations=organisations, schemes=schemes))


@pytest.mark.parametrize(("size", "told"), [("lines", 0), ("years", 0), ("organisations", 2), ("places", 2)])
def test_a_plan_too_small_to_be_one_is_refused_in_words(size: str, told: int) -> None:
    with pytest.raises(ValueError, match=f"{size} = {told}; expected at least {told + 1}"):
        synthetic_plan(**{size: told})


def test_its_money_balances_and_its_schemes_do_something() -> None:
    run = run_cases(synthetic_plan(lines=30, organisations=6, schemes=3))
    assert abs((run.recurrent + run.one_off).sum(axis=0)).max() < 0.01
    assert (run.short("hoped") != run.short("funding_growth")).any()


def test_a_figure_says_whether_its_target_was_reached() -> None:
    assert Measured(what="a", value=49.0, unit="ms", target=50).verdict == "reached"
    assert Measured(what="a", value=51.0, unit="ms", target=50).verdict == "missed"
    assert Measured(what="a", value=51.0, unit="ms").verdict == ""
    assert [figure(v) for v in (0.02345, 1.5, 41.26, 12345.6)] == ["0.0234", "1.5", "41.3", "12,346"]


def test_a_process_that_fails_is_not_timed() -> None:
    with pytest.raises(SystemExit, match="code 3"):
        process((sys.executable, "-c", "raise SystemExit(3)"), times=1)


def test_a_process_may_be_meant_to_refuse() -> None:
    assert process((sys.executable, "-c", "raise SystemExit(2)"), times=1, code=2) > 0
    with pytest.raises(SystemExit, match="code 0"):
        process((sys.executable, "-c", "pass"), times=1, code=2)


def test_growth_is_told_as_a_power_of_size() -> None:
    sizes = [1_000, 2_000, 4_000]
    assert power(sizes, [3.0, 6.0, 12.0]) == pytest.approx(1)
    assert power(sizes, [3.0, 12.0, 48.0]) == pytest.approx(2)
    assert power(sizes, [53.0, 56.0, 62.0]) < 0.2


def test_nothing_comes_through_where_the_network_is_off() -> None:
    off = without_network()
    if not off:
        pytest.skip("the network cannot be switched off here")
    interfaces = subprocess.run([*off, "cat", "/proc/net/dev"], capture_output=True, text=True, check=True).stdout
    assert [line.split(":")[0].strip() for line in interfaces.splitlines()[2:]] == ["lo"]


def test_what_takes_minutes_is_measured_only_when_asked_for() -> None:
    assert set(ASKED_FOR) < set(PARTS)


def test_memory_is_measured_of_the_process_itself() -> None:
    small = memory((sys.executable, "-c", "pass"))
    large = memory((sys.executable, "-c", "x = bytearray(200_000_000)"))
    assert 150 < large - small < 300


A_PART = Part("sharing", machine(), busy(), (Measured(what="a", value=1.0, unit="s", target=3),))


def test_the_page_names_machine_python_and_libraries() -> None:
    text = page([A_PART])
    assert "load average" in text
    assert machine() in text
    assert "Python 3" in machine()
    assert "numpy" in machine()
    assert "| a | 1 s | ≤ 3 s | reached |" in text


def test_a_part_that_is_kept_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    other = Part("stress", "a machine", "", (Measured(what="b", value=2.0, unit="x", target=1, at_least=True),))
    for part in (A_PART, other, A_PART):
        keep(part, tmp_path)
    assert list(kept(PARTS, tmp_path)) == [other, A_PART]


def test_every_part_has_a_title() -> None:
    assert set(TITLES) == set(PARTS)


def test_the_page_of_results_says_what_was_kept(root: Path) -> None:
    parts = list(kept(PARTS))
    assert sum(len(part.rows) for part in parts) >= 10
    assert (root / "benchmarks" / "results.md").read_text("utf-8") == page(parts)


@pytest.mark.slow
def test_the_bench_explains_itself(root: Path) -> None:
    told = subprocess.run(
        [sys.executable, "benchmarks/bench.py", "--help"], cwd=root, capture_output=True, text=True, check=True
    )
    assert "--write" in told.stdout
    for asked in ("--demo", "--tests", "--only"):
        assert asked in told.stdout
