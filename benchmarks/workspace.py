"""What readers of the workspace wait for: 44 places, 2,000 people, 500 versions, on SQLite and on PostgreSQL.

`python benchmarks/workspace.py` fills a database, starts the server with `python -m tripleaim.web serve`, and asks for
pages at a steady 20 a second, whether or not earlier ones have been answered (an open loop, in Python's own
http.client; generator and server share the machine's processors). With TRIPLEAIM_TEST_DATABASE set, as
tools/with_postgres.py does, it is that database; otherwise a SQLite file. `make bench` runs it on both.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import queue
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLACES, PEOPLE, VERSIONS = 44, 2_000, 500
RATE, SECONDS, HANDS = 20, 30, 40
"""Requests a second, for how long, and how many at most under way."""
READERS = 200
"""People signed in while pages are asked for."""
EDITED_CELLS = 5_000
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SEED = 11


def main() -> None:
    """Fill a database, measure, and print the figures as one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="tripleaim-bench-") as folder:
        os.environ["TRIPLEAIM_HOME"] = folder
        database = os.environ.get("TRIPLEAIM_TEST_DATABASE")
        if database:
            os.environ["DATABASE_URL"] = database
        os.environ["DJANGO_SETTINGS_MODULE"] = "tripleaim.web.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        cookies = fill()
        found = {**rendered(), **edited_cells(), **loaded(cookies)}
    print(json.dumps(found))


def fill() -> list[tuple[str, str]]:
    """44 places from open data and the invented one, their versions, people, and what a run of each newest says.

    returns : (session, slug of a place the person is in) of those who are signed in
    """
    from tripleaim.loading import read_plan
    from tripleaim.opendata import published
    from tripleaim.opendata.start import start
    from tripleaim.reports.held import with_meaning
    from tripleaim.web.workspace.actions.places import open_place
    from tripleaim.web.workspace.models import Place

    codes = [footprint.code for footprint in published().footprints][: PLACES - 1]
    plans = [read_plan(ROOT / "plans/wealdshire_and_marsh"), *(with_meaning(start(code)) for code in codes)]
    for number, plan in enumerate(plans):
        place = open_place(f"place-{number}", plan, "The first version.")
        _versions(place, plan, VERSIONS // PLACES - 1 + (number < VERSIONS % PLACES))
        _worked_out(place)
        print(f"\r{number + 1} of {len(plans)} places filled", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    _people(list(Place.objects.all()))
    return _signed_in()


def _versions(place: Any, plan: Any, count: int) -> None:
    """Further versions, each with a number changed."""
    from tripleaim.loading.editing import Change, edited
    from tripleaim.web.workspace.actions.contents import keep
    from tripleaim.web.workspace.models import Version

    for number in range(2, count + 2):
        changed = edited(plan, [Change(table="", key=(), field="version", text=str(number))])
        Version.objects.create(place=place, number=number, content=keep(changed), why=f"Change {number}.")


def _worked_out(place: Any) -> None:
    """What a worker keeps of the newest version, worked out here."""
    from tripleaim.web.workspace.actions.contents import plan_of
    from tripleaim.web.workspace.actions.runs import ask_missing, claim, finish
    from tripleaim.web.workspace.jobs.made import files_of

    ask_missing(place)
    run = claim("bench")
    while run is not None:
        finish(run, "bench", files_of(run.kind, plan_of(run.content), run.options, lambda done, words: None))
        run = claim("bench")


def _people(places: list[Any]) -> None:
    """2,000 people, spread over places, organisations and roles."""
    from tripleaim.web.workspace.models import Membership, Partner, Person, Role

    chance = random.Random(SEED)
    people = Person.objects.bulk_create(
        Person(email=f"person{n}@example.org", name=f"Person {n}", password="!") for n in range(PEOPLE)
    )
    partners: dict[int, list[Any]] = {}
    for partner in Partner.objects.all():
        partners.setdefault(partner.place_id, []).append(partner)
    roles = [role for role in Role.values if role not in ("auditor", "reviewer")]
    Membership.objects.bulk_create(
        Membership(
            person=person,
            partner=chance.choice(partners[places[n % len(places)].pk]),
            role=chance.choice(roles),
        )
        for n, person in enumerate(people)
    )


def _signed_in() -> list[tuple[str, str]]:
    from importlib import import_module

    from django.conf import settings

    from tripleaim.web.workspace.models import Person

    store = import_module(settings.SESSION_ENGINE).SessionStore
    found = []
    for person in Person.objects.filter(email__startswith="person").order_by("pk")[:READERS]:
        session = store()
        session["_auth_user_id"], session["_auth_user_backend"] = str(person.pk), BACKEND
        session["_auth_user_hash"] = person.get_session_auth_hash()
        session.save()
        found.append((session.session_key, person.memberships.get().partner.place.slug))
    return found


def rendered() -> dict[str, Any]:
    """Milliseconds inside the server for a page, the middle of 50, nobody else asking; the weight of a first visit."""
    from django.conf import settings
    from django.test import Client

    from tripleaim.web.workspace.models import Membership

    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    someone = Membership.objects.filter(partner__place__slug="place-0", role="officer").first()
    client.force_login(someone.person, backend=BACKEND)
    found: dict[str, Any] = {}
    for name, address in (("overview", "/places/place-0/"), ("results", "/places/place-0/results/"), ("mine", "/")):
        times = []
        for _ in range(53):
            began = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - began) * 1e3)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}")
        found[f"render {name} ms"] = statistics.median(times[3:])
    page = client.get("/places/place-0/", headers={"accept-encoding": "gzip"})
    found["first page kB"] = (len(page.content) + _beside(gzip.decompress(page.content).decode())) / 1e3
    return found


def _beside(page: str) -> int:
    """Bytes of the styles and scripts a page names, as the server sends them compressed."""
    from django.conf import settings

    total = 0
    for address in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)):
        file = Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)
        packed = file.with_name(file.name + ".gz")
        total += packed.stat().st_size if packed.exists() else len(zlib.compress(file.read_bytes()))
    return total


def edited_cells() -> dict[str, Any]:
    """Seconds to save one form in which 5,000 cells of a draft are changed, checks, audit and answer included."""
    from django.test import Client

    from tripleaim.web.workspace.actions.drafts import start_draft
    from tripleaim.web.workspace.actions.places import open_place
    from tripleaim.web.workspace.models import Membership, Person, Role

    plan = many_people()
    place = open_place("many-rows", plan, "The first version.")
    finance = Person.objects.create(email="finance@example.org", name="Finance")
    someone = Membership.objects.create(person=finance, partner=place.partners.first(), role=Role.FINANCE)
    client = Client()
    client.force_login(someone.person, backend=BACKEND)
    times, cells = [], 0
    for turn in range(1, 6):
        draft = start_draft(someone.person, someone.partner, place.versions.first(), f"Draft {turn}")
        typed = {f"c-{n}-persons": f"{row.persons + turn:g}" for n, row in enumerate(plan.population[:EDITED_CELLS])}
        form = {"made_from": draft.revision, "reason": "Counted again.", **typed}
        cells = len(typed)
        began = time.perf_counter()
        answer = client.post(f"/places/{place.slug}/proposals/{draft.pk}/plan/population/", form)
        times.append(time.perf_counter() - began)
        if answer.status_code not in (302, 303):
            raise SystemExit(f"the edit was answered with {answer.status_code}")
    return {"edited cells": cells, "edit s": statistics.median(times)}


def many_people() -> Any:
    """The invented plan with its people counted in further years, so that one table has enough cells."""
    from tripleaim.loading import read_plan
    from tripleaim.plan import TABLES, Plan
    from tripleaim.plan.plan import sort_rows

    plan = read_plan(ROOT / "plans/wealdshire_and_marsh")
    rows = {(row.place, row.year, row.sex, row.age): row for row in plan.population}
    newest = max(row.year for row in plan.population)
    last = [row for row in plan.population if row.year == newest]
    while len(rows) < EDITED_CELLS:
        newest += 1
        for row in last:
            rows[row.place, newest, row.sex, row.age] = type(row)(**{**row.model_dump(), "year": newest})
    tables = {form.name: getattr(plan, form.name) for form in TABLES}
    return Plan(heading=plan.heading, **{**tables, "population": sort_rows("population", tuple(rows.values()))})


def loaded(cookies: list[tuple[str, str]]) -> dict[str, Any]:
    """Milliseconds until an answer is whole, of requests sent at a steady rate: middle, 95th and worst."""
    found: dict[str, Any] = {}
    with server() as port:
        for name, rest in (("overview", ""), ("results", "results/")):
            times, refused = _at_a_rate(port, cookies, rest)
            found |= {
                f"load {name} p50 ms": statistics.median(times),
                f"load {name} p95 ms": statistics.quantiles(times, n=20)[18],
                f"load {name} worst ms": max(times),
                f"load {name} failed": refused,
            }
    return found


@contextmanager
def server() -> Iterator[int]:
    """The workspace served as a reader meets it, without a worker."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tripleaim.web", "serve", "--port", "0", "--no-worker"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout
        for line in started.stdout:
            told = re.search(r"http://[^:]+:(\d+)/", line)
            if told:
                yield int(told[1])
                break
    finally:
        started.terminate()
        started.wait(timeout=20)


def _at_a_rate(port: int, cookies: list[tuple[str, str]], rest: str) -> tuple[list[float], int]:
    """Times counted from the moment a request was due, so that waiting in line counts, too."""
    chance = random.Random(SEED)
    due: queue.Queue[tuple[float, str, str] | None] = queue.Queue()
    times: list[float] = []
    refused = 0

    def hand() -> None:
        nonlocal refused
        while (asked := due.get()) is not None:
            moment, session, address = asked
            answer = _get(port, address, session)
            times.append((time.perf_counter() - moment) * 1e3)
            refused += answer != 200

    hands = [threading.Thread(target=hand) for _ in range(HANDS)]
    for each in hands:
        each.start()
    for session, slug in cookies[:HANDS]:
        _get(port, f"/places/{slug}/{rest}", session)
    began = time.perf_counter()
    for n in range(RATE * SECONDS):
        moment = began + n / RATE
        time.sleep(max(0.0, moment - time.perf_counter()))
        session, slug = chance.choice(cookies)
        due.put((moment, session, f"/places/{slug}/{rest}"))
    for _ in hands:
        due.put(None)
    for each in hands:
        each.join()
    return times, refused


def _get(port: int, address: str, session: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address, headers={"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


if __name__ == "__main__":
    main()
