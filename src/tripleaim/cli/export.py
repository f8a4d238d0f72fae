"""tripleaim export PLAN FILE.xlsx: the plan as a workbook, whole or one organisation's part."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from tripleaim.charts.wording import clean
from tripleaim.cli.door import document, say, tell

if TYPE_CHECKING:
    from tripleaim.loading import Remark
    from tripleaim.plan import Plan


def export(plan: Path, file: Path, organisation: str = "", force: bool = False, json_out: bool = False) -> int:
    """Write a plan as a workbook and say where; the exit code is 0.

    organisation : key or name of the one whose rows alone are written; empty for the whole plan
    """
    from tripleaim.loading import write_workbook
    from tripleaim.loading.workbook.part import meant, part_of

    told: list[Remark] = []
    read = _read(plan, file, force, told)
    written = write_workbook(read, file, organisation=organisation, replace=force, told=told)
    key = meant(read, organisation)[0] if organisation else None
    if json_out:
        about = {"organisation": key, "fingerprint": read.fingerprint, "remarks": [asdict(each) for each in told]}
        document({"kind": "export", "file": str(written), **about})
        return 0
    for each in told:
        say(str(each))
    whose = f"the part of {clean(part_of(read, key).name)} ({key})" if key else "the whole plan"
    sent = quote(str(written))
    back = f"merge {quote(str(plan))} {sent}" if key else f"import {sent} PLAN"
    tell(f"{written}: {whose}, {clean(read.heading.name)}\nfingerprint {read.fingerprint}\n")
    tell(f"To take it back: tripleaim {back}\n")
    return 0


def _read(plan: Path, file: Path, force: bool, told: list[Remark]) -> Plan:
    """The plan; its problems are told together with those of the file that shall be written."""
    from tripleaim.errors import PlanProblems
    from tripleaim.loading import read_plan
    from tripleaim.loading.workbook.write import in_the_way

    try:
        return read_plan(plan, told)
    except PlanProblems as refusal:
        raise PlanProblems([*refusal.problems, *in_the_way(file, force)]) from None
