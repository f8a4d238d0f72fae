"""tripleaim stress PLAN: how wrong could it be?"""

from __future__ import annotations

import sys
from pathlib import Path

from tripleaim.cli.door import console, working


def stress(plan: Path, draws: int, seed: int, alone: bool = False, as_json: bool = False) -> int:
    """Run a plan for many draws of its uncertain numbers and tell what comes of it."""
    from tripleaim.loading import read_plan
    from tripleaim.projection import project
    from tripleaim.stress.findings import stress as stressed

    with working(f"Reading {plan} …"):
        read = read_plan(plan)
    with working(f"Running {draws:,} draws …"):
        found = stressed(read, draws, seed, together=not alone)
    if as_json:
        from tripleaim.reports.json_out import stress_report

        sys.stdout.write(stress_report(found))
        return 0
    from tripleaim.reports.stress_summary import stress_summary

    stress_summary(found, project(read), console())
    return 0
