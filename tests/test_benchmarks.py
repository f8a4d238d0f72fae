"""What we measure with must itself be sound: made-up plans that are whole, and figures that say what they are."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

from bench import Measured, busy, figure, machine, memory, page, process
from synthetic import synthetic_plan

from tripleaim.loading import read_plan, write_plan
from tripleaim.projection import run_cases


def test_a_made_up_plan_is_as_large_as_asked() -> None:
    plan = synthetic_plan(lines=40, years=3, organisations=9, schemes=5)
    assert (len(plan.activity), len(plan.years), len(plan.organisations), len(plan.schemes)) == (40, 3, 9, 5)


def test_a_made_up_plan_has_no_problems_and_reads_back_the_same(tmp_path: Path) -> None:
    plan = synthetic_plan(lines=30, organisations=6, schemes=3, planned=True)
    write_plan(plan, tmp_path / "plan")
    assert read_plan(tmp_path / "plan").fingerprint == plan.fingerprint


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


def test_memory_is_measured_of_the_process_itself() -> None:
    small = memory((sys.executable, "-c", "pass"))
    large = memory((sys.executable, "-c", "x = bytearray(200_000_000)"))
    assert 150 < large - small < 300


def test_the_page_names_machine_python_and_libraries() -> None:
    text = page([Measured(what="a", value=1.0, unit="s", target=3)], busy())
    assert "load average" in text
    assert machine() in text
    assert "Python 3" in machine()
    assert "numpy" in machine()
    assert "| a | 1 s | ≤ 3 s | reached |" in text


def test_results_kept_were_written_by_the_bench(root: Path) -> None:
    kept = root / "benchmarks" / "results.md"
    if not kept.exists():
        pytest.skip("no results are kept yet")
    rows = re.findall(
        r"^\| (?!what|---)(.+?) \| ([\d.,]+) (\w+) \| (?:≤ ([\d.]+) \w+)? ?\| (\w*) \|$", kept.read_text("utf-8"), re.M
    )
    assert len(rows) >= 10
    for what, value, unit, target, verdict in rows:
        told = Measured(
            what=what, value=float(value.replace(",", "")), unit=unit, target=float(target) if target else None
        )
        assert told.verdict == verdict, what


@pytest.mark.slow
def test_the_bench_explains_itself(root: Path) -> None:
    told = subprocess.run(
        [sys.executable, "benchmarks/bench.py", "--help"], cwd=root, capture_output=True, text=True, check=True
    )
    assert "--write" in told.stdout
    assert "--demo" in told.stdout
