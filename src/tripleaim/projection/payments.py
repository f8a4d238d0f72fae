"""Payments: what each line's commissioner pays its provider, under each form of contract (method note 6)."""

from __future__ import annotations

import numpy as np

from tripleaim.plan.agreement import Contract, Payment
from tripleaim.projection.axes import Array
from tripleaim.projection.cases import Cases
from tripleaim.projection.inputs import Inputs


def payment(contract: Contract, price: Array, units: Array, planned: Array) -> tuple[Array, Array]:
    """What is paid, and what a marginal rate lets the payer keep: payment = fixed + marginal x price x units.

    price, units, planned : broadcastable, GBP a unit and units a year
    returns               : (paid, kept), GBP a year

    >>> from tripleaim.plan.agreement import Contract
    >>> blended = Contract(key="b", name="b", form=Payment.BLENDED, marginal=0.2, source="s")
    >>> payment(blended, np.array(100.0), np.array(90.0), np.array(100.0))[0].item()
    9800.0
    """
    if contract.form is Payment.MARGINAL:
        limit = (1.0 if contract.threshold is None else contract.threshold) * planned
        above = np.maximum(0.0, units - limit)
        rate = 1.0 if contract.marginal is None else contract.marginal
        return price * (np.minimum(units, limit) + rate * above), price * (1 - rate) * above
    m = {Payment.BLOCK: 0.0, Payment.ACTIVITY: 1.0, Payment.BLENDED: contract.marginal or 0.0}[contract.form]
    paid = (1 - m) * price * planned + m * price * units
    return paid, np.zeros_like(paid)


def line_payments(inputs: Inputs, cases: Cases, units: Array, modelled: Array) -> tuple[Array, Array]:
    """Payment for every line, and the part a payer keeps under a marginal rate.

    units    : (line, year, case), plain units given
    modelled : (line, year, case), cost that moves with care: line cost and its share of wards
    returns  : (paid, kept), each (line, year, case), GBP a year

    A line without a contract is paid its cost as it falls.
    """
    lines, plan = inputs.lines, inputs.plan
    contracts = {row.key: row for row in plan.contracts}
    rows = sorted(plan.activity, key=lambda row: row.key)
    paid = cost_as_it_falls(inputs, cases, modelled)
    kept = np.zeros_like(paid)
    planned = np.where(cases.funding, lines.planned, lines.baseline)
    for n, row in enumerate(rows):
        if row.contract:
            contract = contracts[row.contract]
            paid[n], kept[n] = payment(
                contract, lines.price[n] * _tariff(inputs, contract, cases), units[n], planned[n]
            )
    return paid, kept


def cost_as_it_falls(inputs: Inputs, cases: Cases, modelled: Array) -> Array:
    """(line, year, case): a line's opening average cost, moved with its cost index, plus what its modelled cost has
    changed by.
    """
    level = np.where(cases.prices, inputs.lines.cost_level, 1.0)
    opening = inputs.lines.unit_cost * inputs.lines.baseline
    cost: Array = opening * level + modelled - modelled[:, :1] * level
    return cost


def _tariff(inputs: Inputs, contract: Contract, cases: Cases) -> Array:
    """(year, case): level of the contract's price list, opening = 1."""
    level = inputs.tariff_level.get(contract.tariff, np.ones((len(inputs.axes.years), 1)))
    return np.where(cases.prices, level, 1.0)
