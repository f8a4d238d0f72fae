"""The report's workbook: every table in full, told so that anyone can read it, and nothing in it that runs."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tripleaim.charts import Table
from tripleaim.charts.wording import clean
from tripleaim.projection import Projection
from tripleaim.reports.columns import columns
from tripleaim.reports.facts import Exhibits, package_version
from tripleaim.reports.html import pages_and_exhibits
from tripleaim.reports.sheet import NO_FIGURE, NOTHING_APPLIES, Sheets, new_book, number_format
from tripleaim.reports.spreadsheet import COLUMNS, CONTENTS, COVER, NOTES, SOURCES, report_workbook

SOFFICE = shutil.which("soffice")
RUNS = ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@name", "\t=1", "\r=1", " =1", "＝1", "http://example.org", "{=1}"]


MADE: dict[str, tuple[Exhibits, bytes]] = {}
"""Workbooks of the worked plans, each made once."""


def told(projection: Projection) -> tuple[Exhibits, bytes]:
    """What the report of a worked plan shows, and its workbook."""
    if projection.fingerprint not in MADE:
        MADE[projection.fingerprint] = made(projection)
    return MADE[projection.fingerprint]


def made(projection: Projection) -> tuple[Exhibits, bytes]:
    shown = pages_and_exhibits(projection)[1]
    return shown, report_workbook(projection, shown)


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def table_in(rows: list[list[Any]], first: str) -> list[list[Any]]:
    """The marked-up table of a sheet: from its headings down, as wide as they are."""
    top = next(n for n, row in enumerate(rows) if row[0] == first and all(isinstance(cell, str) for cell in row))
    width = len([cell for cell in rows[top] if cell != ""])
    return [row[:width] for row in rows[top:]]


def parts(data: bytes, like: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if re.search(like, name)}


def a_report(projection: Projection, *tables: Table) -> dict[str, list[list[Any]]]:
    shown = Exhibits()
    for number, table in enumerate(tables):
        shown.keep(f"table_{number}", "A finding", table)
    return sheets_of(report_workbook(projection, shown))


def test_every_picture_and_table_is_a_sheet_with_its_figures_in_full(projection: Projection) -> None:
    shown, data = told(projection)
    found = sheets_of(data)
    assert list(found) == [COVER, CONTENTS, NOTES, COLUMNS, *shown.kept, SOURCES]
    for key, exhibit in shown.kept.items():
        head, *rows = table_in(found[key], exhibit.table.heads[0])
        assert tuple(head) == exhibit.table.heads
        for row, meant in zip(rows, exhibit.table.records(), strict=True):
            for cell, expected in zip(row, meant, strict=True):
                if expected is None or expected == "":
                    assert cell == (NO_FIGURE if expected is None else NOTHING_APPLIES)
                elif isinstance(expected, str):
                    assert cell == clean(expected)
                else:
                    assert cell == pytest.approx(expected, rel=1e-15), (key, head)


def test_every_sheet_starts_with_its_title_and_says_how_far_the_plan_is_agreed(projection: Projection) -> None:
    shown, data = told(projection)
    for name, rows in sheets_of(data).items():
        lead = " ".join(str(row[0]) for row in rows[:10])
        if name in shown.kept:
            assert rows[0][0] == clean(shown.kept[name].title), "the whole finding, in one cell"
            assert "DRAFT. Not agreed by any organisation." in lead
            assert ("Invented place." in lead) == projection.plan.heading.invented
        else:
            assert rows[0][0] == (projection.plan.heading.name if name == COVER else name)


def test_the_cover_says_what_this_is(projection: Projection) -> None:
    heading = projection.plan.heading
    words = " ".join(str(cell) for row in sheets_of(told(projection)[1])[COVER] for cell in row)
    version = (heading.version, f"are of {heading.price_base}", "before central funds", package_version())
    for said in (heading.name, "DRAFT", projection.fingerprint, *version, "How to read it"):
        assert said in words, said


def test_tables_are_marked_up_with_frozen_headings_and_have_no_empty_or_merged_cell(projection: Projection) -> None:
    shown, data = told(projection)
    sheets = parts(data, r"worksheets/sheet\d+\.xml$")
    assert not any("<mergeCell" in text for text in sheets.values())
    assert not any('state="hidden"' in text for text in parts(data, r"workbook\.xml$").values())
    with_table = [text for text in sheets.values() if "<tablePart " in text]
    assert len(with_table) == len(sheets) - 1 == len(shown.kept) + 4
    assert all('state="frozen"' in text for text in with_table)
    found = sheets_of(data)
    for key, exhibit in shown.kept.items():
        cells = [cell for row in table_in(found[key], exhibit.table.heads[0]) for cell in row]
        assert "" not in cells, key


def test_letters_are_plain_and_large_enough(invented: Projection) -> None:
    styles = parts(told(invented)[1], r"styles\.xml$")["xl/styles.xml"]
    assert set(re.findall(r'<name val="([^"]+)"', styles)) == {"Arial"}
    assert min(float(size) for size in re.findall(r'<sz val="([^"]+)"', styles)) >= 10


def test_no_cell_runs_and_no_link_leads_out(projection: Projection) -> None:
    _, data = told(projection)
    assert not any(re.search(r"<f[ >]", text) for text in parts(data, r"worksheets/").values())
    assert not any("External" in text for text in parts(data, r"\.rels$").values())


@pytest.mark.parametrize("words", RUNS)
def test_text_that_a_spreadsheet_would_run_stays_text(invented: Projection, words: str) -> None:
    shown = Exhibits()
    table = Table(words, ("Name", f"{words} £m"), ((words, -5.25), ("-5", 1.0)), (1,), traces=(("", words, words),) * 2)
    shown.keep("naughty", words, table)
    data = report_workbook(invented, shown)
    (_, first, second) = table_in(sheets_of(data)["naughty"], "Name")
    assert first == [clean(words), -5.25, NOTHING_APPLIES, clean(words), clean(words)]
    assert second[0] == "-5"
    assert not any(re.search(r"<f[ >]", text) for text in parts(data, r"worksheets/").values())
    assert not any("External" in text for text in parts(data, r"\.rels$").values())


@given(st.text() | st.sampled_from(RUNS).map(lambda words: "'" + words))
def test_a_program_gets_every_text_of_a_csv_file_back(words: str) -> None:
    table = Table("c", ("Name", "£m"), ((words, -16.0),), (1,))
    rows = list(csv.reader(io.StringIO(table.csv(), newline="")))
    found, amount = rows[1]
    assert amount == "-16.0"
    begins = found.lstrip("'").lstrip()[:1] in set("=+-@＝＋－＠") or found.lstrip("'")[:1] in set("\t\r\n")
    assert (found[1:] if found.startswith("'") and begins else found) == words


@pytest.mark.parametrize(
    ("unit", "places", "signed", "shown"),
    [
        ("£m", 1, False, '"£"#,##0.0"m";"−£"#,##0.0"m"'),
        ("£m, cash of the year", 1, True, '"+£"#,##0.0"m";"−£"#,##0.0"m";"£"#,##0.0"m"'),
        ("£, cash of the year", 0, False, '"£"#,##0;"−£"#,##0'),
        ("%", 1, False, '#,##0.0"%";"−"#,##0.0"%"'),
        ("£m; beds or staff where the figure counts those", 1, False, '#,##0.0;"−"#,##0.0'),
        ("beds", 0, False, '#,##0;"−"#,##0'),
    ],
)
def test_figures_are_shown_with_their_unit(unit: str, places: int, signed: bool, shown: str) -> None:
    assert number_format(unit, places, signed) == shown


@given(st.lists(st.text(min_size=1, max_size=60), max_size=20))
def test_sheet_names_are_ones_excel_allows_and_no_two_are_alike(wanted: list[str]) -> None:
    sheets = Sheets(new_book(io.BytesIO()))
    names = [sheets.name(each) for each in dict.fromkeys(wanted)]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
        assert name.lower() != "history"


def test_every_column_of_every_table_says_its_unit_and_what_it_means(projections: dict[str, Projection]) -> None:
    kept = [each for p in projections.values() for each in pages_and_exhibits(p)[1].kept.items()]
    for key, exhibit in kept:
        for column in columns(key, exhibit.table):
            assert column.meaning != column.name, f"{key}, {column.name}: add it to column_notes.csv"
            assert (column.unit == "text") == (not column.numeric), (key, column)


def test_a_sheet_without_figures_and_headings_that_are_alike_do_no_harm(invented: Projection) -> None:
    found = a_report(
        invented, Table("c", ("Name", "£m"), (), (1,)), Table("c", ("A", "B", "b"), (("x", 1.0, 2.0),), (1, 2))
    )
    assert table_in(found["table_0"], "Name")[0] == ["Name", "£m"]
    assert table_in(found["table_1"], "A")[1] == ["x", 1.0, 2.0]


def test_the_same_projection_gives_the_same_bytes(invented: Projection) -> None:
    assert told(invented)[1] == made(invented)[1]


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_it_with_every_figure(invented: Projection, tmp_path: Path) -> None:
    _, data = told(invented)
    (tmp_path / "report.xlsx").write_bytes(data)
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={(tmp_path / 'home').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx",
    ]
    done = [*command, "--outdir", str(tmp_path / "saved"), str(tmp_path / "report.xlsx")]
    subprocess.run(done, check=True, capture_output=True, timeout=180)
    saved = sheets_of((tmp_path / "saved" / "report.xlsx").read_bytes())
    before = sheets_of(data)
    assert list(saved) == list(before)
    for name, rows in before.items():
        cells = [cell for row in rows for cell in row if cell != ""]
        again = [cell for row in saved[name] for cell in row if cell != ""]
        for cell, now in zip(cells, again, strict=True):
            assert now == (cell if isinstance(cell, str) else pytest.approx(cell, rel=1e-14)), name
