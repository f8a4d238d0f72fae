"""The JSON document is whole and plain, and every key it has, at every level, is told in docs/json.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tripleaim.projection import Projection
from tripleaim.reports import json_report
from tripleaim.reports.json_keys import levels, written

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
TOLD = PAGE.read_text(encoding="utf-8")


def told_keys() -> dict[str, str]:
    """Path of every key of the document of a run, as the page tells it → its form."""
    first = TOLD.split("## `tripleaim run PLAN --json`")[1].split("\n## ")[0]
    found = {row[1]: "" for row in re.finditer(r"^\| `(\w+)` \|", first, re.M)}
    for section in TOLD.split("## Every key of the result")[1].split("\n### ")[1:]:
        places = re.findall(r"`(\S+)`", section.split("\nAt ")[1].split("\n")[0])
        for row in re.finditer(r"^\| `(?:plan\.)?(\w+)` \| (.*?) \|", section, re.M):
            found |= {f"{place}.{row[1]}": row[2] for place in places}
    return found


def paths(value: Any, told: dict[str, str], place: str = "") -> Iterator[str]:
    """Path of every key of a document; keys that the page calls keys of a set of names are written KEY."""
    if isinstance(value, list):
        for part in value:
            yield from paths(part, told, f"{place}[]")
    elif isinstance(value, dict):
        names = told.get(place, "").endswith("by key")
        for key, part in value.items():
            path = f"{place}.KEY" if names else f"{place}.{key}".removeprefix(".")
            if not names:
                yield path
            yield from paths(part, told, path)


def test_every_key_of_every_level_says_what_it_is() -> None:
    assert [f"{level.name}: {key.name}" for level in levels() for key in level.keys if not key.meaning] == []
    assert [level.name for level in levels() if not level.meaning] == []
    assert len({level.name for level in levels()}) == len(levels())


def test_the_page_is_what_the_records_say() -> None:
    assert written(TOLD) == TOLD, "write it again: python -m tripleaim.reports.json_keys docs/json.md"


def test_every_key_of_a_result_is_told(projection: Projection) -> None:
    told = told_keys()
    found = set(paths(json.loads(json_report(projection, ("a remark",))), told))
    assert sorted(found - set(told)) == []
    assert len(found) > 150


def test_no_key_is_told_that_is_not_there(invented: Projection) -> None:
    told = told_keys()
    found = set(paths(json.loads(json_report(invented)), told))
    ours = {path for path in told if not path.startswith("entries[]")}
    assert sorted(ours - found) == []


def test_a_key_nobody_told_would_be_seen(invented: Projection) -> None:
    document = json.loads(json_report(invented))
    document["result"]["beds"][0]["colour"] = "blue"
    assert set(paths(document, told_keys())) - set(told_keys()) == {"result.beds[].colour"}


def test_the_frame(invented: Projection) -> None:
    found = json.loads(json_report(invented, ("a remark",)))
    assert list(found) == ["tripleaim", "kind", "plan", "fingerprint", "remarks", "result"]
    assert (found["kind"], found["fingerprint"], found["remarks"]) == ("projection", invented.fingerprint, ["a remark"])
    assert found["result"]["money"][2]["hoped"] == list(invented.scope("both").hoped)


def test_opening_positions_have_names_and_add_up(invented: Projection) -> None:
    opening = json.loads(json_report(invented))["result"]["opening"]
    assert list(opening) == [row.who for row in invented.organisations]
    for position in opening.values():
        assert set(position) == {"reported", "one_off", "underlying"}
        assert abs(position["reported"] - position["one_off"] - position["underlying"]) < 0.01


def test_what_an_invented_place_rests_on_is_marked(invented: Projection, rebuilt: Projection) -> None:
    for projection, marked in ((invented, True), (rebuilt, False)):
        result = json.loads(json_report(projection))["result"]
        flags = {row["invented"] for name in ("provenance", "sources") for row in result[name]}
        assert flags == {marked}
