"""A workbook takes the place of another only if it gives its plan back, and nobody's work is lost by it."""

from __future__ import annotations

import math
import os
import signal
import stat
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from commands import at_once, inside
from loading.tiny import TINY, write_tiny
from loading.workbook.made import a_formula, save, sheets_of
from tripleaim.errors import Impossible, PlanProblems
from tripleaim.loading import differences, merge_workbooks, read_plan, write_workbook
from tripleaim.loading.scratch import in_turn
from tripleaim.plan import Plan
from tripleaim.plan.scheme import Scheme

TRIES = 6


@pytest.fixture
def tiny(tmp_path: Path) -> Plan:
    return read_plan(write_tiny(tmp_path / "tiny"))


@pytest.fixture
def other(tmp_path: Path) -> Plan:
    return read_plan(write_tiny(tmp_path / "other", {"plan.toml": TINY["plan.toml"].replace("Tiny plan", "Other")}))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of its own, so that whatever is left behind is seen."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def with_scheme(plan: Plan, **values: Any) -> Plan:
    first, *others = plan.schemes
    changed = Scheme(**{**{name: getattr(first, name) for name in type(first).model_fields}, **values})
    values = {name: getattr(plan, name) for name in type(plan).model_fields}
    return Plan(**{**values, "schemes": (changed, *others)})


def refused(plan: Plan, file: Path, **how: Any) -> str:
    """What is said when a workbook is not written; the file is then as it was, and nothing lies beside it."""
    before = file.read_bytes() if file.exists() else None
    names = sorted(each.name for each in file.parent.iterdir())
    with pytest.raises(PlanProblems) as caught:
        write_workbook(plan, file, **how)
    assert (file.read_bytes() if file.exists() else None) == before
    assert sorted(each.name for each in file.parent.iterdir()) == names
    return str(caught.value)


# --- what could not be read again ---


@pytest.mark.parametrize(
    "values",
    [{"name": "a\x00b"}, {"name": "half \ud800"}, {"partners": ("a;b",)}, {"owner": "=1+1"}, {"decay": 7.0}],
    ids=["a nought", "half a character", "a list that falls apart", "a formula", "a number out of bounds"],
)
@pytest.mark.parametrize("organisation", ["", "hospital"], ids=["whole", "part"])
def test_what_its_workbook_could_not_give_back_never_replaces_the_old_one(
    tiny: Plan, place: Path, values: dict[str, Any], organisation: str
) -> None:
    file = write_workbook(tiny, place / "plan.xlsx")
    before = file.read_bytes()
    with pytest.raises(Impossible, match="not written"):
        write_workbook(with_scheme(tiny, **values), file, replace=True, organisation=organisation)
    assert file.read_bytes() == before
    assert [each.name for each in place.iterdir()] == ["plan.xlsx"]


def test_a_plan_made_in_code_is_written_with_as_many_digits_as_a_plan_keeps(tiny: Plan, place: Path) -> None:
    budgets = tuple(type(each)(**{**dict(each), "amount": math.nextafter(each.amount, 0)}) for each in tiny.budgets)
    values = {name: getattr(tiny, name) for name in type(tiny).model_fields}
    plan = Plan(**{**values, "budgets": budgets})
    assert plan.budgets != tiny.budgets
    assert plan.fingerprint == tiny.fingerprint
    assert read_plan(write_workbook(plan, place / "plan.xlsx")) == tiny
    part = write_workbook(plan, place / "part.xlsx", organisation="council")
    assert merge_workbooks(tiny, [part]) == tiny


def test_a_workbook_keeps_who_may_read_it(tiny: Plan, other: Plan, place: Path) -> None:
    file = write_workbook(tiny, place / "plan.xlsx")
    file.chmod(0o600)
    write_workbook(other, file, replace=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make links")
def test_a_link_to_a_workbook_stays_a_link(tiny: Plan, other: Plan, place: Path) -> None:
    file = write_workbook(tiny, place / "plan.xlsx")
    (place / "link.xlsx").symlink_to(file)
    write_workbook(other, place / "link.xlsx", replace=True)
    assert (place / "link.xlsx").is_symlink()
    assert read_plan(file) == other


# --- a second writer ---


def test_a_workbook_changed_since_it_was_read_is_left_as_it_is(tiny: Plan, other: Plan, place: Path) -> None:
    file = write_workbook(other, place / "plan.xlsx")
    said = refused(tiny, file, expected=tiny.fingerprint)
    assert "somebody changed plan.xlsx while this was worked out" in said
    assert "run the command again" in said
    file.write_text("no workbook any more")
    assert "somebody changed" in refused(tiny, file, expected=tiny.fingerprint)
    file.unlink()
    assert "somebody changed" in refused(tiny, file, expected=tiny.fingerprint)


def test_a_workbook_that_is_as_it_was_read_is_replaced(tiny: Plan, other: Plan, place: Path) -> None:
    file = write_workbook(tiny, place / "plan.xlsx")
    write_workbook(other, file, expected=tiny.fingerprint)
    assert read_plan(file) == other
    assert [each.name for each in place.iterdir()] == ["plan.xlsx"]


def test_sheets_and_formulas_of_somebodys_own_are_not_written_over(tiny: Plan, other: Plan, place: Path) -> None:
    sheets = {**sheets_of(tiny), "Notes": [["what we talked about"]]}
    column = sheets["budgets"][0].index("amount")
    sheets["budgets"][1][column] = a_formula("=2*2", sheets["budgets"][1][column])
    said = refused(other, save(place / "plan.xlsx", sheets), expected=tiny.fingerprint)
    assert "sheet Notes, a formula in sheet budgets, F2, which a plan does not keep" in said
    assert "--out" in said


@pytest.mark.parametrize("mark", ["~$plan.xlsx", ".~lock.plan.xlsx#"], ids=["Excel", "LibreOffice"])
def test_a_workbook_somebody_has_open_is_not_written_over(tiny: Plan, other: Plan, place: Path, mark: str) -> None:
    file = write_workbook(tiny, place / "plan.xlsx")
    (place / mark).write_text("somebody")
    assert f"somebody has it open in Excel or LibreOffice ({mark} is beside it)" in refused(other, file, replace=True)
    write_workbook(other, place / "another.xlsx")


def sent_back(plan: Plan, organisation: str, file: Path, budget: str, amount: float) -> Path:
    sheets = sheets_of(plan, organisation)
    column = sheets["budgets"][0].index("amount")
    next(row for row in sheets["budgets"] if row[0] == budget)[column] = amount
    return save(file, sheets, fingerprint=plan.fingerprint, organisation=organisation)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_of_two_merges_into_one_workbook_at_once_none_is_lost_without_a_word(tiny: Plan, tmp_path: Path) -> None:
    files = [
        sent_back(tiny, "council", tmp_path / "c.xlsx", "council_tax", 4_200_000),
        sent_back(tiny, "hospital", tmp_path / "h.xlsx", "hospital_pay", 14_100_000),
    ]
    wanted = [differences(tiny, merge_workbooks(tiny, [file])) for file in files]
    for number in range(TRIES):
        place = tmp_path / str(number)
        place.mkdir()
        plan = write_workbook(tiny, place / "plan.xlsx")
        ended = at_once(*(partial(inside, "merge", plan, file) for file in files))
        said, codes = [each.stderr for each in ended], [each.returncode for each in ended]
        assert codes in ([0, 0], [0, 2], [2, 0]), said
        written = [each for found, code in zip(wanted, codes, strict=True) if code == 0 for each in found]
        assert set(differences(tiny, read_plan(plan))) == set(written)
        assert all("somebody changed plan.xlsx" in words for words, code in zip(said, codes, strict=True) if code)
        assert [each.name for each in place.iterdir()] == ["plan.xlsx"]
        if 2 in codes:
            return
    pytest.fail("they never met")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_writer_killed_while_it_is_its_turn_holds_nobody_up(tiny: Plan, other: Plan, place: Path) -> None:
    """One is killed after it looked at the workbook and before it replaces it; the next one comes straight after."""
    file = write_workbook(tiny, place / "plan.xlsx")
    if not (child := os.fork()):
        with in_turn(file):
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert len(list(place.iterdir())) == 2, "its lock file should still be there"
    assert read_plan(file) == tiny
    write_workbook(other, file, expected=tiny.fingerprint)
    assert read_plan(file) == other
    assert [each.name for each in place.iterdir()] == ["plan.xlsx"]


# --- whose part it is ---


@pytest.mark.parametrize("asked", ["council", "Tinyshire Council", " tinyshire  COUNCIL "])
def test_an_organisation_is_meant_by_its_key_or_its_name(tiny: Plan, place: Path, asked: str) -> None:
    file = write_workbook(tiny, place / "plan.xlsx", organisation=asked)
    assert file.read_bytes() == write_workbook(tiny, place / "key.xlsx", organisation="council").read_bytes()


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("counsil", "did you mean council (Tinyshire Council)?"),
        ("Tinyshire Counsil", "did you mean council (Tinyshire Council)?"),
        ("tiny", "did you mean council (Tinyshire Council) or hospital (Tiny Hospital)?"),
        ("zebra", "name one of council, east_ccg, hospital, west_ccg"),
    ],
)
def test_an_organisation_the_plan_does_not_have_is_told_the_near_ones(
    tiny: Plan, place: Path, asked: str, offered: str
) -> None:
    assert offered in refused(tiny, place / "plan.xlsx", organisation=asked)


def test_a_name_that_two_organisations_bear_needs_the_key(tmp_path: Path, place: Path) -> None:
    twice = TINY["organisations.csv"].replace("West commissioner", "East commissioner")
    plan = read_plan(write_tiny(tmp_path / "twice", {"organisations.csv": twice}))
    said = refused(plan, place / "plan.xlsx", organisation="East commissioner")
    assert "the name of 2 organisations" in said
    assert "name one by its key: east_ccg, west_ccg" in said


def test_a_bad_organisation_and_a_file_in_the_way_are_told_together(tiny: Plan, place: Path) -> None:
    (place / "plan.xlsx").write_text("a letter")
    said = refused(tiny, place / "plan.xlsx", organisation="counsil")
    assert said.startswith("2 problems to put right")
