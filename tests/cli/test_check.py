"""`check`: problems and remarks are its result, so they go to standard output; other verbs refuse on standard error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.cli.check import check
from tripleaim.cli.diff import diff
from tripleaim.cli.door import guarded


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
    assert (refused.out, refused.err.startswith(problem)) == ("", True)


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
    assert found[0]["problems"] == found[1]["problems"]
    assert {"file", "row", "field", "found", "expected", "to_fix"} <= found[0]["problems"][0].keys()
    assert not found[0]["ready"]


def test_remarks_are_told_in_json_with_their_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write_tiny(tmp_path / "good"), json_out=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["ready"]
    assert list(document["remarks"][0]) == ["topic", "where", "what", "what_to_do"]
