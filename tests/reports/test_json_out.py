"""The JSON document is whole, plain, and every key it has is told in docs/json.md."""

from __future__ import annotations

import json
from pathlib import Path

from tripleaim.projection import Projection
from tripleaim.reports import json_report

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"


def test_every_key_of_the_first_two_levels_is_told(projection: Projection) -> None:
    found = json.loads(json_report(projection, ("a remark",)))
    told = PAGE.read_text(encoding="utf-8")
    keys = [*found, *(f"result.{key}" for key in found["result"]), *(f"plan.{key}" for key in found["plan"])]
    assert [key for key in keys if f"`{key}`" not in told] == []


def test_no_key_is_told_that_is_not_there(invented: Projection) -> None:
    found = json.loads(json_report(invented))
    lines = [line.split("`")[1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    for line in lines:
        part = found
        for key in line.split("."):
            assert key in part, line
            part = part[key]


def test_the_frame(invented: Projection) -> None:
    found = json.loads(json_report(invented, ("a remark",)))
    assert list(found) == ["tripleaim", "kind", "plan", "fingerprint", "remarks", "result"]
    assert (found["kind"], found["fingerprint"], found["remarks"]) == ("projection", invented.fingerprint, ["a remark"])
    assert found["result"]["money"][2]["hoped"] == list(invented.scope("both").hoped)
