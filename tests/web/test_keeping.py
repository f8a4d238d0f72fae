"""A workspace is backed up while it is open, brought back whole or not at all, and proved not to have been altered."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from tripleaim.web.keeping.verify import Verified, verified
from tripleaim.web.workspace.actions.contents import keep
from tripleaim.web.workspace.models import AuditEvent, Content, Version
from web.altering import free_to_alter
from web.conftest import World, invented_plan
from web.opened import Opened, said


@pytest.fixture(scope="module")
def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which a workspace was opened and stopped."""
    home = tmp_path_factory.mktemp("once") / "home"
    with Opened(home, "--no-worker") as server:
        server.stopped()
    return home


@pytest.fixture
def home(opened_once: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copytree(opened_once, tmp_path / "home"))


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    made = said(home, "backup", str(tmp_path / "backup.zip"))
    assert (made.returncode, made.stderr) == (0, "")
    return tmp_path / "backup.zip"


def noted(home: Path) -> str:
    proved = said(home, "audit", "verify")
    assert proved.returncode == 0, proved.stderr
    return proved.stdout.split()[-1]


@pytest.mark.slow
def test_a_workspace_comes_back_from_its_backup_as_it_was(home: Path, backup: Path, tmp_path: Path) -> None:
    back = said(tmp_path / "elsewhere", "restore", str(backup))
    assert back.returncode == 0, back.stderr
    assert "it holds" in back.stdout
    assert noted(tmp_path / "elsewhere") == noted(home)
    with Opened(tmp_path / "elsewhere", "--no-worker") as server:
        assert not any(line.startswith("Loading") for line in server.lines)
        assert server.stopped()[0] == 0


@pytest.mark.slow
def test_a_backup_is_made_while_the_workspace_is_open(home: Path, tmp_path: Path) -> None:
    with Opened(home, "--no-worker"):
        made = said(home, "backup", str(tmp_path / "open.zip"))
        assert made.returncode == 0, made.stderr
    assert said(tmp_path / "elsewhere", "restore", str(tmp_path / "open.zip")).returncode == 0


@pytest.mark.slow
def test_a_backup_holds_no_key_and_nobodys_session(home: Path, tmp_path: Path) -> None:
    with sqlite3.connect(home / "workspace.sqlite3") as database:
        row = ("session-of-somebody", "signed", "2099-01-01")
        database.execute("INSERT INTO django_session (session_key, session_data, expire_date) VALUES (?, ?, ?)", row)
    database.close()
    assert said(home, "backup", str(tmp_path / "backup.zip")).returncode == 0
    with zipfile.ZipFile(tmp_path / "backup.zip") as parcel:
        assert parcel.namelist() == ["about.json", "workspace.sqlite3"]
        held = b"".join(parcel.read(name) for name in parcel.namelist())
    assert (home / "secret.key").read_bytes() not in held
    assert b"session-of-somebody" not in held


@pytest.mark.slow
def test_nothing_is_written_over_a_backup(home: Path, backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    again = said(home, "backup", str(backup))
    assert (again.returncode, backup.read_bytes()) == (2, before)
    lost = said(home, "backup", str(tmp_path / "no" / "such" / "backup.zip"))
    assert lost.returncode == 2
    assert not list(tmp_path.glob(".backup-*"))


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def one_byte_off(file: Path) -> None:
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    file.write_bytes(bytes(held))


def no_backup(file: Path) -> None:
    file.write_text("a letter")


def without_its_page(file: Path) -> None:
    file.unlink()
    with zipfile.ZipFile(file, "w") as parcel:
        parcel.writestr("workspace.sqlite3", b"x")


def from_later(file: Path) -> None:
    _packed_again(file, {"format": 99})


def other_bytes(file: Path) -> None:
    _packed_again(file, {"sha256": "0" * 64})


def _packed_again(file: Path, other: dict[str, object]) -> None:
    with zipfile.ZipFile(file) as parcel:
        about, database = json.loads(parcel.read("about.json")), parcel.read("workspace.sqlite3")
    with zipfile.ZipFile(file, "w") as parcel:
        parcel.writestr("about.json", json.dumps({**about, **other}))
        parcel.writestr("workspace.sqlite3", database)


@pytest.mark.slow
@pytest.mark.parametrize("spoilt", [cut_short, one_byte_off, no_backup, without_its_page, from_later, other_bytes])
def test_a_backup_that_is_not_whole_is_not_brought_back(
    backup: Path, tmp_path: Path, spoilt: Callable[[Path], None]
) -> None:
    spoilt(backup)
    refused = said(tmp_path / "elsewhere", "restore", str(backup))
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "elsewhere" / "workspace.sqlite3").exists()
    assert not list((tmp_path / "elsewhere").glob(".restore-*"))


@pytest.mark.slow
def test_a_backup_of_an_altered_workspace_is_not_brought_back(home: Path, tmp_path: Path) -> None:
    with sqlite3.connect(home / "workspace.sqlite3") as database:
        database.execute("UPDATE workspace_auditevent SET act = 'other' WHERE number = 3")
    database.close()
    assert said(home, "backup", str(tmp_path / "altered.zip")).returncode == 0
    refused = said(tmp_path / "elsewhere", "restore", str(tmp_path / "altered.zip"))
    assert refused.returncode == 2
    assert "Event 3 of the audit: what it says has been altered" in refused.stderr
    assert not (tmp_path / "elsewhere" / "workspace.sqlite3").exists()


@pytest.mark.slow
def test_a_workspace_that_is_there_is_replaced_only_when_told_and_kept_aside(home: Path, backup: Path) -> None:
    before = noted(home)
    (written,) = said(home, "link", _keeper(home)).stdout.splitlines()[-1:]
    assert "/start/" in written
    later = noted(home)
    assert later != before
    refused = said(home, "restore", str(backup))
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert noted(home) == later
    assert said(home, "restore", str(backup), "--replace").returncode == 0
    assert noted(home) == before
    assert len(list(home.glob("workspace.before-*.sqlite3"))) == 1


def _keeper(home: Path) -> str:
    with sqlite3.connect(home / "workspace.sqlite3") as database:
        (address,) = database.execute("SELECT email FROM workspace_person WHERE keeps_workspace").fetchone()
    database.close()
    return str(address)


@pytest.mark.slow
def test_an_open_workspace_is_not_replaced(home: Path, backup: Path) -> None:
    with Opened(home, "--no-worker"):
        refused = said(home, "restore", str(backup), "--replace")
    assert refused.returncode == 2
    assert "already open" in refused.stderr


@pytest.mark.slow
def test_what_was_written_down_proves_that_the_chain_is_still_the_same(home: Path) -> None:
    earlier = noted(home)
    said(home, "link", _keeper(home))
    assert said(home, "audit", "verify", f"--noted={earlier}").returncode == 0
    other = said(home, "audit", "verify", f"--noted={earlier[:-1]}{'0' if earlier[-1] != '0' else '1'}")
    assert other.returncode == 2
    assert "not the one that was written down" in other.stderr
    assert said(home, "audit", "verify", "--noted=nonsense").returncode == 2


def broken() -> tuple[str, ...]:
    found: Verified = verified()
    return found.broken


def test_a_workspace_nobody_touched_holds(world: World) -> None:
    found = verified()
    assert (found.broken, found.events, found.versions, found.contents) == ((), 1, 1, 1)


def test_a_plan_whose_bytes_were_changed_is_found(world: World) -> None:
    free_to_alter()
    with transaction.atomic():
        other = keep(invented_plan())
    Content.objects.exclude(pk=other.pk).update(packed=bytes(other.packed))
    (told,) = broken()
    assert "its bytes are another plan" in told


def test_a_plan_whose_bytes_are_no_plan_is_found(world: World) -> None:
    free_to_alter()
    Content.objects.update(packed=b"nothing")
    (told,) = broken()
    assert "no longer be read as a plan" in told


def test_a_version_that_was_given_another_plan_is_found(world: World) -> None:
    free_to_alter()
    with transaction.atomic():
        other = keep(invented_plan())
    Version.objects.update(content=other)
    (told,) = broken()
    assert "but the audit says" in told


def test_a_version_the_audit_does_not_know_is_found(world: World) -> None:
    version = world.place.versions.get()
    Version.objects.create(place=world.place, number=3, content=version.content)
    assert broken() == (
        "Version 3 of tinyshire: the one before it is missing.",
        "Version 3 of tinyshire: the audit knows of no such version.",
    )


def test_every_broken_link_is_told_at_once(world: World) -> None:
    free_to_alter()
    AuditEvent.objects.update(act="other")
    Content.objects.update(packed=b"nothing")
    assert len(broken()) >= 2
