"""Damaged workbooks: whatever is changed in one, it is read or refused in words, and no process of ours falls.

Only the whole files that are damaged at random are read in a process of their own; the reading is the same.
"""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from loading.tiny import write_tiny
from loading.workbook.made import read_in_this_process, zipped
from tripleaim.errors import PlanProblems
from tripleaim.loading import read_plan, write_workbook

pytestmark = pytest.mark.slow

BITS = (
    b"<",
    b">",
    b"&",
    b'"',
    b"/",
    b"1e999",
    b"-1",
    b"99999999999",
    b"\xff",
    b"\x00",
    b"<f/>",
    b"<c>",
    b"<v>",
    b"]]>",
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("fuzz")
    with zipfile.ZipFile(write_workbook(read_plan(write_tiny(folder / "tiny")), folder / "plan.xlsx")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_or_refused(file: Path) -> None:
    try:
        read_plan(file)
    except PlanProblems as refusal:
        for problem in refusal.problems:
            assert problem.file.startswith(file.name)
            assert problem.found
            assert "time and memory" not in problem.found, "the process that reads it fell"
            assert problem.to_fix


@pytest.mark.parametrize("seed", range(40))
def test_parts_with_something_put_in_or_cut_out(held: dict[str, bytes], tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    parts = dict(held)
    for _ in range(draw.randint(1, 4)):
        name = draw.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        at, cut = draw.randrange(len(parts[name])), draw.choice((0, 0, 1, 5, 200))
        parts[name] = parts[name][:at] + draw.choice(BITS) + parts[name][at + cut :]
    if draw.random() < 0.2:
        parts.pop(draw.choice(list(parts)))
    with read_in_this_process():
        read_or_refused(zipped(tmp_path / "plan.xlsx", parts, 1))


@pytest.mark.parametrize("seed", range(20))
def test_bytes_of_the_file_turned_over(held: dict[str, bytes], tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    file = zipped(tmp_path / "plan.xlsx", held)
    data = bytearray(file.read_bytes())
    for _ in range(draw.randint(1, 20)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    file.write_bytes(data)
    read_or_refused(file)


@pytest.mark.parametrize("name", ["activity", "plan", "sources"])
def test_cells_that_hold_anything_else(held: dict[str, bytes], tmp_path: Path, name: str) -> None:
    """Each cell of a sheet in turn as a number, a truth, an error and a text that is not there."""
    book = held["xl/workbook.xml"].decode()
    names = [part.split('"')[0] for part in book.split('<sheet name="')[1:]]
    part = f"xl/worksheets/sheet{names.index(name) + 1}.xml"
    cells = held[part].split(b"<c ")
    for at in range(9, len(cells), max(1, len(cells) // 12)):
        place = cells[at].split(b'"')[1]
        for kind, value in ((b"n", b"1"), (b"b", b"1"), (b"e", b"#REF!"), (b"s", b"123456789"), (b"d", b"2016-10-21")):
            rest = cells[at][cells[at].index(b"</c>") :] if b"</c>" in cells[at] else b"</c>"
            odd = b'r="' + place + b'" t="' + kind + b'"><v>' + value + b"</v>" + rest
            spoilt = {**held, part: b"<c ".join([*cells[:at], odd, *cells[at + 1 :]])}
            with read_in_this_process():
                read_or_refused(zipped(tmp_path / "plan.xlsx", spoilt, 1))
