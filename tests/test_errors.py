"""A refusal helps whoever wrote the file, and the command line knows how to end."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from tripleaim.errors import Impossible, PlanProblems, Problem, TripleAimError

GROWTH = Problem(
    file="activity.csv",
    row=14,
    field="growth",
    found="12%",
    expected="a fraction a year between -0.25 and 0.25",
    to_fix="write 0.12 if you mean 12% a year",
)
MISSING = Problem(file="population.csv", found="no such file", expected="one row for each age band", to_fix="add it")


def test_a_problem_says_where_and_leaves_out_what_is_not_known() -> None:
    assert str(GROWTH).splitlines()[0] == "activity.csv, row 14, growth"
    assert str(MISSING).splitlines() == [
        "population.csv",
        "  found     no such file",
        "  expected  one row for each age band",
        "  to fix    add it",
    ]


def test_a_problem_cannot_be_changed_afterwards() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        GROWTH.row = 15  # type: ignore[misc]


def test_all_problems_are_told_at_once() -> None:
    told = str(PlanProblems([GROWTH, MISSING]))
    assert told.startswith("2 problems to put right\n\nactivity.csv, row 14, growth\n")
    assert str(MISSING) in told
    assert str(PlanProblems([MISSING])).startswith("1 problem to put right\n")


def test_problems_survive_the_way_from_another_process() -> None:
    assert pickle.loads(pickle.dumps(PlanProblems([GROWTH]))).problems == (GROWTH,)


def test_each_kind_of_error_ends_with_its_own_code() -> None:
    assert [kind.exit_code for kind in (TripleAimError, PlanProblems, Impossible)] == [1, 2, 3]
    assert issubclass(PlanProblems, TripleAimError)
    assert issubclass(Impossible, TripleAimError)
