"""The command for many plans: one table, nothing ranked, nothing lost, and nothing half-written."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import ROOT, inside, outside
from tripleaim.loading import read_plan
from tripleaim.stress.findings import stress

PLANS = ("wealdshire_and_marsh", "norfolk_and_waveney")
STOPPED = "Stopped. Nothing half-finished was left behind.\n"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A plan with a word where a number should be."""
    shutil.copytree(ROOT / "plans" / PLANS[0], tmp_path / "broken")
    file = tmp_path / "broken" / "allocations.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2016/17", "next year"), encoding="utf-8")
    return tmp_path / "broken"


def test_one_table_in_the_order_of_the_names_with_the_figures_of_stress(tmp_path: Path) -> None:
    done = outside("stress-many", *PLANS, "--draws", "20", "--out", tmp_path / "r")
    assert (done.returncode, done.stderr) == (0, "")
    assert "never" not in done.stdout
    assert "a greater figure is not a worse plan" in " ".join(done.stdout.split())
    with (tmp_path / "r" / "data" / "spreads.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Plan"] for row in rows] == sorted(row["Plan"] for row in rows)
    alone = stress(read_plan(ROOT / "plans" / PLANS[0]), 20).of("both", "hoped")
    (row,) = [
        row
        for row in rows
        if (row["Plan"], row["Whose money"], row["Case"], row["Year"])
        == (PLANS[0], "NHS and councils", "As hoped", "2020/21")
    ]
    assert float(row["Middle, £m"]) == pytest.approx(alone.middle[-1] / 1e6, abs=1e-6)
    assert float(row["Draws in balance, share"]) == pytest.approx(alone.met[-1], abs=1e-6)
    found = json.loads((tmp_path / "r" / "result.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in found["plans"]] == [row["Plan"] for row in rows[::45]]


def test_a_plan_with_problems_is_told_beside_the_others_and_the_code_is_2(broken: Path) -> None:
    done = inside("stress-many", broken, PLANS[1], "--draws", "5")
    assert done.returncode == 2
    assert "Norfolk and Waveney" in done.stdout
    assert f"{broken} could not be run" in done.stderr
    assert "allocations.csv, row " in done.stderr
    found = json.loads(inside("stress-many", broken, PLANS[1], "--draws", "5", "--json").stdout)
    assert [each["name"] for each in found["plans"]] == [PLANS[1]]
    assert found["refused"][0]["problems"][0]["file"] == "allocations.csv"


def test_where_no_plan_can_be_run_nothing_is_written_and_each_problem_says_whose_it_is(
    broken: Path, tmp_path: Path
) -> None:
    done = inside("stress-many", broken, tmp_path / "nowhere", "--draws", "5", "--out", tmp_path / "r", "--json")
    files = [each["file"] for each in json.loads(done.stdout)["problems"]]
    assert done.returncode == 2
    assert (files[0], files[-1]) == (f"{broken}: allocations.csv", "nowhere")
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name one or more, or add --all-places"),
        ((PLANS[1], "--draws", "0"), "a whole number from 1 to"),
        ((PLANS[1], "--seed", "two"), "write it in digits"),
        ((PLANS[1], "--executor", "tractor"), "serial, threads, processes, dask or dask://host:port"),
        ((PLANS[1], "--workers", "-1"), "a whole number from 1 to"),
        ((PLANS[1], "--workers", "0"), "a whole number from 1 to"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_written(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = inside("stress-many", *words, "--out", tmp_path / "r")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "r").exists()


def test_every_slip_is_told_at_once() -> None:
    done = inside("stress-many", "--draws", "0", "--workers", "0", "--executor", "tractor", "--json")
    told = [each["file"] for each in json.loads(done.stdout)["problems"]]
    assert told == ["plans", "--draws", "--executor", "--workers"]


def test_a_folder_that_is_not_ours_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = inside("stress-many", tmp_path / "nowhere", "--out", tmp_path)
    assert done.returncode == 2
    assert "name another folder with --out" in done.stderr
    assert "nowhere" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends signals as a Unix terminal does")
def test_ctrl_c_leaves_no_file_and_no_process(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    words = ("--all-places", "--draws", "100000", "--executor", "processes", "--workers", "2", "--out", tmp_path / "r")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(scratch)}
    command = [sys.executable, "-m", "tripleaim.cli", "stress-many", *map(str, words)]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True
    )
    wait_for(lambda: any(scratch.glob("tripleaim-*/*")))  # a plan is on its way to workers that are being started
    os.killpg(running.pid, signal.SIGINT)
    assert running.communicate(timeout=60) == ("", STOPPED)
    assert running.returncode == 130
    assert list(scratch.iterdir()) == []
    assert list(tmp_path.iterdir()) == [scratch]
    wait_for(lambda: not is_running(running.pid))


def wait_for(happened) -> None:
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(group: int) -> bool:
    """Whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
