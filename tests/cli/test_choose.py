"""What `tripleaim choose` prints and writes, and when it refuses and writes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from commands import ROOT, Done, inside

PLAN = ROOT / "plans" / "norfolk_and_waveney"
FEW = ("--draws", "20")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """One choice of a real place, with its page."""
    out = tmp_path_factory.mktemp("choose") / "out"
    return inside("choose", PLAN, *FEW, "--out", out), out


def test_the_page_its_result_and_its_tables_are_written_and_the_terminal_says_where(done: tuple[Done, Path]) -> None:
    told, out = done
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip().endswith(str(out / "choose.html"))
    result = json.loads((out / "choose.json").read_text(encoding="utf-8"))
    assert (result["kind"], result["result"]["draws"]) == ("choose", 20)
    assert {"choose_money.csv", "choose_people.csv", "choose_triangles.csv"} <= {
        file.name for file in (out / "data").iterdir()
    }


def test_the_terminal_tells_sets_in_words_and_never_by_keys(done: tuple[Done, Path]) -> None:
    told = " ".join(done[0].stdout.split())
    for words in (
        "The plan as it stands",
        "Do nothing",
        "The plan states no limits of its own,",
        "20 draws are too few",
    ):
        assert words in told
    assert "within the limits" not in told
    assert "_" not in done[0].stdout.split("All of it as a page")[0]


def test_with_json_the_result_is_all_that_is_printed(done: tuple[Done, Path], tmp_path: Path) -> None:
    told = inside("choose", PLAN, *FEW, "--json", cwd=tmp_path)
    assert told.stdout == (done[1] / "choose.json").read_text(encoding="utf-8")
    assert not any(tmp_path.iterdir())


def test_beside_the_report_of_the_plan_each_leads_to_the_other(tmp_path: Path) -> None:
    assert inside("run", PLAN, "--out", tmp_path / "out").returncode == 0
    assert inside("choose", PLAN, *FEW, "--out", tmp_path / "out").returncode == 0
    assert '<a href="choose.html">Which schemes together?</a>' in (tmp_path / "out" / "index.html").read_text("utf-8")
    assert '<a href="index.html">The report of this plan</a>' in (tmp_path / "out" / "choose.html").read_text("utf-8")


def refusal(*words: str | Path, code: int = 2) -> dict[str, object]:
    """What is said where a choice is refused."""
    told = inside("choose", *words, "--json")
    assert told.returncode == code, told.stderr
    found: dict[str, object] = json.loads(told.stdout)
    return found


@pytest.mark.parametrize(
    ("words", "found", "expected", "to_fix"),
    [
        (("--aim", "mony"), "mony", "money, chance, tail, health, care", "write money"),
        (("--aim", "peace"), "peace", "money, chance, tail, health, care", "leave --aim out"),
        (("--gap", "-0.1"), "-0.1", "a number from 0 to 1", "--gap 0.001"),
        (("--gap", "nan"), "nan", "a number from 0 to 1", "--gap 0.001"),
        (("--nodes", "0"), "0", "a whole number from 1", "--nodes 5000"),
        (("--seconds", "0"), "0", "a number above 0", "--seconds 60"),
        (("--seconds", "soon"), "soon", "a number above 0", "--seconds 60"),
        (("--draws", "0"), "0", "a whole number from 1", "--draws 10000"),
        (("--seed", "-1"), "-1", "a whole number from 0", "--seed 1"),
    ],
)
def test_a_slip_in_an_option_says_where_what_and_how_to_mend_it(
    words: tuple[str, ...], found: str, expected: str, to_fix: str
) -> None:
    (problem,) = refusal(PLAN, *words)["problems"]  # type: ignore[misc]
    assert (problem["file"], problem["found"]) == (words[0], found)
    assert expected in problem["expected"]
    assert to_fix in problem["to_fix"]


def test_every_slip_is_told_at_once_and_nothing_written(tmp_path: Path) -> None:
    slips = ("--aim", "peace", "--gap", "2", "--nodes", "many", "--seconds", "-1", "--draws", "0", "--seed", "x")
    told = refusal(PLAN, *slips, "--out", tmp_path / "out")
    files = [problem["file"] for problem in told["problems"]]  # type: ignore[attr-defined]
    assert sorted(files) == sorted(slips[::2])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    told = inside("choose", PLAN, *FEW, "--out", tmp_path)
    assert told.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_limits_that_conflict_are_named_in_the_words_of_the_plan_and_nothing_is_written(tmp_path: Path) -> None:
    plan = shutil.copytree(PLAN, tmp_path / "plan")
    source = (plan / "sources.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    rows = [
        "key,name,kind,of,year,amount,source",
        f"purse,New money,revenue,,2020/21,1000,{source}",
        f"steps,The least way to the standards of care,care,,,0.9,{source}",
        f"roof,Money for buildings,capital,,,90000000,{source}",
    ]
    (plan / "choice_limits.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    told = refusal(plan, *FEW, "--out", tmp_path / "out", code=3)
    assert "The least way to the standards of care" in str(told["said"])
    assert "Money for buildings" not in str(told["said"])
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
