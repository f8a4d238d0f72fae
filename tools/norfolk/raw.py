"""What is Norfolk's own: tables and words kept beside this script, and one published file read only when unchanged."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

from checked import require_unchanged

HERE = Path(__file__).resolve().parent

CHECKSUMS: dict[str, str] = tomllib.loads((HERE / "inputs.toml").read_text(encoding="utf-8"))
"""SHA-256 of every input, by its path in the folder of raw data."""

FOOTPRINT = "E54000022"


class Raw:
    """A folder of raw data. A file that differs from the one we saw is refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        require_unchanged(folder, CHECKSUMS)

    def rows(self, name: str, **only: str) -> list[dict[str, str]]:
        """The rows of one file, where asked only those with the given values."""
        assert name in CHECKSUMS, f"{name} has no checksum"
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.DictReader(file) if all(row[key] == value for key, value in only.items())]


def table(name: str) -> list[dict[str, str]]:
    """A small table kept beside this script."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(name: str) -> dict[str, Any]:
    """Words kept beside this script in TOML; text is trimmed and a list is a tuple."""

    def trim(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: trim(part) for key, part in value.items()}
        if isinstance(value, list):
            return tuple(trim(part) for part in value)
        return value.strip() if isinstance(value, str) else value

    return {key: trim(value) for key, value in tomllib.loads((HERE / name).read_text(encoding="utf-8")).items()}
