"""A place's own tests are refused where they could not be tried, with every problem at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from loading.tiny import write_tiny
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import read_plan

TESTS = "key,name,sentence,judged,rule,allowed,source\n"
CHANGES = "test,order,table,rows,where,field,operation,amount,source\n"


def problems(folder: Path, changes: str, tests: str = "less,Less,Less.,,,,guess\n") -> list[Problem]:
    write_tiny(folder, {"own_tests.csv": TESTS + tests, "own_test_changes.csv": CHANGES + changes})
    try:
        read_plan(folder)
    except PlanProblems as found:
        return list(found.problems)
    return []


SOUND = [
    "less,1,budgets,*,side=income,amount,multiply,0.9,guess\n",
    "less,1,indices,pay/2016-17,,change,add,0.01,guess\n",
    "less,1,allocations,*,organisation.role=commissioner; kind!=core,amount,set,0,guess\n",
    "less,1,schemes,*,,,shift,-12,guess\n",
    "less,1,schemes,home_first,,,remove,,guess\n",
    "less,1,organisations,*,,,leave,,guess\n",
    "less,1,effects,*,,,reference_class,,guess\n",
    "less,1,assumptions,all_fidelity,,value,set,0.5,guess\n",
]


@pytest.mark.parametrize("change", SOUND)
def test_a_test_that_can_be_tried_is_taken(tmp_path: Path, change: str) -> None:
    assert problems(tmp_path / "plan", change) == []


WRONG = [
    ("budgets,*,,amuont,add,1", "field", "write amount"),
    ("budgets,*,,name,add,1", "field", "a number of budgets.csv"),
    ("budgets,*,,amount,add,", "amount", "for the operation add"),
    ("budgets,*,,amount,multiply,-2", "amount", "0 or more"),
    ("budgets,hospital_pya,,amount,add,1", "rows", "write hospital_pay"),
    ("budgets,*,side=nothing,amount,add,1", "rows", "correct the pattern or the conditions"),
    ("budgets,*,sied=income,amount,add,1", "where", "write side"),
    ("budgets,*,income,amount,add,1", "where", "conditions such as kind=capital"),
    ("budgets,*,organisation.rol=council,amount,add,1", "where", "write role"),
    ("budgets,*,side.role=council,amount,add,1", "where", "write side alone"),
    ("budget,*,,amount,add,1", "table", "write budgets"),
    ("schemes,*,,,shift,1.5", "amount", "whole months"),
    ("schemes,*,,start,shift,12", "field", "empty the cell"),
    ("costs,*,,,shift,12", "table", "write schemes"),
    ("activity,*,,,remove,", "table", "a table that no other names"),
    ("schemes,*,,,remove,3", "amount", "empty the cell"),
    ("schemes,*,,,leave,", "table", "write organisations"),
]


@pytest.mark.parametrize(("change", "field", "says"), WRONG)
def test_a_change_that_cannot_be_made_is_told(tmp_path: Path, change: str, field: str, says: str) -> None:
    (found,) = problems(tmp_path / "plan", f"less,1,{change},guess\n")
    assert (found.file, found.row, found.field) == ("own_test_changes.csv", 2, field)
    assert says in f"{found.expected} {found.to_fix}"


def test_a_test_in_which_organisations_leave_makes_no_other_change(tmp_path: Path) -> None:
    both = "less,1,organisations,*,,,leave,,guess\nless,2,budgets,*,,amount,multiply,0.9,guess\n"
    (found,) = problems(tmp_path / "plan", both)
    assert (found.row, found.field, found.to_fix) == (2, "operation", "make two tests of it")


def test_every_problem_of_the_tests_is_told_at_once(tmp_path: Path) -> None:
    tests = (
        "less,Less,Less.,,,,guess\nidle,Idle,Nothing.,,,,guess\n"
        "poor,Poor,Poor.,,loses_at_most,,guess\nbig,Big,Big.,,holds,10,guess\nmore,More,More.,,keeps,2,guess\n"
    )
    every = "".join(
        f"{key},1,budgets,*,,amount,multiply,0.9,guess\n" for key in ("less", "poor", "big", "more", "lost")
    )
    assert [(each.file, each.field, each.found) for each in problems(tmp_path / "plan", every, tests)] == [
        ("own_tests.csv", "key", "idle, which changes nothing"),
        ("own_tests.csv", "allowed", "an empty cell"),
        ("own_tests.csv", "allowed", "10"),
        ("own_tests.csv", "allowed", "2"),
        ("own_test_changes.csv", "test", "lost"),
    ]
