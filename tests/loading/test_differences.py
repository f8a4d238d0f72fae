"""What changed, in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.cli.check import check
from tripleaim.loading import differences, read_plan


def spoilt(folder: Path) -> Path:
    return write_tiny(folder, {"schemes.csv": TINY["schemes.csv"].replace("2016-10", "10/2016")})


def later(folder: Path) -> Path:
    """The tiny plan a version later."""
    return write_tiny(
        folder,
        {
            "plan.toml": TINY["plan.toml"].replace('version = "1"', 'version = "2"'),
            "schemes.csv": TINY["schemes.csv"].replace("hospital,2016-10", "hospital,2017-04"),
            "activity.csv": TINY["activity.csv"].replace("0.02,0.01,0.03", "0.025,0.01,0.03"),
            "actions.csv": TINY["actions.csv"].replace("Recruit", "Find"),
        },
    )


def test_every_change_is_told_in_words(tmp_path: Path) -> None:
    old, new = read_plan(write_tiny(tmp_path / "old")), read_plan(later(tmp_path / "new"))
    assert [str(each) for each in differences(old, new)] == [
        "plan.toml, version: 1 → 2",
        "activity.csv, emergency, growth: 0.02 (0.01 to 0.03) → 0.025 (0.01 to 0.03)",
        "schemes.csv, home_first, start: 2016-10 → 2017-04",
        "actions.csv, home_first, 2016-12, Find the team: added",
        "actions.csv, home_first, 2016-12, Recruit the team: removed",
    ]
    assert differences(old, old) == ()


def test_check_says_ready_or_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(write_tiny(tmp_path / "good")) == 0
    assert capsys.readouterr().out.startswith("ready: Tiny plan, 2016/17 to 2017/18, 2 schemes")
    assert check(spoilt(tmp_path / "spoilt")) == 2
    assert "schemes.csv, row 2, start\n  found     10/2016\n" in capsys.readouterr().out
    assert check(tmp_path / "good", json_out=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["ready"]
    assert list(document["remarks"][0]) == ["topic", "where", "what", "what_to_do"]
    assert check(tmp_path / "spoilt", json_out=True) == 2
    document = json.loads(capsys.readouterr().out)
    assert not document["ready"]
    assert list(document["problems"][0]) == ["file", "row", "field", "found", "expected", "to_fix"]
