"""A report's tables as one Excel workbook: cover, contents, notes, what each column means, a table a sheet, sources."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

from tripleaim.charts import Table
from tripleaim.loading.workbook.looks import height
from tripleaim.plan.plan import Heading
from tripleaim.projection.result import Projection
from tripleaim.reports.columns import NAMING_SOURCES, TEXT, Column, columns
from tripleaim.reports.facts import Exhibit, Exhibits, package_version
from tripleaim.reports.html import WORKBOOK, attribution
from tripleaim.reports.sheet import NO_FIGURE, NOTHING_APPLIES, Sheets, new_book, write_text
from tripleaim.reports.words import day, fours

COVER, CONTENTS, NOTES, COLUMNS, SOURCES = "Cover", "Contents", "Notes", "Columns", "Sources"
_LABEL, _SAID = 26, 100
_ABOUT = {
    NOTES: "How to read the tables, and what is not known",
    COLUMNS: "What each column of each table means, and its unit",
    SOURCES: "What the figures rest on, and under which licence",
}
FILE = WORKBOOK


def report_workbook(projection: Projection, shown: Exhibits, remarks: Iterable[str] = ()) -> bytes:
    """The bytes of the workbook; the same projection gives the same bytes.

    shown   : what the report shows, from `pages_and_exhibits`: each picture and table is a sheet, named as its CSV file
    remarks : what a reader of the plan's files should know
    """
    heading, out = projection.plan.heading, io.BytesIO()
    book = new_book(out)
    sheets = Sheets(book, f"{status(heading)} {fours(projection.fingerprint)}")
    for name in (COVER, CONTENTS, NOTES, COLUMNS, SOURCES, *shown.kept):
        sheets.name(name)
    told = {key: columns(key, exhibit.table) for key, exhibit in shown.kept.items()}
    _cover(sheets, projection)
    _contents(sheets, shown)
    _notes(sheets, projection, remarks)
    _columns(sheets, told)
    for key, exhibit in shown.kept.items():
        lines = (about(exhibit), exhibit.reads, f"{status(heading)} {rests_on(exhibit.table)}")
        rows, table = list(exhibit.table.records()), exhibit.table
        sheets.table(key, exhibit.title, lines, told[key], rows, table.totals, table.signed_totals, CONTENTS)
    _sources(sheets, projection)
    _properties(book, projection)
    book.close()
    return out.getvalue()


def status(heading: Heading) -> str:
    """How far a plan is agreed, in words of ours.

    It stands on every sheet and in every description, because a table may be passed on alone.
    """
    said = f"{heading.status.upper()}." + ("" if heading.status == "agreed" else " Not agreed by any organisation.")
    return f"{said} Invented place." if heading.invented else said


def about(exhibit: Exhibit) -> str:
    """What a table's caption says beyond its finding."""
    caption = exhibit.table.caption
    said = caption.removeprefix(exhibit.title).strip(" .") if caption.startswith(exhibit.title) else caption
    return f"{said[0].upper()}{said[1:].rstrip('.')}." if said else ""


def rests_on(table: Table) -> str:
    """Where a reader finds what a table's figures rest on."""
    named = [name for name in table.heads if name in NAMING_SOURCES]
    if named:
        return f"Each row names its sources in the column {named[-1]}; the sheet {SOURCES} tells what each one is."
    return f"Worked out from the plan’s sources, which the sheet {SOURCES} lists."


def _cover(sheets: Sheets, projection: Projection) -> None:
    heading, looks = projection.plan.heading, sheets.looks
    sheet = sheets.blank(COVER, heading.name)
    sheet.set_column(0, 0, _LABEL, looks.words)
    sheet.set_column(1, 1, _SAID, looks.words)
    write_text(sheet, 1, 0, status(heading), looks.warning)
    facts = (
        ("What this is", "The figures of every picture and table of a report on a five-year health and care plan."),
        (
            "How to read it",
            f"{CONTENTS} lists the tables and leads to each. {NOTES} says how to read them, {COLUMNS} what each column "
            "means. A table’s first cell says what it found; its headings stay in sight. Select a heading to read what "
            "its column means. Figures are shown rounded and held in full. There are no formulas and no hidden sheets.",
        ),
        ("Summary", heading.summary),
        ("Status", status(heading)),
        ("Version", f"{heading.version}, {day(heading.dated)}"),
        ("Years", f"{projection.years[0]} to {projection.years[projection.last]}; {_after(projection)}"),
        ("Money", _money(projection)),
        ("Fingerprint", f"{projection.fingerprint}. The same plan always gives the same one."),
        ("Sources and licences", _licences(projection)),
        (
            "Made by",
            f"Triple Aim {package_version()}, independent open software under the MIT licence. Not an NHS service and "
            "not a council service.",
        ),
    )
    for row, (label, said) in enumerate(((label, said) for label, said in facts if said), 3):
        sheet.set_row(row, height((said, _SAID * 0.9)) + 4)
        write_text(sheet, row, 0, label, looks.bold)
        write_text(sheet, row, 1, said, looks.wrapped)


def _contents(sheets: Sheets, shown: Exhibits) -> None:
    heads = (
        _words("Sheet", "Name of the sheet, and of its file in the folder data"),
        _words("What it holds", "Finding"),
    )
    lines = [(NOTES, _ABOUT[NOTES]), (COLUMNS, _ABOUT[COLUMNS])]
    lines += [(key, exhibit.title) for key, exhibit in shown.kept.items()]
    lines += [(SOURCES, _ABOUT[SOURCES])]
    rows = [(sheets.name(key), said) for key, said in lines]
    sheet = sheets.table(CONTENTS, CONTENTS, (), heads, rows, widest=_SAID)
    for row, (name, _) in enumerate(rows, 2):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", sheets.looks.link, name)


def _notes(sheets: Sheets, projection: Projection, remarks: Iterable[str]) -> None:
    reading = (
        _money(projection),
        f"A year such as {projection.years[0]} is a financial year, April to March; {_after(projection)}.",
        "Cases: if nothing changes; as hoped, with every scheme doing what the plan expects of it; with what is found, "
        "with schemes only as far as there are staff and capital for them.",
        f"{NO_FIGURE} in a cell: no figure is known or stated. {NOTHING_APPLIES} in a cell: nothing applies there.",
        "Figures are shown rounded; the cell holds them in full. Text that begins with =, +, − or @ is text.",
        "Low and high are the ends of a range that holds the truth eight times in ten.",
        "Each table is also a CSV file of the same name in the folder data, with numbers to six decimals. There, text "
        "that a spreadsheet would take for a formula has an apostrophe in front. datapackage.json tells programs the "
        "same units, meanings and sources.",
    )
    listed = [("How to read", words) for words in reading]
    listed += [("Not known", words) for words in projection.plan.heading.not_known]
    listed += [("On the plan’s files", words) for words in remarks]
    heads = (
        Column("Note", TEXT, "Number of the note", True, 0),
        _words("Kind", "How to read, what the authors do not know, or what was found in the plan’s files"),
        _words("What it says", "The note"),
    )
    rows = [(number, *each) for number, each in enumerate(listed, 1)]
    _wide(sheets, NOTES, heads, rows)


def _columns(sheets: Sheets, told: dict[str, tuple[Column, ...]]) -> None:
    heads = (
        _words("Sheet", "Name of the sheet"),
        _words("Column", "Heading of the column"),
        _words("Unit", "Unit of its figures; text for words"),
        _words("What it means", "Meaning of the column"),
    )
    rows = [(sheets.name(key), each.name, each.unit, each.meaning) for key, found in told.items() for each in found]
    _wide(sheets, COLUMNS, heads, rows)


def _sources(sheets: Sheets, projection: Projection) -> None:
    heads = (
        _words("Key", "Short name by which tables refer to the source"),
        _words("Source", "What it is"),
        _words("Kind", "Published, derived, judged or illustrative"),
        _words("Publisher", "Who published or judged it"),
        _words("Year", "Year or period the figures describe"),
        Column("Rows", TEXT, "How many rows of the plan rest on it", True, 0),
        _words("Licence", "Licence or terms of the source"),
        _words("Address", "Where it can be read"),
        _words("Note", "File and recipe, limits, or who judged it and when"),
    )
    licences = {row.key: row.licence for row in projection.plan.sources}
    rows = [
        (each.key, each.title, each.kind, each.publisher, each.year, each.rows, licences[each.key], each.url, each.note)
        for each in projection.sources
    ]
    sheets.table(SOURCES, SOURCES, (f"{_ABOUT[SOURCES]}.",), heads, rows, back=CONTENTS)


def _wide(sheets: Sheets, name: str, heads: tuple[Column, ...], rows: list[tuple[Any, ...]]) -> None:
    sheets.table(name, name, (f"{_ABOUT[name]}.",), heads, rows, back=CONTENTS, widest=_SAID * 0.8)


def _words(name: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, numeric=False)


def _money(projection: Projection) -> str:
    said = (
        "Money is in millions of pounds (£m), cash of each year, of the NHS and councils, before central funds. "
        f"Prices that the plan states are of {projection.plan.heading.price_base}."
    )
    if projection.is_pressure:
        said += (
            f" It is pressure above {projection.plan.opening_year}, not a shortfall: the plan holds no full accounts."
        )
    return said


def _after(projection: Projection) -> str:
    last, after = projection.years[projection.last], projection.years[-1]
    return f"{after}, where a table has it, is {last} at its full yearly rate, with no further growth"


def _licences(projection: Projection) -> str:
    found = sorted({row.licence for row in projection.plan.sources if row.licence})
    said = f"{len(projection.sources)} sources, each with its licence on the sheet {SOURCES}."
    if len(found) == 1:
        said += f" All of them: {found[0]}."
    return " ".join((said, *attribution(projection.plan)))


def _properties(book: Workbook, projection: Projection) -> None:
    heading = projection.plan.heading
    try:
        made = datetime.fromisoformat(heading.dated)
    except ValueError:
        made = datetime(2016, 4, 1)
    book.set_properties(
        {
            "title": f"{heading.name}: tables of the report",
            "subject": "Figures of a five-year health and care plan",
            "category": heading.status.upper(),
            "comments": f"{status(heading)} Fingerprint {projection.fingerprint}",
            "created": made,
        }
    )
    book.set_custom_property("Language", "en-GB")
    book.set_size(2400, 1400)
