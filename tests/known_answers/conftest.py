"""The places of these tests have few ages, worked by hand, and beds at random; all else the reader asks they keep."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tripleaim.loading.crosscheck import care, people


@pytest.fixture(autouse=True, scope="module")
def hand_made_places() -> Iterator[None]:
    """Let people end early and wards be fuller than full."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "YOUNGEST_TOP", 0)
        patch.setattr(people, "PARENTS", (0, people.OLDEST))
        patch.setattr(care, "DAYS", float("inf"))
        yield
