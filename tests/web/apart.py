"""Work on a real database file in a process of its own, which a test may kill: `apart.py VERB …` prints JSON.

Each verb is a function below. `die_at` names a function of the workspace, at whose call the process is killed.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "web_settings_on_disk"


def main(verb: str, *words: str) -> None:
    """Do one thing and print what came of it."""
    import django

    django.setup()
    verbs = (begin, post, look, edits, accepts, writes, accept_amid, claims, sure_amid)
    print(json.dumps({each.__name__: each for each in verbs}[verb](*words)))


def begin() -> dict[str, Any]:
    """A new database with the tiny place, two people of its council, and a draft."""
    from django.core.management import call_command

    from web.conftest import tiny_plan, world_of

    call_command("migrate", verbosity=0)
    world = world_of(tiny_plan(), "tinyshire")
    from tripleaim.web.workspace.actions.drafts import start_draft

    person = world.person("finance", "council")
    world.person("analyst", "council"), world.person("convenor"), world.person("board", "hospital")
    draft = start_draft(person, world.partner("council"), world.place.versions.get(), "A draft")
    return {"draft": draft.pk}


def post(address: str, form: str, file: str = "", die_at: str = "") -> dict[str, Any]:
    """Send a form as the council's finance lead; be killed at a function, if one is named."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tripleaim.web.workspace.models import Person
    from web.conftest import World

    if die_at:
        module, name = die_at.rsplit(".", 1)
        setattr(importlib.import_module(module), name, lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))
    sent = json.loads(form)
    if file:
        sent["file"] = SimpleUploadedFile(Path(file).name, Path(file).read_bytes())
    client = World.as_(Person.objects.get(email="finance.council@example.org"))
    return {"status": client.post(address, sent).status_code}


def look() -> dict[str, Any]:
    """What the database holds, and whether it holds together."""
    from tripleaim.web.workspace.actions.audit import broken_links
    from tripleaim.web.workspace.actions.contents import plan_of
    from tripleaim.web.workspace.models import AuditEvent, AuditHead, Draft, DraftEdit, Version

    drafts = []
    for draft in Draft.objects.select_related("content").order_by("pk"):
        made = DraftEdit.objects.filter(draft=draft).order_by("revision")
        drafts.append(
            {
                "revision": draft.revision,
                "revisions": [edit.revision for edit in made],
                "is_its_last": made.last().content_id == draft.content_id,
                "can_be_read": plan_of(draft.content).fingerprint == draft.content_id,
                "growth": {each.key: each.growth.point for each in plan_of(draft.content).activity},
                "state": draft.state,
            }
        )
    acts = AuditEvent.objects.order_by("number")
    return {
        "drafts": drafts,
        "versions": list(Version.objects.order_by("number").values_list("number", flat=True)),
        "acts": list(acts.values_list("act", flat=True)),
        "broken": [each.what for each in broken_links(acts.iterator(), AuditHead.objects.first())],
    }


def edits(pk: str, *typed: str) -> dict[str, Any]:
    """Edits of one draft, from its present revision and sent at the same moment: line=growth, each by one thread."""
    from django.db import connection

    from tripleaim.errors import TripleAimError
    from tripleaim.loading.editing import Change
    from tripleaim.web.workspace.actions.revisions import edit_draft
    from tripleaim.web.workspace.models import Draft, Person

    draft = Draft.objects.get(pk=pk)
    together, found = threading.Barrier(len(typed)), {}

    def send(words: str) -> None:
        line, growth = words.split("=")
        change = Change(table="activity", key=(line,), field="growth", text=growth)
        person = Person.objects.get(email="finance.council@example.org")
        together.wait()
        try:
            edit_draft(person, draft, draft.revision, [change], f"{line} {growth}")
            found[words] = "saved"
        except TripleAimError as refused:
            found[words] = type(refused).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(words,)) for words in typed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def accepts() -> dict[str, Any]:
    """Two proposals, accepted by two convenors at the same moment from pages that showed the same version."""
    from django.db import connection

    from tripleaim.errors import TripleAimError
    from tripleaim.loading.editing import Change
    from tripleaim.web.workspace.actions.drafts import propose, start_draft
    from tripleaim.web.workspace.actions.revisions import edit_draft
    from tripleaim.web.workspace.actions.versions import accept
    from tripleaim.web.workspace.models import Person, Place

    place = Place.objects.get(slug="tinyshire")
    person = Person.objects.get(email="finance.council@example.org")
    convenor = Person.objects.get(email="convenor.office@example.org")
    proposals = []
    for growth in ("0.021", "0.022"):
        draft = start_draft(person, place.partners.get(key="council"), place.versions.first(), f"Growth {growth}")
        edit_draft(person, draft, 1, [Change(table="activity", key=("emergency",), field="growth", text=growth)], "So.")
        proposals.append(propose(person, draft, 2, "So it is."))
    together, found = threading.Barrier(2), []

    def decide(draft: Any) -> None:
        together.wait()
        try:
            found.append(f"version {accept(Person.objects.get(pk=convenor.pk), draft, 2, 1).number}")
        except TripleAimError as refused:
            found.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(draft,)) for draft in proposals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"found": sorted(found)}


def at_once(acts: Sequence[Callable[[], str]]) -> list[str]:
    """What comes of several acts that begin at the same moment, each in a thread of its own; a fault by its name."""
    from django.db import connection

    together, found = threading.Barrier(len(acts)), []

    def do(act: Callable[[], str]) -> None:
        together.wait()
        try:
            found.append(act())
        except Exception as fault:
            found.append(f"{type(fault).__name__}: {fault}")
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def writes(count: str) -> dict[str, Any]:
    """So many writes at the same moment, each with its event."""
    from tripleaim.web.workspace.actions.entrance import make_sign_in_link
    from tripleaim.web.workspace.models import Person

    person = Person.objects.get(email="finance.council@example.org")

    def write() -> str:
        make_sign_in_link(person)
        return "written"

    return {"found": at_once([write] * int(count))}


def accept_amid(number: str) -> dict[str, Any]:
    """A proposal to a version is accepted while eight leaders say how sure they are of its schemes."""
    from tripleaim.loading.editing import Change
    from tripleaim.web.workspace.actions.confidence import give_confidence, schemes_of
    from tripleaim.web.workspace.actions.drafts import propose, start_draft
    from tripleaim.web.workspace.actions.revisions import edit_draft
    from tripleaim.web.workspace.actions.versions import accept
    from tripleaim.web.workspace.models import Person, Place
    from web.conftest import World

    place = Place.objects.get(slug="tinyshire")
    world, version = World(place, None), place.versions.get(number=number)  # type: ignore[arg-type]
    person, convenor = world.person("finance", "council"), world.person("convenor")
    partners = ("east_ccg", "west_ccg", "hospital", "council")
    leaders = [world.person(role, partner) for partner in partners for role in ("finance", "board")]
    draft = start_draft(person, world.partner("council"), version, f"Growth after version {number}")
    change = Change(table="activity", key=("emergency",), field="growth", text=f"0.02{number}")
    edit_draft(person, draft, 1, [change], "So.")
    propose(person, draft, 2, "So it is.")

    def say(leader: Person) -> str:
        for scheme in schemes_of(version):
            give_confidence(leader, version, scheme, number)
        return "said"

    def decide() -> str:
        return f"version {accept(convenor, draft, 2, int(number)).number}"

    return {"found": at_once([decide, *(lambda leader=leader: say(leader) for leader in leaders)])}


def sure_amid() -> dict[str, Any]:
    """A leader says how sure they are while an acceptance is about to write its event; PostgreSQL only."""
    from django.db import connection

    from tripleaim.loading.editing import Change
    from tripleaim.web.workspace.actions import versions
    from tripleaim.web.workspace.actions.confidence import give_confidence, schemes_of
    from tripleaim.web.workspace.actions.drafts import propose, start_draft
    from tripleaim.web.workspace.actions.revisions import edit_draft
    from tripleaim.web.workspace.models import Place
    from web.conftest import World

    place = Place.objects.get(slug="tinyshire")
    world, version = World(place, None), place.versions.get()  # type: ignore[arg-type]
    person, convenor, leader = (
        world.person("finance", "council"),
        world.person("convenor"),
        world.person("board", "hospital"),
    )
    draft = start_draft(person, world.partner("council"), version, "Growth")
    edit_draft(person, draft, 1, [Change(table="activity", key=("emergency",), field="growth", text="0.021")], "So.")
    propose(person, draft, 2, "So it is.")
    found, write_event = [], versions.record

    def say() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        give_confidence(leader, version, next(iter(schemes_of(version))), "7")
        return "said"

    def meanwhile(*told: Any, **named: Any) -> Any:
        found.extend(at_once([say]))
        return write_event(*told, **named)

    versions.record = meanwhile
    found.append(f"version {versions.accept(convenor, draft, 2, 1).number}")
    return {"found": found}


def claims(count: str) -> dict[str, Any]:
    """Four runs, and so many workers that each take up one at the same moment."""
    from tripleaim.web.workspace.actions import runs
    from tripleaim.web.workspace.models import Person, Place

    place = Place.objects.get(slug="tinyshire")
    content = place.versions.get().content
    convenor = Person.objects.get(email="convenor.office@example.org")
    for seed in range(4):
        runs.ask(convenor, place, content, "stress", {"seed": seed})

    def take(name: str) -> str:
        run = runs.claim(name)
        return f"run {run.pk}" if run else ""

    found = at_once([lambda name=f"worker {number}": take(name) for number in range(int(count))])
    return {"taken": [each for each in found if each]}


if __name__ == "__main__":
    main(*sys.argv[1:])
