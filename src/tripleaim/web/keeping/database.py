"""Whether the database can be used by this program: there, readable, and not from a newer one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from tripleaim.web.keeping.refused import NotKept


def is_sqlite() -> bool:
    """True for a database that is one file of the data folder."""
    return connection.vendor == "sqlite"


def file_of_sqlite() -> Path:
    """The file of a SQLite database."""
    return Path(str(connection.settings_dict["NAME"]))


def is_there() -> bool:
    """Whether a database with a workspace in it exists; asking makes none.

    raises : NotKept where it cannot be reached or read
    """
    if is_sqlite() and not file_of_sqlite().exists():
        return False
    return bool(_applied())


def refuse_newer() -> None:
    """Refuse a database that a newer Triple Aim has worked on, before anything is written to it.

    raises : NotKept
    """
    if is_sqlite() and not file_of_sqlite().exists():
        return
    applied = _applied()
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations)
    unknown = sorted(name for app, name in applied if app in loader.migrated_apps and (app, name) not in known)
    if unknown:
        raise NotKept(
            f"The database has been used by a newer Triple Aim: this one does not know {', '.join(unknown)}. Install "
            "the newer one again, or take the workspace from a backup made before. Nothing was changed."
        )


def _applied() -> set[tuple[str, str]]:
    """App and name of every migration the database has had."""
    try:
        with connection.cursor() as cursor:
            if "django_migrations" not in connection.introspection.table_names(cursor):
                return set()
            cursor.execute("SELECT app, name FROM django_migrations")
            rows: list[Any] = cursor.fetchall()
    except DatabaseError as problem:
        raise NotKept(_not_usable(problem)) from None
    return {(str(app), str(name)) for app, name in rows}


def _not_usable(problem: DatabaseError) -> str:
    first = (str(problem).strip().splitlines() or ["no reason given"])[0]
    if is_sqlite():
        return (
            f"The database {file_of_sqlite()} cannot be used: {first}. If it is damaged, bring it back from a backup: "
            "tripleaim restore FILE --replace. Nothing was changed."
        )
    return f"The database that DATABASE_URL names cannot be used: {first}. Nothing was changed."
