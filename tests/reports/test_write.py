"""A report is written whole, and only ever over files of ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.projection import Projection
from tripleaim.reports import write as writing
from tripleaim.reports import write_report
from tripleaim.reports.write import MARK, write_files

OLD = {"index.html": "old", "data/a.csv": "a", "data/gone.csv": "g"}
NEW = {"index.html": "new", "data/a.csv": "b"}


def content(folder: Path) -> dict[str, str]:
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_text(encoding="utf-8", errors="replace") for name, path in files.items() if name != MARK}


def test_the_whole_report(invented: Projection, tmp_path: Path) -> None:
    page = write_report(invented, tmp_path / "deep" / "report")
    assert page.name == "index.html"
    found = content(page.parent)
    assert json.loads(found["result.json"])["fingerprint"] == invented.fingerprint
    assert sum(name.startswith("data/") for name in found) > 20
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["report"]


def test_an_earlier_report_is_replaced_and_what_it_no_longer_has_goes(tmp_path: Path) -> None:
    write_files(OLD, tmp_path / "r")
    (tmp_path / "r" / "notes.txt").write_text("mine", encoding="utf-8")
    write_files(NEW, tmp_path / "r")
    assert content(tmp_path / "r") == {**NEW, "notes.txt": "mine"}


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    write_files(NEW, tmp_path / "r")
    assert content(tmp_path / "r") == NEW


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work", encoding="utf-8")
    with pytest.raises(PlanProblems, match="other files"):
        write_files(NEW, tmp_path)
    assert content(tmp_path) == {"thesis.doc": "years of work"}


@pytest.mark.parametrize("name", ["index.html", "data/a.csv"])
def test_a_file_someone_changed_is_left_alone(tmp_path: Path, name: str) -> None:
    write_files(OLD, tmp_path / "r")
    (tmp_path / "r" / name).write_text("edited by hand", encoding="utf-8")
    before = content(tmp_path / "r")
    with pytest.raises(PlanProblems, match="changed since"):
        write_files(NEW, tmp_path / "r")
    assert content(tmp_path / "r") == before


def test_a_new_name_never_falls_on_a_strangers_file(tmp_path: Path) -> None:
    write_files(NEW, tmp_path / "r")
    (tmp_path / "r" / "data" / "gone.csv").write_text("a stranger's", encoding="utf-8")
    with pytest.raises(PlanProblems, match="did not write"):
        write_files(OLD, tmp_path / "r")


def test_a_link_that_leads_away_is_refused(tmp_path: Path) -> None:
    write_files(OLD, tmp_path / "r")
    away = tmp_path / "away"
    away.write_text("elsewhere", encoding="utf-8")
    (tmp_path / "r" / "index.html").unlink()
    (tmp_path / "r" / "index.html").symlink_to(away)
    with pytest.raises(PlanProblems, match="leads out"):
        write_files(NEW, tmp_path / "r")
    assert away.read_text(encoding="utf-8") == "elsewhere"


@pytest.mark.parametrize("mark", ["{", "[]", '{"files": {"../thesis.doc": []}}'])
def test_a_mark_that_is_not_ours_is_refused(tmp_path: Path, mark: str) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / MARK).write_text(mark, encoding="utf-8")
    with pytest.raises(PlanProblems):
        write_files(NEW, tmp_path / "r")


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r").write_text("a file", encoding="utf-8")
    with pytest.raises(PlanProblems, match="a file of that name"):
        write_files(NEW, tmp_path / "r")


def test_nothing_half_written_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(writing, "_mark", full)
    with pytest.raises(PlanProblems, match="no space left"):
        write_files(NEW, tmp_path / "r")
    assert list(tmp_path.iterdir()) == []


def test_after_a_break_in_the_middle_the_next_report_still_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_files(OLD, tmp_path / "r")
    moved = []
    replace = writing.os.replace

    def broken(source: Path, target: Path) -> None:
        if len(moved) == 2:
            raise OSError(5, "the disk went away")
        moved.append(target)
        replace(source, target)

    monkeypatch.setattr(writing.os, "replace", broken)
    with pytest.raises(PlanProblems, match="went away"):
        write_files(NEW, tmp_path / "r")
    monkeypatch.undo()
    write_files(NEW, tmp_path / "r")
    assert content(tmp_path / "r") == NEW
