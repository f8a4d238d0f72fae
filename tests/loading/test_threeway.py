"""Two sides of one plan, merged: what both did is kept, what they dispute is told, and nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loading.plans import PLACES, added, cell, edits, heading, plans, removed
from loading.tiny import write_tiny
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import differences, read_plan
from tripleaim.loading.editing import Change, changes_between, edited
from tripleaim.loading.threeway import Choice, Conflict, Merged, Written, merged, settled
from tripleaim.plan import Plan
from tripleaim.quantities import Range

SLOW = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return read_plan(write_tiny(tmp_path_factory.mktemp("tiny") / "tiny"))


def promise(name: str, promised: str, **more: str) -> list[Change]:
    texts = {"family": "prevention", "year": "2015/16", "delivered": "4", "unit": "falls", "source": "guess"}
    return added("promises", "new", **{"name": name, "promised": promised, **texts, **more})


def of(plan: Plan, *sides: Iterable[Change]) -> tuple[Plan, Plan, Plan]:
    ours, theirs = (edited(plan, side) for side in sides)
    return plan, ours, theirs


def told(old: Plan, new: Plan | None) -> list[str]:
    assert new is not None
    return [str(each) for each in differences(old, new)]


def refused(base: Plan, ours: Plan, theirs: Plan, choices: dict[str, Choice]) -> tuple[Problem, ...]:
    with pytest.raises(PlanProblems) as caught:
        settled(base, ours, theirs, choices)
    return caught.value.problems


# --- small answers, worked out by hand ---


def test_what_one_side_alone_changed_is_kept(tiny: Plan) -> None:
    sides = of(
        tiny,
        [*cell("activity", "home_care", baseline="95000"), *removed("stated", "gap")],
        [*cell("activity", "home_care", name="Care in the home"), *promise("Fewer falls", "10"), *heading(version="2")],
    )
    found = merged(*sides)
    assert found.conflicts == found.problems == ()
    assert told(tiny, found.plan) == [
        "plan.toml, version: 1 → 2",
        "activity.csv, home_care, name: Care at home → Care in the home",
        "activity.csv, home_care, baseline: 90000 → 95000",
        "promises.csv, new: added",
        "stated.csv, gap: removed",
    ]
    assert [(each.table, each.field or each.kind) for each in found.taken.ours] == [
        ("activity", "baseline"),
        ("stated", "row removed"),
    ]
    assert {each.table for each in found.taken.theirs} == {"", "activity", "promises"}
    assert found.taken.both == ()


def test_what_both_did_alike_is_no_conflict(tiny: Plan) -> None:
    alike = [*cell("activity", "home_care", baseline="95000"), *promise("Fewer falls", "10"), *removed("stated", "gap")]
    found = merged(*of(tiny, alike, alike))
    assert found.plan is not None
    assert found.plan.fingerprint == edited(tiny, alike).fingerprint
    assert set(found.taken.both) == set(alike)
    assert found.taken.ours == found.taken.theirs == ()


def test_a_field_both_changed_differently_is_a_conflict(tiny: Plan) -> None:
    sides = of(tiny, cell("activity", "home_care", baseline="95000"), cell("activity", "home_care", baseline="96000"))
    found = merged(*sides)
    assert found.plan is None
    assert found.conflicts == (
        Conflict(table="activity", key=("home_care",), field="baseline", base="90000", ours="95000", theirs="96000"),
    )
    [conflict] = found.conflicts
    assert conflict.id == "activity/home_care/baseline"
    for choice, value in (("ours", 95_000), ("theirs", 96_000), (Written("95500"), 95_500)):
        plan = settled(*sides, {conflict.id: choice})  # type: ignore[dict-item]
        assert next(line for line in plan.activity if line.key == "home_care").baseline == value


def test_a_number_with_its_low_and_high_is_one_field(tiny: Plan) -> None:
    """Half of one side's range and half of the other's would be a range nobody meant."""
    sides = of(tiny, cell("activity", "emergency", growth="0.015"), cell("activity", "emergency", growth_high="0.04"))
    [conflict] = merged(*sides).conflicts
    assert (conflict.field, conflict.base, conflict.ours, conflict.theirs) == (
        "growth",
        "0.02 (0.01 to 0.03)",
        "0.015 (0.01 to 0.03)",
        "0.02 (0.01 to 0.04)",
    )
    plan = settled(*sides, {conflict.id: Written("0.018 (0.01 to 0.035)")})
    growth = next(line for line in plan.activity if line.key == "emergency").growth
    assert growth == Range(point=0.018, low=0.01, high=0.035)
    sure = settled(*sides, {conflict.id: Written("0.018")})
    growth = next(line for line in sure.activity if line.key == "emergency").growth
    assert growth == Range(point=0.018, low=0.018, high=0.018)


def test_the_heading_is_merged_field_by_field(tiny: Plan) -> None:
    sides = of(tiny, heading(version="2", summary="Ours", not_known="A.\nB."), heading(version="3", status="agreed"))
    found = merged(*sides)
    assert found.conflicts == (Conflict(table="", key=(), field="version", base="1", ours="2", theirs="3"),)
    plan = settled(*sides, {found.conflicts[0].id: "theirs"})
    assert (plan.heading.version, plan.heading.summary, plan.heading.status) == ("3", "Ours", "agreed")
    assert plan.heading.not_known == ("A.", "B.")


def test_a_row_taken_out_here_and_changed_there_is_a_conflict_about_the_row(tiny: Plan) -> None:
    sides = of(tiny, removed("promises", "old"), cell("promises", "old", name="Far fewer falls", delivered="50"))
    found = merged(*sides)
    assert found.plan is None
    [conflict] = found.conflicts
    assert (conflict.field, conflict.base, conflict.ours) == ("", "old", None)
    assert conflict.theirs == "name: Fewer falls → Far fewer falls; delivered: 40 → 50"
    assert settled(*sides, {conflict.id: "ours"}).promises == ()
    assert [each.delivered for each in settled(*sides, {conflict.id: "theirs"}).promises] == [50]
    [problem] = refused(*sides, {conflict.id: Written("40")})
    assert problem.where == "table promises, old"


def test_a_row_both_added_is_settled_field_by_field(tiny: Plan) -> None:
    sides = of(tiny, promise("Fewer falls", "10"), promise("Fewer falls", "20", delivered="5"))
    found = merged(*sides)
    assert [(each.field, each.base, each.ours, each.theirs) for each in found.conflicts] == [
        ("promised", None, "10", "20"),
        ("delivered", None, "4", "5"),
    ]
    assert "promises/new/promised" in {each.id for each in found.conflicts}
    plan = settled(*sides, {"promises/new/promised": "theirs", "promises/new/delivered": "ours"})
    new = next(each for each in plan.promises if each.key == "new")
    assert (new.name, new.promised, new.delivered) == ("Fewer falls", 20, 4)


def test_sides_that_hold_alone_and_not_together_are_told_by_row(tiny: Plan) -> None:
    sides = of(tiny, removed("least_volumes", "casualty"), removed("stated", "gap"))
    assert merged(*sides).plan is not None
    sides = of(tiny, removed("shapes", "effects/e_avoid/effect"), cell("stated", "gap", amount="1"))
    assert merged(*sides).plan is not None
    uses = added("sources", "survey", kind="judged", title="Our survey")
    base = edited(tiny, uses)
    sides = of(base, removed("sources", "survey"), cell("stated", "gap", source="survey"))
    found = merged(*sides)
    assert found.plan is None
    assert found.conflicts == ()
    assert [each.where for each in found.problems] == ["table stated, gap, source"]
    with pytest.raises(PlanProblems, match="survey"):
        settled(*sides, {})


def test_ids_of_odd_keys_are_never_alike(tiny: Plan) -> None:
    one = Conflict(table="actions", key=("a", "b/c"), field="owner", base="", ours="", theirs="")
    other = Conflict(table="actions", key=("a/b", "c"), field="owner", base="", ours="", theirs="")
    assert one.id != other.id
    assert one.id == "actions/a/b%2Fc/owner"


# --- choices ---


def test_every_conflict_needs_a_choice_and_every_choice_a_conflict(tiny: Plan) -> None:
    sides = of(tiny, heading(version="2"), heading(version="3"))
    problems = refused(*sides, {"activity/home_care/baseline": "ours"})
    assert [(each.where, each.found) for each in problems] == [
        ("the heading of the plan, version", "nothing chosen"),
        ("choices, activity/home_care/baseline", "a choice for what is not disputed any more"),
    ]
    assert refused(*sides, {"plan/version": "yours"})[0].found == "yours"  # type: ignore[dict-item]


def test_a_text_is_never_taken_for_a_side(tiny: Plan) -> None:
    sides = of(tiny, heading(version="2"), heading(version="3"))
    assert settled(*sides, {"plan/version": Written("ours")}).heading.version == "ours"


def test_what_is_written_is_read_as_any_cell(tiny: Plan) -> None:
    sides = of(tiny, cell("capacity", "wards", open_beds="80"), cell("capacity", "wards", open_beds="90"))
    [problem] = refused(*sides, {"capacity/wards/open_beds": Written("85 beds")})
    assert (problem.where, problem.found) == ("table capacity, wards, open_beds", "85 beds")


# --- what holds for any sides ---


def changes_of(base: Plan, side: Plan | None) -> set[Change]:
    assert side is not None
    return set(changes_between(base, side))


def is_disputed(change: Change, found: Merged) -> bool:
    """True where a conflict is about this change's field, or about its whole row."""
    for conflict in found.conflicts:
        if (conflict.table, conflict.key) == (change.table, change.key):
            names = (conflict.field, f"{conflict.field}_low", f"{conflict.field}_high")
            if conflict.field == "" or change.field in names:
                return True
    return False


@pytest.mark.slow
@SLOW
@given(data=st.data(), base=plans())
def test_merging_with_an_unchanged_side_gives_the_other(data: st.DataObject, base: Plan) -> None:
    side = data.draw(edits(base))
    for found in (merged(base, side, base), merged(base, base, side), merged(base, side, side)):
        assert found.plan is not None
        assert found.plan.fingerprint == side.fingerprint


@pytest.mark.slow
@SLOW
@given(data=st.data(), base=plans())
def test_no_change_of_either_side_is_ever_lost(data: st.DataObject, base: Plan) -> None:
    ours, theirs = data.draw(edits(base)), data.draw(edits(base))
    found = merged(base, ours, theirs)
    made = changes_of(base, ours) | changes_of(base, theirs)
    kept = set(found.taken.all)
    assert kept == {change for change in made if not is_disputed(change, found)}
    assert (found.plan is None) == bool(found.conflicts or found.problems)
    if found.plan is not None:
        assert changes_of(base, found.plan) == made


@pytest.mark.slow
@SLOW
@given(data=st.data(), base=plans())
def test_it_does_not_matter_who_is_called_ours(data: st.DataObject, base: Plan) -> None:
    one, other = data.draw(edits(base)), data.draw(edits(base))
    here, there = merged(base, one, other), merged(base, other, one)
    assert (here.plan and here.plan.fingerprint) == (there.plan and there.plan.fingerprint)
    assert {(each.id, each.ours, each.theirs) for each in here.conflicts} == {
        (each.id, each.theirs, each.ours) for each in there.conflicts
    }
    assert (set(here.taken.ours), set(here.taken.theirs)) == (set(there.taken.theirs), set(there.taken.ours))


@pytest.mark.slow
@SLOW
@given(data=st.data(), base=plans())
def test_settling_all_for_one_side_keeps_all_of_it_and_all_that_is_not_disputed(
    data: st.DataObject, base: Plan
) -> None:
    ours, theirs = data.draw(edits(base)), data.draw(edits(base))
    found = merged(base, ours, theirs)
    plan = settled(base, ours, theirs, {each.id: "ours" for each in found.conflicts})
    assert changes_of(base, plan) == changes_of(base, ours) | set(found.taken.all)


@pytest.mark.slow
@SLOW
@given(base=plans(), ours=plans(), theirs=plans())
def test_plans_that_have_nothing_in_common_are_merged_or_refused_whole(base: Plan, ours: Plan, theirs: Plan) -> None:
    found = merged(base, ours, theirs)
    made = changes_of(base, ours) | changes_of(base, theirs)
    assert all(change in found.taken.all or is_disputed(change, found) for change in made)
    assert (found.plan is None) == bool(found.conflicts or found.problems)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_two_edits_of_a_worked_plan_are_both_kept(place: Path) -> None:
    plan = read_plan(place)
    ours = edited(plan, heading(version="ours"))
    theirs = edited(plan, removed("stated", plan.stated[0].key))
    found = merged(plan, ours, theirs)
    assert found.plan is not None
    assert changes_of(plan, found.plan) == changes_of(plan, ours) | changes_of(plan, theirs)
