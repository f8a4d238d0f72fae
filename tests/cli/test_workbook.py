"""The verbs of the workbook from outside: what they print, what they write, and the code they end with."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from commands import inside, outside
from loading.tiny import write_tiny
from loading.workbook.made import save, sheets_of
from tripleaim.loading import read_plan


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "plan")


def changed(plan: Path, file: Path, amount: float) -> Path:
    """The council's workbook with another council tax."""
    read = read_plan(plan)
    sheets = sheets_of(read, "council")
    sheets["budgets"][1][sheets["budgets"][0].index("amount")] = amount
    return save(file, sheets, fingerprint=read.fingerprint, organisation="council")


def test_export_import_and_check_hand_on_one_plan(plan: Path, tmp_path: Path) -> None:
    print_of = read_plan(plan).fingerprint
    book = tmp_path / "plan.xlsx"
    done = outside("export", plan, book)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"fingerprint {print_of}" in done.stdout
    assert f"fingerprint {print_of}" in outside("check", book).stdout
    done = outside("import", book, tmp_path / "back")
    assert (done.returncode, done.stderr) == (0, "")
    assert read_plan(tmp_path / "back").fingerprint == print_of
    assert inside("diff", book, plan).stdout == "no difference: the two plans say the same\n"


def test_export_does_not_overwrite_unless_told(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    assert inside("export", plan, book).returncode == 0
    before = book.stat().st_mtime_ns
    done = inside("export", plan, book)
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert book.stat().st_mtime_ns == before
    assert inside("export", plan, book, "--force").returncode == 0


def test_import_does_not_undo_what_changed_since(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    inside("export", plan, book)
    budgets = plan / "budgets.csv"
    budgets.write_text(budgets.read_text().replace("4000000", "4100000"))
    now = read_plan(plan).fingerprint
    done = inside("import", book, plan)
    assert done.returncode == 3
    assert "has changed since" in done.stderr
    assert read_plan(plan).fingerprint == now
    assert inside("import", book, plan, "--force").returncode == 0
    assert read_plan(plan).fingerprint != now


def test_a_workbook_of_another_place_is_told_by_both_names(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    inside("export", plan, book)
    heading = plan / "plan.toml"
    heading.write_text(heading.read_text().replace("Tiny plan", "Elsewhere"))
    done = inside("import", book, plan)
    assert done.returncode == 3
    assert "This workbook is “Tiny plan”" in done.stderr
    assert "“Elsewhere”" in done.stderr
    assert "--force" not in done.stderr
    assert "“Elsewhere”" in inside("merge", plan, book).stderr


def test_workbooks_are_merged_in_place_one_after_the_other(plan: Path, tmp_path: Path) -> None:
    books = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for book in books:
        inside("export", plan, book, "--organisation", "council")
    assert inside("merge", plan, changed(plan, tmp_path / "first.xlsx", 4_200_000)).returncode == 0
    for book in books:
        done = inside("merge", plan, book)
        assert (done.returncode, done.stderr) == (0, "")
    assert any(row.amount == 4_200_000 for row in read_plan(plan).budgets)


def test_import_leaves_a_folder_of_other_things_alone(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    inside("export", plan, book)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("dear")
    assert inside("import", book, tmp_path / "papers").returncode == 3
    assert [each.name for each in (tmp_path / "papers").iterdir()] == ["letter.txt"]


def test_merge_says_what_changed_and_writes_it(plan: Path, tmp_path: Path) -> None:
    file = changed(plan, tmp_path / "council.xlsx", 4_200_000)
    done = outside("merge", plan, file)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("budgets.csv, council_tax, amount: 4000000 → 4200000\n")
    assert any(row.amount == 4_200_000 for row in read_plan(plan).budgets)


def test_what_stands_beside_a_plan_comes_along_and_an_imported_one_says_its_licences(
    plan: Path, tmp_path: Path
) -> None:
    (plan / "README.md").write_text("Open Government Licence")
    inside("merge", plan, changed(plan, tmp_path / "c.xlsx", 1e6), "--out", tmp_path / "merged")
    assert (tmp_path / "merged" / "README.md").read_text() == "Open Government Licence"
    inside("export", "norfolk_and_waveney", tmp_path / "plan.xlsx")
    inside("import", tmp_path / "plan.xlsx", tmp_path / "new")
    assert "Open Government Licence v3.0" in (tmp_path / "new" / "README.md").read_text(encoding="utf-8")


def test_a_conflict_ends_with_two_and_changes_nothing(plan: Path, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in plan.iterdir()}
    files = [changed(plan, tmp_path / f"{n}.xlsx", n * 1e6) for n in (5, 6)]
    done = inside("merge", plan, *files)
    assert done.returncode == 2
    assert (
        "6.xlsx, sheet budgets, F2, amount\n  found     6000000; 5.xlsx, sheet budgets, F2 says 5000000" in done.stderr
    )
    assert {file.name: file.read_bytes() for file in plan.iterdir()} == before


def test_each_verb_gives_one_json_document(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    exported = json.loads(inside("export", plan, book, "--json").stdout)
    imported = json.loads(inside("import", book, tmp_path / "back", "--json").stdout)
    merged = json.loads(inside("merge", plan, book, "--json").stdout)
    assert [each["kind"] for each in (exported, imported, merged)] == ["export", "import", "merge"]
    assert len({each["fingerprint"] for each in (exported, imported, merged)}) == 1
    shutil.copy(plan / "plan.toml", tmp_path / "not.xlsx")
    refused = json.loads(inside("check", tmp_path / "not.xlsx", "--json").stdout)
    assert refused["problems"][0]["file"] == "not.xlsx"


def test_a_part_is_exported_by_the_name_of_its_organisation(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "council.xlsx"
    done = inside("export", plan, book, "--organisation", "Tinyshire Council")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{book}: the part of Tinyshire Council (council), Tiny plan\n")
    assert f"To take it back: tripleaim merge {plan} {book}" in done.stdout
    assert (
        json.loads(inside("export", plan, book, "--organisation", "Tinyshire Council", "--force", "--json").stdout)[
            "organisation"
        ]
        == "council"
    )


def test_the_way_back_can_be_copied_as_it_stands_also_from_a_name_with_spaces(plan: Path, tmp_path: Path) -> None:
    done = inside("export", plan, tmp_path / "our part.xlsx", "--organisation", "hospital")
    assert shlex.split(done.stdout.splitlines()[-1])[-2:] == [str(plan), str(tmp_path / "our part.xlsx")]


def test_everything_wrong_with_an_export_is_told_at_once(plan: Path, tmp_path: Path) -> None:
    done = inside("export", plan, tmp_path / "council.xls", "--organisation", "Tinyshire Counsil")
    assert done.returncode == 2
    assert done.stderr.startswith("2 problems to put right")
    assert "did you mean council (Tinyshire Council)?" in done.stderr
    budgets = plan / "budgets.csv"
    budgets.write_text(budgets.read_text().replace("4000000", "4 million"))
    (tmp_path / "council.xlsx").write_text("a letter")
    done = inside("export", plan, tmp_path / "council.xlsx")
    assert done.returncode == 2
    assert "budgets.csv, row 6, amount" in done.stderr
    assert "--force" in done.stderr
    assert (tmp_path / "council.xlsx").read_text() == "a letter"


def test_a_plan_kept_as_a_workbook_takes_what_others_changed(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    inside("export", plan, book)
    done = inside("merge", book, changed(plan, tmp_path / "council.xlsx", 4_200_000))
    assert (done.returncode, done.stderr) == (0, "")
    assert any(row.amount == 4_200_000 for row in read_plan(book).budgets)


def test_a_merged_plan_is_never_written_over_another(plan: Path, tmp_path: Path) -> None:
    file = changed(plan, tmp_path / "council.xlsx", 4_200_000)
    other = write_tiny(tmp_path / "other", {"notes.txt": "ours"})
    book = tmp_path / "other.xlsx"
    book.write_text("a letter")
    for out in (other, book):
        done = inside("merge", plan, file, "--out", out)
        assert done.returncode == 3
        assert "Name a new or empty folder" in done.stderr
    assert read_plan(other) == read_plan(plan)
    assert book.read_text() == "a letter"


def test_a_changed_key_is_told_also_when_nothing_is_merged(plan: Path, tmp_path: Path) -> None:
    read = read_plan(plan)
    sheets = sheets_of(read, "hospital")
    sheets["schemes"][1][0] = "home_second"
    done = inside(
        "merge", plan, save(tmp_path / "h.xlsx", sheets, fingerprint=read.fingerprint, organisation="hospital")
    )
    assert done.returncode == 2
    assert "a new one says the same under another key: home_second." in done.stderr
    assert "home_first" in done.stderr.split("to put right")[1]


def test_a_plan_is_not_imported_into_a_workbook(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    inside("export", plan, book)
    done = inside("import", book, tmp_path / "new.xlsx")
    assert done.returncode == 3
    assert "Name a folder" in done.stderr
    assert not (tmp_path / "new.xlsx").exists()
