"""Texts that LibreOffice changes when it saves a workbook: told where the workbook is written, before anybody works."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tripleaim.loading.completeness import Remark
from tripleaim.loading.nearest import listed
from tripleaim.loading.tabulate import raw_table
from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.loading.workbook.layout import HEADER_ROW
from tripleaim.loading.workbook.make import heading_lines
from tripleaim.loading.workbook.part import Part
from tripleaim.plan.describe import HEADING
from tripleaim.plan.plan import Plan
from tripleaim.plan.tables import TABLES

_MISTAKEN = re.compile("_[xX](?:[0-9A-Fa-f]{4}_[xX]|[0-9A-Fa-f]{1,3}_)")
"""What LibreOffice 7.4 takes for an Excel mark of one character (`_xHHHH_`) where Excel sees none: two that share an
underscore, and one of fewer digits. Found by trying some 10,000 texts; some that match are kept all the same."""
_FIRST_ROW = HEADER_ROW + 2
"""Row of a sheet, as a spreadsheet numbers it, in which the first row of its table stands."""
_MOST_NAMED = 12


def fragile_texts(plan: Plan, part: Part | None, file: str) -> tuple[Remark, ...]:
    """What to know before a plan's workbook, or an organisation's part of it, is edited in LibreOffice; most often
    nothing."""
    found = list(_cells(plan, part))
    if not found:
        return ()
    remark = Remark(
        topic="Workbook",
        where=file,
        what=f"LibreOffice may change the text of {listed(found, _MOST_NAMED)} when it saves this workbook: it takes "
        "such as _x0041_x0042_ for marks of other letters. Excel keeps it.",
        what_to_do="Edit it in Excel, or write these texts in the plan without such marks and export again.",
    )
    return (remark,)


def is_fragile(text: str) -> bool:
    """True for a text that LibreOffice may change when it saves a workbook.

    >>> is_fragile("_x0041_x0042_"), is_fragile("_x005F_x0041_"), is_fragile("_x0041_ and _x0042_")
    (True, True, False)
    """
    return _MISTAKEN.search(text) is not None


def _cells(plan: Plan, part: Part | None) -> Iterator[str]:
    """The cells of fragile texts, in the order of the sheets."""
    if part is None:
        for row, (_, text) in enumerate(heading_lines(plan.heading), _FIRST_ROW):
            if is_fragile(text):
                yield f"sheet {HEADING}, B{row}"
    for form in part.forms if part else TABLES:
        table = raw_table(form, part.rows(form) if part else getattr(plan, form.name))
        for row, (_, cells) in enumerate(table.rows, _FIRST_ROW):
            for place, text in enumerate(cells):
                if is_fragile(text):
                    yield f"sheet {form.name}, {letters_of(place)}{row}"
