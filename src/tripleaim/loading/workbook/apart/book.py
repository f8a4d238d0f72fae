"""What a workbook says of itself: its sheets, the texts its cells share, and which styles show a number as a date."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from .archive import Archive
from .limits import LONGEST_TEXT, MOST_LETTERS, MOST_SHEETS, MOST_TEXTS, Refusal, too_large
from .markup import plain, walk

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_IDS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Number formats that every Excel has and that show a date or a time."""
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_ORDINARY = ("hyperlink",)
"""Links out of the file that are only ever shown."""


@dataclass(frozen=True)
class SheetPart:
    """One sheet: its name, the part it stands in, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Book:
    """What is needed to read any sheet."""

    sheets: tuple[SheetPart, ...]
    texts: list[str]
    dates: frozenset[str]
    """Numbers of the cell styles that show a date or a time."""
    from_1904: bool


def open_book(archive: Archive) -> Book:
    """Read everything but the sheets themselves."""
    if "[content_types].xml" not in archive:
        raise Refusal("a zip file that is no workbook", "an Excel workbook (.xlsx)", "give the workbook itself")
    for name in archive.names:
        if name.endswith(".rels"):
            _refuse_links_out(archive, name)
    home = next((target for kind, target in _relations(archive, "").values() if kind == "officeDocument"), "")
    if not home.endswith(".xml") or home not in archive:
        found = "a binary workbook (.xlsb)" if home.endswith(".bin") else "a file that is no workbook"
        raise Refusal(found, "an Excel workbook (.xlsx)", "save it as an Excel workbook (.xlsx)")
    relations = _relations(archive, home)
    listed, from_1904 = _sheets(archive, home)
    sheets = []
    for name, relation, hidden in listed:
        kind, part = relations.get(relation, ("", ""))
        if kind == "worksheet" and part in archive:
            sheets.append(SheetPart(name, part, hidden))
    parts = {kind: target for kind, target in relations.values() if target in archive}
    return Book(
        sheets=tuple(sheets),
        texts=_shared_texts(archive, parts["sharedStrings"]) if "sharedStrings" in parts else [],
        dates=_date_styles(archive, parts["styles"]) if "styles" in parts else frozenset(),
        from_1904=from_1904,
    )


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """The parts another part names: identity → (kind, name of the part)."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, given: dict[str, str]) -> None:
        if plain(element) == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], place)

    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels in archive:
        walk(archive.blocks(rels), start)
    return found


def _refuse_links_out(archive: Archive, rels: str) -> None:
    def start(element: str, given: dict[str, str]) -> None:
        kind = given.get("Type", "").rpartition("/")[2]
        if plain(element) == "Relationship" and given.get("TargetMode") == "External" and kind not in _ORDINARY:
            raise Refusal(
                f"a link to something outside the workbook ({kind[:40]})",
                "a workbook of values only",
                "break the links (Data, Edit Links), and save it again",
            )

    walk(archive.blocks(rels), start)


def _sheets(archive: Archive, home: str) -> tuple[list[tuple[str, str, bool]], bool]:
    found: list[tuple[str, str, bool]] = []
    epochs: list[bool] = []

    def start(element: str, given: dict[str, str]) -> None:
        if plain(element) == "sheet":
            hidden = given.get("state", "visible") != "visible"
            found.append((given.get("name", ""), next((v for k, v in given.items() if k.endswith(":id")), ""), hidden))
            if len(found) > MOST_SHEETS:
                raise too_large(f"more than {MOST_SHEETS} sheets")
        elif plain(element) == "workbookPr":
            epochs.append(given.get("date1904", "0") in ("1", "true"))

    walk(archive.blocks(home), start)
    return found, any(epochs)


def _shared_texts(archive: Archive, part: str) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []
    letters = 0

    def start(element: str, given: dict[str, str]) -> None:
        inside.append(plain(element))
        if len(inside) > 20:
            raise too_large("a text with very many layers")

    def text(said: str) -> None:
        if inside[-1] == "t" and "rPh" not in inside:
            pieces.append(said)

    def end(element: str) -> None:
        nonlocal letters
        if inside.pop() == "si":
            whole = unescaped("".join(pieces))
            pieces.clear()
            letters += len(whole)
            texts.append(whole)
            if len(texts) > MOST_TEXTS or letters > MOST_LETTERS or len(whole) > LONGEST_TEXT:
                raise too_large("more text than a plan can have")

    walk(archive.blocks(part), start, end, text)
    return texts


def unescaped(text: str) -> str:
    """A text with the marks that stand for characters XML cannot hold.

    >>> unescaped("one_x000A_two"), unescaped("_x005F_x000A_")
    ('one\\ntwo', '_x000A_')
    """
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)


def _date_styles(archive: Archive, part: str) -> frozenset[str]:
    own: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def start(element: str, given: dict[str, str]) -> None:
        name = plain(element)
        if name == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            styles.append(given.get("numFmtId", "0"))
        inside.append(name)

    def end(element: str) -> None:
        inside.pop()

    walk(archive.blocks(part), start, end)
    return frozenset(str(place) for place, style in enumerate(styles) if _shows_a_date(style, own.get(style)))


def _shows_a_date(style: str, code: str | None) -> bool:
    if code is None:
        return style.isdigit() and int(style) in _DATE_IDS
    return bool(re.search("[dmyhs]", _NOT_SHOWN.sub("", code), re.IGNORECASE)) and code != "General"
