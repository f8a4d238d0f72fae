"""Workers that are killed, stopped and raced, as real processes on a real database file."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from web.jobs import steps
from web.jobs.database import database_of_processes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads processes from /proc, which Linux has"),
]
ENDED = ("done", "failed", "cancelled")
Do = Callable[..., Any]


def helpers(how_many: int) -> ProcessPoolExecutor:
    """Processes that have the workplace's database open."""
    return ProcessPoolExecutor(how_many, mp_context=multiprocessing.get_context("spawn"))


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Do]:
    """Does a step in a process beside ours, on a database of its own."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "web.jobs.quick_settings")
    monkeypatch.setenv("TRIPLEAIM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    with database_of_processes(monkeypatch), helpers(1) as helper:

        def done(step: Callable[..., Any], *told: Any, **named: Any) -> Any:
            return helper.submit(step, *told, **named).result()

        done(steps.begin)
        yield done
        done(steps.end_all)


def test_a_killed_worker_leaves_its_run_to_another_and_the_answer_is_the_same(do: Do) -> None:
    run = do(steps.ask, draws=2_000)
    first = do(steps.start_worker)
    computing = do(steps.child_of, first)
    do(steps.end, first, signal.SIGKILL)
    do(steps.wait_for_end_of, computing)
    assert do(steps.told, run)["files"] == {}
    do(steps.start_worker)
    again = do(steps.wait_for, run, *ENDED)
    undisturbed = do(steps.wait_for, do(steps.ask, "two", draws=2_000), *ENDED)
    assert (again["state"], again["attempts"]) == ("done", 2)
    assert (undisturbed["state"], undisturbed["attempts"]) == ("done", 1)
    assert again["files"] == undisturbed["files"]
    assert again["files"]


def test_a_killed_computation_is_told_in_words_and_the_worker_goes_on(do: Do) -> None:
    run = do(steps.ask, draws=2_000)
    worker = do(steps.start_worker)
    do(steps.kill, do(steps.child_of, worker))
    told = do(steps.wait_for, run, *ENDED)
    assert told["state"] == "failed"
    assert "safe" in told["fault"]
    assert told["files"] == {}
    assert do(steps.wait_for, do(steps.ask, kind="run"), *ENDED)["state"] == "done"
    assert do(steps.folders) == []


def test_a_stopped_run_ends_its_computation_and_keeps_nothing(do: Do) -> None:
    run = do(steps.ask, draws=20_000)
    worker = do(steps.start_worker)
    computing = do(steps.child_of, worker)
    do(steps.stop, run)
    do(steps.wait_for_end_of, computing)
    told = do(steps.told, run)
    assert (told["state"], told["files"]) == ("cancelled", {})


def test_a_worker_told_to_end_gives_its_run_back_at_once(do: Do) -> None:
    run = do(steps.ask, draws=20_000)
    worker = do(steps.start_worker)
    computing = do(steps.child_of, worker)
    assert do(steps.end, worker) == 0
    do(steps.wait_for_end_of, computing)
    told = do(steps.told, run)
    assert (told["state"], told["attempts"], told["worker"]) == ("waiting", 0, "")
    assert do(steps.folders) == []


def test_a_worker_clears_away_what_a_killed_one_left(do: Do) -> None:
    left = do(steps.make_old_folder)
    run = do(steps.ask, kind="run")
    assert left in do(steps.folders)
    do(steps.start_worker)
    assert do(steps.wait_for, run, *ENDED)["state"] == "done"
    assert left not in do(steps.folders)


def test_several_workers_never_have_the_same_run(do: Do) -> None:
    do(steps.ask_many, 50)
    with helpers(4) as racing:
        taken = list(racing.map(steps.claim_all, ["a", "b", "c", "d"]))
    each = [run for runs in taken for run in runs]
    assert len(each) == len(set(each)) == 50
    assert do(steps.counts)["files"] == 50


def test_whoever_is_killed_while_asking_leaves_every_run_with_its_event(do: Do) -> None:
    before = do(steps.counts)
    with helpers(1) as asking:
        begun = asking.submit(steps.ask_many, 5_000)
        while do(steps.counts)["runs"] < before["runs"] + 20:
            pass
        for process in asking._processes.values():
            process.kill()
        with pytest.raises(BrokenProcessPool):
            begun.result()
    after = do(steps.counts)
    assert after["runs"] - before["runs"] == after["asked"] - before["asked"] > 0
    assert after["broken"] == 0
