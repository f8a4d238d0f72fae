"""Folder to workbook to folder: the same fingerprint, also after LibreOffice has saved it, and nothing half written."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from invariants.small_plans import small_plans
from loading.tiny import TINY, write_tiny
from loading.workbook.made import read_in_this_process, save, sheets_of
from tripleaim.errors import PlanProblems
from tripleaim.loading import Remark, merge_workbooks, read_plan, write_plan, write_workbook
from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.loading.workbook.as_sent import read_as_sent
from tripleaim.loading.workbook.cover import read_cover
from tripleaim.loading.workbook.layout import HEADER_ROW, SHEETS
from tripleaim.loading.workbook.opened import opened
from tripleaim.plan import TABLES, Plan
from tripleaim.plan.describe import headings

ROOT = Path(__file__).resolve().parents[3]
WORKED = sorted(path.parent for path in (ROOT / "plans").glob("*/plan.toml"))
SOFFICE = shutil.which("soffice")


@pytest.fixture
def tiny(tmp_path: Path) -> Plan:
    return read_plan(write_tiny(tmp_path / "tiny"))


@dataclass(frozen=True)
class Saved:
    """A plan, and its workbook as the real LibreOffice saved it."""

    plan: Plan
    file: Path


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Saved]:
    """Every worked plan, two of odd texts and a part, saved by the real program, which starts once for all."""
    folder = tmp_path_factory.mktemp("libreoffice")
    plans = {place.name: read_plan(place) for place in WORKED}
    plans["odd texts"] = with_odd_texts(folder / "odd")
    plans["marks"] = with_odd_texts(folder / "marks", MARKS.values())
    files = [str(write_workbook(plan, folder / f"{number}.xlsx")) for number, plan in enumerate(plans.values())]
    plans["part"] = plans["odd texts"]
    files.append(str(write_workbook(plans["part"], folder / "part.xlsx", organisation="council")))
    home, out = (folder / "home").as_uri(), folder / "saved"
    command = [str(SOFFICE), f"-env:UserInstallation={home}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), *files], check=True, capture_output=True, timeout=300)
    return {name: Saved(plan, out / Path(file).name) for (name, plan), file in zip(plans.items(), files, strict=True)}


@pytest.mark.parametrize("folder", WORKED, ids=lambda folder: folder.name)
def test_a_worked_plan_comes_back_from_its_workbook(folder: Path, tmp_path: Path) -> None:
    plan = read_plan(folder)
    told: list[Remark] = []
    again = read_plan(write_workbook(plan, tmp_path / "plan.xlsx"), told)
    assert again == plan
    assert told == []
    assert read_plan(write_plan(again, tmp_path / "back")).fingerprint == plan.fingerprint


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=small_plans())
def test_any_plan_comes_back_from_its_workbook(tmp_path: Path, plan: Plan) -> None:
    with read_in_this_process():
        assert read_plan(write_workbook(plan, tmp_path / "plan.xlsx", replace=True)).fingerprint == plan.fingerprint


ODD_TEXTS = {
    "a code with an E": "06E",
    "a code like a power": "1E5",
    "noughts in front": "00123",
    "a year": "2016/17",
    "a date": "2016-10-21",
    "words like a date": "1 Mar",
    "letters of other alphabets": "Ñorthämptön Ω 健康 😀",
    "marks of XML": "<b>&amp;</b> \"quoted\" 'too'",
    "a mark of Excel": "_x0041_ stays",
    "what a library takes for XML": "<r><t>not bold</t></r>",
    "lines": "first line\nsecond line",
    "spaces at its ends": "  spaced  ",
    "an address": "https://example.org/a?b=c#d",
    "true in words": "TRUE",
    "an error in words": "#N/A",
}


MARKS = {
    "a mark that is marked": "_x0041_ and _x005F_x0041_",
    "marks that share an underscore": "_x0041_x0042_x0043_ __x0041__ _x005f_x005F_",
}
"""What Excel and we read as it stands, and LibreOffice itself changes when it saves a workbook."""


def with_odd_texts(folder: Path, texts: Iterable[str] = tuple(ODD_TEXTS.values())) -> Plan:
    """The tiny plan with a source for each odd text, in all of its text columns."""
    rows = []
    for number, text in enumerate(texts):
        quoted = '"' + text.replace('"', '""') + '"'
        rows.append(f"odd{number},judged,{quoted},{quoted},{quoted},,{quoted},{quoted}\n")
    columns = "key,kind,title,publisher,year,url,licence,note"
    first, _, rest = TINY["sources.csv"].partition("\n")
    wide = [line + "," * (columns.count(",") - line.count(",")) for line in rest.splitlines()]
    assert columns.startswith(first)
    return read_plan(write_tiny(folder, {"sources.csv": f"{columns}\n" + "\n".join(wide) + "\n" + "".join(rows)}))


def test_odd_texts_come_back_letter_for_letter(tmp_path: Path) -> None:
    plan = with_odd_texts(tmp_path / "odd", (*ODD_TEXTS.values(), *MARKS.values()))
    assert read_plan(write_workbook(plan, tmp_path / "odd.xlsx")) == plan


@pytest.mark.parametrize("name", [*(place.name for place in WORKED), "odd texts"])
@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_a_workbook_that_libreoffice_saved_holds_the_same_plan(saved: dict[str, Saved], name: str) -> None:
    told: list[Remark] = []
    assert read_plan(saved[name].file, told).fingerprint == saved[name].plan.fingerprint
    assert told == []


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("name", ["odd texts", "part"])
def test_what_a_workbook_was_sent_with_is_known_after_libreoffice_saved_it(saved: dict[str, Saved], name: str) -> None:
    plan, file = saved[name].plan, saved[name].file
    with opened(file, as_sent=True) as workbook:
        sent = read_as_sent(workbook, read_cover(workbook))
    assert sent is not None
    assert sent.name == plan.heading.name
    now = changed_price(plan)
    assert merge_workbooks(now, [file]) == now


def changed_price(plan: Plan) -> Plan:
    """The plan after somebody changed it, so that workbooks sent before are merged by what they were sent with."""
    first, *others = plan.budgets
    dearer = type(first)(**{**dict(first), "amount": first.amount + 1})
    values = {name: getattr(plan, name) for name in type(plan).model_fields}
    return Plan(**{**values, "budgets": (dearer, *others)})


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_every_text_that_libreoffice_changes_was_told_when_the_workbook_was_written(
    saved: dict[str, Saved], tmp_path: Path
) -> None:
    told: list[Remark] = []
    before = cells_of(write_workbook(saved["marks"].plan, tmp_path / "marks.xlsx", told=told))
    after = cells_of(saved["marks"].file)
    changed = [cell for cell, text in before.items() if after[cell] != text]
    assert len(changed) >= len(MARKS)
    assert all(cell in told[0].what for cell in changed)


def cells_of(file: Path) -> dict[str, object]:
    """The cells of the sources, by where they stand."""
    with opened(file) as workbook:
        rows = list(workbook.sheets["sources"].rows())
    return {f"sheet sources, {letters_of(n)}{row}": cell for row, cells in rows for n, cell in enumerate(cells)}


def test_texts_that_libreoffice_keeps_are_not_told(tmp_path: Path) -> None:
    told: list[Remark] = []
    write_workbook(with_odd_texts(tmp_path / "odd"), tmp_path / "odd.xlsx", told=told)
    assert told == []


def test_a_fragile_heading_and_the_rows_of_a_part_are_told_by_their_cells(tmp_path: Path) -> None:
    heading = TINY["plan.toml"].replace("Tiny plan", "_x0041_x0042_")
    budgets = TINY["budgets.csv"].replace("Council tax", "_x005F_x0042_")
    plan = read_plan(write_tiny(tmp_path / "plan", {"plan.toml": heading, "budgets.csv": budgets}))
    told: list[Remark] = []
    write_workbook(plan, tmp_path / "whole.xlsx", told=told)
    write_workbook(plan, tmp_path / "part.xlsx", organisation="council", told=told)
    assert [each.where for each in told] == ["whole.xlsx", "part.xlsx"]
    named = [re.findall(r"sheet \w+, [A-Z]+\d+", each.what) for each in told]
    with opened(tmp_path / "whole.xlsx") as workbook:
        cells = dict(workbook.sheets["plan"].rows())
    assert named[1] == ["sheet budgets, C5"]
    assert len(named[0]) == 2
    assert cells[int(named[0][0].removeprefix("sheet plan, B"))][:2] == ["name", "_x0041_x0042_"]


def test_the_same_plan_gives_the_same_workbook_byte_for_byte(tiny: Plan, tmp_path: Path) -> None:
    one, two = (write_workbook(tiny, tmp_path / name).read_bytes() for name in ("one.xlsx", "two.xlsx"))
    assert one == two


def test_a_workbook_typed_by_hand_is_read_wherever_its_header_stands(tiny: Plan, tmp_path: Path) -> None:
    sheets = sheets_of(tiny)
    sheets["activity"] = [["Our activity"], [], *sheets["activity"]]
    sheets["Notes"] = [["what we talked about"]]
    told: list[Remark] = []
    assert read_plan(save(tmp_path / "typed.xlsx", sheets), told) == tiny
    assert [each.what for each in told] == ["Nothing was read of Notes: no plan has such sheets."]


def test_a_file_that_is_there_is_kept_unless_replacing_is_said(tiny: Plan, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_text("a letter", encoding="utf-8")
    with pytest.raises(PlanProblems, match="--force"):
        write_workbook(tiny, file)
    assert file.read_text(encoding="utf-8") == "a letter"
    write_workbook(tiny, file, replace=True)
    assert read_plan(file) == tiny
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plan.xlsx", "tiny"]


def test_only_the_name_of_a_workbook_is_written_to(tiny: Plan, tmp_path: Path) -> None:
    with pytest.raises(PlanProblems, match=r"does not end in \.xlsx"):
        write_workbook(tiny, tmp_path / "plan.xls")


# --- how it looks ---


def part(file: Path, name: str) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read(name).decode("utf-8")


@pytest.fixture
def file(tiny: Plan, tmp_path: Path) -> Path:
    return write_workbook(tiny, tmp_path / "plan.xlsx")


def test_every_table_has_a_sheet_also_when_it_is_empty(file: Path) -> None:
    names = re.findall(r'<sheet name="([^"]+)"', part(file, "xl/workbook.xml"))
    assert names[:3] == ["Cover", "Contents", "How to"]
    assert [name for name in names if name in SHEETS] == list(SHEETS)
    with opened(file) as workbook:
        for form in TABLES:
            row, cells = list(workbook.sheets[form.name].rows())[3]
            assert row == HEADER_ROW + 1
            assert cells == list(headings(form.noun))


def test_every_column_has_its_unit_above_it(file: Path) -> None:
    with opened(file) as workbook:
        for form in TABLES:
            rows = list(workbook.sheets[form.name].rows())
            assert rows[0][1][0] == form.name.replace("_", " ").capitalize()
            assert form.meaning in rows[1][1][0]
            assert len(rows[2][1]) == len(rows[3][1])
            assert all(rows[2][1])


def test_headers_are_locked_and_cells_below_are_not_and_nothing_is_merged(file: Path) -> None:
    styles = part(file, "xl/styles.xml").split("<cellXfs")[1].split("</cellXfs>")[0].split("<xf ")[1:]
    with zipfile.ZipFile(file) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    for name in sheets:
        text = part(file, name)
        assert "mergeCell" not in text
        assert "sheetProtection" in text
        assert "password" not in text.split("<sheetProtection")[1].split("/>")[0]
    activity = part(file, f"xl/worksheets/sheet{3 + 1 + SHEETS.index('activity')}.xml")
    rows = dict(re.findall(r'<row r="(\d+)".*?>(.*?)</row>', activity))
    locked = {row: {'locked="0"' not in styles[int(s)] for s in re.findall(r' s="(\d+)"', rows[row])} for row in rows}
    assert locked["4"] == {True}
    assert locked["5"] == {False}


def test_letters_are_ten_points_or_more_in_one_plain_typeface(file: Path) -> None:
    styles = part(file, "xl/styles.xml")
    fonts = styles.split("<fonts")[1].split("</fonts>")[0]
    used = {int(number) for number in re.findall(r'<xf [^>]*fontId="(\d+)"', styles.split("<cellXfs")[1])} - {0}
    each = re.findall(r"<font>(.*?)</font>", fonts)
    for number in used:
        assert float(re.findall(r'<sz val="([\d.]+)"', each[number])[0]) >= 10
        assert re.findall(r'<name val="([^"]+)"', each[number]) == ["Arial"]


def test_the_cover_says_what_it_is_and_that_it_is_a_draft(file: Path, tiny: Plan) -> None:
    with opened(file) as workbook:
        said = [cell for _, cells in workbook.sheets["cover"].rows() for cell in cells]
    assert tiny.heading.name in said
    assert any(str(each).startswith("DRAFT") for each in said)
    assert tiny.fingerprint in said
    properties = part(file, "docProps/core.xml") + part(file, "docProps/custom.xml")
    assert tiny.heading.name in properties
    assert "DRAFT" in properties
    assert "en-GB" in properties


def test_no_text_of_a_plan_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    file = write_workbook(with_odd_texts(tmp_path / "odd"), tmp_path / "odd.xlsx")
    numbers = [4 + SHEETS.index(name) for name in SHEETS]
    for text in (part(file, f"xl/worksheets/sheet{number}.xml") for number in numbers):
        assert "<f>" not in text
        assert "<hyperlink" not in text
