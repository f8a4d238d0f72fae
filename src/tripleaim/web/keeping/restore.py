"""Bringing a workspace back from a backup: proved first, then put in place, the old one kept beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from tripleaim.web.home import FOLDER, own_folder
from tripleaim.web.keeping import database
from tripleaim.web.keeping.backup import (
    ABOUT,
    FORMAT,
    POSTGRES,
    SQLITE,
    About,
    environment_of_postgres,
    program_of_postgres,
    sha256_of,
)
from tripleaim.web.keeping.lock import alone
from tripleaim.web.keeping.refused import NotKept

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError, RuntimeError)
THERE = (
    "There is a workspace in {} already, and it was left alone. --replace keeps it aside and takes the backup instead."
)
DAMAGED = "{} is not a whole backup: {}. Nothing was changed. Take another backup."


def bring_back(file: Path, replace: bool = False) -> tuple[About, str]:
    """Put the workspace of a backup in place. Returns what is told of the backup, and where the old one is kept.

    replace : a workspace that is there is kept aside; without it, it is not touched
    raises  : NotKept where the backup is not whole or does not hold, a workspace is there or is open
    """
    if not file.is_file():
        raise NotKept(f"{file} is no file. Name the file that tripleaim backup wrote.")
    if not replace and database.is_there():
        raise NotKept(THERE.format(_where()))
    with tempfile.TemporaryDirectory(dir=own_folder(), prefix=".restore-") as made:
        folder = Path(made)
        about = _unpacked(file, folder)
        if about.database == SQLITE and database.is_sqlite():
            _proved(file, folder)
            return about, _put_in_place(folder / SQLITE, replace)
        if about.database == POSTGRES and not database.is_sqlite():
            return about, _into_postgres(file, folder / POSTGRES, replace)
    kinds = {SQLITE: "SQLite", POSTGRES: "PostgreSQL"}
    here = kinds[SQLITE if database.is_sqlite() else POSTGRES]
    raise NotKept(
        f"{file} is a backup of a workspace on {kinds[about.database]}, but this one is on {here}. Set DATABASE_URL to "
        "a database of that kind, or leave it out for SQLite. Nothing was changed."
    )


def _unpacked(file: Path, folder: Path) -> About:
    """The database of a backup in a folder of its own, byte for byte as it was packed."""
    try:
        with zipfile.ZipFile(file) as parcel:
            said = json.loads(parcel.read(ABOUT))
            about = About(**{each.name: said[each.name] for each in fields(About)})
            if about.format != FORMAT or about.database not in (SQLITE, POSTGRES):
                raise NotKept(f"{file} is a backup of a form this Triple Aim does not know; use the one that made it.")
            with parcel.open(about.database) as packed, (folder / about.database).open("wb") as out:
                shutil.copyfileobj(packed, out)
    except _BROKEN as problem:
        raise NotKept(DAMAGED.format(file, str(problem) or "it breaks off")) from None
    if sha256_of(folder / about.database) != about.sha256:
        raise NotKept(DAMAGED.format(file, "its bytes are not those that were written"))
    return about


def _proved(file: Path, folder: Path) -> None:
    """Bring the copy up to this program and prove it, in a process that knows of no other database.

    raises : NotKept with everything that does not hold
    """
    shown = {name: value for name, value in os.environ.items() if not name.startswith(("TRIPLEAIM_", "DATABASE_URL"))}
    _prove(file, {**shown, FOLDER: str(folder)})


def _prove(file: Path, environment: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "tripleaim.web", "prove"]
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=False)
    said = (done.stderr or done.stdout).strip()
    if done.returncode == NotKept.exit_code:
        raise NotKept(f"{file} does not hold, and nothing was changed:\n{said}")
    if done.returncode:
        last = (said.splitlines() or ["no reason given"])[-1]
        raise NotKept(f"{file} could not be looked through, and nothing was changed: {last}")


def _put_in_place(made: Path, replace: bool) -> str:
    """Move the proved database into the data folder, the old one aside."""
    target = database.file_of_sqlite()
    with alone(own_folder(), "It is being brought back from a backup."):
        kept = ""
        if target.exists():
            if not replace:
                raise NotKept(THERE.format(_where()))
            kept = str(_set_aside(target))
        os.replace(made, target)
    return kept


def _set_aside(target: Path) -> Path:
    """Give the old database, with what it has not written back yet, a name of its own."""
    aside = target.with_name(f"{target.stem}.before-{_stamp()}{target.suffix}")
    for end in ("-wal", "-shm", ""):
        part = target.with_name(target.name + end)
        if part.exists():
            part.rename(aside.with_name(aside.name + end))
    return aside


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"


def _into_postgres(file: Path, dump: Path, replace: bool) -> str:
    """Restore into the schema `public`, the old one renamed; back to how it was where anything fails."""
    program = program_of_postgres("pg_restore")
    if _others_connected():
        raise NotKept("The workspace is open: stop its servers and workers first. Nothing was changed.")
    there = database.is_there()
    if there and not replace:
        raise NotKept(THERE.format(_where()))
    with _schema_aside() as aside:
        done = subprocess.run(
            [program, "--no-owner", "--no-privileges", "--single-transaction", f"--dbname={_name()}", str(dump)],
            env=environment_of_postgres(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NotKept(DAMAGED.format(file, done.stderr.strip()))
        _prove(file, os.environ)
    return f"the schema {aside}" if there else ""


def _where() -> str:
    return str(database.file_of_sqlite().parent) if database.is_sqlite() else "the database of DATABASE_URL"


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _others_connected() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def _schema_aside() -> Iterator[str]:
    aside = f"before_{_stamp().replace('-', '_')}"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {aside}")
        try:
            yield aside
        except BaseException:
            cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
            cursor.execute(f"ALTER SCHEMA {aside} RENAME TO public")
            raise
