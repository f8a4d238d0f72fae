"""Files nobody should trust, as tables of a plan, as its folder and as published data: refused soon, and in words.

Each row of a table here says what is wrong with a file, why that matters, and what the reader is told.
"""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from loading.tiny import TINY, write_tiny
from tripleaim.errors import PlanProblems, Problem
from tripleaim.loading import files as files_module
from tripleaim.loading import read_plan, write_plan
from tripleaim.opendata.official import add_official

HEAD = "key,name,kind,source\n"
MOST_SECONDS = 30
"""Here others may be at work; on a machine that does nothing else each takes a few seconds at most."""

Change = Callable[[Path], object]


def refused(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(PlanProblems) as caught:
        read_plan(folder)
    for problem in caught.value.problems:
        assert problem.found
        assert problem.expected
        assert problem.to_fix
    return caught.value.problems


def instead(name: str, make: Change) -> Callable[[Path], Path]:
    """The tiny plan with something else in the place of one of its files."""

    def spoil(folder: Path) -> Path:
        write_tiny(folder, {name: None})
        make(folder / name)
        return folder

    return spoil


def listening(file: Path) -> None:
    here = os.getcwd()
    os.chdir(file.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(file.name)
    finally:
        os.chdir(here)


def linked(to: str) -> Change:
    return lambda file: file.symlink_to(to)


ODD_FILES = {
    "a pipe": (os.mkfifo, "reading it would wait for ever", "a folder or device"),
    "a socket": (listening, "it is no file", "a folder or device"),
    "a folder": (Path.mkdir, "it is no file", "a folder or device"),
    "a link to a device without end": (linked("/dev/zero"), "reading it would never end", "a folder or device"),
    "a link to a file of the system": (linked("/etc/passwd"), "it would show what is not ours", "a link to outside"),
    "a link that climbs": (linked("../../../../../etc/passwd"), "the same by another way", "a link"),
    "a link to itself": (linked("places.csv"), "following it would never end", "a link that leads nowhere"),
    "a link to nothing": (linked("gone.csv"), "there is nothing to read", "a link that leads nowhere"),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize("name", ["places.csv", "plan.toml"])
@pytest.mark.parametrize("odd", ODD_FILES)
def test_what_is_no_plain_file_is_never_opened(odd: str, name: str, tmp_path: Path) -> None:
    make, _, found = ODD_FILES[odd]
    if odd == "a link to itself" and name == "plan.toml":
        make = linked("plan.toml")
    problems = [each for each in refused(instead(name, make)(tmp_path / "p")) if each.file == name]
    assert found in problems[0].found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_a_file_that_turns_into_a_pipe_after_the_first_look_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_tiny(tmp_path / "p", {"places.csv": None})
    os.mkfifo(folder / "places.csv")
    monkeypatch.setattr(files_module, "_readable", lambda *_: True)
    assert [each.found for each in refused(folder) if each.file == "places.csv"] == [
        "it cannot be opened (it is no plain file any more)"
    ]


def test_a_file_that_grows_while_it_is_read_is_not_read_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "_readable", lambda *_: True)  # as if it had been small at the first look
    folder = write_tiny(tmp_path / "p")
    with (folder / "places.csv").open("r+b") as file:
        file.truncate(files_module.LARGEST_FILE + 10)
    assert [each.found for each in refused(folder) if each.file == "places.csv"] == ["a file that is growing"]


@pytest.mark.skipif(not hasattr(os, "link"), reason="this system has no second names for files")
def test_a_second_name_of_a_file_elsewhere_is_read_and_that_file_never_written(tmp_path: Path) -> None:
    """Nobody can tell which of two names of one file is the first; so it may be read, and writing makes a new file."""
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text(TINY["places.csv"], encoding="utf-8")
    folder = write_tiny(tmp_path / "p", {"places.csv": None})
    os.link(elsewhere, folder / "places.csv")
    write_plan(
        read_plan(write_tiny(tmp_path / "other", {"places.csv": TINY["places.csv"] + "w,W,board,census\n"})), folder
    )
    assert elsewhere.read_text(encoding="utf-8") == TINY["places.csv"]
    assert "w,W,board" in (folder / "places.csv").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize("place", ["notes", "minutes/may"])
def test_a_pipe_beside_the_tables_stops_the_writing_and_not_the_program(place: str, tmp_path: Path) -> None:
    plan = read_plan(write_tiny(tmp_path / "p"))
    (tmp_path / "p" / place).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / "p" / place)
    with pytest.raises(PlanProblems, match="a pipe, socket or device"):
        write_plan(plan, tmp_path / "p")
    assert [each.name for each in tmp_path.iterdir()] == ["p"]


def test_links_beside_the_tables_are_kept_as_links(tmp_path: Path) -> None:
    """A link out of the folder is carried along as it is: what it leads to is neither copied nor touched."""
    plan = read_plan(write_tiny(tmp_path / "p"))
    (tmp_path / "p" / "link").symlink_to("/etc/passwd")
    write_plan(plan, tmp_path / "p")
    assert os.readlink(tmp_path / "p" / "link") == "/etc/passwd"


BYTES = {
    "a NUL in a name": (TINY["places.csv"].replace("East T", "E\0st T").encode(), 3, "a NUL"),
    "half of it in Windows letters": (
        TINY["places.csv"].encode() + "nord,Nördlingen,board,census\n".encode("cp1252"),
        4,
        "not UTF-8 (as Windows text it would be 'ö')",
    ),
    "a mark of UTF-16 and then UTF-8": (b"\xff\xfe" + TINY["places.csv"].encode(), None, "UTF-16"),
    "UTF-16 without its mark": (TINY["places.csv"].encode("utf-16-le"), 1, "a NUL"),
    "UTF-32": (TINY["places.csv"].encode("utf-32"), None, "UTF-16"),
    "half a character": (TINY["places.csv"].encode() + b"w,\xed\xa0\x80,board,census\n", 4, "not UTF-8"),
    "a letter written too long": (TINY["places.csv"].encode() + b"w,\xc0\xaf,board,census\n", 4, "not UTF-8"),
    "a letter cut off at the end": (TINY["places.csv"].encode() + b"w,\xe2\x82", 4, "not UTF-8"),
    "a page of the web": (b"<!DOCTYPE html><html>", 1, "unknown column"),
    "another file's name in a cell": (TINY["places.csv"].encode() + b"../../x,X,board,census\n", 4, "../../x"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_plain_text(name: str, tmp_path: Path) -> None:
    data, row, found = BYTES[name]
    told = [each for each in refused(write_tiny(tmp_path / "p", {"places.csv": data})) if each.file == "places.csv"]
    assert any(each.row == row and found in each.found for each in told), told


@pytest.mark.parametrize("name", BYTES)
def test_the_same_bytes_as_published_data(name: str, tmp_path: Path) -> None:
    plan = read_plan(write_tiny(tmp_path / "p"))
    file = tmp_path / "data.csv"
    file.write_bytes(BYTES[name][0])
    with pytest.raises(PlanProblems) as caught:
        add_official(plan, file)
    assert {each.file for each in caught.value.problems} == {"data.csv"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize("odd", [*ODD_FILES, "a device"])
def test_odd_files_as_published_data(odd: str, tmp_path: Path) -> None:
    plan = read_plan(write_tiny(tmp_path / "p"))
    file = tmp_path / "places.csv"
    if odd == "a device":
        file = Path("/dev/zero")
    else:
        ODD_FILES[odd][0](file)
    with pytest.raises(PlanProblems):
        add_official(plan, file)


def dotted(parts: int) -> str:
    return "a." * parts + "a"


HEADINGS = {
    "a name of half a million parts": f"{dotted(500_000)} = 1\n",
    "a table of as many": f"[{dotted(500_000)}]\n",
    "the same in quotation marks": '"a" . ' * 150_000 + "a = 1\n",
    "the same within a table on one line": f"x = {{{dotted(400_000)} = 1}}\n",
    "the same after a remark that opens a text": f'# """\n{dotted(400_000)} = 1\n',
    "a million brackets": "a = " + "[" * 1_000_000,
    "tables in tables": "a = " + "{a = " * 200_000,
    "one long text of backslashes": 'a = """' + '\\"' * 500_000,
    "one long line of quotation marks": "a = " + '\\"' * 500_000,
    "a hundred thousand fields": "".join(f"k{n} = 1\n" for n in range(90_000)),
    "a million digits by sixteens": "k = 0x" + "f" * 1_000_000,
    "a million letters without an end": "k" * 1_000_000,
}


@pytest.mark.parametrize("name", HEADINGS)
def test_a_heading_made_to_take_for_ever_is_refused_soon(name: str, tmp_path: Path) -> None:
    folder = write_tiny(tmp_path / "p", {"plan.toml": TINY["plan.toml"] + HEADINGS[name]})
    start = time.perf_counter()
    assert refused(folder)[0].file == "plan.toml"
    assert time.perf_counter() - start < MOST_SECONDS


def test_points_in_a_text_are_no_deep_name(tmp_path: Path) -> None:
    text = TINY["plan.toml"].replace('"Tiny plan"', f'"{dotted(40)}"')
    assert read_plan(write_tiny(tmp_path / "p", {"plan.toml": text})).heading.name == dotted(40)


TABLES: dict[str, tuple[Callable[[], str], str]] = {
    "300,000 rows": (lambda: TINY["places.csv"] + "".join(f"p{n},N,board,census\n" for n in range(300_000)), "read"),
    "as many that are wrong": (lambda: HEAD + "".join(f"p{n},N,bord{n},census\n" for n in range(300_000)), "bord0"),
    "as many that name what is not there": (
        lambda: HEAD + "".join(f"p{n},N,board,c{n}\n" for n in range(300_000)),
        "c0",
    ),
    "a million empty rows": (lambda: HEAD + ",,,\n" * 1_000_000, "no rows"),
    "sixty million empty lines": (lambda: HEAD + "\n" * 60_000_000, "1,000,000 empty rows"),
    "empty lines between rows": (
        lambda: TINY["places.csv"] + "".join(f"\nx{n},X,board,census\n" for n in range(300_000)),
        "300,000 empty rows",
    ),
    "one line of 64 MB": (lambda: "x" * (64 * 1024 * 1024 - 1), "without end"),
    "as many commas": (lambda: "key" + "," * (64 * 1024 * 1024 - 10), "without end"),
    "a quotation mark never closed": (lambda: HEAD + '"' + "a\n" * 30_000_000, "never closed"),
    "a million columns": (lambda: ",".join(f"c{n}" for n in range(1_000_000)), "without end"),
    "names of columns without end": (lambda: ",".join("n" * 9_000 + str(n) for n in range(190)), "unknown column"),
}
MOST_MEGABYTES = 800

MEASURE = """
import sys
from tripleaim.errors import PlanProblems
from tripleaim.loading import read_plan
problems = ()
try:
    read_plan(sys.argv[1])
    print("read")
except PlanProblems as refusal:
    problems = refusal.problems
    print(*{each.found for each in problems}, sep="; ")
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(len(problems), max(map(len, map(str, problems)), default=0), peak // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc, to see how much memory was used")
@pytest.mark.parametrize("name", TABLES)
def test_large_tables_take_bounded_time_and_memory(name: str, tmp_path: Path) -> None:
    text, found = TABLES[name]
    folder = write_tiny(tmp_path / "p", {"places.csv": text()})
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", MEASURE, folder], capture_output=True, text=True, check=True)
    assert time.perf_counter() - start < 2 * MOST_SECONDS
    *said, measured = done.stdout.splitlines()
    told, longest, megabytes = map(int, measured.split())
    assert found in "".join(said)
    assert told <= 1_000
    assert longest < 5_000
    assert megabytes < MOST_MEGABYTES


MANY = 20_000
KNOWN = "".join(f"known{n},N,board,census\n" for n in range(1_900))
SCHEME = (
    TINY["schemes.csv"].splitlines()[1].replace("home_first,", "{},", 1).replace(",council,,,,", ",council,{},,,", 1)
)
TANGLES = {
    "a name that is not there in every row, among many that are nearly it": (
        {
            "places.csv": TINY["places.csv"] + KNOWN,
            "organisations.csv": TINY["organisations.csv"]
            + "".join(f"o{n},N,provider,know{n},no,,,census\n" for n in range(MANY)),
        },
        "know0",
    ),
    "each scheme needs the next, in one long circle": (
        {
            "schemes.csv": TINY["schemes.csv"]
            + "".join(f"{SCHEME.format(f's{n}', f's{(n + 1) % (5 * MANY)}')}\n" for n in range(5 * MANY))
        },
        "s0 → s1 → s2",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TANGLES)
def test_names_that_lead_from_row_to_row_take_bounded_time(name: str, tmp_path: Path) -> None:
    changes, found = TANGLES[name]
    folder = write_tiny(tmp_path / "p", dict(changes))
    start = time.perf_counter()
    assert any(found in each.found for each in refused(folder))
    assert time.perf_counter() - start < MOST_SECONDS


NAMES = {
    "longer than any": "x" * 300,
    "a workbook longer than any": "x" * 300 + ".xlsx",
    "a NUL in it": "a\0b",
    "a NUL in a workbook's": "a\0b.xlsx",
    "bytes that are no letters": "a\udcff",
    "the root": "/",
    "nothing": "",
    "a device": "/dev/zero",
    "a file as a folder": "/dev/null/plan",
}


@pytest.mark.parametrize("name", NAMES)
def test_places_that_hold_no_plan_are_told(name: str) -> None:
    with pytest.raises(PlanProblems) as caught:
        read_plan(NAMES[name])
    assert caught.value.problems[0].to_fix


def test_the_folder_one_stands_in_is_read_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_tiny(tmp_path / "p")
    monkeypatch.chdir(folder)
    plan = read_plan(".")
    write_plan(plan, ".")
    assert read_plan(folder) == plan
    assert [each.name for each in tmp_path.iterdir()] == ["p"]


AS_NOBODY = """
import os, sys
from tripleaim.cli import main
good, *words = sys.argv[1:]
for first in (good, good + " that is not there"):  # loads all that is needed before the program may read less
    sys.argv[1:] = ["check", first]
    try:
        main()
    except SystemExit:
        pass
print("---", flush=True)
os.getuid() or os.setuid(65534)
sys.argv[1:] = words
main()
"""


def as_nobody(good: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command line as somebody who may not read everything (who runs the tests may be allowed to)."""
    return subprocess.run([sys.executable, "-c", AS_NOBODY, good, *words], capture_output=True, text=True)


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="this system has no other users")
@pytest.mark.parametrize("what", ["places.csv", "."])
def test_what_may_not_be_read_is_told_and_is_nobodys_fault(what: str, tmp_path: Path) -> None:
    good, folder = write_tiny(tmp_path / "good"), write_tiny(tmp_path / "p")
    for each in (tmp_path, *tmp_path.parents):
        if each.stat().st_uid == os.getuid() and each != Path("/") and "pytest" in str(each):
            each.chmod(each.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    (folder / what).chmod(0)
    try:
        done = as_nobody(good, "check", str(folder))
    finally:
        (folder / what).chmod(0o755)
    assert done.returncode == 2, done.stderr
    assert "it cannot be opened (Permission denied)" in done.stdout.partition("---")[2]
    assert done.stderr == ""
