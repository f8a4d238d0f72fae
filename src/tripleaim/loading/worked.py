"""Where the worked plans are: beside the source, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_HOMES = (_PACKAGE / "worked_plans", _PACKAGE.parents[1] / "plans")


def worked_plans() -> dict[str, Path]:
    """Name → folder of every worked plan that came with the program."""
    found: dict[str, Path] = {}
    for home in _HOMES:
        for heading in sorted(home.glob("*/plan.toml")):
            found.setdefault(heading.parent.name, heading.parent)
    return found


def plan_place(argument: Path) -> Path:
    """The folder a reader means: the path itself where it exists, else the worked plan of that name."""
    try:
        return argument if argument.exists() else worked_plans().get(str(argument), argument)
    except OSError:  # a name longer than any, or a place we may not look into: whoever reads it says so
        return argument
