"""Writing the plan: one CSV a table, and plan.toml, the same bytes each time."""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, object]

KEYS = {
    "population": ("place", "year", "sex", "age"),
    "age_profiles": ("profile", "sex", "age_from"),
    "indices": ("index", "year"),
    "indicator_groups": ("indicator", "kind", "group"),
}
"""Columns that tell rows apart, where they are not just `key`."""


def spread(**ranges: tuple[float, float, float]) -> Row:
    """Each value with its interval, as three columns: point, low and high."""
    row: Row = {}
    for name, (point, low, high) in ranges.items():
        assert low <= point <= high, (name, point, low, high)
        row |= {name: point, f"{name}_low": low, f"{name}_high": high}
    return row


def plain(value: object) -> str:
    """A value as the plan's files write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    if isinstance(value, tuple):
        return ";".join(str(part) for part in value)
    return str(value)


def write_table(folder: Path, name: str, rows: list[Row]) -> None:
    """One table, sorted by its key, with every column any row uses."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if "source" in columns:
        columns = [column for column in columns if column != "source"] + ["source"]
    key = KEYS.get(name, ("key",))
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        mark = tuple(row[column] for column in key)
        assert mark not in seen, f"{name}: {mark} stands twice"
        seen.add(mark)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in sorted(rows, key=lambda row: tuple(row[column] for column in key)):
            writer.writerow([plain(row.get(column)) for column in columns])


def toml_value(value: object) -> str:
    """A value in TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return plain(value)
    if isinstance(value, tuple):
        return "[\n" + "".join(f"    {toml_value(part)},\n" for part in value) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_toml(file: Path, comment: str, values: Row) -> None:
    """A TOML file of plain keys."""
    lines = [f"# {comment}", *(f"{key} = {toml_value(value)}" for key, value in values.items())]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
