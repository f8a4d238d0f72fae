"""Finance: what care costs, who pays it, and where each organisation ends up (method notes 4 and 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tripleaim.errors import PlanProblems, Problem
from tripleaim.plan.money import Side
from tripleaim.plan.organisation import Role
from tripleaim.plan.scheme import CostKind, EffectKind, SchemeCost
from tripleaim.projection.axes import Array, node_of
from tripleaim.projection.capacity import Beds
from tripleaim.projection.cases import Cases
from tripleaim.projection.demand import head_price, head_volume
from tripleaim.projection.effects import Care, area_effect
from tripleaim.projection.inputs import Inputs
from tripleaim.projection.ledger import RESOURCES, TREASURY, Ledger
from tripleaim.projection.payments import cost_as_it_falls, line_payments
from tripleaim.projection.timing import months_within, running_share, start_month
from tripleaim.projection.workforce import Staff, spending_year


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What care costs its providers, GBP, before anybody pays."""

    lines: Array
    """(line, year, case), after productivity."""
    lines_before_productivity: Array
    wards: Array
    """(pool, year, case)."""
    fixed: dict[str, Array]
    """Provider → (year, case), the rest of its opening cost, with inflation."""
    saved: Array
    """(head, year, case), cut from a named head by save effects."""
    premium: Array
    """(staff group, year, case), agency above the opening year's."""
    heads: Array
    """(head, year, case), every head before saves."""
    modelled: Array
    """(line, year, case), a line's own cost and its share, by bed days, of its pool's wards."""
    paid: Array
    """(line, year, case), what its commissioner pays for a line."""
    kept: Array
    """(line, year, case), what a marginal rate lets the payer keep."""


def line_cost(units: Array, baseline: Array, unit_cost: Array, growth_share: Array, release_share: Array) -> Array:
    """Cost of a line without wards: C0 + κ·c·growth above the opening volume − v·c·fall below it.

    >>> one = np.array(1.0)
    >>> line_cost(np.array([90.0, 100, 110]), 100 * one, 10 * one, 0.8 * one, 0.25 * one).tolist()
    [975.0, 1000.0, 1080.0]
    """
    above, below = np.maximum(0.0, units - baseline), np.maximum(0.0, baseline - units)
    cost: Array = unit_cost * (baseline + growth_share * above - release_share * below)
    return cost


def costs(inputs: Inputs, cases: Cases, given: Care, opened: Beds, people: Staff) -> Costs:
    """Cost of every line, ward, head and shortage."""
    before = care_cost(inputs, cases, given.costed)
    lines = before * given.cost_left
    wards = ward_cost(inputs, cases, opened.open)
    heads = inputs.heads.amount * head_volume(inputs.heads, cases) * head_price(inputs.heads, cases)
    members = [name for name in inputs.provider_level if name in inputs.axes.nodes]
    fixed = {name: _fixed(inputs, cases, name, lines, wards, heads) for name in members}
    saved = _saved(inputs, given, lines, wards, fixed, heads)
    modelled = modelled_cost(inputs, opened, lines, wards, given.bed_days)
    paid, kept = line_payments(inputs, cases, given.units, modelled)
    return Costs(
        modelled=modelled,
        paid=paid,
        kept=kept,
        lines=lines,
        lines_before_productivity=before,
        wards=wards,
        fixed=fixed,
        saved=saved,
        premium=_premium(inputs, cases, people),
        heads=heads,
    )


def care_cost(inputs: Inputs, cases: Cases, costed: Array) -> Array:
    """(line, year, case): variable cost of lines with beds, whole cost of lines without, at each year's prices."""
    lines = inputs.lines
    plain = line_cost(costed, lines.baseline, lines.unit_cost, lines.growth_share, lines.release_share)
    amount = np.where(lines.bedded[:, None, None], lines.variable_cost * costed, plain)
    return amount * np.where(cases.prices, lines.cost_level, 1.0)


def ward_cost(inputs: Inputs, cases: Cases, beds: Array) -> Array:
    """(pool, year, case): beds open x cost of a staffed bed."""
    return beds * inputs.pools.ward_cost * np.where(cases.prices, inputs.pools.cost_level, 1.0)


def settle(inputs: Inputs, cases: Cases, spent: Costs, working: Array, scale: Array) -> Ledger:
    """Enter every flow of the run: care, heads, allocations, savings, schemes."""
    ledger = Ledger(axes=inputs.axes, shape=(len(inputs.axes.years), len(cases.names)))
    _pay_for_care(inputs, cases, ledger, spent)
    _pay_providers_costs(inputs, ledger, spent)
    _pay_heads(inputs, ledger, spent)
    _allocate(inputs, cases, ledger)
    _pay_schemes(inputs, cases, ledger, scale)
    _transfer(inputs, cases, ledger, working)
    return ledger


def modelled_cost(inputs: Inputs, opened: Beds, own: Array, wards: Array, bed_days: Array) -> Array:
    """(line, year, case): a line's own cost and its share, by bed days, of its pool's wards."""
    lines = inputs.lines
    total = own.copy()
    for n, pool in enumerate(lines.pool):
        if pool >= 0:
            days = opened.days[pool]
            share = np.divide(bed_days[n], days, out=np.zeros_like(days), where=days > 0)
            total[n] += wards[pool] * share
    return total


def _pay_for_care(inputs: Inputs, cases: Cases, ledger: Ledger, spent: Costs) -> None:
    nodes, lines = inputs.axes.nodes, inputs.lines
    paid, kept = spent.paid, spent.kept
    falling = cost_as_it_falls(inputs, cases, spent.modelled)
    uses = {row.key: row.kept_for for row in inputs.plan.contracts}
    rows = sorted(inputs.plan.activity, key=lambda row: row.key)
    for n, row in enumerate(rows):
        payer, payee = nodes[lines.commissioner[n]], nodes[lines.provider[n]]
        ledger.pay("care", payer, payee, paid[n])
        if not payee.startswith("outside:") and payee not in spent.fixed:
            ledger.pay("care cost", payee, RESOURCES, falling[n])  # its budgets leave out what its lines cost
        use = uses.get(row.contract, "none")
        if use != "none" and kept[n].any():
            spender = node_of(use, nodes[: inputs.axes.members])
            ledger.pay("kept for a stated use", payer, spender, kept[n])
            if not spender.startswith("outside:"):
                ledger.pay("care cost", spender, RESOURCES, kept[n])


def _pay_providers_costs(inputs: Inputs, ledger: Ledger, spent: Costs) -> None:
    nodes = inputs.axes.nodes
    providers = set(spent.fixed)
    for n, node in enumerate(inputs.lines.provider):
        if nodes[node] in providers:
            ledger.pay("care cost", nodes[node], RESOURCES, spent.lines[n])
    for n, node in enumerate(inputs.pools.provider):
        if nodes[node] in providers:
            ledger.pay("ward cost", nodes[node], RESOURCES, spent.wards[n])
    for name, amount in spent.fixed.items():
        ledger.pay("fixed cost", name, RESOURCES, amount)
    for n, (organisation, _) in enumerate(inputs.axes.staff):
        ledger.pay("agency premium", node_of(organisation, nodes[: inputs.axes.members]), RESOURCES, spent.premium[n])


def _pay_heads(inputs: Inputs, ledger: Ledger, spent: Costs) -> None:
    heads, nodes = inputs.heads, inputs.axes.nodes
    for n in range(len(inputs.axes.heads)):
        own, other = nodes[heads.organisation[n]], nodes[heads.counterparty[n]]
        if heads.is_income[n]:
            ledger.pay("income", other, own, spent.heads[n])
            ledger.pay("income", other, own, _only_opening(heads.one_off[n], ledger), recurrent=False)
            continue
        ledger.pay("saving", other, own, spent.saved[n])
        ledger.pay("spending", own, other, _only_opening(heads.one_off[n], ledger), recurrent=False)
        if own not in spent.fixed:
            ledger.pay("spending", own, other, spent.heads[n])
        elif other != RESOURCES:  # it stands in the provider's whole cost already: only where it arrives is another
            ledger.pay("spending", own, other, spent.heads[n])
            ledger.pay("fixed cost", own, RESOURCES, -spent.heads[n])


def _allocate(inputs: Inputs, cases: Cases, ledger: Ledger) -> None:
    axes, members = inputs.axes, inputs.axes.nodes[: inputs.axes.members]
    years = axes.years[:-1]
    more = inputs.values.known(inputs.plan, "all_allocations")
    grown = np.power(1 + more, np.minimum(np.arange(len(axes.years)), axes.last)[:, None])
    streams: dict[tuple[str, str, str, bool], Array] = {}
    for row in inputs.plan.allocations:
        if row.year in years:
            key = (row.kind, row.organisation, row.counterparty, row.recurrent)
            streams.setdefault(key, np.zeros(len(axes.years)))[years.index(row.year)] += row.amount
    for (_, organisation, giver, recurrent), amount in streams.items():
        amount[-1] = amount[-2] if recurrent else 0.0
        held = np.full_like(amount, amount[0]) if recurrent else np.where(np.arange(len(amount)) == 0, amount, 0.0)
        flow = np.where(cases.income, amount[:, None] * grown, held[:, None])
        ledger.pay("allocation", node_of(giver, members), node_of(organisation, members), flow, recurrent=recurrent)


_ONCE = {CostKind.SETUP: "set-up", CostKind.DISRUPTION: "disruption"}
"""Kinds of cost paid once and whole, whatever has been found of posts and capital → what the ledger calls them."""


def _pay_schemes(inputs: Inputs, cases: Cases, ledger: Ledger, scale: Array) -> None:
    axes, plan = inputs.axes, inputs.plan
    schemes = {row.key: row for row in plan.schemes}
    roles = {row.key: row.role for row in plan.organisations}
    for row in sorted(plan.costs, key=lambda row: row.key):
        n = axes.schemes.index(row.scheme)
        payer = node_of(row.organisation, axes.nodes[: axes.members])
        borne = cases.schemes[n] * cases.bearing[n, axes.nodes.index(payer)]
        acting = borne * np.where(cases.resourced, scale[n], 1.0)
        start = start_month(plan, schemes[row.scheme])
        level = to_cash(inputs, row.index)
        if row.kind in (CostKind.RUNNING, CostKind.UNITARY_CHARGE):
            share = running_share(start, axes) if not row.year else _in_year(row.year, inputs)
            ledger.pay("scheme running cost", payer, RESOURCES, acting * row.amount * share[:, None] * level)
        elif row.kind is CostKind.DOUBLE_RUNNING:
            months = months_within(start, row.months, axes)
            ledger.pay(
                "double running", payer, RESOURCES, acting * row.amount * months[:, None] * level, recurrent=False
            )
        elif row.kind in _ONCE:
            year = axes.years.index(row.year) if row.year else spending_year(plan, schemes[row.scheme])
            once = np.where(np.arange(len(axes.years))[:, None] == year, row.amount * level, 0.0)
            ledger.pay(_ONCE[row.kind], payer, RESOURCES, borne * once, recurrent=False)
        else:
            _charge_capital(inputs, cases, ledger, row, roles.get(row.organisation, Role.PROVIDER), borne)


def to_cash(inputs: Inputs, index: str) -> Array:
    """(year, case): factor that brings an amount at the price base to each year's cash, by a named index."""
    return inputs.index_level.get(index, np.ones((len(inputs.axes.years), 1))) * inputs.price_base.get(index, 1.0)


def _charge_capital(inputs: Inputs, cases: Cases, ledger: Ledger, row: SchemeCost, role: Role, borne: Array) -> None:
    """Revenue cost of capital: return and depreciation for trusts, repayment and interest for councils."""
    axes, plan = inputs.axes, inputs.plan
    scheme = next(s for s in plan.schemes if s.key == row.scheme)
    year = axes.years.index(row.year) if row.year else spending_year(plan, scheme)
    dearer = row.amount * (1 + inputs.values.known(plan, "capital_optimism"))
    built = np.where(cases.resourced, np.minimum(row.funded, dearer), dearer)
    spent = built * borne * to_cash(inputs, row.index)[year]
    age = np.arange(len(axes.years)) - year
    written_down = np.clip(age, 0, row.life) / row.life
    before = np.where(age > 0, 1 - np.clip(age - 1, 0, row.life) / row.life, 0.0)
    after = np.where(age >= 0, 1 - written_down, 0.0)
    instalment = np.where((age > 0) & (age <= np.ceil(row.life)), before - after, 0.0)[:, None]
    payer = node_of(row.organisation, axes.nodes[: axes.members])
    if role is Role.PROVIDER:
        rate = inputs.values.known(plan, "capital_charge")
        ledger.pay("return on capital", payer, TREASURY, spent * rate * ((before + after) / 2)[:, None])
        ledger.pay("depreciation", payer, RESOURCES, spent * instalment)
    elif role is Role.COUNCIL:
        rate = inputs.values.known(plan, "council_interest")
        ledger.pay("repayment and interest", payer, RESOURCES, spent * (instalment + rate * before[:, None]))


def _transfer(inputs: Inputs, cases: Cases, ledger: Ledger, working: Array) -> None:
    axes = inputs.axes
    members = axes.nodes[: axes.members]
    for effect in sorted(inputs.plan.effects, key=lambda row: row.key):
        if effect.kind is EffectKind.INCOME:
            amount = area_effect(inputs, effect) * working[axes.schemes.index(effect.scheme)]
            ledger.pay("transfer", node_of(effect.counterparty, members), node_of(effect.target, members), amount)


def _fixed(inputs: Inputs, cases: Cases, provider: str, lines: Array, wards: Array, heads: Array) -> Array:
    """(year, case): a provider's opening cost less its lines and wards, with its own inflation and its heads'
    growth.
    """
    axes = inputs.axes
    node = axes.nodes.index(provider) if provider in axes.nodes else -1
    own = [
        n
        for n, h in enumerate(sorted(inputs.plan.budgets, key=lambda r: r.key))
        if h.organisation == provider and h.side is Side.COST
    ]
    opening = sum(inputs.heads.amount[n, 0, 0] for n in own if not inputs.heads.is_duty[n])
    modelled = lines[inputs.lines.provider == node][:, 0].sum(axis=0)
    modelled = modelled + wards[inputs.pools.provider == node][:, 0].sum(axis=0)
    if not inputs.values.drawn and opening - modelled[0] < -0.005:
        raise PlanProblems((_negative_remainder(provider, float(opening), float(modelled[0])),))
    level = np.where(cases.prices, inputs.provider_level[provider], 1.0)
    grown = np.zeros_like(heads[0])
    for n in own:
        price = np.where(cases.prices, inputs.heads.level[n], 1.0)
        began = 0.0 if inputs.heads.is_duty[n] else 1.0
        grown = grown + heads[n] - inputs.heads.amount[n] * price * began
    fixed: Array = (opening - modelled) * level + grown
    return fixed


def _saved(inputs: Inputs, given: Care, lines: Array, wards: Array, fixed: dict[str, Array], heads: Array) -> Array:
    """(head, year, case): a save cuts its head after volumes and productivity; a provider's heads share its
    whole cost.
    """
    axes, saved = inputs.axes, np.zeros_like(heads)
    for n, node in enumerate(inputs.heads.organisation):
        if inputs.heads.is_income[n] or (given.head_left[n] == 1.0).all():
            continue
        base = heads[n]
        name = axes.nodes[node]
        if name in fixed:
            own = (inputs.heads.organisation == node) & ~inputs.heads.is_income
            whole = (
                fixed[name]
                + lines[inputs.lines.provider == node].sum(axis=0)
                + wards[inputs.pools.provider == node].sum(axis=0)
            )
            base = whole * heads[n] / heads[own].sum(axis=0)
        saved[n] = base * (1 - given.head_left[n])
    return saved


def _premium(inputs: Inputs, cases: Cases, people: Staff) -> Array:
    groups = {(row.organisation, row.group): row for row in inputs.plan.workforce}
    premium = np.zeros_like(people.agency)
    for n, key in enumerate(inputs.axes.staff):
        group = groups[key]
        level = inputs.index_level.get("pay", np.ones((len(inputs.axes.years), 1)))
        rate = group.cost * inputs.price_base.get("pay", 1.0) * group.agency_premium
        premium[n] = np.where(cases.prices, people.agency[n] * rate * level, 0.0)  # a part of pay and prices
    return premium


def _in_year(year: str, inputs: Inputs) -> Array:
    """(year,): 1 in one plan year; a cost of the last year goes on in the year after."""
    share = np.array([float(name == year) for name in inputs.axes.years])
    share[-1] = share[-2]
    return share


def _only_opening(amount: Array, ledger: Ledger) -> Array:
    first = np.zeros(ledger.shape)
    first[0] = amount
    return first


def _negative_remainder(provider: str, opening: float, modelled: float) -> Problem:
    return Problem(
        file="budgets.csv",
        row=None,
        field="amount",
        found=f"{provider} spends £{opening:,.0f} in all, but its lines and wards alone cost £{modelled:,.0f}",
        expected="whole cost at least as large as the cost of lines and wards",
        to_fix="check unit_cost and variable_cost in activity.csv and ward_cost in capacity.csv, and that every "
        "cost head stands here",
    )
