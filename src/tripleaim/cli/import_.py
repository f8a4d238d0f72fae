"""tripleaim import FILE.xlsx PLAN: a workbook as a plan's folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.charts.wording import clean
from tripleaim.cli.door import document, say, tell

if TYPE_CHECKING:
    from tripleaim.loading.workbook.cover import Origin
    from tripleaim.plan import Plan


def import_(file: Path, plan: Path, force: bool = False, json_out: bool = False) -> int:
    """Write the plan in a workbook as a folder, and say what changed; the exit code is 0."""
    from tripleaim.errors import Impossible
    from tripleaim.loading import Remark, differences, read_plan, write_plan
    from tripleaim.loading.workbook.read import is_workbook, origin_of, read_workbook

    if is_workbook(plan):
        raise Impossible(f"{plan} is the name of a workbook, and a plan is imported into a folder. Name a folder.")
    told: list[Remark] = []
    new = read_workbook(file, told)
    old = None
    if plan.is_dir() and any(plan.iterdir()):
        if not (plan / "plan.toml").exists():
            raise Impossible(f"{plan} holds other files and no plan. Name a new folder, or the folder of a plan.")
        if not force:
            old = read_plan(plan)
            _refuse_another(plan, old, new, origin_of(file))
    expected = None if force else old.fingerprint if old else ""
    write_plan(new, plan, expected)
    _write_readme(new, plan)
    found = differences(old, new) if old else ()
    if json_out:
        content = {"kind": "import", "folder": str(plan), "fingerprint": new.fingerprint}
        changed = {"differences": [asdict(each) for each in found], "remarks": [asdict(each) for each in told]}
        document({**content, **changed})
        return 0
    for each in told:
        say(str(each))
    said = "".join(f"{each}\n" for each in found) or ("no difference: the folder said the same\n" if old else "")
    tell(f"{said}{plan}: {clean(new.heading.name)}\nfingerprint {new.fingerprint}\n")
    return 0


def _write_readme(plan: Plan, folder: Path) -> None:
    """Say in a new folder what it holds and what the licences of its sources ask for; a README that is there stays."""
    from tripleaim.reports.html import attribution

    file = folder / "README.md"
    if not file.exists():
        said = [f"# {clean(plan.heading.name)}", clean(plan.heading.summary), *attribution(plan)]
        file.write_text("\n\n".join(each for each in said if each) + "\n", encoding="utf-8")


def _refuse_another(plan: Path, old: Plan, new: Plan, origin: Origin) -> None:
    """Refuse to write over another place's plan, or over what others changed since the workbook was made."""
    from tripleaim.errors import Impossible

    if old.fingerprint in (origin.fingerprint, new.fingerprint):
        return
    if old.heading.name not in (origin.plan, new.heading.name):
        raise Impossible(
            f"This workbook is “{clean(new.heading.name)}”; the folder {plan} holds “{clean(old.heading.name)}”. "
            "Name a new folder, or the folder of the plan the workbook was made from."
        )
    raise Impossible(
        f"{plan} has changed since this workbook was made from it, and an import would undo that. "
        "Merge instead (tripleaim merge), import into another folder, or say --force to replace it."
    )
