"""What must hold for every plan (method note 12), tried on random small plans."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from invariants.small_plans import REMOVES, small_plans
from tripleaim.loading.crosscheck import crosscheck_plan
from tripleaim.plan import TABLES, Plan
from tripleaim.plan.activity import ActivityLine
from tripleaim.plan.agreement import Payment
from tripleaim.plan.scheme import Effect, EffectKind
from tripleaim.projection import project, run_cases
from tripleaim.projection.axes import axes
from tripleaim.projection.basis import is_pressure
from tripleaim.projection.capacity import beds
from tripleaim.projection.cases import Cases, standard_cases
from tripleaim.projection.composition import plugs
from tripleaim.projection.demand import demand
from tripleaim.projection.effects import care, strength
from tripleaim.projection.finance import costs, settle
from tripleaim.projection.inputs import compile_plan
from tripleaim.projection.run import SCOPES, Run
from tripleaim.projection.workforce import resourcing, staff
from tripleaim.quantities import certain

PENNY = 0.01
MANY = settings(max_examples=30)
FEW = settings(max_examples=12)

pytestmark = pytest.mark.slow


def changed(plan: Plan, **tables: Any) -> Plan:
    """The same plan with some tables replaced."""
    return Plan(**{name: getattr(plan, name) for name in Plan.model_fields} | tables)


def every(rows: tuple[Any, ...], **fields: Any) -> tuple[Any, ...]:
    """Rows with some fields replaced."""
    return tuple(row.model_copy(update=fields) for row in rows)


def case(run: Run, name: str) -> int:
    return run.cases.at(name)


# --- the strategy ---------------------------------------------------------------------------------------------------


@MANY
@given(small_plans())
def test_every_random_plan_is_one_the_reader_accepts(plan: Plan) -> None:
    crosscheck_plan(plan)


# --- sums -----------------------------------------------------------------------------------------------------------


@MANY
@given(small_plans())
def test_members_and_outside_sum_to_zero_in_every_year_and_case(plan: Plan) -> None:
    run = run_cases(plan)
    for books in (run.recurrent, run.one_off):
        assert np.abs(books.sum(axis=0)).max() < PENNY


@MANY
@given(small_plans())
def test_the_organisations_add_up_to_the_system_for_the_nhs_for_councils_and_for_both(plan: Plan) -> None:
    run = run_cases(plan)
    for name in run.cases.names:
        each = {scope: run.short(name, scope) for scope in SCOPES}
        assert np.allclose(each["nhs"] + each["council"], each["both"], atol=PENNY)
        total = sum(run.short_of(node, name) for node in run.axes.nodes[: run.axes.members])
        assert np.allclose(total, each["both"], atol=PENNY)


@MANY
@given(small_plans())
def test_every_line_of_care_is_paid_once_whoever_gives_it(plan: Plan) -> None:
    """Per line, year and case: units given are units needed less those removed, plus those that arrive."""
    run = run_cases(plan)
    arrived, removed = run.given.arrivals, run.given.needed - (run.given.units - run.given.arrivals)
    assert (removed > -1e-9).all()
    for n, key in enumerate(run.axes.lines):
        if not any(effect.to_line == key for effect in plan.effects):
            assert (arrived[n] == 0).all()


@MANY
@given(small_plans())
def test_the_walk_and_the_bridge_close_to_the_penny_for_each_scope(plan: Plan) -> None:
    found = project(plan)
    for scope in SCOPES:
        walk, bridge = found.walk(scope), found.bridge(scope)
        gap = found.scope(scope)
        for year in range(len(found.years)):
            steps = sum(step.amounts[year] for step in walk.steps if step.key != "do_nothing")
            assert abs(steps - walk.at("do_nothing").amounts[year]) < PENNY
            assert abs(gap.do_nothing[year] - walk.at("do_nothing").amounts[year]) < PENNY
            inside = [step for step in bridge.steps if step.kind != "total"]
            hoped = [step.amounts[year] for step in inside if step.key != "resources"]
            assert abs(bridge.at("do_nothing").amounts[year] + sum(hoped) - gap.hoped[year]) < PENNY
            everything = sum(step.amounts[year] for step in inside)
            assert abs(bridge.at("do_nothing").amounts[year] + everything - gap.resourced[year]) < PENNY


@MANY
@given(small_plans())
def test_the_bed_bridge_adds_up(plan: Plan) -> None:
    for bridge in project(plan).beds:
        steps = bridge.growth + bridge.avoided + bridge.arrived + bridge.shortened + bridge.occupancy
        assert bridge.base + steps == pytest.approx(bridge.needed, abs=1e-6)


@MANY
@given(small_plans())
def test_benefit_classes_sum_to_the_change_in_each_providers_cost_of_care(plan: Plan) -> None:
    run, found = run_cases(plan), project(plan)
    nothing, hoped = case(run, "funding_growth"), case(run, "hoped")
    spent = run.spent
    for row in found.benefits:
        members = run.axes.nodes[: run.axes.members]
        outside = range(run.axes.members, len(run.axes.nodes))
        nodes = [members.index(row.provider)] if row.provider in members else list(outside)
        change = np.zeros(len(run.axes.years))
        for values, owner in (
            (spent.lines, run.inputs.lines.provider),
            (spent.wards, run.inputs.pools.provider),
            (-spent.saved, run.inputs.heads.organisation),
            (spent.premium, np.array([run.axes.nodes.index(body) for body, _ in run.axes.staff], dtype=int)),
        ):
            own = [n for n, at in enumerate(owner) if at in nodes]
            change += (values[own][:, :, hoped] - values[own][:, :, nothing]).sum(axis=0)
        parts = np.array(row.cash_releasing) + np.array(row.cost_avoiding) + np.array(row.arrivals)
        assert np.allclose(parts, change[1:], atol=PENNY)
        assert np.allclose(parts, row.total, atol=PENNY)


# --- nothing happens ------------------------------------------------------------------------------------------------


def at_rest(plan: Plan) -> Plan:
    """The same place with no schemes, no growth, no inflation and no change of staff, plan or funding.

    Beds stand at target occupancy, because closing is always tested there.
    """
    start = {row.age: row.persons for row in plan.population}
    given = {(row.organisation, row.kind): row for row in plan.allocations if row.year == plan.opening_year}
    days: dict[str, float] = defaultdict(float)
    for line in plan.activity:
        days[line.bed_pool] += line.baseline * (line.length_of_stay or 0.0)
    return changed(
        plan,
        projections=tuple(row.model_copy(update={"persons": start[row.age]}) for row in plan.projections),
        activity=every(plan.activity, growth=certain(0.0)),
        planned_units=(),
        budgets=every(tuple(h for h in plan.budgets if not h.from_year), growth=certain(0.0)),
        allocations=tuple(
            row.model_copy(update={"year": year})
            for row in given.values()
            if row.recurrent
            for year in (plan.opening_year, *plan.years)
        ),
        indices=every(plan.indices, change=certain(0.0)),
        tariffs=every(plan.tariffs, inflation=certain(0.0), efficiency=certain(0.0)),
        capacity=tuple(
            row.model_copy(
                update={"open_beds": math.ceil(days[row.key] / 365 / 0.92 * 1e6) / 1e6, "overflow_limit": None}
            )
            for row in every(plan.capacity, target_occupancy=certain(0.92))
        ),
        workforce=every(plan.workforce, leavers=certain(0.0), joiners=certain(0.0), growth=0.0),
        schemes=(),
        effects=(),
        costs=(),
        posts=(),
    )


@MANY
@given(small_plans())
def test_with_no_schemes_no_growth_and_no_inflation_the_opening_year_lasts_for_ever(plan: Plan) -> None:
    run = run_cases(at_rest(plan))
    for values in (run.recurrent, run.given.units, run.opened.open):
        assert np.allclose(values, values[:, :1, :1], atol=PENNY)
    assert (run.one_off[:, 1:] == 0).all()


@MANY
@given(small_plans())
def test_without_schemes_doing_something_is_doing_nothing(plan: Plan) -> None:
    run = run_cases(changed(plan, schemes=(), effects=(), costs=(), posts=()))
    nothing = run.recurrent[:, :, case(run, "funding_growth")]
    for name in ("hoped", "resourced"):
        assert np.allclose(run.recurrent[:, :, case(run, name)], nothing, atol=PENNY)


@MANY
@given(small_plans())
def test_the_opening_year_is_the_same_in_every_case(plan: Plan) -> None:
    run = run_cases(plan)
    for values in (run.recurrent, run.one_off, run.given.units, run.opened.open):
        assert np.allclose(values[:, 0], values[:, 0, :1], atol=PENNY)


@MANY
@given(small_plans())
def test_the_opening_step_of_the_walk_is_constant_while_no_ward_moves(plan: Plan) -> None:
    run = run_cases(plan)
    at = case(run, "opening")
    assume(np.allclose(run.opened.open[:, :, at], run.opened.open[:, :1, at]))
    assert np.allclose(run.recurrent[:, :, at], run.recurrent[:, :1, at], atol=PENNY)


# --- care ------------------------------------------------------------------------------------------------------------


@MANY
@given(small_plans(schemes=(1, 4), only=(EffectKind.AVOID, EffectKind.STOP, EffectKind.SHORTEN)))
def test_as_hoped_adding_an_avoiding_scheme_never_leaves_more_of_that_care(plan: Plan) -> None:
    assume(plan.effects)
    without = every_scheme_but(plan, plan.schemes[-1].key)
    before, after = run_cases(without), run_cases(plan)
    assert (
        after.given.units[:, :, case(after, "hoped")] <= before.given.units[:, :, case(before, "hoped")] + 1e-9
    ).all()
    days = after.given.bed_days[:, :, case(after, "hoped")] - before.given.bed_days[:, :, case(before, "hoped")]
    assert (days <= 1e-9).all()


def every_scheme_but(plan: Plan, key: str) -> Plan:
    return changed(
        plan,
        schemes=tuple(
            s.model_copy(update={"needs": tuple(n for n in s.needs if n != key)}) for s in plan.schemes if s.key != key
        ),
        **{name: tuple(r for r in getattr(plan, name) if r.scheme != key) for name in ("effects", "costs", "posts")},
    )


@MANY
@given(small_plans(schemes=(1, 4), only=(EffectKind.SHIFT, EffectKind.MOVE, EffectKind.AVOID)))
def test_care_that_arrives_is_not_reduced_again(plan: Plan) -> None:
    run = run_cases(plan)
    hoped = case(run, "hoped")
    for n, key in enumerate(run.axes.lines):
        own = [e for e in plan.effects if e.target == key and e.kind in REMOVES]
        left = np.ones(len(run.axes.years))
        for effect in own:
            size = effect.effect.point * effect.eligible.point * effect.uptake.point * effect.fidelity.point
            left = left * (1 - size * run.inputs.ramp[run.axes.schemes.index(effect.scheme), :, 0])
        expected = run.given.needed[n, :, hoped] * left + run.given.arrivals[n, :, hoped]
        assert np.allclose(run.given.units[n, :, hoped], expected, rtol=1e-12)


@FEW
@given(small_plans(), st.floats(0.2, 5))
def test_scaling_the_projected_people_scales_the_projected_demand(plan: Plan, times: float) -> None:
    more = changed(
        plan, projections=tuple(r.model_copy(update={"persons": r.persons * times}) for r in plan.projections)
    )
    before, after = run_cases(plan), run_cases(more)
    at = case(before, "funding_growth")
    assert np.allclose(after.given.needed[:, 1:, at], before.given.needed[:, 1:, at] * times)
    assert np.allclose(after.given.needed[:, 0], before.given.needed[:, 0])


@FEW
@given(small_plans(), st.floats(0.2, 5))
def test_scaling_base_and_projected_people_changes_nothing(plan: Plan, times: float) -> None:
    more = changed(
        plan,
        population=tuple(r.model_copy(update={"persons": r.persons * times}) for r in plan.population),
        projections=tuple(r.model_copy(update={"persons": r.persons * times}) for r in plan.projections),
    )
    assert np.allclose(run_cases(more).recurrent, run_cases(plan).recurrent, atol=PENNY)


def later(month: str, by: int) -> str:
    count = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{count // 12}-{count % 12 + 1:02d}"


@FEW
@given(small_plans(schemes=(1, 1), only=(EffectKind.AVOID,)), st.integers(1, 24))
def test_as_hoped_the_cumulative_effect_never_rises_when_a_start_moves_later(plan: Plan, months: int) -> None:
    plan = changed(plan, schemes=every(plan.schemes, decay=0.0))
    moved = changed(plan, schemes=tuple(s.model_copy(update={"start": later(s.start, months)}) for s in plan.schemes))
    sooner, then = run_cases(plan), run_cases(moved)

    def so_far(run: Run) -> np.ndarray:
        at = case(run, "hoped")
        return np.cumsum((run.given.needed - run.given.units)[:, :-1, at], axis=1)

    assert (so_far(then) <= so_far(sooner) + 1e-9).all()


@MANY
@given(small_plans(schemes=(2, 6)))
def test_no_scheme_works_before_the_schemes_it_needs(plan: Plan) -> None:
    run = run_cases(plan)
    ramp = {key: run.inputs.ramp[n, :, 0] for n, key in enumerate(run.axes.schemes)}
    for scheme in plan.schemes:
        for needed in scheme.needs:
            assert (ramp[scheme.key][:-1][ramp[needed][:-1] == 0] == 0).all()


# --- splitting, order, permutation, fingerprint ----------------------------------------------------------------------


def split(plan: Plan, key: str, share: float) -> Plan:
    """The same plan with one line in two: units, plan units, staff, effects and shift targets in proportion."""
    line = next(row for row in plan.activity if row.key == key)
    twin = key + "b"
    a = line.model_copy(update={"baseline": line.baseline * share})
    b = line.model_copy(update={"key": twin, "baseline": line.baseline * (1 - share)})
    effects: list[Effect] = []
    for effect in plan.effects:
        if effect.target == key and effect.kind not in (EffectKind.SAVE, EffectKind.INCOME, EffectKind.IMPROVE):
            effects += [effect, effect.model_copy(update={"key": effect.key + "b", "target": twin})]
        elif effect.to_line == key:
            for part, to in ((share, key), (1 - share, twin)):
                ratio = certain(effect.ratio.point * part)
                name = effect.key if to == key else effect.key + "b"
                size = effect.effect
                effects.append(effect.model_copy(update={"key": name, "to_line": to, "ratio": ratio, "effect": size}))
        else:
            effects.append(effect)
    planned = [
        row.model_copy(update={"line": name, "units": row.units * part})
        for row in plan.planned_units
        for name, part in (((key, share), (twin, 1 - share)) if row.line == key else ((row.line, 1.0),))
    ]
    staffing = [
        row.model_copy(update={"line": name})
        for row in plan.staffing
        for name in ((key, twin) if row.line == key else (row.line,))
    ]
    return changed(
        plan,
        activity=(*(row for row in plan.activity if row.key != key), a, b),
        effects=tuple(effects),
        planned_units=tuple(planned),
        staffing=tuple(staffing),
    )


@MANY
@given(small_plans(), st.floats(0.1, 0.9), st.randoms(use_true_random=False))
def test_splitting_a_line_in_two_changes_no_total(plan: Plan, share: float, draw: random.Random) -> None:
    line: ActivityLine = draw.choice(plan.activity)
    # A shift into the line would stand twice; those are split by hand in the test below.
    assume(not any(effect.to_line == line.key for effect in plan.effects))
    whole, parts = run_cases(plan), run_cases(split(plan, line.key, share))
    assert np.allclose(whole.recurrent, parts.recurrent, atol=0.05)
    assert np.allclose(whole.opened.open, parts.opened.open)
    assert np.allclose(whole.given.units.sum(axis=0), parts.given.units.sum(axis=0))


@FEW
@given(small_plans(schemes=(1, 4), only=(EffectKind.SHIFT,)), st.floats(0.1, 0.9))
def test_splitting_the_line_care_is_shifted_to_changes_no_total(plan: Plan, share: float) -> None:
    """The shift is split too: two effects that together leave what the one leaves (shares multiply)."""
    one = next((effect for effect in plan.effects), None)
    assume(one is not None)
    assert one is not None
    plan = changed(plan, effects=(one,), schemes=every(plan.schemes, ramp=certain(0.0), delay=certain(0.0), needs=()))
    whole = run_cases(plan)
    each = 1 - (1 - one.effect.point * one.eligible.point * one.uptake.point) ** 0.5
    ramp = whole.inputs.ramp[whole.axes.schemes.index(one.scheme), :, 0]
    full = [year for year, part in enumerate(ramp) if part in (0.0, 1.0)]
    as_one = {"effect": certain(each), "eligible": certain(1.0), "uptake": certain(1.0)}
    two = tuple(
        one.model_copy(
            update={"key": f"part_{to}", "to_line": to, "ratio": certain(2 * part * one.ratio.point), **as_one}
        )
        for to, part in ((one.to_line, share), (one.to_line + "b", 1 - share))
    )
    parts = run_cases(changed(split(changed(plan, effects=()), one.to_line, share), effects=two))
    at = case(whole, "hoped_smooth")
    before, after = whole.given.units[:, :, at], parts.given.units[:, :, at]
    assert np.allclose(before.sum(axis=0)[full], after.sum(axis=0)[full])
    assert np.allclose(whole.recurrent[:, full, at], parts.recurrent[:, full, at], atol=0.05)


def shuffled(plan: Plan, draw: random.Random) -> Plan:
    return changed(
        plan,
        **{
            form.name: tuple(draw.sample(list(rows), len(rows)))
            for form in TABLES
            if (rows := getattr(plan, form.name))
        },
    )


@MANY
@given(small_plans(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(plan: Plan, draw: random.Random) -> None:
    other = shuffled(plan, draw)
    assert other.fingerprint == plan.fingerprint
    before, after = run_cases(plan), run_cases(other)
    assert np.allclose(before.recurrent, after.recurrent, rtol=0, atol=1e-6)
    assert np.allclose(before.indicators, after.indicators)


@MANY
@given(small_plans(), st.randoms(use_true_random=False))
def test_the_fingerprint_changes_if_and_only_if_the_content_does(plan: Plan, draw: random.Random) -> None:
    assert changed(plan).fingerprint == plan.fingerprint
    form = draw.choice([form for form in TABLES if getattr(plan, form.name) and form.name not in ("sources", "places")])
    rows = list(getattr(plan, form.name))
    at = draw.randrange(len(rows))
    names = [
        name
        for name, value in rows[at]
        if isinstance(value, float) and name not in ("share_in_footprint", "share_of_footprint")
    ]
    assume(names)
    name = draw.choice(names)
    rows[at] = rows[at].model_copy(update={name: getattr(rows[at], name) + 0.125})
    assert changed(plan, **{form.name: tuple(rows)}).fingerprint != plan.fingerprint
    fewer = tuple(getattr(plan, form.name)[1:])
    assert changed(plan, **{form.name: fewer}).fingerprint != plan.fingerprint


def run_with(plan: Plan, order: list[int]) -> Run:
    """`run_cases` with its cases in another order."""
    names = axes(plan)
    safe, funded = plan.heading.safe_occupancy, not is_pressure(plan, names)
    standard = standard_cases(names, safe_occupancy=safe, plugs=plugs(plan), funded=funded)
    cases: Cases = replace(
        standard,
        names=tuple(standard.names[n] for n in order),
        **{
            name: getattr(standard, name)[..., order]
            for name in (
                "demographic", "non_demographic", "prices", "duties", "funding", "income", "schemes", "resourced",
                "stepped", "arrivals", "efficiency", "safe",
            )
        },
    )  # fmt: skip
    inputs = compile_plan(plan, names)
    found = resourcing(plan, names)
    working = strength(inputs, cases, found.scale)
    given_ = care(inputs, cases, demand(inputs.lines, cases), working)
    opened = beds(inputs.lines, inputs.pools, cases, given_)
    people = staff(inputs, cases, given_, opened.open / inputs.pools.ward, found.scale)
    spent = costs(inputs, cases, given_, opened, people)
    ledger = settle(inputs, cases, spent, working, found.scale)
    whole = run_cases(plan)
    return replace(
        whole,
        cases=cases,
        given=given_,
        opened=opened,
        ledger=ledger,
        recurrent=ledger.positions(recurrent=True),
        one_off=ledger.positions(recurrent=False),
    )


@FEW
@given(small_plans(), st.randoms(use_true_random=False))
def test_permuting_the_cases_permutes_the_results(plan: Plan, draw: random.Random) -> None:
    whole = run_cases(plan)
    order = list(range(len(whole.cases.names)))
    draw.shuffle(order)
    other = run_with(plan, order)
    assert np.allclose(other.recurrent, whole.recurrent[..., order], rtol=0, atol=1e-6)
    assert np.allclose(other.one_off, whole.one_off[..., order], rtol=0, atol=1e-6)
    assert np.array_equal(other.opened.open, whole.opened.open[..., order])


# --- money ------------------------------------------------------------------------------------------------------------


@MANY
@given(small_plans(schemes=(1, 4), only=REMOVES))
def test_a_block_contract_passes_no_volume_risk(plan: Plan) -> None:
    block = every(tuple(c for c in plan.contracts), form=Payment.BLOCK, marginal=None, threshold=None, kept_for="none")
    lines = [row for row in plan.activity if row.contract]
    assume(lines)
    plan = changed(plan, contracts=block)
    run = run_cases(plan)
    paid, kept = run.spent.paid, run.spent.kept
    for line in lines:
        n = run.axes.lines.index(line.key)
        assert np.allclose(paid[n, :, case(run, "hoped")], paid[n, :, case(run, "funding_growth")], rtol=1e-12)
        assert not kept[n].any()


@MANY
@given(small_plans(schemes=(1, 4), only=(EffectKind.INCOME,)))
def test_income_never_changes_the_total_of_members_and_payers(plan: Plan) -> None:
    inside = changed(
        plan,
        effects=tuple(
            e.model_copy(update={"counterparty": "ccg"})
            for e in plan.effects
            if e.kind is EffectKind.INCOME and e.target != "ccg"
        ),
        costs=(),
        posts=(),
    )
    run = run_cases(inside)
    assert np.allclose(run.short("hoped"), run.short("funding_growth"), atol=PENNY)


@MANY
@given(small_plans(schemes=(1, 4), only=(EffectKind.SAVE, EffectKind.PRODUCTIVITY)))
def test_productivity_and_saves_change_no_care(plan: Plan) -> None:
    run = run_cases(plan)
    assert np.array_equal(run.given.units[:, :, case(run, "hoped")], run.given.units[:, :, case(run, "funding_growth")])


@MANY
@given(small_plans(schemes=(1, 6)))
def test_the_year_after_the_plan_is_the_last_months_effect_at_last_years_demand_prices_and_funding(plan: Plan) -> None:
    run = run_cases(plan)
    last, after = run.axes.last, run.axes.run_rate
    assert np.allclose(run.given.needed[:, after], run.given.needed[:, last])
    assert (run.one_off[:, after] == 0).all()
    assert np.allclose(run.inputs.lines.cost_level[:, after], run.inputs.lines.cost_level[:, last])
    assert np.allclose(run.spent.heads[:, after], run.spent.heads[:, last])
    for (kind, _, _, recurrent), amount in run.ledger.flows.items():
        if kind == "allocation" and recurrent:
            assert np.allclose(amount[after], amount[last])
    growing = [n for n, s in enumerate(run.axes.schemes) if next(x for x in plan.schemes if x.key == s).decay == 0]
    assert (run.inputs.ramp[growing, after] >= run.inputs.ramp[growing, last] - 1e-12).all()


@MANY
@given(small_plans(schemes=(1, 6)))
def test_what_is_resourced_is_never_more_than_what_was_hoped(plan: Plan) -> None:
    run = run_cases(plan)
    assert ((run.found.scale >= 0) & (run.found.scale <= 1)).all()
    assert (run.working[:, :, case(run, "resourced")] <= run.working[:, :, case(run, "hoped")] + 1e-12).all()


@FEW
@given(small_plans())
def test_money_that_comes_in_only_once_never_enters_the_gap(plan: Plan) -> None:
    more = changed(plan, budgets=tuple(h.model_copy(update={"one_off": h.one_off + 1e6}) for h in plan.budgets))
    assert np.allclose(run_cases(more).recurrent, run_cases(plan).recurrent, atol=PENNY)
