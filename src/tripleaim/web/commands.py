"""What `python -m tripleaim.web` does itself: serve the workspace, work out runs."""

from __future__ import annotations

import argparse
import getpass
import os
import signal
import subprocess
import sys
import threading

from django.core.management import call_command
from django.db import transaction

from tripleaim.loading import read_plan
from tripleaim.loading.worked import worked_plans
from tripleaim.web.workspace.actions.entrance import make_keeper, make_sign_in_link
from tripleaim.web.workspace.actions.places import convene, open_place
from tripleaim.web.workspace.models import Person, Place


def run(words: list[str]) -> int:
    """Serve, or work."""
    asked = _parser().parse_args(words)
    if asked.word == "worker":
        from tripleaim.web.workspace.jobs.worker import work

        return work()
    return serve(asked.host, asked.port, asked.email, asked.worker)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tripleaim.web")
    commands = parser.add_subparsers(dest="word", required=True)
    commands.add_parser("worker", help="work out runs until told to stop")
    serving = commands.add_parser("serve", help="open the workspace on this machine")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000)
    serving.add_argument("--email", default="", help="address of who keeps it")
    serving.add_argument("--no-worker", dest="worker", action="store_false", help="runs are worked out elsewhere")
    return parser


def serve(host: str, port: int, email: str, with_worker: bool) -> int:
    """Bring the database up to date, load the worked plans, print a one-time link, and answer readers until stopped."""
    from waitress.server import create_server

    from tripleaim.web.wsgi import application

    _prepare()
    keeper = _keeper(email)
    _load_worked(keeper)
    server = create_server(application, host=host, port=port, threads=6, ident=None)
    address = f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{server.effective_port}"
    print(f"The workspace is open at {address}/", flush=True)
    print(f"Sign in once with this link, within half an hour: {address}/start/{make_sign_in_link(keeper)}/", flush=True)
    print("Stop it with Ctrl-C. What is saved stays.", flush=True)
    stop = threading.Event()
    worker = threading.Thread(target=_keep_worker, args=(stop,), daemon=True) if with_worker else None
    signal.signal(signal.SIGTERM, _stop_by_signal)
    try:
        if worker:
            worker.start()
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        server.close()
        if worker:
            worker.join(timeout=10)
    print("Stopped.", flush=True)
    return 0


def _stop_by_signal(*_: object) -> None:
    raise KeyboardInterrupt


def _prepare() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def _keeper(email: str) -> Person:
    """Who keeps the workspace: the address that is stated, or the name this machine knows its user by."""
    kept = Person.objects.filter(keeps_workspace=True).order_by("pk").first()
    if kept is not None and not email:
        return kept
    name = getpass.getuser()
    return make_keeper(email or f"{name}@localhost", name)


def _load_worked(keeper: Person) -> None:
    """The worked plans as places, where there is no place of that name yet; whoever keeps the workspace convenes."""
    for name, folder in worked_plans().items():
        slug = name.replace("_", "-")
        if Place.objects.filter(slug=slug).exists():
            continue
        print(f"Loading {folder.name} …", flush=True)
        plan = read_plan(folder)
        with transaction.atomic():
            convene(open_place(slug, plan, "Came with Triple Aim, as an example to look at and try."), keeper)


def _keep_worker(stop: threading.Event) -> None:
    """One worker beside the server, started again if it ends, stopped with it."""
    while not stop.is_set():
        environment = {**os.environ, "TRIPLEAIM_SERVER": str(os.getpid())}
        worker = subprocess.Popen([sys.executable, "-m", "tripleaim.web", "worker"], env=environment)
        while worker.poll() is None and not stop.wait(0.5):
            pass
        if worker.poll() is None:
            worker.terminate()
            try:
                worker.wait(timeout=8)
            except subprocess.TimeoutExpired:
                worker.kill()
        stop.wait(1.0)
