"""What workbooks take: a large one, twelve that come back, and those that are refused because they would do harm."""

from __future__ import annotations

import statistics
import sys
from functools import partial
from pathlib import Path

from measuring import CLI, ROOT, TIMES, Measured, memory_together, process, run, timed
from synthetic import synthetic_plan

from tripleaim.loading import write_plan, write_workbook
from tripleaim.plan import Plan

BACK = 12
"""Workbooks that come back."""


def workbooks(folder: Path, big: Plan, rows: int) -> list[Measured]:
    """A workbook of a plan that large checked, twelve parts merged, and the worst of the refused workbooks."""
    return [*large(folder, big, rows), merged(folder), *refused(folder)]


def large(folder: Path, plan: Plan, rows: int) -> list[Measured]:
    """A large workbook, checked."""
    file = write_workbook(plan, folder / "large.xlsx")
    check = ("check", str(file))
    return [
        Measured(
            what=f"`tripleaim check` of a workbook of {rows:,} rows, whole process",
            value=process((*CLI, *check)),
            unit="s",
            target=8,
        ),
        Measured(
            what="its peak of memory, with the process that reads it",
            value=memory_together(check),
            unit="MB",
            target=700,
        ),
    ]


def merged(folder: Path) -> Measured:
    """Twelve organisations' workbooks of a plan of 400 lines, taken back into it."""
    plan = synthetic_plan(schemes=20)
    base = write_plan(plan, folder / "base")
    files = [
        str(write_workbook(plan, folder / f"{body.key}.xlsx", organisation=body.key))
        for body in plan.organisations[:BACK]
    ]
    merge = (*CLI, "merge", str(base), *files, "--out")
    free = (str(folder / f"merged{number}") for number in range(TIMES))
    return Measured(
        what=f"`tripleaim merge` of {BACK} workbooks, 400 lines × 30 organisations, whole process",
        value=statistics.median(timed(partial(run, (*merge, out))) for out in free),
        unit="s",
        target=10,
    )


def refused(folder: Path) -> list[Measured]:
    """Every workbook that would do harm (tests/loading/workbook/test_guard.py), and the slowest and largest of them."""
    sys.path.insert(0, str(ROOT / "tests"))
    from loading.workbook.test_guard import BOMBS

    files = [str(make(folder / f"refused{n}.xlsx")) for n, (make, _) in enumerate(BOMBS.values())]
    slowest = max(files, key=lambda file: process((*CLI, "check", file), times=1, code=2))
    return [
        Measured(
            what=f"slowest of {len(files)} workbooks that are refused, whole process",
            value=process((*CLI, "check", slowest), code=2),
            unit="s",
            target=3,
        ),
        Measured(
            what="highest peak of memory of any of them, with the process that reads it",
            value=max(memory_together(("check", file), code=2) for file in files),
            unit="MB",
            target=300,
        ),
    ]
