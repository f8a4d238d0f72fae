"""Who does the work: this process, its threads, processes of their own, or a cluster. The numbers are the same.

Each is a `concurrent.futures` executor behind a name that is written on the command line.
"""

from __future__ import annotations

import multiprocessing
import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.stress.many.jobs import Parcel, packed
from tripleaim.stress.many.start import begin, without_interrupts
from tripleaim.stress.processors import processors

SERIAL, THREADS, PROCESSES, DASK = "serial", "threads", "processes", "dask"
_ADDRESS = re.compile(r"dask://(?P<place>[A-Za-z0-9.\-]+|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5})")
EXPECTED = "serial, threads, processes, dask or dask://host:port"


class Workers(Protocol):
    """Whoever does jobs: an executor, and what is different from one kind to the next."""

    width: int
    """How many jobs it is given before the first comes back."""
    threads: int | None
    """How many threads may work at one job; None is one a processor."""

    tries: int
    """How often in all a job is given out when its worker is lost each time."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Have a function called, elsewhere or later. It and its arguments must be known by name there."""

    def ship(self, plan: Plan) -> Any:
        """Send a plan on its way, once however often it is asked for; what to hand to `submit` in its place."""

    def lost(self, error: Exception) -> bool:
        """Whether an error says that a worker was lost, and not that the work went wrong."""

    def stop(self, at_once: bool) -> None:
        """Let the workers go; at once leaves what they are at."""


@contextmanager
def opened(name: str = SERIAL, count: int = 0) -> Iterator[Workers]:
    """Workers by name, let go at the end; on Ctrl-C or an error at once.

    name  : serial, threads, processes, dask (a cluster on this machine) or dask://host:port (one that is running)
    count : how many workers; 0 is one for each processor. A cluster that is running has its own.

    raises : Impossible for another name, fewer than no workers, or a cluster that does not answer
    """
    if count < 0:
        raise Impossible(f"{count} workers cannot do anything: ask for 1 or more, or leave it out for one a processor.")
    workers = _made(name, count or processors())
    try:
        yield workers
    except BaseException:
        workers.stop(at_once=True)
        raise
    workers.stop(at_once=False)


def is_executor(name: str) -> bool:
    """Whether workers are called that.

    >>> [is_executor(name) for name in ("threads", "dask://here:8786", "dask://here:99999", "tractor")]
    [True, True, False, False]
    """
    found = _ADDRESS.fullmatch(name)
    return name in (SERIAL, THREADS, PROCESSES, DASK) or (found is not None and 0 < int(found["port"]) < 65536)


def _made(name: str, count: int) -> Workers:
    if name == SERIAL:
        return Serial()
    if name == THREADS:
        return Threads(count)
    if name == PROCESSES:
        return Processes(count)
    if not is_executor(name):
        raise Impossible(f"No executor is called {name[:80]!r}: name {EXPECTED}.")
    from tripleaim.stress.many.cluster import Cluster

    found = _ADDRESS.fullmatch(name)
    return Cluster(f"tcp://{found['place']}:{found['port']}" if found else "", count)


class _InPlace(Executor):
    """An executor that does each thing when it is asked to. Ctrl-C stops it there and then."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **more: Any) -> Future[Any]:
        """Call the function now."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **more))
        except Exception as error:
            future.set_exception(error)
        return future


class _Here:
    """Workers in this process: a plan needs no sending, and none of them can be lost alone."""

    tries = 1

    def __init__(self, executor: Executor, width: int, threads: int | None) -> None:
        self.executor = executor
        self.width = width
        self.threads = threads

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Have a function called."""
        return self.executor.submit(function, *arguments)

    def ship(self, plan: Plan) -> Parcel:
        """The plan itself."""
        return plan

    def lost(self, error: Exception) -> bool:
        """Never."""
        return False

    def stop(self, at_once: bool) -> None:
        """Start nothing more; what runs in a thread runs to its end."""
        self.executor.shutdown(wait=not at_once, cancel_futures=at_once)


class Serial(_Here):
    """One plan after another, in this process; the draws of each run side by side in its threads."""

    def __init__(self) -> None:
        super().__init__(_InPlace(), width=1, threads=None)


class Threads(_Here):
    """Threads of this process."""

    def __init__(self, count: int) -> None:
        super().__init__(ThreadPoolExecutor(count, thread_name_prefix="tripleaim"), width=count, threads=1)


class Processes:
    """Processes of their own, started afresh (spawn). A plan goes to them as a file, read once by each that needs it.

    When one is lost the system's pool gives up the others too; a new pool then takes over.
    """

    threads: int | None = 1
    tries = 3

    def __init__(self, count: int) -> None:
        self.count = count
        self.width = 2 * count
        self._folder = tempfile.TemporaryDirectory(prefix="tripleaim-")
        self._pool = self._new_pool()

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Have a function called in one of the processes."""
        with without_interrupts():
            try:
                return self._pool.submit(function, *arguments)
            except BrokenExecutor:
                self._pool.shutdown(wait=True)
                self._pool = self._new_pool()
                return self._pool.submit(function, *arguments)

    def ship(self, plan: Plan) -> Parcel:
        """The file of a plan, named by its content."""
        file = Path(self._folder.name) / plan.fingerprint
        if not file.exists():
            file.write_bytes(packed(plan))
        return file

    def lost(self, error: Exception) -> bool:
        """Whether a process ended before its answer."""
        return isinstance(error, BrokenExecutor)

    def stop(self, at_once: bool) -> None:
        """End the processes and delete the files of the plans."""
        if at_once:
            running, watch = list((self._pool._processes or {}).values()), self._pool._executor_manager_thread
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            if watch is not None:
                # Else Python, when it ends, may wake what has just gone, and says so.
                watch.join()  # type: ignore[attr-defined]
        self._pool.shutdown(wait=True)
        self._folder.cleanup()

    def _new_pool(self) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.count, mp_context=spawn, initializer=begin)
