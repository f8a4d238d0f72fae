"""Somebody prints the place on a page, reads it on a phone, and reads it with assistive technology."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("playwright")
axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")

from reports.test_on_a_page import crowded  # noqa: E402
from tripleaim.loading import read_plan  # noqa: E402
from tripleaim.projection import Projection, project  # noqa: E402
from tripleaim.reports.on_a_page import on_a_page  # noqa: E402

pytestmark = pytest.mark.browser
WORKED = ("wealdshire_and_marsh", "norfolk_and_waveney", "greater_manchester", "west_north_and_east_cumbria")
PLANS = (*WORKED, "crowded", "without_schemes")


@pytest.fixture(scope="module", params=PLANS)
def sheet(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path) -> str:
    name = request.param if request.param in WORKED else WORKED[0]
    found = project(read_plan(root / "plans" / name))
    made: dict[str, Projection] = {"crowded": crowded(found), "without_schemes": replace(found, schemes=())}
    file = tmp_path_factory.mktemp("sheets") / f"{request.param}.html"
    file.write_text(on_a_page(made.get(request.param, found)), encoding="utf-8")
    return file.as_uri()


def test_it_prints_on_exactly_one_side_of_a4_landscape(page, sheet: str) -> None:
    page.goto(sheet)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    (box,) = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", paper)
    assert [round(float(side) / 72 * 25.4) for side in box] == [297, 210]


@pytest.mark.parametrize("width", [1280, 320])
def test_it_reads_on_a_desk_and_on_a_phone(page, sheet: str, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(sheet)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".verdict").is_visible()
    assert said == []


def test_everyone_can_use_it(page, sheet: str) -> None:
    page.goto(sheet)
    found = axe_module.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
