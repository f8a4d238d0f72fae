"""Every worked plan comes with the list of its tables, so that a table or rows lost from a copy are noticed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tripleaim.errors import PlanProblems
from tripleaim.loading import Remark, read_plan
from tripleaim.loading.inventory import inventory
from tripleaim.loading.worked import worked_plans
from tripleaim.plan.describe import headings
from tripleaim.plan.tables import TABLES

PLANS = worked_plans()


@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_list_is_of_the_tables_as_they_are(name: str) -> None:
    told: list[Remark] = []
    plan = read_plan(PLANS[name], told)
    assert told == []
    kept = {form.file: len(getattr(plan, form.name)) for form in TABLES if getattr(plan, form.name)}
    assert inventory(PLANS[name]).rows == kept, "write it again: loading.write.files_of(plan)['datapackage.json']"


@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_columns_it_describes_are_those_of_the_tables(name: str) -> None:
    known = {form.file: list(headings(form.noun)) for form in TABLES}
    resources = json.loads((PLANS[name] / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    described = {each["path"]: [field["name"] for field in each["schema"]["fields"]] for each in resources}
    assert described == {file: known[file] for file in described}


def test_a_table_lost_from_a_copy_is_a_problem(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(PLANS["wealdshire_and_marsh"], tmp_path / "copy"))
    (copy / "costs.csv").unlink()
    with pytest.raises(PlanProblems) as caught:
        read_plan(copy)
    assert [problem.file for problem in caught.value.problems] == ["costs.csv"]
