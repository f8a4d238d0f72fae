"""A stress test as a page: one sentence first, then a part for every question, each left out where it has no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from tripleaim.charts import (
    ChanceLine,
    Chances,
    Fan,
    LineKind,
    Measure,
    Table,
    TornadoBars,
    TornadoRow,
    pressure,
)
from tripleaim.charts.table import Cell
from tripleaim.projection.result import Projection
from tripleaim.reports.alone import environment, page_alone
from tripleaim.reports.facts import CASES, SCOPES, Exhibits, Facts
from tripleaim.reports.html import attribution, print_foot
from tripleaim.reports.json_out import stress_report
from tripleaim.reports.section import Section
from tripleaim.reports.stress_summary import RANGES, balance_that_lasts, in_unit, told_cases, verdict, when_missed
from tripleaim.reports.words import day, fours, lower
from tripleaim.reports.write import write_files
from tripleaim.stress.findings import Stress
from tripleaim.stress.spreads import Spreads

PAGE = "stress.html"
"""The page of a stress test."""
RESULT = "stress.json"
"""Its figures in full, beside the page."""
MILLION = 1e6
KINDS: dict[str, LineKind] = {"do_nothing": "nothing", "hoped": "hoped", "resourced": "found"}


@dataclass(frozen=True)
class StressTold:
    """A stress test and what a page needs to tell it."""

    found: Stress
    facts: Facts
    """The plan with every number at its point, and the pictures and tables shown."""

    @property
    def cases(self) -> dict[str, str]:
        """The cases worth telling and their names."""
        return told_cases(self.found)

    @property
    def hopes(self) -> dict[str, str]:
        """The cases of the plan itself: those with schemes, where there are any."""
        return {case: name for case, name in self.cases.items() if case != "do_nothing"} or self.cases

    @property
    def last_year(self) -> str:
        """The plan's last year."""
        return self.found.years[-1]

    @property
    def measure(self) -> Measure:
        """What money means here: short of balance, or above the opening year."""
        return pressure(self.found.plan.opening_year) if self.found.is_pressure else Measure()

    def group(self, key: str) -> str:
        """A staff group and its employer by name, from organisation/group."""
        body, _, group = key.partition("/")
        return f"{group.replace('_', ' ').capitalize()}, {self.facts.body(body)}"

    def in_case(self, case: str) -> str:
        """Words for a case inside a sentence; none where a plan has no schemes."""
        return lower(CASES[case]) if self.found.plan.schemes else ""


Part = Callable[[StressTold], Section | None]
"""A function that tells one part, or None where there is nothing to tell."""


def how_far_off(told: StressTold) -> Section:
    """The range of the money by year, in each case of the plan, and every figure behind it."""
    exhibits = [told.facts.shown.picture(f"stress_range_{case}", _fan(told, case)) for case in told.hopes]
    exhibits.append(
        told.facts.shown.table(
            "stress_years",
            _years(told),
            "Every year, case and purse",
            "The same for the NHS, for councils and for both. Lows and highs of parts do not add up to those of the "
            "whole.",
            fold=True,
        )
    )
    return Section(key="range", question="How far off could the money be?", data={"exhibits": exhibits})


def _fan(told: StressTold, case: str) -> Fan:
    spread, count = told.found.of("both", case), len(told.found.years)
    stated: tuple[float, ...] = getattr(told.facts.projection.scope("both"), case)[:count]
    return Fan(
        years=told.found.years,
        low=_millions(spread.low),
        middle=_millions(spread.middle),
        high=_millions(spread.high),
        plan=_millions(stated),
        measure=told.measure,
        case=told.in_case(case),
    )


def _years(told: StressTold) -> Table:
    found = told.found
    rows: list[tuple[Cell, ...]] = []
    for spread in found.money:
        if spread.case in told.cases:
            for n, year in enumerate(found.years):
                amounts = (spread.low[n], spread.middle[n], spread.high[n], spread.mean[n])
                shares = (100 * spread.met[n],) if spread.met else ()
                rows.append((SCOPES[spread.who], told.cases[spread.case], year, *_millions(amounts), *shares))
    unit = told.measure.unit
    header = ("Whose money", "Case", "Year", *(f"{name}, {unit}" for name in ("Low", "Middle", "High", "Mean")))
    share = () if found.is_pressure else ("Draws in balance, %",)
    numeric = tuple(range(3, 7 + len(share)))
    return Table(
        caption=f"Low is 1 in 10 lower, high is 1 in 10 higher. {unit}",
        header=(*header, *share),
        rows=tuple(rows),
        numeric=numeric,
        unit=unit,
        places=(1,) * len(numeric),
    )


def how_likely(told: StressTold) -> Section | None:
    """The chance of balance by year, from when it lasts, and by how much it is missed; none for a pressure."""
    if told.found.is_pressure:
        return None
    lines = tuple(
        ChanceLine(lower(name) if told.found.plan.schemes else "the plan", told.found.of("both", case).met, kind)
        for case, name in told.cases.items()
        for kind in (KINDS[case],)
    )
    picture = told.facts.shown.picture("stress_balance", Chances(told.found.years, lines))
    after = [words for words in (*balance_that_lasts(told.found), when_missed(told.found)) if words]
    return Section(
        key="balance", question="How likely is balance, and by when?", data={"exhibits": [picture], "after": after}
    )


def what_moves_it(told: StressTold) -> Section:
    """Which numbers move the last year most, one at a time."""
    found = told.found
    rows = tuple(
        TornadoRow(
            label=each.label,
            at_low=each.at_low / MILLION,
            at_high=each.at_high / MILLION,
            low=in_unit(each.low, each.unit),
            high=in_unit(each.high, each.unit),
        )
        for each in found.movers
    )
    stated = told.facts.projection.scope("both").hoped[len(found.years) - 1] / MILLION
    picture = told.facts.shown.picture(
        "stress_movers", TornadoBars(told.last_year, stated, rows, told.measure, told.in_case("hoped"))
    )
    after = "What two numbers do only together is not seen here."
    return Section(
        key="movers", question="What moves it most?", data={"exhibits": [picture], "after": [after] if rows else []}
    )


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
    return Section(key="organisations", question="Whose books could be short?", data={"exhibits": exhibits})


def _organisations(told: StressTold, spreads: Iterable[Spreads]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            told.facts.body(each.who),
            *_millions((each.low[-1], each.middle[-1], each.high[-1])),
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
    )
    *_, case = told.cases
    likely = sum(met[(*key, case)] >= 0.5 for key in keys)
    title = f"{likely or 'None'} of {len(keys)} control totals {'is' if likely == 1 else 'are'} met in at least half "
    title += "of the draws"
    title += f", {lower(told.cases[case])}" if told.found.plan.schemes else ""
    reads = (
        "A control total is the surplus or deficit a regulator set. It is tested with one-off money, before central "
        "funds."
    )
    exhibit = told.facts.shown.table("stress_control_totals", table, title, reads)
    return Section(key="totals", question="How likely is each control total?", data={"exhibits": [exhibit]})


def beds_and_staff(told: StressTold) -> Section | None:
    """Beds open and staff short in the last year."""
    pools = {row.key: row.name for row in told.found.plan.capacity}
    kinds = (
        ("stress_beds", "Beds open", "beds", told.found.beds, lambda key: pools[key]),
        ("stress_staff", "Staff short", "whole-time equivalents", told.found.staff_short, told.group),
    )
    exhibits = [
        told.facts.shown.table(key, _last_year(told, spreads, named, unit), f"{what} in {told.last_year}", fold=True)
        for key, what, unit, spreads, named in kinds
        if spreads
    ]
    if not exhibits:
        return None
    return Section(key="capacity", question="What of beds and staff?", data={"exhibits": exhibits})


def indicators(told: StressTold) -> Section | None:
    """Each indicator of the health and the care gap in the last year, as hoped; none where the plan has none."""
    spreads = [each for each in told.found.indicators if each.case == "hoped"]
    if not spreads:
        return None
    rows: list[tuple[Cell, ...]] = []
    for each in spreads:
        path = told.facts.indicator(each.who)
        scale, unit = (100.0, f"%: {path.unit}") if path.is_proportion else (1.0, path.unit)
        ends = (scale * each.low[-1], scale * each.middle[-1], scale * each.high[-1])
        rows.append((path.name, *ends, 100 * each.met[-1] if each.met else None, unit))
    likely = sum(each.met[-1] >= 0.5 for each in spreads if each.met)
    count = sum(bool(each.met) for each in spreads)
    case = f", {told.in_case('hoped')}" if told.found.plan.schemes else ""
    table = Table(
        caption=f"{told.last_year}{case}, each in its own unit",
        header=("Indicator", "Low", "Middle", "High", "Draws at its standard, %", "Unit"),
        rows=tuple(rows),
        numeric=(1, 2, 3, 4),
        unit="each in its own unit",
        places=(1,) * 4,
    )
    title = (
        f"{likely or 'None'} of {count} indicators {'is' if likely == 1 else 'are'} at standard in {told.last_year} "
    )
    title += f"in at least half of the draws{case}"
    exhibit = told.facts.shown.table("stress_indicators", table, title)
    return Section(key="indicators", question="What of health and care?", data={"exhibits": [exhibit]})


def _last_year(told: StressTold, spreads: Iterable[Spreads], named: Callable[[str], str], unit: str) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (named(each.who), told.cases[each.case], each.low[-1], each.middle[-1], each.high[-1])
        for each in spreads
        if each.case in told.cases
    ]
    return Table(
        caption=f"{told.last_year}, {unit}. Low is 1 in 10 lower, high is 1 in 10 higher",
        header=("Where", "Case", *(f"{name}, {unit}" for name in ("Low", "Middle", "High"))),
        rows=tuple(rows),
        numeric=(2, 3, 4),
        unit=unit,
        places=(0, 0, 0),
    )


def how_worked_out(told: StressTold) -> Section:
    """What was drawn, and what the answer rests on."""
    found = told.found
    lead = (
        f"The whole plan was run {found.draws:,} times. In each run, called a draw, all {found.inputs:,} uncertain "
        f"numbers took a value of their own. The same seed ({found.seed}) gives the same draws.",
        RANGES,
        found.correlation,
        "The middle of the draws need not be the plan’s own figure: where a range reaches further to one side, as a "
        "delay that can only be later, more draws lie on that side.",
    )
    return Section(key="how", question="How was this worked out?", data={"lead": lead})


PARTS: tuple[Part, ...] = (
    how_far_off,
    how_likely,
    what_moves_it,
    indicators,
    whose_books,
    control_totals,
    beds_and_staff,
    how_worked_out,
)
"""The parts of the page, in the order a board asks."""


def stress_files(found: Stress, run: Projection) -> dict[str, str]:
    """The page of a stress test, its result, and the CSV file of every picture and table, by name.

    run : the plan with every number at its stated point
    """
    told = StressTold(found, Facts(run, Exhibits()))
    parts = [(part, _render(part)) for tell in PARTS if (part := tell(told)) is not None]
    heading = found.plan.heading
    page = page_alone(
        PAGE,
        "report.css",
        print_foot(found.plan),
        heading=heading,
        dated=day(heading.dated),
        verdict=verdict(found, run),
        parts=parts,
        fingerprint=found.fingerprint,
        fours=fours(found.fingerprint),
        result=RESULT,
        attribution=attribution(found.plan),
    )
    return {
        PAGE: page,
        RESULT: stress_report(found),
        **{f"data/{name}": text for name, text in told.facts.shown.files.items()},
    }


def write_stress(found: Stress, run: Projection, folder: Path) -> Path:
    """Write the page of a stress test and what belongs to it into a folder, beside a report that may be there.

    returns : the path of the page
    raises  : PlanProblems where the folder holds files that are not ours, or a file of ours that someone changed
    """
    return write_files(stress_files(found, run), folder, beside=True) / PAGE


def _render(section: Section) -> Markup:
    return Markup(environment().get_template(section.template or "plain.html").render(**section.data))


def _millions(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(value / MILLION for value in values)
