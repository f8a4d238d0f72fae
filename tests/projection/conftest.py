"""The places of these tests are worked by hand with few ages; everything else the reader asks of a plan they keep."""

from __future__ import annotations

import pytest

from tripleaim.loading.crosscheck import people


@pytest.fixture(autouse=True)
def few_ages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a place's people end early."""
    monkeypatch.setattr(people, "YOUNGEST_TOP", 0)
    monkeypatch.setattr(people, "PARENTS", (0, people.OLDEST))
