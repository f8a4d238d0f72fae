"""tripleaim import FILE.xlsx PLAN: a workbook as a plan's folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from tripleaim.charts.wording import clean
from tripleaim.cli.door import document, say, tell


def import_(file: Path, plan: Path, force: bool = False, json_out: bool = False) -> int:
    """Write the plan in a workbook as a folder, and say what changed; the exit code is 0."""
    from tripleaim.errors import Impossible
    from tripleaim.loading import Remark, differences, read_plan, write_plan
    from tripleaim.loading.workbook.read import made_from, read_workbook

    told: list[Remark] = []
    new = read_workbook(file, told)
    old = None
    if plan.is_dir() and any(plan.iterdir()):
        if not (plan / "plan.toml").exists():
            raise Impossible(f"{plan} holds other files and no plan. Name a new folder, or the folder of a plan.")
        if not force:
            old = read_plan(plan)
            _refuse_overtaken(plan, old.fingerprint, made_from(file), new.fingerprint)
    write_plan(new, plan)
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


def _refuse_overtaken(plan: Path, now: str, base: str, new: str) -> None:
    """Refuse to write over what others changed in the folder since the workbook was made."""
    from tripleaim.errors import Impossible

    if now not in (base, new):
        raise Impossible(
            f"{plan} has changed since this workbook was made from it, and an import would undo that. "
            "Merge instead (tripleaim merge, with --base), import into another folder, or say --force to replace it."
        )
