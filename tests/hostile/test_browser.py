"""A resident opens a report whose every name tries to run something: nothing runs, nothing is fetched, all is shown."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright")

from hostile.naughty import NAMES, naughty_plan, one_line
from tripleaim.charts.wording import clean
from tripleaim.loading import read_plan
from tripleaim.projection import project
from tripleaim.reports import write_report

pytestmark = pytest.mark.browser

TOUCH = """
for (const element of document.querySelectorAll('*'))
  for (const kind of ['mouseover', 'mousemove', 'focus', 'keyup', 'copy', 'error', 'load'])
    element.dispatchEvent(new Event(kind))
"""
"""Does to every element what a name might have left a handler for."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("naughty")
    return write_report(project(read_plan(naughty_plan(place / "plan"))), place / "r").as_uri()


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_runs_and_every_name_is_there(page, report: str, width: int) -> None:
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: happened.append(message.text))
    page.on("pageerror", lambda error: happened.append(str(error)))
    page.on("request", lambda request: happened.append(request.url) if not request.url.startswith("file:") else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate(TOUCH)
    assert happened == []
    assert page.locator("script, iframe, object, embed, form, input, textarea, img").count() == 0
    said = one_line(page.evaluate("document.body.textContent"))
    assert [text[:60] for text in NAMES if one_line(clean(text)) not in said] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
