"""tripleaim diff OLD NEW: what changed between two plans, in words and in money."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.cli.door import document, tell, working
from tripleaim.errors import PlanProblems, Problem

if TYPE_CHECKING:
    from tripleaim.plan import Plan


def diff(old: Path, new: Path, json_out: bool = False) -> int:
    """Print every difference between two plans, one a line, then what it does to the money; the exit code is 0.

    raises : PlanProblems of both plans at once, each told by its path
    """
    from tripleaim.cli.money import in_money
    from tripleaim.loading import differences

    with working("Reading both plans …"):
        before, after = _read(old, new)
    found = differences(before, after)
    with working("Working out what it does to the money …"):
        records, told = in_money(before, after) if found else ([], [])
    if json_out:
        content = {"kind": "diff", "old": before.fingerprint, "new": after.fingerprint}
        document({**content, "differences": [asdict(each) for each in found], "money": records})
    elif found:
        tell("\n".join(map(str, found)) + "\n\nIn money, where it changes:\n")
        none = "less than can be read off in millions, see --json" if records else "nothing changes"
        tell("\n".join(f"  {line}" for line in told or [none]) + "\n")
    else:
        tell("no difference: the two plans say the same\n")
    return 0


def _read(*paths: Path) -> list[Plan]:
    """Plans that are all sound; where some are not, the problems of all, so that it is clear whose each is."""
    from tripleaim.loading import read_plan

    plans: list[Plan] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        home = path if path.is_dir() else path.parent
        try:
            plans.append(read_plan(path))
        except PlanProblems as found:
            problems += [replace(each, file=str(home / each.file)) for each in found.problems]
    if problems:
        raise PlanProblems(problems)
    return plans if len(plans) == len(paths) else plans * len(paths)
