"""Without a mouse: past the menu, along it, into a scheme and through its form; where one is can always be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright")

from web.stories.conftest import Workspace
from web.stories.watching import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST = 200
"""So many steps of the Tab key are more than any page here asks for."""
AT = """() => {
    const on = document.activeElement;
    return [on.tagName, (on.getAttribute("aria-label") || on.innerText || on.id || "").trim()];
}"""
SEEN = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle != "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow != "none";
}"""


def tab_to(visitor: Visitor, tag: str, words: str) -> None:
    """Step on until an element is reached; each on the way can be seen to be where one is."""
    for _ in range(MOST):
        visitor.page.keyboard.press("Tab")
        at, said = visitor.page.evaluate(AT)
        if at != "BODY":
            assert visitor.page.evaluate(SEEN), f"nobody can see where one is: {at} {said[:60]}"
        if at == tag and words in said:
            return
    raise AssertionError(f"no {tag} “{words}” within {MOST} steps")


def test_a_board_member_says_how_sure_they_are_with_the_keyboard_alone(
    workspace: Workspace, place: str, sits_down: Callable[..., Visitor]
) -> None:
    mo = sits_down("Mo", role="board", of="council", place=place)
    mo.page.goto(f"/places/{place}/")
    mo.reads_in_time("How big are the three gaps?")

    mo.page.keyboard.press("Tab")
    assert "Skip to the main part" in mo.page.evaluate(AT)[1]
    mo.page.keyboard.press("Enter")
    assert mo.page.url.endswith("#main")
    mo.page.reload()

    tab_to(mo, "A", "Schemes")
    mo.page.keyboard.press("Enter")
    mo.heading("Schemes")
    tab_to(mo, "A", "Home first")
    mo.page.keyboard.press("Enter")
    mo.heading("Home first")
    tab_to(mo, "SELECT", "")
    while mo.page.evaluate("document.activeElement.id") != "score":
        tab_to(mo, "SELECT", "")
    mo.page.keyboard.press("7")
    tab_to(mo, "BUTTON", "Keep my answer")
    mo.page.keyboard.press("Enter")
    mo.told("Your answer is kept")
    mo.reads("You said 7")
    tab_to(mo, "BODY", "")  # and out at the end: nothing holds the keyboard
