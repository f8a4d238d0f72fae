"""Somebody opens the overview of the places on a desk and on a phone, with assistive technology, and prints it."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright")
axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")

from tripleaim.reports.overview import overview_files  # noqa: E402

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("overview")
    (folder / "data").mkdir()
    for name, text in overview_files().items():
        (folder / name).write_text(text, encoding="utf-8")
    return (folder / "index.html").as_uri()


@pytest.mark.parametrize("width", [1280, 320])
def test_it_reads_on_a_desk_and_on_a_phone(page, overview: str, width: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(overview)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".chart-wide" if width > 768 else ".chart-narrow").first.is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < 20_000, "one cell a figure, nothing told twice"
    assert said == []


@pytest.mark.parametrize("width", [1280, 320])
def test_everyone_can_use_it(page, overview: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(overview)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = axe_module.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_it_prints_with_every_place_in_its_table(page, overview: str) -> None:
    page.goto(overview)
    page.emulate_media(media="print")
    assert page.locator("#places table").is_visible()
    assert page.locator("#places tbody tr").count() == 45
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True))) <= 16
