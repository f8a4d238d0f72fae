"""What `tripleaim share` writes, and when it writes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import ROOT, inside, outside
from loading.tiny import write_tiny

NORFOLK = ROOT / "plans" / "norfolk_and_waveney"
FEW = ("--draws", "10")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("share"))


def refusal(*words: str | Path) -> list[dict[str, str]]:
    """The problems of a sharing that is refused as a user's mistake."""
    done = inside("share", *words, "--json")
    assert done.returncode == 2, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)["problems"]
    return found


def test_it_runs_as_a_command_and_says_who_gains_and_who_pays(plan: Path) -> None:
    done = outside("share", plan, *FEW)
    assert done.returncode == 0, done.stderr
    assert "Who would pay whom" in done.stdout
    assert done.stderr == ""


def test_with_a_folder_the_page_and_its_figures_are_written_and_the_terminal_says_where(
    plan: Path, tmp_path: Path
) -> None:
    done = inside("share", plan, *FEW, "--out", tmp_path / "out")
    assert done.stdout.strip().endswith(str(tmp_path / "out" / "share.html"))
    assert json.loads((tmp_path / "out" / "share.json").read_text(encoding="utf-8"))["kind"] == "share"


def test_json_on_the_terminal_is_the_file_beside_the_page(plan: Path, tmp_path: Path) -> None:
    done = inside("share", plan, *FEW, "--out", tmp_path / "out", "--json")
    assert done.stdout == (tmp_path / "out" / "share.json").read_text(encoding="utf-8")


def test_without_a_folder_nothing_is_written(plan: Path, tmp_path: Path) -> None:
    assert inside("share", plan, *FEW, cwd=tmp_path).returncode == 0
    assert not any(tmp_path.iterdir())


def test_a_folder_with_other_files_is_refused_and_left_as_it_was(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = inside("share", plan, *FEW, "--out", tmp_path)
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("words", "option", "found", "to_fix"),
    [
        (("--draws", "0"), "--draws", "0", "--draws 10000"),
        (("--seed", "two"), "--seed", "two", "--seed 1"),
        (("--rule", "shapely"), "--rule", "shapely", "write shapley"),
        (("--rule", ""), "--rule", "nothing", "leave --rule out"),
        (("--form", "blokc"), "--form", "blokc", "write block"),
        (("--schemes", "home_frist"), "--schemes", "home_frist", "write home_first"),
        (("--schemes", " ; "), "--schemes", ";", "leave --schemes out"),
    ],
)
def test_a_slip_in_an_option_says_where_what_and_how_to_mend_it(
    plan: Path, words: tuple[str, ...], option: str, found: str, to_fix: str
) -> None:
    (problem,) = refusal(plan, *words)
    assert (problem["file"], problem["found"]) == (option, found)
    assert to_fix in problem["to_fix"]


def test_every_slip_is_told_at_once_and_nothing_written(plan: Path, tmp_path: Path) -> None:
    told = refusal(
        plan,
        *("--draws", "0", "--seed", "two", "--rule", "fair", "--schemes", "nothing;nobody", "--form", "barter"),
        *("--out", tmp_path / "out"),
    )
    assert [each["file"] for each in told] == ["--draws", "--seed", "--rule", "--schemes", "--schemes", "--form"]
    assert list(tmp_path.iterdir()) == []


def test_slips_stand_beside_what_is_wrong_with_the_plan(tmp_path: Path) -> None:
    told = refusal(tmp_path / "nowhere", "--draws", "0")
    assert told[0]["file"] == "--draws"
    assert len(told) > 1


def test_schemes_may_be_named_in_words_and_others_left_out(plan: Path) -> None:
    both = "home first; Casualty closes at night;home_first"
    result = json.loads(inside("share", plan, *FEW, "--schemes", both, "--json").stdout)["result"]
    assert result["schemes"] == ["home_first", "night_close"]
    alone = json.loads(inside("share", plan, *FEW, "--schemes", "Home first", "--json").stdout)["result"]
    assert alone["schemes"] == ["home_first"]


def test_the_rule_and_the_form_asked_for_are_those_of_the_agreement(plan: Path) -> None:
    asked = ("--rule", "equal", "--form", "blended", "--seed", "3")
    result = json.loads(inside("share", plan, *FEW, *asked, "--json").stdout)["result"]
    assert (result["deal"]["rule"], result["deal"]["form"], result["seed"]) == ("equal", "blended", 3)


def test_a_real_place_is_told_what_is_needed(tmp_path: Path) -> None:
    done = inside("share", NORFOLK, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "cannot be told yet" in done.stdout
    assert (tmp_path / "out" / "share.html").is_file()
