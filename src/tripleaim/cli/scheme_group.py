"""tripleaim scheme …: the verbs that change the schemes of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.door import guarded
from tripleaim.cli.options import AsJson, PlanPath

scheme = typer.Typer(
    no_args_is_help=True,
    help="Add a scheme to a plan.\n\nExample: tripleaim scheme add plans/somerset --help",
    rich_markup_mode=None,
)


@scheme.command("add")
def _scheme_add(
    plan: PlanPath,
    evidence: Annotated[str, typer.Option(help="Row of the evidence library, such as I030.", show_default=False)],
    name: Annotated[str, typer.Option(help="The scheme in words a resident understands.", show_default=False)],
    start: Annotated[str, typer.Option(help="First month of work, such as 2017-10.", show_default=False)],
    target: Annotated[list[str] | None, typer.Option(help="An activity line by key; repeat it for several.")] = None,
    care: Annotated[list[str] | None, typer.Option(help="All lines of a kind, such as non_elective_spell.")] = None,
    kind: Annotated[str, typer.Option(help="What it does: avoid care, or shorten stays.")] = "avoid",
    effect: Annotated[str, typer.Option(help="The effect, where the evidence prints none: 0.1 or 0.1,0.05,0.2.")] = "",
    eligible: Annotated[str, typer.Option(help="Share of the line's care it is meant for; always asked.")] = "",
    uptake: Annotated[str, typer.Option(help="Share of those reached.")] = "",
    fidelity: Annotated[str, typer.Option(help="How fully it is carried out.")] = "",
    category: Annotated[str, typer.Option(help="Its category, such as new_care_model.")] = "other",
    gap: Annotated[list[str] | None, typer.Option(help="Gap it serves: health, care or money; repeat it.")] = None,
    prevention: Annotated[bool, typer.Option("--prevention", help="It prevents illness.")] = False,
    owner: Annotated[str, typer.Option(help="Role that answers for it.")] = "",
    lead: Annotated[str, typer.Option(help="Organisation that leads it, by key.")] = "",
    summary: Annotated[str, typer.Option(help="One or two sentences: what changes, for whom.")] = "",
    running_cost: Annotated[float | None, typer.Option(help="GBP a year at the price base.")] = None,
    borne_by: Annotated[str, typer.Option(help="Organisation that bears the running cost, by key.")] = "",
    to: Annotated[
        Path | None, typer.Option(help="Write the plan into this new folder.", show_default="where it was")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the rows and write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add a scheme from the evidence library, and say all it lacks.

    Example: tripleaim scheme add plans/somerset --evidence I030 --name "Support to every care home" --care
    non_elective_spell --eligible 0.079 --start 2017-10
    """
    from tripleaim.cli.scheme import add

    words = {"evidence": evidence, "name": name, "start": start, "kind": kind, "category": category}
    shares = {"effect": effect, "eligible": eligible, "uptake": uptake, "fidelity": fidelity}
    who = {"owner": owner, "lead": lead, "summary": summary, "running_cost": running_cost, "borne_by": borne_by}
    lines = {"targets": tuple(target or ()), "care": tuple(care or ())}
    asked = {**words, **shares, **who, **lines, "gaps": tuple(gap or ("money",)), "prevention": prevention}
    raise typer.Exit(guarded(as_json, lambda: add(plan, asked, to, dry_run, as_json)))
