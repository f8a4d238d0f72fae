"""What to get next says which files change nothing in a started plan until other rows are there, and that is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from opendata.official.files import ALLOCATIONS, TAC, write
from tripleaim.opendata.official import Asked, add_official
from tripleaim.opendata.start import NEXT, start
from tripleaim.plan import Plan
from tripleaim.projection import project

WAITING = {each.file.split(" (")[0]: each.drives_nothing_until for each in NEXT if each.drives_nothing_until}
JAMES_PAGET = "James Paget University Hospitals NHS Foundation Trust"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return start("E54000022")


def test_only_allocations_and_accounts_wait_for_other_rows() -> None:
    assert list(WAITING) == ["Allocations 2016/17 to 2020/21", "Trust accounts consolidation"]
    assert "It changes no result until there is an allocation of 2015/16 too" in str(NEXT[1])
    assert "It changes no result" not in str(NEXT[0])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (ALLOCATIONS.replace("*", '"505,000"'), Asked(together="nhs_commissioners_together")),
        (TAC.replace("Tiny Hospital NHS Trust", JAMES_PAGET), Asked(year="2015/16")),
    ],
    ids=["allocations", "accounts"],
)
def test_what_waits_stands_beside_a_started_plan_and_changes_no_result(
    plan: Plan, tmp_path: Path, text: str, asked: Asked
) -> None:
    added = add_official(plan, write(tmp_path, text), asked)
    assert set(added.added) == {"stated"}
    assert not added.plan.allocations
    assert not added.plan.budgets
    assert project(added.plan).money == project(plan).money
