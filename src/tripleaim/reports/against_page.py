"""Two plans in the same draws as a page: one sentence first, then by how much, which balances, and what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from tripleaim.charts import ChanceLine, Chances, Fan, Table
from tripleaim.charts.table import Cell
from tripleaim.plan import Plan
from tripleaim.reports.against_words import (
    balance,
    called,
    measure_of,
    more_and_less,
    shared,
    told_cases,
    verdict,
    warnings,
)
from tripleaim.reports.alone import environment, page_alone
from tripleaim.reports.facts import SCOPES, Exhibits
from tripleaim.reports.html import attribution, print_foot
from tripleaim.reports.json_out import document, to_text
from tripleaim.reports.section import Section
from tripleaim.reports.stress_parts.sentences import ranges_in_words
from tripleaim.reports.stress_parts.told import millions
from tripleaim.reports.words import day, fours, lower
from tripleaim.reports.write import Known, write_files
from tripleaim.stress.against import Against
from tripleaim.stress.why.figures import between, written

PAGE = "against.html"
"""The page of two plans in the same draws."""
RESULT = "against.json"
"""Its figures in full, beside the page."""


def against_report(found: Against, plan: Plan) -> str:
    """The difference as one JSON document."""
    told = document("stress-against", plan, found)
    del told["remarks"], told["result"]["fingerprint"]
    return to_text(told)


def against_files(found: Against, plan: Plan, other: Plan, folder: str = "") -> dict[str, str]:
    """The page, its result, and the CSV file of every picture and table, by name.

    folder : name of the other plan's folder or file, where both plans have one name
    """
    shown = Exhibits()
    sections = (_by_how_much(found, shown), _how_often(found, shown), _what_differs(found, shown), _how(found, plan))
    page = page_alone(
        PAGE,
        "report.css",
        print_foot(plan),
        plans=(_told(plan), _told(other)),
        called=called(found, folder),
        warnings=warnings(found),
        verdict=verdict(found, folder),
        balance=balance(found),
        parts=[(each, _render(each)) for each in sections],
        result=RESULT,
        attribution=tuple(dict.fromkeys((*attribution(plan), *attribution(other)))),
    )
    return {
        PAGE: page,
        RESULT: against_report(found, plan),
        **{f"data/{name}": text for name, text in shown.files.items()},
    }


def write_against(
    found: Against, plan: Plan, other: Plan, folder: Path, before: Known | None = None, other_folder: str = ""
) -> Path:
    """Write the page and what belongs to it into a folder, beside a report that may be there.

    before       : as `write_files` takes it
    other_folder : name of the other plan's folder or file, where both plans have one name
    returns      : the path of the page
    raises       : PlanProblems where the folder holds files that are not ours, or a file of ours that someone changed
    """
    return write_files(against_files(found, plan, other, other_folder), folder, beside=True, before=before) / PAGE


def _by_how_much(found: Against, shown: Exhibits) -> Section:
    """The difference by year in each case of the plans that has one, then both plans and the difference as a table."""
    own = [case for case in told_cases(found) if case != "do_nothing"] or ["do_nothing"]
    differ = [case for case in own if any(found.of(case).better + found.of(case).worse)]
    exhibits = [shown.picture(f"against_{case}", _fan(found, case)) for case in differ]
    hoped, every = _own_case(found), tuple(told_cases(found))
    unit = f"£m above {found.opening_year}" if found.is_pressure else "£m short"
    title = f"Both plans year by year{_in_case(found, hoped)}"
    reads = "The low of a difference is not the difference of the lows: each is told from all draws."
    table = _years(found, ("both",), (hoped,), f"{title}. {unit}")
    exhibits.append(shown.table("against_years", table, title, reads, stack=True))
    title = "Every case and purse"
    table = _years(found, tuple(SCOPES), every, f"{title}. {unit}")
    exhibits.append(shown.table("against_every_year", table, title, fold=True, stack=True))
    return Section(key="difference", question="By how much do they differ?", data={"exhibits": exhibits})


def _fan(found: Against, case: str) -> Fan:
    spread = found.of(case)
    return Fan(
        years=found.years,
        low=millions(spread.low),
        middle=millions(spread.middle),
        high=millions(spread.high),
        measure=measure_of(found),
        who="the pressure of this plan beside that of the other" if found.is_pressure else "this plan beside the other",
        case=_in_case(found, case).removeprefix(", "),
    )


def _own_case(found: Against) -> str:
    """The case of the verdict: as hoped, or if nothing changes where no plan has schemes."""
    return "hoped" if "hoped" in told_cases(found) else "do_nothing"


def _in_case(found: Against, case: str) -> str:
    """Words for a case, to go on after others; empty where there is only one."""
    return f", {lower(told_cases(found)[case])}" if len(told_cases(found)) > 1 else ""


def _years(found: Against, scopes: tuple[str, ...], cases: tuple[str, ...], caption: str) -> Table:
    """A row for each scope, case and year of each plan, then of their difference; one scope and case go unsaid."""
    rows: list[tuple[Cell, ...]] = []
    for who, case in ((who, case) for who in scopes for case in cases):
        sides, difference = found.sides(case, who), found.of(case, who)
        about = (SCOPES[who], told_cases(found)[case]) if len(scopes) > 1 else ()
        for n, year in enumerate(found.years):
            for label, each in (("This plan", sides.plan), ("The other", sides.other), ("Difference", difference)):
                rows.append((*about, year, label, *millions((each.low[n], each.middle[n], each.high[n]))))
    head = (*(("Whose money", "Case") if len(scopes) > 1 else ()), "Year", "Which")
    header = (*head, "Low (1 in 10 below)", "Middle", "High (1 in 10 above)")
    numeric = tuple(range(len(head), len(header)))
    return Table(caption=caption, header=header, rows=tuple(rows), numeric=numeric, places=(1,) * 3)


def _how_often(found: Against, shown: Exhibits) -> Section:
    """In how many draws which plan is less short, and the chance of balance of both; no balance for a pressure."""
    title = "In how many draws"
    if found.is_pressure:
        table = shown.table("against_draws", _draws(found, f"{title}, % of draws"), title, stack=True)
        return Section(key="often", question="In how many draws is which lower?", data={"exhibits": [table]})
    sides, when = found.sides(_own_case(found)), _in_case(found, _own_case(found))
    lines = (
        ChanceLine(f"this plan{when}", sides.plan.balanced, "hoped"),
        ChanceLine(f"the other{when}", sides.other.balanced, "found"),
    )
    picture = shown.picture("against_balance", Chances(found.years, lines))
    table = shown.table("against_draws", _draws(found, f"{title}, % of draws"), title, stack=True)
    return Section(key="often", question="How likely is each to balance?", data={"exhibits": [picture, table]})


def _draws(found: Against, caption: str) -> Table:
    """Shares of draws by case and year, in per cent."""
    more, less = more_and_less(found)
    rows: list[tuple[Cell, ...]] = []
    for case, name in told_cases(found).items():
        difference, sides = found.of(case), found.sides(case)
        shares = [difference.better, difference.worse]
        if not found.is_pressure:
            shares += [sides.plan.balanced, sides.other.balanced]
            shares += [sides.plan.balanced_alone, sides.other.balanced_alone]
        rows += [(name, year, *(100 * each[n] for each in shares)) for n, year in enumerate(found.years)]
    header = ["Case", "Year", f"This plan {less}", f"This plan {more}"]
    if not found.is_pressure:
        header += ["This plan balances", "The other balances", "Only this plan balances", "Only the other balances"]
    numeric = tuple(range(2, len(header)))
    return Table(caption=caption, header=tuple(header), rows=tuple(rows), numeric=numeric, places=(1,) * len(numeric))


def _what_differs(found: Against, shown: Exhibits) -> Section:
    """Which uncertain numbers both have, and those whose range alone makes a difference."""
    exhibits = []
    if found.numbers.other_range:
        title = "In both plans, but not drawn alike"
        reads = (
            f"How far each moves {found.years[-1]} by itself, from its low to its high: the first makes most of the "
            "difference."
        )
        exhibits.append(shown.table("against_ranges", _ranges(found, title), title, reads, stack=True))
    data = {"lead": shared(found), "exhibits": exhibits}
    return Section(key="numbers", question="What is left to chance in both?", data=data)


def _ranges(found: Against, caption: str) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.label,
            between(each.name, each.unit, each.low, each.high, width=each.high - each.low),
            *written(each.name, each.unit, each.point, width=each.high - each.low),
            between(each.name, each.unit, each.other_low, each.other_high, width=each.other_high - each.other_low),
            *written(each.name, each.unit, each.other_point, width=each.other_high - each.other_low),
            *millions((each.moves, each.moves_other)),
        )
        for each in found.numbers.other_range
    )
    moves = f"moves {found.years[-1]} by, £m"
    header = (
        *("Uncertain number", "Range in this plan", "Its point", "Range in the other", "Its point there"),
        *(f"In this plan it {moves}", f"In the other it {moves}"),
    )
    return Table(caption=caption, header=header, rows=rows, numeric=(5, 6), places=(1, 1))


def _how(found: Against, plan: Plan) -> Section:
    """What was drawn, and what the answer rests on."""
    lead = [
        f"Both plans were run {found.draws:,} times. In each run, called a draw, every uncertain number took a value "
        f"of its own, and one that both plans draw alike took the same value in both. The same seed ({found.seed}) "
        "gives the same draws. A difference is this plan less the other, draw by draw.",
        ranges_in_words(plan),
    ]
    return Section(key="how", question="How was this worked out?", data={"lead": lead})


def _told(plan: Plan) -> dict[str, Any]:
    """What the page says of one of the plans."""
    return {
        "heading": plan.heading,
        "dated": day(plan.heading.dated),
        "fingerprint": plan.fingerprint,
        "fours": fours(plan.fingerprint),
    }


def _render(section: Section) -> Markup:
    return Markup(environment().get_template("plain.html").render(**section.data))
