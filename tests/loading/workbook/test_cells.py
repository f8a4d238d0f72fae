"""What Excel made of a cell is told by sheet and cell, with how to mend it; nothing is turned back by guessing."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from loading.tiny import write_tiny
from loading.workbook.made import Sheets, a_date, a_formula, parts, save, sheets_of, zipped
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import Remark, read_plan
from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.plan import Plan


@pytest.fixture
def tiny(tmp_path: Path) -> Plan:
    return read_plan(write_tiny(tmp_path / "tiny"))


def refused(file: Path) -> tuple[Problem, ...]:
    with pytest.raises(PlanProblems) as caught:
        read_plan(file)
    return caught.value.problems


def put(sheets: Sheets, sheet: str, column: str, row: int, value: Any) -> str:
    """Write one cell, its row counted as Excel does; returns the name of the cell."""
    place = sheets[sheet][0].index(column)
    cells = sheets[sheet][row - 1]
    cells.extend([None] * (place + 1 - len(cells)))
    cells[place] = value
    return f"{letters_of(place)}{row}"


TURNED = [
    ("organisations", "code", 123.0, "the number 123", "format the cell as Text and type it again"),
    ("organisations", "code", 100000.0, "the number 100000", "Text"),
    ("organisations", "key", 7.0, "the number 7", "Text"),
    ("sources", "year", 2015.0, "the number 2015", "Text"),
    ("schemes", "start", a_date(42795), "a date Excel made: 2017-03-01", "2017-03, if that is meant"),
    ("planned_units", "year", a_date(40878), "a date Excel made: 2011-12-01", "2011/12, if that is meant"),
    ("actions", "due", a_date(42664), "a date Excel made: 2016-10-21", "2016-10"),
    ("activity", "baseline", a_date(42664), "a date Excel made: 2016-10-21", "General"),
    ("activity", "baseline", a_formula("=1/0", "#DIV/0!"), "an error: #DIV/0!", "put the formula right"),
    ("activity", "name", a_formula("=A1", ""), "a formula whose result is not in the file", "save it"),
    ("activity", "baseline", "12%", "12%", "write 0.12"),
    ("activity", "baseline", "1,200", "1,200", "write 1200"),
    ("schemes", "prevention", True, "TRUE", "write yes"),
]


@pytest.mark.parametrize(("sheet", "column", "value", "found", "to_fix"), TURNED)
def test_what_is_not_what_the_column_holds_is_told_by_its_cell(
    tiny: Plan, tmp_path: Path, sheet: str, column: str, value: Any, found: str, to_fix: str
) -> None:
    sheets = sheets_of(tiny)
    if value is True:
        value = lambda book, page, row, place: page.write_boolean(row, place, True)  # noqa: E731
    cell = put(sheets, sheet, column, 2, value)
    problems = refused(save(tmp_path / "plan.xlsx", sheets))
    told = next(each for each in problems if each.cell == cell)
    assert told.where == f"plan.xlsx, sheet {sheet}, {cell}, {column}"
    assert found in told.found
    assert to_fix in told.to_fix
    assert not any(each.file.endswith(".csv") for each in problems)


def test_every_odd_cell_is_told_at_once(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    cells = [
        put(sheets, "activity", "baseline", 2, a_date(42664)),
        put(sheets, "activity", "name", 3, 5.0),
        put(sheets, "activity", "key", 3, 6.0),
        put(sheets, "organisations", "code", 2, 1.0),
    ]
    assert {each.cell for each in refused(save(tmp_path / "plan.xlsx", sheets))} == set(cells)


def test_a_formula_with_its_value_is_taken_and_told(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    baseline = tiny.activity[0].baseline
    cell = put(sheets, "activity", "baseline", 2, a_formula("=SUM(Z1:Z9)", baseline))
    told: list[Remark] = []
    assert read_plan(save(tmp_path / "plan.xlsx", sheets), told) == tiny
    assert [each.where for each in told] == ["plan.xlsx, sheet activity"]
    assert told[0].what.startswith(f"{cell} held a formula")


def test_a_hidden_sheet_and_merged_cells_are_refused_and_hidden_rows_are_told(tiny: Plan, tmp_path: Path) -> None:
    def dressed(name: str, dress: Any) -> Path:
        book = Workbook(tmp_path / name)
        for title, rows in sheets_of(tiny).items():
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                for place, value in enumerate(cells):
                    sheet.write(row, place, value)
            if title == "schemes":
                dress(sheet)
        book.close()
        return tmp_path / name

    hidden = refused(dressed("hidden.xlsx", lambda sheet: sheet.hide()))
    assert [(each.where, each.found) for each in hidden] == [("hidden.xlsx, sheet schemes", "a hidden sheet")]
    merged = refused(dressed("merged.xlsx", lambda sheet: sheet.merge_range("A2:A3", "one")))
    assert (merged[0].where, merged[0].found) == ("merged.xlsx, sheet schemes", "merged cells A2:A3")
    told: list[Remark] = []
    read_plan(dressed("filtered.xlsx", lambda sheet: sheet.set_row(1, None, None, {"hidden": True})), told)
    assert told[0].what == "Row 2 was hidden or filtered away, and was read."
    told.clear()
    read_plan(dressed("narrow.xlsx", lambda sheet: sheet.set_column(2, 2, None, None, {"hidden": True})), told)
    assert told[0].what == "Some columns were hidden, and were read."


def test_headers_named_twice_and_total_rows_are_refused(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    sheets["capacity"][0] = ["key", *sheets["capacity"][0]]
    sheets["activity"].append(["Total", None, None, None, None, None, 99.0])
    problems = refused(save(tmp_path / "plan.xlsx", sheets))
    assert ("plan.xlsx, sheet capacity, A1, key", "2 columns of this name") in {(p.where, p.found) for p in problems}
    row = len(sheets["activity"])
    assert (f"plan.xlsx, sheet activity, A{row}, key", "Total") in {(p.where, p.found) for p in problems}


def test_something_beside_the_table_is_refused_by_its_cell(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    sheets["capacity"][1].extend([None, "see mail"])
    place = letters_of(len(sheets["capacity"][1]) - 1)
    assert (
        refused(save(tmp_path / "plan.xlsx", sheets))[0].found == f"something beside the table, in {place}2: see mail"
    )


def test_empty_rows_are_no_rows(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    sheets["activity"].insert(2, [])
    sheets["activity"].extend([["", ""], []])
    assert read_plan(save(tmp_path / "plan.xlsx", sheets)) == tiny


def test_a_misspelt_sheet_is_refused_and_a_missing_one_is_told(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    sheets["scheme"] = sheets.pop("schemes")
    del sheets["sources"]
    told = {(each.where, each.to_fix) for each in refused(save(tmp_path / "plan.xlsx", sheets))}
    assert ("plan.xlsx, sheet scheme", "name it schemes, or take it out of the workbook") in told
    assert any(where == "plan.xlsx, sheet sources" for where, _ in told)


def test_the_plan_sheet_is_told_by_cell_too(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    rows = {line[0]: number for number, line in enumerate(sheets["plan"], 1)}
    sheets["plan"][rows["version"] - 1][1] = 2.0
    sheets["plan"][rows["invented"] - 1][1] = "perhaps"
    problems = refused(save(tmp_path / "plan.xlsx", sheets))
    assert [(each.cell, each.field) for each in problems] == [
        (f"B{rows['version']}", "version"),
        (f"B{rows['invented']}", "invented"),
    ]


def test_a_table_that_is_not_there_at_all_is_told(tmp_path: Path) -> None:
    problems = refused(zipped(tmp_path / "plan.xlsx", parts()))
    assert ("plan.xlsx, sheet plan", "no such sheet") in {(each.where, each.found) for each in problems}
    assert ("plan.xlsx, sheet activity", "an empty sheet") in {(each.where, each.found) for each in problems}


def test_texts_in_pieces_and_prefixes_of_other_programs_are_read(tiny: Plan, tmp_path: Path) -> None:
    """Other programs write rich text in runs, and name every tag with a prefix."""
    file = save(tmp_path / "plan.xlsx", sheets_of(tiny))
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    name = tiny.schemes[0].name
    runs = f"<si><r><t>{name[:3]}</t></r><rPh sb='0' eb='1'><t>ignored</t></rPh><r><t>{name[3:]}</t></r></si>"
    texts = held["xl/sharedStrings.xml"].decode().replace(f"<si><t>{name}</t></si>", runs)
    assert runs in texts
    held["xl/sharedStrings.xml"] = texts.encode()
    for sheet in [each for each in held if each.startswith("xl/worksheets/sheet")]:
        main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        data = held[sheet].replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")
        held[sheet] = data.replace(b"<x:?xml", b"<?xml").replace(main, main.replace(b"xmlns=", b"xmlns:x="))
    assert read_plan(zipped(file, held)) == tiny


def test_another_reader_finds_the_same_cells(tiny: Plan, tmp_path: Path) -> None:
    """python-calamine, an independent reader, as the judge of ours."""
    calamine = pytest.importorskip("python_calamine")
    from tripleaim.loading import write_workbook
    from tripleaim.loading.workbook.opened import opened

    file = write_workbook(tiny, tmp_path / "plan.xlsx")
    book = calamine.CalamineWorkbook.from_path(str(file))
    with opened(file) as workbook:
        assert len(workbook.sheets) > 25
        for sheet in workbook.sheets.values():
            theirs = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for number, cells in sheet.rows():
                ours = ["" if cell is None else cell for cell in cells]
                assert ours == theirs[number - 1][: len(ours)]
