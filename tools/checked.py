"""Published files that a build rests on: each is read only when it is exactly the file we saw."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path


def require_unchanged(folder: Path, checksums: Mapping[str, str], undone: str = "Not built") -> None:
    """Every input is there and unchanged, or the build stops and names each one that is not.

    checksums : path in the folder → SHA-256
    undone    : what is not done when one is missing or differs
    """
    wrong = []
    for name, expected in checksums.items():
        file = folder / name
        if not file.is_file():
            wrong.append(f"{name}: not found")
        elif (found := hashlib.sha256(file.read_bytes()).hexdigest()) != expected:
            wrong.append(f"{name}: SHA-256 is {found}, expected {expected}")
    if wrong:
        raise SystemExit(f"{undone}. These inputs are missing or differ:\n  " + "\n  ".join(wrong))
