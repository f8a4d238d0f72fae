"""The published files the data set is built from: each is read only when it is exactly the file we saw."""

from __future__ import annotations

import csv
import tomllib
from functools import cached_property
from pathlib import Path

from checked import require_unchanged

HERE = Path(__file__).resolve().parent

CHECKSUMS: dict[str, str] = tomllib.loads((HERE / "inputs.toml").read_text(encoding="utf-8"))
"""SHA-256 of every input, by its path in the folder of raw data."""

NOT_PUBLISHED = {"", "*", "-", "NA"}
"""Cells that carry no figure: blank or suppressed. None of them is nought."""


class Raw:
    """A folder of raw data. A file that differs from the one we saw is refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, list[dict[str, str]]] = {}
        require_unchanged(folder, CHECKSUMS)

    def rows(self, name: str, **only: str) -> list[dict[str, str]]:
        """The rows of one file, cells stripped of blanks at both ends; where asked only those with the given values."""
        if name not in self._read:
            assert name in CHECKSUMS, f"{name} has no checksum"
            with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
                self._read[name] = [{key: value.strip() for key, value in row.items()} for row in csv.DictReader(file)]
        return [row for row in self._read[name] if all(row[key] == value for key, value in only.items())]

    def text(self, name: str) -> str:
        """The text of one file that is not a table."""
        assert name in CHECKSUMS, f"{name} has no checksum"
        return (self.folder / name).read_text(encoding="utf-8")

    @cached_property
    def footprint_codes(self) -> tuple[str, ...]:
        """The 44 footprints of April 2017, in the order of their numbers."""
        rows = sorted(self.rows("stp/stp17_footprints.csv"), key=lambda row: int(row["footprint_no"]))
        return tuple(row["STP17CD"] for row in rows)


def table(name: str) -> list[dict[str, str]]:
    """A small table kept beside this script."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    """A published number; suppressed and blank cells are refused, never read as nought."""
    if text in NOT_PUBLISHED:
        raise ValueError(f"{text!r} is suppressed or blank, not a number")
    return float(text.replace(",", ""))


def number_if_any(text: str) -> float | None:
    """A published number, or nothing where none was published."""
    return None if text in NOT_PUBLISHED else number(text)


def age_of(text: str) -> int:
    """A single year of age; '90+' is the open top."""
    return int(text.rstrip("+"))


def financial_year(text: str) -> str:
    """'2015-16' as '2015/16'."""
    return text.replace("-", "/")
