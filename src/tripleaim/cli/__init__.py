"""The command line: one file a verb. `tripleaim --help` lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripleaim.cli.audit_group import audit
from tripleaim.cli.door import guarded
from tripleaim.cli.options import AsJson, Draws, PlanPath, Seed, place
from tripleaim.cli.scheme_group import scheme
from tripleaim.cli.workspace_verbs import keeping

app = typer.Typer(
    name="tripleaim",
    help="Make and test a five-year health and care plan for a place: three gaps, one honest account of each.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
        return verb.against(plan, place(against), asked, out=out, as_json=as_json)

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


@app.command("choose")
def _choose(
    plan: PlanPath,
    aim: Annotated[
        str,
        typer.Option(help="What to choose for: money, chance, tail, health, care, or a partner with weights."),
    ] = "money",
    gap: Annotated[
        str, typer.Option(metavar="<number>", help="Stop once no set can be better by more than this share.")
    ] = "0.001",
    nodes: Annotated[str, typer.Option(metavar="<int>", help="Stop each search after so many nodes.")] = "5000",
    seconds: Annotated[
        str,
        typer.Option(
            metavar="<number>",
            help="Stop each search after so long; another run may then find another set.",
            show_default="no such stop",
        ),
    ] = "",
    draws: Annotated[
        str,
        typer.Option(
            metavar="<int>",
            help="How many times every uncertain number is drawn.",
            show_default="1000 if fast, else 200",
        ),
    ] = "",
    seed: Seed = "1",
    out: Annotated[Path | None, typer.Option(help="Folder for the page, choose.html; a report in it stays.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say which schemes do best together under the limits.

    Every scheme may be left out or start in another year. The best sets for
    each aim and each partner stand beside the plan as it is, doing less and
    doing nothing: what each does to the three gaps, what limits it, what a
    cut would lose, and how it stands up when things go otherwise.

    Example: tripleaim choose plans/wealdshire_and_marsh --out reports/choose
    """
    from tripleaim.cli.choose import Typed, choose

    typed = Typed(aim=aim, gap=gap, nodes=nodes, seconds=seconds, draws=draws, seed=seed)
    raise typer.Exit(guarded(as_json, lambda: choose(plan, typed, out, as_json)))


@app.command("share")
def _share(
    plan: PlanPath,
    schemes: Annotated[
        str,
        typer.Option(help="Schemes by name or key, with a semicolon between them.", show_default="all"),
    ] = "",
    rule: Annotated[
        str,
        typer.Option(help="How to share: shapley, nucleolus, in_proportion, equal or adjusted (for cost borne)."),
    ] = "shapley",
    form: Annotated[
        str,
        typer.Option(
            help="How care is paid for: today, block, activity, blended, marginal, aligned, capitated, "
            "shared_savings, or a proposal of the plan by key."
        ),
    ] = "today",
    draws: Draws = "1000",
    seed: Seed = "1",
    out: Annotated[Path | None, typer.Option(help="Folder for the page, share.html; a report in it stays.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say who gains, who pays, and what would make it fair.

    What each scheme does to each body's books, who is paid to refuse, what
    happens to a body that stays out, whether anyone would leave, and which
    payments between bodies would make an agreement hold.

    Example: tripleaim share plans/wealdshire_and_marsh --out reports/share
    """
    from tripleaim.cli.share import Typed, share

    typed = Typed(schemes=schemes, rule=rule, form=form, draws=draws, seed=seed)
    raise typer.Exit(guarded(as_json, lambda: share(plan, typed, out, as_json)))


@app.command("diff")
def _diff(
    old: Annotated[Path, typer.Argument(help="The older plan.", callback=place, show_default=False)],
    new: Annotated[Path, typer.Argument(help="The newer plan.", callback=place, show_default=False)],
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


app.add_typer(scheme, name="scheme")
app.add_typer(audit, name="audit")


app.registered_commands += keeping.registered_commands


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
