"""tripleaim scheme add PLAN: a scheme from the evidence library, with all it lacks told."""

from __future__ import annotations

import sys
from pathlib import Path

from tripleaim.cli.door import document, working
from tripleaim.errors import PlanProblems, Problem
from tripleaim.quantities import Noun

SHARES = ("effect", "eligible", "uptake", "fidelity")
"""Options that hold a fraction, or a fraction with its range."""


def add(plan: Path, asked: dict, to: Path | None = None, dry_run: bool = False, as_json: bool = False) -> int:
    """Add a scheme to a plan and write it, or only show its rows; the exit code is 0.

    asked : the fields of `Asked`; effect, eligible, uptake and fidelity as text, "0.1" or "0.1,0.05,0.2"
    """
    from tripleaim.cli.target import expected_in, target_of
    from tripleaim.loading import read_plan, write_plan
    from tripleaim.opendata.start.scheme import Asked, add_scheme

    target = None if dry_run else target_of(plan, to)
    shares = {name: _share(name, asked[name]) for name in SHARES}
    with working(f"Reading {plan} …"):
        old = read_plan(plan)
        added = add_scheme(old, Asked(**{**asked, **shares}))
    if target:
        with working(f"Writing {target} …"):
            write_plan(added.plan, target, expected_in(plan, old.fingerprint, target))
    if as_json:
        rows = {name: [row.model_dump(mode="json") for row in table] for name, table in added.rows.items()}
        said = {"taken": list(added.taken), "lacks": list(added.lacks), "fingerprint": added.plan.fingerprint}
        document({"kind": "scheme_add", "rows": rows, **said, "written_to": str(target) if target else None})
        return 0
    sys.stdout.write("\n".join(_told(added, target)) + "\n")
    return 0


def _share(name: str, text: str):
    """A fraction, or point, low and high with commas between them; None where nothing is said."""
    from tripleaim.quantities import Range, certain

    if not text:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
        if not all(0 <= number <= (1.5 if name == "fidelity" else 1) for number in numbers):
            raise ValueError
        if len(numbers) == 1:
            return certain(numbers[0])
        point, low, high = numbers
        return Range(point=point, low=low, high=high)
    except ValueError:
        expected = "a fraction between 0 and 1, or point, low and high in order"
        fix = f"write --{name} 0.1, or --{name} 0.1,0.05,0.2"
        raise PlanProblems([Problem(file=f"--{name}", found=text, expected=expected, to_fix=fix)]) from None


def _told(added, target: Path | None) -> list[str]:
    lines = []
    for name, table in added.rows.items():
        for row in table[:1] if name == "effects" else table:
            lines += [f"{name}.csv", *(f"  {field}  {value}" for field, value in _filled(row))]
            if name == "effects" and len(table) > 1:
                lines.append(f"and the same for {', '.join(each.target for each in table[1:])}")
            lines.append("")
    lines += ["Nobody stated, so taken", *(f"  {each}" for each in added.taken), ""]
    lines += ["It lacks", *(f"  {each}" for each in added.lacks), ""]
    if target:
        return [*lines, f"Written to {target}; fingerprint {added.plan.fingerprint}"]
    return [*lines, "Nothing was written: this was a dry run."]


def _filled(row: Noun):
    """The columns of a row that are not blank, as the plan's files have them."""
    from tripleaim.loading.tabulate import cells
    from tripleaim.plan.describe import columns, headings

    texts = [cell for column in columns(type(row)) for cell in cells(column, getattr(row, column.field))]
    return [(name, text) for name, text in zip(headings(type(row)), texts, strict=True) if text]
