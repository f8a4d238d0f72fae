"""One table as a spreadsheet: the same figures, its title first, and nothing that a spreadsheet would run."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from tripleaim.charts import Table
from tripleaim.projection import Projection
from tripleaim.reports.html import report_files
from tripleaim.reports.one_table import workbook_of_csv

TABLE = Table(
    caption="Who is short",
    header=("Organisation", "£m", "Note"),
    rows=(("=HYPERLINK(1)", -1.25, "+44 is text"), ("'=quoted", None, "-1"), ("Marsh", 20.0, "http://example.org")),
    numeric=(1,),
)


def cells(book: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def written(book: bytes) -> str:
    """All of the workbook's inner files as one text."""
    with zipfile.ZipFile(io.BytesIO(book)) as inner:
        return "".join(inner.read(name).decode() for name in inner.namelist())


def test_its_title_stands_in_the_first_cell_and_notes_below_it() -> None:
    found = cells(workbook_of_csv("who", TABLE.csv(), "Two of three are short", ["DRAFT. Not agreed."]))
    assert found[0][0] == "Two of three are short"
    assert found[1][0] == "DRAFT. Not agreed."


def test_figures_are_figures_and_text_is_the_text_that_was_there() -> None:
    found = cells(workbook_of_csv("who", TABLE.csv(), "Short"))
    at = next(n for n, row in enumerate(found) if row[0] == "Organisation")
    assert [row[:3] for row in found[at + 1 :]] == [
        ["=HYPERLINK(1)", -1.25, "+44 is text"],
        ["'=quoted", "[x]", "-1"],
        ["Marsh", 20.0, "http://example.org"],
    ]


def test_nothing_in_it_is_a_formula_or_a_link() -> None:
    text = written(workbook_of_csv("who", TABLE.csv(), "=1+1", ["@SUM(A1)"], foot="=2"))
    assert "<f>" not in text
    assert "<hyperlink" not in text
    assert 'quotePrefix="1"' in text


def test_it_is_one_marked_up_table_with_headings_that_stay() -> None:
    text = written(workbook_of_csv("who", TABLE.csv(), "Short"))
    assert len(re.findall(r"<table xmlns", text)) == 1
    assert 'state="frozen"' in text


def test_the_same_table_gives_the_same_bytes() -> None:
    assert workbook_of_csv("who", TABLE.csv(), "Short") == workbook_of_csv("who", TABLE.csv(), "Short")


def test_every_table_of_a_report_becomes_one(projection: Projection) -> None:
    tables = {name: text for name, text in report_files(projection).items() if name.endswith(".csv")}
    assert len(tables) > 10
    for name, text in tables.items():
        book = workbook_of_csv(name.removeprefix("data/").removesuffix(".csv"), text, "A title")
        assert cells(book)[0][0] == "A title"


def test_columns_have_the_units_the_whole_workbook_gives_them(invented: Projection) -> None:
    found = cells(workbook_of_csv("positions", report_files(invented)["data/positions.csv"], "Positions"))
    at = next(n for n, row in enumerate(found) if row[0] == "Organisation")
    assert "£m, cash of the year" in found[at - 1]


def test_a_table_without_headings_or_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="who: found no line of headings"):
        workbook_of_csv("who", "", "Short")
    with pytest.raises(ValueError, match="who, line 2: found 1 cells; expected 2"):
        workbook_of_csv("who", "a,b\r\n1\r\n", "Short")
