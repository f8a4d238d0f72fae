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
AS_SENT = "As sent"
BESIDE = (COVER, CONTENTS, HOW_TO, FIELD_NOTES, LISTS, KEYS, AS_SENT)
"""Sheets that stand beside the plan's own and are made from it. Only the cover is read, and when workbooks are merged
the sheet that says what they were sent with."""

SHEETS = (HEADING, *(form.name for form in TABLES))
"""Sheets that hold the plan: its heading, and one a table."""

TITLE_ROW, MEANING_ROW, UNITS_ROW, HEADER_ROW = 0, 1, 2, 3
"""Rows of a table's sheet, counted from 0: its title, what a row of it is, the unit over each column, the header."""

FINGERPRINT = "Fingerprint of the plan"
ORGANISATION = "Part for organisation"
"""Labels of the cover that are read again when workbooks are merged."""

CHECK_SUM = "Check sum of the rows below"
"""Label of the sheet that says what a workbook was sent with."""

PLAN_HEADER = ("field", "value")
"""The columns of the plan sheet that are read."""

ENDING = ".xlsx"
OTHER_ENDINGS = (".xls", ".xlsm", ".xlsb", ".ods")
"""Workbooks of other forms: refused, with what to do."""
