"""tripleaim run PLAN: what happens with and without the schemes; writes the report."""

from __future__ import annotations

import sys
from pathlib import Path

from tripleaim.cli.door import console, working


def run(plan: Path, out: Path | None = None, as_json: bool = False) -> int:
    """Project a plan and tell it: a report in a folder, then a summary or one JSON document."""
    from tripleaim.loading import Remark, read_plan, remarks
    from tripleaim.projection import project
    from tripleaim.reports.write import refuse_others, write_report

    folder = out or (None if as_json else Path("reports") / _name(plan))
    if folder:
        refuse_others(folder)
    with working(f"Reading {plan} …"):
        told: list[Remark] = []
        read = read_plan(plan, told)
        noted = tuple(each.told for each in (*told, *remarks(read)))
    with working("Working out what happens, with and without the schemes …"):
        found = project(read)
    page = write_report(found, folder, noted) if folder else None
    if as_json:
        from tripleaim.reports.json_out import json_report

        sys.stdout.write(json_report(found, noted))
        return 0
    from tripleaim.reports.terminal import summary

    summary(found, console(), noted, str(page or ""))
    return 0


def _name(plan: Path) -> str:
    """A folder name for the report of a plan."""
    return plan.resolve().stem or "plan"
