"""What datapackage.json says stands in a plan's folder: the tables, and how many rows each had when it was written.

Tables may be edited by hand. A table that is listed and gone is a problem; rows that have become fewer are a remark.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tripleaim.loading.completeness import Remark
from tripleaim.plan.plan import Plan
from tripleaim.plan.tables import TABLES

PACKAGE_FILE = "datapackage.json"
LARGEST_LIST = 4 * 1024 * 1024
"""Most bytes in datapackage.json; a larger one is not ours."""

_TOPIC = "files"
_FILES = frozenset(form.file for form in TABLES)


@dataclass(frozen=True)
class Inventory:
    """The tables that are listed, with how many rows each had where that is said."""

    rows: dict[str, int | None] = field(default_factory=dict)
    is_readable: bool = True


def inventory(folder: Path) -> Inventory:
    """What a folder's datapackage.json lists; nothing where there is none, or where it cannot be read."""
    file = folder / PACKAGE_FILE
    try:
        if not file.exists():
            return Inventory()
        resources = json.loads(_text(file))["resources"]
        return Inventory(dict(listed for each in resources for listed in _listed(each)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Inventory(is_readable=False)


def _text(file: Path) -> str:
    if not file.is_file() or file.stat().st_size > LARGEST_LIST:
        raise ValueError("not a list of files")
    return file.read_text(encoding="utf-8")


def _listed(resource: Any) -> Iterator[tuple[str, int | None]]:
    path = resource.get("path") if isinstance(resource, dict) else None
    if isinstance(path, str) and path in _FILES:
        rows = resource.get("rows")
        yield path, rows if type(rows) is int else None


def lost_rows(folder: Path, plan: Plan) -> Iterator[Remark]:
    """Tables of a plan that hold fewer rows than when its folder was written."""
    held = inventory(folder)
    if not held.is_readable:
        yield Remark(
            topic=_TOPIC,
            where=PACKAGE_FILE,
            what="It holds no list of the plan's files, so nobody can tell from it whether one was lost.",
            what_to_do="Delete it; it is written anew whenever the program writes the plan.",
        )
    for form in TABLES:
        before, now = held.rows.get(form.file) or 0, len(getattr(plan, form.name))
        if now < before:
            fewer = "1 row" if before - now == 1 else f"{before - now:,} rows"
            yield Remark(
                topic=_TOPIC,
                where=form.file,
                what=f"It has {fewer} fewer than when the folder was written: {now:,} of {before:,}.",
                what_to_do="If that was on purpose, correct rows in datapackage.json; if not, "
                "`tripleaim diff OLD NEW` with an older copy says what is gone.",
            )
