"""Stress tests of many plans in one table: a file, a JSON document and a terminal. Never a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from rich import box
from rich.console import Console
from rich.table import Table as Screen

from tripleaim.charts import Table
from tripleaim.charts.wording import say
from tripleaim.projection.result import as_plain
from tripleaim.reports.facts import CASES, SCOPES, package_version
from tripleaim.reports.json_out import to_text
from tripleaim.reports.stress_parts.sentences import told_cases, too_few
from tripleaim.reports.terminal import plain
from tripleaim.reports.words import percent, plural
from tripleaim.stress.findings import Stress
from tripleaim.stress.many.run import PlanDone, PlanRefused
from tripleaim.stress.spreads import FirstBalance, Spreads

NO_RANKING = (
    "In the order of their names. Plans differ in size, in what they hold and in how uncertain they say they are, so a "
    "greater figure is not a worse plan."
)
HEADER = (
    *("Plan", "Title", "Status", "Fingerprint", "Draws", "Seed", "Measure", "Whose money", "Case", "Year"),
    *("Mean, £m", "Low (1 in 10 below), £m", "Middle, £m", "High (1 in 10 above), £m"),
    *("Draws in balance, share", "Mean of the draws that are short, £m"),
)


@dataclass(frozen=True, kw_only=True)
class Headlines:
    """What is told of one plan beside others: its money, and when it balances."""

    title: str
    """Name of the plan."""
    place: str
    """Key of the footprint the plan is for."""
    place_name: str
    """Its name."""
    status: str
    """How far it has been agreed."""
    invented: bool
    """True for an invented place."""
    fingerprint: str
    """SHA-256 of the plan."""
    draws: int
    """How many draws there were."""
    seed: int
    """What the draws are made from."""
    inputs: int
    """How many uncertain numbers were drawn."""
    correlation: str
    """What moves inputs together, in a sentence."""
    years: tuple[str, ...]
    """The plan's years, in the order of every amount by year."""
    opening_year: str
    """The year before the first."""
    is_pressure: bool
    """True where money is told as pressure above the opening year, which has no balance."""
    why_slow: str
    """Why the fast form of the model did not run it, in a sentence; empty where it did."""
    cases: tuple[str, ...]
    """The cases that differ and so are worth showing."""
    money: tuple[Spreads, ...]
    """nhs, council and both, in every case."""
    first_balance: tuple[FirstBalance, ...]
    """By case; none for a pressure."""


Some = Sequence[PlanDone[Headlines]]


def headlines(found: Stress) -> Headlines:
    """What to keep of a plan's findings when there are many; the plan itself is let go."""
    heading = found.plan.heading
    return Headlines(
        title=heading.name,
        place=heading.place,
        place_name=next((each.name for each in found.plan.places if each.key == heading.place), heading.name),
        status=heading.status,
        invented=heading.invented,
        fingerprint=found.fingerprint,
        draws=found.draws,
        seed=found.seed,
        inputs=found.inputs,
        correlation=found.correlation,
        years=found.years,
        opening_year=found.plan.opening_year,
        is_pressure=found.is_pressure,
        why_slow=found.why_slow,
        cases=tuple(told_cases(found)),
        money=found.money,
        first_balance=tuple(each for each in found.first_balance if each.who == "both"),
    )


def by_name(done: Iterable[PlanDone[Headlines]]) -> list[PlanDone[Headlines]]:
    """In the order of the names of their places, then of their own; plans of one name in the order asked."""
    return sorted(done, key=lambda each: (each.found.place_name.casefold(), each.found.title.casefold()))


def stress_many_files(done: Some, refused: Sequence[PlanRefused]) -> dict[str, str]:
    """The files of the table by name: CSV, and the JSON document."""
    return {"data/spreads.csv": table(done).csv(), "result.json": stress_many_report(done, refused)}


def stress_many_report(done: Some, refused: Sequence[PlanRefused]) -> str:
    """Every plan's headlines as one JSON document, with those that could not be run."""
    plans = [{"name": each.name, **as_plain(each.found)} for each in by_name(done)]
    return to_text(
        {
            "tripleaim": package_version(),
            "kind": "stress_many",
            "plans": plans,
            "refused": [asdict(each) for each in refused],
        }
    )


def table(done: Some) -> Table:
    """One row for each plan, scope, case and year."""
    rows = [
        (*about, SCOPES[spread.who], CASES[spread.case], *figures)
        for each in by_name(done)
        for about in [_about(each)]
        for spread in each.found.money
        for figures in _figures(each.found, spread)
    ]
    return Table(
        caption="How wrong the plans could be", header=HEADER, rows=tuple(rows), numeric=(4, 5, *range(10, 16))
    )


def stress_many_summary(done: Some, console: Console) -> None:
    """Print one line for each plan and case: the last year's money of NHS and councils together."""
    first = done[0].found
    console.print(
        f"[bold]How wrong could they be? {plural(len(done), 'plan')}, {first.draws:,} draws of each, "
        f"seed {first.seed}[/bold]\n{NO_RANKING}"
    )
    if few := too_few(first.draws):
        console.print(f"[bold]{few}[/bold]", highlight=False)
    for is_pressure in (False, True):
        some = [each for each in by_name(done) if each.found.is_pressure == is_pressure]
        if some:
            console.print(f"\n{_heading(some, is_pressure)}")
            console.print(_screen(some, is_pressure))
    for words in dict.fromkeys(each.found.why_slow for each in done):
        if words:
            console.print(f"\n{words}")


def _heading(some: Some, is_pressure: bool) -> str:
    """Whose money, which case where there is one, which year, and how it is counted."""
    told = "£m above the opening year" if is_pressure else "£m short (minus: to spare)"
    years = {each.found.years[-1] for each in some}
    case = f", {_lower(CASES[some[0].found.cases[0]])}" if _has_one_case(some) else ""
    return f"NHS and councils{case}, {years.pop() if len(years) == 1 else 'last year of each plan'}, {told}"


def _has_one_case(some: Some) -> bool:
    return all(len(each.found.cases) == 1 for each in some)


def _screen(some: Some, is_pressure: bool) -> Screen:
    """One line a case below the name of each plan; where no plan has more than one case, one line a plan."""
    screen = Screen(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    screen.add_column("Plan")
    for heading in ("low", "middle", "high", *(() if is_pressure else ("in balance",))):
        screen.add_column(heading, justify="right", no_wrap=True)
    for each in some:
        if _has_one_case(some):
            screen.add_row(_named(each, some), *_cells(each.found, each.found.cases[0]))
            continue
        screen.add_row(_named(each, some))
        for name in each.found.cases:
            screen.add_row(f"  {_lower(CASES[name])}", *_cells(each.found, name))
    return screen


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _named(each: PlanDone[Headlines], others: Some) -> str:
    """The name of a plan's place; where two have one, its own; where two have that too, also what it was called."""
    if _is_alone(each.found.place, (other.found.place for other in others)):
        name = each.found.place_name
    elif _is_alone(each.found.title, (other.found.title for other in others)):
        name = each.found.title
    else:
        name = f"{each.found.title}, {each.name}"
    return plain(f"{name}{' (invented place)' if each.found.invented else ''}")


def _is_alone(name: str, names: Iterable[str]) -> bool:
    return sum(other == name for other in names) == 1


def _cells(found: Headlines, case: str) -> list[str]:
    spread = next(each for each in found.money if (each.who, each.case) == ("both", case))
    amounts = [say(values[-1] / 1e6, 1) for values in (spread.low, spread.middle, spread.high)]
    return [*amounts, *(percent(value) for value in spread.met[-1:])]


def _about(each: PlanDone[Headlines]) -> tuple[str | float, ...]:
    found = each.found
    measure = f"above {found.opening_year}" if found.is_pressure else "short"
    status = f"{found.status}{', invented place' if found.invented else ''}"
    return (each.name, found.title, status, found.fingerprint, found.draws, found.seed, measure)


def _figures(found: Headlines, spread: Spreads) -> list[tuple[str | float | None, ...]]:
    """Year, then the figures of the year, GBP m; none for balance where there is no balance."""
    no_figures: tuple[float | None, ...] = (None,) * len(found.years)
    amounts = [[value / 1e6 for value in values] for values in (spread.mean, spread.low, spread.middle, spread.high)]
    missed = [value / 1e6 for value in spread.when_missed] or no_figures
    return list(zip(found.years, *amounts, spread.met or no_figures, missed, strict=True))
