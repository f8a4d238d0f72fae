"""Many stress tests at once: the same numbers whoever does the work, each job once, nothing lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tripleaim.errors import Impossible
from tripleaim.loading import read_plan
from tripleaim.opendata.start import start
from tripleaim.plan import Plan
from tripleaim.stress.findings import Stress, stress
from tripleaim.stress.many.jobs import answer, job_of
from tripleaim.stress.many.run import PlanAsked, PlanDone, PlanRefused, WorkerLost, completed, stress_many, whole
from tripleaim.stress.many.start import without_interrupts
from tripleaim.stress.many.workers import Workers, opened

ROOT = Path(__file__).resolve().parents[2]
DRAWS = 20
ENDS_ITS_WORKER = "__import__('os')._exit(1)"

ASKED = [
    *(PlanAsked(name=code, read=partial(start, code)) for code in ("E54000022", "E54000038", "E54000006")),
    PlanAsked(name="no plan", read=partial(read_plan, ROOT / "tests")),
    PlanAsked(name="schemes", read=partial(read_plan, ROOT / "plans" / "wealdshire_and_marsh")),
    PlanAsked(name="the first again", read=partial(start, "E54000022")),
]


Outcomes = tuple[PlanDone[Stress] | PlanRefused, ...]


def outcomes(workers: Workers, told: Callable[[int, int], None] = lambda done, of: None) -> Outcomes:
    return stress_many(ASKED, workers, DRAWS, 1, keep=whole, told=told)


def found(ends: Outcomes) -> list[Stress]:
    return [each.found for each in ends if isinstance(each, PlanDone)]


@pytest.fixture(scope="module")
def alone() -> list[Stress]:
    """What `stress` finds of each plan that can be read."""
    return [stress(each.read(), DRAWS, 1) for each in ASKED if each.name != "no plan"]


@pytest.fixture(scope="module")
def progress() -> list[tuple[int, int]]:
    """What was told while the plans were done one after another."""
    return []


@pytest.fixture(scope="module")
def in_turn(progress: list[tuple[int, int]]) -> Outcomes:
    """The plans done one after another."""
    with opened("serial") as workers:
        return outcomes(workers, lambda done, of: progress.append((done, of)))


def test_each_plan_is_found_as_if_it_were_alone(in_turn: Outcomes, alone: list[Stress]) -> None:
    assert [each.name for each in in_turn] == [each.name for each in ASKED]
    assert found(in_turn) == alone


def test_a_plan_that_cannot_be_read_is_told_beside_the_others(in_turn: Outcomes) -> None:
    (refused,) = [each for each in in_turn if isinstance(each, PlanRefused)]
    assert (refused.name, refused.exit_code) == ("no plan", 2)
    assert refused.problems[0].to_fix in refused.said


def test_progress_counts_every_plan_asked_for(in_turn: Outcomes, progress: list[tuple[int, int]]) -> None:
    assert progress == [(done, len(in_turn)) for done in range(1, len(in_turn) + 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_threads_find_the_same_bits(alone: list[Stress], count: int) -> None:
    with opened("threads", count) as workers:
        assert found(outcomes(workers)) == alone


@pytest.mark.slow
def test_processes_find_the_same_bits_even_when_one_is_killed(alone: list[Stress]) -> None:
    killed: list[BaseProcess] = []

    def kill_one(done: int, of: int) -> None:
        if not killed:
            killed.append(multiprocessing.active_children()[0])
            os.kill(killed[0].pid, signal.SIGKILL)

    with opened("processes", 2) as workers:
        ends = outcomes(workers, kill_one)
    assert killed[0].exitcode == -signal.SIGKILL
    assert found(ends) == alone


@pytest.mark.slow
def test_work_that_ends_every_worker_is_given_up_and_takes_no_other_with_it() -> None:
    sums = ["1 + 1", "1 + 2", ENDS_ITS_WORKER, "1 + 3", "1 + 4"]
    with opened("processes", 2) as workers:
        results = {words: result for (words,), result in completed(eval, [(each,) for each in sums], workers)}
    assert isinstance(results.pop(ENDS_ITS_WORKER), WorkerLost)
    assert results == {"1 + 1": 2, "1 + 2": 3, "1 + 3": 4, "1 + 4": 5}


def test_the_same_job_is_done_once() -> None:
    kept: list[str] = []

    def keep(each: Stress) -> str:
        kept.append(each.fingerprint)
        return each.fingerprint

    with opened("serial") as workers:
        one, again = stress_many([ASKED[0], ASKED[-1]], workers, DRAWS, 1, keep=keep)
    assert kept == [one.found] == [again.found]
    assert (one.name, again.name) == (ASKED[0].name, "the first again")


def test_what_ends_first_comes_first_and_is_told_in_the_order_asked() -> None:
    naps = [(f"__import__('time').sleep({seconds}) or {seconds}",) for seconds in (0.2, 0.0)]
    slow_first = [replace(ASKED[4], name="slow"), replace(ASKED[0], name="quick")]
    with opened("threads", 2) as workers:
        assert [result for _, result in completed(eval, naps, workers)] == [0.0, 0.2]
        ends = stress_many(slow_first, workers, DRAWS, 1, keep=lambda each: each.plan.heading.place)
    assert [(each.name, each.found) for each in ends] == [
        ("slow", "wealdshire_and_marsh"),
        ("quick", "norfolk_and_waveney"),
    ]


def test_a_job_says_all_that_its_numbers_depend_on() -> None:
    plan = start("E54000022")
    job = job_of(plan, 10, 1)
    assert job.fingerprint == plan.fingerprint
    assert len({job, job_of(plan, 11, 1), job_of(plan, 10, 2), job_of(plan, 10, 1, together=False)}) == 4
    assert job == job_of(start("E54000022"), 10, 1)


def test_a_worker_of_another_version_refuses() -> None:
    plan = start("E54000022")
    refusal = answer(replace(job_of(plan, 10, 1), version="tripleaim 0.0.1"), plan)
    assert isinstance(refusal, Impossible)
    assert "give both the same" in str(refusal)


def test_what_is_our_fault_is_said_to_be_and_stops_no_other_plan() -> None:
    def falls():
        raise RuntimeError("the roof fell in")

    with opened("serial") as workers:
        fallen, other = stress_many([PlanAsked(name="x", read=falls), ASKED[0]], workers, DRAWS, 1, keep=whole)
    assert (fallen.exit_code, "our fault" in fallen.said) == (1, True)
    assert isinstance(other, PlanDone)


def test_a_plan_that_cannot_be_sent_to_a_worker_stops_no_other() -> None:
    with opened("processes", 1) as workers:
        folder = Path(workers._folder.name)

        def without_room() -> Plan:
            folder.rmdir()
            return start("E54000022")

        def with_room() -> Plan:
            folder.mkdir()
            return start("E54000038")

        asked = [PlanAsked(name="lost", read=without_room), PlanAsked(name="sent", read=with_room)]
        lost, sent = stress_many(asked, workers, DRAWS, 1, keep=lambda each: each.plan.heading.place)
    assert (lost.name, lost.exit_code) == ("lost", 1)
    assert isinstance(sent, PlanDone)


@pytest.mark.parametrize(
    ("name", "count", "said"),
    [
        ("tractor", 0, "name serial, threads"),
        ("dask://", 0, "dask://host:port"),
        ("dask://somewhere:99999", 0, "dask://host:port"),
        ("threads", -1, "ask for 1 or more"),
    ],
)
def test_workers_that_cannot_be_had_are_refused(name: str, count: int, said: str) -> None:
    with pytest.raises(Impossible, match=said), opened(name, count):
        pass


def test_no_draws_are_refused_before_anything_is_read() -> None:
    with opened("serial") as workers, pytest.raises(Impossible, match="at least one draw"):
        stress_many(ASKED, workers, 0, keep=whole)


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="sends signals to threads as Unix does")
def test_ctrl_c_that_reaches_another_thread_waits_until_workers_are_started() -> None:
    asked = threading.Event()
    came: list[str] = []
    other = threading.Thread(target=asked.wait)
    other.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted(other, came)
    finally:
        asked.set()
        other.join()
    assert came == ["the workers are started"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def interrupted(other: threading.Thread, came: list[str]) -> None:
    with without_interrupts():
        signal.pthread_kill(other.ident or 0, signal.SIGINT)
        time.sleep(0.05)
        came.append("the workers are started")
