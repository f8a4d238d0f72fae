"""On PostgreSQL a workspace is backed up by pg_dump, brought back by pg_restore, and proved."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from web.opened import said
from web.own_database import needs_postgres, own_database

pytestmark = [pytest.mark.slow, needs_postgres]
DJANGO = ("-m", "django")
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tripleaim.web.settings"}
LINK = "from tripleaim.web.workspace.actions.entrance import *; make_sign_in_link(make_keeper('k@example.org', 'K'))"


def test_a_workspace_comes_back_from_its_backup_and_refuses_to_be_altered_as_before(tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    with own_database() as one, own_database() as other:
        for words in (("migrate",), ("shell", "-c", LINK)):
            made = said(tmp_path / "home", *words, command=DJANGO, DATABASE_URL=one, **SETTINGS)
            assert made.returncode == 0, made.stderr
        kept = said(tmp_path / "home", "backup", str(backup), DATABASE_URL=one)
        assert kept.returncode == 0, kept.stderr
        back = said(tmp_path / "home", "restore", str(backup), DATABASE_URL=other)
        assert back.returncode == 0, back.stderr
        ends = [said(tmp_path / "home", "audit", "verify", DATABASE_URL=url).stdout.split()[-1] for url in (one, other)]
        assert ends[0] == ends[1]
        again = said(tmp_path / "home", "restore", str(backup), DATABASE_URL=other)
        assert (again.returncode, "--replace" in again.stderr) == (2, True)
        with psycopg.connect(other) as database, pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.execute("DELETE FROM workspace_auditevent")
