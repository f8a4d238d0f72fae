"""Workbooks that came back, merged into the plan they came from: every changed cell, and never one over another.

Each workbook is compared with its base, the plan it was made from: the plan itself where that has not changed since, a
plan that is named, or what the workbook says it was sent with. What it changed is taken into the plan of today; two
different changes of one cell are a conflict, which is told and never decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading.by_place import Place, by_place, plan_of
from tripleaim.loading.completeness import Remark
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.loading.differences import told as said
from tripleaim.loading.workbook.as_sent import base_as_sent, read_as_sent
from tripleaim.loading.workbook.changes import Change, changes_in, remarks_on_keys
from tripleaim.loading.workbook.cover import Origin, read_cover
from tripleaim.loading.workbook.opened import OpenWorkbook, opened
from tripleaim.loading.workbook.part import part_of
from tripleaim.loading.workbook.problems import SheetProblems
from tripleaim.loading.workbook.read import checked, remarks_on
from tripleaim.plan.plan import Plan
from tripleaim.quantities import Noun


def merge_workbooks(
    plan: Plan, files: Sequence[Path], base: Plan | None = None, told: list[Remark] | None = None
) -> Plan:
    """The plan with everything the workbooks changed.

    base   : the plan the workbooks were made from, where that is not `plan` itself and they do not say it
    told   : is added to, also where nothing is merged: formulas taken by their values, other sheets, rows whose key
             seems to be changed
    raises : PlanProblems with everything that cannot be taken (a conflict, a row of another organisation, a cell that
             cannot be read), by workbook, sheet and cell; then nothing at all is merged
    """
    problems: list[Problem] = []
    changes: list[Change] = []
    for file in files:
        try:
            with opened(checked(file), as_sent=True) as workbook:
                found = _changes(workbook, plan, base)
                changes += found
                if told is not None:
                    told.extend((*remarks_on(workbook), *remarks_on_keys(found)))
        except PlanProblems as refusal:
            problems += refusal.problems
    if problems:
        raise PlanProblems(problems)
    merged = _merged(plan, changes)
    crosscheck_plan(merged)
    return merged


def _changes(workbook: OpenWorkbook, plan: Plan, named: Plan | None) -> list[Change]:
    origin = read_cover(workbook)
    base = _base(workbook, origin, plan, named)
    part = part_of(base, origin.organisation, workbook.path.name) if origin.organisation else None
    problems = SheetProblems(workbook.path.name)
    found = changes_in(workbook, base, part, problems)
    if len(problems):
        raise PlanProblems(problems.in_order())
    return found


def _base(workbook: OpenWorkbook, origin: Origin, plan: Plan, named: Plan | None) -> Plan:
    """The plan a workbook is compared with: the one named, the plan as it is, or what the workbook was sent with."""
    for known in (named, plan):
        if known is not None and origin.fingerprint == known.fingerprint:
            return known
    sent = read_as_sent(workbook, origin)
    if sent is not None and sent.name == plan.heading.name:
        return base_as_sent(sent, origin, plan, workbook.path.name)
    raise PlanProblems([_another_plan(workbook, sent.name if sent else origin.plan, origin, plan.heading.name)])


def _another_plan(workbook: OpenWorkbook, name: str, origin: Origin, wanted: str) -> Problem:
    if name and name != wanted:
        found = f"made from the plan “{name}”"
        expected = f"a workbook exported from the plan “{wanted}”"
        to_fix = "merge it into the plan it was made from; if that was renamed since, name it as it was with --base"
    else:
        print_of = origin.fingerprint
        found = f"made from the plan {print_of[:12]}…" if print_of else "no fingerprint on its cover"
        expected = "a workbook exported from this plan, as it is now"
        to_fix = "name the plan it was exported from with --base, or export it again and enter the changes there"
    return Problem(file=workbook.path.name, found=found, expected=expected, to_fix=to_fix)


def _merged(plan: Plan, changes: Sequence[Change]) -> Plan:
    """The plan with every change, or every conflict at once."""
    conflicts: list[Problem] = []
    wanted_at: dict[Place, list[Change]] = {}
    for change in changes:
        wanted_at.setdefault((change.table, change.key), []).append(change)
    rows = by_place(plan)
    for place, wanted in wanted_at.items():
        now = rows.get(place)
        found = [*_conflicts_in_row(now, wanted), *_conflicts_in_cells(now, wanted)]
        conflicts += found
        if not found:
            _apply(rows, place, wanted)
    if conflicts:
        raise PlanProblems(conflicts)
    return plan_of(rows)


def _conflicts_in_row(now: Noun | None, wanted: Sequence[Change]) -> list[Problem]:
    """Rows deleted here and changed there, or added twice and differently."""
    removed = [change for change in wanted if change.removes]
    changed = [change for change in wanted if not change.removes]
    if removed and changed:
        alike = f" (or calls it {removed[0].renamed})" if removed[0].renamed else ""
        return [_conflict(changed[0], f"changed; {removed[0].where} deletes the row{alike}", "one of the two")]
    if removed and now is not None and any(change.was != now for change in removed):
        return [_conflict(removed[0], "deleted; the plan has changed the row since", "one of the two")]
    if now is None and any(change.field for change in changed):
        return [_conflict(changed[0], "changed; the plan has deleted the row since", "one of the two")]
    added = [change for change in wanted if change.row is not None]
    others = [change for change in added[1:] if change.row != added[0].row]
    if others:
        return [_conflict(others[0], f"a new row that {added[0].where} adds differently", "one row with this key")]
    if added and now is not None and now != added[0].row:
        return [_conflict(added[0], "a new row that the plan has by now, and differently", "one row with this key")]
    return []


def _conflicts_in_cells(now: Noun | None, wanted: Sequence[Change]) -> list[Problem]:
    first: dict[str, Change] = {}
    found: list[Problem] = []
    for change in wanted:
        if not change.field or now is None:
            continue
        was, is_now = getattr(change.was, change.field), getattr(now, change.field)
        before = first.setdefault(change.field, change)
        started = f"one value (it was {said(was) or 'empty'} when the workbooks were made)"
        if before.value != change.value:
            other = f"{before.where} says {said(before.value) or '(empty)'}"
            found.append(_conflict(change, f"{said(change.value) or '(empty)'}; {other}", started))
        elif is_now not in (was, change.value):
            other = f"the plan by now says {said(is_now) or '(empty)'}"
            found.append(_conflict(change, f"{said(change.value) or '(empty)'}; {other}", started))
    return found


def _conflict(change: Change, found: str, expected: str) -> Problem:
    return Problem(
        file=change.sheet,
        row=change.row_number,
        cell=change.cell,
        field=change.field or ", ".join(str(part) for part in change.key if part != "") or None,
        found=found,
        expected=expected,
        to_fix="agree which holds, write it in every workbook that says otherwise, and merge again",
    )


def _apply(rows: dict[Place, Noun], place: Place, wanted: Sequence[Change]) -> None:
    for change in wanted:
        if change.removes:
            rows.pop(place, None)
        elif change.row is not None:
            rows.setdefault(place, change.row)
        else:
            row = rows[place]
            values = {name: getattr(row, name) for name in type(row).model_fields}
            rows[place] = type(row)(**{**values, change.field: change.value})
