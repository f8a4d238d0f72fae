"""No workbook hurts: it is counted in a process of its own before anything looks into it, and refused in words."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loading.workbook.made import BOOK, SHEET, TEXTS, parts, save, zipped
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import read_plan
from tripleaim.loading.workbook.apart.limits import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS
from tripleaim.loading.workbook.apart.sheet import letters_of
from tripleaim.loading.workbook.opened import opened
from tripleaim.plan import TABLES

MOST_SECONDS = 6
"""Seconds of processor time, of both processes together: three where it is measured, twice that on a slower machine."""
MOST_MEGABYTES = 300
MOST_SCRATCH = 100
"""Megabytes on disk while a workbook is read."""


def refused(path: Path) -> Problem:
    with pytest.raises(PlanProblems) as caught:
        read_plan(path)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def declared(kind: str) -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {kind} [<!ENTITY l0 "lol">{levels}]><{kind}>&l9;</{kind}>'.encode()


def with_parts(**more: bytes | str) -> Callable[[Path], Path]:
    return lambda path: zipped(path, {**parts(), **{name.replace("__", "/"): data for name, data in more.items()}})


def also(name: str, data: bytes | str = "") -> Callable[[Path], Path]:
    return lambda path: zipped(path, {**parts(), name: data})


def encrypted(path: Path) -> Path:
    data = bytearray(zipped(path, parts()).read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    return path


def overlapping(path: Path) -> Path:
    """Every part of the list points at the same bytes: what a small file needs to expand without end."""
    data = bytearray(zipped(path, {**parts(), "xl/a.xml": "x" * 100, "xl/b.xml": "x" * 100}).read_bytes())
    first = data.index(b"xl/a.xml") - 30
    entry = data.rfind(b"xl/b.xml") - 46
    data[entry + 42 : entry + 46] = first.to_bytes(4, "little")
    path.write_bytes(data)
    return path


def lying(path: Path) -> Path:
    """A part that says it is small and is not."""
    bomb = zipped(path, {**parts(), "xl/styles.xml": b" " * 80_000_000})
    data = bytearray(bomb.read_bytes())
    entry = data.rfind(b"xl/styles.xml") - 46
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def zip_in_zip(path: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("again.zip", b"0" * 1000)
    return also("xl/media/image1.png", inner.getvalue())(path)


def many_sheets(path: Path) -> Path:
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(MOST_SHEETS + 1))
    return with_parts(**{"xl__workbook.xml": BOOK.replace("<sheets>", f"<sheets>{sheets}")})(path)


def many_rows(path: Path) -> Path:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 300_001))
    return zipped(path, parts(SHEET % rows))


def far_cell(path: Path) -> Path:
    return zipped(path, parts(SHEET % '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def far_column(path: Path) -> Path:
    """One value a row, each in a column far out: rows that are nearly all empty cells."""
    rows = "".join(f'<row r="{n}"><c r="ALK{n}"><v>1</v></c></row>' for n in range(1, 240_001))
    return zipped(path, parts(SHEET % rows))


def wide_rows(path: Path) -> Path:
    """One value a row, each in the last column that is read."""
    last = letters_of(MOST_COLUMNS - 1)
    rows = "".join(f'<row r="{n}"><c r="{last}{n}"><v>1</v></c></row>' for n in range(1, 240_001))
    return zipped(path, parts(SHEET % rows))


def repeated(length: int, rows: int) -> Callable[[Path], Path]:
    """One shared text that very many cells point at: small in the file, large once every cell has it."""
    cells = "".join(f'<c r="{column}%d" t="s"><v>0</v></c>' for column in "ABCD")
    sheet = "".join(f'<row r="{n}">{cells % (n, n, n, n)}</row>' for n in range(1, rows + 1))
    return lambda path: zipped(path, parts(SHEET % sheet, TEXTS % f"<si><t>{'x' * length}</t></si>"))


def text_flood(path: Path) -> Path:
    return zipped(path, parts(texts=TEXTS % "".join(f"<si><t>{n:x}</t></si>" for n in range(1_100_000))))


def tag_flood(path: Path) -> Path:
    """Tags that are no cells, parted by noise so that they do not pack too well."""
    draw = random.Random(1)
    block = b"".join(b"<a%x/>" % draw.getrandbits(20) for _ in range(100_000))
    return zipped(path, {**parts(), "xl/worksheets/sheet1.xml": b"<worksheet>" + block * 130 + b"</worksheet>"}, 1)


BOMBS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bytes that expand a thousand times": (also("xl/media/image1.png", b"\0" * 200_000_000), "250 times"),
    "more than is ever read": (
        lambda p: zipped(p, {**parts(), **{f"a{n}": bytes(range(256)) * 200_000 for n in range(6)}}),
        "MB",
    ),
    "a part that lies about its size": (lying, "damaged"),
    "parts over one another": (overlapping, "lie over one another"),
    "a zip in the zip": (zip_in_zip, "a zip file inside"),
    "entities in the texts": (with_parts(**{"xl__sharedStrings.xml": declared("sst")}), "DTD"),
    "entities in a part nobody reads": (also("docProps/app.xml", declared("Properties")), "DTD"),
    "entities in another alphabet": (also("xl/theme.xml", declared("a").decode().encode("utf-16")), "DTD"),
    "a name that climbs out": (also("../../evil.xml"), "lead out"),
    "a name from the root": (also("/etc/cron.d/evil"), "lead out"),
    "a name with a drive": (also("C:/evil.xml"), "lead out"),
    "a locked part": (encrypted, "password"),
    "macros": (also("xl/vbaProject.bin", b"x"), "macros"),
    "links to other workbooks": (also("xl/externalLinks/externalLink1.xml", "<a/>"), "links to other"),
    "embedded documents": (also("xl/embeddings/a.docx", b"x"), "other documents"),
    "too many sheets": (many_sheets, f"{MOST_SHEETS} sheets"),
    "too many rows": (many_rows, f"{MOST_ROWS:,} rows"),
    "a cell at the far corner": (far_cell, "beyond"),
    "rows that begin far out": (far_column, "beyond"),
    "rows of empty cells": (wide_rows, "empty cells"),
    "a text longer than a plan's, in very many cells": (repeated(32_767, 40_000), "32,767 characters"),
    "a long text in very many cells": (repeated(10_000, 40_000), "more text than"),
    "a flood of texts": (text_flood, "more text than"),
    "a flood of tags": (tag_flood, "more tags"),
    "too many parts": (lambda p: zipped(p, {f"p{n}": "" for n in range(2_500)}), "parts"),
    "a tag without end": (lambda p: zipped(p, parts("<" + "a" * 3_000_000)), "not well formed"),
}


MEASURE = """
import json, os, resource, sys
from tripleaim.errors import PlanProblems
from tripleaim.loading import read_plan
from tripleaim.loading.workbook import opened

largest = 0
read_apart = opened._read_apart

def watched(path, rows, wanted):
    global largest
    answer = read_apart(path, rows, wanted)
    largest = rows.stat().st_size if rows.exists() else 0
    return answer

def measured(file):
    before = resource.getrusage(resource.RUSAGE_SELF)
    try:
        read_plan(file)
    except PlanProblems as told:
        own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        took = own.ru_utime + own.ru_stime - before.ru_utime - before.ru_stime + child.ru_utime + child.ru_stime
        try:
            status = open("/proc/self/status").read()
        except OSError:
            status = "VmHWM: 0 kB"
        held = int(status.split("VmHWM:")[1].split()[0])
        return {
            "seconds": took,
            "memory": (held + child.ru_maxrss) / 1024,
            "scratch": largest / 1e6,
            "problems": [[each.file, each.found, each.expected, each.to_fix] for each in told.problems],
        }

opened._read_apart = watched
for file in sys.stdin:
    if not (child := os.fork()):
        print(json.dumps(measured(file.removesuffix("\\n"))), flush=True)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print("{}", flush=True)  # it fell
"""
"""Reads each workbook it is told of, in a process of its own, and tells what that took and what was said.

Start-up is not counted, and is gone through once.
"""


@pytest.fixture(scope="module")
def measuring() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", MEASURE], stdin=-1, stdout=-1, text=True) as running:
        yield running


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("name", BOMBS)
def test_what_is_not_safe_is_refused_soon_and_with_little_memory_and_disk(
    name: str, tmp_path: Path, measuring: subprocess.Popen[str]
) -> None:
    make, said = BOMBS[name]
    print(make(tmp_path / "bomb.xlsx"), file=measuring.stdin, flush=True)
    assert measuring.stdout
    took = json.loads(measuring.stdout.readline())
    [(file, found, expected, to_fix)] = took["problems"]
    assert file.startswith("bomb.xlsx")
    assert said in found
    assert expected
    assert to_fix
    assert took["seconds"] < MOST_SECONDS
    assert took["memory"] < MOST_MEGABYTES
    assert took["scratch"] < MOST_SCRATCH


def test_rows_beyond_number_are_told_by_sheet(tmp_path: Path) -> None:
    assert refused(many_rows(tmp_path / "long.xlsx")).where == f"long.xlsx, sheet activity, row {MOST_ROWS + 1}"


@pytest.mark.parametrize(
    ("name", "data", "found", "to_fix"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0", "another form (.xls)", "save it as an Excel workbook (.xlsx)"),
        ("plan.ods", b"PK\x03\x04", "another form (.ods)", "save it as an Excel workbook (.xlsx)"),
        ("plan.xlsm", b"PK\x03\x04", "macros", "save it as an Excel workbook (.xlsx)"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password", "take the password off"),
        ("page.xlsx", b"%PDF-1.4", "a PDF", "give the workbook"),
        ("note.xlsx", b"dear colleague", "no workbook", "save it as"),
        ("empty.xlsx", b"", "an empty file", "save it as"),
    ],
)
def test_other_files_are_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, found: str, to_fix: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    problem = refused(file)
    assert found in problem.found
    assert to_fix in problem.to_fix


def test_an_opendocument_workbook_under_another_name_is_known(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "OpenDocument" in refused(file).found


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.xlsx", parts()).read_bytes()
    cut = tmp_path / "cut.xlsx"
    for end in range(0, len(whole) - 1, 97):
        cut.write_bytes(whole[:end])
        assert refused(cut).to_fix


def test_a_workbook_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx").found == "nothing there"


def test_sheets_that_all_lack_their_column_names_are_one_problem(tmp_path: Path) -> None:
    sheets = {form.name: [["what we typed"], ["a", 1.0]] for form in TABLES}
    problem = refused(save(tmp_path / "bare.xlsx", {"plan": [["field", "value"], ["name", "A plan"]], **sheets}))
    assert problem.where == "bare.xlsx"
    assert f"any of the {len(TABLES)} sheets" in problem.found


def test_a_text_longer_than_a_plan_may_have_is_told_by_sheet_and_row(tmp_path: Path) -> None:
    file = save(tmp_path / "long.xlsx", {"activity": [["commissioner"], ["x" * 10_001]]})
    assert refused(file).where == "long.xlsx, sheet activity, row 2"


def test_what_a_stopped_program_left_is_cleared_away_by_the_next_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / ".workbook.tripleaim-abcd1234"
    left.mkdir()
    (left / "rows").write_text("[]", encoding="utf-8")
    os.utime(left, (0, 0))
    file = zipped(tmp_path / "book.xlsx", parts())
    with opened(file):
        assert not left.exists()
    assert [each.name for each in tmp_path.iterdir()] == ["book.xlsx"]
