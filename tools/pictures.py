"""Take the README's pictures again: `.venv/bin/python tools/pictures.py` (needs Chromium).

The first is page one of the report of the invented place, the second the page of its stress test; the others are the 44
places, drawn to their borders and as equal cells. All are pages that the program writes, photographed as they are.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tripleaim.loading import read_plan, remarks
from tripleaim.projection import project
from tripleaim.reports.overview import overview_files
from tripleaim.reports.stress_section import write_stress
from tripleaim.reports.write import write_files, write_report
from tripleaim.stress.whole import whole_test

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
INVENTED = ROOT / "plans" / "wealdshire_and_marsh"
DRAWN = {"map": "older_people_map.csv", "places": "older_people.csv"}
"""Name of a picture of the 44 places → the file of the figures in it, beside which it stands."""


def report(page: Page, folder: Path) -> None:
    """The answer and the three gaps, as a reader meets them."""
    plan = read_plan(INVENTED)
    page.goto(write_report(project(plan), folder, tuple(each.told for each in remarks(plan))).as_uri())
    page.screenshot(path=IMAGES / "report.png")


def stress(page: Page, folder: Path) -> None:
    """How wrong the plan could be, as a reader meets it."""
    plan = read_plan(INVENTED)
    run = project(plan)
    page.goto(write_stress(whole_test(plan, run), run, folder).as_uri())
    page.screenshot(path=IMAGES / "stress.png")


def places(page: Page, folder: Path) -> None:
    """The 44 places, drawn to their borders and as cells of the same size."""
    page.goto((write_files(overview_files(), folder) / "index.html").as_uri())
    for name, figures in DRAWN.items():
        picture = page.locator(f"figure:has(a[href$='/{figures}']) svg >> visible=true").first
        picture.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    """Take them all."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as browsers, tempfile.TemporaryDirectory() as scratch:
        browser = browsers.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        report(page, Path(scratch) / "report")
        stress(page, Path(scratch) / "stress")
        places(page, Path(scratch) / "places")
        browser.close()


if __name__ == "__main__":
    main()
