"""CAN WE TRUST THE FILES? A folder becomes a Plan whole, or every problem is told; a Plan becomes a folder whole."""

from tripleaim.loading.completeness import Remark, remarks
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.loading.differences import Difference, differences
from tripleaim.loading.read import read_plan
from tripleaim.loading.write import write_plan

__all__ = ["Difference", "Remark", "crosscheck_plan", "differences", "read_plan", "remarks", "write_plan"]
