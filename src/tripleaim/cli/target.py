"""Where a changed plan is written, and what must stand there when it is."""

from __future__ import annotations

from pathlib import Path


def target_of(plan: Path, to: Path | None) -> Path:
    """Where the plan is written. A worked plan that came with the program, or another plan, is never written over."""
    from tripleaim.errors import Impossible

    if to is None:
        if plan.is_file():
            raise Impossible(f"{plan.name} is no folder. Add --to FOLDER to say where the plan is written.")
        if plan.resolve().parent.name == "worked_plans":
            raise Impossible(f"{plan.name} came with the program. Add --to FOLDER to write your own copy.")
        return plan
    if to.exists() and to.resolve() != plan.resolve() and (not to.is_dir() or any(to.iterdir())):
        raise Impossible(f"{to} holds something already. Name a new or empty folder.")
    return to


def expected_in(plan: Path, fingerprint: str, target: Path) -> str:
    """The fingerprint that must stand in the target when it is written: the plan's own, "" in a new folder."""
    return fingerprint if target.resolve() == plan.resolve() else ""
