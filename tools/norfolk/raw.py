"""What is Norfolk's own: tables and words kept beside this script, and one published file read only when unchanged."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

CHECKSUMS: dict[str, str] = tomllib.loads((HERE / "inputs.toml").read_text(encoding="utf-8"))
"""SHA-256 of every input, by its path in the folder of raw data."""

FOOTPRINT = "E54000022"


class Raw:
    """A folder of raw data. A file that differs from the one we saw is refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.check()

    def check(self) -> None:
        """Every input is there and unchanged, or the build stops and names each one that is not."""
        wrong = []
        for name, expected in CHECKSUMS.items():
            file = self.folder / name
            if not file.is_file():
                wrong.append(f"{name}: not found")
            elif (found := hashlib.sha256(file.read_bytes()).hexdigest()) != expected:
                wrong.append(f"{name}: SHA-256 is {found}, expected {expected}")
        if wrong:
            raise SystemExit("Not built. These inputs are missing or differ:\n  " + "\n  ".join(wrong))

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
