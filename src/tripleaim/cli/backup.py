"""tripleaim backup FILE: the whole workspace in one file."""

from __future__ import annotations

from pathlib import Path

from tripleaim.cli.workspace import ask_workspace


def backup(file: Path) -> int:
    """Write a backup, whole or not at all; returns 0 where it is there, 2 where not."""
    return ask_workspace("backup", "--", str(file))
