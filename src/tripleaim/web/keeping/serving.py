"""The workspace open on this machine: a server, and beside it a worker for runs, until somebody stops it."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, transaction

from tripleaim.loading import read_plan
from tripleaim.loading.worked import worked_plans
from tripleaim.web.example import people_at_work
from tripleaim.web.home import own_folder
from tripleaim.web.keeping import database, port
from tripleaim.web.keeping.lock import alone
from tripleaim.web.keeping.refused import NotKept
from tripleaim.web.workspace.actions.entrance import LINK_LASTS, make_keeper, make_sign_in_link
from tripleaim.web.workspace.actions.places import convene, open_place
from tripleaim.web.workspace.models import Person, Place

STARTED_BY = "TRIPLEAIM_STARTED_BY"
"""Names the process that started this server, in the environment: the server ends with it."""
STOPPED = 130
PATIENCE = 10
"""Seconds a worker has to give back what it has in hand."""

ROOM_FOR_A_FORM = 1_000_000
"""Bytes of a request beyond the file it brings."""


def serve(host: str, number: int, email: str, with_worker: bool) -> int:
    """Take the port and the data folder, bring the database up to date, and answer readers until stopped.

    Returns the exit code: 0 once readers were answered, 130 where it was stopped before.
    raises : NotKept before anything is written
    """
    if host not in port.THIS_MACHINE and not settings.PRODUCTION:
        raise NotKept(
            f"--host {host} would open the workspace to other machines, and passwords would travel in the clear. Leave "
            "it out; to share the workspace, set it up as docs/workspace/production.md says."
        )
    with port.taken(host, number) as listening:
        address = _address(host, listening)
        with alone(own_folder(), f"It is open at {address}/ (process {os.getpid()})."), _stopped_once():
            try:
                database.refuse_newer()
                link = _made_ready(email)
            except KeyboardInterrupt:
                print("Stopped before it was open. Nothing half-finished was left behind.", flush=True)
                return STOPPED
            _answer(listening, with_worker, lambda: _say(address, link))
    print("Stopped.", flush=True)
    return 0


def _address(host: str, listening: socket.socket) -> str:
    name = "localhost" if host in port.THIS_MACHINE else host
    return f"http://{name}:{listening.getsockname()[1]}"


def _say(address: str, link: str) -> None:
    minutes = int(LINK_LASTS.total_seconds() // 60)
    print(f"The workspace is open at {address}/", flush=True)
    print(f"Sign in with this link, once, within {minutes} minutes: {address}/start/{link}/", flush=True)
    print("Stop it with Ctrl-C. What is saved stays.", flush=True)


def _made_ready(email: str) -> str:
    """Everything a reader needs in place; the token that lets in who keeps the workspace."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
        if settings.PRODUCTION:
            call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        keeper = _keeper(email)
        _load_worked(keeper)
        return make_sign_in_link(keeper)
    except DatabaseError as problem:
        first = (str(problem).strip().splitlines() or ["no reason given"])[0]
        raise NotKept(f"The database could not be brought up to date: {first}. What it held is as it was.") from None
    except OSError as problem:
        where = f" {problem.filename}" if problem.filename else ""
        raise NotKept(
            f"The data folder cannot be written:{where}: {problem.strerror}. Mend it and start again."
        ) from None


def _keeper(email: str) -> Person:
    """Who keeps the workspace: the address that is stated, or the name this machine knows its user by."""
    kept = Person.objects.filter(keeps_workspace=True).order_by("pk").first()
    if kept is not None and not email:
        return kept
    name = _name_of_user()
    return make_keeper(email or f"{name}@localhost", name)


def _name_of_user() -> str:
    try:
        name = getpass.getuser()
        return "keeper" if name == "root" else name
    except (KeyError, OSError):  # a user this machine has no name for
        return "keeper"


def _load_worked(keeper: Person) -> None:
    """The worked plans as places, where there is no place of that name yet; whoever keeps the workspace convenes."""
    for name, folder in worked_plans().items():
        slug = name.replace("_", "-")
        if Place.objects.filter(slug=slug).exists():
            continue
        print(f"Loading {folder.name} …", flush=True)
        plan = read_plan(folder)
        with transaction.atomic():
            place = open_place(slug, plan, "Came with Triple Aim, as an example to look at and try.")
            convene(place, keeper)
            if place.invented:
                people_at_work(place)


def _answer(listening: socket.socket, with_worker: bool, say: Callable[[], None]) -> None:
    """Answer readers until somebody stops it; `say` tells whoever waits that it is open."""
    from waitress.server import create_server

    from tripleaim.web.wsgi import application

    # Behind a proxy, what it says of the reader goes on to Django; otherwise anybody could say it, and it is left out.
    alone = settings.SECURE_PROXY_SSL_HEADER is None
    server = create_server(
        application,
        sockets=[listening],
        threads=6,
        ident=None,
        clear_untrusted_proxy_headers=alone,
        max_request_body_size=settings.LARGEST_UPLOAD + ROOM_FOR_A_FORM,
    )
    stop = threading.Event()
    helpers = [threading.Thread(target=_end_with_starter, args=(stop,), daemon=True)]
    if with_worker:
        helpers.append(threading.Thread(target=_keep_worker, args=(stop,), daemon=True))
    try:
        for each in helpers:
            each.start()
        say()
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        server.close()
        for each in helpers:
            if each.is_alive():
                each.join(timeout=PATIENCE + 2)


@contextmanager
def _stopped_once() -> Iterator[None]:
    """The first Ctrl-C or request to end stops the server; what comes after that waits until it has stopped."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_with_starter(stop: threading.Event) -> None:
    """End when the process that started this server has ended without saying so."""
    starter = int(os.environ.get(STARTED_BY) or 0)
    while starter and not stop.wait(0.5):
        if os.getppid() != starter:
            os.kill(os.getpid(), signal.SIGTERM)
            return


def _keep_worker(stop: threading.Event) -> None:
    """One worker beside the server, started again if it ends, stopped with it."""
    while not stop.is_set():
        own = {**os.environ, "TRIPLEAIM_SERVER": str(os.getpid())}
        worker = subprocess.Popen([sys.executable, "-m", "tripleaim.web", "worker"], env=own, stdin=subprocess.DEVNULL)
        while worker.poll() is None and not stop.wait(0.2):
            pass
        if worker.poll() is None:
            worker.terminate()
            try:
                worker.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        stop.wait(1.0)
