"""Figures that are kept: each part in a file of its own, with the machine and how busy it was, and all on one page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from measuring import TIMES, Measured

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.md"
FOLDER = HERE / "results"
TITLES = {
    "processes": "Commands",
    "workbooks": "Workbooks",
    "places": "All 44 places",
    "projections": "The projection alone",
    "stress": "Stress tests",
    "choosing": "Choosing",
    "sharing": "Sharing",
    "served": "The workspace",
    "demo": "make demo",
    "tests": "make test",
}


@dataclass(frozen=True)
class Part:
    """One part of what is measured, and what its figures belong to."""

    name: str
    machine: str
    load: str
    rows: tuple[Measured, ...]


def keep(part: Part, folder: Path = FOLDER) -> None:
    """Keep a part in place of what was kept of it before."""
    folder.mkdir(exist_ok=True)
    told = {"machine": part.machine, "load": part.load, "rows": [asdict(row) for row in part.rows]}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{part.name}.json").write_text(text, encoding="utf-8")


def kept(names: Iterable[str], folder: Path = FOLDER) -> Iterator[Part]:
    """The parts that are kept, in the order of their names here."""
    for name in names:
        file = folder / f"{name}.json"
        if file.exists():
            told = json.loads(file.read_text(encoding="utf-8"))
            yield Part(name, told["machine"], told["load"], tuple(Measured(**row) for row in told["rows"]))


def section(part: Part) -> str:
    """One part as a table, with what its figures belong to."""
    head = [f"## {TITLES[part.name]}", "", f"{part.machine} {part.load}".strip(), ""]
    table = ["| what | took | target | |", "|---|--:|--:|---|", *(row.row() for row in part.rows)]
    return "\n".join([*head, *table, ""])


def page(parts: Iterable[Part]) -> str:
    """The Markdown page of all parts."""
    head = [
        "# What was measured",
        "",
        "Written by `make bench ARGS=--write`; do not edit by hand. Parts may have been measured on different days.",
        "",
        f"Times are the middle one of {TIMES} except where a row says once; memory is measured once.",
        "",
    ]
    return "\n".join([*head, *(section(part) for part in parts)])
