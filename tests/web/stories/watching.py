"""People at their browsers, watched: what a page says to nobody, or asks of others, is told at the end of a story."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import TimeoutError as PlaywrightTimeout

PATIENCE = 30_000
"""Milliseconds until what a page should show is given up; most is there at once."""
WIDTH, HEIGHT = 1280, 900
REFUSED = "Failed to load resource: the server responded with a status of "
"""How a browser notes that a page answered 404 or 422, which pages of ours do on purpose."""


class Visitor:
    """One person at one browser window; `page` is what they see."""

    def __init__(self, browser: Any, address: str, who: str, *, traced: bool = True, **how: Any) -> None:
        self.address, self.who = address, who
        self.said: list[str] = []
        self._pages: set[str] = set()
        size = {"width": how.pop("width", WIDTH), "height": HEIGHT}
        self.context = browser.new_context(base_url=address, viewport=size, **how)
        self.context.set_default_timeout(PATIENCE)
        self._is_traced = traced
        if traced:
            self.context.tracing.start(screenshots=True, snapshots=True)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.said.append(f"script: {error.error}"))
        self.context.on("request", self._watch)
        self.page = self.context.new_page()

    def _hear(self, message: Any) -> None:
        self.said.append(f"{message.text} ({message.location.get('url', '')})")

    def _watch(self, request: Any) -> None:
        if request.is_navigation_request():
            self._pages.add(request.url)
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc and not request.url.startswith("data:"):
            self.said.append(f"asked another host: {request.url}")

    def unexpected(self) -> list[str]:
        """What the browser noted, but for pages that refuse with their own status."""
        known = {f"({each})" for each in self._pages}
        return [each for each in self.said if not (each.startswith(REFUSED) and each.rpartition(" ")[2] in known)]

    def keep(self, folder: Path) -> None:
        """Keep what was seen and done: a picture of the page, its text as HTML, and a trace for Playwright's viewer."""
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{self.who}.png", full_page=True)
        (folder / f"{self.who}.html").write_text(self.page.content(), encoding="utf-8")
        if self._is_traced:
            self.context.tracing.stop(path=folder / f"{self.who}.zip")

    def close(self) -> None:
        """Close the window."""
        self.context.close()

    # ---- What people do ----

    def reads(self, text: str) -> None:
        """Wait until the main part says something."""
        self.page.locator("main").get_by_text(text).first.wait_for()

    def reads_in_time(self, text: str) -> None:
        """Look at the page again and again until its main part says something."""
        until = monotonic() + PATIENCE / 1000
        while True:
            try:
                self.page.locator("main").get_by_text(text).first.wait_for(timeout=1_000)
            except PlaywrightTimeout:
                if monotonic() > until:
                    raise
                self.page.reload()
            else:
                return

    def heading(self, text: str) -> None:
        """Wait until the page is headed so."""
        self.page.get_by_role("heading", level=1, name=text).wait_for()

    def told(self, text: str) -> None:
        """Wait for a message at the top of the page."""
        self.page.get_by_role("status").filter(has_text=text).first.wait_for()

    def follows(self, words: str, within: str = "body") -> None:
        """Follow a link."""
        self.page.locator(within).get_by_role("link", name=words).first.click()

    def presses(self, words: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=words).first.click()

    def writes(self, label: str, text: str) -> None:
        """Fill in a field by its label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def keeps(self, words: str, folder: Path) -> Path:
        """Download what a link leads to."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=words).first.click()
        kept = folder / waiting.value.suggested_filename
        waiting.value.save_as(kept)
        return kept
