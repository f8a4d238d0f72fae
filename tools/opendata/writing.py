"""Writing the tables: plain CSV, sorted by key, the same bytes each time."""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, object]


def plain(value: object) -> str:
    """A value as the tables write it: nothing is blank, a whole number has no point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return str(value).replace("\u00a0", " ").strip()


def write_table(folder: Path, name: str, rows: list[Row], key: tuple[str, ...]) -> None:
    """One table, sorted by its key, which no two rows share."""
    marks = [tuple(row[column] for column in key) for row in rows]
    twice = {mark for mark in marks if marks.count(mark) > 1} if len(set(marks)) < len(marks) else set()
    assert not twice, f"{name}: stands twice: {sorted(map(str, twice))[:5]}"
    columns = list(rows[0])
    assert all(list(row) == columns for row in rows), f"{name}: rows differ in their columns"
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for _, row in sorted(zip(marks, rows, strict=True), key=lambda pair: pair[0]):
            writer.writerow([plain(value) for value in row.values()])


def together(*flags: str) -> str:
    """Warnings about one row in one cell; blank when there is none."""
    return "; ".join(flag for flag in flags if flag)
