"""`check`: problems and remarks are its result, so they go to standard output; other verbs refuse on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.cli.check import check
from tripleaim.cli.diff import diff
from tripleaim.cli.door import guarded
from tripleaim.cli.run import run


def spoilt(folder: Path) -> Path:
    """A plan with one problem."""
    return write_tiny(folder, {"schemes.csv": TINY["schemes.csv"].replace("2016-10", "10/2016")})


def test_a_plan_that_is_ready_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write_tiny(tmp_path / "good")) == 0
    said = capsys.readouterr()
    assert said.out.startswith("ready: Tiny plan, 2016/17 to 2017/18, 2 schemes\nfingerprint ")
    assert said.err == ""


def test_problems_are_the_result_of_check_and_a_refusal_of_other_verbs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = spoilt(tmp_path / "spoilt")
    problem = "1 problem to put right\n\nschemes.csv, row 2, start\n  found     10/2016\n"
    assert guarded(False, lambda: check(plan)) == 2
    checked = capsys.readouterr()
    assert (checked.out.startswith(problem), checked.err) == (True, "")
    assert guarded(False, lambda: diff(plan, plan)) == 2
    refused = capsys.readouterr()
    assert (refused.out, refused.err.startswith(problem.replace("schemes.csv", f"{plan}/schemes.csv"))) == ("", True)


def test_in_json_both_tell_the_same_problems_on_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = spoilt(tmp_path / "spoilt")
    found = []
    for verb in (lambda: check(plan, json_out=True), lambda: diff(plan, plan, True)):
        assert guarded(True, verb) == 2
        said = capsys.readouterr()
        assert said.err == ""
        found.append(json.loads(said.out))
    assert [document["kind"] for document in found] == ["check", "refusal"]
    (problem,), (of_one,) = (document["problems"] for document in found)
    assert of_one == {**problem, "file": f"{plan}/schemes.csv"}
    assert {"file", "row", "field", "found", "expected", "to_fix"} <= found[0]["problems"][0].keys()
    assert not found[0]["ready"]


def test_the_problems_of_two_plans_are_told_at_once_each_by_its_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, none = write_tiny(tmp_path / "old"), spoilt(tmp_path / "new"), tmp_path / "none"
    assert guarded(False, lambda: diff(old, new)) == 2
    assert capsys.readouterr().err.startswith(f"1 problem to put right\n\n{new}/schemes.csv, row 2, start\n")
    assert guarded(False, lambda: diff(none, new)) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"2 problems to put right\n\n{none}\n  found     nothing there\n")
    assert f"\n{new}/schemes.csv, row 2, start\n" in said


def test_what_is_not_counted_is_said_beside_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = write_tiny(tmp_path / "tiny", {"costs.csv": None})
    words = "No scheme has any cost in costs.csv, so what the schemes save is counted and what they cost is not."
    assert check(plan) == 0
    assert capsys.readouterr().out.split("\n\n")[1] == words
    assert run(plan, tmp_path / "report") == 0
    printed = " ".join(capsys.readouterr().out.split("\n\n")[2].split())
    assert printed == words
    assert words in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")


def test_remarks_are_told_in_json_with_their_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write_tiny(tmp_path / "good"), json_out=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["ready"]
    assert list(document["remarks"][0]) == ["topic", "where", "what", "what_to_do"]
