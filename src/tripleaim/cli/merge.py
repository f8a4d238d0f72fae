"""tripleaim merge PLAN FILE.xlsx …: workbooks that came back, taken into the plan cell by cell."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.charts.wording import clean
from tripleaim.cli.door import document, say, tell

if TYPE_CHECKING:
    from tripleaim.loading import Remark
    from tripleaim.plan import Plan


def merge(
    plan: Path, files: list[Path], base: Path | None = None, out: Path | None = None, json_out: bool = False
) -> int:
    """Write the plan with everything the workbooks changed, and say what that is; the exit code is 0."""
    from tripleaim.errors import PlanProblems
    from tripleaim.loading import differences, merge_workbooks, read_plan

    told: list[Remark] = []
    target = _target(plan, out)
    old = read_plan(plan, told)
    try:
        new = merge_workbooks(old, files, read_plan(base) if base else None, told)
    except PlanProblems:
        _say(told)
        raise
    found = differences(old, new)
    if found or out:
        _write(new, plan, old.fingerprint, target, told)
    if json_out:
        content = {"kind": "merge", "plan": str(target), "workbooks": len(files), "fingerprint": new.fingerprint}
        changed = {"differences": [asdict(each) for each in found], "remarks": [asdict(each) for each in told]}
        document({**content, **changed})
        return 0
    _say(told)
    count = "1 workbook" if len(files) == 1 else f"{len(files)} workbooks"
    said = "".join(f"{each}\n" for each in found) or "no difference: the workbooks say what the plan says\n"
    tell(f"{said}{target}: {clean(new.heading.name)}, with {count}\nfingerprint {new.fingerprint}\n")
    return 0


def _target(plan: Path, out: Path | None) -> Path:
    """Where the merged plan is written: into the plan itself, folder or workbook, or where nothing is yet."""
    from tripleaim.cli.target import target_of

    return plan if out is None and plan.is_file() else target_of(plan, out)


def _write(new: Plan, plan: Path, was: str, target: Path, told: list[Remark]) -> None:
    """Write the merged plan, if the plan it was worked out from (its fingerprint: `was`) still stands there."""
    from tripleaim.cli.target import expected_in
    from tripleaim.loading import write_plan, write_workbook
    from tripleaim.loading.documents import copy_documents
    from tripleaim.loading.workbook.read import is_workbook

    expected = expected_in(plan, was, target)
    if is_workbook(target):
        write_workbook(new, target, expected=expected or None, told=told)
        return
    write_plan(new, target, expected)
    copy_documents(plan, target)


def _say(told: list[Remark]) -> None:
    for each in told:
        say(str(each))
