"""A council officer comes by invitation, sees the council's own view, doubts a number and is answered.

Told twice: as most people see the workspace, and without JavaScript.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright")

from web.stories import backstage
from web.stories.conftest import Workspace
from web.stories.watching import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "teasel bicycle marmalade"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_council_officer_doubts_a_number_and_is_answered(
    workspace: Workspace, new_place: Callable[..., str], sits_down: Callable[..., Visitor], scripts: bool
) -> None:
    place = new_place("scripts" if scripts else "no-scripts")
    rowan = sits_down("Rowan", java_script_enabled=scripts)
    address = f"rowan@{place}.example.org"
    rowan.page.goto(workspace.do(backstage.invitation, "officer", "council", place, address))
    rowan.writes("Your name", "Rowan Ash")
    rowan.writes("Password", PASSWORD)
    rowan.writes("Password once more", PASSWORD)
    rowan.presses("Open my account and join")
    rowan.heading("How the plan stands")

    rowan.follows("See the same numbers for Tinyshire Council", "main")
    rowan.heading("Tinyshire Council")

    rowan.follows("Assumptions", "nav")
    rowan.heading("What does the plan assume?")
    rowan.follows("Challenge Rise of all pay")
    rowan.heading("Challenge a number")
    rowan.writes("What do you doubt, and why?", "Can pay rise by no more? The new living wage says so.")
    rowan.presses("Challenge this number")
    rowan.told("Your challenge is open to all partners")

    asha = sits_down("Asha", role="convenor", of="office", place=place, java_script_enabled=scripts)
    asha.page.goto("/")
    asha.follows("Answer a challenge", "main")
    asha.reads("Can pay rise by no more?")
    asha.writes("Your answer", "It may; the stress test tries more.")
    asha.presses("Answer")
    asha.told("Your answer is open to all partners")

    rowan.page.goto("/")
    rowan.heading("My ten minutes")
    rowan.follows("Read the answer to your challenge", "main")
    rowan.reads("the stress test tries more")
    rowan.presses("Close the challenge")
    rowan.told("The challenge is closed")
    rowan.page.goto("/")
    rowan.heading("My ten minutes")
    assert rowan.page.get_by_role("link", name="answer to your challenge").count() == 0

    rowan.page.get_by_role("button", name="Sign out").click()
    rowan.heading("Sign in")
    rowan.page.get_by_label("Your address").fill(address)
    rowan.page.get_by_label("Your password", exact=True).fill(PASSWORD)
    rowan.presses("Sign in")
    rowan.heading("My ten minutes")
