"""A plan whose own words attack whoever reads it: refused, or shown on every page and doing nothing."""

from __future__ import annotations

import re

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.loading.editing import Change, edited
from tripleaim.plan import Plan
from tripleaim.projection import project
from tripleaim.web.workspace.actions.challenges import ask
from tripleaim.web.workspace.actions.contents import plan_of
from tripleaim.web.workspace.cells import cell_of
from tripleaim.web.workspace.jobs.made import files_of
from web.conftest import World, tiny_plan, world_of
from web.test_look import pages_from
from web.worked_out import work_out

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def attacking() -> Plan:
    """The tiny plan with words that a careless page would run."""
    words = [
        ("", (), "name", f"Tiny {SCRIPT}"),
        ("", (), "summary", SCRIPT),
        ("", (), "not_known", f"Specialised care: {SCRIPT}"),
        ("places", ("tinyshire",), "name", SCRIPT),
        ("organisations", ("council",), "name", SCRIPT),
        ("schemes", (tiny_plan().schemes[0].key,), "name", SCRIPT),
        ("activity", ("emergency",), "name", SCRIPT),
        ("sources", ("census",), "title", SCRIPT),
    ]
    return edited(tiny_plan(), [Change(table=t, key=k, field=f, text=text) for t, k, f, text in words])


@pytest.fixture
def attacked(db: None) -> World:
    world = world_of(attacking(), "tinyshire")
    work_out(world)
    version = world.place.versions.get()
    cell = cell_of(plan_of(version.content), "activity", "emergency", "growth")
    assert cell is not None
    ask(world.person("officer", "council"), world.partner("council"), version, cell, SCRIPT)
    return world


def runs(page: str) -> list[str]:
    """What in a page would act."""
    return re.findall(r"<script>alert|<img src=x|href=[\"']?\s*javascript:|onerror=alert\(2\)>(?!&)", page)


def test_no_page_runs_what_a_plan_says(attacked: World) -> None:
    browser = attacked.as_(attacked.person("convenor"))
    pages = pages_from(browser, "/places/tinyshire/")
    assert len(pages) > 30
    assert {address: found for address, page in pages.items() if (found := runs(page))} == {}
    assert any("&lt;script&gt;alert(1)" in page for page in pages.values())


def test_no_answer_of_a_run_holds_anything_that_acts() -> None:
    plan = attacking()
    files = files_of("run", plan, {}, lambda done, words: None)
    for name, content in files.items():
        if name.endswith(".html"):
            assert runs(content.decode()) == [], name
    assert project(plan).plan.heading.name.startswith("Tiny <script>")


@pytest.mark.parametrize(
    ("table", "row", "field", "text"),
    [
        ("sources", "census", "url", "javascript:alert(3)"),
        ("organisations", "hospital", "name", "=HYPERLINK(1)"),
        ("schemes", "night_close", "name", "+1"),
    ],
)
def test_links_that_run_and_formulas_are_no_part_of_a_plan(table: str, row: str, field: str, text: str) -> None:
    with pytest.raises(PlanProblems):
        edited(tiny_plan(), [Change(table=table, key=(row,), field=field, text=text)])
