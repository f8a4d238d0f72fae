"""People of other organisations and other places: what is not theirs is not there, and what they may not do is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("playwright")

from web.stories import backstage
from web.stories.conftest import Workspace
from web.stories.watching import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOT_THERE = "There is nothing here for you"
NOT_YOURS = "This is not yours to do"


def test_somebody_from_another_organisation_is_refused_everywhere(
    workspace: Workspace, place: str, sits_down: Callable[..., Visitor]
) -> None:
    tom = workspace.do(backstage.address_of, "finance", "hospital", place)
    draft = workspace.do(backstage.draft, tom, "hospital", place, "What only the hospital knows")
    run = workspace.do(backstage.run_of_draft, tom, draft)
    at = f"/places/{place}"
    own = [
        f"{at}/proposals/{draft}/{part}" for part in ("", "plan/", "plan/activity/", "upload/", "propose/", "newest/")
    ]
    own += [f"{at}/proposals/{draft}/as/workbook/", f"{at}/results/{run}/", f"{at}/results/ask/run/?draft={draft}"]

    rowan = sits_down("Rowan", role="analyst", of="council", place=place)
    for each in [*own, "/places/wealdshire-and-marsh/", "/places/wealdshire-and-marsh/plan/", "/places/no-such/"]:
        answer = rowan.page.goto(each)
        assert answer.status == 404, each
        rowan.heading(NOT_THERE)
        assert "only the hospital" not in rowan.page.content()
    for each in (f"{at}/proposals/", f"{at}/results/", f"{at}/", "/"):
        assert rowan.page.goto(each).status == 200
        assert "only the hospital" not in rowan.page.content()

    for each, who_may in (
        (f"{at}/people/invite/", "finance lead"),
        (f"{at}/audit/", "convenor or auditor"),
    ):
        assert rowan.page.goto(each).status == 403
        rowan.heading(NOT_YOURS)
        rowan.reads(who_may)
        rowan.reads("Ask a convenor of the place")

    mo = sits_down("Mo", role="reviewer", of="council", place=place)
    for each in (f"{at}/proposals/new/", f"{at}/results/ask/stress/"):
        assert mo.page.goto(each).status == 403
        mo.heading(NOT_YOURS)

    nobody = sits_down("nobody")
    for each in (*own, f"{at}/"):
        nobody.page.goto(each)
        nobody.heading("Sign in")
        assert place not in nobody.page.locator("main").inner_text().lower()
