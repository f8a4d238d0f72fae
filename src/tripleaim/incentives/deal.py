"""An agreement worked out: a rule of sharing under a way of paying, the payments it takes, and whether it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import numpy as np

from tripleaim.incentives.agreement.rules import Rule, Shares
from tripleaim.incentives.agreement.stability import Stability, stability
from tripleaim.incentives.agreement.transfers import netted, transfers
from tripleaim.incentives.agreement.vehicles import Route, Side, routes, side
from tripleaim.incentives.amounts import Array
from tripleaim.incentives.blocs import Blocs
from tripleaim.incentives.measures.timing import present_value
from tripleaim.incentives.played import Drawn
from tripleaim.incentives.record import After, Deal, Instalment
from tripleaim.plan import Plan
from tripleaim.quantities import first_calendar_year

PENNY = 0.005


def held(
    players: Blocs,
    before: Mapping[str, float],
    after: Mapping[str, float],
    drawn: Drawn,
    bystanders: Collection[str] = (),
) -> Stability:
    """Whether fixed transfers from one set of positions to another hold, draw by draw."""
    fixed = {name: after[name] - before[name] for name in players.players}
    return stability(players.players, drawn.together, fixed, drawn.values, drawn.left_out, bystanders=bystanders)


def deal(
    plan: Plan,
    players: Blocs,
    rule: Rule,
    shares: Shares,
    by_year: Mapping[str, Array],
    drawn: Drawn,
    rate: float,
    turnover: Mapping[str, float],
    positions: Mapping[str, Array],
    bystanders: Collection[str] = (),
) -> Deal:
    """What a rule of sharing comes to under one way of paying.

    by_year  : player → (plan year,), what it gains without the agreement, GBP
    drawn    : the same way of paying over the draws
    turnover : player → GBP a year; what cannot be paid directly goes through the largest commissioner
    positions  : player of one body → (plan year,), its position without the agreement, GBP
    bystanders : players with nothing at stake, with whom no coalition is told
    """
    before = {name: float(present_value(each[None], rate)[0]) for name, each in by_year.items()}
    wanted = shares.of(rule).amounts
    pence = transfers(before, wanted)
    first = first_payment(plan)
    found = []
    for name, each in by_year.items():
        amount = pence[name] / 100
        paid = instalments(amount, len(plan.years), rate, first)
        after = each + paid
        worst = int(after.argmin())
        found.append(
            After(
                player=name,
                before=before[name],
                transfer=amount,
                after=before[name] + amount,
                by_year=tuple(float(v) for v in after),
                worst=float(after[worst]),
                worst_year=plan.years[worst],
                missed=_missed(plan, players.members[name], positions.get(name), paid),
            )
        )
    return Deal(
        rule=rule.value,
        form=drawn.way,
        first_year=plan.years[first],
        players=tuple(found),
        payments=_payments(plan, players, pence, rate, turnover),
        stability=held(players, before, wanted, drawn, bystanders),
    )


def level(amount: float, years: int, rate: float, first: int = 0) -> float:
    """The same sum in every year from one on that is worth an amount in the first of all, GBP a year.

    first : position of the year it begins in

    >>> round(level(4.6731, 5, 0.035), 4), round(level(0.966184, 2, 0.035, first=1), 4)
    (1.0, 1.0)
    """
    return amount / sum((1 + rate) ** -year for year in range(first, years))


def instalments(amount: float, years: int, rate: float, first: int) -> Array:
    """(year,): nothing before the first payment, then the same sum every year."""
    found = np.zeros(years)
    found[first:] = level(amount, years, rate, first)
    return found


def first_payment(plan: Plan) -> int:
    """Position of the first plan year that begins after the plan is dated; the last year where none does."""
    dated = plan.heading.dated
    begins = (f"{first_calendar_year(year)}-04-01" for year in plan.years)
    return next((n for n, day in enumerate(begins) if day >= dated), len(plan.years) - 1)


def _missed(plan: Plan, bodies: tuple[str, ...], position: Array | None, paid: Array) -> tuple[str, ...]:
    """Years in which what is paid makes a control total missed that would be met."""
    if position is None:
        return ()
    rows = [row for row in plan.control_totals if (row.organisation,) == bodies and row.year in plan.years]
    return tuple(
        row.year
        for row in sorted(rows, key=lambda row: row.year)
        if position[plan.years.index(row.year)] >= row.amount - PENNY
        and position[plan.years.index(row.year)] + paid[plan.years.index(row.year)] < row.amount - PENNY
    )


def _payments(
    plan: Plan, players: Blocs, pence: Mapping[str, int], rate: float, turnover: Mapping[str, float]
) -> tuple[Instalment, ...]:
    rows = {row.key: row for row in plan.organisations}
    sides = {name: side(rows[keys[0]]) for name, keys in players.members.items()}
    between = (name for name, what in sides.items() if what is Side.COMMISSIONER)
    largest = sorted(between, key=lambda name: (-turnover[name], name))
    ways = routes(netted(pence), sides, date.fromisoformat(plan.heading.dated), largest)
    first = first_payment(plan)
    return tuple(_instalment(route, len(plan.years), rate, first) for route in ways)


def _instalment(route: Route, years: int, rate: float, first: int) -> Instalment:
    used = route.direct or tuple(vehicle for step in route.chain for vehicle in step.vehicles[:1])
    return Instalment(
        payer=route.payment.payer,
        payee=route.payment.payee,
        worth=route.payment.amount,
        a_year=level(route.payment.amount, years, rate, first),
        vehicle=", or ".join(each.name for each in route.direct)
        or ", then ".join(f"{step.payer} to {step.payee} by {step.vehicles[0].name}" for step in route.chain),
        through=route.chain[0].payee if route.chain and not route.direct else "",
        law="; ".join(dict.fromkeys(each.citation for each in used)),
        caution=" ".join(dict.fromkeys(each.caution for each in used if each.caution)),
    )
