"""Measure how ranges of growth would have stood up to what happened: `python tools/measure_hindcast.py`.

Only the packaged open data is read. Written: `docs/method/hindcast.csv`, the tables of method note 10, and the measured
parts that the ranges of a started plan are made of. No network, no chance: the same data gives the same bytes.
"""

from __future__ import annotations

import csv
from pathlib import Path

from hindcast import measure, words
from hindcast.measure import Line

ROOT = Path(__file__).resolve().parent.parent
SCORES = ROOT / "docs" / "method" / "hindcast.csv"
NOTE = ROOT / "docs" / "method" / "10-hindcast.md"
PARTS = ROOT / "src" / "tripleaim" / "opendata" / "start" / "growth_ranges.csv"
COLUMNS = ("kind", "trusts", "years", "yearly", "lasting", "national", "national_freedom", "national_used")


def write(path: Path, lines: list[Line], columns: tuple[str, ...] = ()) -> None:
    """A table with the columns of its first line, or those named."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, fieldnames=columns or list(lines[0]), lineterminator="\n", restval="")
        out.writeheader()
        out.writerows(lines)


def main() -> None:
    """Write both tables and the note's part of them."""
    parts, found = measure.growth_ranges(), measure.lines()
    write(PARTS, parts, COLUMNS)
    write(SCORES, found)
    NOTE.write_text(words.inserted(NOTE.read_text(encoding="utf-8"), found, parts), encoding="utf-8")
    print(f"{len(found)} lines in {SCORES.relative_to(ROOT)}; growth of all care ±{measure.all_demand():.4f} a year")


if __name__ == "__main__":
    main()
