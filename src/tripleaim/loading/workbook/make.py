"""A plan as a workbook people can fill in: one sheet a table, its header locked, its cells open."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from xlsxwriter.exceptions import XlsxWriterException

from tripleaim.errors import Impossible
from tripleaim.loading.differences import told
from tripleaim.loading.raw import Cells, RawTable
from tripleaim.loading.tabulate import raw_table
from tripleaim.loading.workbook import beside
from tripleaim.loading.workbook.as_sent import MOST_ROWS, lines_as_sent
from tripleaim.loading.workbook.columns import Choices, column_looks, dress
from tripleaim.loading.workbook.layout import (
    AS_SENT,
    COVER,
    FIELD_NOTES,
    HEADER_ROW,
    HOW_TO,
    KEYS,
    LISTS,
    MEANING_ROW,
    PLAN_HEADER,
    TITLE_ROW,
    UNITS_ROW,
)
from tripleaim.loading.workbook.letters import LetterForLetter
from tripleaim.loading.workbook.looks import TITLE_HEIGHT, Looks, height
from tripleaim.loading.workbook.part import Part
from tripleaim.plan.describe import HEADING, columns, may_hold
from tripleaim.plan.plan import Heading, Plan
from tripleaim.plan.tables import TABLES, TableForm

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet would take for a formula when the cell is edited."""
_MOST_ACROSS = 10
"""Columns that still can be read when they are printed on one page across."""
_ALLOWED = {
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}


def workbook_bytes(plan: Plan, part: Part | None = None) -> bytes:
    """The bytes of a plan's workbook; the same plan gives the same bytes."""
    out = io.BytesIO()
    book = LetterForLetter(out, _OPTIONS)
    looks = Looks(book)
    forms = part.forms if part else TABLES
    tables = {form.name: raw_table(form, part.rows(form) if part else getattr(plan, form.name)) for form in forms}
    rows = {form.name: list(table.rows) for form, table in zip(forms, tables.values(), strict=True)}
    beside.cover(book, looks, plan, part)
    beside.contents(book, looks, _contents(forms, rows, part))
    beside.how_to(book, looks, part)
    plan_sheet = None if part else book.add_worksheet(HEADING)
    sheets = {form.name: book.add_worksheet(form.name) for form in forms}
    beside.field_notes(book, looks, forms)
    known = _keys(plan)
    choices = Choices(beside.lists(book, looks, _lists(forms, known)), known)
    if part:
        beside.keys(book, looks, [(table, key, name) for table, names in known.items() for key, name in names.items()])
    if plan_sheet is not None:
        _plan_sheet(plan_sheet, looks, plan.heading)
    for form in forms:
        _table_sheet(
            sheets[form.name], looks, form, tables[form.name], [cells for _, cells in rows[form.name]], choices
        )
    if sum(map(len, rows.values())) <= MOST_ROWS:
        beside.as_sent(
            book, looks, plan.fingerprint, part.organisation if part else "", _sent(plan, part, tables, rows)
        )
    _properties(book, plan)
    try:
        book.close()
    except XlsxWriterException as error:
        raise Impossible(f"The workbook could not be made: {error}") from None
    return out.getvalue()


def _contents(
    forms: Sequence[TableForm], rows: dict[str, list[Any]], part: Part | None
) -> list[tuple[str, str, int | None]]:
    first: list[tuple[str, str, int | None]] = [
        (COVER, "What this workbook is, of which plan, and how far that is agreed", None),
        (HOW_TO, "How to fill it in and give it back", None),
    ]
    heading = (
        [] if part else [(HEADING, (Heading.__doc__ or "").strip().replace("What stands in plan.toml: ", ""), None)]
    )
    tables = [(form.name, form.meaning, len(rows[form.name])) for form in forms]
    last = [(FIELD_NOTES, "What every column means, its unit and what it may hold", None)]
    last.append((LISTS, "The words that may stand in columns of few words", None))
    if part:
        last.append((KEYS, "Keys of the whole plan that your rows may refer to", None))
    if sum(map(len, rows.values())) <= MOST_ROWS:
        last.append((AS_SENT, "What this workbook was sent with, so that your changes can be told from others'", None))
    return [*first, *heading, *tables, *last]


def _sent(
    plan: Plan, part: Part | None, tables: dict[str, RawTable], rows: dict[str, list[tuple[int, Cells]]]
) -> list[Cells]:
    """The lines of the sheet that keeps what the workbook was sent with; a part keeps the plan's name only."""
    of_part = [] if part is None else [["name", plan.heading.name]]
    lines = {name: [tables[name].header or [], *(cells for _, cells in below)] for name, below in rows.items()}
    return lines_as_sent(of_part or heading_lines(plan.heading), lines)


def heading_lines(heading: Heading) -> list[Cells]:
    """Field and value of each line of the plan sheet: a list has a line for each of its parts."""
    values = [(column.field, getattr(heading, column.field)) for column in columns(Heading)]
    return [
        [field, str(each) if isinstance(each, int) and not isinstance(each, bool) else told(each)]
        for field, value in values
        for each in ((value or ("",)) if isinstance(value, tuple) else (value,))
    ]


def _keys(plan: Plan) -> dict[str, dict[str, str]]:
    """Key → name of every row other tables may refer to by one key."""
    single = [form for form in TABLES if form.key == ("key",)]
    return {
        form.name: {
            row.key: str(getattr(row, "name", "") or getattr(row, "title", "")) for row in getattr(plan, form.name)
        }
        for form in single
        if getattr(plan, form.name)
    }


def _lists(forms: Sequence[TableForm], known: dict[str, dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """The lists behind drop-downs: words of a column, and keys of a table where they are few."""
    words = {
        f"{form.name} {column.field}": column.choices
        for form in forms
        for column in columns(form.noun)
        if column.kind == "choice"
    }
    return {"yes or no": ("yes", "no"), **words, **{f"keys of {name}": tuple(keys) for name, keys in known.items()}}


def _plan_sheet(sheet: Any, looks: Looks, heading: Heading) -> None:
    sheet.set_row(TITLE_ROW, TITLE_HEIGHT, looks.title)
    sheet.write_string(TITLE_ROW, 0, "The plan", looks.title)
    about = "Whose plan it is, for which years, at which prices. A list has a row for each of its sentences."
    sheet.write_string(MEANING_ROW, 0, about, looks.words)
    names = (*PLAN_HEADER, "what it means", "may hold")
    row = HEADER_ROW + 1
    for column in columns(Heading):
        value = getattr(heading, column.field)
        for part in (value or ("",)) if isinstance(value, tuple) else (value,):
            allowed = beside.in_workbook(may_hold(column))
            sheet.set_row(row, height((told(part), 70), (column.statement.meaning, 60), (allowed, 40)))
            sheet.write_string(row, 0, column.field, looks.words)
            if column.kind == "whole":
                sheet.write_number(row, 1, part, looks.number)
            else:
                sheet.write_string(row, 1, told(part), looks.long_text)
            sheet.write_string(row, 2, column.statement.meaning, looks.wrapped)
            sheet.write_string(row, 3, allowed, looks.wrapped)
            row += 1
    for place, width in enumerate((20, 70, 60, 40)):
        sheet.set_column(place, place, width, looks.text)
    shown = [{"header": name, "header_format": looks.header} for name in names]
    given = {"name": "plan_heading", "columns": shown, "style": None, "autofilter": False}
    sheet.add_table(HEADER_ROW, 0, row - 1, len(names) - 1, given)
    _protect(sheet, len(names))
    sheet.freeze_panes(HEADER_ROW + 1, 1)


def _table_sheet(
    sheet: Any, looks: Looks, form: TableForm, table: RawTable, rows: list[list[str]], choices: Choices
) -> None:
    title = form.name.replace("_", " ").capitalize()
    names = table.header or []
    shown = column_looks(form, looks, rows)
    for each in shown:
        sheet.set_column(each.place, each.place, each.width, each.look)
    sheet.set_row(TITLE_ROW, TITLE_HEIGHT, looks.title)
    sheet.set_row(MEANING_ROW, None, looks.words)
    sheet.write_string(TITLE_ROW, 0, title, looks.title)
    told_apart = form.key[0] if len(form.key) == 1 else f"{', '.join(form.key[:-1])} and {form.key[-1]} together"
    about = f"{form.meaning} Rows are told apart by {told_apart}. Units stand over the names of the columns."
    sheet.write_string(MEANING_ROW, 0, about, looks.words)
    sheet.set_row(UNITS_ROW, max(height((each.unit, each.width)) for each in shown))
    for each in shown:
        sheet.write_string(UNITS_ROW, each.place, each.unit, looks.number_note if each.numeric else looks.note)
    sheet.set_row(HEADER_ROW, 20)
    for each in shown:
        _column(sheet, looks, each, rows)
    heads = [
        {"header": each.name, "header_format": looks.number_header if each.numeric else looks.header} for each in shown
    ]
    given = {"name": form.name, "columns": heads, "style": "Table Style Light 1", "autofilter": True}
    sheet.add_table(HEADER_ROW, 0, HEADER_ROW + max(len(rows), 1), len(names) - 1, given)
    dress(sheet, form, looks, shown, HEADER_ROW + 1, len(rows), choices)
    _protect(sheet, len(names))
    sheet.freeze_panes(HEADER_ROW + 1, len(form.key) if len(form.key) == 1 else 0)


def _column(sheet: Any, looks: Looks, each: Any, rows: list[list[str]]) -> None:
    place, look, numeric = each.place, each.look, each.numeric
    for row, cells in enumerate(rows, HEADER_ROW + 1):
        text = cells[place]
        if not text:
            continue
        if numeric:
            sheet.write_number(row, place, float(text), look)
        else:
            sheet.write_string(row, place, text, looks.risky_text if text.startswith(_RISKY) else look)


def _protect(sheet: Any, width: int) -> None:
    sheet.protect("", _ALLOWED)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(UNITS_ROW, HEADER_ROW)
    sheet.repeat_columns(0)
    if width <= _MOST_ACROSS:
        sheet.fit_to_pages(1, 0)


def _properties(book: LetterForLetter, plan: Plan) -> None:
    heading = plan.heading
    try:
        made = datetime.fromisoformat(heading.dated)
    except ValueError:
        made = datetime(2016, 4, 1)
    status = heading.status.upper() if heading.status != "agreed" else "Agreed"
    book.set_properties(
        {
            "title": f"{heading.name}: five-year health and care plan",
            "subject": "Tables of a health and care plan",
            "category": status,
            "status": status,
            "comments": f"Fingerprint {plan.fingerprint}",
            "created": made,
        }
    )
    book.set_custom_property("Language", "en-GB")
    book.set_size(2400, 1400)
