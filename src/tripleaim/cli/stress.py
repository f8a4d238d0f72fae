"""tripleaim stress PLAN: how wrong could it be?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tripleaim.cli.door import console, working

if TYPE_CHECKING:
    from tripleaim.plan import Plan
    from tripleaim.projection import Projection
    from tripleaim.stress.whole import Whole


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """How plans are drawn."""

    draws: int
    seed: int
    alone: bool = False
    """True leaves out what moves several numbers together."""
    sobol: bool = False
    """True spreads the draws evenly."""


def stress(plan: Path, drawn: Drawn, *, quick: bool = False, out: Path | None = None, as_json: bool = False) -> int:
    """Run a plan for many draws of its uncertain numbers and tell what comes of it; with `out` also as a page."""
    from tripleaim.loading import read_plan
    from tripleaim.projection import project
    from tripleaim.reports.stress_section import PAGE, write_stress
    from tripleaim.reports.write import refuse_others

    if out:
        refuse_others(out, (PAGE,))
    with working(f"Reading {plan} …"):
        read = read_plan(plan)
        run = project(read)
    found = _tested(read, run, drawn, quick)
    page = write_stress(found, run, out) if out else None
    if as_json:
        from tripleaim.reports.json_out import stress_report

        sys.stdout.write(stress_report(found))
        return 0
    from tripleaim.reports.stress_summary import stress_summary

    stress_summary(found, run, console(), str(page or ""))
    return 0


def against(plan: Path, other: Path, drawn: Drawn, as_json: bool = False) -> int:
    """Run two plans on the same draws and tell the difference."""
    from tripleaim.loading import read_plan
    from tripleaim.reports.against_summary import against_report, against_summary
    from tripleaim.stress.against import against as compared

    with working("Reading both plans …"):
        one, two = read_plan(plan), read_plan(other)
    with working(f"Running {drawn.draws:,} draws of both …"):
        found = compared(one, two, drawn.draws, drawn.seed, together=not drawn.alone, sobol=drawn.sobol)
    if as_json:
        sys.stdout.write(against_report(found, one))
    else:
        against_summary(found, one, console())
    return 0


def _tested(plan: Plan, run: Projection, drawn: Drawn, quick: bool) -> Whole:
    """The draws alone, or everything, with a word on what is being done."""
    from tripleaim.stress.whole import whole_test

    how = {"together": not drawn.alone, "sobol": drawn.sobol}
    with _saying() as told:
        return whole_test(plan, run, drawn.draws, drawn.seed, **how, quick=quick, told=told)


@contextmanager
def _saying() -> Iterator[Callable[[str], None]]:
    """One line on a terminal that says which part is being done."""
    with ExitStack() as now:

        def tell(part: str) -> None:
            now.close()
            now.enter_context(working(f"{part} …"))

        yield tell
