"""`tripleaim stress PLAN --against OTHER`: the difference of two plans in the same draws."""

from __future__ import annotations

import json
import re
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


def test_a_board_reads_which_pressure_is_lower_and_how_often(other: Path) -> None:
    code, told, _ = asked(str(CUMBRIA), "--against", str(other))
    assert code == 0
    assert "as hoped the pressure of this plan, what the same care costs more than in 2015/16, is" in told
    assert re.search(r"lower than that of “West, North and East Cumbria[^”]*” \(from other, \w{4}\)", told)
    assert "It is lower in 100% of draws and higher in 0%." in told
    assert "Neither plan has an uncertain number that the other lacks." in told
    assert "short" not in told
    assert "balance" not in told


def test_a_board_reads_how_likely_each_plan_is_to_balance() -> None:
    code, told, _ = asked("wealdshire_and_marsh", "--against", "wealdshire_and_marsh")
    assert code == 0
    assert re.search(r"This plan balances in (\S+) of draws and the other in \1\. ", told)
    assert "only this one" not in told


def test_two_places_are_no_verdict_on_either() -> None:
    code, told, _ = asked(str(CUMBRIA), "--against", "norfolk_and_waveney")
    assert code == 0
    assert (
        "These are plans for two places, West, North and East Cumbria (E54000047) and Norfolk and Waveney (E54000022)."
    ) in told
    assert told.index("two places") < told.index("In 2020/21")


def test_with_a_folder_the_page_and_its_figures_are_written_and_the_terminal_says_where(
    other: Path, tmp_path: Path
) -> None:
    code, told, _ = asked(str(CUMBRIA), "--against", str(other), "--out", str(tmp_path / "out"))
    assert code == 0
    assert told.endswith("against.html")
    assert "(from other, " in (tmp_path / "out" / "against.html").read_text(encoding="utf-8")
    _, printed, _ = asked(str(CUMBRIA), "--against", str(other), "--json")
    assert json.loads((tmp_path / "out" / "against.json").read_text(encoding="utf-8")) == json.loads(printed)


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
    assert (found["result"]["place"]["code"], found["result"]["is_pressure"]) == ("E54000047", True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--against", "plans/no_such_plan"], 2, "no_such_plan"),
        (["--against", "plans/wealdshire_and_marsh"], 3, "ask `stress` for each alone"),
        (["--sobol", "--against", str(CUMBRIA)], 2, "write --draws 32 or --draws 64"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(words: list[str], code: int, said: str) -> None:
    ended, _, told = asked(str(CUMBRIA), *words)
    assert (ended, said in told) == (code, True), told
