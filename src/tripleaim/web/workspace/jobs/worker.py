"""A worker: takes runs up one after another, has each worked out in a process of its own, and says that it is alive."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from tripleaim.web.workspace.actions import runs
from tripleaim.web.workspace.jobs import child, folders
from tripleaim.web.workspace.models import Run

log = logging.getLogger(__name__)

LOOK = 0.5
"""Seconds between two looks for work."""
BEAT = 2.0
"""Seconds between two signs of life, at most; a quarter of a lease where that is shorter."""
MEMORY = 4_000_000_000
"""Bytes one answer may use."""
SECONDS = 1_800
"""Seconds one answer may take."""
SERVER = "TRIPLEAIM_SERVER"
"""Names the process of the server a worker belongs to, in the environment: the worker ends with it."""
SAFE = "Nothing was kept of it; the plan and everything else is safe."
OUT_OF_MEMORY = f"The work needed more memory than it may use. {SAFE} Ask for fewer draws."
TOO_LONG = f"The work took longer than it may. {SAFE} Ask for fewer draws."
BROKE_OFF = f"The work broke off without saying why, as it does when the machine runs out of memory. {SAFE} Ask again."
NO_ROOM = f"The machine’s disk did not take the work: {{}}. {SAFE} Tell whoever keeps this workspace."
OUR_FAULT = f"Something went wrong that is our fault: {{}}. {SAFE} Tell whoever keeps this workspace."


def work() -> int:
    """Work until told to stop by a signal; what is in hand then is given back. Returns the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    Worker(stop).work()
    return 0


class Worker:
    """One worker, known by a name no other has."""

    def __init__(self, stop: threading.Event) -> None:
        self.name = f"{os.getpid()}-{uuid4().hex[:12]}"
        self._stop = stop
        self._server = int(os.environ.get(SERVER, "0"))

    def work(self) -> None:
        """Take up what waits; where nothing does, look what partners share that has no answer yet."""
        folders.clear_away()
        while not self._is_over():
            try:
                close_old_connections()
                run = runs.claim(self.name)
                if run is not None:
                    self.try_to_answer(run)
                if not runs.ask_missing() and run is None:
                    self._stop.wait(getattr(settings, "RUN_LOOK", LOOK))
            except DatabaseError:
                log.exception("the database did not answer; looking again")
                self._stop.wait(5 * LOOK)

    def try_to_answer(self, run: Run) -> None:
        """The same as `answer`; a disk that is full, or may not be written, ends the run in words, not the worker."""
        try:
            self.answer(run)
        except OSError as problem:
            log.exception("run %s: the disk did not take it", run.pk)
            runs.fail(run, self.name, NO_ROOM.format(problem.strerror or "it cannot be written"))

    def answer(self, run: Run) -> None:
        """Have one run worked out, and end it: with all its files, or with words why there are none."""
        folders.clear_away()
        with folders.new_folder() as folder:
            seconds = getattr(settings, "RUN_SECONDS", SECONDS)
            asked = {
                "kind": run.kind,
                "options": run.options,
                "memory": getattr(settings, "RUN_MEMORY", MEMORY),
                "seconds": seconds,
            }
            doing = child.start(folder, bytes(run.content.packed), asked)
            try:
                if self._wait(run, doing, time.monotonic() + seconds):
                    self._end(run, doing)
            finally:
                doing.kill()

    def _wait(self, run: Run, doing: child.Child, until: float) -> bool:
        """Wait while the answer is worked out, saying how far it is; False where it is no longer ours to end."""
        every = min(BEAT, runs.lease().total_seconds() / 4)
        while not doing.wait(every):
            if self._is_over():
                runs.give_back(run, self.name)
                return False
            if time.monotonic() > until:
                runs.fail(run, self.name, TOO_LONG)
                return False
            if not self._beat(run, doing):
                return False
        return True

    def _beat(self, run: Run, doing: child.Child) -> bool:
        try:
            return runs.beat(run, self.name, doing.share_done, doing.doing)
        except DatabaseError:
            log.exception("run %s: the database did not answer; working on", run.pk)
            close_old_connections()
            return True

    def _end(self, run: Run, doing: child.Child) -> None:
        told = doing.ended
        how = told.get("ended", "")
        if how == "done":
            runs.finish(run, self.name, doing.files())
        elif how == "refused":
            runs.refuse(run, self.name, told["problems"])
        else:
            runs.fail(run, self.name, _fault(how, told))

    def _is_over(self) -> bool:
        orphaned = bool(self._server) and os.getppid() != self._server
        return self._stop.is_set() or orphaned


def _fault(how: str, told: dict[str, Any]) -> str:
    if how == "memory":
        return OUT_OF_MEMORY
    return OUR_FAULT.format(told["said"]) if how == "fault" else BROKE_OFF
