"""A finance director opens the page of a sharing, on a desk and on a phone; a real place says what it needs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("playwright")
axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")

from incentives.home_first_place import home_first_place  # noqa: E402
from reports.share_told import CARE_HOMES, FUND, WORSE  # noqa: E402
from tripleaim.incentives.record import Sharing  # noqa: E402
from tripleaim.incentives.sharing import share  # noqa: E402
from tripleaim.loading import read_plan  # noqa: E402
from tripleaim.reports.share_page import write_share  # noqa: E402

pytestmark = pytest.mark.browser
WIDTHS = (1280, 320)
PAPER = 695
"""A4 less its margins, in CSS pixels."""
CLIPPED = """width => [...document.querySelectorAll("main *")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && getComputedStyle(each).visibility != "hidden" && (box.right > width + 1 || box.left < -1);
}).map(each => each.tagName + " " + each.textContent.slice(0, 40))"""


def with_everything() -> Sharing:
    """A sharing with something in every part."""
    return replace(share(home_first_place(), draws=100), cliffs=(FUND,), leaks=(CARE_HOMES,), shocks=(WORSE,))


@pytest.fixture(scope="module", params=["all bodies have books", "a real place without"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path) -> str:
    real = request.param.startswith("a real")
    sharing = share(read_plan(root / "plans" / "norfolk_and_waveney")) if real else with_everything()
    return write_share(sharing, tmp_path_factory.mktemp("share") / "out").as_uri()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_reads_on_a_desk_and_on_a_phone(page, shared: str, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(shared)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".verdict").is_visible()
    assert page.locator("main table:visible").count() > 0
    assert said == []


@pytest.mark.parametrize("width", WIDTHS)
def test_everyone_can_use_it(page, shared: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(shared)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = axe_module.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_no_table_is_cut_on_a_phone(page, shared: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(shared)
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 60))"
    assert page.locator("main .scroll:visible:has(.stack)").evaluate_all(cut) == []


def test_nothing_is_clipped_on_paper(page, shared: str) -> None:
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    page.goto(shared)
    assert page.evaluate(CLIPPED, PAPER) == []


def test_it_reads_without_its_style(page, shared: str) -> None:
    page.goto(shared)
    page.evaluate("document.querySelector('style').remove()")
    assert page.locator(".verdict").first.is_visible()
