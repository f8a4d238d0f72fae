"""Where things stand in a plan's workbook: the names of its sheets and the rows of a table's sheet."""

from __future__ import annotations

from tripleaim.plan.describe import HEADING
from tripleaim.plan.tables import TABLES

COVER = "Cover"
CONTENTS = "Contents"
HOW_TO = "How to"
FIELD_NOTES = "Field notes"
LISTS = "Lists"
KEYS = "Keys"
BESIDE = (COVER, CONTENTS, HOW_TO, FIELD_NOTES, LISTS, KEYS)
"""Sheets that stand beside the plan's own, are made from it, and (but for the cover) are never read."""

SHEETS = (HEADING, *(form.name for form in TABLES))
"""Sheets that hold the plan: its heading, and one a table."""

TITLE_ROW, MEANING_ROW, UNITS_ROW, HEADER_ROW = 0, 1, 2, 3
"""Rows of a table's sheet, counted from 0: its title, what a row of it is, the unit over each column, the header."""

FINGERPRINT = "Fingerprint of the plan"
ORGANISATION = "Part for organisation"
"""Labels of the cover that are read again when workbooks are merged."""

PLAN_HEADER = ("field", "value")
"""The columns of the plan sheet that are read."""

ENDING = ".xlsx"
OTHER_ENDINGS = (".xls", ".xlsm", ".xlsb", ".ods")
"""Workbooks of other forms: refused, with what to do."""
