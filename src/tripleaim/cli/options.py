"""What several verbs take on the command line: the plan, draws, a seed, and whether the answer is JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def place(named: Path) -> Path:
    """The folder a reader means: a path, or the name of a worked plan that came with the program."""
    from tripleaim.loading.worked import plan_place

    return plan_place(named)


PlanPath = Annotated[
    Path,
    typer.Argument(
        help="The plan: a folder, an Excel workbook or the name of a worked plan.", callback=place, show_default=False
    ),
]
Draws = Annotated[str, typer.Option(metavar="<int>", help="How many times every uncertain number is drawn.")]
Seed = Annotated[str, typer.Option(metavar="<int>", help="The same seed gives the same draws.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead; messages go to standard error.")]
