"""Work given to a real Dask cluster: the same bits even if a worker is killed, and clear words where there is none."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from commands import ROOT, inside
from tripleaim.errors import Impossible
from tripleaim.loading import read_plan
from tripleaim.opendata.start import start
from tripleaim.stress.findings import stress
from tripleaim.stress.many import cluster
from tripleaim.stress.many.run import PlanAsked, PlanDone, WorkerLost, completed, stress_many, whole
from tripleaim.stress.many.workers import opened

HAS_DASK = find_spec("distributed") is not None
needs_dask = pytest.mark.skipif(not HAS_DASK, reason="needs the libraries of requirements/oracles.lock: make oracles")
DRAWS = 20
ENDS_ITS_WORKER = "__import__('os')._exit(1)"
ASKED = [
    *(PlanAsked(name=code, read=partial(start, code)) for code in ("E54000022", "E54000038", "E54000006", "E54000007")),
    PlanAsked(name="schemes", read=partial(read_plan, ROOT / "plans" / "wealdshire_and_marsh")),
]


@pytest.fixture(scope="module")
def running() -> Iterator[object]:
    """A cluster that somebody else has started, with two workers."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as found:
        yield found


def address(running) -> str:
    return running.scheduler_address.replace("tcp://", "dask://")


@pytest.mark.cluster
def test_a_cluster_finds_the_same_bits_even_when_a_worker_is_killed(running) -> None:
    killed: list[int] = []

    def kill_one(done: int, of: int) -> None:
        if not killed:
            killed.append(running.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    with opened(address(running)) as workers:
        ends = stress_many(ASKED, workers, DRAWS, 1, keep=whole, told=kill_one)
    assert killed
    assert [each.found for each in ends if isinstance(each, PlanDone)] == [
        stress(each.read(), DRAWS, 1) for each in ASKED
    ]


@pytest.mark.cluster
def test_work_that_ends_every_worker_is_given_up_and_the_rest_is_done(running) -> None:
    sums = ["1 + 1", ENDS_ITS_WORKER, "1 + 2"]
    with opened(address(running)) as workers:
        results = {words: result for (words,), result in completed(eval, [(each,) for each in sums], workers)}
    assert isinstance(results.pop(ENDS_ITS_WORKER), WorkerLost)
    assert results == {"1 + 1": 2, "1 + 2": 3}


@pytest.mark.cluster
@needs_dask
def test_a_cluster_on_this_machine_is_started_and_ended() -> None:
    with opened("dask", 1) as workers:
        (end,) = stress_many(ASKED[:1], workers, DRAWS, 1, keep=whole)
    assert end.found == stress(ASKED[0].read(), DRAWS, 1)


@pytest.mark.cluster
def test_a_cluster_without_workers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        where = address(empty)
        with pytest.raises(Impossible, match=f"at {where} has no workers"), opened(where):
            pass


@pytest.mark.cluster
@needs_dask
def test_a_cluster_that_does_not_answer_is_refused_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        where = f"dask://127.0.0.1:{taken.getsockname()[1]}"
        done = inside("stress-many", "norfolk_and_waveney", "--executor", where, "--out", tmp_path / "r")
    assert (done.returncode, done.stdout) == (3, "")
    assert f"No Dask scheduler answers at {where} within 1 seconds: start one there, or leave out" in done.stderr
    assert not (tmp_path / "r").exists()


@pytest.mark.skipif(HAS_DASK, reason="Dask is installed here")
def test_without_dask_the_refusal_says_what_to_install(tmp_path: Path) -> None:
    done = inside("stress-many", "norfolk_and_waveney", "--executor", "dask", "--out", tmp_path / "r")
    assert (done.returncode, done.stdout) == (3, "")
    assert "pip install 'tripleaim[cluster]'" in done.stderr
    assert not (tmp_path / "r").exists()


@pytest.mark.cluster
@needs_dask
def test_ctrl_c_ends_a_cluster_that_was_started_for_the_command(tmp_path: Path) -> None:
    words = ("--all-places", "--draws", "100000", "--executor", "dask", "--workers", "1", "--out", tmp_path / "r")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "tripleaim.cli", "stress-many", *map(str, words)]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True
    )
    time.sleep(6)
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, ("", "Stopped. Nothing half-finished was left behind.\n"))
    assert list(tmp_path.iterdir()) == []
