"""`tripleaim stress PLAN --against OTHER`: the difference of two plans in the same draws."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tripleaim.cli import app

ROOT = Path(__file__).resolve().parents[2]
CUMBRIA = ROOT / "plans" / "west_north_and_east_cumbria"


def asked(*words: str) -> tuple[int, str, str]:
    ended = CliRunner().invoke(app, ["stress", *words, "--draws", "60"])
    return ended.exit_code, " ".join(ended.stdout.split()), " ".join(ended.stderr.split())


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same plan with all running costs of its schemes a tenth higher."""
    folder = tmp_path_factory.mktemp("plans") / "other"
    shutil.copytree(CUMBRIA, folder)
    head, *rows = (folder / "costs.csv").read_text(encoding="utf-8").splitlines()
    at = head.split(",").index("amount")
    dearer = []
    for row in rows:
        cells = row.split(",")
        cells[at] = str(round(float(cells[at]) * 1.1, 2))
        dearer.append(",".join(cells))
    (folder / "costs.csv").write_text("\n".join([head, *dearer, ""]), encoding="utf-8")
    return folder


def test_a_board_reads_which_plan_is_less_short_and_how_often(other: Path) -> None:
    code, told, _ = asked(str(CUMBRIA), "--against", str(other))
    assert code == 0
    assert "this plan is" in told
    assert "less short than “West, North and East Cumbria" in told
    assert "It is less short in 100% of draws and more short in 0%." in told
    assert "0 only here and 0 only in the other plan" in told


def test_the_same_plan_twice_is_told_as_no_difference() -> None:
    code, told, _ = asked("west_north_and_east_cumbria", "--against", str(CUMBRIA))
    assert code == 0
    assert "the two plans come to the same in every draw" in told


def test_a_program_reads_every_difference(other: Path) -> None:
    code, told, _ = asked(str(CUMBRIA), "--against", str(other), "--json")
    found = json.loads(told)
    assert (code, found["kind"]) == (0, "stress-against")
    both = next(each for each in found["result"]["differences"] if (each["who"], each["case"]) == ("both", "hoped"))
    assert both["better"][-1] == 1.0
    assert both["high"][-1] < 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--against", "plans/no_such_plan"], 2, "no_such_plan"),
        (["--against", "plans/wealdshire_and_marsh"], 3, "One plan tells a gap and the other a pressure"),
        (["--against", str(CUMBRIA), "--out", "somewhere"], 2, "a difference is told here or with --json"),
        (["--sobol", "--against", str(CUMBRIA)], 3, "powers of two"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(words: list[str], code: int, said: str) -> None:
    ended, _, told = asked(str(CUMBRIA), *words)
    assert (ended, said in told) == (code, True), told
