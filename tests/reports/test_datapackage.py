"""The data folders of reports and plans are Frictionless Data Packages: the real validator says so."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tripleaim.loading import read_plan, write_plan
from tripleaim.projection import Projection
from tripleaim.reports import write_report
from tripleaim.reports.datapackage import report_datapackage
from tripleaim.reports.html import pages_and_exhibits


def described(projection: Projection) -> dict[str, Any]:
    return json.loads(report_datapackage(projection, pages_and_exhibits(projection)[1]))


def problems(descriptor: Path) -> list[Any]:
    """What the validator of the Frictionless project finds wrong."""
    from frictionless import validate

    found = validate(str(descriptor))
    return found.flatten(["title", "rowNumber", "fieldName", "message"])


@pytest.mark.slow
def test_the_data_of_a_report_is_a_valid_package(projection: Projection, tmp_path: Path) -> None:
    write_report(projection, tmp_path / "report")
    assert problems(tmp_path / "report" / "data" / "datapackage.json") == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["wealdshire_and_marsh", "norfolk_and_waveney"])
def test_a_plan_we_write_is_a_valid_package(root: Path, name: str, tmp_path: Path) -> None:
    write_plan(read_plan(root / "plans" / name), tmp_path / name)
    assert problems(tmp_path / name / "datapackage.json") == []


@pytest.mark.slow
def test_the_validator_would_see_what_is_wrong(invented: Projection, tmp_path: Path) -> None:
    data = write_report(invented, tmp_path / "report").parent / "data"
    with (data / "walk.csv").open("a", encoding="utf-8", newline="") as file:
        file.write("A step,not a number\r\n")
    assert "£m, 2020/21" in [found[2] for found in problems(data / "datapackage.json")]


def test_each_file_is_described_by_its_own_headings_with_units_and_meanings(projection: Projection) -> None:
    files = pages_and_exhibits(projection)[1].files
    resources = described(projection)["resources"]
    assert [each["path"] for each in resources] == list(files)
    for each in resources:
        head = next(csv.reader(io.StringIO(files[each["path"]])))
        fields = each["schema"]["fields"]
        assert [field["name"] for field in fields] == head
        assert all(field["unit"] and field["description"] for field in fields)
        assert each["schema"]["missingValues"] == [""]
        assert "DRAFT. Not agreed by any organisation." in each["description"]


def test_the_package_says_whose_plan_it_is_and_names_each_source_with_its_licence(projection: Projection) -> None:
    package, heading = described(projection), projection.plan.heading
    assert package["fingerprint"] == projection.fingerprint
    assert heading.name in package["title"]
    assert f"are of {heading.price_base}" in package["description"]
    licences = {source.key: source.licence for source in projection.plan.sources}
    used = {each.key for each in projection.sources if each.rows}
    assert {each["key"] for each in package["sources"]} == used
    assert all(each.get("licence", "") == licences[each["key"]] for each in package["sources"])


def test_a_table_whose_rows_name_sources_names_them_too(invented: Projection) -> None:
    resources = {each["path"]: each for each in described(invented)["resources"]}
    rows = csv.DictReader(io.StringIO(pages_and_exhibits(invented)[1].files["indicators_care.csv"]))
    assert {each["key"] for each in resources["indicators_care.csv"]["sources"]} == {row["Source key"] for row in rows}


def test_a_licence_for_the_whole_is_only_named_where_every_source_is_open(projections: dict[str, Projection]) -> None:
    invented, rebuilt = (described(projections[name]) for name in ("wealdshire_and_marsh", "norfolk_and_waveney"))
    assert [each["name"] for each in invented["licenses"]] == ["CC0-1.0"]
    assert "licenses" not in rebuilt
