"""Every page of the workspace, wide and narrow: everyone can use it, nothing is cut, nothing is said to the console.

An address that has no entry in PAGES or NO_PAGES fails the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

pytest.importorskip("playwright")
pytest.importorskip("axe_playwright_python.sync_playwright")

from axe_playwright_python.sync_playwright import Axe

from web.stories import backstage
from web.stories.conftest import OPEN, Workspace
from web.stories.watching import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SLUG = "wealdshire-and-marsh"
ADDRESS, PASSWORD = "nell@pages.example.org", "teasel bicycle marmalade"
NARROW = {"width": 320, "height": 900}
WIDE = {"width": 1280, "height": 900}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
INLINE = re.compile(
    r"""<[^>]*\s(?:style|on[a-z]+)\s*=\s*["']|<style\b|<script(?![^>]*\ssrc=)[^>]*>\s*\S""", re.IGNORECASE
)
AT = f"/places/{SLUG}/"
DRAFT = f"{AT}proposals/{{draft}}/"

PAGES: Mapping[str, str] = {
    # Of a convenor of the place.
    "home": "/",
    "glossary": "/words/",
    "tokens": "/account/tokens/",
    "account": "/account/",
    "overview": AT,
    "search": f"{AT}search/?words=ward",
    "people": f"{AT}people/",
    "invite": f"{AT}people/invite/",
    "partner_new": f"{AT}people/organisations/new/",
    "membership_end": f"{AT}people/{{member}}/end/",
    "plan": f"{AT}plan/",
    "table": f"{AT}plan/activity/",
    "row": f"{AT}plan/assumptions/ward_cost/",
    "versions": f"{AT}versions/",
    "version": f"{AT}versions/1/",
    "version_changes": f"{AT}versions/1/to/1/",
    "drafts": f"{AT}proposals/",
    "draft_new": f"{AT}proposals/new/",
    "draft": DRAFT,
    "draft_upload": f"{DRAFT}upload/",
    "draft_plan": f"{DRAFT}plan/",
    "draft_table": f"{DRAFT}plan/capacity/",
    "draft_row": f"{DRAFT}plan/assumptions/ward_cost/",
    "draft_row_new": f"{DRAFT}add/activity/",
    "draft_row_remove": f"{DRAFT}remove/assumptions/ward_cost/",
    "draft_propose": f"{DRAFT}propose/",
    "draft_newest": f"{DRAFT}newest/",
    "draft_accept": f"{AT}proposals/{{proposed}}/accept/",
    "assumptions": f"{AT}assumptions/",
    "challenges": f"{AT}challenges/?show=all",
    "challenge_new": f"{AT}challenges/new/?table=assumptions&row=ward_cost&field=value",
    "challenge": f"{AT}challenges/{{challenge}}/",
    "schemes": f"{AT}schemes/",
    "scheme": f"{AT}schemes/home_first/",
    "organisations": f"{AT}organisations/",
    "organisation": f"{AT}organisations/marsh_council/",
    "area": f"{AT}areas/{{area}}/",
    "results": f"{AT}results/",
    "run_ask": f"{AT}results/ask/choose/",
    "run": f"{AT}results/{{done}}/",
    "run, stopped": f"{AT}results/{{ended}}/",
    "run_sheet": f"{AT}results/{{done}}/on_a_page.html",
    "audit": f"{AT}audit/",
    "draft, proposed": f"{AT}proposals/{{proposed}}/",
    "not found": f"{AT}nothing-here/",
    "account_logout": "/account/logout/",
    "account_change_password": "/account/password/change/",
    "mfa_index": "/account/2fa/",
    "mfa_activate_totp": "/account/2fa/totp/activate/",
    # Of somebody whose telephone is asked for a code.
    "guarded: mfa_index": "/account/2fa/",
    "guarded: mfa_deactivate_totp": "/account/2fa/totp/deactivate/",
    "guarded: mfa_view_recovery_codes": "/account/2fa/recovery-codes/",
    "guarded: mfa_generate_recovery_codes": "/account/2fa/recovery-codes/generate/",
    # Of nobody in particular.
    "nobody: account_login": "/account/login/",
    "nobody: account_inactive": "/account/inactive/",
    "nobody: account_reset_password": "/account/password/reset/",
    "nobody: account_reset_password_done": "/account/password/reset/done/",
    "nobody: account_reset_password_from_key_done": "/account/password/reset/key/done/",
    "nobody: account_reset_password_from_key": "/account/password/reset/key/1-used-up/",
    "nobody: start": "/start/used-up/",
    "nobody: invitation": "/invitation/{invitation}/",
    "nobody: invitation, closed": "/invitation/used-up/",
}
"""Name of an address, or of one of the states of its page → its path, with the numbers of what is there in brackets."""

NO_PAGES: Mapping[str, str] = {
    **dict.fromkeys(
        ("table_file", "download", "draft_download", "schemes_file", "scheme_file", "organisation_file", "run_file"),
        "a file",
    ),
    **dict.fromkeys(("audit_csv", "mfa_download_recovery_codes", "result_styles", "health"), "a file"),
    **dict.fromkeys(
        ("version_read", "draft_comment", "draft_work_out", "draft_take_back", "draft_withdraw", "draft_decline"),
        "takes a form of another page",
    ),
    **dict.fromkeys(
        ("challenge_answer", "challenge_close", "confidence", "run_stop", "invitation_renew", "invitation_withdraw"),
        "takes a form of another page",
    ),
    **dict.fromkeys(("draft_settle", "token_end"), "takes a form of another page; told in stories"),
    **dict.fromkeys(("invited", "token_made"), "shows a secret once, to whoever has just made it"),
    **dict.fromkeys(("versions_compare", "run_report", "account_set_password"), "leads on"),
    **dict.fromkeys(("run_progress",), "a part of a page"),
    **dict.fromkeys(
        ("account_reauthenticate", "mfa_authenticate", "mfa_reauthenticate"), "only in the middle of a sign-in"
    ),
    **dict.fromkeys(
        ("socialaccount_connections", "socialaccount_login_cancelled", "openid_connect_login"),
        "only where an organisation has a sign-in of its own",
    ),
    "openid_connect_callback": "only where an organisation has a sign-in of its own",
    **dict.fromkeys(
        ("account_signup", "account_email", "account_email_verification_sent", "socialaccount_signup"), "not there"
    ),
    "socialaccount_login_error": "not there",
}
"""Name of an address → why no page of its own stands there."""


def names() -> set[str]:
    """The names of all addresses but those of the API, which answers programs."""

    def walk(patterns: list[Any]) -> Iterator[str]:
        for each in patterns:
            if isinstance(each, URLResolver):
                if each.namespace is None:
                    yield from walk(each.url_patterns)
            else:
                yield each.name or str(each.pattern)

    return set(walk(get_resolver("tripleaim.web.urls").url_patterns))


def bare(entry: str) -> str:
    """The name of the address of an entry."""
    return entry.partition(": ")[2].partition(",")[0] or entry.partition(",")[0]


def test_every_address_is_looked_at_or_says_why_it_is_no_page() -> None:
    assert sorted(names() - {bare(each) for each in PAGES} - set(NO_PAGES)) == []


@dataclass
class Desk:
    """Three browsers that go from page to page, and the numbers that addresses name."""

    visitors: Mapping[str, Visitor]
    numbers: Mapping[str, object]


@pytest.fixture(scope="module")
def desk(workspace: Workspace, browser: Any) -> Iterator[Desk]:
    numbers = dict(workspace.do(backstage.one_of_everything, SLUG, ADDRESS, PASSWORD))
    visitors = {
        who: Visitor(browser, workspace.address, who, traced=False) for who in ("convenor", "guarded", "nobody")
    }
    for who, address in (("convenor", ADDRESS), ("guarded", f"second.{ADDRESS}")):
        page = visitors[who].page
        page.goto("/account/login/")
        page.get_by_label("Your address").fill(address)
        page.get_by_label("Your password", exact=True).fill(PASSWORD)
        visitors[who].presses("Sign in")
        visitors[who].heading("My ten minutes")
    workspace.do(backstage.turn_on_second_step, f"second.{ADDRESS}")
    visitors["convenor"].page.goto(AT)
    visitors["convenor"].reads_in_time("How big are the three gaps?")
    numbers["done"] = workspace.do(backstage.run_that_is_done, SLUG)
    areas = visitors["convenor"].page.locator("main a[href*='/areas/']").first.get_attribute("href")
    numbers["area"] = areas.rstrip("/").rpartition("/")[2]
    yield Desk(visitors, numbers)
    for each in visitors.values():
        each.close()


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_use_it_wide_and_narrow(desk: Desk, request: pytest.FixtureRequest, name: str) -> None:
    who = name.partition(": ")[0] if ": " in name else "convenor"
    visitor = desk.visitors[who]
    request.node.stash[OPEN] = [visitor]
    visitor.said.clear()
    page = visitor.page
    page.set_viewport_size(WIDE)
    answer = page.goto(PAGES[name].format(**desk.numbers))

    assert "content-security-policy" in answer.headers
    assert INLINE.findall(answer.text()) == []
    assert page.title().strip()
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    assert broken(page) == []

    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert broken(page) == []

    page.emulate_media(media="print")
    printed = page.locator("nav.nav:visible, .who:visible").count()
    page.emulate_media(media="screen")
    assert printed == 0, "paper has no use for ways to other pages"
    assert visitor.unexpected() == []


def broken(page: Any) -> list[tuple[str, str]]:
    """What axe finds that WCAG 2.2 AA does not allow: rule and element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], node["html"][:160]) for each in found for node in each["nodes"][:3]]
