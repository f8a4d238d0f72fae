"""Two people change one plan at once: both changes are there, or the second is told to run the command again."""

from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path

import pytest

from commands import at_once, inside
from loading.tiny import TINY, write_tiny
from loading.workbook.made import save, sheets_of
from tripleaim.errors import PlanProblems
from tripleaim.loading import differences, merge_workbooks, read_plan, write_plan
from tripleaim.loading.scratch import in_turn
from tripleaim.plan import Plan

TRIES = 8
OTHER = {"plan.toml": TINY["plan.toml"].replace("Tiny plan", "Other plan")}
BROKEN = {"plan.toml": "name = "}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "plan")


@pytest.fixture
def new(tmp_path: Path) -> Plan:
    return read_plan(write_tiny(tmp_path / "new", {"plan.toml": TINY["plan.toml"].replace("Tiny plan", "New plan")}))


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def sent_back(plan: Plan, organisation: str, file: Path, budget: str, amount: float) -> Path:
    """The workbook of one organisation with another amount in one of its budgets."""
    sheets = sheets_of(plan, organisation)
    place = sheets["budgets"][0].index("amount")
    next(row for row in sheets["budgets"] if row[0] == budget)[place] = amount
    return save(file, sheets, fingerprint=plan.fingerprint, organisation=organisation)


@pytest.mark.parametrize("since", [OTHER, BROKEN], ids=["another plan", "a plan that cannot be read"])
def test_a_plan_changed_since_it_was_read_is_left_as_it_is(
    plan: Path, new: Plan, since: dict[str, str], tmp_path: Path
) -> None:
    read = read_plan(plan)
    write_tiny(plan, since)
    before = bytes_in(plan)
    with pytest.raises(PlanProblems) as caught:
        write_plan(new, plan, expected=read.fingerprint)
    assert "somebody changed plan while this was worked out" in str(caught.value)
    assert "run the command again" in str(caught.value)
    assert caught.value.exit_code == 2
    assert bytes_in(plan) == before
    assert {each.name for each in tmp_path.iterdir()} == {"plan", "new"}


def test_a_plan_deleted_since_it_was_read_does_not_come_back(plan: Path, new: Plan, tmp_path: Path) -> None:
    read = read_plan(plan)
    plan.rename(tmp_path / "moved")
    with pytest.raises(PlanProblems):
        write_plan(new, plan, expected=read.fingerprint)
    assert not plan.exists()


def test_where_none_was_a_plan_somebody_wrote_meanwhile_is_left(plan: Path, new: Plan, tmp_path: Path) -> None:
    assert read_plan(write_plan(new, tmp_path / "free", expected="")) == new
    with pytest.raises(PlanProblems):
        write_plan(new, plan, expected="")


def test_a_plan_that_is_as_it_was_read_is_replaced_with_its_notes_kept(plan: Path, new: Plan, tmp_path: Path) -> None:
    read = read_plan(plan)
    (plan / "notes.txt").write_text("ours", encoding="utf-8")
    write_plan(new, plan, expected=read.fingerprint)
    assert read_plan(plan) == new
    assert (plan / "notes.txt").read_text(encoding="utf-8") == "ours"
    assert {each.name for each in tmp_path.iterdir()} == {"plan", "new"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_one_changes_it_at_a_time(tmp_path: Path) -> None:
    """Many threads, each with a lock file of its own opening, add one to a number that is read and written slowly."""
    count = tmp_path / "count"
    count.write_text("0", encoding="utf-8")

    def add() -> None:
        for _ in range(40):
            with in_turn(count):
                now = int(count.read_text(encoding="utf-8"))
                threading.Event().wait(0.0005)
                count.write_text(str(now + 1), encoding="utf-8")

    adders = [threading.Thread(target=add) for _ in range(6)]
    for each in adders:
        each.start()
    for each in adders:
        each.join()
    assert count.read_text(encoding="utf-8") == "240"
    assert [each.name for each in tmp_path.iterdir()] == ["count"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_of_two_merges_at_once_none_is_lost_without_a_word(tmp_path: Path) -> None:
    sent = read_plan(write_tiny(tmp_path / "sent"))
    files = [
        sent_back(sent, "council", tmp_path / "council.xlsx", "council_tax", 4_200_000),
        sent_back(sent, "hospital", tmp_path / "hospital.xlsx", "hospital_pay", 14_100_000),
    ]
    wanted = [differences(sent, merge_workbooks(sent, [file])) for file in files]
    refused = 0
    for number in range(TRIES):
        place = tmp_path / str(number)
        place.mkdir()
        folder = write_tiny(place / "plan")
        ended = at_once(*(partial(inside, "merge", folder, file) for file in files))
        said, codes = [each.stderr for each in ended], [each.returncode for each in ended]
        assert codes in ([0, 0], [0, 2], [2, 0]), said
        written = [each for found, code in zip(wanted, codes, strict=True) if code == 0 for each in found]
        assert set(differences(sent, read_plan(folder))) == set(written)
        assert all("somebody changed plan" in words for words, code in zip(said, codes, strict=True) if code)
        assert [each.name for each in place.iterdir()] == ["plan"]
        refused += 2 in codes
    assert refused, "they never met"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_of_two_starts_in_one_new_folder_the_second_is_refused(tmp_path: Path) -> None:
    assert inside("new", "Devon", tmp_path / "loaded").returncode == 0
    for number in range(3):
        folder = tmp_path / f"new{number}"
        ended = at_once(*(partial(inside, "new", name, folder) for name in ("Devon", "Dorset")))
        (first,) = [name for name, each in zip(("Devon", "Dorset"), ended, strict=True) if each.returncode == 0]
        (said,) = [each.stderr for each in ended if each.returncode == 2]
        assert "while this was worked out" in said or "a new or empty folder" in said
        assert read_plan(folder).heading.name.startswith(first)
        assert (folder / "README.md").read_text(encoding="utf-8").startswith(f"# {first}")
