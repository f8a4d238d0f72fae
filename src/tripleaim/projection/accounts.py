"""Each body's own books: control totals and funds by dated rule, council rules, business rules (method note 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.plan.money import AfterGap, ControlTotal
from tripleaim.plan.organisation import Role
from tripleaim.plan.regime import FundRule, Regime, fund_rule, regime
from tripleaim.projection.gaps import CASES
from tripleaim.projection.run import Run


@dataclass(frozen=True, kw_only=True)
class ControlTotalResult:
    """One organisation's position against its control total in one year and case. GBP; surplus positive."""

    organisation: str
    """Key of the organisation."""
    year: str
    """Financial year, of the plan's own."""
    case: str
    """do_nothing, hoped or resourced."""
    control_total: float
    """The position it was asked for."""
    position: float
    """Its position, recurrent and one-off, before central funds."""
    met: bool
    """Whether the position reaches the control total."""
    fund_offered: float
    """Central fund it may earn in the year."""
    fund_earned: float
    """The part it earns by the rules of the year."""
    missed_costs: float
    """What it does not earn: offered less earned."""
    position_after_fund: float
    """Position and fund earned together."""


@dataclass(frozen=True, kw_only=True)
class CouncilResult:
    """One council's lawful balance in one year and case: gap, then measures, then reserves. GBP."""

    organisation: str
    """Key of the council."""
    year: str
    """Financial year, of the plan's own."""
    case: str
    """do_nothing, hoped or resourced."""
    gap: float
    """Recurrent shortfall, as in the headline; positive = short."""
    one_off: float
    """One-off costs of the year; positive = costs."""
    new_precept: float
    """What a new council-tax precept brings."""
    new_charges: float
    """What new charges bring."""
    reserves_used: float
    """Reserves used in the year, as planned and as far as the least reserve allows."""
    still_to_find: float
    """What is left to find: a council cannot plan a deficit, so anything above zero has no lawful budget yet."""
    reserves_left: float
    """Usable reserves at the year's end."""


@dataclass(frozen=True, kw_only=True)
class RequiredLine:
    """A second line beside the gap: what business rules ask a commissioner to keep back. GBP."""

    organisation: str
    """Key of the commissioner."""
    year: str
    """Financial year, of the plan's own."""
    rule: str
    """The rule, in words."""
    amount: float
    """What it asks to keep back: a share of the recurrent allocation of the year."""
    source: str
    """Where the rule was published."""


def control_totals(run: Run) -> tuple[ControlTotalResult, ...]:
    """Every control total of the plan, do nothing, as hoped and as resourced."""
    found = []
    for row in run.inputs.plan.control_totals:
        if row.year not in run.inputs.plan.years or row.organisation not in run.axes.nodes:
            continue
        rule = fund_rule(run.inputs.plan.heading.regime, row.year)
        node, year = run.axes.nodes.index(row.organisation), run.axes.years.index(row.year)
        for name, case in CASES.items():
            at = run.cases.at(case)
            position = float(run.recurrent[node, year, at] + run.one_off[node, year, at])
            earned = fund_earned(row, position, rule) if rule else 0.0
            found.append(
                ControlTotalResult(
                    organisation=row.organisation,
                    year=row.year,
                    case=name,
                    control_total=row.amount,
                    position=position,
                    met=position >= row.amount - 0.005,
                    fund_offered=row.fund,
                    fund_earned=earned,
                    missed_costs=row.fund - earned,
                    position_after_fund=position + earned,
                )
            )
    return tuple(found)


def fund_earned(row: ControlTotal, position: float, rule: FundRule) -> float:
    """A year's fund, quarter by quarter: the finance part if the cumulative position reaches the cumulative control
    total, and then the parts for trajectories met. In 2016/17 these were 70 %, A&E 12.5, waiting 12.5, cancer 5.

    The control total is spread evenly over the quarters; the position follows the stated phasing.

    >>> met = "yes;yes;yes;no"
    >>> total = ControlTotal(organisation="a", year="2016/17", amount=1.0, fund=8.0, source="s", ae_met=met)
    >>> round(fund_earned(total, 1.0, fund_rule("stp-2016", "2016/17")), 6)
    7.75
    """
    phasing = [float(part) for part in row.phasing.split(";")]
    parts = [(row.ae_met, rule.ae), (row.waiting_met, rule.waiting), (row.cancer_met, rule.cancer)]
    earned = 0.0
    for quarter in range(4):
        if position * phasing[quarter] < row.amount * (quarter + 1) / 4 - 0.005:
            continue
        share = rule.finance + sum(worth for met, worth in parts if met.split(";")[quarter].strip() == "yes")
        earned += row.fund / 4 * share
    return earned


def councils(run: Run) -> tuple[CouncilResult, ...]:
    """Gap, then new precept and charges, then reserves down to the least a council must keep."""
    found = []
    for body in run.inputs.plan.organisations:
        if body.role is not Role.COUNCIL or body.key not in run.axes.nodes or run.is_pressure:
            continue
        for name, case in CASES.items():
            left = body.reserves
            node = run.axes.nodes.index(body.key)
            for y, year in enumerate(run.axes.years[1:-1], start=1):
                once = float(run.one_off[node, y, run.cases.at(case)])
                gap = float(run.short_of(body.key, case)[y])
                measures = {kind: _measure(run, body.key, year, kind) for kind in AfterGap}
                rest = gap - once - measures[AfterGap.NEW_PRECEPT] - measures[AfterGap.NEW_CHARGES]
                used = min(max(0.0, rest), measures[AfterGap.RESERVES], max(0.0, left - body.least_reserves))
                left -= used
                found.append(
                    CouncilResult(
                        organisation=body.key,
                        year=year,
                        case=name,
                        gap=gap,
                        one_off=-once,
                        new_precept=measures[AfterGap.NEW_PRECEPT],
                        new_charges=measures[AfterGap.NEW_CHARGES],
                        reserves_used=used,
                        still_to_find=max(0.0, rest - used),
                        reserves_left=left,
                    )
                )
    return tuple(found)


def required_lines(run: Run) -> tuple[RequiredLine, ...]:
    """What the regime's business rules ask of each commissioner in each year, beside the gap to break-even."""
    rules: Regime = regime(run.inputs.plan.heading.regime)
    commissioners = {row.key for row in run.inputs.plan.organisations if row.role is Role.COMMISSIONER}
    received: dict[tuple[str, str], float] = {}
    for row in run.inputs.plan.allocations:
        if row.organisation in commissioners and row.recurrent:
            received[row.organisation, row.year] = received.get((row.organisation, row.year), 0.0) + row.amount
    return tuple(
        RequiredLine(
            organisation=body, year=year, rule=rule.name, amount=amount * rule.share_of_allocation, source=rule.source
        )
        for (body, year), amount in sorted(received.items())
        if year in run.inputs.plan.years
        for rule in rules.rules
        if rule.first_year <= year <= rule.last_year
    )


def _measure(run: Run, council: str, year: str, kind: AfterGap) -> float:
    rows = run.inputs.plan.council_measures
    return float(
        np.sum([row.amount for row in rows if (row.organisation, row.year, row.kind) == (council, year, kind)])
    )
