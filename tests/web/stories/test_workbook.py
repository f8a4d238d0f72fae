"""A finance lead fills in a workbook, is told all that is wrong with it, mends it and proposes it; another accepts.

The first half is told twice: as most people see the workspace, and without JavaScript.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from loading.workbook.made import save, sheets_of
from tripleaim.loading import read_plan
from web.stories.conftest import Workspace
from web.stories.watching import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Cells = Mapping[tuple[str, str, str], object]
SLIPS = {("activity", "emergency", "growth"): "lots", ("capacity", "wards", "open_beds"): -3.0}
MENDED = {("activity", "emergency", "growth"): 0.025, ("capacity", "wards", "open_beds"): 80.0}
"""Sheet, row and column → what Sal types there."""


def filled_in(kept: Path, cells: Cells) -> Path:
    """The workbook that was downloaded, with something typed into cells of it, under another name."""
    plan = read_plan(kept)
    sheets = sheets_of(plan)
    for (sheet, key, column), value in cells.items():
        header, *rows = sheets[sheet]
        next(row for row in rows if row[0] == key)[header.index(column)] = value
    return save(kept.with_name("our figures.xlsx"), sheets, fingerprint=plan.fingerprint)


def started_from_a_workbook(sal: Visitor, place: str, folder: Path) -> None:
    """Sal downloads the plan, slips twice, is told both, mends them, and has a draft."""
    sal.page.goto(f"/places/{place}/plan/")
    kept = sal.keeps("Download as a workbook", folder)
    sal.follows("Proposals", "nav")
    sal.follows("Start a draft")
    sal.writes("What is it about?", "Growth and beds as counted")
    sal.page.get_by_label("A workbook or folder to begin with").set_input_files(filled_in(kept, SLIPS))
    sal.presses("Start the draft")

    told = sal.page.get_by_role("alert")
    told.get_by_text("lots").first.wait_for()
    assert "The draft was not started" in told.inner_text()
    for part in ("sheet activity, j3, growth", "lots", "sheet capacity, e2, open_beds", "-3"):
        assert part in told.inner_text().lower()
    assert sal.page.get_by_label("What is it about?").input_value() == "Growth and beds as counted"

    sal.page.get_by_label("A workbook or folder to begin with").set_input_files(filled_in(kept, MENDED))
    sal.presses("Start the draft")
    sal.heading("Growth and beds as counted")
    sal.told("The file was read")
    changed = sal.page.locator("table", has_text="Emergency stays").first
    assert "0.02" in changed.inner_text()
    assert "0.025" in changed.inner_text()


def test_a_finance_lead_mends_a_workbook_proposes_it_and_it_becomes_the_next_version(
    workspace: Workspace, place: str, sits_down: Callable[..., Visitor], tmp_path: Path
) -> None:
    sal = sits_down("Sal", role="finance", of="council", place=place)
    started_from_a_workbook(sal, place, tmp_path)
    sal.presses("Work it out now")
    sal.told("It is being worked out")
    sal.reads_in_time("The place as a whole")
    sal.follows("Look at it, then propose it")
    sal.heading("Propose this to all partners?")
    sal.reads("The place as a whole")
    sal.writes("Why should the plan change?", "It is what we counted in September.")
    sal.presses("Propose it to all partners")
    sal.reads("Proposed by")
    assert sal.page.get_by_role("link", name="Accept or decline").count() == 0

    asha = sits_down("Asha", role="convenor", of="office", place=place)
    asha.page.goto("/")
    asha.follows("Decide on a proposal: Growth and beds as counted", "main")
    asha.heading("Growth and beds as counted")
    asha.follows("Accept or decline")
    asha.heading("Take this into the plan?")
    asha.reads("It is what we counted in September.")
    asha.presses("Accept: make it version 2")
    asha.told("version 2")

    sal.page.goto(f"/places/{place}/versions/2/")
    sal.heading("Version 2 of the plan")
    shown = sal.page.locator("dt", has_text="Fingerprint").locator("xpath=following-sibling::dd[1]").inner_text()
    kept = sal.keeps("Download it as a workbook", tmp_path)
    plan = read_plan(kept)
    assert plan.fingerprint.startswith("".join(shown.split()))
    assert len("".join(shown.split())) == 64
    assert next(line.growth.point for line in plan.activity if line.key == "emergency") == 0.025


def test_without_scripts_a_finance_lead_mends_a_workbook_all_the_same(
    workspace: Workspace, place: str, sits_down: Callable[..., Visitor], tmp_path: Path
) -> None:
    sal = sits_down("Sal", role="finance", of="council", place=place, java_script_enabled=False)
    started_from_a_workbook(sal, place, tmp_path)
