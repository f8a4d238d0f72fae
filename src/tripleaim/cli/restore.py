"""tripleaim restore FILE: the workspace brought back from a backup."""

from __future__ import annotations

from pathlib import Path

from tripleaim.cli.workspace import ask_workspace


def restore(file: Path, replace: bool) -> int:
    """Put the workspace of a backup in place once it is proved; returns 0 where it is there, 2 where not."""
    return ask_workspace("restore", *(["--replace"] if replace else []), "--", str(file))
