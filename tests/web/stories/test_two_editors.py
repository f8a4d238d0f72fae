"""Two people change the same number of one draft: the second is asked which holds, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright")

from web.stories import backstage
from web.stories.conftest import Workspace
from web.stories.watching import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_two_who_change_one_number_are_asked_which_holds_and_nothing_is_lost(
    workspace: Workspace, place: str, sits_down: Callable[..., Visitor]
) -> None:
    bea = sits_down("Bea", role="analyst", of="hospital", place=place)
    tom = sits_down("Tom", role="finance", of="hospital", place=place)
    draft = workspace.do(
        backstage.draft, workspace.do(backstage.address_of, "analyst", "hospital", place), "hospital", place, "Growth"
    )
    row = f"/places/{place}/proposals/{draft}/plan/activity/emergency/"
    for each in (bea, tom):
        each.page.goto(row)
        each.heading("Change Emergency stays")

    bea.page.locator("#f-growth").fill("0.024")
    bea.page.locator("#f-price").fill("2650")
    bea.writes("Why?", "As counted until September.")
    bea.presses("Save")
    bea.told("Saved in")

    tom.page.locator("#f-growth").fill("0.027")
    tom.page.locator("#f-unit_cost").fill("2550")
    tom.writes("Why?", "As the auditors have it.")
    tom.presses("Save")
    tom.heading("Somebody else changed the same")
    tom.reads("nothing is lost")
    question = tom.page.get_by_role("group", name="Emergency stays (emergency), growth").first
    said = question.inner_text()
    assert "0.027" in said
    assert "0.024" in said
    assert "Analyst Of Hospital" in said

    tom.presses("Save with these answers")
    tom.reads("Not saved yet")
    question.get_by_label("0.027").check()
    tom.presses("Save with these answers")
    tom.told("Saved in")

    bea.page.goto(row)
    bea.heading("Change Emergency stays")
    after = {name: bea.page.locator(f"#f-{name}").input_value() for name in ("growth", "price", "unit_cost")}
    assert after == {"growth": "0.027", "price": "2650", "unit_cost": "2550"}
    bea.page.goto(f"/places/{place}/proposals/{draft}/")
    bea.reads("As counted until September.")
    bea.reads("As the auditors have it.")
