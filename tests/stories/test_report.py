"""A resident opens the report, on a desk and on a phone; a board member prints it."""

from __future__ import annotations

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
    assert (
        "short by" in page.locator(".verdict").inner_text() or "above 2015/16" in page.locator(".verdict").inner_text()
    )


def test_it_prints(page, report: str) -> None:
    page.goto(report)
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type/Page/") > 5 or len(paper) > 100_000
