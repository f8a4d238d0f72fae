"""What `python -m tripleaim.web` does itself: serve the workspace, work out runs, prove it, keep it safe."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.reports.words import plural
from tripleaim.web.keeping import database
from tripleaim.web.keeping.refused import NotKept
from tripleaim.web.workspace.wording import moment

if TYPE_CHECKING:
    from tripleaim.web.workspace.models import Person


def run(words: list[str]) -> int:
    """Do what the first word says; returns the exit code."""
    asked = _parser().parse_args(words)
    return WORDS[asked.word](asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tripleaim.web")
    words = parser.add_subparsers(dest="word", required=True)
    serving = words.add_parser("serve", help="open the workspace on this machine")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8000, help="0 takes any that is free")
    serving.add_argument("--email", default="", help="address of who keeps it")
    serving.add_argument("--no-worker", dest="worker", action="store_false", help="runs are worked out elsewhere")
    words.add_parser("worker", help="work out runs until told to stop")
    linking = words.add_parser("link", help="a fresh link that signs somebody in once")
    linking.add_argument("address", help="the address they sign in with")
    linking.add_argument("--at", default="http://localhost:8000", help="where readers reach the workspace")
    ending = words.add_parser("second-step-off", help="let somebody in who lost their telephone and their codes")
    ending.add_argument("address", help="the address they sign in with")
    keeping = words.add_parser("keeper", help="name who keeps this workspace, and print a link that lets them in")
    keeping.add_argument("address", help="the address they sign in with")
    keeping.add_argument("--name", default="", help="their name")
    keeping.add_argument("--at", default="http://localhost:8000", help="where readers reach the workspace")
    opening = words.add_parser("place", help="open a place with its plan; who keeps the workspace convenes it")
    opening.add_argument("slug", help="its name in addresses, such as norfolk-and-waveney")
    opening.add_argument("plan", type=Path, help="its plan: a folder, a workbook or the name of a worked plan")
    auditing = words.add_parser("audit", help="prove that nothing was altered")
    auditing.add_argument("what", choices=["verify"])
    auditing.add_argument("--noted", default="", metavar="NUMBER:HASH", help="what an earlier proof said to write down")
    backing = words.add_parser("backup", help="the whole workspace in one file")
    backing.add_argument("file", type=Path)
    restoring = words.add_parser("restore", help="bring a workspace back from a backup")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--replace", action="store_true", help="keep the workspace that is there aside")
    words.add_parser("prove", help="bring the database up to date, then prove it; a backup is proved so")
    words.add_parser("rights", help="the page that says who may do what")
    return parser


def _serve(asked: argparse.Namespace) -> int:
    from tripleaim.web.keeping.serving import serve

    return serve(asked.host, asked.port, asked.email, asked.worker)


def _work(asked: argparse.Namespace) -> int:
    from tripleaim.web.workspace.jobs.worker import work

    return work()


def _link(asked: argparse.Namespace) -> int:
    return _say_link(_somebody(asked.address), asked.at)


def _somebody(address: str) -> Person:
    from tripleaim.web.workspace.models import Person

    _must_be_there()
    person = Person.objects.filter(email__iexact=address, is_active=True).first()
    if person is None:
        raise NotKept(f"Nobody signs in with the address {address}. A convenor can invite them.")
    return person


def _second_step_off(asked: argparse.Namespace) -> int:
    from tripleaim.web.workspace.actions.entrance import end_second_step

    person = _somebody(asked.address)
    if not end_second_step(person):
        raise NotKept(f"{person} signs in without a second step; nothing was changed.")
    print(f"{person} signs in without a second step from now on, until they set one up again. The audit says so.")
    return 0


def _keeper(asked: argparse.Namespace) -> int:
    from tripleaim.web.workspace.actions.entrance import make_keeper

    _must_be_there()
    if "@" not in asked.address:
        raise NotKept(f"{asked.address} is no address to sign in with, such as anna@example.org.")
    person = make_keeper(asked.address, asked.name or asked.address.partition("@")[0])
    if not person.keeps_workspace:
        raise NotKept(f"{asked.address} is somebody who does not keep this workspace; nothing was changed.")
    return _say_link(person, asked.at)


def _place(asked: argparse.Namespace) -> int:
    from django.core.validators import slug_re

    from tripleaim.loading import read_plan
    from tripleaim.loading.worked import plan_place
    from tripleaim.web.workspace.actions.places import open_place
    from tripleaim.web.workspace.models import Person, Place

    _must_be_there()
    keeper = Person.objects.filter(keeps_workspace=True, is_active=True).order_by("pk").first()
    if keeper is None:
        raise NotKept("Nobody keeps this workspace yet. Name somebody: python -m tripleaim.web keeper ADDRESS")
    if not slug_re.fullmatch(asked.slug) or Place.objects.filter(slug=asked.slug).exists():
        raise NotKept(f"{asked.slug}: name a place by letters, digits and hyphens that no other place here has.")
    place = open_place(asked.slug, read_plan(plan_place(asked.plan)), "The first version.", keeper)
    print(f"{place} is open at /places/{place.slug}/, and {keeper} convenes it.")
    return 0


def _say_link(person: Person, at: str) -> int:
    from tripleaim.web.workspace.actions.entrance import LINK_LASTS, make_sign_in_link

    minutes = int(LINK_LASTS.total_seconds() // 60)
    print(f"This link signs {person} in once, within {minutes} minutes; earlier links to them have stopped working:")
    print(f"{at.rstrip('/')}/start/{make_sign_in_link(person)}/")
    return 0


def _audit(asked: argparse.Namespace) -> int:
    from tripleaim.web.keeping.verify import verified

    _must_be_there()
    found = verified(asked.noted)
    if found.broken:
        print(f"The workspace does not hold: {plural(len(found.broken), 'thing')} altered or missing.", file=sys.stderr)
        for each in found.broken:
            print(f"  {each}", file=sys.stderr)
        return NotKept.exit_code
    print(
        f"The workspace holds: {plural(found.events, 'event')} of the audit in one chain, "
        f"{plural(found.versions, 'version')} and {plural(found.contents, 'plan')} as they were written."
    )
    print("Write this down somewhere else; it proves later that none of these events was altered since:")
    print(f"  {found.noted}")
    return 0


def _prove(asked: argparse.Namespace) -> int:
    from django.core.management import call_command

    _must_be_there()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    return _audit(argparse.Namespace(noted=""))


def _back_up(asked: argparse.Namespace) -> int:
    from tripleaim.web.keeping.backup import back_up

    _must_be_there()
    about = back_up(asked.file)
    print(f"{asked.file} holds the whole workspace, with {plural(about.events, 'event')} of its audit.")
    print("Keep it as safe as the workspace. The secret key and open sessions are not in it.")
    return 0


def _bring_back(asked: argparse.Namespace) -> int:
    from tripleaim.web.keeping.restore import bring_back

    about, aside = bring_back(asked.file, asked.replace)
    when, events = moment(datetime.fromisoformat(about.made_at)), plural(about.events, "event")
    print(f"The workspace is back as it was on {when}: {events} of its audit, and it holds.")
    if aside:
        print(f"The one that was there before is kept: {aside}")
    return 0


def _rights(asked: argparse.Namespace) -> int:
    from tripleaim.web.workspace.rights_page import rights_page

    print(rights_page(), end="")
    return 0


def _must_be_there() -> None:
    if not database.is_there():
        raise NotKept("There is no workspace in this database yet. Open one with tripleaim serve.")
    database.refuse_newer()


WORDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "serve": _serve,
    "worker": _work,
    "link": _link,
    "second-step-off": _second_step_off,
    "keeper": _keeper,
    "place": _place,
    "audit": _audit,
    "prove": _prove,
    "backup": _back_up,
    "restore": _bring_back,
    "rights": _rights,
}
"""First word → what it does."""
