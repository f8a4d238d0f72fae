"""Comma-separated text as many programs write it: the same records come out, or the row that is broken is told.

The first four are of csv-spectrum (BSD-2-Clause, github.com/max-mapper/csv-spectrum; see tests/loading/cases). Two more
of that collection are not in the case file; their likes, and others, are written here by hand.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.errors import PlanProblems
from tripleaim.loading import read_plan
from tripleaim.loading.csv_text import records
from tripleaim.loading.raw import BrokenOff

CASE = json.loads((Path(__file__).parents[1] / "loading/cases/csv_spectrum_a.json").read_text(encoding="utf-8"))

DIALECTS: dict[str, tuple[bytes, list[list[str]]]] = {
    "lines ended as Windows does": (b"a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    "lines ended as an old Macintosh did": (b"a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    "lines ended in all three ways": (b"a,b\n1,2\r\n3,4\r5,6", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
    "a line break of Windows in a cell": (b'a,b\r\n1,"x\r\ny"\r\n', [["a", "b"], ["1", "x\r\ny"]]),
    "empty cells, quoted and not": (b'a,b,c\n1,"",""\n2,,\n', [["a", "b", "c"], ["1", "", ""], ["2", "", ""]]),
    "JSON in a cell": (b'k,v\n1,"{""t"": ""P"", ""c"": [1,2]}"\n', [["k", "v"], ["1", '{"t": "P", "c": [1,2]}']]),
    "spaces round a quoted cell": (b'a,b\n1, "x, y"\n', [["a", "b"], ["1", ' "x', ' y"']]),
    "a quotation mark within a plain cell": (b'a,b\n1,10" pipe\n', [["a", "b"], ["1", '10" pipe']]),
    "only quotation marks": (b'a,b\n"""""",""""\n', [["a", "b"], ['""', '"']]),
    "a separator of lines that is none": (
        "a,b\n1,x\u2028y\x85z\x0b\x0c\n".encode(),
        [["a", "b"], ["1", "x\u2028y\x85z\x0b\x0c"]],
    ),
    "no end of line at the end": (b"a,b\n1,2", [["a", "b"], ["1", "2"]]),
}


@pytest.mark.parametrize("name", CASE["expected"])
def test_every_record_of_the_spectrum_is_read_exactly(name: str) -> None:
    (_, header), *rows = records(CASE["inputs"]["files"][name].encode())
    assert [dict(zip(header, cells, strict=True)) for _, cells in rows] == CASE["expected"][name]


@pytest.mark.parametrize("name", DIALECTS)
def test_other_dialects_are_read_exactly(name: str) -> None:
    data, expected = DIALECTS[name]
    assert [cells for _, cells in records(data)] == expected


BROKEN = {
    "a quotation mark never closed": (b'a,b\n1,2\n3,"x\n4,5\n', 3, "never closed"),
    "letters after a closing one": (b'a,b\n1,"x"y\n', 2, "text after a closing quotation mark"),
    "a space after a closing one": (b'a,b\n1,"x" ,2\n', 2, "text after a closing quotation mark"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_has_no_certain_reading_is_told_by_its_row(name: str) -> None:
    data, row, found = BROKEN[name]
    with pytest.raises(BrokenOff) as caught:
        list(records(data))
    assert caught.value.row == row
    assert found in caught.value.found


@pytest.mark.parametrize(("mark", "said"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright strokes")])
def test_columns_parted_otherwise_are_told_as_such(mark: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PlanProblems) as caught:
        read_plan(write_tiny(tmp_path / "p", {"places.csv": TINY["places.csv"].replace(",", mark)}))
    assert f"columns parted by {said}" in [each.found for each in caught.value.problems if each.file == "places.csv"]


SAME_NAMES = [
    ("key,name,kind,source,source", "source", "2 columns of this name"),
    ("key,name,kind,source,Source", "Source", "unknown column 'Source'"),
    ("key,name,kind,source,source ", "source ", "unknown column 'source '"),
    ("key,name,kind,source,", None, "a column without a name"),
]


@pytest.mark.parametrize(("header", "field", "found"), SAME_NAMES)
def test_columns_that_only_seem_different_are_refused(
    header: str, field: str | None, found: str, tmp_path: Path
) -> None:
    rows = "".join(f"{line},x\n" for line in TINY["places.csv"].splitlines()[1:])
    with pytest.raises(PlanProblems) as caught:
        read_plan(write_tiny(tmp_path / "p", {"places.csv": f"{header}\n{rows}"}))
    assert any((each.row, each.field) == (1, field) and found in each.found for each in caught.value.problems)
