"""tripleaim audit verify: proof that nothing in the workspace was altered behind its back."""

from __future__ import annotations

from tripleaim.cli.workspace import ask_workspace


def verify(noted: str) -> int:
    """Prove the audit, the plans and their versions; returns 0 where all holds, 2 where something does not."""
    return ask_workspace("audit", "verify", *([f"--noted={noted}"] if noted else []))
