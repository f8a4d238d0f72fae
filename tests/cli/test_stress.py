"""What `tripleaim stress` writes, and when it writes nothing."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

import pytest

from commands import ROOT, at_once, inside

PLAN = ROOT / "plans" / "norfolk_and_waveney"
FEW = ("--draws", "5")


def test_with_a_folder_the_page_and_its_figures_are_written_and_the_terminal_says_where(tmp_path: Path) -> None:
    done = inside("stress", PLAN, *FEW, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert done.stdout.strip().endswith(str(tmp_path / "out" / "stress.html"))
    assert json.loads((tmp_path / "out" / "stress.json").read_text(encoding="utf-8"))["kind"] == "stress"


def test_json_on_the_terminal_is_the_file_beside_the_page(tmp_path: Path) -> None:
    done = inside("stress", PLAN, *FEW, "--quick", "--out", tmp_path / "out", "--json")
    assert done.stdout == (tmp_path / "out" / "stress.json").read_text(encoding="utf-8")


def test_a_folder_with_other_files_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = inside("stress", PLAN, *FEW, "--out", tmp_path)
    assert done.returncode == 2
    assert "a folder with other files in it" in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    done = inside("stress", PLAN, *FEW, "--quick", cwd=tmp_path)
    assert done.returncode == 0
    assert not any(tmp_path.iterdir())


def refusal(*words: str | Path) -> list[dict[str, str]]:
    """The problems of a stress test that is refused as a user's mistake."""
    done = inside("stress", *words, "--json")
    assert done.returncode == 2, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)["problems"]
    return found


@pytest.mark.parametrize(
    ("words", "option", "found", "to_fix"),
    [
        (("--draws", "0"), "--draws", "0", "--draws 10000"),
        (("--draws", "1_000"), "--draws", "1_000", "write it in digits"),
        (("--seed", "two"), "--seed", "two", "write it in digits, such as --seed 1"),
        (("--seed", "-1"), "--seed", "-1", "--seed 1"),
        (("--seed", "1000000000000000"), "--seed", "1000000000000000", "--seed 1"),
        (("--sobol",), "--draws", "10,000", "write --draws 8192 or --draws 16384"),
        (("--sobol", "--draws", "2000000000"), "--draws", "2000000000", "--draws 8192"),
    ],
)
def test_a_slip_in_an_option_says_where_what_and_how_to_mend_it(
    words: tuple[str, ...], option: str, found: str, to_fix: str
) -> None:
    (problem,) = refusal(PLAN, *words)
    assert (problem["file"], problem["found"]) == (option, found)
    assert to_fix in problem["to_fix"]


@pytest.mark.parametrize(
    ("words", "option", "found", "to_fix"),
    [
        (("--input", "dealy of all schemas"), "--input", "words that fit none", "the nearest are delay of all schemes"),
        (("--input", "schemes"), "--input", "words that fit", "say more: "),
        (("--input", "delay", "--quick"), "--input", "--input with --quick", "leave out --input"),
        (("--input", "delay", "--against", PLAN), "--input", "--input with --against", "leave out --input"),
        (("--quick", "--against", PLAN), "--quick", "--quick with --against", "leave out --quick"),
    ],
)
def test_what_cannot_be_asked_about_or_not_together_is_refused(
    words: tuple[str, ...], option: str, found: str, to_fix: str
) -> None:
    (problem,) = refusal(PLAN, *words)
    assert problem["file"] == option
    assert found in problem["found"]
    assert to_fix in problem["to_fix"]


def test_a_number_asked_about_is_told_with_what_must_be_true_of_it() -> None:
    told = " ".join(inside("stress", PLAN, *FEW, "--input", "delay of all schemes").stdout.split())
    assert "And what you asked about? Delay of all schemes: " in told
    assert "The plan has 0 months (0 to 12 months)" in told


def test_every_slip_is_told_at_once_and_nothing_written(tmp_path: Path) -> None:
    told = refusal(PLAN, "--draws", "0", "--seed", "two", "--out", tmp_path / "out")
    assert [each["file"] for each in told] == ["--draws", "--seed"]
    assert list(tmp_path.iterdir()) == []


def test_the_largest_seed_is_taken() -> None:
    done = inside("stress", PLAN, *FEW, "--quick", "--seed", "999999999999999")
    assert done.returncode == 0
    assert "seed 999999999999999" in done.stdout


@pytest.mark.parametrize(("draws", "said"), [("1", "One draw is too few"), ("99", "99 draws are too few")])
def test_too_few_draws_are_said_to_be_before_any_figure(draws: str, said: str) -> None:
    told = " ".join(inside("stress", PLAN, "--draws", draws, "--quick").stdout.split())
    assert 0 < told.index(said) < told.index("£")
    assert "ask for 100 or more" in told


def test_a_hundred_draws_are_enough_to_be_told_without_a_warning() -> None:
    assert "too few" not in inside("stress", PLAN, "--draws", "100", "--quick").stdout


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder in which the system makes none")
def test_a_folder_that_cannot_be_made_is_named_as_it_was_asked_for() -> None:
    done = inside("stress", PLAN, *FEW, "--quick", "--out", "/proc/nope")
    assert done.returncode == 2
    assert "/proc/nope\n" in done.stderr
    assert "tripleaim-" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_of_two_at_once_into_one_folder_the_second_is_refused(tmp_path: Path) -> None:
    seeds = ("1", "2")
    for number in range(8):
        out = tmp_path / str(number) / "out"
        words = ("stress", PLAN, *FEW, "--quick", "--out", out, "--seed")
        ended = at_once(*(partial(inside, *words, seed) for seed in seeds))
        codes = sorted(each.returncode for each in ended)
        assert codes in ([0, 0], [0, 2]), [each.stderr for each in ended]
        if codes == [0, 2]:
            break
    else:
        pytest.fail("they never met")
    (first,) = [seed for seed, each in zip(seeds, ended, strict=True) if each.returncode == 0]
    (said,) = [each.stderr for each in ended if each.returncode == 2]
    assert "written here while this one was worked out" in said
    assert json.loads((out / "stress.json").read_text(encoding="utf-8"))["result"]["seed"] == int(first)
    assert [each.name for each in out.parent.iterdir()] == ["out"]


def test_an_earlier_page_of_ours_is_replaced(tmp_path: Path) -> None:
    for seed in (1, 2):
        assert inside("stress", PLAN, *FEW, "--quick", "--seed", str(seed), "--out", tmp_path / "out").returncode == 0
    assert json.loads((tmp_path / "out" / "stress.json").read_text(encoding="utf-8"))["result"]["seed"] == 2
