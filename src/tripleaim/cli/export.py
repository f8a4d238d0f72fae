"""tripleaim export PLAN FILE.xlsx: the plan as a workbook, whole or one organisation's part."""

from __future__ import annotations

from pathlib import Path

from tripleaim.charts.wording import clean
from tripleaim.cli.door import document, tell


def export(plan: Path, file: Path, organisation: str = "", force: bool = False, json_out: bool = False) -> int:
    """Write a plan as a workbook and say where; the exit code is 0."""
    from tripleaim.loading import read_plan, write_workbook

    read = read_plan(plan)
    written = write_workbook(read, file, organisation=organisation, replace=force)
    if json_out:
        about = {"organisation": organisation or None, "fingerprint": read.fingerprint}
        document({"kind": "export", "file": str(written), **about})
        return 0
    whose = f"the part of {organisation}" if organisation else "the whole plan"
    back = "merge PLAN" if organisation else "import"
    tell(f"{written}: {whose}, {clean(read.heading.name)}\nfingerprint {read.fingerprint}\n")
    tell(f"To take it back: tripleaim {back} {written}" + ("\n" if organisation else " PLAN\n"))
    return 0
