"""The parts of a workbook file. What it declares of itself is never believed: every part is expanded and counted."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from .limits import (
    LARGEST_DIRECTORY,
    LARGEST_EXPANDED,
    LARGEST_FILE,
    MOST_PARTS,
    MOST_TAGS,
    MOST_TIMES,
    SMALL,
    Refusal,
    too_large,
)

BLOCK = 1024 * 1024
_MEGABYTE = 1024 * 1024
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_LONGEST_COMMENT = 65_535
_HEADER = 30  # bytes before the name of a part
_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
_LONGEST_MARK = max(map(len, _DECLARES))
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)

_SAVE_AGAIN = "open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)"
_FORMS: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel workbook (.xls), or one locked with a password",
        "take the password off, and save it as an Excel workbook (.xlsx)",
    ),
    (b"%PDF", "a PDF document", "give the workbook it was printed from"),
)
_ACTIVE: tuple[tuple[str, str, str], ...] = (
    ("vbaproject", "macros", "save it as an Excel workbook without macros (.xlsx)"),
    (
        "/externallinks/",
        "links to other workbooks",
        "break the links (Data, Edit Links), so that values stand in cells",
    ),
    ("/embeddings/", "other documents inside it", "take the embedded documents out"),
    ("/activex/", "active controls", "take the controls out"),
    ("/connections.xml", "connections to data elsewhere", "take the connections out (Data, Queries & Connections)"),
    ("/macrosheets/", "macros", "save it as an Excel workbook without macros (.xlsx)"),
)


class Archive:
    """An open workbook file whose every part has been counted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        _right_form(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN as error:
            raise _broken(error) from None
        self.names = self._checked_names()
        self._checked_places()
        self._counted()

    def _checked_names(self) -> dict[str, zipfile.ZipInfo]:
        found: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            name = info.orig_filename
            if not is_harmless(name):
                raise Refusal(
                    f"a part named {name[:80]!r}, which would lead out of the file",
                    "a workbook as Excel or LibreOffice saves it",
                    "do not open it; ask the sender for another copy",
                )
            if name.lower() in found:
                raise Refusal(f"two parts named {name[:80]!r}", "each part once", _SAVE_AGAIN)
            for mark, what, to_fix in _ACTIVE:
                if mark in f"/{name.lower()}":
                    raise Refusal(what, "a workbook of values only", to_fix)
            if info.flag_bits & 1:
                raise Refusal("a part locked with a password", "an open workbook", "take the password off")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Refusal("parts packed in an unusual way", "a workbook as Excel saves it", _SAVE_AGAIN)
            found[name.lower()] = info
        return found

    def _checked_places(self) -> None:
        if overlap(self.names.values(), self._zip.start_dir):
            raise Refusal("parts that lie over one another", "a workbook as Excel saves it", _SAVE_AGAIN)

    def _counted(self) -> None:
        """Expand every part once, block by block, keeping nothing; refuse as soon as there is too much of anything."""
        total = tags = 0
        declared = sum(info.file_size for info in self.names.values())
        if declared > LARGEST_EXPANDED:
            raise too_large(f"parts of {declared / _MEGABYTE:,.0f} MB once expanded")
        for name, info in self.names.items():
            size, tail = 0, b""
            for number, block in enumerate(self.blocks(name)):
                size, total = size + len(block), total + len(block)
                if total > LARGEST_EXPANDED:
                    raise too_large(f"parts of more than {LARGEST_EXPANDED / _MEGABYTE:,.0f} MB once expanded")
                if size > SMALL and size > MOST_TIMES * max(info.compress_size, 1):
                    raise too_large(f"a part that grows more than {MOST_TIMES} times when it is expanded")
                if not number and block.startswith(b"PK\x03\x04"):
                    raise Refusal("a zip file inside it", "a workbook of values only", "take it out")
                if not name.endswith((".xml", ".rels", ".vml")):
                    continue
                text = (tail + block).replace(b"\0", b"")  # in UTF-16 every second byte is a NUL
                if any(mark in text for mark in _DECLARES):
                    raise Refusal(
                        "a part that declares words of its own (a DTD), which can grow without end",
                        "a workbook as Excel or LibreOffice saves it",
                        "do not open it; ask the sender for another copy",
                    )
                tags += block.count(b"<")
                if tags > MOST_TAGS:
                    raise too_large("more tags than the cells of a plan can need")
                tail = text[1 - _LONGEST_MARK :]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.names

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, a block at a time."""
        try:
            with self._zip.open(self.names[name.lower()]) as part:
                while block := part.read(BLOCK):
                    yield block
        except BROKEN as error:
            raise _broken(error) from None


def _broken(error: Exception) -> Refusal:
    return Refusal(f"a damaged file ({type(error).__name__})", "a whole workbook", f"send it again, or {_SAVE_AGAIN}")


def overlap(parts: Iterable[zipfile.ZipInfo], end_of_all: int) -> bool:
    """Parts that lie over one another make a small file expand without end: each must have its own bytes."""
    end = 0
    for info in sorted(parts, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + _HEADER + len(info.orig_filename.encode("utf-8", "replace")) + info.compress_size
    return end > end_of_all


def is_harmless(name: str) -> bool:
    """True for a name that leads nowhere outside the file."""
    parts = name.split("/")
    odd = "\\" in name or "\0" in name or ":" in parts[0] or len(name) > 250
    return not (odd or name.startswith("/") or ".." in parts)


def _right_form(path: Path) -> None:
    """Refuse what is no zip file, or one whose list of parts is too long to read, by its first and last bytes."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise too_large(f"a file of {size / _MEGABYTE:,.0f} MB")
    with path.open("rb") as file:
        first = file.read(128)
        file.seek(max(0, size - _LONGEST_COMMENT - 22))
        last = file.read()
    for mark, found, to_fix in _FORMS:
        if first.startswith(mark):
            raise Refusal(found, "an Excel workbook (.xlsx)", to_fix)
    if b"opendocument.spreadsheet" in first:
        raise Refusal("an OpenDocument workbook (.ods)", "an Excel workbook (.xlsx)", "save it as .xlsx")
    place = last.rfind(_END)
    if not first.startswith(b"PK\x03\x04") or place < 0 or len(last) < place + 22:
        what = "an empty file" if not size else "a file that is no workbook, or is cut off"
        raise Refusal(what, "an Excel workbook (.xlsx)", _SAVE_AGAIN)
    parts, length = struct.unpack("<HL", last[place + 10 : place + 16])
    if _END_64 in last[:place][-64:] or parts > MOST_PARTS or length > LARGEST_DIRECTORY:
        raise too_large(f"more than {MOST_PARTS:,} parts")
