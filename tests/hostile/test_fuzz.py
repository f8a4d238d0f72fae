"""Whatever is done to a plan's files, a workbook or a published file: it is read, or refused with problems in words.

Real files are cut, flipped, doubled and mixed. `read_plan` and `add_official` may only return or raise PlanProblems or
Impossible (exit codes 2 and 3), and change nothing on disk. By hand and for longer, with other examples every time:
FUZZ=5000 pytest tests/hostile/test_fuzz.py
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loading.tiny import TINY, write_tiny
from loading.workbook.made import read_in_this_process, zipped
from opendata.official import files as official
from tripleaim.errors import Impossible, PlanProblems, Problem
from tripleaim.loading import read_plan, write_plan, write_workbook
from tripleaim.opendata.official import add_official
from tripleaim.opendata.official.asked import Asked
from tripleaim.plan import Plan

pytestmark = pytest.mark.slow

MANY = int(os.environ.get("FUZZ", "0"))
ODD = [
    b"\0",
    b"\xff",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"=",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"1e999",
    b"-",
    b"nan",
    b"[",
    b"'''",
]


def fuzzed(examples: int) -> settings:
    return settings(
        max_examples=MANY or examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not MANY,
        database=None,
    )


Spoil = Callable[[bytes], bytes]


@st.composite
def spoils(draw: st.DrawFn) -> Spoil:
    """One of the things that happen to files, wherever in the file it happens."""
    at, other = draw(st.floats(0, 1)), draw(st.floats(0, 1))
    what = draw(
        st.sampled_from(["flip", "cut", "end", "insert", "double a line", "drop a line", "swap cells", "random"])
    )
    odd = draw(st.sampled_from(ODD) | st.binary(min_size=1, max_size=6))
    bit = 1 << draw(st.integers(0, 7))

    def spoil(data: bytes) -> bytes:
        first, second = sorted((int(at * len(data)), int(other * len(data))))
        if what == "flip" and data:
            place = min(first, len(data) - 1)
            return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]
        if what == "cut":
            return data[:first] + data[second:]
        if what == "end":
            return data[:first]
        if what == "insert":
            return data[:first] + odd + data[first:]
        if what == "random":
            return odd * (1 + first % 50)
        return on_lines(data, what, at, other)

    return spoil


def on_lines(data: bytes, what: str, at: float, other: float) -> bytes:
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    one, two = (min(int(share * len(lines)), len(lines) - 1) for share in (at, other))
    if what == "double a line":
        lines.insert(two, lines[one])
    elif what == "drop a line":
        del lines[one]
    else:
        cells = lines[one].split(b",")
        first, second = int(at * len(cells)) % len(cells), int(other * len(cells)) % len(cells)
        cells[first], cells[second] = cells[second], cells[first]
        lines[one] = b",".join(cells)
    return b"".join(lines)


SPOILT = st.lists(spoils(), min_size=1, max_size=3)


def spoilt(data: bytes, changes: list[Spoil]) -> bytes:
    for change in changes:
        data = change(data)
    return data


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def tiny(place: Path) -> Plan:
    return read_plan(write_tiny(place / "tiny"))


@pytest.fixture(scope="module")
def folder(place: Path, tiny: Plan) -> Path:
    return write_plan(tiny, place / "folder")


@pytest.fixture(scope="module")
def book(place: Path, tiny: Plan) -> bytes:
    return write_workbook(tiny, place / "good.xlsx").read_bytes()


def content(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def read_or_refused(read: Callable[[], object], folder: Path) -> None:
    """Read; anything but a plan or a refusal in words fails, and so does anything that changed on disk."""
    before = content(folder)
    problems: tuple[Problem, ...] | None = None
    with suppress(Impossible):
        try:
            read()
        except PlanProblems as refusal:
            problems = refusal.problems
    assert content(folder) == before
    assert problems is None or problems
    for problem in problems or ():
        assert min(map(len, (problem.file, problem.found, problem.expected, problem.to_fix))) > 0
        assert len(str(problem)) < 20_000


@fuzzed(150)
@given(name=st.sampled_from([*TINY, "datapackage.json"]), changes=SPOILT)
def test_a_folder_with_any_spoilt_table(place: Path, folder: Path, name: str, changes: list[Spoil]) -> None:
    good = (folder / name).read_bytes()
    (folder / name).write_bytes(spoilt(good, changes))
    try:
        read_or_refused(lambda: read_plan(folder), folder)
    finally:
        (folder / name).write_bytes(good)


@fuzzed(15)
@given(name=st.sampled_from([*TINY]), changes=SPOILT)
def test_the_worked_plan_with_any_spoilt_table(place: Path, root: Path, name: str, changes: list[Spoil]) -> None:
    folder = place / "worked"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "plans/wealdshire_and_marsh", folder)
    if (folder / name).exists():
        (folder / name).write_bytes(spoilt((folder / name).read_bytes(), changes))
    read_or_refused(lambda: read_plan(folder), folder)


@fuzzed(30)
@given(changes=SPOILT)
def test_any_spoilt_workbook(place: Path, book: bytes, changes: list[Spoil]) -> None:
    folder = place / "books"
    folder.mkdir(exist_ok=True)
    (folder / "plan.xlsx").write_bytes(spoilt(book, changes))
    read_or_refused(lambda: read_plan(folder / "plan.xlsx"), folder)


@fuzzed(30)
@given(data=st.data(), changes=SPOILT)
def test_a_workbook_with_any_spoilt_part(place: Path, book: bytes, data: st.DataObject, changes: list[Spoil]) -> None:
    """The parts within are spoilt, and packed as a sound file again."""
    folder = place / "parts"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    zipped(folder / "plan.xlsx", {**parts, name: spoilt(parts[name], changes)})
    with read_in_this_process():
        read_or_refused(lambda: read_plan(folder / "plan.xlsx"), folder)


PUBLISHED = {
    "projections": official.projections({"E54000022": 1}),
    "estimates": official.estimates({"E54000022": 1}),
    "allocations": official.ALLOCATIONS,
    "accounts": official.TAC,
    "reference costs": official.REFERENCE_COSTS,
}


@fuzzed(150)
@given(kind=st.sampled_from([*PUBLISHED]), changes=SPOILT)
def test_any_spoilt_published_file(place: Path, tiny: Plan, kind: str, changes: list[Spoil]) -> None:
    folder = place / "published"
    folder.mkdir(exist_ok=True)
    (folder / "data.csv").write_bytes(spoilt(PUBLISHED[kind].encode(), changes))
    read_or_refused(lambda: add_official(tiny, folder / "data.csv", Asked(year="2016/17")), folder)


@fuzzed(60)
@given(data=st.binary(max_size=400), name=st.sampled_from([*TINY, "datapackage.json"]))
def test_any_bytes_as_any_file(place: Path, data: bytes, name: str) -> None:
    folder = write_tiny(place / "bytes")
    (folder / "datapackage.json").unlink(missing_ok=True)
    (folder / name).write_bytes(data)
    read_or_refused(lambda: read_plan(folder), folder)
