"""What tests of real workers do, each step in a process of its own that has a real database file open.

The process which runs the tests never opens that database: it sends these functions to one that does (`workplace`).
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.core.management import call_command

from loading.tiny import write_tiny
from tripleaim.loading import read_plan
from tripleaim.web.home import own_folder
from tripleaim.web.workspace.actions import runs
from tripleaim.web.workspace.actions.audit import broken_links
from tripleaim.web.workspace.actions.entrance import make_keeper
from tripleaim.web.workspace.actions.places import open_place
from tripleaim.web.workspace.models import AuditEvent, AuditHead, Person, Place, Run, RunFile

PATIENCE = 90.0
"""Seconds after which a step gives up waiting."""
WORKERS: dict[int, subprocess.Popen[bytes]] = {}
"""Workers this process has started."""


def begin() -> None:
    """A new database with two places that share one tiny plan."""
    call_command("migrate", verbosity=0, interactive=False)
    plan = read_plan(write_tiny(own_folder() / "tiny"))
    keeper = make_keeper("keeper@example.org", "Keeper")
    for slug in ("one", "two"):
        open_place(slug, plan, "The first version.", keeper)
        runs.ask_missing()
    Run.objects.update(state="cancelled")


def ask(slug: str = "one", kind: str = "stress", **options: Any) -> int:
    """Ask one question of a place."""
    place = Place.objects.get(slug=slug)
    return runs.ask(Person.objects.get(), place, place.versions.get().content, kind, options).pk


def ask_many(how_many: int) -> None:
    """Ask one question after another."""
    for seed in range(1_000, 1_000 + how_many):
        ask(seed=seed)


def stop(pk: int) -> None:
    """Stop a run."""
    runs.stop(Person.objects.get(), Run.objects.get(pk=pk))


def told(pk: int) -> dict[str, Any]:
    """A run as it stands, with the sum of each of its files."""
    run = Run.objects.get(pk=pk)
    files = {each.name: hashlib.sha256(zlib.decompress(each.packed)).hexdigest() for each in run.files.all()}
    return {"state": run.state, "attempts": run.attempts, "fault": run.fault, "worker": run.worker, "files": files}


def start_worker() -> int:
    """A worker as an installation starts it."""
    worker = subprocess.Popen([sys.executable, "-m", "tripleaim.web", "worker"])
    WORKERS[worker.pid] = worker
    return worker.pid


def end(worker: int, how: signal.Signals = signal.SIGTERM) -> int:
    """Send a worker a signal, and wait until it has ended; what it ended with."""
    WORKERS[worker].send_signal(how)
    return WORKERS.pop(worker).wait(timeout=PATIENCE)


def end_all() -> None:
    """End every worker that a test left."""
    for worker in list(WORKERS):
        end(worker, signal.SIGKILL)


def child_of(worker: int) -> int:
    """The process in which a worker has an answer worked out, once there is one."""
    return int(_until(lambda: _children(worker))[0])


def kill(pid: int) -> None:
    """End any process at once."""
    os.kill(pid, signal.SIGKILL)


def wait_for_end_of(pid: int) -> None:
    """Wait until a process is gone."""
    _until(lambda: not _is_alive(pid))


def wait_for(pk: int, *states: str) -> dict[str, Any]:
    """Wait until a run is in one of these states."""
    _until(lambda: Run.objects.filter(pk=pk, state__in=states).exists())
    return told(pk)


def claim_all(name: str) -> list[int]:
    """Take up run after run until none waits, as one of several workers at once."""
    taken = []
    while (run := runs.claim(name)) is not None:
        taken.append(run.pk)
        runs.finish(run, name, {"page.html": b"An answer"})
    return taken


def counts() -> dict[str, int]:
    """Runs, files, events of runs that were asked for, and places where the chain of events is broken."""
    chain = broken_links(AuditEvent.objects.order_by("number").iterator(), AuditHead.objects.first())
    return {
        "runs": Run.objects.count(),
        "files": RunFile.objects.count(),
        "asked": AuditEvent.objects.filter(act="run.ask").count(),
        "broken": len(list(chain)),
    }


def folders() -> list[str]:
    """What workers have left in their folder."""
    return [each.name for each in (own_folder() / "work").glob("*")]


def make_old_folder() -> str:
    """A folder as a killed worker leaves it."""
    made = own_folder() / "work" / "run-leftover"
    (made / "out").mkdir(parents=True)
    os.utime(made, (0, 0))
    return made.name


def _children(pid: int) -> list[str]:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return []


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _until(holds: Callable[[], Any]) -> Any:
    """Look again and again until something holds."""
    for _ in _looks():
        found = holds()
        if found:
            return found
    raise TimeoutError("what was waited for did not happen")


def _looks() -> Iterator[None]:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        yield
        time.sleep(0.02)
