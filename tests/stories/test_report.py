"""A resident opens the report, on a desk and on a phone; a board member prints it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright")
axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")

from tripleaim.loading import read_plan  # noqa: E402
from tripleaim.projection import project  # noqa: E402
from tripleaim.reports import write_report  # noqa: E402

pytestmark = pytest.mark.browser
PLANS = ("wealdshire_and_marsh", "norfolk_and_waveney")
WIDTHS = (1280, 320)


@pytest.fixture(scope="module", params=PLANS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path) -> str:
    folder = tmp_path_factory.mktemp("reports") / request.param
    return write_report(project(read_plan(root / "plans" / request.param)), folder).as_uri()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_reads_on_a_desk_and_on_a_phone(page, report: str, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".verdict").is_visible()
    assert page.locator(".chart-wide" if width > 768 else ".chart-narrow").first.is_visible()
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
def test_everyone_can_use_it(page, report: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = axe_module.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_the_caption_of_a_table_is_read_without_scrolling_sideways(page, report: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(report)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    ends = page.locator("main caption:visible").evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
    assert len(ends) > 5
    assert max(ends) <= 320


def test_a_heading_is_not_left_behind_by_its_table_on_paper(page, report: str) -> None:
    page.goto(report)
    page.emulate_media(media="print")
    short = page.locator(".part .figure:not(:has(tbody tr:nth-child(13))):visible")
    assert short.count() > 3
    assert set(short.evaluate_all("all => all.map(e => getComputedStyle(e).breakInside)")) == {"avoid"}


def test_a_table_opens_by_keyboard(page, report: str) -> None:
    page.goto(report)
    details = page.locator("details").first
    assert details.get_attribute("open") is None
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert details.get_attribute("open") is not None
    assert details.locator("table").is_visible()


def test_the_skip_link_comes_first(page, report: str) -> None:
    page.goto(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_it_reads_without_its_style(page, report: str) -> None:
    page.goto(report)
    page.evaluate("document.querySelector('style').remove()")
    assert page.locator(".verdict data").first.is_visible()
    assert "£" in page.locator(".verdict").inner_text()


def pages(paper: bytes) -> int:
    """Pages of a PDF as Chromium writes it."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", paper))


def test_a_board_can_print_it_all(page, report: str) -> None:
    page.goto(report)
    assert 3 < pages(page.pdf(prefer_css_page_size=True)) <= 15


def test_page_one_prints_as_a_leaflet_of_two_sides(page, report: str) -> None:
    page.goto(report)
    page.evaluate("document.querySelectorAll('.page-one ~ *, .foot').forEach(each => each.remove())")
    assert pages(page.pdf(prefer_css_page_size=True)) <= 2


def test_the_leaflet_stands_on_pages_of_its_own(page, report: str) -> None:
    page.goto(report)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.page-one')).breakAfter") == "page"
    asked = page.locator(".page-one .ask > h2:visible").all_inner_texts()
    assert len(asked) >= 9
    assert "What don’t we know?" in asked


CLIPPED = """width => [...document.querySelectorAll("main *")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && getComputedStyle(each).visibility != "hidden" && (box.right > width + 1 || box.left < -1);
}).map(each => each.tagName + " " + each.textContent.slice(0, 40))"""


def test_nothing_is_clipped_on_paper(page, report: str) -> None:
    paper = 695  # A4 less its margins, in CSS pixels
    page.set_viewport_size({"width": paper, "height": 1000})
    page.emulate_media(media="print")
    page.goto(report)
    assert page.locator("main table:visible").count() > 5
    assert page.evaluate(CLIPPED, paper) == []
    heads = page.locator("main table:visible thead").evaluate_all("all => all.map(e => getComputedStyle(e).display)")
    assert set(heads) == {"table-header-group"}


def test_a_table_too_long_for_paper_names_its_file(page, report: str) -> None:
    page.goto(report)
    page.emulate_media(media="print")
    notes = page.locator(".figure .on-paper:visible")
    assert notes.count() >= 1
    for note in notes.all():
        said = note.evaluate("e => [e.textContent, e.closest('.figure').querySelector('.sources').checkVisibility()]")
        assert "not printed here: see the file named below" in said[0]
        assert said[1]


def test_what_only_paper_needs_is_not_on_the_screen(page, report: str) -> None:
    page.goto(report)
    assert page.locator(".on-paper:visible").count() == 0
