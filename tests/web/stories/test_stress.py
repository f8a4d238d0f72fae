"""An analyst asks how wrong the plan could be, goes away, comes back, reads the answer and keeps its tables."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

pytest.importorskip("playwright")

from web.stories.conftest import Workspace
from web.stories.watching import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def asked(bea: Visitor, place: str, draws: str) -> None:
    bea.page.goto(f"/places/{place}/results/ask/stress/")
    bea.page.locator("summary", has_text="How it is worked out").click()
    bea.page.locator("#draws").fill(draws)
    bea.presses("Work it out")


def test_an_analyst_reads_a_stress_test_and_keeps_it(
    workspace: Workspace, place: str, sits_down: Callable[..., Visitor], tmp_path: Path
) -> None:
    bea = sits_down("Bea", role="analyst", of="hospital", place=place)
    asked(bea, place, "many")
    bea.reads("Nothing was asked yet")
    asked(bea, place, "2000")
    bea.page.locator("progress").wait_for()

    bea.page.goto("/")
    bea.heading("My ten minutes")
    bea.reads_in_time("Read the answer: How wrong could it be?")
    bea.follows("Read the answer: How wrong could it be?", "main")
    bea.page.get_by_label("About this answer").wait_for()
    links = bea.page.locator("main .sources a")
    table = bea.keeps(links.filter(has_text=".csv").first.inner_text(), tmp_path)
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) > 1
    sheet = bea.keeps(links.filter(has_text=".xlsx").first.inner_text(), tmp_path)
    assert CalamineWorkbook.from_path(str(sheet)).sheet_names


def test_an_analyst_stops_a_run_and_nothing_of_it_is_kept(
    workspace: Workspace, place: str, sits_down: Callable[..., Visitor]
) -> None:
    bea = sits_down("Bea", role="analyst", of="hospital", place=place)
    asked(bea, place, "20000")
    bea.reads("How far is it?")
    bea.presses("Stop it")
    bea.told("Stopped. Nothing was kept of the work")
    bea.reads("This was stopped")
    bea.page.goto(f"/places/{place}/results/")
    bea.reads("Work it out again")
