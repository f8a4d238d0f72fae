"""A zip file of a plan's folder, looked through and unpacked in a process of its own. Every problem of it at once."""

from __future__ import annotations

import json
import os
import stat
import struct
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .archive import BLOCK, BROKEN, is_harmless, overlap
from .limits import limit_this_process

_MEGABYTE = 1024 * 1024

LARGEST_ZIP = 32 * _MEGABYTE
"""Most bytes in the zip file itself."""
LARGEST_EXPANDED = 128 * _MEGABYTE
"""Most bytes in all its files together, once expanded."""
LARGEST_FILE = 64 * _MEGABYTE
"""Most bytes in one of them: what one table may have."""
MOST_ENTRIES = 1_000
"""Most files and folders in it: what a plan's folder may have."""
LARGEST_DIRECTORY = _MEGABYTE
"""Most bytes in the list of them."""
_LONGEST_NAME = 200
"""Most bytes in the name of a file or folder."""
_MOST_TOLD = 200
"""Problems that are told one by one; where there are more, somebody zipped another folder."""

HEADING_FILE = "plan.toml"
NOTES = (".md", ".txt", ".rst", ".pdf", "")
"""Endings of what may lie beside the tables and is not read: notes, and files without an ending such as LICENSE."""
TABLES = (".csv", ".tsv", ".tab", ".toml", ".json")
"""Endings of what may be part of a plan; whether it is, its name decides."""
_LITTER = (".ds_store", "thumbs.db", "desktop.ini")
"""What file managers leave behind."""
_LITTER_FOLDER = "__MACOSX"

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_LONGEST_COMMENT = 65_535
_FIRST = b"PK\x03\x04"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (_FIRST, "a zip file or workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or Word document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_NAMED: dict[str, str] = {
    ".xlsx": "an Excel workbook",
    ".xlsm": "a workbook with macros",
    ".xls": "an old Excel workbook",
    ".xlsb": "a binary workbook",
    ".ods": "an OpenDocument workbook",
    ".zip": "a zip file",
    ".7z": "an archive",
    ".rar": "an archive",
    ".gz": "a compressed file",
    ".tar": "an archive",
    ".svg": "a picture that can hold a program",
    ".html": "a web page",
    ".exe": "a program",
}
_ZIP_AGAIN = "zip the plan's folder again"
_ASK = "do not open it; ask the sender for another copy"
_TAKE_OUT = "take it out of the folder, and zip the folder again"


@dataclass(frozen=True)
class Fault:
    """One thing the zip file is refused for: the name of the file inside, "" for the zip file itself, and the words."""

    name: str
    found: str
    expected: str
    to_fix: str


@dataclass
class Answer:
    """What was found: faults, or the files that were unpacked; and what was left aside."""

    faults: list[Fault] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


def unpack(path: Path, out: Path, known: set[str]) -> Answer:
    """Unpack the plan in a zip file into a folder, flat; what is no part of it comes as an empty file, by name only.

    known : names of the files a plan may have
    """
    answer = Answer()
    fault = _wrong_form(path)
    if fault:
        answer.faults.append(fault)
        return answer
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [info for info in archive.infolist() if not _is_litter(info.orig_filename)]
            answer.faults += _faults(entries, archive.start_dir)
            if not answer.faults:
                _unpack(archive, entries, out, known, answer)
    except BROKEN as error:
        answer.faults.append(_damaged(error))
    del answer.faults[_MOST_TOLD:]
    return answer


# --- before anything is expanded ---


def _wrong_form(path: Path) -> Fault | None:
    """Refuse what is no zip file, or one whose list of files is too long to read, by its first and last bytes."""
    size = path.stat().st_size
    if size > LARGEST_ZIP:
        return _too_large(f"a file of {size / _MEGABYTE:,.0f} MB", f"at most {LARGEST_ZIP // _MEGABYTE} MB")
    with path.open("rb") as file:
        first = file.read(8)
        file.seek(max(0, size - _LONGEST_COMMENT - 22))
        last = file.read()
    place = last.rfind(_END)
    if first.startswith(_END):
        return Fault("", "an empty zip file", "the folder of a plan", _ZIP_AGAIN)
    if not first.startswith(_FIRST) or place < 0 or len(last) < place + 22:
        found = "an empty file" if not size else "a file that is no zip file, or is cut off"
        return Fault("", found, "a zip file of a plan's folder", _ZIP_AGAIN)
    entries, length = struct.unpack("<HL", last[place + 10 : place + 16])
    if _END_64 in last[:place][-64:] or entries > MOST_ENTRIES or length > LARGEST_DIRECTORY:
        return _too_large(f"more than {MOST_ENTRIES:,} files", "the folder of one plan")
    return None


def _faults(entries: list[zipfile.ZipInfo], start: int) -> Iterator[Fault]:
    if any(info.orig_filename.lower() == "[content_types].xml" for info in entries):
        to_fix = "if it is a workbook, name it .xlsx"
        yield Fault("", "an Excel workbook or Word document", "a zip file of a plan's folder", to_fix)
        return
    if len(entries) > MOST_ENTRIES:
        yield _too_large(f"more than {MOST_ENTRIES:,} files", "the folder of one plan")
        return
    for info in entries:
        yield from _faults_of(info)
    yield from _twice(entries)
    if overlap(entries, start):
        yield Fault("", "files that lie over one another", "a zip file as Windows or macOS makes it", _ASK)
    if sum(info.file_size for info in entries) > LARGEST_EXPANDED:
        yield _expands_too_far()


def _faults_of(info: zipfile.ZipInfo) -> Iterator[Fault]:
    name, plain = info.orig_filename, "a plain file"
    mode = info.external_attr >> 16
    if not _is_plain(name):
        yield Fault(name, "a name that would lead out of the folder", "a name such as activity.csv", _ASK)
        return
    if stat.S_ISLNK(mode):
        yield Fault(name, "a link", plain, "put the file itself into the folder, and zip it again")
    elif stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        yield Fault(name, "a pipe, socket or device", plain, _TAKE_OUT)
    if info.flag_bits & 0x41:
        yield Fault(
            name, "a file locked with a password", "an open zip file", "zip the folder again without a password"
        )
    elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield Fault(name, "a file packed in an unusual way", "a zip file as Windows or macOS makes it", _ZIP_AGAIN)
    if info.file_size > LARGEST_FILE:
        yield _file_too_large(name, info.file_size)
    ending = _ending(name)
    if not name.endswith("/") and ending not in (*NOTES, *TABLES):
        found = _NAMED.get(ending, f"a file of another kind ({ending[:20]})")
        yield Fault(name, found, "the tables of a plan (.csv), plan.toml, and notes (.md, .txt, .pdf)", _TAKE_OUT)


def _twice(entries: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    names = [info.orig_filename for info in entries]
    exactly = Counter(names)
    loosely = Counter(_loose(name) for name in exactly)
    for name, count in exactly.items():
        if count > 1:
            yield Fault(name, f"{count} files of this name", "each file once", _ZIP_AGAIN)
        elif loosely[_loose(name)] > 1:
            to_fix = "take one of them out, and zip the folder again"
            yield Fault(name, "a name another file has too, but for small and large letters", "one file", to_fix)


# --- one folder, unpacked ---


def _unpack(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], out: Path, known: set[str], answer: Answer
) -> None:
    files = [info for info in entries if not info.is_dir()]
    homes = _homes([info.orig_filename for info in files])
    if len(homes) > 1:
        for home in homes:
            expected = f"one {HEADING_FILE}: the folder of one plan"
            answer.faults.append(
                Fault(home + HEADING_FILE, f"one of {len(homes)} plans", expected, "zip each by itself")
            )
        return
    home, total = homes[0], 0
    for info in files:
        path = info.orig_filename
        name = path.removeprefix(home)
        is_at_home = path.startswith(home) and "/" not in name
        if is_at_home and name in known:
            total += _expanded(archive, info, answer, out / name)
        elif _ending(path) in NOTES:
            answer.aside.append(path)
            total += _expanded(archive, info, answer)
        elif not is_at_home:
            found, expected = "a table in another folder", f"every table in one folder with {HEADING_FILE}"
            answer.faults.append(Fault(path, found, expected, _TAKE_OUT))
        if is_at_home and name not in known:
            (out / name).touch()  # whoever reads the folder tells by its name whether it was meant for a table
        if total > LARGEST_EXPANDED:
            answer.faults.append(_expands_too_far())
            return


def _homes(names: list[str]) -> list[str]:
    """The folders that hold a plan, each with its stroke; where none does, the one folder all lies in, or none."""
    found = [name.removesuffix(HEADING_FILE) for name in names if name.split("/")[-1] == HEADING_FILE]
    if found:
        return found
    tops = {name.split("/")[0] for name in names}
    return [f"{tops.pop()}/"] if len(tops) == 1 and all("/" in name for name in names) else [""]


def _expanded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, answer: Answer, to: Path | None = None) -> int:
    """Expand a file block by block, counting; keep it where `to` says so. Returns its bytes."""
    name, size = info.orig_filename, 0
    try:
        with archive.open(info) as packed, open(os.devnull if to is None else to, "wb") as kept:
            while block := packed.read(BLOCK):
                is_first = not size
                size += len(block)
                if size > LARGEST_FILE:
                    answer.faults.append(_file_too_large(name, size))
                    break
                other = next((words for mark, words in _OTHERS if block.startswith(mark)), None) if is_first else None
                if other:
                    answer.faults.append(Fault(name, f"{other} under another name", "text", _TAKE_OUT))
                    break
                kept.write(block)
    except BROKEN as error:
        answer.faults.append(_damaged(error, name))
    return size


# --- in words ---


def _is_litter(name: str) -> bool:
    parts = name.split("/")
    return _LITTER_FOLDER in parts[:-1] or parts[-1].lower() in _LITTER or parts[-1].startswith("._")


def _is_plain(name: str) -> bool:
    parts = name.removesuffix("/").split("/")
    sound = all(part not in ("", ".") and len(part.encode("utf-8", "replace")) <= _LONGEST_NAME for part in parts)
    return sound and is_harmless(name) and name.isprintable()


def _ending(name: str) -> str:
    stem, dot, ending = name.split("/")[-1].rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def _loose(name: str) -> str:
    """A name as file systems see it that do not tell small letters from large ones."""
    return unicodedata.normalize("NFC", name.removesuffix("/")).casefold()


def _damaged(error: Exception, name: str = "") -> Fault:
    return Fault(
        name, f"a damaged file ({type(error).__name__})", "a whole zip file", f"{_ZIP_AGAIN}, or send it again"
    )


def _too_large(found: str, expected: str) -> Fault:
    return Fault("", found, expected, "take out what does not belong to the plan, and zip the folder again")


def _expands_too_far() -> Fault:
    most = f"{LARGEST_EXPANDED // _MEGABYTE} MB"
    return _too_large(f"files of more than {most} once expanded", f"at most {most}")


def _file_too_large(name: str, size: int) -> Fault:
    found, expected = f"{size / _MEGABYTE:,.1f} MB or more", f"a file of at most {LARGEST_FILE // _MEGABYTE} MB"
    return Fault(name, found, expected, "leave out rows the plan does not use")


# --- the process ---


def answer(path: Path, out: Path, known: set[str]) -> dict[str, Any]:
    """What the zip file holds, or why it is refused, as plain records."""
    try:
        return asdict(unpack(path, out, known))
    except MemoryError:
        fault = Fault("", "more than fits in the memory set aside", "a smaller zip file", "thin it out")
    except OSError as error:
        found = f"no room for what is in it while it is read ({error.strerror})"
        to_fix = "free some space where the system keeps its temporary files, then try again"
        fault = Fault("", found, "room for temporary files", to_fix)
    return asdict(Answer(faults=[fault]))


def main() -> None:
    """The process: the zip file, the folder to unpack it into and the names of a plan's files are its arguments."""
    limit_this_process()
    path, out, *known = sys.argv[1:]
    json.dump(answer(Path(path), Path(out), set(known)), sys.stdout)
