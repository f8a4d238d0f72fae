"""An agreement worked out: a rule of sharing under a way of paying, the payments it takes, and whether it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

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
    bystanders: Collection[str] = (),
) -> Deal:
    """What a rule of sharing comes to under one way of paying.

    by_year  : player → (plan year,), what it gains without the agreement, GBP
    drawn    : the same way of paying over the draws
    turnover : player → GBP a year; what cannot be paid directly goes through the largest commissioner
    bystanders : players with nothing at stake, with whom no coalition is told
    """
    before = {name: float(present_value(each[None], rate)[0]) for name, each in by_year.items()}
    wanted = shares.of(rule).amounts
    pence = transfers(before, wanted)
    years = len(plan.years)
    found = []
    for name, each in by_year.items():
        amount = pence[name] / 100
        after = each + level(amount, years, rate)
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
            )
        )
    return Deal(
        rule=rule.value,
        form=drawn.way,
        players=tuple(found),
        payments=_payments(plan, players, pence, rate, turnover),
        stability=held(players, before, wanted, drawn, bystanders),
    )


def level(amount: float, years: int, rate: float) -> float:
    """The same sum every year that is worth an amount in the first, GBP a year.

    >>> round(level(4.6731, 5, 0.035), 4)
    1.0
    """
    return amount / sum((1 + rate) ** -year for year in range(years))


def _payments(
    plan: Plan, players: Blocs, pence: Mapping[str, int], rate: float, turnover: Mapping[str, float]
) -> tuple[Instalment, ...]:
    rows = {row.key: row for row in plan.organisations}
    sides = {name: side(rows[keys[0]]) for name, keys in players.members.items()}
    between = (name for name, what in sides.items() if what is Side.COMMISSIONER)
    largest = sorted(between, key=lambda name: (-turnover[name], name))
    ways = routes(netted(pence), sides, date.fromisoformat(plan.heading.dated), largest)
    return tuple(_instalment(route, len(plan.years), rate) for route in ways)


def _instalment(route: Route, years: int, rate: float) -> Instalment:
    used = route.direct or tuple(vehicle for step in route.chain for vehicle in step.vehicles[:1])
    return Instalment(
        payer=route.payment.payer,
        payee=route.payment.payee,
        worth=route.payment.amount,
        a_year=level(route.payment.amount, years, rate),
        vehicle=", or ".join(each.name for each in route.direct)
        or ", then ".join(f"{step.payer} to {step.payee} by {step.vehicles[0].name}" for step in route.chain),
        through=route.chain[0].payee if route.chain and not route.direct else "",
        law="; ".join(dict.fromkeys(each.citation for each in used)),
        caution=" ".join(dict.fromkeys(each.caution for each in used if each.caution)),
    )
