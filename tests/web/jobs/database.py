"""The database of processes a test starts: a file in the data folder, or a new one on the PostgreSQL of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from web.own_database import SERVER, own_database


@contextmanager
def database_of_processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Names it in the environment for processes that are started; deletes it at the end."""
    if not SERVER:
        monkeypatch.delenv("DATABASE_URL", raising=False)
        yield
        return
    with own_database() as address:
        monkeypatch.setenv("DATABASE_URL", address)
        yield
