"""Reads a workbook in a process of its own: every part counted, then the wanted sheets, as lines of JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .archive import Archive
from .book import open_book
from .limits import Refusal, limit_this_process
from .sheet import Kept, Rows, SheetReader


def read(path: Path, wanted: set[str], out: Path) -> dict[str, Any]:
    """Write the rows of the wanted sheets, a thousand to a line at most; returns what the workbook holds.

    raises : Refusal for what is not read
    """
    archive = Archive(path)
    book = open_book(archive)
    kept = Kept()
    found: list[dict[str, Any]] = []
    with out.open("w", encoding="utf-8") as lines:
        for part in book.sheets:
            is_read = part.name.lower() in wanted or "*" in wanted
            about: dict[str, Any] = {"name": part.name, "hidden": part.hidden, "read": is_read}
            found.append(about)
            if not about["read"]:
                continue
            about["offset"] = lines.tell()
            about["lines"] = 0

            def give(rows: Rows, about: dict[str, Any] = about) -> None:
                lines.write(json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n")
                about["lines"] += 1

            about |= asdict(SheetReader(book, part.name, give, kept).read(archive.blocks(part.part)))
    return {"sheets": found}


def answer(path: Path, wanted: set[str], out: Path) -> dict[str, Any]:
    """What the workbook holds, or why it is refused."""
    try:
        return read(path, wanted, out)
    except Refusal as refusal:
        return {"refused": vars(refusal)}
    except MemoryError:
        return {"refused": vars(Refusal("more than fits in the memory set aside", "a smaller workbook", "thin it out"))}
    except OSError as error:
        found = f"no room for what is in it while it is read ({error.strerror})"
        to_fix = "free some space where the system keeps its temporary files, then try again"
        return {"refused": vars(Refusal(found, "room for temporary files", to_fix))}
    except RecursionError:
        return {
            "refused": vars(Refusal("layers in layers, very deep", "a workbook as Excel saves it", "save it again"))
        }


def main() -> None:
    """The process: the file, the file for the rows and the wanted sheets are its arguments; its answer is JSON."""
    limit_this_process()
    path, out, *wanted = sys.argv[1:]
    json.dump(answer(Path(path), set(wanted), Path(out)), sys.stdout)
