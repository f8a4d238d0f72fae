"""The command line: one file a verb. `tripleaim --help` lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.door import guarded

app = typer.Typer(
    name="tripleaim",
    help="Make and test a five-year health and care plan for a place: three gaps, one honest account of each.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _place(named: Path) -> Path:
    """The folder a reader means: a path, or the name of a worked plan that came with the program."""
    from tripleaim.loading.worked import plan_place

    return plan_place(named)


PlanPath = Annotated[
    Path,
    typer.Argument(
        help="The plan: a folder, an Excel workbook or the name of a worked plan.", callback=_place, show_default=False
    ),
]
Draws = Annotated[str, typer.Option(metavar="<int>", help="How many times every uncertain number is drawn.")]
Seed = Annotated[str, typer.Option(metavar="<int>", help="The same seed gives the same draws.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead; messages go to standard error.")]


@app.command("places")
def _places(
    name: Annotated[
        str,
        typer.Argument(help="A code or name of a place, or of a body in it; none lists all 44.", show_default=False),
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Folder for a page with all 44 side by side.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is published for each of the 44 places.

    Example: tripleaim places "Norfolk and Waveney"
    """
    from tripleaim.cli.places import places

    raise typer.Exit(guarded(as_json, lambda: places(name, out, as_json)))


@app.command("new")
def _new(
    name: Annotated[
        str,
        typer.Argument(
            help="A code or name: footprint, commissioning group, council, trust or care board.", show_default=False
        ),
    ],
    folder: Annotated[Path, typer.Argument(help="A new or empty folder for the plan.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Start a plan for a place from what is already published.

    Example: tripleaim new "Somerset" plans/somerset
    """
    from tripleaim.cli.new import new

    raise typer.Exit(guarded(as_json, lambda: new(name, folder, as_json)))


@app.command("run")
def _run(
    plan: PlanPath,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the report; only an earlier report is replaced.", show_default="reports/PLAN"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Work out the plan and write its report.

    What happens with and without the schemes: three gaps, beds, staff and money, year by year.

    Example: tripleaim run plans/wealdshire_and_marsh --out reports/wealdshire
    """
    from tripleaim.cli.run import run

    raise typer.Exit(guarded(as_json, lambda: run(plan, out, as_json)))


@app.command("stress")
def _stress(
    plan: PlanPath,
    draws: Draws = "10000",
    seed: Seed = "1",
    alone: Annotated[bool, typer.Option("--alone", help="Leave out what moves several numbers together.")] = False,
    even: Annotated[
        bool, typer.Option("--sobol", help="Spread the draws evenly (Sobol' points); a power of two, such as 8192.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only how likely and how bad; not why, nor the tests by name.")
    ] = False,
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--input", help="An uncertain number, by words of what it is: what must be true of it? May be repeated."
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(help="Another plan: tell the difference in the same draws."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the page, stress.html (against.html with --against); a report in it stays."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say how wrong the plan could be.

    Every uncertain number is drawn many times from its range: how likely
    balance is, how bad it could be, what moves it, when it fails, what would
    have to be true, and whether anyone has ever done it.

    Example: tripleaim stress plans/wealdshire_and_marsh --out reports/stress
    """
    from tripleaim.cli import stress as verb
    from tripleaim.cli.drawn import drawn

    def stressed() -> int:
        asked = drawn(draws, seed, alone=alone, sobol=even)
        verb.refuse_together(quick=quick, about=about or (), against=against)
        if against is None:
            return verb.stress(plan, asked, quick=quick, about=about or (), out=out, as_json=as_json)
        return verb.against(plan, _place(against), asked, out=out, as_json=as_json)

    raise typer.Exit(guarded(as_json, stressed))


@app.command("stress-many")
def _stress_many(
    plans: Annotated[
        list[Path] | None,
        typer.Argument(help="The plans: folders, Excel workbooks or names of worked plans.", show_default=False),
    ] = None,
    all_places: Annotated[
        bool, typer.Option("--all-places", help="Also a plan started for each of the 44 places from open data.")
    ] = False,
    draws: Draws = "10000",
    seed: Seed = "1",
    alone: Annotated[bool, typer.Option("--alone", help="Leave out what moves several numbers together.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the table as CSV and JSON.")] = None,
    executor: Annotated[
        str,
        typer.Option(
            help="Who does the work: serial, threads, processes, dask or dask://host:port.",
            show_default="serial for little work, else processes",
        ),
    ] = "",
    workers: Annotated[
        str, typer.Option(metavar="<int>", help="How many of them.", show_default="one a processor")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say how wrong many plans could be, in one table.

    Each is drawn as in `stress`, with the same numbers whoever does the work.
    The plans stand in the order of their names and are never ranked.

    Example: tripleaim stress-many plans/wealdshire_and_marsh ours --out reports/both
    """
    from tripleaim.cli.stress_many import asked, stress_many

    def stressed() -> int:
        found = asked(plans or [], all_places, draws, seed, executor, workers, alone=alone)
        return stress_many(found, out, as_json)

    raise typer.Exit(guarded(as_json, stressed))


@app.command("check")
def _check(plan: PlanPath, as_json: AsJson = False) -> None:
    """Say every problem of a plan, or that it is ready.

    Example: tripleaim check plans/wealdshire_and_marsh
    """
    from tripleaim.cli.check import check

    raise typer.Exit(guarded(as_json, lambda: check(plan, as_json)))


@app.command("diff")
def _diff(
    old: Annotated[Path, typer.Argument(help="The older plan.", callback=_place, show_default=False)],
    new: Annotated[Path, typer.Argument(help="The newer plan.", callback=_place, show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Say what changed between two plans, in words and in money.

    Example: tripleaim diff plans/wealdshire_and_marsh ours
    """
    from tripleaim.cli.diff import diff

    raise typer.Exit(guarded(as_json, lambda: diff(old, new, as_json)))


@app.command("export")
def _export(
    plan: PlanPath,
    file: Annotated[Path, typer.Argument(help="The workbook to write, such as plan.xlsx.", show_default=False)],
    organisation: Annotated[
        str,
        typer.Option(
            help="Only the rows this organisation (its key or name) answers for.", show_default="the whole plan"
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a plan as an Excel workbook, to be filled in.

    With --organisation it holds that organisation's rows only, and comes back
    with `merge`.

    Example: tripleaim export plans/wealdshire_and_marsh plan.xlsx
    """
    from tripleaim.cli.export import export

    raise typer.Exit(guarded(as_json, lambda: export(plan, file, organisation, force, as_json)))


@app.command("import")
def _import(
    file: Annotated[Path, typer.Argument(help="The workbook of a whole plan.", show_default=False)],
    plan: Annotated[Path, typer.Argument(help="The folder to write the plan to.", show_default=False)],
    force: Annotated[
        bool, typer.Option("--force", help="Replace the plan in the folder, even if it changed since the export.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the plan in an Excel workbook as a folder.

    A plan that is there already is replaced if the workbook was made from it
    as it is now.

    Example: tripleaim import plan.xlsx plans/ours
    """
    from tripleaim.cli.import_ import import_

    raise typer.Exit(guarded(as_json, lambda: import_(file, plan, force, as_json)))


@app.command("merge")
def _merge(
    plan: PlanPath,
    files: Annotated[
        list[Path], typer.Argument(help="Workbooks that were exported from the plan and filled in.", show_default=False)
    ],
    base: Annotated[
        Path | None,
        typer.Option(
            help="The plan as it was when the workbooks were exported; needed where one has no sheet As sent.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the merged plan into this new folder or workbook.", show_default="PLAN itself"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring what workbooks changed back into the plan, cell by cell.

    Where two workbooks, or a workbook and the plan, changed one cell
    differently, every such cell is listed and nothing is written.

    Example: tripleaim merge plans/ours trust.xlsx council.xlsx
    """
    from tripleaim.cli.merge import merge

    raise typer.Exit(guarded(as_json, lambda: merge(plan, files, base, out, as_json)))


@app.command("add-data")
def _add_data(
    plan: PlanPath,
    file: Annotated[Path, typer.Argument(help="The file as published: CSV or an Excel workbook.", show_default=False)],
    to: Annotated[
        Path | None, typer.Option(help="Write the plan into this new folder.", show_default="where it was")
    ] = None,
    year: Annotated[str, typer.Option(help="Year of the figures, such as 2016/17, where the file names none.")] = "",
    stream: Annotated[str, typer.Option(help="Which money allocations are, where the file does not say.")] = "",
    together: Annotated[str, typer.Option(help="Organisation that receives the sum of all allocations.")] = "",
    activity: Annotated[
        bool, typer.Option("--activity", help="Reference costs: take the number of units too.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let the file's values replace those of the plan.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add an official file to a plan, recognised by its columns.

    Population projections and estimates (ONS), allocations, trust accounts (TAC) and reference costs (NHS England).

    Example: tripleaim add-data plans/norfolk "2016 SNPP CCG pop persons.csv" --to plans/norfolk_2
    """
    from tripleaim.cli.add_data import add_data

    asked = {"year": year, "stream": stream, "together": together, "activity": activity, "replace": replace}
    raise typer.Exit(guarded(as_json, lambda: add_data(plan, file, asked, to, as_json)))


scheme = typer.Typer(
    no_args_is_help=True,
    help="Add a scheme to a plan.\n\nExample: tripleaim scheme add plans/somerset --help",
    rich_markup_mode=None,
)
app.add_typer(scheme, name="scheme")


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


@app.command("evidence")
def _evidence(
    words: Annotated[list[str] | None, typer.Argument(help="Words to look for; none lists everything.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is known to work, from published results.

    Example: tripleaim evidence care homes
    """
    from tripleaim.cli.evidence import evidence

    raise typer.Exit(guarded(as_json, lambda: evidence(" ".join(words or []), as_json)))


@app.command("version")
def _version(as_json: AsJson = False) -> None:
    """Say which Triple Aim this is."""
    from tripleaim.cli.version import version

    raise typer.Exit(guarded(as_json, lambda: version(as_json)))


def main() -> None:
    """The `tripleaim` command."""
    app()
