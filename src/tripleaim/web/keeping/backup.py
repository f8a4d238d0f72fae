"""A backup: the whole database as it was at one moment, in one file, made while the workspace is open.

The file is a zip with the database and a page about it. It holds no secret key and no open sessions; what people wrote
and the hashes of their passwords are in it, so it is kept as safe as the workspace.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from tripleaim.web.keeping import database
from tripleaim.web.keeping.refused import NotKept
from tripleaim.web.workspace.models import AuditHead

FORMAT = 1
ABOUT = "about.json"
SQLITE, POSTGRES = "workspace.sqlite3", "workspace.pgdump"
PASSING = ("django_session", "workspace_cache")
"""Tables whose rows are not kept: who is signed in just now, and what is remembered for speed."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What stands beside the database in a backup."""

    format: int
    program: str
    made_at: str
    """When, in UTC, as ISO 8601."""
    database: str
    """SQLITE or POSTGRES: its name in the file, and its kind."""
    sha256: str
    """Of the database's bytes."""
    events: int
    hashed: str
    """Number of events in the audit when it was made, and the hash of the last."""


def back_up(file: Path) -> About:
    """Write a backup of the workspace; whole, or not at all.

    raises : NotKept where the file is there already or cannot be written, or PostgreSQL's own program is not here
    """
    if file.exists():
        raise NotKept(f"{file} is there already, and nothing is written over a backup. Name a new file.")
    if not file.parent.is_dir():
        raise NotKept(f"{file.parent} is no folder. Make it first, or name a file somewhere else.")
    with _own_folder(file) as made:
        folder = Path(made)
        copied = _copy_of_sqlite(folder) if database.is_sqlite() else _copy_of_postgres(folder)
        about = _about(copied)
        part = folder / "backup"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as parcel:
            parcel.writestr(ABOUT, json.dumps(asdict(about), indent=1))
            parcel.write(copied, copied.name)
        _settle(part, file)
    return about


def _own_folder(file: Path) -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-", ignore_cleanup_errors=True)
    except OSError as problem:
        raise NotKept(f"Nothing can be written in {file.parent}: {problem.strerror}.") from None


def _settle(part: Path, file: Path) -> None:
    """Put the finished file in its place, once its bytes are on the disk."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    try:
        os.link(part, file)  # unlike a move, this never takes the place of another file
    except FileExistsError:
        raise NotKept(f"{file} is there already, and nothing is written over a backup. Name a new file.") from None
    except OSError:
        part.replace(file)


def _copy_of_sqlite(folder: Path) -> Path:
    """The database as of one moment: SQLite copies it page by page and begins anew where somebody writes meanwhile."""
    copied = folder / SQLITE
    source = sqlite3.connect(f"{database.file_of_sqlite().absolute().as_uri()}?mode=ro", uri=True, timeout=20)
    target = sqlite3.connect(copied)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        for table in PASSING:
            if target.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone():
                target.execute(f"DELETE FROM {table}")
        target.commit()
        target.execute("VACUUM")
    finally:
        target.close()
        source.close()
    return copied


def _copy_of_postgres(folder: Path) -> Path:
    program = program_of_postgres("pg_dump")
    copied = folder / POSTGRES
    left_out = [f"--exclude-table-data={table}" for table in PASSING]
    done = subprocess.run(
        [program, "--format=custom", "--no-owner", "--no-privileges", "--schema=public", *left_out, f"--file={copied}"],
        env=environment_of_postgres(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotKept(f"PostgreSQL did not give a copy: {done.stderr.strip()}")
    return copied


def program_of_postgres(name: str) -> str:
    """Where a program of PostgreSQL's is.

    raises : NotKept where it is not here
    """
    found = shutil.which(name)
    if found is None:
        raise NotKept(f"PostgreSQL's program {name} is not here. Install Debian's package postgresql-client.")
    return found


def environment_of_postgres() -> dict[str, str]:
    """How PostgreSQL's programs reach the database; the password travels here, where nobody else can list it."""
    set_up = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {**os.environ, **{name: str(set_up[key]) for name, key in named.items() if set_up.get(key)}}


def _about(copied: Path) -> About:
    events, hashed = _end_of_chain(copied)
    return About(
        format=FORMAT,
        program=version("tripleaim"),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        database=copied.name,
        sha256=sha256_of(copied),
        events=events,
        hashed=hashed,
    )


def _end_of_chain(copied: Path) -> tuple[int, str]:
    """The end of the audit in a copy; for PostgreSQL as it is now, which is that of the copy or a little later."""
    if copied.name == POSTGRES:
        head = AuditHead.objects.filter(pk=1).first()
        return (head.number, head.hashed) if head else (0, "")
    opened = sqlite3.connect(copied)
    try:
        row = opened.execute("SELECT number, hashed FROM workspace_audithead WHERE id = 1").fetchone()
    except sqlite3.OperationalError:
        raise NotKept("The database holds no workspace yet. Open it once with tripleaim serve.") from None
    finally:
        opened.close()
    return (int(row[0]), str(row[1])) if row else (0, "")


def sha256_of(file: Path) -> str:
    """SHA-256 over the bytes of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
