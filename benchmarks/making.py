"""What the make commands take, in a fresh clone: minutes, and the first of them needs the network."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from measuring import ROOT, Measured, timed

OUTER_MAKE = ("MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS", "ARGS")
"""How a make tells those it starts what it was asked; the makes measured here are asked nothing."""


def demo(folder: Path) -> list[Measured]:
    """`make demo` in a fresh clone: from nothing, then again with the network off where that is permitted."""
    clone, off = fresh_clone(folder), without_network()
    how = "with the network off" if off else "(the network could not be switched off here)"
    return [
        Measured(
            what="`make demo` from nothing, in a fresh clone (once)",
            value=timed(lambda: make("demo", clone)),
            unit="s",
            target=90,
        ),
        Measured(
            what=f"`make demo` again, {how} (once)",
            value=timed(lambda: make("demo", clone, off)),
            unit="s",
            target=15,
        ),
    ]


def make_test(folder: Path) -> list[Measured]:
    """`make test` in a fresh clone that is ready for it."""
    clone = fresh_clone(folder)
    make("setup", clone)
    return [
        Measured(
            what="`make test`, in a fresh clone after `make setup` (once)",
            value=timed(lambda: make("test", clone)),
            unit="s",
            target=360,
        )
    ]


def fresh_clone(folder: Path) -> Path:
    """The last commit of this checkout, in a folder of its own."""
    clone = folder / "clone"
    shutil.rmtree(clone, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    return clone


def without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network; empty where the system permits none of it."""
    for before in (("unshare", "-n"), ("unshare", "-r", "-n")):
        if shutil.which("unshare") and subprocess.run([*before, "true"], capture_output=True).returncode == 0:
            return before
    return ()


def make(what: str, folder: Path, before: tuple[str, ...] = ()) -> None:
    """Make something in a folder; it must end well."""
    own = {name: value for name, value in os.environ.items() if name not in OUTER_MAKE}
    ended = subprocess.run([*before, "make", what], cwd=folder, env=own, capture_output=True, text=True)
    if ended.returncode != 0:
        said = f"{ended.stdout[-2000:]}\n{ended.stderr[-2000:]}"
        raise SystemExit(f"make {what} ended with code {ended.returncode}\n{said}")
