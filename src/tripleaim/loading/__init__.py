"""CAN WE TRUST THE FILES? A folder becomes a Plan whole, or every problem is told; a Plan becomes a folder whole."""

from tripleaim.loading.any_form import read_plan
from tripleaim.loading.completeness import Remark, remarks
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.loading.differences import Difference, differences
from tripleaim.loading.workbook.merge import merge_workbooks
from tripleaim.loading.workbook.write import write_workbook
from tripleaim.loading.write import write_plan

__all__ = [
    "Difference",
    "Remark",
    "crosscheck_plan",
    "differences",
    "merge_workbooks",
    "read_plan",
    "remarks",
    "write_plan",
    "write_workbook",
]
