"""tripleaim stress PLAN: how wrong could it be?"""

from __future__ import annotations

import sys
from pathlib import Path

from tripleaim.cli.door import console, working


def stress(
    plan: Path, draws: int, seed: int, alone: bool = False, out: Path | None = None, as_json: bool = False
) -> int:
    """Run a plan for many draws of its uncertain numbers and tell what comes of it; with `out` also as a page."""
    from tripleaim.loading import read_plan
    from tripleaim.projection import project
    from tripleaim.reports.stress_section import PAGE, write_stress
    from tripleaim.reports.write import refuse_others
    from tripleaim.stress.findings import stress as stressed

    if out:
        refuse_others(out, (PAGE,))
    with working(f"Reading {plan} …"):
        read = read_plan(plan)
    with working(f"Running {draws:,} draws …"):
        found = stressed(read, draws, seed, together=not alone)
    run = project(read)
    page = write_stress(found, run, out) if out else None
    if as_json:
        from tripleaim.reports.json_out import stress_report

        sys.stdout.write(stress_report(found))
        return 0
    from tripleaim.reports.stress_summary import stress_summary

    stress_summary(found, run, console(), str(page or ""))
    return 0
