"""The sheets beside the plan's own: cover, contents, how to, field notes, lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from xlsxwriter import Workbook

from tripleaim.loading.raw import Cells
from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.loading.workbook.as_sent import check_sum
from tripleaim.loading.workbook.layout import (
    AS_SENT,
    CHECK_SUM,
    CONTENTS,
    COVER,
    FIELD_NOTES,
    FINGERPRINT,
    HOW_TO,
    KEYS,
    LISTS,
    ORGANISATION,
)
from tripleaim.loading.workbook.looks import TITLE_HEIGHT, Looks, height
from tripleaim.loading.workbook.part import Part
from tripleaim.plan.describe import HEADING, Column, columns, if_empty, may_hold
from tripleaim.plan.plan import Heading, Plan
from tripleaim.plan.tables import TABLES, TableForm
from tripleaim.quantities import Noun

_WIDTH = 100

Line = tuple[str, str, int | None]
"""A line of the contents: the name of a sheet, what it holds, how many rows it has."""

_RULES = (
    "One row is one thing. Write new rows directly below the last one, and leave no row empty in between.",
    "The four rows at the top of each table are locked; the cells below are yours. There is no password.",
    "The third row says the unit of each column, and Field notes what each column means and may hold.",
    "Write numbers plainly: 0.12 for 12 %, 1200000 for £1.2 million. At most 15 digits count.",
    "A range has three columns: the value, its low and its high (an 80 % interval: one time in ten lower, one in ten "
    "higher). Leave low and high both empty where the value is certain.",
    "Write financial years as 2016/17, months as 2017-10 and dates as 2016-10-21. These cells are kept as text; paste "
    "values only, so that they stay so. What Excel turns into a date or number is refused, never guessed at.",
    "Keys are short names in small letters that other rows refer to. Changing a key means changing it everywhere.",
    "Every row names its source: a key of the sheet sources. Add a row there first.",
    "Do not merge cells, hide rows or add totals: totals are worked out. Notes of your own may stand on a sheet of "
    "their own; nothing is read there.",
    "A formula is allowed, but only its value is kept, as it was when the workbook was last saved.",
)
_STATUSES = {
    "draft": "DRAFT: not agreed by anybody yet",
    "for decision": "FOR DECISION: not agreed yet",
    "agreed": "Agreed",
}
_BACK_WHOLE = (
    "To check it: tripleaim check FILE.xlsx lists every problem at once, by sheet and cell.",
    "To take it back: tripleaim import FILE.xlsx PLAN, or, where several people changed copies of it, "
    "tripleaim merge PLAN FILE.xlsx FILE.xlsx …",
)
_BACK_PART = (
    "To take it back: tripleaim merge PLAN FILE.xlsx FILE.xlsx … Only rows of this organisation may change. Where two "
    "workbooks change one cell differently, both are told and nothing is written.",
)


def cover(book: Workbook, looks: Looks, plan: Plan, part: Part | None) -> None:
    """The cover: what the workbook is, of which plan, and how far that is agreed."""
    sheet = book.add_worksheet(COVER)
    heading = plan.heading
    _column(sheet, looks, 26, 90)
    _title(sheet, looks, heading.name)
    sheet.write_string(1, 0, _status(heading), looks.warning)
    facts: list[tuple[str, str]] = [
        ("What this is", _what(plan, part)),
        ("Summary", heading.summary),
        ("Status", heading.status),
        ("Version", heading.version),
        ("Dated", heading.dated),
        ("Years", f"{plan.years[0]} to {plan.years[-1]}; the opening year is {plan.opening_year}"),
        ("Price base", f"{heading.price_base} prices, unless a column says cash"),
        ("Place", heading.place),
    ]
    if part:
        facts.append((ORGANISATION, part.organisation))
    facts += [
        (FINGERPRINT, plan.fingerprint),
        ("Sources and licences", _licences(plan)),
        (
            "Made by",
            f"Triple Aim {_version()}, open software under the MIT licence; the licence of the figures is theirs",
        ),
    ]
    for row, (label, said) in enumerate(((label, said) for label, said in facts if said), 3):
        sheet.set_row(row, height((said, 90)))
        sheet.write_string(row, 0, label, looks.bold)
        sheet.write_string(row, 1, said, looks.wrapped)
    _finish(sheet)


def contents(book: Workbook, looks: Looks, sheets: Sequence[Line]) -> None:
    """The list of sheets: name, what it holds, how many rows, each with a link to it."""
    sheet = book.add_worksheet(CONTENTS)
    _column(sheet, looks, 24, 90, 10)
    _title(sheet, looks, "Contents")
    for place, name in enumerate(("sheet", "what it holds", "rows")):
        sheet.write_string(2, place, name, looks.header)
    for row, (name, meaning, count) in enumerate(sheets, 3):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.link, name)
        sheet.set_row(row, height((meaning, 90)))
        sheet.write_string(row, 1, meaning, looks.wrapped)
        if count is not None:
            sheet.write_number(row, 2, count, looks.words)
    sheet.freeze_panes(3, 0)
    _finish(sheet)


def how_to(book: Workbook, looks: Looks, part: Part | None) -> None:
    """How to fill the workbook in and give it back."""
    sheet = book.add_worksheet(HOW_TO)
    _column(sheet, looks, _WIDTH)
    _title(sheet, looks, "How to fill this workbook in")
    row = _list(sheet, looks, 2, _RULES)
    sheet.set_row(row + 1, TITLE_HEIGHT)
    sheet.write_string(row + 1, 0, "How to give it back", looks.heading)
    _list(sheet, looks, row + 2, _BACK_PART if part else _BACK_WHOLE)
    _finish(sheet)


def field_notes(book: Workbook, looks: Looks, forms: Iterable[TableForm]) -> None:
    """Every column of every sheet: what it means, its unit, what it may hold, what an empty cell means."""
    sheet = book.add_worksheet(FIELD_NOTES)
    names = ("sheet", "column", "what it means", "unit", "may hold", "if empty")
    _column(sheet, looks, 18, 26, 60, 24, 50, 24)
    _title(sheet, looks, "Field notes")
    sheet.write_string(
        1, 0, "A range takes three columns: the value, and with _low and _high its 80 % interval.", looks.words
    )
    nouns: list[tuple[str, type[Noun]]] = [(HEADING, Heading), *((form.name, form.noun) for form in forms)]
    lines = [(name, *_note(column)) for name, noun in nouns for column in columns(noun)]
    for row, line in enumerate(lines, 4):
        sheet.set_row(row, height(*zip(line, (18, 26, 60, 24, 50, 24), strict=True)))
        for place, text in enumerate(line):
            sheet.write_string(row, place, text, looks.wrapped)
    _table(sheet, looks, "field_notes", 3, len(lines), names)
    sheet.freeze_panes(4, 2)
    _finish(sheet)


def _note(column: Column) -> tuple[str, ...]:
    stated = column.statement
    name = column.field + (" (range)" if column.is_range else "")
    return name, stated.meaning, stated.unit, in_workbook(may_hold(column)), if_empty(column)


def lists(book: Workbook, looks: Looks, words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The words that may stand in columns of few words; returns the place of each list, for drop-downs."""
    sheet = book.add_worksheet(LISTS)
    _title(sheet, looks, "Lists of words that may stand in a column")
    places: dict[str, str] = {}
    for place, (name, allowed) in enumerate(words.items()):
        sheet.set_column(place, place, max(14, *map(len, (name, *allowed))) + 3)
        sheet.write_string(2, place, name, looks.header)
        for row, word in enumerate(allowed, 3):
            sheet.write_string(row, place, word, looks.words)
        letters = letters_of(place)
        places[name] = f"={LISTS}!${letters}$4:${letters}${3 + len(allowed)}"
    sheet.freeze_panes(3, 0)
    _finish(sheet)
    return places


def keys(book: Workbook, looks: Looks, rows: Sequence[tuple[str, str, str]]) -> None:
    """For part of a plan: the keys of the whole plan that its rows may refer to. Nothing is read from here."""
    sheet = book.add_worksheet(KEYS)
    _column(sheet, looks, 20, 40, 80)
    _title(sheet, looks, "Keys of the whole plan")
    sheet.write_string(
        1, 0, "What your rows may refer to. This sheet is for looking up; nothing is read from it.", looks.words
    )
    for number, line in enumerate(rows, 4):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, looks.words)
    _table(sheet, looks, "keys_of_the_plan", 3, len(rows), ("sheet", "key", "name"))
    sheet.freeze_panes(4, 0)
    _finish(sheet)


def as_sent(book: Workbook, looks: Looks, fingerprint: str, organisation: str, lines: Sequence[Cells]) -> None:
    """What the workbook was sent with, line by line; read only when workbooks are merged."""
    sheet = book.add_worksheet(AS_SENT)
    sheet.set_column(0, 0, 30, looks.locked_text)
    sheet.set_column(1, max(map(len, lines)), 18, looks.locked_text)
    _title(sheet, looks, "As sent")
    about = "What this workbook was sent with. Leave this sheet as it is: it tells your changes from those of others."
    sheet.write_string(1, 0, about, looks.words)
    sheet.write_string(2, 0, CHECK_SUM, looks.bold)
    sheet.write_string(2, 1, check_sum(fingerprint, organisation, lines), looks.words)
    for row, cells in enumerate(lines, 3):
        for place, text in enumerate(cells):
            if text:
                sheet.write_string(row, place, text, looks.locked_text)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{letters_of(max(map(len, lines)))}{len(lines) + 3}"})
    sheet.freeze_panes(3, 1)
    _finish(sheet)


def _title(sheet: Any, looks: Looks, title: str) -> None:
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write_string(0, 0, title, looks.title)


def _table(sheet: Any, looks: Looks, name: str, header: int, rows: int, names: Sequence[str]) -> None:
    shown = [{"header": each, "header_format": looks.header} for each in names]
    given = {"name": name, "columns": shown, "style": None, "autofilter": True}
    sheet.add_table(header, 0, header + max(rows, 1), len(names) - 1, given)


def _column(sheet: Any, looks: Looks, *widths: float) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, looks.words)


def _list(sheet: Any, looks: Looks, row: int, lines: Iterable[str]) -> int:
    listed = tuple(lines)
    for place, line in enumerate(listed, row):
        sheet.set_row(place, height((line, _WIDTH)) + 4)
        sheet.write_string(place, 0, line, looks.wrapped)
    return row + len(listed)


def _finish(sheet: Any) -> None:
    sheet.hide_gridlines(2)
    sheet.protect("", {"select_locked_cells": True, "autofilter": True, "format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _status(heading: Heading) -> str:
    said = _STATUSES[heading.status]
    return f"{said}. An invented place: every name and number is invented." if heading.invented else said


def _what(plan: Plan, part: Part | None) -> str:
    if part is None:
        return "A whole plan: its heading and every table, also those that are still empty."
    return (
        f"Part of a plan: the rows {part.name} ({part.organisation}) answers for, to be filled in or corrected and "
        "merged back. New sources may be added. The rest of the plan is left out; its keys stand on the sheet Keys."
    )


def _licences(plan: Plan) -> str:
    found = sorted({source.licence for source in plan.sources if source.licence})
    listed = (
        f"; licences named there: {', '.join(found[:8])}" + (" and others" if len(found) > 8 else "") if found else ""
    )
    return f"Every row names its source, one of {len(plan.sources)} on the sheet sources{listed}"


def in_workbook(text: str) -> str:
    """What a column may hold, with tables named as sheets."""
    for form in TABLES:
        text = text.replace(form.file, f"sheet {form.name}")
    return text.replace("`", "").replace(" (in plan.toml a list)", "")


def _version() -> str:
    try:
        return version("tripleaim")
    except PackageNotFoundError:
        return "(not installed)"
