"""tripleaim check PLAN: every problem, or "ready"; then what a reader of the plan should know."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from tripleaim.charts.wording import clean
from tripleaim.cli.door import document, tell, working
from tripleaim.errors import PlanProblems
from tripleaim.loading import Remark, read_plan, remarks
from tripleaim.loading.completeness import uncounted
from tripleaim.plan import Plan


def check(plan: Path, json_out: bool = False) -> int:
    """Print every problem of a plan, or that it is ready with its remarks; the exit code is 2 or 0.

    Problems go to standard output, because they are what `check` was asked for; other verbs refuse on standard error.
    """
    told: list[Remark] = []
    try:
        with working(f"Reading {plan} …"):
            read = read_plan(plan, told)
            _can_be_drawn(read)
            noted = (*told, *remarks(read))
    except PlanProblems as problems:
        if json_out:
            document(
                {
                    "kind": "check",
                    "ready": False,
                    "problems": [asdict(each) for each in problems.problems],
                    "remarks": [],
                }
            )
        else:
            tell(f"{problems}\n")
        return problems.exit_code
    if json_out:
        about = {"name": read.heading.name, "fingerprint": read.fingerprint}
        document({"kind": "check", "ready": True, **about, "problems": [], "remarks": [asdict(each) for each in noted]})
    else:
        tell(f"{_ready(read, noted)}\n")
    return 0


def _can_be_drawn(plan: Plan) -> None:
    """What a plan says of drivers and shapes must be possible, or `stress` would refuse what is called ready."""
    if plan.drivers or plan.shapes:
        from tripleaim.stress.uncertainties import uncertainties

        uncertainties(plan)


def _ready(plan: Plan, noted: tuple[Remark, ...]) -> str:
    years = f"{plan.years[0]} to {plan.years[-1]}"
    first = f"ready: {clean(plan.heading.name)}, {years}, {len(plan.schemes)} schemes\nfingerprint {plan.fingerprint}"
    if words := uncounted(plan):
        first += f"\n\n{words}"
    if not noted:
        return first
    said = "1 remark" if len(noted) == 1 else f"{len(noted)} remarks"
    return "\n\n".join([first, f"{said}; none stops the plan", *map(str, noted)])
