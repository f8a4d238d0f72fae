"""A board opens the page of a choice, on a desk and on a phone, and takes the sheet for a room to the printer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright")
axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")

from reports.choose_told import SOME, some_of_the_place  # noqa: E402
from tripleaim.loading import read_plan  # noqa: E402
from tripleaim.portfolio import choose  # noqa: E402
from tripleaim.reports.choose_page import write_choose  # noqa: E402

pytestmark = pytest.mark.browser
WIDTHS = (1280, 320)
PAPER = 695
"""A4 less its margins, in CSS pixels."""
CLIPPED = """width => [...document.querySelectorAll("main *")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && getComputedStyle(each).visibility != "hidden" && (box.right > width + 1 || box.left < -1);
}).map(each => each.tagName + " " + each.textContent.slice(0, 40))"""


@pytest.fixture(scope="module", params=["a gap", "a pressure"])
def chosen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path) -> str:
    plan = some_of_the_place(SOME) if request.param == "a gap" else read_plan(root / "plans" / "norfolk_and_waveney")
    return write_choose(choose(plan, draws=40), tmp_path_factory.mktemp("choose") / "out").as_uri()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_reads_on_a_desk_and_on_a_phone(page, chosen: str, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(chosen)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".verdict").is_visible()
    assert page.locator(".chart-wide" if width > 768 else ".chart-narrow").first.is_visible()
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
def test_everyone_can_use_it(page, chosen: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(chosen)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = axe_module.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_no_table_is_cut_on_a_phone(page, chosen: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(chosen)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 60))"
    assert page.locator("main .scroll:visible:has(.stack)").evaluate_all(cut) == []


def test_nothing_is_clipped_on_paper(page, chosen: str) -> None:
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    page.goto(chosen)
    assert page.evaluate(CLIPPED, PAPER) == []


def test_the_sheet_for_a_room_is_printed_by_itself_and_fits_its_paper(page, chosen: str) -> None:
    page.goto(chosen)
    page.emulate_media(media="print")
    breaks = "getComputedStyle(document.getElementById('on-room')).{}"
    assert [page.evaluate(breaks.format(side)) for side in ("breakBefore", "breakAfter")] == ["page", "page"]
    page.evaluate("document.querySelectorAll('main > :not(#on-room), aside, header, footer').forEach(e => e.remove())")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) <= 2


def test_it_reads_without_its_style(page, chosen: str) -> None:
    page.goto(chosen)
    page.evaluate("document.querySelector('style').remove()")
    assert page.locator(".verdict").is_visible()
    assert "£" in page.locator(".verdict").inner_text()
