"""A table or rows lost since the folder was written are noticed; tables edited by hand are not held against anybody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.errors import PlanProblems
from tripleaim.loading import Remark, read_plan, write_plan


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The tiny plan in a folder we wrote, with datapackage.json beside its tables."""
    return write_plan(read_plan(write_tiny(tmp_path / "tiny")), tmp_path / "written")


def told(folder: Path) -> list[str]:
    """What is told of how a folder was kept."""
    remarks: list[Remark] = []
    read_plan(folder, remarks)
    return [each.told for each in remarks]


def refused(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(PlanProblems) as caught:
        read_plan(folder)
    return [(problem.file, problem.found, problem.to_fix) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["costs.csv", "budgets.csv", "schemes.csv", "activity.csv", "sources.csv"])
def test_a_lost_table_is_one_problem(written: Path, name: str) -> None:
    (written / name).unlink()
    ((file, found, to_fix),) = refused(written)
    assert (file, found) == (name, "it is missing, though datapackage.json lists it")
    assert to_fix == (
        f"put it back; if the plan is to do without it, take {name} out of datapackage.json, or delete datapackage.json"
    )


def test_a_table_under_another_name_is_one_problem(written: Path) -> None:
    (written / "costs.csv").rename(written / "Costs.csv")
    assert [(file, found) for file, found, _ in refused(written)] == [("Costs.csv", "a file that no plan has")]


def test_a_table_that_was_never_there_or_is_no_longer_listed_is_not_missed(written: Path) -> None:
    assert not (written / "projections.csv").exists()
    assert told(written) == []
    (written / "stated.csv").unlink()
    (written / "datapackage.json").unlink()
    assert told(written) == []


def test_lost_rows_are_counted(written: Path) -> None:
    budgets = (written / "budgets.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (written / "budgets.csv").write_text("".join(row for row in budgets if "hospital_training" not in row), "utf-8")
    costs = (written / "costs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (written / "costs.csv").write_text(costs[0], encoding="utf-8")
    why = (
        "If that was on purpose, correct rows in datapackage.json; if not, `tripleaim diff OLD NEW` with an older copy "
        "says what is gone."
    )
    assert told(written) == [
        f"budgets.csv: it has 1 row fewer than when the folder was written: 4 of 5. {why}",
        f"costs.csv: it has 3 rows fewer than when the folder was written: 0 of 3. {why}",
    ]


def test_editing_and_adding_rows_by_hand_is_silent(written: Path) -> None:
    text = (written / "costs.csv").read_text(encoding="utf-8").replace("300000", "310000")
    (written / "costs.csv").write_text(text + text.splitlines()[1].replace("c_build", "c_more") + "\n", "utf-8")
    assert told(written) == []


@pytest.mark.parametrize(
    "content",
    [
        "anything",
        "",
        "[1]",
        "{}",
        "\xff",
        "[" * 100_000,
        '{"resources": ' + "9" * 5000 + "}",
        "x" * 5_000_000,
    ],
    ids=["text", "nothing", "a list", "no list", "no UTF-8", "deep", "long", "large"],
)
def test_a_list_that_cannot_be_read_is_told(written: Path, content: str) -> None:
    (written / "datapackage.json").write_bytes(content.encode("latin-1"))
    assert told(written) == [
        "datapackage.json: it holds no list of the plan's files, so nobody can tell from it whether one was lost. "
        "Delete it; it is written anew whenever the program writes the plan."
    ]


def test_what_else_a_data_package_lists_does_not_concern_a_plan(written: Path) -> None:
    others = [{"path": "map.geojson"}, {"path": ["a.csv"]}, {"path": "costs.csv", "rows": "many"}, "notes", {}]
    others += [{"path": "../secrets.csv", "rows": 3}, {"path": "budgets.csv", "rows": True}]
    (written / "datapackage.json").write_text(json.dumps({"resources": others}), encoding="utf-8")
    assert told(written) == []


def test_a_folder_made_by_hand_needs_no_list(tmp_path: Path) -> None:
    assert told(write_tiny(tmp_path / "tiny", {"costs.csv": None})) == []
    assert "costs.csv" in TINY
