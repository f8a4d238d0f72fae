"""Plans that tests of stress share; a module that needs another has a fixture of its own by that name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tripleaim.loading import read_plan
from tripleaim.plan import Plan

PLANS = Path(__file__).resolve().parents[2] / "plans"


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The invented place, whose money is told as a gap."""
    return read_plan(PLANS / "wealdshire_and_marsh")


@pytest.fixture(scope="session")
def pressure() -> Plan:
    """A small real place, whose money is told as pressure."""
    return read_plan(PLANS / "west_north_and_east_cumbria")
