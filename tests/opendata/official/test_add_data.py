"""`tripleaim add-data`: what it prints, where it writes, and what it never writes over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commands import ROOT, Done, inside, outside
from opendata.official.files import projections, write
from tripleaim.loading import read_plan


def add_data(*words: str | Path) -> Done:
    return inside("add-data", *words)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "plans" / "norfolk_and_waveney", tmp_path / "plan")
    return tmp_path / "plan"


def test_it_says_what_was_added_and_what_was_left_out(plan: Path, tmp_path: Path) -> None:
    before = read_plan(plan).fingerprint
    done = outside("add-data", plan, write(tmp_path, projections()), "--to", tmp_path / "new")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Recognised by its columns: ONS sub-national population projections" in done.stdout
    assert "projections.csv: 3,276 rows added" in done.stdout
    assert "Suffolk county: only 16% of it lies in the footprint" in done.stdout
    assert read_plan(plan).fingerprint == before
    assert read_plan(tmp_path / "new").fingerprint in done.stdout


def test_what_stands_beside_a_plan_comes_along(plan: Path, tmp_path: Path) -> None:
    (plan / "README.md").write_text("Open Government Licence", encoding="utf-8")
    add_data(plan, write(tmp_path, projections()), "--to", tmp_path / "new")
    assert (tmp_path / "new" / "README.md").read_text(encoding="utf-8") == "Open Government Licence"


def test_a_file_that_gives_nothing_ends_with_two_and_names_the_option(plan: Path, tmp_path: Path) -> None:
    done = add_data(plan, write(tmp_path, "CCG code,Core allocation 2016/17 £000\n06M,1\n"))
    assert done.returncode == 2
    assert "--together nhs_commissioners_together" in done.stdout


def test_as_json_it_is_one_document(plan: Path, tmp_path: Path) -> None:
    done = add_data(plan, write(tmp_path, projections()), "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["kind"], found["recognised"]) == (0, "add_data", "projections")
    assert found["fingerprint"] == read_plan(plan).fingerprint


def test_a_refused_file_writes_nothing(plan: Path, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in plan.iterdir()}
    done = add_data(plan, write(tmp_path, "a,b\n1,2\n"))
    assert done.returncode == 2
    assert "found     no known columns" in done.stderr
    assert {file.name: file.read_bytes() for file in plan.iterdir()} == before


def test_another_plan_is_never_written_over(plan: Path, tmp_path: Path) -> None:
    done = add_data(plan, write(tmp_path, projections()), "--to", ROOT / "plans" / "wealdshire_and_marsh")
    assert done.returncode == 3
    assert "holds something already" in done.stderr


@pytest.mark.parametrize("words", [("--year", "next year"), ("--stream", "gold")])
def test_an_option_that_cannot_be_understood(plan: Path, tmp_path: Path, words: tuple[str, str]) -> None:
    done = add_data(plan, write(tmp_path, projections()), *words)
    assert done.returncode == 3
    assert words[1] in done.stderr
