"""A plan in whatever form it is kept: a folder or a workbook."""

from __future__ import annotations

from pathlib import Path

from tripleaim.loading.completeness import Remark
from tripleaim.loading.inventory import lost_rows
from tripleaim.loading.read import read_plan as read_folder
from tripleaim.loading.workbook.read import is_workbook, read_workbook
from tripleaim.plan.plan import Plan


def read_plan(path: Path | str, told: list[Remark] | None = None) -> Plan:
    """The plan in a folder or an Excel workbook, its rows sorted by key.

    told   : is added to: what a reader should know of how it was kept, such as formulas taken by their values or rows
             that were there when the folder was written
    raises : PlanProblems with every problem at once; nothing is ever loaded in part, and no file is changed
    """
    if is_workbook(Path(path)):
        return read_workbook(path, told)
    plan = read_folder(path)
    if told is not None:
        told.extend(lost_rows(Path(path), plan))
    return plan
