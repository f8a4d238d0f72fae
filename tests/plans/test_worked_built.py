"""What holds of every worked plan that rests on a start from published data: it is what its script builds, and ours."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tripleaim.evidence.library import entry
from tripleaim.loading import read_plan, remarks
from tripleaim.loading.worked import worked_plans
from tripleaim.opendata.start.scheme import published_effect
from tripleaim.plan import Plan
from tripleaim.plan.scheme import Stage
from tripleaim.quantities import Range

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("west_north_and_east_cumbria", "greater_manchester")
GENERATED = "datapackage.json"
"""Written from the forms of the tables; its own tests hold it."""
SECTORS = {"nhs_commissioners_together", "councils_together"}


def folder(name: str) -> Path:
    return ROOT / "plans" / name


@pytest.fixture(scope="module", params=NAMES)
def plan(request: pytest.FixtureRequest) -> Plan:
    return read_plan(folder(request.param))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_it_is_byte_for_byte_what_its_script_builds_from_the_package_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    shutil.copy(folder(name) / "README.md", tmp_path / name)
    script = ROOT / "tools" / "build_worked.py"
    done = subprocess.run(
        [sys.executable, script, name, "--out", tmp_path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kept, built = (
        {file.name: file.read_bytes() for file in sorted(place.iterdir()) if file.name != GENERATED}
        for place in (folder(name), tmp_path / name)
    )
    assert list(built) == list(kept)
    differ = [file for file in kept if built[file] != kept[file]]
    assert not differ, f"{differ}: if this is meant: python tools/build_worked.py {name}"


@pytest.mark.parametrize("name", NAMES)
def test_it_is_run_by_its_name(name: str) -> None:
    assert worked_plans()[name] == folder(name)


def test_no_scheme_reads_as_the_partners_own(plan: Plan) -> None:
    kept = {each.key: each for each in plan.sources}
    for scheme in plan.schemes:
        assert scheme.name.endswith("(our example)")
        assert "not proposed by the partners" in scheme.summary
        assert (scheme.asked_by, scheme.owner, scheme.lead, scheme.stage) == ("", "", "", Stage.IDEA)
    for row in (*plan.schemes, *plan.effects, *plan.costs):
        source = kept[row.source]
        assert source.kind == "judged", row.key
        assert "not proposed by the partners" in source.note
        assert source.publisher.startswith("Triple Aim authors")
    assert "It is not the partners' plan" in plan.heading.summary
    assert "schemes are our examples from the evidence library, not proposals of the partners" in plan.heading.summary


def test_effects_are_those_of_the_evidence_library(plan: Plan) -> None:
    """Where the library prints a fraction, or points of it; events in England are shared out by people instead."""
    sized = {"I060": 14500, "I061": 14220, "I068": 50000}
    for effect in plan.effects:
        known = entry(effect.evidence)
        if known.ref in sized:
            assert known.effect_point == -sized[known.ref]
            assert effect.effect.point == 1
        elif isinstance(found := published_effect(known), Range):
            assert effect.effect.point == found.point
        else:
            assert known.effect_point == pytest.approx(-100 * effect.effect.point)


def test_no_money_stands_beside_a_real_body_but_what_was_printed(plan: Plan) -> None:
    assert {each.key for each in plan.organisations if each.accounts} == SECTORS
    assert {row.organisation for row in plan.costs} <= SECTORS
    assert [plan.budgets, plan.allocations, plan.control_totals, plan.contracts] == [(), (), (), ()]
    kept = {each.key: each for each in plan.sources}
    assert {str(kept[row.source].kind) for row in plan.stated} <= {"published", "derived"}
    assert [row.key for row in plan.stated if not kept[row.source].url] == []


def test_schemes_without_a_cost_are_named_first_among_what_is_not_known(plan: Plan) -> None:
    costed = {row.scheme for row in plan.costs}
    assert costed == {"smoking_in_hospital"}
    free = [each.name.removesuffix(" (our example)") for each in plan.schemes if each.key not in costed]
    told = plan.heading.not_known[0]
    assert all(f"“{name}”" in told for name in free)
    assert "look cheaper than they would be" in told


def test_figures_that_only_the_press_printed_stay_out(plan: Plan) -> None:
    press = ("Health Service Journal", "News", "Times", "Mail", "BBC", "National Health Executive", "Wikipedia")
    pages = [each for each in plan.sources if each.key.startswith(("printed_", "position_"))]
    assert pages
    assert [each.title for each in pages if any(word in each.title for word in press)] == []


def test_the_size_of_each_scheme_is_the_places_share(plan: Plan) -> None:
    """8,070 strokes and heart attacks a year in England, by people, over the spells the scheme acts on."""
    here = sum(row.persons for row in plan.population if (row.place, row.year) == (plan.heading.place, 2017))
    lines = {line.key: line.baseline for line in plan.activity}
    effects = [row for row in plan.effects if row.scheme == "blood_pressure"]
    events = sum(lines[row.target] * row.eligible.point for row in effects)
    assert events == pytest.approx(8070 * here / 55_619_430, rel=1e-3)
    (cost,) = plan.costs
    smoking = [row for row in plan.effects if row.scheme == "smoking_in_hospital"]
    reached = sum(lines[row.target] * row.eligible.point * row.uptake.point for row in smoking)
    assert cost.amount == pytest.approx(reached * 120, abs=500)


def test_it_is_ready_and_what_is_remarked_is_what_examples_lack(plan: Plan) -> None:
    assert {each.topic for each in remarks(plan)} == {
        "counted twice",
        "not worked out",
        "average-patient assumption",
        "hindsight",
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_build_keeps_what_it_was_built_from(name: str) -> None:
    record = json.loads((folder(name) / "build.json").read_text(encoding="utf-8"))
    assert f"tools/worked/{name}.toml" in record["inputs"]
    assert all(len(checksum) == 64 for checksum in record["inputs"].values())
    with (folder(name) / "stated.csv").open(encoding="utf-8", newline="") as file:
        assert record["totals"]["stated"] == len(list(csv.DictReader(file)))
    heading = tomllib.loads((folder(name) / "plan.toml").read_text(encoding="utf-8"))
    assert (heading["invented"], heading["status"]) == (False, "draft")
