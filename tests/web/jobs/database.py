"""A database of its own for real processes: a file in the data folder, or a new one on the PostgreSQL of the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import pytest


@contextmanager
def own_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Names it in the environment for processes that are started; deletes it at the end."""
    server = os.environ.get("TRIPLEAIM_TEST_DATABASE", "")
    if not server:
        monkeypatch.delenv("DATABASE_URL", raising=False)
        yield
        return
    import psycopg

    name = f"tripleaim_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        monkeypatch.setenv("DATABASE_URL", urlsplit(server)._replace(path=f"/{name}").geturl())
        try:
            yield
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
