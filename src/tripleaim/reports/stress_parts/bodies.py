"""Each organisation's own books: its range, and how likely its control totals are."""

from __future__ import annotations

from collections.abc import Iterable

from tripleaim.charts import Table
from tripleaim.charts.table import Cell
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.sentences import control_totals_met
from tripleaim.reports.stress_parts.told import MILLION, StressTold, millions
from tripleaim.reports.words import lower
from tripleaim.stress.spreads import Spreads


def whose_books(told: StressTold) -> Section | None:
    """The range of every organisation in the last year, in each case of the plan; none for a pressure."""
    if told.found.is_pressure or not told.found.organisations:
        return None
    exhibits = []
    for n, (case, name) in enumerate(told.hopes.items()):
        spreads = [each for each in told.found.organisations if each.case == case]
        exhibits.append(
            told.facts.shown.table(
                f"stress_organisations_{case}",
                _organisations(told, spreads),
                _organisations_title(told, spreads, name),
                "One-off money is counted here, as a body’s own books count it. Each body’s high is its own: they need "
                "not come together.",
                fold=n > 0,
            )
        )
    behind = [("; ".join(list(told.hopes.values())[1:]), exhibits[1:])] if exhibits[1:] else []
    data = {"exhibits": exhibits[:1], "behind": behind}
    return Section(key="organisations", question="Whose books could be short?", data=data)


def _organisations(told: StressTold, spreads: Iterable[Spreads]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            told.facts.body(each.who),
            *millions((each.low[-1], each.middle[-1], each.high[-1])),
            100 * each.met[-1],
            each.when_missed[-1] / MILLION,
        )
        for each in sorted(spreads, key=lambda each: -each.middle[-1])
    ]
    return Table(
        caption=f"{told.last_year}, £m short; a minus is ahead",
        header=(
            "Organisation",
            "Low, £m short",
            "Middle, £m short",
            "High, £m short",
            "Draws in balance, %",
            "When short, by on average, £m",
        ),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4, 5),
        unit="£m short",
        places=(1,) * 5,
        shares=(4,),
    )


def _organisations_title(told: StressTold, spreads: Iterable[Spreads], name: str) -> str:
    shares = [each.met[-1] for each in spreads]
    likely = sum(share >= 0.5 for share in shares)
    case = f", {lower(name)}" if told.found.plan.schemes else ""
    told_count = f"{likely or 'None'} of {len(shares)} organisations"
    are = "is" if likely == 1 else "are"
    return f"{told_count} {are} in balance in {told.last_year} in at least half of the draws{case}"


def control_totals(told: StressTold) -> Section | None:
    """How often each control total is met; none where the plan has none."""
    found = [each for each in told.found.control_totals if each.case in told.cases]
    if told.found.is_pressure or not found:
        return None
    keys = dict.fromkeys((each.organisation, each.year) for each in found)
    met = {(each.organisation, each.year, each.case): each.met for each in found}
    rows: list[tuple[Cell, ...]] = [
        (told.facts.body(body), year, *(100 * met[body, year, case] for case in told.cases)) for body, year in keys
    ]
    table = Table(
        caption="Draws that meet the control total, %",
        header=("Organisation", "Year", *(f"{name}, %" for name in told.cases.values())),
        rows=tuple(rows),
        numeric=tuple(range(2, 2 + len(told.cases))),
        unit="% of draws",
        places=(1,) * len(told.cases),
        shares=tuple(range(2, 2 + len(told.cases))),
    )
    title = control_totals_met(told.found)
    reads = (
        "A control total is the surplus or deficit a regulator set. It is tested with one-off money, before central "
        "funds."
    )
    exhibit = told.facts.shown.table("stress_control_totals", table, title, reads)
    return Section(key="totals", question="How likely is each control total?", data={"exhibits": [exhibit]})
