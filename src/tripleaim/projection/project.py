"""The story: people → demand → effects → capacity → workforce → finance → outcomes → gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tripleaim.plan import Plan
from tripleaim.projection.accounts import control_totals, councils, required_lines
from tripleaim.projection.axes import Array, Axes, axes
from tripleaim.projection.basis import is_pressure
from tripleaim.projection.bed_bridge import bed_bridges
from tripleaim.projection.benefits import bed_day_prices, benefit_classes, stranded_costs
from tripleaim.projection.bridge import bridges, outside, walks
from tripleaim.projection.capacity import beds
from tripleaim.projection.cases import Cases, standard_cases
from tripleaim.projection.composition import composition, plugs, scheme_results
from tripleaim.projection.demand import demand
from tripleaim.projection.effects import care, strength
from tripleaim.projection.finance import costs, settle
from tripleaim.projection.gaps import money_gaps, organisation_gaps, outcome_gaps, trades
from tripleaim.projection.inputs import compile_plan
from tripleaim.projection.outcomes import indicators, inequality
from tripleaim.projection.provenance import input_years, provenance
from tripleaim.projection.reconcile import operational_year, reconcile
from tripleaim.projection.result import Projection
from tripleaim.projection.run import Run
from tripleaim.projection.summaries import (
    age_structure,
    balance_of_flows,
    flows,
    line_results,
    opening_bridge,
    staff_results,
)
from tripleaim.projection.values import POINTS, Values
from tripleaim.projection.workforce import resourcing, staff
from tripleaim.projection.worlds import FOUND, HOPED, Worlds, world_cases


def project(plan: Plan) -> Projection:
    """What happens, with and without the schemes: every finding of one plan, as plain frozen records."""
    run = run_cases(plan)
    filler = plugs(plan)
    schemes = scheme_results(run)
    walk, bridge, beds_found = walks(run), bridges(run, filler), bed_bridges(run)
    outcomes, last = outcome_gaps(run), run.axes.last - 1
    safe = run.short("nothing_safe") - run.short("funding_growth")
    return Projection(
        plan=plan,
        fingerprint=plan.fingerprint,
        years=run.axes.years[1:],
        is_pressure=run.is_pressure,
        money=money_gaps(run),
        organisations=organisation_gaps(run),
        hoped_without_plugs=tuple(float(v) for v in run.short("hoped_without_plugs")[1:]),
        resourced_without_plugs=tuple(float(v) for v in run.short("resourced_without_plugs")[1:]),
        outcomes=outcomes,
        inequality=inequality(plan),
        walks=walk,
        bridges=bridge,
        schemes=schemes,
        composition=composition(run, schemes),
        beds=beds_found,
        bed_day_prices=bed_day_prices(run),
        benefits=benefit_classes(run),
        stranded=stranded_costs(run),
        staff=staff_results(run),
        lines=line_results(run),
        ages=age_structure(run),
        flows=flows(run),
        leakage=outside(run, "hoped", "funding_growth"),
        opening=opening_bridge(run),
        control_totals=control_totals(run),
        councils=councils(run),
        required=required_lines(run),
        safe_occupancy_step=tuple(float(v) for v in safe[1:]),
        stated=reconcile(run, bridge, schemes, beds_found),
        operational_year=operational_year(run),
        trades=trades(run),
        provenance=provenance(plan, walk[-1], bridge[-1], schemes, outcomes, last),
        sources=input_years(plan),
        flows_out_of_balance=balance_of_flows(run),
    )


def run_cases(plan: Plan) -> Run:
    """Run every case of a plan once: the walk, the plan as hoped and as resourced, and each scheme alone.

    raises : PlanProblems where the arithmetic meets something no check could see, such as a negative fixed cost
    """
    names = axes(plan)
    return _run(plan, names, _cases(plan, names), POINTS)


def run_draws(plan: Plan, case: str, drawn: Mapping[str, Array]) -> Run:
    """Run one case of a plan once for every draw: the case axis of every array is then the draw.

    case  : name of a case, such as `hoped`
    drawn : input name (`values.input_name`) → (draw,), all of one length; every other range keeps its stated point
    """
    (count,) = {len(draws) for draws in drawn.values()}
    return run_values(plan, [case] * count, Values(drawn=drawn))


def run_values(plan: Plan, cases: Sequence[str], values: Values) -> Run:
    """Run some cases of a plan by name, with every range at the values given.

    values : where they hold draws, one for each of the cases, or one for all
    """
    names = axes(plan)
    standard = _cases(plan, names, alone_in_wards=True)
    return _run(plan, names, standard.only(*(standard.at(case) for case in cases)), values)


def run_worlds(plan: Plan, switched: Worlds, values: Values = POINTS, base: str = HOPED) -> Run:
    """Run a plan in worlds in which some schemes run and some bodies take part.

    values : where they hold draws, one for each world, or one for all
    base   : `worlds.HOPED`; `worlds.SMOOTH` for wards as fractions, `worlds.FOUND` for the posts and capital found
    """
    names = axes(plan)
    cases = world_cases(_cases(plan, names), switched, base)
    return _run(plan, names, cases, values, switched.schemes if base == FOUND else None)


def _cases(plan: Plan, names: Axes, *, alone_in_wards: bool = False) -> Cases:
    return standard_cases(
        names,
        safe_occupancy=plan.heading.safe_occupancy,
        plugs=plugs(plan),
        funded=not is_pressure(plan, names),
        alone_in_wards=alone_in_wards,
    )


def _run(plan: Plan, names: Axes, cases: Cases, values: Values, running: Array | None = None) -> Run:
    inputs = compile_plan(plan, names, values)
    needed = demand(inputs.lines, cases)
    found = resourcing(plan, names, values, running)
    working = strength(inputs, cases, found.scale)
    given = care(inputs, cases, needed, working)
    opened = beds(inputs.lines, inputs.pools, cases, given)
    people = staff(inputs, cases, given, opened.open / inputs.pools.ward, found.scale)
    spent = costs(inputs, cases, given, opened, people)
    ledger = settle(inputs, cases, spent, working, found.scale)
    return Run(
        inputs=inputs,
        cases=cases,
        found=found,
        working=working,
        given=given,
        opened=opened,
        people=people,
        spent=spent,
        ledger=ledger,
        recurrent=ledger.positions(recurrent=True),
        one_off=ledger.positions(recurrent=False),
        indicators=indicators(inputs, cases, given, opened, working),
    )
