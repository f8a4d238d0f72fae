"""The files of a plan's folder: which are there, how large, and as what text. Nothing is read before its size
is known.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from tripleaim.loading.collect import Problems
from tripleaim.loading.inventory import PACKAGE_FILE, inventory
from tripleaim.loading.nearest import nearest
from tripleaim.plan.tables import TABLES

LARGEST_FILE = 64 * 1024 * 1024
"""Most bytes in one table."""
LARGEST_PLAN = 256 * 1024 * 1024
"""Most bytes in all the files of a plan together."""
LARGEST_HEADING = 1024 * 1024
"""Most bytes in plan.toml."""
MOST_FILES = 1000
"""Most files looked at in a plan's folder."""

HEADING_FILE = "plan.toml"
BESIDE = frozenset({PACKAGE_FILE})
"""Files that stand in a plan's folder, are generated from it, and are no part of it."""

_DATA_ENDINGS = (".csv", ".tsv", ".tab", ".xls", ".xlsx", ".xlsm", ".ods", ".toml", ".parquet")
_MEGABYTE = 1024 * 1024
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Open without waiting for whoever is at the other end of a pipe."""
_MARKS = {
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"PK\x03\x04": "an Excel workbook or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a compressed file",
}


@dataclass(frozen=True)
class Folder:
    """What stands in a plan's folder: the known files that may be read, and the names of those that may not."""

    path: Path
    files: dict[str, Path]
    refused: frozenset[str] = frozenset()


def look(path: Path, problems: Problems) -> Folder:
    """Find the known files of a folder, refusing what cannot be a plan before anything is read."""
    known = {HEADING_FILE, *(form.file for form in TABLES)}
    if not _is_folder(path, problems):
        return Folder(path, {}, frozenset(known))
    try:
        with os.scandir(path) as entries:
            names = sorted(entry.name for _, entry in zip(range(MOST_FILES + 1), entries, strict=False))
    except OSError as error:
        _not_opened(path, error, "a folder", problems)
        return Folder(path, {}, frozenset(known))
    if len(names) > MOST_FILES:
        problems.add(
            path.name,
            None,
            None,
            found=f"more than {MOST_FILES:,} files",
            expected="the folder of one plan",
            to_fix="give the folder that holds plan.toml",
        )
        return Folder(path, {}, frozenset(known))
    misnamed = {_unknown(name, known, names, problems) for name in names if name not in known}
    lost = inventory(path).rows.keys() - set(names)
    _refuse_lost(lost - misnamed, problems)
    files = {name: path / name for name in names if name in known and _readable(path / name, problems)}
    total = sum(file.stat().st_size for file in files.values())
    if total > LARGEST_PLAN:
        problems.add(
            path.name,
            None,
            None,
            found=f"{total / _MEGABYTE:,.0f} MB of files",
            expected=f"a plan of at most {LARGEST_PLAN // _MEGABYTE} MB",
            to_fix="leave out rows the plan does not use",
        )
        return Folder(path, {}, frozenset(known))
    if HEADING_FILE not in names:
        to_fix = f"add {HEADING_FILE}; docs/tables says what stands in it"
        problems.add(HEADING_FILE, None, None, found="no such file", expected="a file every plan has", to_fix=to_fix)
    return Folder(path, files, frozenset(known & {*names, *lost}) - frozenset(files))


def _refuse_lost(lost: Set[str], problems: Problems) -> None:
    """Refuse a folder that lacks a table it was written with."""
    for name in sorted(lost):
        problems.add(
            name,
            None,
            None,
            found=f"it is missing, though {PACKAGE_FILE} lists it",
            expected="every table the folder was written with",
            to_fix=f"put it back; if the plan is to do without it, take {name} out of {PACKAGE_FILE}, "
            f"or delete {PACKAGE_FILE}",
        )


def _is_folder(path: Path, problems: Problems) -> bool:
    name = path.name or str(path)
    try:
        if path.is_dir():
            return True
        is_there = path.exists()
    except OSError as error:  # a name longer than any, or a folder above it that we may not look into
        _not_opened(path, error, "a folder", problems)
        return False
    if is_there:
        found, to_fix = "a file", "give the folder that holds plan.toml, not a file in it"
        if path.suffix.lower() == ".zip":
            found, to_fix = "a zip file", "unpack it and give the folder, or give the plan as a workbook (.xlsx)"
    else:
        found, to_fix = "nothing there", "check the spelling of the folder's name"
    problems.add(name, None, None, found=found, expected="the folder of a plan", to_fix=to_fix)
    return False


def _unknown(name: str, known: set[str], present: list[str], problems: Problems) -> str | None:
    """Refuse a file that looks like a table whose name was misspelt; leave notes and documents alone.

    Returns the name it is to have, where it is refused for its name.
    """
    if name in BESIDE or name.startswith((".", "~$")):
        return None
    plain = name.lower().removesuffix(".txt")
    stem, _, ending = plain.rpartition(".")
    near = nearest(plain, known, at_least=0.75)
    if near is None and f".{ending}" in _DATA_ENDINGS:
        table = nearest(stem, [form.name for form in TABLES], at_least=0.75)
        near = f"{table}.csv" if table else None
    if f".{ending}" not in _DATA_ENDINGS or (near is None and ending != "csv"):
        return None
    if near and near not in present:
        to_fix = f"name it {near} and keep it as comma-separated text, or take it out of the folder"
    else:
        to_fix = "take it out of the folder, so that nobody thinks it is part of the plan"
    problems.add(name, None, None, found="a file that no plan has", expected="the tables of a plan", to_fix=to_fix)
    return near


def _readable(file: Path, problems: Problems) -> bool:
    """True when a file may be opened: a plain file, inside the folder, not too large."""
    home = file.parent.resolve()
    refusal: tuple[str, str, str] | None = None
    try:
        status = file.stat()
    except OSError:
        refusal = ("a link that leads nowhere", "a file", "put the file itself into the folder")
    else:
        most = LARGEST_HEADING if file.name == HEADING_FILE else LARGEST_FILE
        if not stat.S_ISREG(status.st_mode):
            refusal = ("a folder or device", "a file", "put a plain file there")
        elif file.is_symlink() and home not in file.resolve().parents:
            refusal = ("a link to outside the folder", "a file in the folder", "copy the file itself into the folder")
        elif status.st_size > most:
            found = f"{status.st_size / _MEGABYTE:,.1f} MB"
            refusal = (found, f"a file of at most {most // _MEGABYTE} MB", "leave out rows the plan does not use")
    if refusal:
        found, expected, to_fix = refusal
        problems.add(file.name, None, None, found=found, expected=expected, to_fix=to_fix)
    return refusal is None


def text_of(file: Path, problems: Problems) -> bytes | None:
    """The bytes of a file that is plain UTF-8 text, without its byte-order mark; None, with a problem, otherwise."""
    try:
        data = _read(file)
    except OSError as error:
        _not_opened(file, error, "a file", problems)
        return None
    if len(data) > LARGEST_FILE:
        to_fix = "wait until nobody writes to it, then try again"
        problems.add(file.name, None, None, found="a file that is growing", expected="a finished file", to_fix=to_fix)
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    found = next((words for mark, words in _MARKS.items() if data.startswith(mark)), None)
    row: int | None = None
    if found is None and b"\0" in data:
        found, row = "bytes that are not text (a NUL)", data[: data.index(b"\0")].count(b"\n") + 1
    if found is None:
        found, row = _not_utf8(data)
    if found is None:
        return data
    problems.add(
        file.name,
        row,
        None,
        found=found,
        expected="plain text in UTF-8",
        to_fix="save it again as 'CSV UTF-8 (comma delimited)'"
        if file.suffix == ".csv"
        else "save it again as UTF-8 text",
    )
    return None


def _read(file: Path) -> bytes:
    """The bytes of a plain file, or a few more than may stand in one: however large it grows while it is read."""
    with os.fdopen(os.open(file, os.O_RDONLY | _AT_ONCE), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file any more")
        return opened.read(LARGEST_FILE + 1)


def _not_opened(path: Path, error: OSError, what: str, problems: Problems) -> None:
    problems.add(
        path.name or str(path),
        None,
        None,
        found=f"it cannot be opened ({error.strerror or 'no reason given'})",
        expected=f"{what} that may be read",
        to_fix="check its name and who may read it",
    )


def _not_utf8(data: bytes) -> tuple[str | None, int | None]:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        guess = data[error.start : error.start + 1].decode("cp1252", "replace")
        return f"byte {data[error.start]:#04x}, not UTF-8 (as Windows text it would be {guess!r})", row
    return None, None
