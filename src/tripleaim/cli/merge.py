"""tripleaim merge PLAN FILE.xlsx …: workbooks that came back, taken into the plan cell by cell."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from tripleaim.charts.wording import clean
from tripleaim.cli.door import document, say, tell


def merge(
    plan: Path, files: list[Path], base: Path | None = None, out: Path | None = None, json_out: bool = False
) -> int:
    """Write the plan with everything the workbooks changed, and say what that is; the exit code is 0."""
    from tripleaim.loading import Remark, differences, merge_workbooks, read_plan, write_plan, write_workbook
    from tripleaim.loading.documents import copy_documents
    from tripleaim.loading.workbook.read import is_workbook

    target = out or plan
    old = read_plan(plan)
    told: list[Remark] = []
    new = merge_workbooks(old, files, read_plan(base) if base else None, told)
    found = differences(old, new)
    if found or out:
        if is_workbook(target):
            write_workbook(new, target, replace=target == plan)
        else:
            is_same = target.resolve() == plan.resolve()
            write_plan(new, target, expected=old.fingerprint if is_same else None)
        if target.is_dir():
            copy_documents(plan, target)
    if json_out:
        content = {"kind": "merge", "plan": str(target), "workbooks": len(files), "fingerprint": new.fingerprint}
        changed = {"differences": [asdict(each) for each in found], "remarks": [asdict(each) for each in told]}
        document({**content, **changed})
        return 0
    for each in told:
        say(str(each))
    count = "1 workbook" if len(files) == 1 else f"{len(files)} workbooks"
    said = "".join(f"{each}\n" for each in found) or "no difference: the workbooks say what the plan says\n"
    tell(f"{said}{target}: {clean(new.heading.name)}, with {count}\nfingerprint {new.fingerprint}\n")
    return 0
