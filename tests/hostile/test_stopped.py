"""Stopped while it writes, short of room, shut out, or two at once: the old or the new is there, whole, never neither.

The programs here are stopped by the system (SIGKILL), which none can catch, at many moments of their work.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from commands import at_once, inside
from loading.tiny import TINY, write_tiny
from loading.workbook.made import save, sheets_of
from tripleaim.errors import Impossible, PlanProblems
from tripleaim.loading import read_plan, write_plan, write_workbook
from tripleaim.loading.scratch import clear_away, scratch_folder
from tripleaim.plan import Plan
from tripleaim.reports import write as writing
from tripleaim.reports.write import MARK, write_files

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")

OTHER = {
    "plan.toml": TINY["plan.toml"].replace("Tiny plan", "Other plan"),
    "places.csv": TINY["places.csv"].replace("East T", "Other T"),
}
"""Differs in two files, so that one of each is neither the old plan nor the new."""
PAGES = {
    name: {"index.html": name * 1_000, "result.json": f'"{name}"', **{f"data/{n}.csv": name for n in range(9)}}
    for name in ("old", "new")
}
PAGES["new"]["data/more.csv"] = "new"
STEPS = frozenset(
    {"open", "os.rename", "os.mkdir", "os.chmod", "os.rmdir", "os.remove", "shutil.rmtree", "tempfile.mkstemp"}
)

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
"""What a file is opened with that may change it: between two such steps nothing on the disk does."""

Write = Callable[[], object]


def stopped_at(step: int, write: Write) -> bool:
    """Run `write` in a process of its own and stop it before that step on the disk; False where it has fewer."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
        child = os.fork()
        if not child:
            tempfile.tempdir = room  # so that what those before it left there is none of its work
            count = 0

            def watch(event: str, about: tuple[Any, ...]) -> None:
                nonlocal count
                if event not in STEPS or (event == "open" and not about[2] & WRITES):
                    return
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(watch)
            write()
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL)
    return ended != 0


def stops(write: Write) -> Iterator[int]:
    """Stop `write` before each of its steps in turn."""
    step = 1
    while stopped_at(step, write):
        yield step
        step += 1
    assert step > 5, "it hardly does anything"


def made_older(folder: Path, seconds: float = 60) -> None:
    """What lies beside is as old as if somebody had come back a little later, or after 0 seconds at once."""
    for each in folder.iterdir():
        os.utime(each, (time.time() - seconds, time.time() - seconds), follow_symlinks=False)


@pytest.mark.slow
def test_a_workbook_is_the_old_or_the_new_and_nothing_is_left_after_the_next(tmp_path: Path) -> None:
    old, new = read_plan(write_tiny(tmp_path / "one")), read_plan(write_tiny(tmp_path / "other", OTHER))
    place = tmp_path / "out"
    file = write_workbook(old, place / "plan.xlsx")
    bytes_of = {"old": file.read_bytes(), "new": write_workbook(new, tmp_path / "new.xlsx").read_bytes()}
    found = set()
    for step in stops(lambda: write_workbook(new, file, replace=True)):
        found |= {name for name, data in bytes_of.items() if file.read_bytes() == data}
        assert file.read_bytes() in bytes_of.values()
        if step % 6:
            file.write_bytes(bytes_of["old"])
            made_older(place, 0)
            continue
        made_older(place)
        write_workbook(old, file, replace=True)
        assert [each.name for each in place.iterdir()] == ["plan.xlsx"]
    assert found == {"old", "new"}


@pytest.mark.slow
def test_a_first_workbook_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    plan = read_plan(write_tiny(tmp_path / "one"))
    file = tmp_path / "out" / "plan.xlsx"
    for _ in stops(lambda: write_workbook(plan, file)):
        if file.exists():
            assert read_plan(file) == plan
        shutil.rmtree(tmp_path / "out", ignore_errors=True)


@pytest.mark.parametrize("before", ["old", None])
def test_every_file_of_a_report_is_the_old_or_the_new_and_the_next_report_comes(
    before: str | None, tmp_path: Path
) -> None:
    place = tmp_path / "out"
    if before:
        write_files(PAGES["old"], place / "r")
    for _ in stops(lambda: write_files(PAGES["new"], place / "r")):
        names = {each.relative_to(place / "r").as_posix() for each in (place / "r").rglob("*") if each.is_file()}
        for name in names - {MARK}:
            assert (place / "r" / name).read_text() in (PAGES["old"].get(name), PAGES["new"].get(name))
        if before:
            assert names >= PAGES["old"].keys()
        else:
            assert names in (set(), {*PAGES["new"], MARK})
        if place.exists():
            made_older(place)
        write_files(PAGES["new"], place / "r")
        assert [each.name for each in place.iterdir()] == ["r"]
        assert (place / "r" / "index.html").read_text() == PAGES["new"]["index.html"]
        shutil.rmtree(place)
        if before:
            write_files(PAGES["old"], place / "r")


@pytest.mark.slow
def test_what_a_stopped_plan_left_beside_is_gone_after_the_next(tmp_path: Path) -> None:
    old, new = read_plan(write_tiny(tmp_path / "one")), read_plan(write_tiny(tmp_path / "other", OTHER))
    place = tmp_path / "out"
    write_plan(old, place / "plan")
    left = set()
    for step in (3, 20, 40, 60):
        assert stopped_at(step, lambda: write_plan(new, place / "plan"))
        left |= {each.name.rpartition("-")[0] for each in place.iterdir()} - {""}
        assert read_plan(place / "plan") in (old, new)
        made_older(place)
        write_plan(old, place / "plan")
        assert [each.name for each in place.iterdir()] == ["plan"]
    assert left == {".plan.tripleaim"}


COMMANDS = {
    "merge": ["merge", "{plan}", "{book}"],
    "import": ["import", "{book}", "{plan}", "--force"],
}


MOMENTS = (1, 6, 20, *range(42, 50), 65)
"""Steps at which a command is stopped: most lie about the one in which the new plan takes the place of the old."""


@pytest.mark.slow
@pytest.mark.parametrize("verb", COMMANDS)
def test_a_command_stopped_at_any_moment_leaves_the_plan_as_it_was_or_as_it_shall_be(verb: str, tmp_path: Path) -> None:
    folder = write_tiny(tmp_path / "plan", {"notes.txt": "ours"})
    old = read_plan(folder)
    new = read_plan(write_tiny(tmp_path / "other", OTHER))
    book = write_workbook(new, tmp_path / "new.xlsx") if verb == "import" else edited(old, tmp_path / "edited.xlsx")
    words = [part.format(plan=folder, book=book) for part in COMMANDS[verb]]
    assert inside(*words).returncode == 0
    after = read_plan(folder)
    assert after != old
    found = []
    for moment in MOMENTS:
        made_older(tmp_path)
        write_plan(old, folder)
        assert stopped_at(moment, lambda: inside(*words))
        found.append(read_plan(folder))
        assert found[-1] in (old, after), f"stopped at step {moment}"
        assert (folder / "notes.txt").read_text() == "ours"
    assert old in found
    assert after in found


def edited(plan: Plan, to: Path) -> Path:
    """The workbook of a plan in which somebody wrote another name for it, and for its places."""
    sheets = sheets_of(plan)
    for row in sheets["plan"]:
        if row[0] == "name":
            row[1] = "Another name"
    column = sheets["places"][0].index("name")
    for row in sheets["places"][1:]:
        row[column] = f"Another {row[column]}"
    return save(to, sheets, fingerprint=plan.fingerprint)


# --- what lies beside and is not ours ---


@pytest.mark.parametrize(
    "name",
    [
        ".plan.settings",
        ".plan.abcdefgh",
        ".plan.tripleaim-notes",
        ".plan.tripleaim-ABCDEFGH",
        ".plan.tripleaim-abcdefgh.txt",
        "plan.tripleaim-abcdefgh",
        ".other.tripleaim-abcdefgh",
    ],
)
def test_nothing_of_anybody_else_is_cleared_away(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "work.txt").write_text("years of it")
    made_older(tmp_path)
    clear_away(tmp_path / "plan")
    assert (tmp_path / name / "work.txt").exists()


def test_a_link_of_such_a_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / ".plan.tripleaim-abcdefgh").symlink_to(tmp_path / "work")
    made_older(tmp_path)
    clear_away(tmp_path / "plan")
    assert (tmp_path / "work").exists()


def test_room_in_which_somebody_still_writes_is_left_to_him(tmp_path: Path) -> None:
    with scratch_folder(tmp_path / "plan") as held:
        made_older(tmp_path)
        clear_away(tmp_path / "plan")
        assert held.exists()
    assert not held.exists()


def test_room_that_was_just_made_is_left_to_whoever_made_it(tmp_path: Path) -> None:
    (tmp_path / ".plan.tripleaim-abcdefgh").mkdir()
    clear_away(tmp_path / "plan")
    assert (tmp_path / ".plan.tripleaim-abcdefgh").exists()
    made_older(tmp_path)
    clear_away(tmp_path / "plan")
    assert not (tmp_path / ".plan.tripleaim-abcdefgh").exists()


# --- no room, no way in ---

SMALL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
from tripleaim.cli import main
main()
"""
VERBS = {
    "export": (["export", "{plan}", "{out}/plan.xlsx"], "room for the workbook"),
    "import": (["import", "{book}", "{out}/plan"], "room for temporary files"),
    "import over a plan": (["import", "{book}", "{plan}", "--force"], "room for temporary files"),
    "run": (["run", "{plan}", "--out", "{out}/r"], "room for the report"),
}


def prints(folder: Path) -> dict[str, str]:
    return {str(f): hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.rglob("*")) if f.is_file()}


@pytest.mark.parametrize("verb", VERBS)
def test_no_room_is_told_and_nothing_is_lost(verb: str, tmp_path: Path) -> None:
    words, said = VERBS[verb]
    plan = write_tiny(tmp_path / "plan")
    book = write_workbook(read_plan(write_tiny(tmp_path / "other", OTHER)), tmp_path / "book.xlsx")
    (tmp_path / "out").mkdir()
    before = prints(tmp_path)
    places = {"plan": plan, "book": book, "out": tmp_path / "out"}
    command = [sys.executable, "-c", SMALL, *(word.format(**places) for word in words)]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert said in done.stderr
    assert "free some space" in done.stderr
    assert "our fault" not in done.stderr
    assert prints(tmp_path) == before


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB; only where we may add one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True)
    if made.returncode:
        pytest.skip("needs the right to add a disk")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(file: Path) -> None:
    with suppress(OSError), file.open("wb", buffering=0) as out:
        while out.write(b"x" * 4096):
            pass


@pytest.mark.skipif(shutil.which("mount") is None, reason="this system adds disks otherwise")
def test_a_full_disk_keeps_the_old_plan(tiny_disk: Path, tmp_path: Path) -> None:
    old = read_plan(write_tiny(tmp_path / "one"))
    new = read_plan(write_tiny(tmp_path / "other", OTHER))
    write_plan(old, tiny_disk / "plan")
    fill(tiny_disk / "filler")
    with pytest.raises(PlanProblems, match="No space left"):
        write_plan(new, tiny_disk / "plan")
    with pytest.raises(PlanProblems, match="No space left"):
        write_workbook(new, tiny_disk / "plan.xlsx")
    with pytest.raises(PlanProblems, match="No space left"):
        write_files(PAGES["new"], tiny_disk / "r")
    assert read_plan(tiny_disk / "plan") == old
    assert sorted(each.name for each in tiny_disk.iterdir()) == ["filler", "plan"]
    subprocess.run(["mount", "-o", "remount,ro", tiny_disk], check=True)
    for write in (
        lambda: write_plan(new, tiny_disk / "plan"),
        lambda: write_plan(new, tiny_disk / "deeper" / "plan"),
        lambda: write_workbook(new, tiny_disk / "plan.xlsx"),
        lambda: write_files(PAGES["new"], tiny_disk / "r"),
    ):
        with pytest.raises(PlanProblems, match="Read-only file system"):
            write()
    assert read_plan(tiny_disk / "plan") == old


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="needs a folder nobody may write in")
def test_a_folder_nobody_may_write_in_is_told(tmp_path: Path) -> None:
    plan = read_plan(write_tiny(tmp_path / "one"))
    for write in (
        lambda: write_plan(plan, "/proc/plan"),
        lambda: write_workbook(plan, "/proc/plan.xlsx"),
        lambda: write_files(PAGES["new"], Path("/proc/r")),
        lambda: write_plan(plan, tmp_path / ("x" * 300)),
        lambda: write_workbook(plan, tmp_path / ("x" * 300 + ".xlsx")),
    ):
        with pytest.raises((PlanProblems, OSError)) as caught:
            write()
        assert not isinstance(caught.value, Impossible)


# --- two at once ---


def written(kind: str, plan: Plan, target: Path) -> None:
    """Write a plan several times, as a folder, a workbook or (its name only) a report."""
    for _ in range(4 if kind == "workbook" else 12):
        if kind == "plan":
            write_plan(plan, target)
        elif kind == "workbook":
            write_workbook(plan, target, replace=True)
        else:
            write_files({"index.html": plan.heading.name, "data/a.csv": plan.heading.name}, target)


def test_a_report_that_another_writes_while_the_folder_is_looked_at_is_not_taken_for_a_readers_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_files({"index.html": "first"}, tmp_path / "out")
    look, others = writing._refuse_changed, [{"index.html": "second"}]

    def between(*asked: Any) -> None:
        if others:
            write_files(others.pop(), folder)
        look(*asked)

    monkeypatch.setattr(writing, "_refuse_changed", between)
    write_files({"index.html": "third"}, folder)
    assert (folder / "index.html").read_text() == "third"
    (folder / "index.html").write_text("a reader's own")
    with pytest.raises(PlanProblems, match="someone has changed since"):
        write_files({"index.html": "fourth"}, folder)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["plan", "workbook", "report"])
def test_of_two_who_write_at_once_one_is_there_whole(kind: str, tmp_path: Path) -> None:
    plans = [read_plan(write_tiny(tmp_path / "one")), read_plan(write_tiny(tmp_path / "other", OTHER))]
    place = tmp_path / "out"
    place.mkdir()
    target = place / ("plan.xlsx" if kind == "workbook" else kind)
    at_once(*(partial(written, kind, plan, target) for plan in plans))
    if kind == "report":
        names = {(target / name).read_text() for name in ("index.html", "data/a.csv")}
        assert names in ({"Tiny plan"}, {"Other plan"})
    else:
        assert read_plan(target) in plans
    assert [each.name for each in place.iterdir()] == [target.name]
