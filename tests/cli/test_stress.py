"""What `tripleaim stress` writes, and when it writes nothing."""

from __future__ import annotations

import json
from pathlib import Path

from commands import ROOT, inside

PLAN = ROOT / "plans" / "norfolk_and_waveney"
FEW = ("--draws", "5")


def test_with_a_folder_the_page_and_its_figures_are_written_and_the_terminal_says_where(tmp_path: Path) -> None:
    done = inside("stress", PLAN, *FEW, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert done.stdout.strip().endswith(str(tmp_path / "out" / "stress.html"))
    assert json.loads((tmp_path / "out" / "stress.json").read_text(encoding="utf-8"))["kind"] == "stress"


def test_json_on_the_terminal_is_the_file_beside_the_page(tmp_path: Path) -> None:
    done = inside("stress", PLAN, *FEW, "--out", tmp_path / "out", "--json")
    assert done.stdout == (tmp_path / "out" / "stress.json").read_text(encoding="utf-8")


def test_a_folder_with_other_files_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = inside("stress", PLAN, *FEW, "--out", tmp_path)
    assert done.returncode == 2
    assert "a folder with other files in it" in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    done = inside("stress", PLAN, *FEW, cwd=tmp_path)
    assert done.returncode == 0
    assert not any(tmp_path.iterdir())
