"""tripleaim new NAME FOLDER: an honest start for a place, from what is already published."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote

from tripleaim.cli.door import document, working

README = "README.md"


def new(name: str, folder: Path, as_json: bool = False) -> int:
    """Start a plan for the footprint a name or code belongs to and write it; the exit code is 0.

    A name in several footprints, a name not known and a folder that holds something are refused together.
    """
    from tripleaim.cli.places import indented, why_chosen
    from tripleaim.loading import remarks, write_plan
    from tripleaim.opendata.start import NEXT, holds, readme, start
    from tripleaim.reports.held import with_meaning

    code = _chosen(name, folder)
    with working(f"Starting {name} from published data …"):
        plan = with_meaning(start(code))
        write_plan(plan, folder, expected="")
        (folder / README).write_text(readme(plan), encoding="utf-8")
    if as_json:
        document(
            {
                "kind": "new",
                "footprint": code,
                "name": plan.heading.name,
                "found_by": why_chosen(name),
                "fingerprint": plan.fingerprint,
                "written_to": str(folder),
                "holds": list(holds(plan)),
                "lacks": list(plan.heading.not_known),
                "next": [
                    {
                        "gives": each.gives,
                        "publisher": each.publisher,
                        "file": each.file,
                        "drives_nothing_until": each.drives_nothing_until,
                    }
                    for each in NEXT
                ],
            }
        )
        return 0
    said = len(remarks(plan))
    lines = [
        f"Started: {plan.heading.name}, in {folder}",
        *([indented(why)] if (why := why_chosen(name)) else []),
        "",
        "It holds",
        *map(indented, holds(plan)),
        "",
        f"It lacks ({len(plan.heading.not_known)} things are listed in {README}), first",
        *map(indented, plan.heading.not_known[:3]),
        "",
        "Get next",
        *(indented(str(each)) for each in NEXT),
        "",
        f"`tripleaim check {quote(str(folder))}` says it is ready, with {said} {'remark' if said == 1 else 'remarks'}; "
        f"`tripleaim run {quote(str(folder))}` writes its report.",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _chosen(name: str, folder: Path) -> str:
    """The code of the one footprint that is meant; everything wrong with name and folder is told at once."""
    from tripleaim.cli.places import chosen
    from tripleaim.errors import PlanProblems, Problem

    code, problems = chosen(name)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        problems.append(
            Problem(
                file=str(folder),
                found="it holds something already" if folder.is_dir() else "a file of that name",
                expected="a new or empty folder; nothing is ever written over",
                to_fix="name another folder",
            )
        )
    if problems or code is None:
        raise PlanProblems(problems)
    return code
