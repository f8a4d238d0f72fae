"""A Dask cluster as workers: one on this machine, or one that is running. Needs the extra `cluster`."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any

from tripleaim.errors import Impossible
from tripleaim.plan import Plan
from tripleaim.stress.many.jobs import own_version, packed
from tripleaim.stress.many.start import without_interrupts

PATIENCE = 10
"""Seconds a cluster has to answer, and to have a worker."""
NOT_INSTALLED = (
    "Dask is not installed here. Use --executor processes, or install it. Where Triple Aim was installed as a package: "
    "pip install 'tripleaim[cluster]'. In a copy of its source: python3 requirements/install.py oracles, and then ask "
    ".venv-oracles/bin/tripleaim."
)


class Cluster:
    """A Dask cluster. A plan is sent to its scheduler once, under its fingerprint; where a worker is lost, Dask gives
    its jobs to another, four times in all.
    """

    threads: int | None = 1
    tries = 1

    def __init__(self, address: str, count: int) -> None:
        """Open a cluster.

        address : tcp://host:port of a scheduler that is running; empty starts a cluster of `count` processes here

        raises : Impossible where Dask is not installed, nobody answers, or the workers are not like us
        """
        try:
            from distributed import Client, LocalCluster
            from distributed.scheduler import KilledWorker
        except ImportError:
            raise Impossible(NOT_INSTALLED) from None
        self._loss = (KilledWorker, CancelledError)
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self._local = _local(LocalCluster, count) if not address else None
        try:
            self._client = Client(self._local or address, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError):
            raise Impossible(
                f"No Dask scheduler answers at {_told(address)} within {PATIENCE} seconds: start one there, or leave "
                "out --executor to work here."
            ) from None
        try:
            self.width = 2 * self._room(address)
        except BaseException:
            self.stop(at_once=True)
            raise
        self._executor = self._client.get_executor(pure=False)
        self._plans: dict[str, Any] = {}

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Future[Any]:
        """Have a function called by one of the workers."""
        future: Future[Any] = self._executor.submit(function, *arguments)
        return future

    def ship(self, plan: Plan) -> Any:
        """The plan, packed, as a value in the cluster: who needs it fetches it, and it can be had again if lost."""
        name = plan.fingerprint
        if name not in self._plans:
            self._plans[name] = self._client.submit(bytes, packed(plan), key=f"plan-{name}")
        return self._plans[name]

    def lost(self, error: Exception) -> bool:
        """Whether every worker that was given a job was lost, or the cluster itself."""
        return isinstance(error, self._loss)

    def stop(self, at_once: bool) -> None:
        """Take leave of the cluster; one that was started here ends."""
        if not at_once:
            self._client.close()
            if self._local is not None:
                self._local.close()
            return
        with suppress(Exception):  # whatever a cluster says that is cut short, there is nobody to act on it
            if self._local is not None:
                _kill_workers(self._local)
            self._client.close(timeout=1)
        with suppress(Exception):
            if self._local is not None:
                self._local.close(timeout=1)

    def _room(self, address: str) -> int:
        """Threads of all workers, once there is one and all are like us."""
        where = _told(address)
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise Impossible(f"The Dask scheduler at {where} has no workers: start some, then ask again.") from None
        try:
            versions = set(self._client.run(own_version).values())
        except Exception as error:
            raise Impossible(f"The workers of {where} cannot run Triple Aim ({error}): install it there.") from None
        if versions != {own_version()}:
            found = ", ".join(sorted(versions))
            raise Impossible(f"The workers of {where} have {found}; here is {own_version()}: give both the same.")
        return sum(self._client.nthreads().values())


def _local(local_cluster: Callable[..., Any], count: int) -> Any:
    """A cluster on this machine, none of whose processes Ctrl-C reaches: they are ended with it."""
    how = {"processes": True, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": logging.CRITICAL}
    with without_interrupts():
        return local_cluster(n_workers=count, **how)


def _kill_workers(local: Any) -> None:
    """End the processes of a cluster on this machine in the midst of their work."""
    for nanny in local.workers.values():
        nanny.auto_restart = False
        if nanny.pid is not None:
            os.kill(nanny.pid, signal.SIGTERM)


def _told(address: str) -> str:
    return address.replace("tcp://", "dask://") or "this machine"
