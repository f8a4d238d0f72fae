"""docs/json.md tells every key that any command prints with --json, and none that no command prints."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands import ROOT, inside
from loading.tiny import TINY, write_tiny
from loading.workbook.made import save, sheets_of
from opendata.official.files import ALLOCATIONS, write
from reports.choose_told import FEW, PURSES, some_of_the_place
from tripleaim.loading import read_plan, write_plan

PAGE = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
WEALDSHIRE = ROOT / "plans" / "wealdshire_and_marsh"
BY_BODY = (
    *("names", "players", "bearings[].cost", "bearings[].benefit", "gains[].last_by_form", "forms[].last"),
    *("forms[].worth", "shares.alone", "shares.by_rule[].amounts", "shocks[].by", "shocks[].of_turnover"),
)
"""Keys of a sharing under which stand keys of bodies, players or forms of payment."""
NAMES = (
    *("rows", "added", "replaced", "result.outside.savings.by_grade", "result.outside.savings.by_kind"),
    *(f"result.{key}" for key in BY_BODY),
)
"""Keys under which stand names: of tables, of grades and kinds of evidence, of bodies."""
SHARED = ("problems", "remarks", "differences")
"""Keys told once for every command."""


def told(title: str) -> set[str]:
    """The keys in the first table after a title."""
    section = PAGE.split(f"### {title}\n", 1)[1].split("\n#", 1)[0]
    return set(re.findall(r"^\| `(\S+)` \|", section, re.M))


def paths(value: Any, place: str = "") -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from paths(part, f"{place}[]")
    elif isinstance(value, dict) and place not in NAMES:
        for key, part in value.items():
            path = f"{place}.{key}".removeprefix(".")
            yield path
            yield from paths(part, path)


def nothing(value: Any, place: str = "") -> Iterator[str]:
    """Path of every key that is null somewhere."""
    if isinstance(value, list):
        for part in value:
            yield from nothing(part, f"{place}[]")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from nothing(part, f"{place}.{key}".removeprefix("."))
    elif value is None:
        yield place


def run(*words: str | Path) -> dict[str, Any]:
    found = json.loads(inside(*words, "--json").stdout)
    assert isinstance(found, dict)
    return found


def counted_twice(folder: Path) -> Path:
    """A small plan with something in every list of a stress test, a warning of care counted twice among them.

    A promise of the same family as its scheme joins the studies.
    """
    activity = TINY["activity.csv"].replace("0.03,gross,", "0.03,net_of_past_effort,")
    effects = TINY["effects.csv"].replace("0.8,0.9,,,no,I002", "0.8,0.9,,,yes,I002")
    promise = "matrons,Community matrons,integrated care / case management,2013/14,640,210,admissions a year,guess\n"
    promises = TINY["promises.csv"] + promise
    return write_tiny(folder, {"activity.csv": activity, "effects.csv": effects, "promises.csv": promises})


def shared_with_and_without_books(plan: Path) -> dict[str, Any]:
    """A sharing where every body's books are known, with what is said in their place where none are."""
    books, none = (run("share", place, "--draws", "20") for place in (plan, ROOT / "plans" / "norfolk_and_waveney"))
    return {**books, "result": {**books["result"], **{key: none["result"][key] for key in ("missing", "sectors")}}}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What every command prints, by the title of its table on the page; each has something in every list."""
    folder = tmp_path_factory.mktemp("json")
    plan, changed = folder / "plan", folder / "changed"
    for copy in (plan, changed):
        shutil.copytree(WEALDSHIRE, copy)
    schemes = changed / "schemes.csv"
    schemes.write_text(schemes.read_text("utf-8").replace(",2017-10,", ",2018-10,"), encoding="utf-8")
    sheets = sheets_of(read_plan(plan))
    amount = sheets["budgets"][0].index("amount")
    sheets["budgets"][1][amount] = 1.0
    book = save(folder / "book.xlsx", sheets, fingerprint=read_plan(plan).fingerprint)
    shutil.copytree(plan, folder / "merged")
    norfolk = folder / "norfolk"
    shutil.copytree(ROOT / "plans" / "norfolk_and_waveney", norfolk)
    scheme = ("--evidence", "I030", "--name", "Support to care homes", "--start", "2017-10", "--dry-run")
    return {
        "tripleaim check PLAN --json": run("check", plan),
        "tripleaim stress PLAN --json": run("stress", counted_twice(folder / "tiny"), "--draws", "20"),
        "tripleaim stress PLAN --against OTHER --json": run(
            "stress", norfolk, "--against", "west_north_and_east_cumbria", "--draws", "20"
        ),
        "tripleaim stress-many PLAN … --json": run("stress-many", plan, folder / "nothing", "--draws", "20"),
        "tripleaim choose PLAN --json": run(
            "choose", write_plan(some_of_the_place(FEW, (*PURSES, "harm")), folder / "few"), "--draws", "20"
        ),
        "tripleaim share PLAN --json": shared_with_and_without_books(folder / "few"),
        "tripleaim diff OLD NEW --json": run("diff", plan, changed),
        "tripleaim evidence WORDS --json": run("evidence", "care", "homes"),
        "tripleaim places --json": run("places"),
        "tripleaim places NAME --json": run("places", "Norfolk and Waveney"),
        "tripleaim new NAME FOLDER --json": run("new", "Somerset", folder / "new"),
        "tripleaim add-data PLAN FILE --json": run("add-data", norfolk, write(folder, ALLOCATIONS)),
        "tripleaim scheme add PLAN --json": run(
            "scheme", "add", plan, *scheme, "--care", "non_elective_spell", "--eligible", "0.05"
        ),
        "tripleaim export PLAN FILE --json": run("export", plan, folder / "out.xlsx"),
        "tripleaim import FILE PLAN --json": run("import", book, plan),
        "tripleaim merge PLAN FILE … --json": run("merge", folder / "merged", book),
        "tripleaim version --json": run("version"),
    }


def test_every_command_but_run_has_a_table(documents: dict[str, dict[str, Any]]) -> None:
    titles = re.findall(r"^### `(tripleaim .*)`$", PAGE, re.M)
    assert titles == list(documents)


def test_every_key_a_command_prints_is_told(documents: dict[str, dict[str, Any]]) -> None:
    shared, entry = told("Problems, remarks and differences"), told("Evidence entry")
    place = told("`tripleaim places NAME --json`") - {"kind", "lacks", "next"}
    heading = {path for path in paths(documents["tripleaim stress PLAN --json"]) if path.startswith("plan.")}
    elsewhere = shared | heading | {f"entries[].{key}" for key in entry} | {f"places[].{key}" for key in place}
    for title, document in documents.items():
        assert document["kind"] not in ("refusal", "fault"), document
        assert sorted(set(paths(document)) - told(f"`{title}`") - elsewhere) == [], title


def test_no_key_is_told_that_no_command_prints(documents: dict[str, dict[str, Any]]) -> None:
    for title, document in documents.items():
        inside_nothing = tuple(f"{place}." for place in set(nothing(document)))
        missing = told(f"`{title}`") - set(paths(document))
        assert [key for key in sorted(missing) if not key.startswith(inside_nothing)] == [], title
    printed = {path for document in documents.values() for path in paths(document)}
    printed |= set(paths(run("check", ROOT / "tests")))
    assert sorted(told("Problems, remarks and differences") - printed) == []
    assert {f"entries[].{key}" for key in told("Evidence entry")} <= printed


def test_what_is_refused_has_the_keys_told(tmp_path: Path) -> None:
    refused = run("run", tmp_path / "nothing")
    assert set(refused) == {"kind", "exit_code", "said", "problems"}
    assert (refused["kind"], refused["exit_code"]) == ("refusal", 2)
    section = PAGE.split("## When it cannot be done")[1].split("\n## ")[0]
    assert all(f"`{key}`" in section for key in refused)
