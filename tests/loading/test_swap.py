"""Whatever stops the program while a plan is written over another, the old plan or the new one is there, whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.loading import read_plan, swap, write_plan

KILLED = """
import os, signal, sys
from pathlib import Path
from tripleaim.loading import read_plan, swap, write_plan

one, other, target, exchanges = sys.argv[1:]
if exchanges == "no":
    swap.exchange = lambda *folders: False
old, new = read_plan(one), read_plan(other)
other_than = {old.fingerprint: new, new.fingerprint: old}
CHANGES = {"os.rename", "os.mkdir", "os.chmod", "os.rmdir", "shutil.rmtree"}
steps, watching, last, renamed = [], False, None, None

def watch(event, _):
    if watching and (event == "open" or event in CHANGES):
        steps.append(event)
        if len(steps) == last or (event == "os.rename" and steps.count(event) == renamed):
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
write_plan(old, target)
watching = True
write_plan(new, target)
watching = False
first = len(steps)

def is_killed():
    # whether a child that writes was killed at the step that is looked for, or came to its end
    before = read_plan(target).fingerprint
    steps.clear()
    if (child := os.fork()) == 0:
        globals().update(watching=True)
        write_plan(other_than[before], target)
        os._exit(1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (1, -signal.SIGKILL)
    stands = Path(target).is_dir()
    found = read_plan(target)
    notes = (Path(target) / "notes.txt").read_text()
    assert found.fingerprint in other_than
    if ended == 1:
        assert found.fingerprint != before
        return False
    print(last or renamed, "standing" if stands else "gone", "old" if found.fingerprint == before else "new", notes)
    return True

every = range(1, len(steps) + 1)
near = {n + d for n in every if steps[n - 1] in CHANGES - {"os.rmdir"} for d in (-1, 0, 1)} | set(every[::5])
renames = range(1, steps.count("os.rename") + 1)  # counted by themselves, because other steps may differ in number
for last, renamed in [*((n, None) for n in sorted(near & set(every))), *((None, n) for n in renames)]:
    assert is_killed()
last, renamed = first + 1, None
while is_killed():  # what the child before left is cleared away first, so there are more steps than at the start
    last += 1
"""
"""Kills, by SIGKILL, a program that writes one of two plans over the other, in turn before each of many steps."""


def folder_with(place: Path, text: str) -> Path:
    place.mkdir()
    (place / "words.txt").write_text(text, encoding="utf-8")
    return place


def words(place: Path) -> str:
    return (place / "words.txt").read_text(encoding="utf-8")


@pytest.fixture(params=["in one step", "by way of a third name"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of changing places, wherever the tests run."""
    if request.param == "by way of a third name":
        monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    return str(request.param)


def test_a_new_folder_takes_the_place_of_the_old(tmp_path: Path, way: str) -> None:
    target = folder_with(tmp_path / "plan", "old")
    swap.take_place(folder_with(tmp_path / "new", "new"), target)
    assert words(target) == "new", way
    assert [each.name for each in tmp_path.iterdir()] == ["plan"], "something was left behind"


def test_a_folder_takes_a_place_that_is_free(tmp_path: Path) -> None:
    swap.take_place(folder_with(tmp_path / "new", "new"), tmp_path / "plan")
    assert words(tmp_path / "plan") == "new"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux exchanges two folders in one step")
def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    one, other = folder_with(tmp_path / "one", "first"), folder_with(tmp_path / "other", "second")
    assert swap.exchange(one, other)
    assert (words(one), words(other)) == ("second", "first")
    with pytest.raises(OSError, match="nowhere"):
        swap.exchange(one, tmp_path / "nowhere")


def test_a_plan_set_aside_is_put_back_by_reading_and_by_writing(tmp_path: Path) -> None:
    target = write_tiny(tmp_path / "plan")
    plan = read_plan(target)
    target.rename(tmp_path / ".plan.old")
    assert read_plan(target) == plan
    (target / "notes.txt").write_text("ours", encoding="utf-8")
    target.rename(tmp_path / ".plan.old")
    write_plan(plan, target)
    assert (target / "notes.txt").read_text(encoding="utf-8") == "ours"
    assert [each.name for each in tmp_path.iterdir()] == ["plan"]


def test_what_is_being_deleted_is_never_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    monkeypatch.setattr(swap.shutil, "rmtree", lambda *_, **__: None)
    target = folder_with(tmp_path / "plan", "old")
    swap.take_place(folder_with(tmp_path / "new", "new"), target)
    target.rename(tmp_path / "moved")
    swap.put_back(target)
    assert not target.exists()


def test_a_plan_that_stands_is_not_replaced_by_what_was_set_aside(tmp_path: Path) -> None:
    target = folder_with(tmp_path / "plan", "standing")
    folder_with(tmp_path / ".plan.old", "aside")
    swap.put_back(target)
    assert words(target) == "standing"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("exchanges", ["yes", "no"])
def test_a_program_killed_at_any_step_leaves_the_old_plan_or_the_new(tmp_path: Path, exchanges: str) -> None:
    one = write_tiny(tmp_path / "one")
    other = write_tiny(tmp_path / "other", {"plan.toml": TINY["plan.toml"].replace("Tiny plan", "Other plan")})
    target = write_tiny(tmp_path / "target", {"notes.txt": "ours"})
    told = subprocess.run(
        [sys.executable, "-c", KILLED, str(one), str(other), str(target), exchanges],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout.splitlines()
    found = [tuple(line.split()[1:]) for line in told]
    assert len(found) > 20
    assert {line[-2:] for line in found} == {("old", "ours"), ("new", "ours")}
    exchanged = exchanges == "yes" and sys.platform.startswith("linux")
    assert {line[0] for line in found} == ({"standing"} if exchanged else {"standing", "gone"})
