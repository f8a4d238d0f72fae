"""How the workspace looks: in the house's own theme, nothing of it from elsewhere, nothing inline, and light."""

from __future__ import annotations

import gzip
import importlib.util
import re
from functools import cache
from pathlib import Path
from typing import Any

import django_htmx
import pytest
from django.template import engines
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tripleaim.charts import colour, contrast, stylesheet, wordmark_svg
from tripleaim.web import jinja
from web.conftest import World

WEB = Path(jinja.__file__).parent
STATIC = WEB / "static"
TEMPLATES = WEB / "workspace/templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
STYLES = sorted(STATIC.rglob("*.css"))
OWN_STYLES = [each for each in STYLES if each.name != "house.css"]
SCRIPTS = sorted(STATIC.rglob("*.js"))
HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
LIMIT = 40_000
"""Bytes of all styles, and of all scripts, as they travel."""

INLINE = re.compile(r"\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
FETCHED_FROM_ELSEWHERE = re.compile(
    r"(?:\s(?:src|srcset|action|poster|data)=[\"']|<link[^>]*\shref=[\"']|url\(\s*[\"']?|@import\s*[\"'])(?:https?:)?//",
    re.IGNORECASE,
)
NOT_OURS = ("0 0 200 80", "#005eb8", "Frutiger", "assets.nhs.uk", "NHS England</")
"""The NHS logo's box, its blue, its type face and where that is kept, and its owner as the owner of a page."""


def source_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def travels(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


# Pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_page_holds_nothing_inline_and_nothing_from_elsewhere(page: Path) -> None:
    assert INLINE.findall(source_of(page)) == []
    assert FETCHED_FROM_ELSEWHERE.findall(source_of(page)) == []
    assert [each for each in NOT_OURS if each in source_of(page)] == []
    engines["jinja2"].env.get_template(str(page.relative_to(TEMPLATES)))


def pages_from(browser: Client, start: str) -> dict[str, str]:
    """One page of every kind that leads on from a page by links: what it is called → its text."""
    waiting, seen, found = [start], {start}, {}
    while waiting:
        address = waiting.pop(0)
        answer = browser.get(address, follow=True)
        name = resolve(answer.request["PATH_INFO"]).view_name
        if not answer.headers["Content-Type"].startswith("text/html") or answer.streaming:
            continue
        found.setdefault(name, answer.content.decode())
        for to in re.findall(r'<a[^>]*\shref="(/[^"#?]*)"', answer.content.decode()):
            if to not in seen and kind_of(to) not in {*found, *map(kind_of, waiting)}:
                seen.add(to)
                waiting.append(to)
    return found


def kind_of(address: str) -> str:
    try:
        return resolve(address).view_name
    except Resolver404:
        return address


def test_every_page_a_convenor_can_reach_holds_nothing_inline_and_asks_nothing_of_other_hosts(world: World) -> None:
    found = pages_from(world.as_(world.person("convenor")), reverse("overview", args=[world.place.slug]))
    assert {"overview", "plan", "schemes", "drafts", "results", "organisations", "people", "account"} <= set(found)
    ours = {name: text for name, text in found.items() if not name.startswith("api:")}
    for name, text in ours.items():
        assert INLINE.findall(text) == [], name
        assert FETCHED_FROM_ELSEWHERE.findall(text) == [], name
        assert [each for each in NOT_OURS if each in text] == [], name


def test_a_page_says_whose_it_is_not(client: Client, db: None) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "Not an NHS service and not a council service" in page
    assert f'<meta name="theme-color" content="{colour("teal-700")}">' in page
    assert '"allowEval": false' in page


# Styles and scripts


def test_the_house_style_is_the_one_of_the_reports() -> None:
    assert source_of(STATIC / "workspace/house.css") == stylesheet()


def test_the_icon_is_our_mark() -> None:
    assert source_of(STATIC / "workspace/mark.svg").strip() == wordmark_svg()


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=lambda path: path.name)
def test_a_style_or_script_asks_nothing_of_other_hosts_and_holds_nothing_that_is_not_ours(path: Path) -> None:
    text = source_of(path)
    assert re.findall(r"https?://(?!www\.w3\.org/)[^\s\"')]+|@import|@font-face", text) == []
    assert [each for each in NOT_OURS if each.lower() in text.lower()] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_runs_no_text(path: Path) -> None:
    assert re.findall(r"\beval\(|new Function|innerHTML|document\.write", source_of(path)) == []


def test_all_styles_and_all_scripts_are_light() -> None:
    assert travels(*STYLES) < LIMIT
    assert travels(*SCRIPTS, HTMX) < LIMIT


def test_the_made_script_is_the_one_that_is_started_and_can_be_made_again() -> None:
    (made,) = (STATIC / "vendor").glob("*.js")
    path = WEB.parents[2] / "tools/vendor_frontend.py"
    spec = importlib.util.spec_from_file_location("vendor_frontend", path)
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert made == maker.MADE
    assert source_of(made).startswith(maker.LICENCE)
    started = re.search(r'import \{ (.*) \} from "\.\./vendor/(.*)"', source_of(STATIC / "workspace/app.js"))
    assert started is not None
    assert started[1].split(", ") == list(maker.PARTS)
    assert started[2] == made.name


# Colours

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DECORATION = {"rule", "teal-200", "plum-200", "paper"}
"""Edges that carry no meaning."""


@cache
def rules() -> list[tuple[str, dict[str, str]]]:
    """Each rule of our own styles outside the forced colours, and what it sets."""
    found = []
    for path in OWN_STYLES:
        text = re.sub(r"/\*.*?\*/", "", source_of(path), flags=re.DOTALL)
        for selector, body in RULE.findall(text):
            pairs = (each.split(":", 1) for each in body.split(";") if ":" in each)
            found.append((selector.strip(), {name.strip(): value.strip() for name, value in pairs}))
    return found


def tokens_in(value: str) -> list[str]:
    return [name for name in re.findall(r"var\(--([a-z]+(?:-[a-z0-9]+)?)\)", value) if _is_colour(name)]


def _is_colour(name: str) -> bool:
    try:
        colour(name)
    except Exception:  # any name that tokens.css does not state as a colour
        return False
    return True


def test_our_own_styles_name_colours_by_their_tokens_alone() -> None:
    for selector, sets in rules():
        for name, value in sets.items():
            assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsl", value), (selector, name)


def test_text_and_marks_of_our_own_styles_stand_out_from_their_ground() -> None:
    for selector, sets in rules():
        grounds = tokens_in(sets.get("background", "")) or ["paper", "wash"]
        for ground in grounds:
            for text in tokens_in(sets.get("color", "")):
                assert contrast(colour(text), colour(ground)) >= 4.5, (selector, text, ground)
            for name, value in sets.items():
                for mark in set(tokens_in(value)) - DECORATION if name.startswith(("border", "outline")) else ():
                    assert contrast(colour(mark), colour(ground)) >= 3, (selector, mark, ground)


# In a browser


def told_by(page: Any) -> list[str]:
    """What the console of a page says, from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def sign_in(page: Any, address: str, words: str = "A wrong guess") -> None:
    page.goto(f"{address}{reverse('account_login')}")
    page.get_by_label("Your password").fill(words)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Not done yet").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_refused_form_takes_the_reader_to_what_is_to_be_mended(page: Any, live_server: Any) -> None:
    said = told_by(page)
    sign_in(page, live_server.url)
    summary = page.locator(".nhsuk-error-summary")
    assert summary.evaluate("each => each === document.activeElement")
    summary.get_by_role("link").first.click()
    field = page.get_by_label("Your address")
    assert field.evaluate("each => each === document.activeElement")
    beside = field.get_attribute("aria-describedby").split()
    assert any("address" in page.locator(f"#{each}").text_content() for each in beside)
    assert [each for each in said if "422" not in each] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_password_can_be_shown_while_it_is_typed(page: Any, live_server: Any) -> None:
    said = told_by(page)
    page.goto(f"{live_server.url}{reverse('account_login')}")
    page.get_by_label("Your password").fill("three words together")
    page.get_by_role("button", name="Show what I type").click()
    assert page.get_by_label("Your password").get_attribute("type") == "text"
    assert said == []


TABS = """{% extends "base.html" %}{% from "parts/tabs.html" import tabs %}
{% set one %}<p>What stands first</p>{% endset %}{% set two %}<p>What stands second</p>{% endset %}
{% block main %}<h1>Tabs</h1>{{ tabs("both", [("first", "First", one), ("second", "Second", two)]) }}{% endblock %}"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_scripts", [True, False])
def test_tabs_start_and_are_a_list_of_contents_without_a_script(
    browser: Any, live_server: Any, with_scripts: bool
) -> None:
    text = engines["jinja2"].from_string(TABS).render({})
    with browser.new_context(java_script_enabled=with_scripts) as context:
        page = context.new_page()
        said = told_by(page)
        page.route("**/tabs", lambda route: route.fulfill(content_type="text/html", body=text))
        page.goto(f"{live_server.url}/tabs")
        page.get_by_text("What stands first").wait_for()
        if with_scripts:
            page.get_by_role("tab", name="First").wait_for()
            assert not page.get_by_text("What stands second").is_visible()
            page.get_by_role("tab", name="Second").click()
        assert page.get_by_text("What stands second").is_visible()
        assert said == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_forms_and_the_menu_work_without_a_script(browser: Any, live_server: Any, world: World) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        sign_in(page, live_server.url)
        assert not page.get_by_role("button", name="Show what I type").is_visible()
        key = world.as_(world.person("analyst")).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page.goto(f"{live_server.url}{reverse('schemes', args=[world.place.slug])}")
        menu = page.get_by_role("navigation", name="Main")
        assert not menu.get_by_role("link", name="Plan").is_visible()
        menu.get_by_text("Menu: Schemes").click()
        menu.get_by_role("link", name="Plan").click()
        page.get_by_role("heading", level=1).wait_for()
        assert page.url.endswith(reverse("plan", args=[world.place.slug]))
