"""A PostgreSQL database of a test's own, on the server that TRIPLEAIM_TEST_DATABASE names: made, named, and dropped."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

SERVER = os.environ.get("TRIPLEAIM_TEST_DATABASE", "")
needs_postgres = pytest.mark.skipif(
    not SERVER.startswith("postgres"), reason="needs PostgreSQL: tools/with_postgres.py starts one"
)
ON_BOTH = ["sqlite", pytest.param("postgresql", marks=needs_postgres)]
"""Names of the databases that what happens at the same moment is tried on."""


@contextmanager
def own_database() -> Iterator[str]:
    """The address of an empty database, gone at the end with whoever is still connected to it."""
    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
