"""Workbooks made for tests: of a plan with some cells written otherwise, and of raw parts no Excel would save."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from xlsxwriter import Workbook

from tripleaim.loading.differences import told
from tripleaim.loading.tabulate import raw_table
from tripleaim.loading.workbook import opened
from tripleaim.loading.workbook.apart.main import answer
from tripleaim.loading.workbook.layout import COVER, FINGERPRINT, ORGANISATION
from tripleaim.loading.workbook.part import part_of
from tripleaim.plan import TABLES, Plan
from tripleaim.plan.describe import columns
from tripleaim.plan.plan import Heading

Sheets = dict[str, list[list[Any]]]
"""Sheet → rows of cells; a callable cell writes itself, given book, sheet, row and column."""
Write = Callable[[Workbook, Any, int, int], object]


@contextmanager
def read_in_this_process() -> Iterator[None]:
    """The work of the process that reads a workbook is done in this one: what would make it fall is raised here."""

    def here(path: Path, rows: Path, wanted: list[str]) -> Any:
        return json.loads(json.dumps(answer(path, set(wanted), rows)))

    with patch.object(opened, "_read_apart", here):
        yield


def sheets_of(plan: Plan, organisation: str = "") -> Sheets:
    """A plan's sheets as somebody would type them: the header first, then the rows."""
    part = part_of(plan, organisation) if organisation else None
    sheets: Sheets = {}
    if part is None:
        lines = [["field", "value"]]
        for column in columns(Heading):
            value = getattr(plan.heading, column.field)
            for each in (value or ("",)) if isinstance(value, tuple) else (value,):
                lines.append([column.field, float(each) if column.kind == "whole" else told(each)])
        sheets["plan"] = lines
    for form in part.forms if part else TABLES:
        table = raw_table(form, part.rows(form) if part else getattr(plan, form.name))
        numeric = [column.kind in ("number", "whole") for column in columns(form.noun) for _ in column.names]
        rows = [[float(c) if n and c else c for c, n in zip(cells, numeric, strict=True)] for _, cells in table.rows]
        sheets[form.name] = [list(table.header or []), *rows]
    return sheets


def save(
    path: Path, sheets: Mapping[str, list[list[Any]]], *, fingerprint: str = "", organisation: str = "", **options: Any
) -> Path:
    """Save sheets as a workbook with XlsxWriter."""
    book = Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, **options})
    if fingerprint:
        cover = book.add_worksheet(COVER)
        cover.write_row(0, 0, [FINGERPRINT, fingerprint])
        if organisation:
            cover.write_row(1, 0, [ORGANISATION, organisation])
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if callable(cell):
                    cell(book, sheet, row, place)
                elif isinstance(cell, str):
                    sheet.write_string(row, place, cell)
                elif cell is not None:
                    sheet.write_number(row, place, cell)
    book.close()
    return path


def a_date(serial: float) -> Write:
    """A cell that Excel shows as a date."""
    return lambda book, sheet, row, place: sheet.write_number(
        row, place, serial, book.add_format({"num_format": "dd/mm/yyyy"})
    )


def a_formula(formula: str, value: Any) -> Write:
    """A formula with the value it had when the file was saved."""
    return lambda book, sheet, row, place: sheet.write_formula(row, place, formula, None, value)


TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="activity" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>"
)
BOOK_RELS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)
SHEET = f'<worksheet xmlns="{_MAIN}"><sheetData>%s</sheetData></worksheet>'
TEXTS = f'<sst xmlns="{_MAIN}">%s</sst>'


def parts(sheet: str = SHEET % "", texts: str = TEXTS % "") -> dict[str, str | bytes]:
    """The parts of the smallest workbook."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": texts,
    }


def zipped(path: Path, files: Mapping[str, str | bytes], level: int | None = None) -> Path:
    """A zip file of parts, whatever they are; at level 1 it is packed soonest and least."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path
