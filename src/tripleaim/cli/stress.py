"""tripleaim stress PLAN: how wrong could it be?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.cli.door import console, working
from tripleaim.cli.drawn import Drawn
from tripleaim.cli.progress import progress
from tripleaim.errors import PlanProblems, Problem

if TYPE_CHECKING:
    from tripleaim.plan import Plan
    from tripleaim.projection import Projection
    from tripleaim.stress.whole import Whole


def stress(
    plan: Path,
    drawn: Drawn,
    *,
    quick: bool = False,
    about: Sequence[str] = (),
    out: Path | None = None,
    as_json: bool = False,
) -> int:
    """Run a plan for many draws of its uncertain numbers and tell what comes of it; with `out` also as a page."""
    from tripleaim.loading import read_plan
    from tripleaim.projection import project
    from tripleaim.reports.stress_section import PAGE, write_stress
    from tripleaim.reports.write import refuse_others

    before = refuse_others(out, (PAGE,)) if out else {}
    with working(f"Reading {plan} …"):
        read = read_plan(plan)
        run = project(read)
    found = _tested(read, run, drawn, quick, about)
    page = write_stress(found, run, out, before) if out else None
    if as_json:
        from tripleaim.reports.json_out import stress_report

        sys.stdout.write(stress_report(found))
        return 0
    from tripleaim.reports.stress_summary import stress_summary

    stress_summary(found, run, console(), str(page or ""))
    return 0


def against(plan: Path, other: Path, drawn: Drawn, *, out: Path | None = None, as_json: bool = False) -> int:
    """Run two plans on the same draws and tell the difference; with `out` also as a page."""
    from tripleaim.loading import read_plan
    from tripleaim.reports.against_page import PAGE, against_report, write_against
    from tripleaim.reports.against_summary import against_summary
    from tripleaim.reports.write import refuse_others
    from tripleaim.stress.against import against as compared

    before = refuse_others(out, (PAGE,)) if out else {}
    with working("Reading both plans …"):
        one, two = read_plan(plan), read_plan(other)
    how = {"together": not drawn.alone, "sobol": drawn.sobol}
    with progress([f"Running {drawn.draws:,} draws of both"]) as told:
        found = compared(one, two, drawn.draws, drawn.seed, **how, told=told.draws)
    folder = other.resolve().name if one.heading.name == two.heading.name else ""
    page = write_against(found, one, two, out, before, folder) if out else None
    if as_json:
        sys.stdout.write(against_report(found, one))
    else:
        against_summary(found, one, console(), str(page or ""), folder)
    return 0


def refuse_together(*, quick: bool, about: Sequence[str], against: Path | None) -> None:
    """Refuse options that cannot be had together.

    raises : PlanProblems
    """
    wrong = [
        Problem(file=option, found=f"{option} with {other}", expected="one or the other", to_fix=f"leave out {option}")
        for option, given, other, beside in (
            ("--input", bool(about), "--quick, which asks for no reasons", quick),
            ("--input", bool(about), "--against, which tells a difference and no reasons", against is not None),
            ("--quick", quick, "--against, which is quick as it is", against is not None),
        )
        if given and beside
    ]
    if wrong:
        raise PlanProblems(wrong)


def _tested(plan: Plan, run: Projection, drawn: Drawn, quick: bool, about: Sequence[str]) -> Whole:
    """The draws alone, or everything, with a word on what is being done."""
    from tripleaim.stress.whole import PARTS, whole_test

    with progress(PARTS[:1] if quick else PARTS) as told:
        return whole_test(
            plan,
            run,
            drawn.draws,
            drawn.seed,
            together=not drawn.alone,
            sobol=drawn.sobol,
            quick=quick,
            about=about,
            told=told.part,
            counted=told.draws,
        )
