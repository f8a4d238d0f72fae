"""A newcomer opens the workspace for the first time, and reads how big the gap is and where that comes from."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright")

from web.stories.conftest import Workspace
from web.stories.watching import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def numbers(rows: list[dict[str, str]]) -> Iterator[str]:
    return (cell for row in rows for cell in row.values() if re.fullmatch(r"-?\d+(\.\d+)?", cell))


def test_a_newcomer_reads_the_gap_and_where_it_comes_from(
    workspace: Workspace, sits_down: Callable[..., Visitor], tmp_path: Path
) -> None:
    keeper = sits_down("the keeper")
    keeper.page.goto(workspace.link)
    keeper.presses("Sign in")
    keeper.reads("You came by a link that works once")
    keeper.follows("Not now")

    keeper.heading("My ten minutes")
    keeper.reads("wait for you")
    keeper.follows("Read how the plan of Wealdshire and Marsh stands")

    keeper.heading("How the plan stands")
    keeper.reads("How big are the three gaps?")
    gap = keeper.page.locator(".gap", has=keeper.page.get_by_role("heading", name="Money"))
    amount = gap.locator(".big").inner_text()
    assert amount.startswith("£")
    gap.locator(".big").get_by_role("link").click()

    keeper.page.get_by_label("About this answer").wait_for()
    row = keeper.page.locator("#as-hoped")
    row.wait_for()
    kept = keeper.keeps("bridge.csv", tmp_path)
    steps = list(csv.DictReader(kept.read_text(encoding="utf-8-sig").splitlines()))
    assert amount in {f"£{abs(float(each)):.1f}m" for each in numbers(steps)}

    again = sits_down("whoever finds the link later")
    again.page.goto(workspace.link)
    again.presses("Sign in")
    again.heading("This link cannot be used")
