"""A plan edited cell by cell: the same reading and the same refusals as files, and the edits between any two plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loading.plans import PLACES, added, cell, edits, heading, plans, removed
from loading.tiny import TINY, write_tiny
from tripleaim.errors import PlanProblems
from tripleaim.loading import differences, read_plan
from tripleaim.loading.editing import Change, changes_between, edited
from tripleaim.loading.row_problems import RowProblem
from tripleaim.plan import Plan

SLOW = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return read_plan(write_tiny(tmp_path_factory.mktemp("tiny") / "tiny"))


def told(old: Plan, new: Plan) -> list[str]:
    return [str(each) for each in differences(old, new)]


def refused(plan: Plan, *changes: Change) -> list[RowProblem]:
    with pytest.raises(PlanProblems) as caught:
        edited(plan, changes)
    problems = [each for each in caught.value.problems if isinstance(each, RowProblem)]
    assert len(problems) == len(caught.value.problems)
    return problems


# --- what is taken ---


def test_a_cell_a_range_and_the_heading_are_what_was_typed(tiny: Plan) -> None:
    new = edited(
        tiny,
        [
            *cell("activity", "home_care", baseline="95000"),
            *cell("activity", "casualty", growth="0.02", growth_low="0.01", growth_high="0.03"),
            *cell("indicators", "waiting", higher_is_better="yes"),
            *heading(version="2", years="2", invented="no", not_known="Prescribing.\r\n\r\nDentists.", status="agreed"),
        ],
    )
    assert told(tiny, new) == [
        "plan.toml, version: 1 → 2",
        "plan.toml, status: draft → agreed",
        "plan.toml, invented: yes → no",
        "plan.toml, not_known: Specialised care, prescribing and everything else: this is a test. "
        "→ Prescribing.;Dentists.",
        "activity.csv, casualty, growth: 0.01 → 0.02 (0.01 to 0.03)",
        "activity.csv, home_care, baseline: 90000 → 95000",
        "indicators.csv, waiting, higher_is_better: no → yes",
    ]
    assert new.heading.not_known == ("Prescribing.", "Dentists.")


def test_rows_are_added_and_taken_out(tiny: Plan) -> None:
    new = edited(
        tiny,
        [
            *added("sources", "survey", kind="judged", title="Our survey"),
            *removed("planned_units", "emergency", "2016/17"),
            *removed("stated", "gap"),
        ],
    )
    assert told(tiny, new) == [
        "sources.csv, survey: added",
        "planned_units.csv, emergency, 2016/17: removed",
        "stated.csv, gap: removed",
    ]


def test_a_row_may_be_given_another_key(tiny: Plan) -> None:
    new = edited(tiny, cell("promises", "old", key="falls"))
    assert [promise.key for promise in new.promises] == ["falls"]


def test_an_emptied_cell_takes_what_an_empty_cell_means(tiny: Plan) -> None:
    new = edited(tiny, [*cell("organisations", "council", accounts=""), *heading(invented="", summary="")])
    assert next(each for each in new.organisations if each.key == "council").accounts is True
    assert new.heading.invented is False


def test_of_two_changes_of_a_cell_the_later_holds(tiny: Plan) -> None:
    new = edited(tiny, [*heading(version="2"), *heading(version="3")])
    assert new.heading.version == "3"


def test_no_changes_are_the_same_plan(tiny: Plan) -> None:
    assert edited(tiny, []).fingerprint == tiny.fingerprint
    assert changes_between(tiny, tiny) == ()


# --- what is refused ---


def test_a_problem_says_table_row_and_field(tiny: Plan) -> None:
    [problem] = refused(tiny, *cell("activity", "emergency", growth="2%"))
    assert (problem.table, problem.key, problem.field) == ("activity", ("emergency",), "growth")
    assert str(problem) == (
        "table activity, emergency, growth\n"
        "  found     2%\n"
        "  expected  a number from -0.25 to 0.25 (fraction a year)\n"
        "  to fix    write 0.02 if you mean 2%"
    )


def test_what_does_not_hold_between_tables_is_told_by_row_too(tiny: Plan) -> None:
    problems = refused(tiny, *cell("allocations", "east_ccg", "2016/17", "core", source="gess"))
    [problem] = [each for each in problems if each.field == "source"]
    assert (problem.table, problem.key, problem.found) == ("allocations", ("east_ccg", "2016/17", "core"), "gess")
    assert "table sources" in problem.expected
    assert "guess" in problem.to_fix
    assert problem.row is None


def test_every_problem_is_told_at_once(tiny: Plan) -> None:
    problems = refused(
        tiny,
        *heading(years="five"),
        *cell("activity", "nowhere", baseline="1"),
        *cell("activity", "emergency", baselin="1"),
        *cell("capacity", "wards", open_beds="many"),
        *added("sources", "guess", title="Again"),
    )
    assert [(each.table, each.key, each.field) for each in problems] == [
        ("", (), "years"),
        ("sources", ("guess",), None),
        ("activity", ("emergency",), "baselin"),
        ("activity", ("nowhere",), "baseline"),
        ("capacity", ("wards",), "open_beds"),
    ]
    assert all(each.found and each.expected and each.to_fix for each in problems)


@pytest.mark.parametrize(
    ("changes", "where", "found"),
    [
        (removed("stated", "nothing"), "table stated, nothing", "no such row"),
        (removed("planned_units", "emergency"), "table planned_units, emergency", "a key of 1 parts"),
        (cell("actvity", "emergency", growth="0"), "actvity", "no such table"),
        (heading(versoin="2"), "the heading of the plan, versoin", "unknown field"),
        (heading(name=""), "the heading of the plan, name", "an empty text"),
        (heading(years=""), "the heading of the plan, years", "nothing"),
        (heading(invented="true"), "the heading of the plan, invented", "true"),
        (heading(format="99"), "the heading of the plan, format", "99"),
        (added("sources", "survey"), "table sources, survey, title", "an empty cell"),
        (added("sources", "A Survey", kind="judged", title="x"), "table sources, A Survey, key", "A Survey"),
        (cell("promises", "old", name="=1+1"), "table promises, old, name", "=1+1"),
        (cell("promises", "old", name="x" * 10_001), "table promises, old", "too long"),
        ([*removed("sources", "guess"), *removed("sources", "census")], "table sources", "no rows"),
        ([*removed("stated", "gap"), *cell("stated", "gap", amount="1")], "table stated, gap, amount", "no such row"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(tiny: Plan, changes: list[Change], where: str, found: str) -> None:
    problems = refused(tiny, *changes)
    assert any(each.where == where and found in each.found for each in problems), "\n\n".join(map(str, problems))


def test_two_rows_never_get_one_key(tiny: Plan) -> None:
    problems = refused(tiny, *cell("organisations", "west_ccg", key="east_ccg"))
    assert any("east_ccg" in each.found and each.expected == "each key once" for each in problems)


def test_an_edit_is_refused_in_the_words_a_file_is_refused_in(tiny: Plan, tmp_path: Path) -> None:
    text = TINY["capacity.csv"].replace(",84,", ",eighty,")
    with pytest.raises(PlanProblems) as by_file:
        read_plan(write_tiny(tmp_path / "bad", {"capacity.csv": text}))
    [of_file] = by_file.value.problems
    [of_edit] = refused(tiny, *cell("capacity", "wards", open_beds="eighty"))
    assert (of_edit.found, of_edit.expected, of_edit.to_fix) == (of_file.found, of_file.expected, of_file.to_fix)


# --- the changes between two plans ---


def test_the_changes_between_two_plans_are_those_that_were_made(tiny: Plan) -> None:
    made = [
        *heading(version="2"),
        *removed("stated", "gap"),
        *cell("activity", "emergency", growth_high="0.04"),
        *added("promises", "new", name="Fewer falls", family="prevention", year="2015/16"),
        *cell("promises", "new", promised="10", delivered="4", unit="falls a year", source="guess"),
    ]
    between = changes_between(tiny, edited(tiny, made))
    assert set(between) == set(made)
    assert [change.table for change in between] == ["", "activity", *["promises"] * 8, "stated"]


def test_a_list_whose_items_are_no_lines_is_kept_exactly(tiny: Plan) -> None:
    odd = '["One\\nover two lines", " space", "[bracket"]'
    new = edited(tiny, heading(not_known=odd))
    assert new.heading.not_known == ("One\nover two lines", " space", "[bracket")
    assert edited(tiny, changes_between(tiny, new)).fingerprint == new.fingerprint
    assert changes_between(tiny, new) == tuple(heading(not_known=odd))


@pytest.mark.slow
@SLOW
@given(one=plans(), other=plans())
def test_the_changes_between_any_two_plans_make_one_of_the_other(one: Plan, other: Plan) -> None:
    assert edited(one, changes_between(one, other)).fingerprint == other.fingerprint


@pytest.mark.slow
@SLOW
@given(data=st.data(), plan=plans())
def test_the_changes_of_an_edit_make_it_again_and_undo_it(data: st.DataObject, plan: Plan) -> None:
    new = data.draw(edits(plan))
    assert edited(plan, changes_between(plan, new)).fingerprint == new.fingerprint
    assert edited(new, changes_between(new, plan)).fingerprint == plan.fingerprint


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_worked_plan_is_edited_as_it_is_read(place: Path) -> None:
    plan = read_plan(place)
    new = edited(plan, [*heading(version="next"), *removed("stated", plan.stated[0].key)])
    assert len(changes_between(plan, new)) == 2
    assert edited(new, changes_between(new, plan)).fingerprint == plan.fingerprint
