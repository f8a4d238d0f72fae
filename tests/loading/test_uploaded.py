"""What people upload: a workbook or a zipped folder is the plan it was; anything else is refused in words."""

from __future__ import annotations

import io
import stat
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from loading.plans import PLACES
from loading.tiny import TINY, write_tiny
from loading.workbook.made import zipped
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import Remark, read_plan, write_workbook
from tripleaim.loading.packed import packed
from tripleaim.loading.uploaded import read_uploaded
from tripleaim.loading.workbook.apart.plan_zip import LARGEST_ZIP, MOST_ENTRIES
from tripleaim.plan import Plan

MEGABYTE = 1024 * 1024
NAME = "Our plan.zip"
Make = Callable[[Path], Path]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return read_plan(write_tiny(tmp_path_factory.mktemp("tiny") / "tiny"))


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie, so that a test can see whether any is left."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def refused(path: Path, name: str = NAME) -> tuple[Problem, ...]:
    with pytest.raises(PlanProblems) as caught:
        read_uploaded(path, name)
    for problem in caught.value.problems:
        assert str(path.parent) not in str(problem)
        assert "uploaded-plan" not in str(problem)
        assert problem.found
        assert problem.expected
        assert problem.to_fix
    return caught.value.problems


def also(files: Mapping[str, str | bytes], folder: str = "") -> Make:
    """The tiny plan in a zip file, with more files beside it."""
    return lambda path: zipped(path, {**{f"{folder}{name}": text for name, text in TINY.items()}, **files})


def inside(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- what is taken ---


@pytest.mark.parametrize("folder", ["", "Our plan/"], ids=["at the root", "in one folder"])
def test_a_zipped_folder_is_the_plan_it_was(tiny: Plan, tmp_path: Path, folder: str) -> None:
    told: list[Remark] = []
    plan = read_uploaded(also({}, folder)(tmp_path / "upload"), NAME, told)
    assert plan.fingerprint == tiny.fingerprint
    assert told == []


def test_what_the_workspace_gives_out_it_takes_back(tiny: Plan, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(packed(tiny))
    assert read_uploaded(path, NAME).fingerprint == tiny.fingerprint


def test_a_workbook_is_the_plan_it_was(tiny: Plan, tmp_path: Path) -> None:
    path = write_workbook(tiny, tmp_path / "plan.xlsx").rename(tmp_path / "upload")
    assert read_uploaded(path, "Our plan.XLSX").fingerprint == tiny.fingerprint


def test_what_file_managers_leave_is_passed_over(tiny: Plan, tmp_path: Path) -> None:
    litter = {"p/": "", "p/.DS_Store": b"\0\1", "__MACOSX/p/._plan.toml": b"\0\5", "p/Thumbs.db": b"\xd0\xcf\x11\xe0"}
    told: list[Remark] = []
    plan = read_uploaded(also(litter, "p/")(tmp_path / "upload"), NAME, told)
    assert plan.fingerprint == tiny.fingerprint
    assert told == []


def test_notes_are_left_aside_and_told(tiny: Plan, tmp_path: Path) -> None:
    notes = {"p/README.md": "# Ours", "p/minutes/March.pdf": b"%PDF-1.4", "p/LICENSE": "free"}
    told: list[Remark] = []
    plan = read_uploaded(also(notes, "p/")(tmp_path / "upload"), NAME, told)
    assert plan.fingerprint == tiny.fingerprint
    [remark] = told
    assert remark.where == NAME
    assert all(name in remark.what for name in notes)


def test_rows_fewer_than_the_folder_was_written_with_are_told(tiny: Plan, tmp_path: Path) -> None:
    files = inside(packed(tiny))
    files["least_volumes.csv"] = files["least_volumes.csv"].splitlines(keepends=True)[0]
    told: list[Remark] = []
    read_uploaded(zipped(tmp_path / "fewer", files), NAME, told)
    assert [(remark.where, "1 row fewer" in remark.what) for remark in told] == [("least_volumes.csv", True)]


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_worked_plan_comes_back_with_its_fingerprint(place: Path, tmp_path: Path) -> None:
    files = {f"{place.name}/{file.name}": file.read_bytes() for file in place.iterdir() if file.is_file()}
    plan = read_uploaded(zipped(tmp_path / "upload", files), NAME)
    assert plan.fingerprint == read_plan(place).fingerprint


# --- what is wrong with the plan inside ---


def test_every_problem_inside_is_told_by_the_name_the_person_gave(tmp_path: Path) -> None:
    bad = {
        "p/capacity.csv": TINY["capacity.csv"].replace(",84,", ",eighty,"),
        "p/activty.csv": "key\n",
        "p/plan.toml": TINY["plan.toml"].replace("years = 2", "years = 99"),
    }
    problems = refused(also(bad, "p/")(tmp_path / "upload"), "C:\\fakepath\\Our plan.zip")
    assert [problem.where for problem in problems] == [
        "Our plan.zip, plan.toml, years",
        "Our plan.zip, capacity.csv, row 2, open_beds",
        "Our plan.zip, activty.csv",
    ]


def test_a_zip_without_a_plan_says_what_is_missing(tmp_path: Path) -> None:
    problems = refused(zipped(tmp_path / "upload", {"p/notes.md": "hello"}))
    assert f"{NAME}, plan.toml" in [problem.where for problem in problems]


def test_a_table_left_out_is_told_by_what_the_folder_was_written_with(tiny: Plan, tmp_path: Path) -> None:
    files = inside(packed(tiny))
    del files["stated.csv"]
    [problem] = refused(zipped(tmp_path / "upload", files))
    assert problem.where == f"{NAME}, stated.csv"
    assert "missing" in problem.found


def test_a_workbook_with_a_problem_is_told_by_the_name_the_person_gave(tiny: Plan, tmp_path: Path) -> None:
    part = write_workbook(tiny, tmp_path / "council.xlsx", organisation="council")
    [problem] = refused(part, "Ours.xlsx")
    assert problem.file == "Ours.xlsx"
    assert problem.to_fix.endswith("Ours.xlsx")


# --- what is no upload at all ---


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("plan.xlsm", b"PK\x03\x04", "macros"),
        ("plan.xls", b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        ("plan.xlsb", b"PK\x03\x04", "a binary workbook"),
        ("plan.ods", b"PK\x03\x04", "OpenDocument"),
        ("activity.csv", b"key", "one table"),
        ("plan.toml", b"", "one file"),
        ("picture.svg", b"<svg/>", "another kind (.svg)"),
        ("plan.zip.exe", b"MZ", "another kind (.exe)"),
        ("plan", b"PK\x03\x04", "without an ending"),
        ("", b"PK\x03\x04", "without an ending"),
        ("plan.zip", b"", "an empty file"),
        ("plan.zip", b"dear colleague", "no zip file"),
        ("plan.zip", b"%PDF-1.4", "no zip file"),
        ("plan.zip", b"PK\x05\x06" + bytes(18), "an empty zip file"),
        ("plan.xlsx", b"dear colleague", "no workbook"),
        ("plan.xlsx", b"", "an empty file"),
    ],
)
def test_other_files_are_refused_with_what_to_do(tmp_path: Path, name: str, data: bytes, found: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(data)
    [problem] = refused(path, name)
    assert problem.file == (name or "the upload")
    assert found in problem.found


def test_a_workbook_named_zip_and_a_zip_named_workbook_say_so(tiny: Plan, tmp_path: Path) -> None:
    [problem] = refused(write_workbook(tiny, tmp_path / "book.xlsx"), "plan.zip")
    assert "name it .xlsx" in problem.to_fix
    [problem] = refused(also({})(tmp_path / "upload"), "plan.xlsx")
    assert "no workbook" in problem.found


def test_a_name_of_any_kind_is_repeated_on_one_short_line(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"no zip")
    [problem] = refused(path, "a\x1b[2J\n" + "long" * 100 + ".zip")
    assert problem.file.isprintable()
    assert len(problem.file) < 200


# --- every trick ---


def entry(name: str, data: bytes = b"x", *, mode: int = 0o100644, locked: bool = False) -> Make:
    """The tiny plan, and one entry as no honest program writes it."""

    def make(path: Path) -> Path:
        with zipfile.ZipFile(also({})(path), "a") as archive:
            about = zipfile.ZipInfo("x")
            about.filename = name
            about.external_attr, about.create_system = mode << 16, 3
            archive.writestr(about, data)
        if locked:
            whole = bytearray(path.read_bytes())
            whole[whole.rfind(b"PK\x01\x02") + 8] |= 1
            path.write_bytes(whole)
        return path

    return make


def twice(path: Path) -> Path:
    with zipfile.ZipFile(also({})(path), "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("stated.csv", TINY["stated.csv"])
    return path


def overlapping(path: Path) -> Path:
    """Two entries of the list point at the same bytes."""
    data = bytearray(also({"a.md": "x" * 100, "b.md": "x" * 100})(path).read_bytes())
    first, at = data.index(b"a.md") - 30, data.rfind(b"b.md") - 46
    data[at + 42 : at + 46] = first.to_bytes(4, "little")
    path.write_bytes(data)
    return path


def renamed_in_the_list(path: Path) -> Path:
    """A file that is called otherwise in the list than where it lies."""
    data = bytearray(also({})(path).read_bytes())
    at = data.rfind(b"stated.csv")
    data[at : at + 10] = b"statex.txt"
    path.write_bytes(data)
    return path


def lying(path: Path) -> Path:
    """A table that says it is small and is not."""
    data = bytearray(also({"stated.csv": b" " * 5_000_000})(path).read_bytes())
    at = data.rfind(b"stated.csv") - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def inner_zip() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("again.zip", b"0" * 1000)
    return inner.getvalue()


def packed_unusually(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        for name, text in TINY.items():
            archive.writestr(name, text)
    return path


def far_too_long(path: Path) -> Path:
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(LARGEST_ZIP + 1)
    return path


def too_large_a_table(path: Path) -> Path:
    return also({"stated.csv": bytes(65 * MEGABYTE)})(path)


def too_much_in_all(path: Path) -> Path:
    return also({f"n{n}.md": bytes(44 * MEGABYTE) for n in range(3)})(path)


TRICKS: dict[str, tuple[Make, str, str]] = {
    "a name that climbs out": (entry("../../evil.csv"), "../../evil.csv", "lead out"),
    "a name from the root": (entry("/etc/cron.d/evil"), "/etc/cron.d/evil", "lead out"),
    "a name with a drive": (entry("C:/evil.csv"), "C:/evil.csv", "lead out"),
    "a name with strokes the other way": (entry("p\\..\\evil.csv"), "p\\..\\evil.csv", "lead out"),
    "a name that is only points": (entry("p/./evil.csv"), "p/./evil.csv", "lead out"),
    "a name that moves the cursor": (entry("a\x1b[2J.csv"), "a\\x1b[2J.csv", "lead out"),
    "a name longer than a disk keeps": (entry("ä" * 101 + ".csv"), "ä" * 101 + ".csv", "lead out"),
    "a link": (entry("notes.md", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "notes.md", "a link"),
    "a pipe": (entry("notes.md", b"", mode=stat.S_IFIFO | 0o644), "notes.md", "a pipe"),
    "a locked file": (entry("notes.md", locked=True), "notes.md", "a password"),
    "packed in an unusual way": (packed_unusually, "plan.toml", "an unusual way"),
    "a zip in the zip": (entry("more.zip", inner_zip()), "more.zip", "a zip file"),
    "a zip under another name": (entry("notes.md", inner_zip()), "notes.md", "under another name"),
    "a table that is a workbook": (also({"stated.csv": inner_zip()}), "stated.csv", "under another name"),
    "a program under another name": (entry("LICENSE", b"\x7fELF" + bytes(60)), "LICENSE", "a program"),
    "a table twice": (twice, "stated.csv", "2 files of this name"),
    "a name that differs in capitals": (also({"Stated.CSV": "key\n"}), "Stated.CSV", "small and large letters"),
    "a workbook beside": (also({"plan.xlsx": b"x"}), "plan.xlsx", "an Excel workbook"),
    "a workbook with macros": (also({"p.xlsm": b"x"}), "p.xlsm", "macros"),
    "an OpenDocument workbook": (also({"p.ods": b"x"}), "p.ods", "OpenDocument"),
    "a picture that can act": (also({"logo.svg": "<svg/>"}), "logo.svg", "can hold a program"),
    "a file of another kind": (also({"macro.py": "print()"}), "macro.py", "another kind (.py)"),
    "a table in another folder": (also({"old/activity.csv": "key\n"}), "old/activity.csv", "another folder"),
    "a second plan": (also({"old/plan.toml": TINY["plan.toml"]}), "old/plan.toml", "one of 2 plans"),
    "files over one another": (overlapping, "", "lie over one another"),
    "another name in the list": (renamed_in_the_list, "statex.txt", "damaged"),
    "a file that lies about its size": (lying, "stated.csv", "damaged"),
    "too many files": (also({f"n{n}.md": "" for n in range(MOST_ENTRIES)}), "", "more than 1,000 files"),
    "a file larger than a table may be": (too_large_a_table, "stated.csv", "65.0 MB"),
    "more than a plan in all": (too_much_in_all, "", "more than 128 MB once expanded"),
    "a file beyond any upload": (far_too_long, "", "a file of 32 MB"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_what_is_not_safe_is_refused_where_it_stands(trick: str, tmp_path: Path, scratch: Path) -> None:
    make, name, found = TRICKS[trick]
    problems = refused(make(tmp_path / "upload"))
    file = f"{NAME}, {name}" if name else NAME
    assert any(problem.file == file and found in problem.found for problem in problems), "\n\n".join(map(str, problems))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scratch", "upload"]
    assert list(scratch.iterdir()) == []


def test_everything_that_is_not_safe_is_told_at_once(tmp_path: Path) -> None:
    make = also({"../evil.csv": "", "more.zip": b"PK\x03\x04", "STATED.csv": "", "p.xlsm": b"x"})
    assert {problem.file.removeprefix(f"{NAME}, ") for problem in refused(make(tmp_path / "upload"))} == {
        "../evil.csv",
        "more.zip",
        "STATED.csv",
        "stated.csv",
        "p.xlsm",
    }


def test_a_zip_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = also({})(tmp_path / "whole").read_bytes()
    cut = tmp_path / "cut"
    for end in range(0, len(whole) - 1, len(whole) // 12):
        cut.write_bytes(whole[:end])
        assert refused(cut)[0].to_fix
