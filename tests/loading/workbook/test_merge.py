"""Workbooks that come back are merged cell by cell; what two say differently is told, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from loading.tiny import TINY, write_tiny
from loading.workbook.made import Sheets, save, sheets_of
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import Remark, differences, merge_workbooks, read_plan, write_workbook
from tripleaim.loading.workbook.layout import AS_SENT, COVER
from tripleaim.loading.workbook.opened import opened
from tripleaim.plan import Plan

Edit = Callable[[Sheets], None]


@pytest.fixture
def tiny(tmp_path: Path) -> Plan:
    return read_plan(write_tiny(tmp_path / "tiny"))


def workbook(plan: Plan, path: Path, organisation: str, *edits: Edit) -> Path:
    """The part of a plan an organisation was sent, with its edits."""
    sheets = sheets_of(plan, organisation)
    for edit in edits:
        edit(sheets)
    return save(path, sheets, fingerprint=plan.fingerprint, organisation=organisation)


def cell(sheet: str, key: str, column: str, value: Any) -> Edit:
    """Write one cell of the row whose first cell is the key."""

    def edit(sheets: Sheets) -> None:
        row = next(cells for cells in sheets[sheet] if cells[0] == key)
        row[sheets[sheet][0].index(column)] = value

    return edit


def row(sheet: str, **values: Any) -> Edit:
    """Add a row at the end."""
    return lambda sheets: sheets[sheet].append([values.get(name) for name in sheets[sheet][0]])


def without(sheet: str, key: str) -> Edit:
    """Delete the row whose first cell is the key."""
    return lambda sheets: sheets.update({sheet: [cells for cells in sheets[sheet] if cells[0] != key]})


def told(old: Plan, new: Plan) -> list[str]:
    return [str(each) for each in differences(old, new)]


def refused(plan: Plan, *files: Path, base: Plan | None = None) -> tuple[Problem, ...]:
    with pytest.raises(PlanProblems) as caught:
        merge_workbooks(plan, files, base)
    return caught.value.problems


# --- what is taken ---


def test_a_part_holds_the_rows_of_its_organisation_and_no_others(tiny: Plan, tmp_path: Path) -> None:
    file = write_workbook(tiny, tmp_path / "council.xlsx", organisation="council")
    with opened(file) as book:
        keys = {name: [cells[0] for _, cells in sheet.rows()][4:] for name, sheet in book.sheets.items()}
    assert keys["organisations"] == ["council"]
    assert keys["activity"] == ["home_care"]
    assert keys["budgets"] == ["council_tax"]
    assert keys["schemes"] == []
    assert keys["costs"] == ["c_run"]
    assert keys["sources"] == []
    assert "places" not in keys
    assert "population" not in keys


def test_a_scheme_its_effects_and_actions_are_its_leads(tiny: Plan, tmp_path: Path) -> None:
    file = write_workbook(tiny, tmp_path / "hospital.xlsx", organisation="hospital")
    with opened(file) as book:
        keys = {name: [cells[0] for _, cells in sheet.rows()][4:] for name, sheet in book.sheets.items()}
    assert keys["schemes"] == ["home_first", "night_close"]
    assert len(keys["effects"]) == len(tiny.effects)
    assert keys["actions"] == ["home_first"]
    assert keys["planned_units"] == ["emergency"]


def test_an_organisation_the_plan_does_not_have_is_told_the_nearest(tiny: Plan, tmp_path: Path) -> None:
    with pytest.raises(PlanProblems, match=r"did you mean council \(Tinyshire Council\)\?"):
        write_workbook(tiny, tmp_path / "x.xlsx", organisation="counsil")


def test_workbooks_that_nobody_touched_change_nothing(tiny: Plan, tmp_path: Path) -> None:
    files = [write_workbook(tiny, tmp_path / f"{key}.xlsx", organisation=key) for key in ("council", "hospital")]
    whole = write_workbook(tiny, tmp_path / "whole.xlsx")
    assert merge_workbooks(tiny, [*files, whole]) == tiny


def test_cells_rows_and_deletions_of_several_are_all_taken(tiny: Plan, tmp_path: Path) -> None:
    new_source = row("sources", key="survey", kind="judged", title="Our survey")
    council = workbook(
        tiny,
        tmp_path / "council.xlsx",
        "council",
        cell("activity", "home_care", "baseline", 95000.0),
        new_source,
        row(
            "budgets",
            key="fees",
            organisation="council",
            name="Fees",
            side="income",
            pool="other",
            amount=1e6,
            growth=0.0,
            counterparty="outside:residents",
            source="survey",
        ),
    )
    hospital = workbook(
        tiny,
        tmp_path / "hospital.xlsx",
        "hospital",
        cell("activity", "emergency", "growth", 0.03),
        without("budgets", "hospital_training"),
    )
    merged = merge_workbooks(tiny, [council, hospital])
    assert told(tiny, merged) == [
        "sources.csv, survey: added",
        "activity.csv, emergency, growth: 0.02 (0.01 to 0.03) → 0.03 (0.01 to 0.03)",
        "activity.csv, home_care, baseline: 90000 → 95000",
        "budgets.csv, fees: added",
        "budgets.csv, hospital_training: removed",
    ]


def test_the_same_change_in_two_workbooks_is_no_conflict(tiny: Plan, tmp_path: Path) -> None:
    files = [
        workbook(tiny, tmp_path / f"{n}.xlsx", "council", cell("activity", "home_care", "baseline", 7.0))
        for n in range(2)
    ]
    assert merge_workbooks(tiny, files).activity[2].baseline == 7


def test_the_heading_comes_back_with_a_whole_workbook(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    next(line for line in sheets["plan"] if line[0] == "version")[1] = "2"
    merged = merge_workbooks(tiny, [save(tmp_path / "w.xlsx", sheets, fingerprint=tiny.fingerprint)])
    assert told(tiny, merged) == ["plan.toml, version: 1 → 2"]


def later(tmp_path: Path, text: str) -> Plan:
    """The tiny plan after somebody changed the baseline of care at home in the folder."""
    activity = TINY["activity.csv"].replace("90000,hour", text)
    return read_plan(write_tiny(tmp_path / "later", {"activity.csv": activity}))


def test_a_plan_that_moved_on_takes_what_it_did_not_change_itself(tiny: Plan, tmp_path: Path) -> None:
    now = later(tmp_path, "91000,hour")
    file = workbook(tiny, tmp_path / "c.xlsx", "council", cell("activity", "home_care", "unit_cost", 18.0))
    merged = merge_workbooks(now, [file], base=tiny)
    assert told(tiny, merged) == [
        "activity.csv, home_care, baseline: 90000 → 91000",
        "activity.csv, home_care, unit_cost: 17 → 18",
    ]


# --- what is not ---


def test_two_values_for_one_cell_are_told_with_both_cells_and_nothing_is_taken(tiny: Plan, tmp_path: Path) -> None:
    one = workbook(tiny, tmp_path / "one.xlsx", "council", cell("activity", "home_care", "baseline", 95000.0))
    sheets = sheets_of(tiny, "council")
    cell("activity", "home_care", "baseline", 96000.0)(sheets)
    sheets["activity"].insert(0, ["Ours"])
    two = save(tmp_path / "two.xlsx", sheets, fingerprint=tiny.fingerprint, organisation="council")
    (problem,) = refused(tiny, one, two)
    assert problem.where == "two.xlsx, sheet activity, G3, baseline"
    assert problem.found == "96000; one.xlsx, sheet activity, G2 says 95000"
    assert problem.expected == "one value (it was 90000 when the workbooks were made)"


def test_a_cell_the_plan_has_changed_since_is_a_conflict(tiny: Plan, tmp_path: Path) -> None:
    file = workbook(tiny, tmp_path / "c.xlsx", "council", cell("activity", "home_care", "baseline", 95000.0))
    (problem,) = refused(later(tmp_path, "91000,hour"), file, base=tiny)
    assert problem.found == "95000; the plan by now says 91000"


def test_a_row_deleted_by_one_and_changed_by_another_is_a_conflict(tiny: Plan, tmp_path: Path) -> None:
    one = workbook(tiny, tmp_path / "one.xlsx", "council", without("budgets", "council_tax"))
    two = workbook(tiny, tmp_path / "two.xlsx", "council", cell("budgets", "council_tax", "amount", 5e6))
    (problem,) = refused(tiny, one, two)
    assert problem.where == "two.xlsx, sheet budgets, F2, amount"
    assert problem.found == "changed; one.xlsx, sheet budgets deletes the row"


def test_a_new_row_added_twice_and_differently_is_a_conflict(tiny: Plan, tmp_path: Path) -> None:
    files = [
        workbook(tiny, tmp_path / f"{n}.xlsx", "council", row("sources", key="new", kind="judged", title=f"Title {n}"))
        for n in range(2)
    ]
    (problem,) = refused(tiny, *files)
    assert problem.where == "1.xlsx, sheet sources, A2, new"
    assert "adds differently" in problem.found


def test_rows_of_others_are_refused_by_their_cells(tiny: Plan, tmp_path: Path) -> None:
    file = workbook(
        tiny,
        tmp_path / "c.xlsx",
        "council",
        row("control_totals", organisation="hospital", year="2016/17", amount=5.0, source="guess"),
        row("sources", key="census", kind="judged", title="Another census"),
        cell("activity", "home_care", "provider", "hospital"),
    )
    problems = refused(tiny, file)
    assert {(each.where, each.found) for each in problems} == {
        ("c.xlsx, sheet control_totals, A2, organisation", "a row of hospital"),
        ("c.xlsx, sheet sources, A2, key", "one the plan has already"),
        ("c.xlsx, sheet activity, A2, key", "a row of hospital"),
    }


def test_a_workbook_that_does_not_say_what_it_was_sent_with_needs_the_plan_it_is_of(tiny: Plan, tmp_path: Path) -> None:
    file = workbook(later(tmp_path, "91000,hour"), tmp_path / "other.xlsx", "council")
    (problem,) = refused(tiny, file)
    assert problem.found.startswith("made from the plan ")
    assert "--base" in problem.to_fix


def test_a_sheet_that_is_gone_is_refused_not_taken_for_deleted_rows(tiny: Plan, tmp_path: Path) -> None:
    file = workbook(tiny, tmp_path / "c.xlsx", "council", lambda sheets: sheets.pop("budgets"))
    (problem,) = refused(tiny, file)
    assert (problem.where, problem.found) == ("c.xlsx, sheet budgets", "no such sheet")


def test_what_would_not_hold_together_is_refused(tiny: Plan, tmp_path: Path) -> None:
    file = workbook(tiny, tmp_path / "c.xlsx", "council", cell("budgets", "council_tax", "source", "nowhere"))
    assert any("nowhere" in each.found for each in refused(tiny, file))


def test_part_of_a_plan_is_not_taken_for_a_plan(tiny: Plan, tmp_path: Path) -> None:
    file = write_workbook(tiny, tmp_path / "c.xlsx", organisation="council")
    with pytest.raises(PlanProblems, match="tripleaim merge"):
        read_plan(file)


# --- keys that changed ---


def remarks(plan: Plan, *files: Path) -> list[tuple[str, str]]:
    """What is said beside a merge, whether anything is taken or not."""
    told: list[Remark] = []
    with suppress(PlanProblems):
        merge_workbooks(plan, files, told=told)
    return [(each.where, each.what) for each in told]


def test_a_row_that_seems_to_have_another_key_is_told(tiny: Plan, tmp_path: Path) -> None:
    file = workbook(tiny, tmp_path / "c.xlsx", "council", cell("costs", "c_run", "key", "c_running"))
    said = "The row c_run was taken out, and a new one says the same under another key: c_running."
    assert remarks(tiny, file) == [("c.xlsx, sheet costs", said)]


def test_a_row_with_another_key_and_other_values_is_a_new_row(tiny: Plan, tmp_path: Path) -> None:
    edits = (cell("costs", "c_run", "amount", 5.0), cell("costs", "c_run", "key", "c_running"))
    file = workbook(tiny, tmp_path / "c.xlsx", "council", *edits)
    assert told(tiny, merge_workbooks(tiny, [file])) == ["costs.csv, c_run: removed", "costs.csv, c_running: added"]
    assert remarks(tiny, file) == []


def test_where_several_new_rows_say_the_same_each_is_named(tiny: Plan, tmp_path: Path) -> None:
    again = dict(zip(*sheets_of(tiny, "council")["costs"][:2], strict=True))
    edits = (cell("costs", "c_run", "key", "one"), row("costs", **{**again, "key": "two"}))
    ((_, what),) = remarks(tiny, workbook(tiny, tmp_path / "c.xlsx", "council", *edits))
    assert what.endswith("under another key: one, two.")


def test_a_changed_key_is_told_also_where_it_is_in_conflict_or_breaks_the_plan(tiny: Plan, tmp_path: Path) -> None:
    one = workbook(tiny, tmp_path / "one.xlsx", "council", cell("budgets", "council_tax", "key", "tax"))
    two = workbook(tiny, tmp_path / "two.xlsx", "council", cell("budgets", "council_tax", "amount", 5e6))
    (problem,) = refused(tiny, one, two)
    assert problem.found == "changed; one.xlsx, sheet budgets deletes the row (or calls it tax)"
    assert len(remarks(tiny, one, two)) == 1
    three = workbook(tiny, tmp_path / "three.xlsx", "hospital", cell("schemes", "home_first", "key", "home_second"))
    assert refused(tiny, three)
    assert "under another key: home_second" in remarks(tiny, three)[0][1]


def test_an_organisation_the_plan_has_no_more_is_told_by_its_workbook(tiny: Plan, tmp_path: Path) -> None:
    file = save(tmp_path / "c.xlsx", sheets_of(tiny), fingerprint=tiny.fingerprint, organisation="counsil")
    (problem,) = refused(tiny, file)
    assert (problem.where, problem.found) == ("c.xlsx", "counsil: the plan has no such organisation")


# --- one after the other ---


def sent(plan: Plan, path: Path, organisation: str, *edits: Edit) -> Path:
    """A workbook as it is exported, with its edits in the sheets of the plan and what it was sent with beside them."""
    write_workbook(plan, path, organisation=organisation, replace=True)
    with opened(path, every_sheet=True) as book:
        sheets = {AS_SENT: [list(cells) for _, cells in book.sheets[AS_SENT.lower()].rows()]}
    edited = sheets_of(plan, organisation)
    for edit in edits:
        edit(edited)
    return save(path, edited | sheets, fingerprint=plan.fingerprint, organisation=organisation)


def test_workbooks_are_taken_one_after_the_other_as_well_as_all_at_once(tiny: Plan, tmp_path: Path) -> None:
    council = sent(tiny, tmp_path / "c.xlsx", "council", cell("budgets", "council_tax", "amount", 4_200_000))
    trust = sent(tiny, tmp_path / "t.xlsx", "hospital", cell("activity", "emergency", "growth", 0.03))
    assert differences(tiny, merge_workbooks(tiny, [council, trust]))
    for first, second in ((council, trust), (trust, council)):
        both = merge_workbooks(merge_workbooks(tiny, [first]), [second])
        assert both == merge_workbooks(tiny, [council, trust])


def test_whole_workbooks_are_taken_one_after_the_other(tiny: Plan, tmp_path: Path) -> None:
    one = sent(tiny, tmp_path / "1.xlsx", "", cell("budgets", "council_tax", "amount", 4_200_000))
    two = sent(tiny, tmp_path / "2.xlsx", "", cell("plan", "summary", "value", "In short"))
    now = merge_workbooks(merge_workbooks(tiny, [one]), [two])
    assert told(tiny, now) == [
        "plan.toml, summary: (empty) → In short",
        "budgets.csv, council_tax, amount: 4000000 → 4200000",
    ]


def test_a_cell_merged_before_is_a_conflict_with_what_it_was(tiny: Plan, tmp_path: Path) -> None:
    one = sent(tiny, tmp_path / "1.xlsx", "council", cell("budgets", "council_tax", "amount", 4_200_000))
    two = sent(tiny, tmp_path / "2.xlsx", "council", cell("budgets", "council_tax", "amount", 4_300_000))
    (problem,) = refused(merge_workbooks(tiny, [one]), two)
    assert problem.found == "4300000; the plan by now says 4200000"
    assert "it was 4000000" in problem.expected


def test_merging_the_same_workbook_again_changes_nothing(tiny: Plan, tmp_path: Path) -> None:
    file = sent(tiny, tmp_path / "c.xlsx", "council", without("costs", "c_run"))
    once = merge_workbooks(tiny, [file])
    assert once != tiny
    assert merge_workbooks(once, [file]) == once


def test_a_row_that_another_workbook_added_is_not_taken_out(tiny: Plan, tmp_path: Path) -> None:
    new = {**dict(zip(*sheets_of(tiny, "council")["costs"][:2], strict=True)), "key": "c_new"}
    one = sent(tiny, tmp_path / "1.xlsx", "council", row("costs", **new))
    two = sent(tiny, tmp_path / "2.xlsx", "council", cell("budgets", "council_tax", "amount", 4_300_000))
    both = merge_workbooks(merge_workbooks(tiny, [one]), [two])
    assert "c_new" in {cost.key for cost in both.costs}


def test_what_a_workbook_was_sent_with_may_not_be_changed(tiny: Plan, tmp_path: Path) -> None:
    file = sent(tiny, tmp_path / "c.xlsx", "council", cell("budgets", "council_tax", "amount", 4_300_000))
    with opened(file, every_sheet=True) as book:
        sheets: Sheets = {each.name: [list(cells) for _, cells in each.rows()] for each in book.sheets.values()}
    sheets.pop(COVER)
    sheets[AS_SENT][-1][-1] += "x"
    save(file, sheets, fingerprint=tiny.fingerprint, organisation="council")
    (problem,) = refused(later(tmp_path, "91000,hour"), file)
    assert problem.where == "c.xlsx, sheet As sent"


def test_a_workbook_of_another_place_is_told_by_name(tiny: Plan, tmp_path: Path) -> None:
    other = Plan(**{**dict(tiny), "heading": tiny.heading.model_copy(update={"name": "Elsewhere"})})
    (problem,) = refused(tiny, write_workbook(other, tmp_path / "other.xlsx"))
    assert problem.found == "made from the plan “Elsewhere”"
    assert problem.expected == f"a workbook exported from the plan “{tiny.heading.name}”"
